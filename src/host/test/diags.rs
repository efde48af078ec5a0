//! What can be wrong with tests, and what they found, in words.

use super::case::Case;
use super::differ::diff;
use super::fault::{About, Fault};
use super::pretty::pretty;
use super::text::Missed;
use crate::diag::{Code, Diagnostic, Source};
use crate::manifest::diags::Spot;
use crate::model::listed::quoted;
use crate::model::near::{nearest, nearest_name};
use crate::model::request::Written;
use std::ops::Range;
use std::sync::Arc;

/// C0830: a case did not go as it says.
#[derive(Debug)]
pub struct CaseFailed<'a> {
    /// The file of tests.
    pub source: &'a Arc<Source>,
    /// The case.
    pub case: &'a Case,
    /// What is not as expected.
    pub fault: &'a Fault,
}

impl From<CaseFailed<'_>> for Diagnostic {
    fn from(CaseFailed { source, case, fault }: CaseFailed<'_>) -> Self {
        let name = &case.name.text;
        let told = Told::of(&fault.about);
        let mut diagnostic = Self::new(Code::CaseFailed, format!("`{name}`: {}", told.message))
            .label(source, fault.at.clone(), told.label)
            .fact("case", name);
        diagnostic.notes = told.notes;
        diagnostic.help = told.help;
        diagnostic
    }
}

/// The words for a fault.
struct Told {
    message: String,
    label: &'static str,
    notes: Vec<String>,
    help: Vec<String>,
}

impl Told {
    fn new(message: impl Into<String>, label: &'static str) -> Self {
        Told { message: message.into(), label, notes: Vec::new(), help: Vec::new() }
    }

    fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// What a component had said beside its result.
    fn said(self, said: &str) -> Self {
        match said.trim() {
            "" => self,
            said => self.note(format!("it says on standard error:\n{}", indented(said))),
        }
    }

    fn of(about: &About) -> Self {
        match about {
            About::Value { call, expected, actual } => {
                Self::new(format!("`{}` gave another value", short(call)), "this was expected")
                    .note(sides(&pretty(expected), &pretty(actual)))
            }
            About::NoValue { why, ty, actual } => {
                Self::new(format!("this is no value of the type `{ty}`: {why}"), "not such a value")
                    .note(format!("the call gave\n{}", indented(&pretty(actual))))
            }
            About::NoAnswer { function, why } => {
                Self::new(format!("`{function}` cannot be answered so: {why}"), "this is the answer")
            }
            About::NoSuchImport { import, of, known } => no_such_import(import, of.as_deref(), known),
            About::Pattern { call, actual, why } => {
                let told =
                    Self::new(format!("`{}` gave a value that does not match", short(call)), "this was expected")
                        .note(format!("it gave\n{}", indented(&pretty(actual))));
                match why {
                    Some((path, found)) => told.note(format!("at `{path}` there is `{}`", short(found))),
                    None => told,
                }
            }
            About::NoTrap { actual } => Self::new("a trap was expected, and nothing trapped", "this was expected")
                .note(format!("it gave\n{}", indented(&pretty(actual)))),
            About::OtherTrap { actual } => Self::new("it trapped with other words", "this was expected")
                .note(format!("the trap says\n{}", indented(actual))),
            About::Failed { during, message, notes, help, said } => {
                let mut told = Self::new(message.clone(), "here");
                told.notes.extend(notes.iter().cloned());
                told.help.extend(help.iter().cloned());
                let told = if during.is_empty() { told } else { told.note(format!("during `{}`", short(during))) };
                told.said(said)
            }
            About::Exit { expected, actual, said } => {
                Self::new(format!("it exited with {actual}, not with {expected}"), "this was expected").said(said)
            }
            About::Text { what, missed, actual } => text(what, missed, actual),
            About::Status { expected, actual, body } => {
                let told = Self::new(format!("the status is {actual}, not {expected}"), "this was expected");
                match body.trim() {
                    "" => told,
                    body => told.note(format!("the body is\n{}", indented(body))),
                }
            }
            About::Header { name, actual: None } => {
                Self::new(format!("the answer has no header `{name}`"), "this was expected")
            }
            About::Header { name, actual: Some(actual) } => {
                Self::new(format!("the answer has a header `{name}`"), "none was expected")
                    .note(format!("it is\n{}", indented(actual)))
            }
            About::NoJson { why, body } => Self::new(format!("the body is not JSON: {why}"), "this was expected")
                .note(format!("the body is\n{}", indented(body))),
            About::Json { path, expected, actual: Ok(actual) } => {
                let place = if path.is_empty() { "the body".to_owned() } else { format!("`{path}` of the body") };
                Self::new(format!("{place} is another value"), "this was expected").note(sides(expected, actual))
            }
            About::Json { path, actual: Err(end), .. } => {
                Self::new(format!("there is no `{path}` in the body"), "this was expected")
                    .note(format!("there is nothing at `{end}`"))
            }
            About::NotLeft { file, there } => {
                let told = Self::new(format!("no file `{file}` was left"), "this was expected");
                match there.is_empty() {
                    true => told.note("there are no files"),
                    false => told.note(format!("there is {}", quoted(there))),
                }
            }
            About::Calls { expected, actual } => Self::new("other calls were made", "these were expected")
                .note(sides(&expected.join("\n"), &actual.join("\n"))),
            About::Called { function, expected, actual } => {
                let wanted = match expected {
                    Some(times) => times_in_words(*times),
                    None => "at least once".into(),
                };
                let was = times_in_words(*actual);
                Self::new(format!("`{function}` was called {was}, not {wanted}"), "this was expected")
            }
            About::Snapshot { expected, actual } => Self::new("it is not what it was", "held against its snapshot")
                .note(sides(expected, actual))
                .help("compose test --accept"),
            About::NoSnapshot { actual } => Self::new("there is no snapshot of it yet", "nothing to hold it against")
                .note(format!("it is\n{}", indented(actual)))
                .help("compose test --accept"),
            About::Unrecorded { request, file, left } => {
                let told = Self::new(format!("`{request}` is not in the recording"), "replayed from here");
                let told = match left.is_empty() {
                    true => told.note(format!("`{file}` has no further requests")),
                    false => told.note(format!("`{file}` has {}", quoted(left))),
                };
                told.help("compose test --record")
            }
            About::Word { message, notes, help } => {
                let mut told = Self::new(message.clone(), "this cannot be");
                told.notes.extend(notes.iter().cloned());
                told.help.extend(help.iter().cloned());
                told
            }
        }
    }
}

fn no_such_import(import: &str, of: Option<&str>, known: &[String]) -> Told {
    let message = match of {
        Some(of) => format!("`{of}` does not import `{import}`"),
        None => format!("the composition does not import `{import}`"),
    };
    let told = Told::new(message, "nothing to stand in for");
    let told = match known.is_empty() {
        true => told.note("it imports nothing"),
        false => told.note(format!("it imports {}", quoted(known))),
    };
    match nearest_name(import, known.iter().map(String::as_str)) {
        Some(near) => told.help(format!("import = \"{near}\"")),
        None if of.is_none() => told.note("what one instance imports from another needs `of = \"INSTANCE\"`"),
        None => told,
    }
}

fn text(what: &str, missed: &Missed, actual: &str) -> Told {
    let told = |message: String| Told::new(message, "this was expected");
    let whole = || format!("it is\n{}", indented(actual));
    let one_line = |text: &str| short(text.trim_end());
    match missed {
        Missed::Other { expected, file } => {
            let not = match file {
                Some(file) => format!("{what} is not as in `{file}`"),
                None => format!("{what} is another text"),
            };
            told(not).note(sides(expected, actual))
        }
        Missed::Unreadable { file, why } => Told::new(format!("`{file}` cannot be read: {why}"), "this file"),
        Missed::Lacks(part) => told(format!("{what} does not contain `{}`", one_line(part))).note(whole()),
        Missed::Contains(part) => told(format!("{what} contains `{}`", one_line(part))).note(whole()),
        Missed::Starts(part) => told(format!("{what} does not begin with `{}`", one_line(part))).note(whole()),
        Missed::Ends(part) => told(format!("{what} does not end with `{}`", one_line(part))).note(whole()),
    }
}

fn times_in_words(times: u64) -> String {
    match times {
        0 => "never".into(),
        1 => "once".into(),
        2 => "twice".into(),
        times => format!("{times} times"),
    }
}

/// Both sides, apart if each is a line, else as a difference.
fn sides(expected: &str, actual: &str) -> String {
    let (expected, actual) = match (expected.strip_suffix('\n'), actual.strip_suffix('\n')) {
        (Some(expected), Some(actual)) => (expected, actual),
        _ => (expected, actual),
    };
    match expected.contains('\n') || actual.contains('\n') {
        false => format!("expected and actual\n  - {expected}\n  + {actual}"),
        true => format!("expected and actual\n{}", indented(&diff(expected, actual))),
    }
}

/// The most letters of a text that a note shows.
const MOST: usize = 4_000;

/// Lines that are shown as they are.
fn indented(text: &str) -> String {
    let end = text.char_indices().nth(MOST).map_or(text.len(), |(at, _)| at);
    let cut = if end < text.len() { "\n  …" } else { "" };
    let lines: Vec<String> = text[..end].split('\n').map(|line| format!("  {line}")).collect();
    format!("{}{cut}", lines.join("\n"))
}

/// One line of a text for a sentence.
fn short(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(100) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_owned(),
    }
}

/// C0831: a case passes and fails.
#[derive(Debug)]
pub struct Flaky<'a> {
    /// The file of tests.
    pub source: &'a Arc<Source>,
    /// The case.
    pub case: &'a Case,
    /// How often it failed.
    pub failed: usize,
    /// How often it was run.
    pub of: usize,
    /// What was wrong the first time.
    pub fault: &'a Fault,
}

impl From<Flaky<'_>> for Diagnostic {
    fn from(Flaky { source, case, failed, of, fault }: Flaky<'_>) -> Self {
        let name = &case.name.text;
        let told = Told::of(&fault.about);
        let mut diagnostic = Self::new(Code::CaseFlaky, format!("`{name}` failed {failed} of {of} times"))
            .label(source, fault.at.clone(), told.label)
            .note(format!("the first time: {}", told.message))
            .fact("case", name);
        diagnostic.notes.extend(told.notes);
        diagnostic
    }
}

/// C0832: a case that tests nothing.
#[derive(Debug)]
pub(super) struct EmptyCase<'a> {
    pub(super) spot: Spot<'a>,
    pub(super) name: &'a str,
    /// Whether it does anything.
    pub(super) does: bool,
}

impl From<EmptyCase<'_>> for Diagnostic {
    fn from(EmptyCase { spot, name, does }: EmptyCase<'_>) -> Self {
        let (message, label, note) = match does {
            true => ("expects nothing", "nothing could fail here", "what may come out of it would have to be said"),
            false => (
                "does nothing",
                "neither `call`, `step`, `args` nor `request`",
                "a case is a call, a command or a request",
            ),
        };
        let help = if does { "expect = '…'" } else { "call = 'ns:pkg/iface.func()'" };
        Self::new(Code::EmptyCase, format!("the case `{name}` {message}"))
            .label(spot.source, spot.span, label)
            .note(note)
            .help(help)
            .fact("case", name)
    }
}

/// C0833: keys of one kind of case beside those of another.
#[derive(Debug)]
pub(super) struct SeveralActions<'a> {
    pub(super) spot: Spot<'a>,
    pub(super) key: &'a str,
    /// The key that says what the case does, and where it is, if it is there.
    pub(super) first: Option<Range<usize>>,
    pub(super) made_by: &'a str,
}

impl From<SeveralActions<'_>> for Diagnostic {
    fn from(SeveralActions { spot, key, first, made_by }: SeveralActions<'_>) -> Self {
        let kind = match made_by {
            "call" => "a case with a call",
            "step" => "a case of steps",
            "args" => "a case with a command",
            _ => "a case with a request",
        };
        let diagnostic = Self::new(Code::MixedCase, format!("`{key}` is nothing that {kind} has"))
            .label(spot.source, spot.span, "of another kind of case")
            .fact("key", key);
        let diagnostic = match first {
            Some(first) => diagnostic.label(spot.source, first, "which is said here"),
            None => diagnostic,
        };
        match key {
            "expect" | "expect-err" | "expect-trap" | "matches" if made_by == "step" => {
                diagnostic.help("put it into `[[case.step]]`, behind its `call`")
            }
            _ => diagnostic.help("write a `[[case]]` of its own for it"),
        }
    }
}

/// C0834: two cases of one name.
#[derive(Debug)]
pub(super) struct TwoCases<'a> {
    pub(super) first: &'a Written,
    pub(super) second: &'a Written,
}

impl From<TwoCases<'_>> for Diagnostic {
    fn from(TwoCases { first, second }: TwoCases<'_>) -> Self {
        let name = &second.text;
        Self::new(Code::TwoCases, format!("two cases are called `{name}`"))
            .at(second, "called so again")
            .at(first, "first here")
            .help(format!("name = \"{name}, again\""))
            .fact("case", name)
    }
}

/// C0835: there is nothing to be run.
#[derive(Debug)]
pub enum NoCases<'a> {
    /// No files of tests.
    Files {
        /// Where they were looked for.
        folder: &'a str,
    },
    /// Files without cases.
    Cases {
        /// The files.
        files: &'a [String],
    },
    /// No case has that in its name.
    Filter {
        /// The text.
        text: &'a str,
        /// The names of all cases.
        known: &'a [&'a str],
    },
}

impl From<NoCases<'_>> for Diagnostic {
    fn from(facts: NoCases<'_>) -> Self {
        match facts {
            NoCases::Files { folder } => Self::new(Code::NoCases, format!("there are no tests in `{folder}`"))
                .note("a file of tests ends in `.toml`")
                .help("compose test tests/orders.toml")
                .fact("folder", folder),
            NoCases::Cases { files } => Self::new(Code::NoCases, format!("there is no case in {}", quoted(files)))
                .help("[[case]]\nname = \"…\"\ncall = 'ns:pkg/iface.func()'\nexpect = '…'"),
            NoCases::Filter { text, known } => {
                let diagnostic = Self::new(Code::NoCases, format!("no case has `{text}` in its name"))
                    .note(format!("there are {}", quoted(known)))
                    .fact("filter", text);
                match nearest(text, known.iter().copied()) {
                    Some(near) => diagnostic.help(format!("--filter {}", crate::diag::shell_word(near))),
                    None => diagnostic,
                }
            }
        }
    }
}

/// C0837: a recording that cannot be used.
#[derive(Debug)]
pub struct BadRecording<'a> {
    /// The file as it was written.
    pub written: &'a Written,
    /// What is wrong with it.
    pub why: &'a str,
    /// Whether it could not be read or written at all.
    pub missing: bool,
}

impl From<BadRecording<'_>> for Diagnostic {
    fn from(BadRecording { written, why, missing }: BadRecording<'_>) -> Self {
        let file = &written.text;
        let message = match missing {
            true => format!("the recording `{file}` is not there"),
            false => format!("`{file}` is no recording: {why}"),
        };
        let diagnostic = Self::new(Code::BadRecording, message).at(written, "this file").fact("file", file);
        let diagnostic = if missing { diagnostic.note(why) } else { diagnostic };
        diagnostic.help("compose test --record")
    }
}

/// C0838: a file of snapshots that cannot be used.
#[derive(Debug)]
pub struct BadSnapshots<'a> {
    /// The file.
    pub file: &'a str,
    /// The line that is none of a snapshot.
    pub line: Option<usize>,
    /// Why it cannot be read, otherwise.
    pub why: &'a str,
}

impl From<BadSnapshots<'_>> for Diagnostic {
    fn from(BadSnapshots { file, line, why }: BadSnapshots<'_>) -> Self {
        let why = match line {
            Some(line) => format!("line {line} belongs to no snapshot"),
            None => why.to_owned(),
        };
        Self::new(Code::BadSnapshots, format!("the snapshots in `{file}` cannot be used: {why}"))
            .note("remove the file, and all of them are taken anew")
            .help("compose test --accept")
            .fact("file", file)
    }
}
