//! Cargo wants a package to have a target; this one is never built.
