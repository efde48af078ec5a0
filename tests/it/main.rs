//! The integration tests that are no UI cases: one binary, one module each, since linking a binary is what costs time.

mod family;
#[path = "../support/guests.rs"]
mod guests;
#[path = "../support/plans.rs"]
mod plans;
#[path = "../support/mod.rs"]
mod support;

mod catalogue;
mod random;
mod rust_text;
mod tidy;
mod worlds;
