//! The verbs, one file each.

pub(super) mod build;
pub(super) mod check;
pub(super) mod completions;
pub(super) mod contract;
#[cfg(feature = "host")]
pub(super) mod exe;
pub(super) mod explain;
pub(super) mod graph;
pub(super) mod init;
mod init_from;
pub(super) mod inspect;
pub(super) mod man;
#[cfg(feature = "host")]
pub(super) mod run;
#[cfg(feature = "host")]
pub(super) mod serve;
#[cfg(feature = "host")]
pub(super) mod test;
pub(super) mod why;
