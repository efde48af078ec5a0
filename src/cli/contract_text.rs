//! Reports of `compose contract` for people, in one small form, and the exit status they come to.

use super::exit;
use super::shell::{Shell, Verbosity};
use crate::contract::finding::{Finding, Report};
use crate::contract::party::Party;
use crate::contract::rule::Severity;
use crate::contract::usage;
use crate::diag::{Label, Sink, visible};
use std::fmt::Write;

/// Prints a report and what there is to say besides; gives the exit status for both.
pub(super) fn finish(report: &Report, sink: &Sink, shell: &Shell) -> u8 {
    shell.out(&visible(&text(report, shell.verbosity)));
    status(report).max(unread(sink, shell))
}

/// What cannot be read was not checked.
pub(super) fn unread(sink: &Sink, shell: &Shell) -> u8 {
    match shell.report(sink) {
        exit::OK => exit::OK,
        _ => exit::CANNOT,
    }
}

/// The status of a report.
pub(super) fn status(report: &Report) -> u8 {
    match (report.unchecked.is_empty(), report.count(Severity::Error)) {
        (false, _) => exit::CANNOT,
        (true, 0) => exit::OK,
        (true, _) => exit::ERRORS,
    }
}

fn text(report: &Report, verbosity: Verbosity) -> String {
    let mut out = String::new();
    for finding in report.counted() {
        self::finding(&mut out, finding);
    }
    for line in &report.unchecked {
        let _ = writeln!(out, "not checked: {line}");
    }
    if verbosity == Verbosity::Quiet {
        return out;
    }
    for link in &report.links {
        let offered = link.offered.as_ref().filter(|offered| **offered != link.interface);
        let offered = offered.map_or_else(String::new, |offered| format!(" (has {offered})"));
        let verdict = match link.faults {
            0 => "fits".to_owned(),
            1 => "1 fault".to_owned(),
            more => format!("{more} faults"),
        };
        let _ = writeln!(
            out,
            "{} -> {}: {}{offered}: {verdict}",
            link.between.consumer, link.between.provider, link.interface
        );
    }
    out
}

fn finding(out: &mut String, finding: &Finding) {
    let _ = writeln!(out, "{}[{}]: {}", finding.severity.word(), finding.rule.id, finding.message);
    for label in [&finding.old, &finding.new].into_iter().flatten() {
        self::label(out, label);
    }
    for note in &finding.notes {
        let _ = writeln!(out, "  note: {note}");
    }
    for help in &finding.help {
        let _ = writeln!(out, "  help: {help}");
    }
    out.push('\n');
}

fn label(out: &mut String, label: &Label) {
    let place = label.place();
    let text = &label.source.text;
    let start = text[..label.span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[label.span.start..].find('\n').map_or(text.len(), |at| label.span.start + at);
    let width = text[label.span.start..label.span.end.min(end)].chars().count().max(1);
    let _ = writeln!(out, "  {}:{}:{}", label.source.name, place.line, place.column);
    let _ = writeln!(out, "    {}", &text[start..end]);
    let _ = writeln!(out, "    {}{} {}", " ".repeat(place.column - 1), "^".repeat(width), label.text);
}

/// What a component's binary really imports.
pub(super) fn usage(party: &Party) -> String {
    let mut out = format!("{} really imports:\n", party.name);
    for used in usage::of(&party.shape) {
        let _ = writeln!(out, "{}", used.text().trim_end());
    }
    visible(&out)
}
