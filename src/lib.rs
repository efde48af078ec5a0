//! Compose WebAssembly components: resolve, check and link many components into one.

pub mod check;
pub mod cli;
pub mod decode;
pub mod diag;
pub mod link;
pub mod model;
pub mod resolve;
pub mod types;

// The support files of the tests name the crate from outside, also when the unit tests include them.
#[cfg(test)]
extern crate self as component_compose;
