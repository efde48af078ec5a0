//! Compose WebAssembly components: resolve, check and link many components into one.

pub mod cli;
pub mod decode;
pub mod diag;
pub mod link;
pub mod model;
pub mod types;
