//! The types of components as data, and what can be asked of them.
//!
//! `read` turns the validator's types into a [`shape::Shape`]; `fit` says whether a plug fits a socket and, if not,
//! where the first difference is (`mismatch`) and which `change` it is; `print` writes any part in WIT syntax and `world_text` the whole;
//! `identity` judges which resources of a plan are one. This layer knows nothing of files, plans in the making or output.

pub mod change;
pub mod fit;
#[cfg(test)]
mod fit_tests;
#[cfg(test)]
#[path = "../../tests/support/guests.rs"]
pub(crate) mod guests;
pub mod identity;
#[cfg(test)]
mod identity_tests;
pub mod mismatch;
pub mod of_wit;
#[cfg(test)]
#[path = "../../tests/support/plans.rs"]
mod plans;
pub mod print;
#[cfg(test)]
mod print_tests;
pub mod reached;
pub mod read;
#[cfg(test)]
pub(crate) mod samples;
pub mod shape;
#[cfg(test)]
mod size_tests;
pub mod slice;
pub mod sound;
pub mod speaks_of;
pub mod wit_text;
pub mod world_text;
