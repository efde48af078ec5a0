//! Contracts between teams: what changes between two versions of an interface, whom it breaks, and what compiled
//! components really ask of each other.
//!
//! | module | what it does |
//! |---|---|
//! | `side` | one version of a contract, from WIT or from a component |
//! | `rule`, `rules` | the catalogue: every kind of change and fault by name |
//! | `example` | the examples of rules as sides |
//! | `change`, `diff` | one change between two sides: facts; and how they are found |
//! | `finding` | what is said about it in a run, and the report |
//!
//! Facts become findings in one place, so that the same mismatch reads the same wherever it is met.

pub mod change;
pub mod diff;
pub mod example;
pub mod finding;
pub mod rule;
pub mod rules;
pub mod side;
