//! The lock as a file: where it is, what is in it.

use crate::contract::lock::diags::Missing;
use crate::contract::lock::{self, FILE, Lock};
use crate::diag::Sink;
use crate::sources;
use clap::{Args, ValueHint};
use std::path::Path;

/// Which lock, and which part of it.
#[derive(Debug, Args)]
pub(super) struct Locked {
    /// The lock
    #[arg(long, value_name = "FILE", default_value = FILE, value_hint = ValueHint::FilePath)]
    pub(super) lock: String,
    /// Keep the recordings for this environment apart from all others
    #[arg(long, value_name = "NAME", value_parser = environment)]
    pub(super) environment: Option<String>,
}

fn environment(word: &str) -> Result<String, String> {
    match word.trim() {
        "" => Err("the name is missing".into()),
        _ if word.chars().any(char::is_control) => Err("a name has no control characters".into()),
        _ => Ok(word.into()),
    }
}

impl Locked {
    /// What was recorded; nothing if there is no file and none is needed. `None` if it cannot be read. What is wrong with
    /// the recordings of those that are replaced does not matter.
    pub(super) fn read(&self, needed: bool, replaced: &[String], sink: &mut Sink) -> Option<Lock> {
        let path = Path::new(&self.lock);
        if !path.exists() && path.symlink_metadata().is_err() {
            if needed {
                sink.report(Missing { path: &self.lock, at: None });
                return None;
            }
            return Some(Lock::default());
        }
        let source = sources::read_text(path, &self.lock, sink)?;
        let who = |name: &String| (self.environment.clone(), name.clone());
        lock::read(&source, &replaced.iter().map(who).collect::<Vec<_>>(), sink)
    }
}
