//! What a run says about itself while it works: the stage it is in, and what it has counted.
//!
//! The stages only ever tell; whether anybody listens, and with which clock, is for whoever made the sink. Without a
//! listener nothing is done.

use std::fmt::Debug;
use std::sync::Arc;

/// A part of a run that takes time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Files are read.
    Read,
    /// Components are validated.
    Validate,
    /// The graph is solved.
    Resolve,
    /// The plan is judged.
    Check,
    /// The result is encoded and verified.
    Link,
    /// Files are written.
    Write,
}

impl Stage {
    /// As it is called in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Validate => "validate",
            Self::Resolve => "resolve",
            Self::Check => "check",
            Self::Link => "link",
            Self::Write => "write",
        }
    }
}

/// What stages count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Counted {
    /// Files, or components that were one.
    Files,
    /// Bytes of them.
    Bytes,
    /// Instances of the plan.
    Instances,
    /// Imports that are filled.
    Wires,
}

impl Counted {
    /// As it is called in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Files => "files",
            Self::Bytes => "bytes",
            Self::Instances => "instances",
            Self::Wires => "wires",
        }
    }
}

/// Somebody who looks on. Told from any thread.
pub trait Watch: Debug + Send + Sync {
    /// A stage begins, and the one before it is over.
    fn begins(&self, stage: Stage);
    /// There are so many of these to be done in the stage.
    fn expects(&self, what: Counted, count: usize);
    /// So many more of these are done.
    fn done(&self, what: Counted, count: usize);
}

/// Tells whoever looks on, if anybody does.
#[derive(Debug, Clone, Default)]
pub struct Watcher(pub(super) Option<Arc<dyn Watch>>);

impl Watcher {
    /// A stage begins.
    pub fn begins(&self, stage: Stage) {
        if let Some(watch) = &self.0 {
            watch.begins(stage);
        }
    }

    /// So many are to be done in this stage.
    pub fn expects(&self, what: Counted, count: usize) {
        if let Some(watch) = &self.0 {
            watch.expects(what, count);
        }
    }

    /// So many more are done.
    pub fn done(&self, what: Counted, count: usize) {
        if let Some(watch) = &self.0 {
            watch.done(what, count);
        }
    }
}
