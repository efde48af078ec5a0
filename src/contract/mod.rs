//! Contracts between teams: what changes between two versions of an interface, whom it breaks, and what compiled
//! components really ask of each other.
//!
//! | module | what it does |
//! |---|---|
//! | `load` | from a word of the user's to a side |
//! | `side` | one version of a contract, from WIT or from a component |
//! | `rule`, `rules` | the catalogue: every kind of change and fault by name |
//! | `change`, `fault` | one change between two sides, one fault of a side: facts |
//! | `lint` | faults of one contract by itself, and of what a component asks for |
//! | `stability` | gates, deprecation and documentation between two sides |
//! | `catalogue` | the rules as a list and as pages |
//! | `version` | what the versions of two sides say, and what they should be |
//! | `policy` | what a run counts as bad: the configuration, with its rules found |
//! | `roles` | patterns of the configuration that match nothing |
//! | `judge` | changes to findings, by mode, versions and policy |
//! | `settle` | what ends every run: severities, exceptions, fingerprints, order |
//! | `party`, `links` | who imports and exports, and whether what is compiled fits together |
//! | `usage` | what a binary really imports |
//! | `target` | a component against a world |
//! | `lock` | what consumers import, recorded, and providers held against it |
//! | `held` | a composition before it is written, against who is recorded |
//! | `example` | the examples of rules as sides |
//! | `diff` | the changes between two sides |
//! | `whole` | contracts that come or go as a whole |
//! | `counterpart` | what of one side is held against what of the other |
//! | `component` | what a comparison with a component says, and what it does not |
//! | `compare` | everything that is asked of two sides |
//! | `walk` | every item of a side that is judged |
//! | `wit_types` | what types of WIT are made of |
//! | `gate`, `unstable` | what gates say, and what that means for an item |
//! | `statements` | where a world says what it imports and exports |
//! | `text` | types and declarations as WIT, to be quoted |
//! | `witness` | whether the validator agrees with what rules say about links |
//! | `finding` | what is said about it in a run, and the report |
//! | `report` | the report in each of its forms |
//!
//! Facts become findings in one place, so that the same mismatch reads the same wherever it is met.

pub mod catalogue;
pub mod change;
pub mod compare;
pub mod component;
pub mod counterpart;
pub mod diags;
pub mod diff;
pub mod example;
pub mod fault;
pub mod finding;
mod gate;
pub mod held;
pub mod judge;
#[cfg(test)]
mod judge_tests;
pub mod links;
pub mod lint;
pub mod load;
pub mod lock;
#[cfg(test)]
mod moved_tests;
pub mod party;
pub mod policy;
pub mod report;
pub mod roles;
pub mod rule;
pub mod rules;
#[cfg(test)]
mod rules_tests;
pub mod settle;
pub mod side;
pub mod stability;
mod statements;
pub mod target;
mod text;
mod unstable;
pub mod usage;
pub mod version;
mod walk;
pub mod whole;
mod wit_types;
pub mod witness;
