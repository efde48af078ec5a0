//! Compose WebAssembly components: resolve, check and link many components into one.

pub mod cache;
pub mod check;
pub mod cli;
pub mod decode;
pub mod diag;
pub mod emit;
pub mod inspect;
pub mod link;
pub mod manifest;
pub mod model;
pub mod pipeline;
pub mod resolve;
pub mod sources;
pub mod types;

// The support files of the tests name the crate from outside, also when the unit tests include them.
#[cfg(test)]
extern crate self as component_compose;
