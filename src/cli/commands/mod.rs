//! The verbs, one file each.

pub(super) mod explain;
