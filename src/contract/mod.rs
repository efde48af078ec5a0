//! Contracts between teams: what changes between two versions of an interface, whom it breaks, and what compiled
//! components really ask of each other.
//!
//! | module | what it does |
//! |---|---|
//! | `side` | one version of a contract, from WIT or from a component |
//! | `rule`, `rules` | the catalogue: every kind of change and fault by name |
//! | `change` | one change between two sides: facts |
//! | `version` | what the versions of two sides say, and what they should be |
//! | `policy` | what a run counts as bad: the configuration, with its rules found |
//! | `judge` | changes to findings, by mode, versions and policy |
//! | `settle` | what ends every run: severities, exceptions, fingerprints, order |
//! | `finding` | what is said about it in a run, and the report |
//! | `report` | the report in each of its forms |
//!
//! Facts become findings in one place, so that the same mismatch reads the same wherever it is met.

pub mod change;
pub mod diags;
pub mod finding;
pub mod judge;
#[cfg(test)]
mod judge_tests;
pub mod policy;
pub mod report;
pub mod rule;
pub mod rules;
pub mod settle;
pub mod side;
mod unstable;
pub mod version;
