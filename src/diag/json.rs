//! The form for machines: one JSON object per line, versioned, documented in `docs/diagnostics.md`.
//!
//! Fields are only ever added under one [`FORMAT`]; a change that could break a reader raises it.

use super::diagnostic::Diagnostic;
use super::foreign::json_line;
use super::sink::Sink;
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

/// One diagnostic, ended by a newline.
pub(super) fn render(diagnostic: &Diagnostic) -> String {
    json_line(&Line {
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
    })
}

/// The line that ends a run.
pub(super) fn summary(sink: &Sink) -> String {
    let (errors, warnings) = sink.totals();
    json_line(&Summary { format: FORMAT, r#type: "summary", errors, warnings })
}
