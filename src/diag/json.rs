//! The form for machines: one JSON object per line, versioned, documented in `docs/diagnostics.md`.
//!
//! Fields are only ever added under one [`FORMAT`]; a change that could break a reader raises it.

use super::code::Code;
use super::diagnostic::Diagnostic;
use super::foreign::json_line;
use serde::Serialize;

/// The version of the form.
pub const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Line<'a> {
    format: u32,
    r#type: &'static str,
    code: &'static str,
    name: String,
    severity: &'static str,
    message: &'a str,
    labels: Vec<LabelForm<'a>>,
    notes: &'a [String],
    help: &'a [String],
    facts: Vec<Fact<'a>>,
}

#[derive(Serialize)]
struct LabelForm<'a> {
    source: &'a str,
    line: usize,
    column: usize,
    start: usize,
    end: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct Fact<'a> {
    role: &'static str,
    value: &'a str,
}

#[derive(Serialize)]
struct Summary {
    format: u32,
    r#type: &'static str,
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct Usage<'a> {
    format: u32,
    r#type: &'static str,
    message: &'a str,
    help: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    usage: Option<&'a str>,
}

#[derive(Serialize)]
struct CodeForm<'a> {
    format: u32,
    r#type: &'static str,
    code: &'static str,
    name: String,
    severity: &'static str,
    title: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<&'a str>,
}

/// One diagnostic, ended by a newline.
pub(super) fn render(diagnostic: &Diagnostic) -> String {
    json_line(&line(diagnostic))
}

/// One diagnostic as a part of another object.
#[cfg(feature = "host")]
pub(crate) fn value(diagnostic: &Diagnostic) -> serde_json::Value {
    serde_json::to_value(line(diagnostic)).expect("texts and numbers are JSON")
}

fn line(diagnostic: &Diagnostic) -> Line<'_> {
    Line {
        format: FORMAT,
        r#type: "diagnostic",
        code: diagnostic.code.number(),
        name: diagnostic.code.kebab_name(),
        severity: diagnostic.severity.word(),
        message: &diagnostic.message,
        labels: diagnostic
            .labels
            .iter()
            .map(|at| {
                let (place, span) = (at.place(), at.clamped());
                LabelForm {
                    source: &at.source.name,
                    line: place.line,
                    column: place.column,
                    start: span.start,
                    end: span.end,
                    text: &at.text,
                }
            })
            .collect(),
        notes: &diagnostic.notes,
        help: &diagnostic.help,
        facts: diagnostic.facts.iter().map(|(role, value)| Fact { role, value }).collect(),
    }
}

/// The line that ends a run.
pub(super) fn summary((errors, warnings): (usize, usize)) -> String {
    json_line(&Summary { format: FORMAT, r#type: "summary", errors, warnings })
}

/// The lines for a command line that makes no sense: what is wrong with it, what to do, what could stand there; and the
/// summary.
pub(crate) fn usage(message: &str, help: &[String], usage: Option<&str>) -> String {
    json_line(&Usage { format: FORMAT, r#type: "usage", message, help, usage }) + &summary((1, 0))
}

/// A code of the catalogue, with its page or without.
pub(crate) fn code(code: Code, page: Option<&str>) -> String {
    json_line(&CodeForm {
        format: FORMAT,
        r#type: "code",
        code: code.number(),
        name: code.kebab_name(),
        severity: code.severity().word(),
        title: code.title(),
        page,
    })
}
