//! A host that nobody knows, whether the manifest names it or the command line.
//!
//! The one fault of a manifest that leaves a whole request: the default host goes on in its place, so that everything else
//! that is wrong comes out in the same run.

use crate::diag::{Code, Diagnostic};
use crate::model::host::PROFILES;
use crate::model::listed::quoted;
use crate::model::near::nearest;
use crate::model::request::Written;

/// C0509: the target is no host that is known.
#[derive(Debug)]
pub struct UnknownHost<'a> {
    /// What was written.
    pub written: &'a Written,
}

impl From<UnknownHost<'_>> for Diagnostic {
    fn from(UnknownHost { written }: UnknownHost<'_>) -> Self {
        let text = &written.text;
        let known: Vec<&str> = PROFILES.iter().map(|profile| profile().name).collect();
        let near = nearest(text, known.iter().copied()).unwrap_or(known[0]);
        let in_manifest = written.at.is_some() && !written.on_command_line();
        Self::new(Code::UnknownHost, format!("no host is called `{text}`"))
            .note(format!("known are {}", quoted(&known)))
            .help(if in_manifest { format!("target = \"{near}\"") } else { format!("--target {near}") })
            .fact("host", text)
            .at(written, "not known")
    }
}
