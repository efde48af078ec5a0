//! What leaves the process as a file: the artifact, and the forms of a plan.
//!
//! An output is there whole or not at all: it is written beside its place and then takes it in one step, so whoever
//! reads finds the old one or the new one. What was there before stays until then, whatever happens.

pub mod depfile;
pub mod diags;
pub mod graph;
pub mod place;
pub mod plan;
#[cfg(test)]
mod tests;
pub mod text;
pub(crate) mod tree;
pub mod unfinished;
pub mod write;
