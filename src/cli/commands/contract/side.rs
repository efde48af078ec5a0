//! A version of a contract as a word of the command line names it. What a manifest composes is a contract too: that of the
//! component that would be built.

use crate::cli::{load, usage};
use crate::contract::load::{Decoding, Loaded, encoded, load};
use crate::decode::memory::Memory;
use crate::diag::Sink;
use crate::manifest;
use crate::model::host::{HostProfile, tools_0_263};
use crate::model::request::Written;
use crate::pipeline::{self, LinkOptions};
use crate::sources;
use bytes::Bytes;
use clap::error::ErrorKind;
use std::path::Path;

/// Refuses `-`: a side has a name that messages and reports can point at.
pub(super) fn refuse_stdin<'a>(words: impl IntoIterator<Item = &'a String>) -> Result<(), clap::Error> {
    match words.into_iter().any(|word| word == "-") {
        true => Err(usage(
            ErrorKind::InvalidValue,
            "a contract is not read from standard input, since findings point into it\n\n  tip: write it to a file, or name \
             a revision: `git:HEAD:wit`"
                .into(),
        )),
        false => Ok(()),
    }
}

/// How sides are read in a run.
pub(super) struct Reader {
    profile: HostProfile,
    memory: Box<dyn Memory>,
}

impl Reader {
    /// With what earlier runs found out, unless it is not wanted.
    pub(super) fn new(no_cache: bool) -> Self {
        // A contract is no matter of hosts: what any known host reads is read.
        Self { profile: tools_0_263(), memory: load::memory(no_cache) }
    }

    /// The side that a word names; `None` if it cannot be read, which is in the sink.
    pub(super) fn side(&self, written: &Written, sink: &mut Sink) -> Option<Loaded> {
        let decoding = Decoding { profile: &self.profile, memory: &*self.memory };
        match sources::names_manifest(&written.text) && !sources::names_revision(&written.text) {
            true => encoded(written, self.composed(written, sink)?, decoding, sink),
            false => load(written, decoding, sink),
        }
    }

    /// What a manifest composes.
    fn composed(&self, written: &Written, sink: &mut Sink) -> Option<Bytes> {
        let path = Path::new(&written.text);
        let text = sources::read_text(path, &written.text, sink)?;
        let base = path.parent().unwrap_or(Path::new(""));
        let mut request = manifest::parse(&text.text, &written.text, base, sink)?;
        // A side is what it is; whom it breaks is asked of it here, and not of a build.
        request.contracts = None;
        let planned = pipeline::plan_with(&request, &*self.memory, sink);
        let checked = pipeline::check(&planned, sink)?;
        let linked = pipeline::link(&request, &planned, &checked, LinkOptions::default(), sink)?;
        Some(pipeline::bytes_of(&linked).into_iter().flatten().copied().collect())
    }
}
