//! The verbs, one file each.

pub(super) mod build;
pub(super) mod check;
pub(super) mod explain;
pub(super) mod init;
mod init_from;
pub(super) mod why;
