//! From bytes to [`Component`]: validate a file once, in full, and keep its shape.
//!
//! A file is judged by what the chosen host accepts. One that only a wider feature set accepts is refused with the
//! host's name, so that an artifact never fails first where it is deployed. Function bodies are validated in parallel;
//! everything else in a binary must be read in order.

pub mod validate;
