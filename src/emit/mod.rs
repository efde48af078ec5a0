//! What leaves the process as a file: the artifact, and the forms of a plan.

pub mod diags;
pub mod plan;
pub mod write;
