//! A report in each of its forms, as a text: nothing is read, decided or left out but where a form says so.
//!
//! Forms for people show the first of very many findings and count the rest; those for programs have all. GitHub shows few
//! annotations of a run, so that form chooses them itself. Names in findings were written by others: each form makes them
//! harmless in its own way.

mod github;
mod human;
mod json;
mod junit;
mod links;
mod markdown;
mod place;
mod sarif;
mod short;
#[cfg(test)]
mod tests;

use super::finding::Report;
use super::rule::{Rule, Severity};
use crate::diag::render::{Style, Tone};
use crate::diag::visible_line;

/// A form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// For people: both sides underlined, why, what to do, the verdict.
    Human,
    /// One line each.
    Short,
    /// One object, described by `docs/schema/contract.schema.json`.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// JUnit XML.
    Junit,
    /// Commands of GitHub's runners, which become annotations.
    Github,
    /// A comment on a pull request.
    Markdown,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 7] =
        [Self::Human, Self::Short, Self::Json, Self::Sarif, Self::Junit, Self::Github, Self::Markdown];

    /// Its word: `human`, `sarif`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Short => "short",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Junit => "junit",
            Self::Github => "github",
            Self::Markdown => "markdown",
        }
    }

    /// The form of a word.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.word() == word)
    }
}

/// The report as a text, ended by a newline. The style is that of the terminal and matters to people alone.
pub fn render(report: &Report, form: Form, style: &Style) -> String {
    match form {
        Form::Human => human::text(report, style),
        Form::Short => short::text(report, style),
        Form::Json => json::text(report),
        Form::Sarif => sarif::text(report),
        Form::Junit => junit::text(report),
        Form::Github => github::text(report),
        Form::Markdown => markdown::text(report),
    }
}

/// Errors and what could not be checked, and nothing else: for who wants to hear of nothing else. Forms for programs are
/// whole.
pub fn render_errors(report: &Report, form: Form, style: &Style) -> String {
    match form {
        Form::Human => human::errors(report, style),
        Form::Short => short::errors(report, style),
        form => render(report, form, style),
    }
}

fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Note => Tone::Note,
        Severity::Warning => Tone::Warning,
        Severity::Error => Tone::Error,
    }
}

/// Where all of a rule can be read.
fn explained(rule: &Rule) -> String {
    format!("With examples: `compose contract explain {rule}`")
}

/// A side that was not there.
fn empty(side: &str) -> String {
    format!("{} is not there and is taken for empty", visible_line(side))
}

/// `2 errors`.
fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// `2 errors, 1 warning, 3 notes, 1 waived`; what there is nothing of is left out.
fn totals(report: &Report) -> Vec<(Option<Severity>, String)> {
    let of = |severity: Severity| (Some(severity), report.count(severity), severity.word());
    let waived = report.findings.iter().filter(|finding| finding.waived.is_some()).count();
    let mut totals: Vec<_> = [of(Severity::Error), of(Severity::Warning), of(Severity::Note)]
        .into_iter()
        .filter(|(_, count, _)| *count > 0)
        .map(|(severity, count, word)| (severity, counted(count, word)))
        .collect();
    if waived > 0 {
        totals.push((None, format!("{waived} waived")));
    }
    totals
}
