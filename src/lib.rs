//! Compose WebAssembly components: resolve, check and link many components into one.

pub mod cli;
pub mod diag;
pub mod model;
pub mod types;
