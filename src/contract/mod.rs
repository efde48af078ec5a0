//! Contracts between teams: what changes between two versions of an interface, whom it breaks, and what compiled
//! components really ask of each other.
//!
//! | module | what it does |
//! |---|---|
//! | `side` | one version of a contract, from WIT or from a component |
//! | `rule`, `rules` | the catalogue: every kind of change and fault by name |
//! | `change` | one change between two sides: facts |
//! | `party`, `links` | who imports and exports, and whether what is compiled fits together |
//! | `finding` | what is said about it in a run, and the report |
//!
//! Facts become findings in one place, so that the same mismatch reads the same wherever it is met.

pub mod change;
pub mod finding;
pub mod links;
pub mod lock;
pub mod party;
pub mod rule;
pub mod rules;
pub mod side;
pub mod target;
pub mod usage;
