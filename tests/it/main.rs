//! The integration tests that are no UI cases: one binary, one module each, since linking a binary is what costs time.

#[path = "../support/mod.rs"]
mod support;

mod catalogue;
mod rust_text;
mod tidy;
