//! From bytes to [`Component`](crate::model::component::Component): validate a file once, in full, and keep its shape.
//!
//! A file is judged by what the chosen host accepts. One that only a wider feature set accepts is refused with the
//! host's name, so that an artifact never fails first where it is deployed. Function bodies are validated in parallel, and
//! once where several files have the same; everything else in a binary must be read in order.

mod bodies;
mod declared;
pub mod diags;
pub mod examine;
pub mod memory;
mod run;
mod sizes;
pub mod sniff;
pub mod validate;
mod whereabouts;
pub mod world;

pub use run::run;
