//! Which resources of a plan are one.
