//! Commands of GitHub's runners: `::error file=wit/kv.wit,line=3::…` becomes an annotation of the file.
//!
//! A step may have ten annotations of each kind, more are dropped without a word. So the tenth tells how many there are
//! besides, and where a place is in no file of the repository, the annotation has none.

use super::human::verdict;
use super::place::located;
use super::{counted, empty, explained};
use crate::contract::finding::{Finding, Report};
use crate::contract::rule::Severity;
use crate::diag::visible_line;

/// The most annotations of a kind.
const MOST: usize = 10;

pub(super) fn text(report: &Report) -> String {
    let mut out = String::new();
    let unchecked = report
        .unchecked
        .iter()
        .map(|unchecked| Annotation { head: "::error title=not checked".into(), text: visible_line(unchecked) });
    let of = |severity: Severity| {
        let of_severity = report.counted().filter(move |finding| finding.severity == severity);
        of_severity.map(annotation)
    };
    list(&mut out, "error", unchecked.chain(of(Severity::Error)).collect());
    list(&mut out, "warning", of(Severity::Warning).collect());
    list(&mut out, "notice", of(Severity::Note).collect());
    for side in &report.missing {
        out.push_str(&format!("{}\n", empty(side).trim_start_matches(':')));
    }
    for found in &report.verdicts {
        // No command begins with other than two colons.
        out.push_str(&format!("{}\n", visible_line(&verdict(found)).trim_start_matches(':')));
    }
    out
}

/// A command without its end.
struct Annotation {
    head: String,
    text: String,
}

fn list(out: &mut String, kind: &str, annotations: Vec<Annotation>) {
    let all = annotations.len();
    let shown = if all > MOST { MOST - 1 } else { all };
    for annotation in annotations.into_iter().take(shown) {
        out.push_str(&format!("{}::{}\n", annotation.head, data(&annotation.text)));
    }
    if all > shown {
        let more = counted(all - shown, &format!("more {kind}"));
        out.push_str(&format!("::{kind} title=compose::{more}, which the whole report has\n"));
    }
}

fn annotation(finding: &Finding) -> Annotation {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = Vec::new();
    if let Some(place) = finding.place().and_then(located) {
        properties.push(format!("file={}", property(&place.path)));
        if let Some([line, column, end_line, end_column]) = place.region {
            properties.push(format!("line={line}"));
            properties.push(format!("endLine={end_line}"));
            // Columns are for a place on one line.
            if line == end_line {
                properties.push(format!("col={column},endColumn={end_column}"));
            }
        }
    }
    properties.push(format!("title={}", property(&format!("{} ({})", finding.rule.id, finding.item))));
    let mut text = visible_line(&finding.message);
    for line in finding.notes.iter().chain(&finding.help) {
        text.push('\n');
        text.push_str(&visible_line(line));
    }
    text.push('\n');
    text.push_str(&explained(finding.rule));
    Annotation { head: format!("::{command} {}", properties.join(",")), text }
}

/// A text as the value of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(&visible_line(text)).replace(':', "%3A").replace(',', "%2C")
}
