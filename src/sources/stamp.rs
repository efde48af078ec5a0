//! Whether a file is still the one that was read: which file it is, how long, and when last written.
//!
//! This finds what a build running at the same time does. It is no proof: a file rewritten at the same length within the
//! clock tick of the first reading looks the same. What is written in the end is always what was read into memory, so
//! the worst a missed change can do is an artifact of the older bytes, never a mixture of checked and unchecked ones.

use std::fs::Metadata;
use std::time::SystemTime;

/// What is known of a file without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Its length in bytes.
    pub len: u64,
    modified: Option<SystemTime>,
    file: Option<FileId>,
}

/// Which file it is, whatever path leads to it. Only known on Unix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FileId {
    device: u64,
    inode: u64,
}

impl Stamp {
    /// The stamp of a file.
    pub fn of(metadata: &Metadata) -> Self {
        Self { len: metadata.len(), modified: metadata.modified().ok(), file: FileId::of(metadata) }
    }
}

impl FileId {
    #[cfg(unix)]
    #[expect(clippy::unnecessary_wraps, reason = "other systems give none")]
    pub(crate) fn of(metadata: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        Some(Self { device: metadata.dev(), inode: metadata.ino() })
    }

    #[cfg(not(unix))]
    pub(crate) fn of(_: &Metadata) -> Option<Self> {
        None
    }
}
