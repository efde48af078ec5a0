//! For programs: one object on one line, described by `docs/schema/contract.schema.json`.
//!
//! Fields are only ever added under one [`FORMAT`].

use super::place::region;
use crate::contract::finding::{Finding, Report, Verdict, Waived};
use crate::contract::rule::{Effects, Severity};
use crate::diag::{Label, json_line};
use serde::Serialize;

/// The version of the form.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    format: u32,
    r#type: &'static str,
    command: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    mode: Option<&'a str>,
    subjects: &'a [String],
    counts: Counts,
    verdicts: Vec<VerdictEntry<'a>>,
    findings: Vec<FindingEntry<'a>>,
    links: Vec<LinkEntry<'a>>,
    missing: &'a [String],
    unchecked: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    proved: Option<usize>,
    off: Vec<OffEntry<'a>>,
}

#[derive(Serialize)]
struct Counts {
    errors: usize,
    warnings: usize,
    notes: usize,
    waived: usize,
}

#[derive(Serialize)]
struct VerdictEntry<'a> {
    package: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<&'a str>,
    required: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    made: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<&'a str>,
}

#[derive(Serialize)]
struct FindingEntry<'a> {
    rule: &'a str,
    area: &'a str,
    level: &'a str,
    severity: &'a str,
    item: String,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<SideEntry<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<SideEntry<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effects: Option<EffectsEntry>,
    bump: &'static str,
    reaches: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    within: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    between: Option<BetweenEntry<'a>>,
    notes: &'a [String],
    help: &'a [String],
    fingerprint: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    waived: Option<WaivedEntry<'a>>,
}

#[derive(Serialize)]
struct SideEntry<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    declaration: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<PlaceEntry<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct PlaceEntry<'a> {
    source: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    text: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct EffectsEntry {
    old_consumer: &'static str,
    new_consumer: &'static str,
    old_provider: &'static str,
    host: &'static str,
    consumer_source: &'static str,
    provider_source: &'static str,
}

#[derive(Serialize)]
struct BetweenEntry<'a> {
    consumer: &'a str,
    provider: &'a str,
}

#[derive(Serialize)]
struct WaivedEntry<'a> {
    reason: &'a str,
    expires: &'a str,
}

#[derive(Serialize)]
struct LinkEntry<'a> {
    consumer: &'a str,
    provider: &'a str,
    interface: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    offered: Option<&'a str>,
    faults: usize,
    excused: usize,
}

#[derive(Serialize)]
struct OffEntry<'a> {
    rule: &'a str,
    count: usize,
}

pub(super) fn text(report: &Report) -> String {
    json_line(&Document {
        format: FORMAT,
        r#type: "contract-report",
        command: report.command,
        mode: report.mode,
        subjects: &report.subjects,
        counts: Counts {
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            notes: report.count(Severity::Note),
            waived: report.findings.iter().filter(|finding| finding.waived.is_some()).count(),
        },
        verdicts: report.verdicts.iter().map(verdict).collect(),
        findings: report.findings.iter().map(finding).collect(),
        links: report.links.iter().map(link).collect(),
        missing: &report.missing,
        unchecked: &report.unchecked,
        proved: report.proved,
        off: report.off.iter().map(|(rule, count)| OffEntry { rule, count: *count }).collect(),
    })
}

fn verdict(verdict: &Verdict) -> VerdictEntry<'_> {
    VerdictEntry {
        package: &verdict.package,
        old: verdict.old.as_deref(),
        new: verdict.new.as_deref(),
        required: verdict.required.word(),
        made: verdict.made.map(|bump| bump.word()),
        next: verdict.next.as_deref(),
    }
}

fn finding(finding: &Finding) -> FindingEntry<'_> {
    FindingEntry {
        rule: finding.rule.id,
        area: finding.rule.area.word(),
        level: finding.rule.level.word(),
        severity: finding.severity.word(),
        item: finding.item.to_string(),
        message: &finding.message,
        old: side(finding.declared.old.as_deref(), finding.old.as_ref()),
        new: side(finding.declared.new.as_deref(), finding.new.as_ref()),
        effects: finding.effects.as_ref().map(effects),
        bump: finding.bump.word(),
        reaches: &finding.reaches,
        within: &finding.within,
        between: finding
            .between
            .as_ref()
            .map(|between| BetweenEntry { consumer: &between.consumer, provider: &between.provider }),
        notes: &finding.notes,
        help: &finding.help,
        fingerprint: &finding.fingerprint,
        waived: finding.waived.as_ref().map(|Waived { reason, expires }| WaivedEntry { reason, expires }),
    }
}

fn side<'a>(declaration: Option<&'a str>, label: Option<&'a Label>) -> Option<SideEntry<'a>> {
    let place = label.map(|label| {
        let [line, column, end_line, end_column] = region(label);
        PlaceEntry { source: &label.source.name, line, column, end_line, end_column, text: &label.text }
    });
    (declaration.is_some() || place.is_some()).then_some(SideEntry { declaration, place })
}

fn effects(effects: &Effects) -> EffectsEntry {
    EffectsEntry {
        old_consumer: effects.old_consumer.word(),
        new_consumer: effects.new_consumer.word(),
        old_provider: effects.old_provider.word(),
        host: effects.host.word(),
        consumer_source: effects.consumer_source.word(),
        provider_source: effects.provider_source.word(),
    }
}

fn link(link: &crate::contract::finding::Link) -> LinkEntry<'_> {
    LinkEntry {
        consumer: &link.between.consumer,
        provider: &link.between.provider,
        interface: &link.interface,
        offered: link.offered.as_deref(),
        faults: link.faults,
        excused: link.excused,
    }
}
