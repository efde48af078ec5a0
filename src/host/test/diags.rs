//! What can be wrong with tests, and what they found, in words.

use super::case::Case;
use super::fault::{About, Fault};
use super::told::Told;
use crate::diag::{Code, Diagnostic, Source};
use crate::manifest::diags::Spot;
use crate::model::listed::quoted;
use crate::model::near::nearest;
use crate::model::request::Written;
use crate::sources::NotRead;
use compose_engine::{Flooded, Limit};
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

/// What a case is not traced for, as a phrase.
pub fn untraced(why: &About) -> String {
    let told = Told::of(why);
    std::iter::once(told.message).chain(told.notes).collect::<Vec<_>>().join("; ")
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
    /// The key that makes it what it is, if it does anything.
    pub(super) made_by: Option<&'static str>,
}

impl From<EmptyCase<'_>> for Diagnostic {
    fn from(EmptyCase { spot, name, made_by }: EmptyCase<'_>) -> Self {
        let (message, label, note) = match made_by {
            Some(_) => ("expects nothing", "nothing could fail here", "what may come out of it would have to be said"),
            None => (
                "does nothing",
                "neither `call`, `step`, `args` nor `request`",
                "a case is a call, a command or a request",
            ),
        };
        let help = match made_by {
            Some("args") => "exit = 0",
            Some("request") => "status = 200",
            Some(_) => "expect = '…'",
            None => "call = 'ns:pkg/iface.func()'",
        };
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
    /// No files for a pattern of a manifest.
    Pattern {
        /// The pattern.
        pattern: &'a Written,
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
            NoCases::Pattern { pattern } => {
                Self::new(Code::NoCases, format!("there is no file of tests at `{}`", pattern.text))
                    .at(pattern, "nothing is found here")
                    .note("`*` and `?` stand for letters of one name, `**` for any folders")
                    .help("cases = [\"tests/*.toml\"]")
                    .fact("pattern", &pattern.text)
            }
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

/// The line of a file of tests that gives more of what a limit bounds.
pub(super) fn more_of(limit: Limit) -> Option<String> {
    match limit {
        Limit::Memory | Limit::Fuel | Limit::Time => Some(format!("{} = \"none\"", limit.word())),
        Limit::Stack => None,
        _ => Some(format!("host = {{ limit = {{ {} = \"none\" }} }}", limit.word())),
    }
}

/// The line that lets the streams of a result carry more than is kept without a limit.
pub(super) fn more_of_streams(of: Flooded) -> Option<String> {
    (of == Flooded::Bytes).then(|| "host = { limit = { output = \"1GiB\" } }".to_owned())
}

/// C0837: a recording that cannot be used.
#[derive(Debug)]
pub struct BadRecording<'a> {
    /// The file as it was written.
    pub written: &'a Written,
    /// What is wrong with it.
    pub why: Unusable<'a>,
}

/// Why a recording cannot be used.
#[derive(Debug)]
pub enum Unusable<'a> {
    /// It cannot be read.
    Unread(&'a NotRead),
    /// It is none.
    None(&'a str),
}

impl From<BadRecording<'_>> for Diagnostic {
    fn from(BadRecording { written, why }: BadRecording<'_>) -> Self {
        let file = &written.text;
        let new = |message| Self::new(Code::BadRecording, message).at(written, "this file").fact("file", file);
        match why {
            Unusable::Unread(why) if why.is_missing() => {
                new(format!("the recording `{file}` is not there")).help("compose test --record")
            }
            Unusable::Unread(why) => new(format!("the recording `{file}` cannot be read: {}", why.words())),
            Unusable::None(why) => new(format!("`{file}` is no recording: {why}"))
                .note("remove the file, and it is recorded anew")
                .help("compose test --record"),
        }
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
