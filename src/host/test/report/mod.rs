//! How the cases went, as a text in each of its forms.
//!
//! What is wrong with a case is told by its diagnostics, in whatever form they are wanted; a report counts, and lists each
//! case for programs. Times are in it only where they are asked for, so that one input gives one report.

mod github;
mod human;
mod json;
mod junit;

use super::case::{Case, Suite};
use super::diags::{CaseFailed, Flaky};
use super::run::{Ran, RanSuite, Verdict};
use crate::diag::Diagnostic;
use crate::diag::render::Style;

/// A form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For people: a line a file, what was reached, the count.
    Human,
    /// One object, described by `docs/schema/test.schema.json`.
    Json,
    /// JUnit XML.
    Junit,
    /// Commands of GitHub's runners, which become annotations.
    Github,
}

impl Form {
    /// Every form, with its word.
    pub const ALL: [(Self, &'static str); 4] =
        [(Self::Human, "human"), (Self::Json, "json"), (Self::Junit, "junit"), (Self::Github, "github")];
}

/// How all cases went.
#[derive(Debug)]
pub struct Report<'a> {
    /// The files, and how their cases went.
    pub suites: Vec<(&'a Suite, RanSuite)>,
    /// What the cases reached.
    pub reached: Vec<Reached>,
    /// How often each was run.
    pub repeat: usize,
    /// Whether times are told.
    pub times: bool,
    /// Whether each case is told.
    pub verbose: bool,
}

/// What the cases reached of a component.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reached {
    /// The component.
    pub name: String,
    /// Its exported functions, in order, and whether a case called them.
    pub exports: Vec<(String, bool)>,
    /// Its wires, and how often something passed them; empty where nobody looked.
    pub wires: Vec<(String, u64)>,
}

/// How many cases went how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// As they say.
    pub passed: usize,
    /// Not as they say.
    pub failed: usize,
    /// One time so, another time so.
    pub flaky: usize,
    /// Left out.
    pub skipped: usize,
    /// Behind one that failed.
    pub not_run: usize,
}

impl Counts {
    /// Of these cases.
    pub fn of<'r>(cases: impl IntoIterator<Item = &'r Ran>) -> Self {
        let mut counts = Self::default();
        for ran in cases {
            let count = match ran.verdict {
                Verdict::Passed => &mut counts.passed,
                Verdict::Failed(_) => &mut counts.failed,
                Verdict::Flaky { .. } => &mut counts.flaky,
                Verdict::Skipped(_) => &mut counts.skipped,
                Verdict::NotRun => &mut counts.not_run,
            };
            *count += 1;
        }
        counts
    }

    /// All of them.
    pub fn all(self) -> usize {
        self.passed + self.failed + self.flaky + self.skipped + self.not_run
    }

    /// `3 passed, 1 failed`; what there is nothing of is left out.
    fn words(self) -> String {
        let counts = [
            (self.passed, "passed"),
            (self.failed, "failed"),
            (self.flaky, "flaky"),
            (self.skipped, "skipped"),
            (self.not_run, "not run"),
        ];
        let words: Vec<String> =
            counts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
        if words.is_empty() { "nothing to run".into() } else { words.join(", ") }
    }
}

impl Report<'_> {
    /// All counted.
    pub fn counts(&self) -> Counts {
        Counts::of(self.suites.iter().flat_map(|(_, ran)| &ran.cases))
    }

    /// What is wrong, in the order of the files.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let cases = self.suites.iter().flat_map(|(suite, ran)| ran.cases.iter().map(move |ran| (*suite, ran)));
        cases.flat_map(|(suite, ran)| told(suite, ran, self.repeat)).collect()
    }

    /// The report as a text, ended by a newline.
    pub fn render(&self, form: Form, style: &Style) -> String {
        match form {
            Form::Human => human::text(self, style),
            Form::Json => json::text(self),
            Form::Junit => junit::text(self),
            Form::Github => github::text(self),
        }
    }
}

/// What is wrong with a case.
fn told(suite: &Suite, ran: &Ran, repeat: usize) -> Vec<Diagnostic> {
    let (source, case) = (&suite.source, case_of(suite, ran));
    match &ran.verdict {
        Verdict::Failed(faults) => faults.iter().map(|fault| CaseFailed { source, case, fault }.into()).collect(),
        Verdict::Flaky { failed, fault } => {
            vec![Flaky { source, case, failed: *failed, of: repeat, fault }.into()]
        }
        _ => Vec::new(),
    }
}

fn case_of<'s>(suite: &'s Suite, ran: &Ran) -> &'s Case {
    &suite.cases[ran.case]
}

/// The word for how a case went, for programs.
fn word(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Passed => "passed",
        Verdict::Failed(_) => "failed",
        Verdict::Flaky { .. } => "flaky",
        Verdict::Skipped(_) => "skipped",
        Verdict::NotRun => "not-run",
    }
}
