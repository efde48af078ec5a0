//! Recordings of what consumers really import, so that a provider can be checked against consumers that are not there.

pub mod used;
