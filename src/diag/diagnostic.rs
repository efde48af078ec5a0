//! One diagnostic, ready to be printed in any form.

use super::code::{Code, Severity};
use super::place::Lines;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A text that can be pointed into: a manifest, a WIT file, or a component's WIT printed for this purpose.
#[derive(Debug, Clone)]
pub struct Source {
    /// What the user calls it: `compose.toml`, `auth.wasm (decoded)`.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// Where its lines are, once somebody asks.
    pub(super) lines: OnceLock<Lines>,
}

impl Source {
    /// A text and what the user calls it.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), lines: OnceLock::new() }
    }

    /// The command line of this run, written out.
    pub fn command_line(text: impl Into<String>) -> Self {
        Self::new(COMMAND_LINE, text)
    }

    /// Whether it is the command line, so that what stands there is read by a shell.
    pub fn is_command_line(&self) -> bool {
        self.name == COMMAND_LINE
    }
}

/// What the command line is called.
const COMMAND_LINE: &str = "command line";

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other) || (self.name == other.name && self.text == other.text)
    }
}

impl Eq for Source {}

/// A word that stands somewhere: the text it stands in and the bytes it takes there, if that is known.
pub trait Placed {
    /// Where it stands.
    fn place(&self) -> Option<&(Arc<Source>, Range<usize>)>;
}

/// A place in a text with a word about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The text.
    pub source: Arc<Source>,
    /// The bytes of it that are meant.
    pub span: Range<usize>,
    /// A short phrase.
    pub text: String,
}

/// What a stage has to say.
///
/// Texts are lowercase phrases with names in backticks and no final period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which one of the catalogue.
    pub code: Code,
    /// How bad it is in this run.
    pub severity: Severity,
    /// The message, one line.
    pub message: String,
    /// Where; the first is the main one. Labels of other sources are printed as related texts.
    pub labels: Vec<Label>,
    /// More facts, each a paragraph: the path to the difference, both sides in WIT, candidates and why not, the way an
    /// instance came into the plan.
    pub notes: Vec<String>,
    /// What to do: ideally a line that can be pasted into a manifest or a command line.
    pub help: Vec<String>,
    /// The names involved (components, instances, interfaces, functions) by role, for the JSON form, in order.
    pub facts: Vec<(&'static str, String)>,
}

impl Diagnostic {
    /// A diagnostic with its message and nothing else yet.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            labels: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
            facts: Vec::new(),
        }
    }

    /// With a label.
    pub fn label(mut self, source: &Arc<Source>, span: Range<usize>, text: impl Into<String>) -> Self {
        self.labels.push(Label { source: source.clone(), span, text: text.into() });
        self
    }

    /// With a label at a word, if its place is known.
    pub fn at(self, word: impl Placed, text: impl Into<String>) -> Self {
        match word.place() {
            Some((source, span)) => self.label(source, span.clone(), text),
            None => self,
        }
    }

    /// With a note.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// With a line of help.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// With a named fact for machines.
    pub fn fact(mut self, role: &'static str, value: impl ToString) -> Self {
        self.facts.push((role, value.to_string()));
        self
    }
}
