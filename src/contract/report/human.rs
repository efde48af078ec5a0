//! For people: what is bad with both sides underlined, what else changed in a line each, the verdict, the count.
//!
//! Why a rule matters and what to do about it is said at its first finding. Of very many findings the first are drawn, the
//! others counted by rule.

use super::links;
use super::short::line;
use super::{counted, empty, tone, totals};
use crate::contract::change::ItemPath;
use crate::contract::finding::{Finding, Report, Verdict};
use crate::contract::rule::{Bump, Severity};
use crate::contract::rules::link::LINK_INTERFACE_MISSING;
use crate::contract::rules::version::{VERSION_BUMP_TOO_SMALL, VERSION_UNCHANGED};
use crate::diag::render::{DIM, Sheet, Style, paint};
use crate::diag::{Label, visible_line};
use std::collections::{BTreeMap, BTreeSet};

/// Of errors and of warnings more than these are counted and not drawn.
pub(super) const MOST: usize = 50;
/// So many names stand in a line.
const MOST_NAMES: usize = 12;

pub(super) fn text(report: &Report, style: &Style) -> String {
    let mut out = String::new();
    all_drawn(&mut out, report, &[Severity::Error, Severity::Warning], style);
    lines(&mut out, "also", report.counted().filter(|finding| finding.severity == Severity::Note), style);
    waived(&mut out, report, style);
    not_checked(&mut out, report, style);
    if !report.unchecked.is_empty() && !report.links.is_empty() {
        out.push('\n');
    }
    out.push_str(&links::text(report));
    if let Some(count) = report.proved.filter(|count| *count > 0) {
        out.push_str(&format!("{} proved by the validator\n", counted(count, "link")));
    }
    for side in &report.missing {
        out.push_str(&format!("{}\n", empty(side)));
    }
    for found in &report.verdicts {
        out.push_str(&format!("{}\n", verdict(found)));
    }
    if !report.off.is_empty() {
        let rules = report.off.iter().map(|(rule, count)| format!("{rule} ({count})"));
        out.push_str(&format!("switched off: {}\n", rules.collect::<Vec<_>>().join(", ")));
    }
    let totals = totals(report).into_iter().map(|(severity, text)| match severity {
        Some(severity) => paint(style, tone(severity).colour(), &text),
        None => text,
    });
    let totals: Vec<String> = totals.collect();
    match totals.is_empty() {
        true if report.unchecked.is_empty() && report.links.is_empty() => out.push_str("nothing found\n"),
        true => {}
        false => out.push_str(&format!("{}\n", totals.join(", "))),
    }
    out
}

/// Errors alone.
pub(super) fn errors(report: &Report, style: &Style) -> String {
    let mut out = String::new();
    all_drawn(&mut out, report, &[Severity::Error], style);
    not_checked(&mut out, report, style);
    out
}

/// Every finding of some severities.
fn all_drawn(out: &mut String, report: &Report, severities: &[Severity], style: &Style) {
    let mut explained = BTreeSet::new();
    for severity in severities {
        let of = report.counted().filter(|finding| finding.severity == *severity && !is_of_version(finding));
        let (of, hosts) = left_out(of);
        hosts.iter().for_each(|of| out.push_str(&of_the_host(of, style)));
        let of = alike(of.into_iter());
        for (finding, others) in of.iter().take(MOST) {
            let is_first = explained.insert(finding.rule.id);
            out.push_str(&drawn(finding, others, is_first, style));
            out.push('\n');
        }
        let of: Vec<&Finding> = of.iter().map(|(finding, _)| *finding).collect();
        out.push_str(&rest(&of, severity.word()));
    }
    // What versions should be comes last and is short: everything above is why.
    let of_versions = report.counted().filter(|finding| severities.contains(&finding.severity));
    for finding in of_versions.filter(|finding| is_of_version(finding)) {
        out.push_str(&in_short(finding, style));
        out.push('\n');
    }
}

fn not_checked(out: &mut String, report: &Report, style: &Style) {
    for unchecked in &report.unchecked {
        out.push_str(&paint(style, tone(Severity::Error).colour(), "not checked"));
        out.push_str(&format!(": {}\n", visible_line(unchecked)));
    }
}

/// Whether a finding sums up what others are the cause of.
fn is_of_version(finding: &Finding) -> bool {
    [&VERSION_UNCHANGED, &VERSION_BUMP_TOO_SMALL].contains(&finding.rule)
}

/// Missing interfaces of WASI by who misses them, apart from all else: they come in dozens and are told in one.
fn left_out<'a>(findings: impl Iterator<Item = &'a Finding>) -> (Vec<&'a Finding>, Vec<Vec<&'a Finding>>) {
    let is_hosts =
        |finding: &&Finding| finding.rule == &LINK_INTERFACE_MISSING && finding.item.package.starts_with("wasi:");
    let (hosts, mut rest): (Vec<&Finding>, Vec<&Finding>) = findings.partition(is_hosts);
    let mut by_link: BTreeMap<_, Vec<&Finding>> = BTreeMap::new();
    for finding in hosts {
        by_link.entry((finding.severity, finding.between.clone())).or_default().push(finding);
    }
    let (several, single): (Vec<_>, Vec<_>) = by_link.into_values().partition(|of| of.len() > 1);
    rest.splice(0..0, single.into_iter().flatten());
    (rest, several)
}

/// Several missing interfaces of WASI.
fn of_the_host(findings: &[&Finding], style: &Style) -> String {
    let [first, ..] = findings else { return String::new() };
    let Some(between) = &first.between else { return String::new() };
    let message = format!(
        "`{}` imports {} of WASI, which `{}` does not have",
        between.consumer,
        counted(findings.len(), "interface"),
        between.provider
    );
    let names = findings.iter().map(|finding| format!("`{}`", finding.item)).collect::<Vec<_>>().join(", ");
    let help = "write them into the world, or say that the host has them: `--allow-import 'wasi:*'`".to_owned();
    let (tone, id) = (tone(first.severity), first.rule.id);
    let sheet = Sheet { tone, id, message: &message, labels: &[], notes: &[names], help: &[help] };
    format!("{}\n", sheet.draw(style))
}

/// Findings with the other consumers that the same fault of a provider breaks.
fn alike<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<(&'a Finding, Vec<&'a str>)> {
    let mut of: Vec<(&Finding, Vec<&str>)> = Vec::new();
    let mut known: BTreeMap<(&str, &ItemPath, &str, String), usize> = BTreeMap::new();
    for finding in findings {
        let Some(between) = &finding.between else {
            of.push((finding, Vec::new()));
            continue;
        };
        let message = finding.message.replace(&format!("`{}`", between.consumer), "`*`");
        let key = (finding.rule.id, &finding.item, between.provider.as_str(), message);
        match known.get(&key) {
            Some(at) => of[*at].1.push(&between.consumer),
            None => {
                known.insert(key, of.len());
                of.push((finding, Vec::new()));
            }
        }
    }
    of
}

/// A finding with its places in a line.
fn in_short(finding: &Finding, style: &Style) -> String {
    let place = |label: &Label| {
        let place = label.place();
        format!("{}:{}:{}", label.source.name, place.line, place.column)
    };
    let places: Vec<String> = [&finding.old, &finding.new].into_iter().flatten().map(place).collect();
    let notes = if places.is_empty() { Vec::new() } else { vec![places.join(" → ")] };
    let (id, message) = (finding.rule.id, &*finding.message);
    Sheet { tone: tone(finding.severity), id, message, labels: &[], notes: &notes, help: &finding.help }.draw(style)
}

/// A finding with its places, and with others whom the same breaks.
fn drawn(finding: &Finding, others: &[&str], explain: bool, style: &Style) -> String {
    let labels: Vec<Label> = [&finding.old, &finding.new].into_iter().flatten().cloned().collect();
    let told = |texts: &[String], of_rule: &str| -> Vec<String> {
        texts.iter().filter(|text| explain || *text != of_rule).cloned().collect()
    };
    let (mut notes, help) = (told(&finding.notes, finding.rule.why), told(&finding.help, finding.rule.fix));
    if let (false, Some(between)) = (others.is_empty(), &finding.between) {
        notes.insert(0, breaks(between.consumer.as_str(), others));
    }
    let sheet = Sheet {
        tone: tone(finding.severity),
        id: finding.rule.id,
        message: &finding.message,
        labels: &labels,
        notes: &notes,
        help: &help,
    };
    sheet.draw(style)
}

/// Whom a fault breaks.
fn breaks(first: &str, others: &[&str]) -> String {
    let names: BTreeSet<&str> = others.iter().copied().chain([first]).collect();
    let left = names.len().saturating_sub(MOST_NAMES);
    let shown = names.iter().take(MOST_NAMES).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let more = if left > 0 { format!(" and {left} more") } else { String::new() };
    format!("breaks {shown}{more}")
}

/// How many more there are, by rule.
fn rest(of: &[&Finding], word: &str) -> String {
    let Some(more) = of.get(MOST..).filter(|more| !more.is_empty()) else { return String::new() };
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in more {
        *rules.entry(finding.rule.id).or_default() += 1;
    }
    let verb = if more.len() == 1 { "is" } else { "are" };
    let mut out = format!("{} more {word}{} {verb} not shown:\n", more.len(), if more.len() == 1 { "" } else { "s" });
    let mut rules: Vec<(&str, usize)> = rules.into_iter().collect();
    rules.sort_by_key(|(rule, count)| (std::cmp::Reverse(*count), *rule));
    for (rule, count) in rules {
        out.push_str(&format!("  {count:>6}  {rule}\n"));
    }
    out.push_str("  `--report json` has all\n\n");
    out
}

/// Findings in a line each, under a title.
fn lines<'a>(out: &mut String, title: &str, findings: impl Iterator<Item = &'a Finding>, style: &Style) {
    let findings: Vec<&Finding> = findings.collect();
    if findings.is_empty() {
        return;
    }
    out.push_str(&format!("{title}\n"));
    for finding in findings.iter().take(MOST) {
        out.push_str(&format!("  {}\n", line(finding, style)));
    }
    out.push('\n');
    out.push_str(&rest(&findings, "note"));
}

/// Exceptions in use, with their reasons.
fn waived(out: &mut String, report: &Report, style: &Style) {
    let waived = report.findings.iter().filter_map(|finding| Some((finding, finding.waived.as_ref()?)));
    let waived: Vec<_> = waived.collect();
    if waived.is_empty() {
        return;
    }
    out.push_str("waived\n");
    for (finding, by) in waived.iter().take(MOST) {
        out.push_str(&format!("  {}: {}\n", finding.rule, visible_line(&finding.message)));
        let until = format!("    up to {}: {}", by.expires, visible_line(&by.reason));
        out.push_str(&format!("{}\n", paint(style, DIM, &until)));
    }
    let more: Vec<&Finding> = waived.iter().map(|(finding, _)| *finding).collect();
    out.push('\n');
    out.push_str(&rest(&more, "finding"));
}

/// What the versions ask, in a line.
pub(super) fn verdict(verdict: &Verdict) -> String {
    let Verdict { package, old, new, required, made, next } = verdict;
    let change = match (old, new) {
        (Some(old), Some(new)) if old != new => format!("{package} {old} → {new}"),
        (_, Some(version)) | (Some(version), None) => format!("{package} {version}"),
        (None, None) => package.clone(),
    };
    let article = |bump: Bump| format!("a {} version", bump.word());
    let judged = match (required, made, next) {
        (Bump::None, ..) => "nothing asks for another version".to_owned(),
        (required, Some(made), _) if made >= required => format!("{} is needed, and made", article(*required)),
        (required, Some(_), Some(next)) => format!("{} is needed: {next}", article(*required)),
        (required, None, Some(next)) if new.is_some() => format!("{} is needed: {next}", article(*required)),
        (required, ..) => format!("{} is needed", article(*required)),
    };
    visible_line(&format!("{change}: {judged}"))
}
