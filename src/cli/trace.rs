//! `--trace`: the calls between the instances of a composition, as it runs.

use super::shell::Shell;
use super::subject::Subject;
use super::trace_text;
use super::{output, report_words, signals};
use crate::diag::Sink;
use crate::host::blame::Blame;
use crate::host::diags::Wanting;
use crate::host::images::Compiled;
use crate::host::pieces::diags::NotTraced;
use crate::host::pieces::{self, Cuts, Pieces};
use crate::host::reopen;
use crate::host::test::play::Trace;
use crate::host::trace::{self, Recorder};
use crate::model::request::Written;
use crate::pipeline::{self, Planned};
use clap::{Args, ValueHint};
use compose_engine::{Engine, Error, Program};
use std::path::PathBuf;
use std::sync::Arc;

/// Whether calls are shown.
#[derive(Debug, Args)]
pub(super) struct TraceArgs {
    /// Show the calls between the instances inside, as a tree, or write them to FILE for trace viewers
    #[arg(
        long,
        value_name = "FILE",
        num_args = 0..=1,
        require_equals = true,
        value_hint = ValueHint::FilePath,
        help_heading = "What is shown"
    )]
    trace: Option<Option<String>>,
}

/// The inside of a component that runs in pieces.
#[derive(Debug)]
pub(super) struct Inside<'t> {
    subject: &'t Subject,
    pieces: &'t Pieces,
}

impl Wanting for Inside<'_> {
    fn of(&self, import: &str) -> Vec<String> {
        self.subject.of(import)
    }

    fn blame(&self) -> Blame {
        Blame::of_pieces(self.pieces.pieces.iter().map(|piece| piece.bytes.as_slice()))
    }
}

/// A composition in pieces, and what passes between them.
pub(super) struct Traced {
    pieces: Pieces,
    /// The plan, if it was read from an artifact.
    reopened: Option<Planned>,
    recorder: Arc<Recorder>,
    file: Option<String>,
}

impl TraceArgs {
    /// Whether calls are to be shown.
    pub(super) fn any(&self) -> bool {
        self.trace.is_some()
    }

    /// The file that they are written to, if they are.
    pub(super) fn file(&self) -> Option<PathBuf> {
        self.trace.clone().flatten().map(PathBuf::from)
    }

    /// Shows what passed in cases, each under its name, or writes all of it to a file; `read` are files that it may not replace.
    pub(super) fn tell(&self, cases: &[(String, &Trace)], read: &[PathBuf], shell: &Shell, sink: &mut Sink) {
        match &self.trace {
            None => return,
            Some(None) => {
                for (name, Trace { calls, .. }) in cases {
                    shell.say(&trace_text::tree_of_case(name, &calls.events()));
                }
            }
            Some(Some(file)) => {
                let chrome = trace::chrome(cases.iter().map(|(name, trace)| (name.as_str(), &*trace.calls)));
                report_words::write_all(vec![(report_words::file(file.into()), chrome)], read, sink);
            }
        }
        let untold = trace_text::untold(cases.iter().flat_map(|(_, trace)| &trace.together));
        if !untold.is_empty() {
            shell.say(&untold);
        }
    }

    /// Takes a composition apart, if its calls are to be shown; `None` if it cannot be, which is in the sink.
    pub(super) fn begin(&self, subject: &Subject, sink: &mut Sink) -> Option<Option<Traced>> {
        let Some(file) = &self.trace else { return Some(None) };
        signals::watch();
        let cuts = Cuts { apart: true, ..Cuts::default() };
        let reopened = match &subject.planned {
            Some(_) => None,
            None => match reopen::planned(&subject.bytes) {
                Ok(planned) => Some(planned),
                Err(why) => {
                    sink.report(NotTraced { name: &subject.name, why });
                    return None;
                }
            },
        };
        let planned = subject.planned.as_ref().or(reopened.as_ref())?;
        let pieces = pieces::cut(planned, &cuts, sink)?;
        Some(Some(Traced { pieces, reopened, recorder: Arc::new(Recorder::default()), file: file.clone() }))
    }
}

impl Traced {
    /// The composition with somebody on every wire.
    pub(super) fn program(&self, engine: &Engine, compiled: &Compiled) -> Result<Program, Error> {
        self.pieces.program(engine, compiled, self.recorder.clone())
    }

    /// What is known of the inside, where positions are those in pieces.
    pub(super) fn inside<'t>(&'t self, subject: &'t Subject) -> Inside<'t> {
        Inside { subject, pieces: &self.pieces }
    }

    /// Shows what passed.
    pub(super) fn tell(&self, shell: &Shell, subject: &Subject, sink: &mut Sink) {
        match &self.file {
            None => shell.say(&trace_text::tree(&self.recorder.events(), &self.pieces)),
            Some(file) => {
                let target = output::file(Written::new(file.as_str()), false);
                let chrome = trace::chrome([("", &*self.recorder)]);
                if let Some(planned) = subject.planned.as_ref().or(self.reopened.as_ref()) {
                    pipeline::put(planned, &[], chrome.as_bytes(), &target, sink);
                }
                let untold = trace_text::untold(&self.pieces.together);
                if !untold.is_empty() {
                    shell.say(&untold);
                }
            }
        }
    }
}
