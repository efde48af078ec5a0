//! The verbs, one file each.

pub(super) mod build;
pub(super) mod check;
pub(super) mod explain;
pub(super) mod graph;
pub(super) mod inspect;
pub(super) mod why;
