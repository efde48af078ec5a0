//! The lock as a file: where it is, what is in it.

use crate::cli::contracts::Configured;
use crate::cli::request::Line;
use crate::contract::lock::diags::Missing;
use crate::contract::lock::{self, FILE, Lock};
use crate::diag::Sink;
use crate::model::request::Written;
use crate::sources;
use clap::{Args, ValueHint};
use std::path::Path;

/// Which lock, and which part of it.
#[derive(Debug, Args)]
pub(super) struct Locked {
    /// The lock [default: `lock` of the configuration, else compose.contracts.lock]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    lock: Option<String>,
    /// The recordings of this environment alone, apart from all others: what is written, or what is held against [default: `environment` of the configuration]
    #[arg(long, value_name = "NAME", value_parser = environment)]
    environment: Option<String>,
}

fn environment(word: &str) -> Result<String, String> {
    match word.trim() {
        "" => Err("the name is missing".into()),
        _ if word.chars().any(char::is_control) => Err("a name has no control characters".into()),
        _ => Ok(word.into()),
    }
}

/// The lock that is meant, and the part of it: as told, else as configured, else the one that lies here.
pub(super) struct Meant {
    pub(super) lock: String,
    pub(super) environment: Option<Written>,
    /// Where the configuration names it.
    at: Option<Written>,
}

impl Locked {
    /// What is meant on the command line of a verb under a configuration.
    pub(super) fn meant(&self, verb: &str, configured: &Configured) -> Meant {
        let (lock, at) = match (&self.lock, &configured.lock) {
            (Some(lock), _) => (lock.clone(), None),
            (None, Some((written, path))) => (path.display().to_string(), Some(written.clone())),
            (None, None) => (FILE.to_owned(), None),
        };
        let told = self.environment.as_deref().map(|name| {
            let line = Line::new(&format!("compose contract {verb}"), [(Some("--environment"), name)]);
            line.part(0, 0..name.len())
        });
        Meant { lock, environment: told.or_else(|| configured.environment.clone()), at }
    }
}

impl Meant {
    /// The environment.
    pub(super) fn environment(&self) -> Option<&str> {
        self.environment.as_ref().map(|name| name.text.as_str())
    }

    /// What was recorded; nothing if there is no file and none is needed. `None` if it cannot be read. What is wrong with
    /// the recordings of those that are replaced does not matter.
    pub(super) fn read(&self, needed: bool, replaced: &[String], sink: &mut Sink) -> Option<Lock> {
        let path = Path::new(&self.lock);
        if !path.exists() && path.symlink_metadata().is_err() {
            if needed {
                sink.report(Missing { path: &self.lock, at: self.at.as_ref() });
                return None;
            }
            return Some(Lock::default());
        }
        let source = sources::read_text(path, &self.lock, sink)?;
        let who = |name: &String| (self.environment().map(str::to_owned), name.clone());
        lock::read(&source, &replaced.iter().map(who).collect::<Vec<_>>(), sink)
    }
}
