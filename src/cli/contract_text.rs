//! Reports of `compose contract` for people, in one small form, and the exit status they come to.

use super::exit;
use super::shell::{Shell, Verbosity};
use crate::contract::finding::{Finding, Link, Report};
use crate::contract::lock::{ELSEWHERE, HOST, Lock, Recorded};
use crate::contract::party::Party;
use crate::contract::rule::Severity;
use crate::contract::usage;
use crate::diag::render::Format;
use crate::diag::{Label, Sink, visible};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Prints a report and what there is to say besides; gives the exit status for both.
pub(super) fn finish(report: &Report, sink: &Sink, shell: &Shell) -> u8 {
    shell.out(&visible(&format!("{}{}", findings(report), quietly(shell, || links(report)))));
    status(report).max(unread(sink, shell))
}

/// The same, by consumer.
pub(super) fn finish_by_consumer(report: &Report, sink: &Sink, shell: &Shell) -> u8 {
    shell.out(&visible(&format!("{}{}", findings(report), quietly(shell, || consumers(report, shell)))));
    status(report).max(unread(sink, shell))
}

/// The same, as a table of consumers and providers.
pub(super) fn finish_matrix(
    report: &Report,
    (consumers, providers): (&[String], &[String]),
    sink: &Sink,
    shell: &Shell,
) -> u8 {
    let text = match shell.format {
        Format::Json => matrix_json(report, consumers, providers),
        Format::Human | Format::Short => {
            visible(&format!("{}{}", findings(report), quietly(shell, || matrix(report, consumers, providers))))
        }
    };
    shell.out(&text);
    status(report).max(unread(sink, shell))
}

/// The status of what is wrong with inputs: that is no finding about them, they were not checked.
pub(super) fn unread(sink: &Sink, shell: &Shell) -> u8 {
    match shell.report(sink) {
        exit::OK => exit::OK,
        _ => exit::CANNOT,
    }
}

fn quietly(shell: &Shell, text: impl FnOnce() -> String) -> String {
    if shell.verbosity > Verbosity::Quiet { text() } else { String::new() }
}

/// The status of a report.
pub(super) fn status(report: &Report) -> u8 {
    match (report.unchecked.is_empty(), report.count(Severity::Error)) {
        (false, _) => exit::CANNOT,
        (true, 0) => exit::OK,
        (true, _) => exit::ERRORS,
    }
}

fn findings(report: &Report) -> String {
    let mut out = String::new();
    for finding in report.counted() {
        self::finding(&mut out, finding);
    }
    for line in &report.unchecked {
        let _ = writeln!(out, "not checked: {line}");
    }
    out
}

fn links(report: &Report) -> String {
    let mut out = String::new();
    for link in &report.links {
        let _ = writeln!(out, "{} -> {}: {}", link.between.consumer, link.between.provider, verdict(link));
    }
    out
}

/// The interface of a link, and what came of it.
fn verdict(link: &Link) -> String {
    let offered = link.offered.as_ref().filter(|offered| **offered != link.interface);
    let offered = offered.map_or_else(String::new, |offered| format!(" (has {offered})"));
    let verdict = match (link.faults, &link.offered) {
        (0, None) => "not asked".to_owned(),
        (0, Some(_)) => "fits".to_owned(),
        (1, _) => "1 fault".to_owned(),
        (more, _) => format!("{more} faults"),
    };
    format!("{}{offered}: {verdict}", link.interface)
}

fn consumers(report: &Report, shell: &Shell) -> String {
    let mut out = String::new();
    let mut by_consumer: BTreeMap<&str, Vec<&Link>> = BTreeMap::new();
    for link in &report.links {
        by_consumer.entry(&link.between.consumer).or_default().push(link);
    }
    for (consumer, links) in by_consumer {
        let count = |which: &dyn Fn(&Link) -> bool| links.iter().filter(|link| which(link)).count();
        let broken = count(&|link| link.faults > 0);
        let fits = count(&|link| link.faults == 0 && link.offered.is_some());
        let host = count(&|link| link.between.provider == HOST);
        let others = count(&|link| link.between.provider == ELSEWHERE);
        let counted = |count: usize, words: &str| (count > 0).then(|| format!("{count} {words}"));
        let parts: Vec<String> = [
            counted(broken, "broken"),
            counted(fits, "fit"),
            counted(host, "left to the host"),
            counted(others, "of other providers"),
        ]
        .into_iter()
        .flatten()
        .collect();
        let word = match (broken, fits) {
            (0, 0) => "not concerned",
            (0, _) => "ok",
            _ => "BROKEN",
        };
        let _ = writeln!(out, "{consumer}: {word} ({})", parts.join(", "));
        let verbose = shell.verbosity > Verbosity::Normal;
        for link in links.iter().filter(|link| link.faults > 0 || verbose) {
            let _ = writeln!(out, "  {}: {}", link.between.provider, verdict(link));
        }
    }
    out
}

/// What a pair came to, if it shares anything: the faults.
fn cell(report: &Report, consumer: &str, provider: &str) -> Option<usize> {
    let of = report.links.iter().filter(|link| link.between.consumer == consumer && link.between.provider == provider);
    of.map(|link| link.faults).reduce(|one, other| one + other)
}

fn matrix(report: &Report, consumers: &[String], providers: &[String]) -> String {
    let cells: BTreeMap<(&str, &str), usize> = report.links.iter().fold(BTreeMap::new(), |mut cells, link| {
        let between = &link.between;
        *cells.entry((between.consumer.as_str(), between.provider.as_str())).or_default() += link.faults;
        cells
    });
    let mut out = String::new();
    if providers.len() > MOST_COLUMNS {
        // Nobody reads a table that is wider than any screen.
        let broken = cells.iter().filter(|(_, faults)| **faults > 0);
        for ((consumer, provider), faults) in broken {
            let _ = writeln!(out, "{consumer} -> {provider}: {faults}");
        }
        let good = cells.values().filter(|faults| **faults == 0).count();
        let _ = writeln!(out, "{} of {} pairs that share an interface fit", good, cells.len());
        return out;
    }
    let wide = consumers.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    let columns: Vec<usize> = providers.iter().map(|name| name.chars().count().max(3)).collect();
    let _ = write!(out, "{:wide$}", "");
    for (name, width) in providers.iter().zip(&columns) {
        let _ = write!(out, "  {name:width$}");
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    for consumer in consumers {
        let mut line = format!("{consumer:wide$}");
        for (provider, width) in providers.iter().zip(&columns) {
            let cell = match cells.get(&(consumer.as_str(), provider.as_str())) {
                None => "-".to_owned(),
                Some(0) => "ok".to_owned(),
                Some(faults) => faults.to_string(),
            };
            let _ = write!(line, "  {cell:width$}");
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

/// More providers make no table.
const MOST_COLUMNS: usize = 16;

fn matrix_json(report: &Report, consumers: &[String], providers: &[String]) -> String {
    let pairs = consumers.iter().flat_map(|consumer| {
        providers.iter().filter_map(move |provider| {
            let faults = cell(report, consumer, provider)?;
            let of = |link: &&Link| link.between.consumer == *consumer && link.between.provider == *provider;
            let links = report.links.iter().filter(of).map(|link| {
                serde_json::json!({ "interface": link.interface, "offered": link.offered, "faults": link.faults })
            });
            let links: Vec<serde_json::Value> = links.collect();
            Some(serde_json::json!({ "consumer": consumer, "provider": provider, "faults": faults, "links": links }))
        })
    });
    let pairs: Vec<serde_json::Value> = pairs.collect();
    let findings = report.counted().map(|finding| {
        let between = finding.between.as_ref();
        serde_json::json!({
            "rule": finding.rule.id,
            "severity": finding.severity.word(),
            "item": finding.item.to_string(),
            "message": finding.message,
            "consumer": between.map(|between| &between.consumer),
            "provider": between.map(|between| &between.provider),
            "fingerprint": finding.fingerprint,
        })
    });
    let findings: Vec<serde_json::Value> = findings.collect();
    let value = serde_json::json!({
        "format": 1, "type": "contract-matrix", "consumers": consumers, "providers": providers,
        "pairs": pairs, "findings": findings, "unchecked": report.unchecked,
    });
    format!("{value}\n")
}

/// What became of a consumer that was recorded.
pub(super) fn recorded(recorded: &Recorded) -> String {
    let Recorded { consumer, imports, new, changed, gone, known, mended } = recorded;
    let counted = |count: usize| format!("{count} import{}", if count == 1 { "" } else { "s" });
    let mut out = match (*known, new.len() + changed.len() + gone.len()) {
        _ if *mended => format!("{consumer}: {} recorded, in the place of what was not whole\n", counted(*imports)),
        (false, 0) => format!("{consumer}: it imports nothing, so there is nothing to record\n"),
        (false, _) => format!("{consumer}: {} recorded\n", counted(*imports)),
        (true, 0) => format!("{consumer}: {}, nothing new\n", counted(*imports)),
        (true, _) => format!("{consumer}: {}, not as before\n", counted(*imports)),
    };
    if *known {
        new.iter().for_each(|import| out.push_str(&format!("  new: {import}\n")));
        changed.iter().for_each(|import| out.push_str(&format!("  changed: {import}\n")));
    }
    gone.iter().for_each(|import| out.push_str(&format!("  no longer imported: {import}\n")));
    visible(&out)
}

/// A consumer that was taken out.
pub(super) fn retired(consumer: &str, imports: usize) -> String {
    visible(&format!("{consumer}: retired, {imports} import{} taken out\n", if imports == 1 { "" } else { "s" }))
}

/// The lock that was written.
pub(super) fn wrote(path: &str, lock: &Lock) -> String {
    let mut who: Vec<_> = lock.blocks.iter().map(|block| (&block.environment, &block.consumer)).collect();
    who.dedup();
    let count = who.len();
    visible(&format!("wrote {path}: {count} consumer{}\n", if count == 1 { "" } else { "s" }))
}

/// Whether the lock is what would be written.
pub(super) fn checked(path: &str, same: bool) -> String {
    visible(&match same {
        true => format!("{path} is up to date\n"),
        false => format!("{path} is not up to date: run this without `--check`\n"),
    })
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
