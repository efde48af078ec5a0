//! One line for each finding: place, severity, rule, message. All of them, since lines are there to be searched.

use super::empty;
use super::human::verdict;
use super::links;
use super::tone;
use crate::contract::finding::{Finding, Report};
use crate::contract::rule::Severity;
use crate::diag::render::{Style, paint};
use crate::diag::visible_line;

pub(super) fn text(report: &Report, style: &Style) -> String {
    let mut out = String::new();
    for finding in &report.findings {
        out.push_str(&line(finding, style));
        out.push('\n');
    }
    for unchecked in &report.unchecked {
        out.push_str(&format!("not checked: {}\n", visible_line(unchecked)));
    }
    for side in &report.missing {
        out.push_str(&format!("{}\n", empty(side)));
    }
    out.push_str(&links::text(report));
    for found in &report.verdicts {
        out.push_str(&format!("{}\n", verdict(found)));
    }
    out
}

/// Errors alone.
pub(super) fn errors(report: &Report, style: &Style) -> String {
    let errors = report.counted().filter(|finding| finding.severity == Severity::Error);
    let errors = errors.map(|finding| line(finding, style));
    let unchecked = report.unchecked.iter().map(|unchecked| format!("not checked: {}", visible_line(unchecked)));
    errors.chain(unchecked).map(|line| format!("{line}\n")).collect()
}

/// A finding in a line.
pub(super) fn line(finding: &Finding, style: &Style) -> String {
    let place = finding.place().map(|label| {
        let place = label.place();
        format!("{}:{}:{}: ", visible_line(&label.source.name), place.line, place.column)
    });
    let tone = tone(finding.severity);
    let head = paint(style, tone.colour(), &format!("{}[{}]", tone.word(), finding.rule));
    let waived = if finding.waived.is_some() { " (waived)" } else { "" };
    format!("{}{head}: {}{waived}", place.unwrap_or_default(), visible_line(&finding.message))
}
