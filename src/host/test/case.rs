//! Cases as data: what a file of tests says, each word with its place, and nothing of how it is run.
//!
//! Values stay the texts that they were written as: what they mean depends on the type of a function, which only a
//! component tells.

use crate::diag::Source;
use crate::model::hosting::Hosting;
use crate::model::request::Written;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// A file of tests.
#[derive(Debug, Clone)]
pub struct Suite {
    /// Its text, and what it is called.
    pub source: Arc<Source>,
    /// The file itself.
    pub path: PathBuf,
    /// The cases, in their order.
    pub cases: Vec<Case>,
}

/// One case. A fresh instance for each.
#[derive(Debug, Clone)]
pub struct Case {
    /// What it is called; no other case of its file is called so.
    pub name: Written,
    /// Why it is left out, if it is.
    pub skip: Option<String>,
    /// What is done, and what is expected of it.
    pub action: Action,
    /// What surrounds it.
    pub given: Given,
    /// Who stands in for what: those of the case, then those of the file.
    pub mocks: Vec<Mock>,
    /// The calls that interposed functions see: these, in this order, and no others.
    pub calls: Option<(Vec<Written>, Range<usize>)>,
    /// How often some of them are called.
    pub called: Vec<Called>,
    /// Whether what comes out is held against what came out before.
    pub snapshot: Option<Range<usize>>,
}

/// What a case does.
#[derive(Debug, Clone)]
pub enum Action {
    /// Calls functions, one after the other on one instance.
    Calls(Vec<Step>),
    /// Runs it as a command.
    Command(Box<Command>),
    /// Sends it a request.
    Http(Box<Exchange>),
}

/// One call.
#[derive(Debug, Clone)]
pub struct Step {
    /// The call: `ns:pkg/iface.func(1)`, with `$name =` in front to keep what comes back.
    pub call: Written,
    /// What is expected of it.
    pub expected: Vec<Expected>,
}

/// What is expected of a call.
#[derive(Debug, Clone)]
pub enum Expected {
    /// This value.
    Value(Written),
    /// `err(…)` of this value.
    Error(Written),
    /// A value that this pattern matches.
    Pattern(Written),
    /// A trap that says this.
    Trap(Written),
}

/// A run of a command.
#[derive(Debug, Clone, Default)]
pub struct Command {
    /// Its arguments, without the name of the program.
    pub args: Vec<String>,
    /// What it reads.
    pub stdin: String,
    /// What it finds in its folder `/`: paths and contents.
    pub files: Vec<(String, String)>,
    /// Its status.
    pub exit: Option<(i32, Range<usize>)>,
    /// What it prints.
    pub stdout: Option<Text>,
    /// What it says beside that.
    pub stderr: Option<Text>,
    /// What is in its folder afterwards.
    pub leaves: Vec<(Written, Text)>,
    /// A trap that says this.
    pub trap: Option<Written>,
}

/// A request and what is expected of the answer.
#[derive(Debug, Clone, Default)]
pub struct Exchange {
    /// `GET`.
    pub method: String,
    /// `/catalog?q=tea`.
    pub path: String,
    /// Headers of the request.
    pub send_headers: Vec<(String, String)>,
    /// The body of the request.
    pub send_body: Vec<u8>,
    /// The status of the answer.
    pub status: Option<(u16, Range<usize>)>,
    /// Headers of the answer; one without a value must not be there.
    pub headers: Vec<(Written, Option<Text>)>,
    /// The body of the answer.
    pub body: Option<Text>,
    /// Places in the body, read as JSON, and what stands there.
    pub json: Vec<(Written, serde_json::Value)>,
    /// A trap that says this.
    pub trap: Option<Written>,
}

/// What is expected of a text.
#[derive(Debug, Clone)]
pub struct Text {
    /// Where it was written.
    pub at: Range<usize>,
    /// Each must hold.
    pub parts: Vec<TextPart>,
}

/// A part of what is expected of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextPart {
    /// It is this.
    Is(String),
    /// It is what is in this file.
    File {
        /// As written.
        written: String,
        /// From here.
        path: PathBuf,
    },
    /// This is somewhere in it.
    Contains(String),
    /// This is nowhere in it.
    Lacks(String),
    /// It begins so.
    Starts(String),
    /// It ends so.
    Ends(String),
}

/// What surrounds a case.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// Grants and limits, in the words of `[host]`.
    pub hosting: Hosting,
    /// What time it is; without it, the first second of 2026.
    pub clock: Option<Clock>,
    /// Where random numbers come from; without it, from the seed 0.
    pub seed: Option<Seed>,
    /// What becomes of the requests that are sent.
    pub recording: Option<Recording>,
}

/// What time it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The machine's.
    System,
    /// Nanoseconds since 1970.
    At(u64),
}

/// Where random numbers come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seed {
    /// The machine.
    System,
    /// A seed.
    Of(u64),
}

/// Requests and their answers in a file.
#[derive(Debug, Clone)]
pub struct Recording {
    /// The file as written.
    pub written: Written,
    /// From here.
    pub path: PathBuf,
    /// Whether the file is written anew.
    pub record: bool,
}

/// Who stands in for a function.
#[derive(Debug, Clone)]
pub struct Mock {
    /// The import: an interface, `ns:pkg/iface.func`, or the name of a function.
    pub import: Written,
    /// The instance that imports it; without it, the composition.
    pub of: Option<Written>,
    /// What it answers.
    pub answer: Answering,
    /// How long that takes.
    pub delay: Option<Duration>,
}

/// What a mock answers.
#[derive(Debug, Clone)]
pub enum Answering {
    /// Always the same.
    Always(Answer),
    /// By arguments: the first row that matches.
    Table(Vec<Row>),
    /// One after the other; the last one for good if `for_good`, else a trap.
    Sequence {
        /// The answers.
        answers: Vec<Answer>,
        /// Whether it begins anew at the end.
        cycle: bool,
    },
    /// Whoever would have been called, and it is noted.
    Spy,
    /// The export of the same name of a component.
    Component {
        /// As written.
        written: Written,
        /// From here.
        path: PathBuf,
    },
}

/// One answer.
#[derive(Debug, Clone)]
pub enum Answer {
    /// A value.
    Returns(Written),
    /// `err(…)` of a value; without one, `err`.
    Error(Written),
    /// A trap that says this.
    Trap(Written),
}

/// A row of a table of answers.
#[derive(Debug, Clone)]
pub struct Row {
    /// A pattern for each argument.
    pub args: Vec<Written>,
    /// The answer.
    pub answer: Answer,
}

/// How often a function is called.
#[derive(Debug, Clone)]
pub struct Called {
    /// The function, as in a mock.
    pub import: Written,
    /// The instance that calls.
    pub of: Option<Written>,
    /// A pattern for each argument, if only such calls count.
    pub args: Option<Vec<Written>>,
    /// So often; without it, at least once.
    pub times: Option<u64>,
}

impl Case {
    /// Where the name stands.
    pub fn at(&self) -> Range<usize> {
        self.name.at.as_ref().map_or(0..0, |(_, span)| span.clone())
    }

    /// The files beside its own that are read to run it, but for its recording.
    pub fn reads(&self) -> Vec<&Path> {
        let texts: Vec<&Text> = match &self.action {
            Action::Calls(_) => Vec::new(),
            Action::Command(command) => {
                let left = command.leaves.iter().map(|(_, text)| text);
                command.stdout.iter().chain(&command.stderr).chain(left).collect()
            }
            Action::Http(http) => {
                http.body.iter().chain(http.headers.iter().filter_map(|(_, text)| text.as_ref())).collect()
            }
        };
        let files = texts.into_iter().flat_map(|text| &text.parts).filter_map(|part| match part {
            TextPart::File { path, .. } => Some(path.as_path()),
            _ => None,
        });
        let components = self.mocks.iter().filter_map(|mock| match &mock.answer {
            Answering::Component { path, .. } => Some(path.as_path()),
            _ => None,
        });
        files.chain(components).collect()
    }

    /// Whether it says nothing that could turn out otherwise.
    pub fn tests_nothing(&self) -> bool {
        let action = match &self.action {
            Action::Calls(steps) => steps.iter().all(|step| step.expected.is_empty()),
            Action::Command(command) => {
                command.exit.is_none()
                    && command.stdout.is_none()
                    && command.stderr.is_none()
                    && command.leaves.is_empty()
                    && command.trap.is_none()
            }
            Action::Http(http) => {
                http.status.is_none()
                    && http.headers.is_empty()
                    && http.body.is_none()
                    && http.json.is_empty()
                    && http.trap.is_none()
            }
        };
        action && self.calls.is_none() && self.called.is_empty() && self.snapshot.is_none()
    }
}
