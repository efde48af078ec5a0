//! SARIF 2.1.0, the form that code hosts take findings in.
//!
//! A finding stands at its place after the change; what stood before is a related place, if it is in a file at all.
//! Exceptions are suppressions with their reasons. Columns are counted in characters, and the log says so.

use super::markdown::prose;
use super::place::{located, uri};
use super::{empty, explained};
use crate::contract::finding::{Finding, Report};
use crate::contract::rule::{Kind, Rule, Severity};
use crate::contract::rules;
use crate::diag::Label;
use serde_json::{Map, Value, json};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn text(report: &Report) -> String {
    // The rules that were met, in the order of the catalogue.
    let met = |rule: &Rule| report.findings.iter().any(|finding| finding.rule == rule);
    let mut met: Vec<&'static Rule> = rules::all().filter(|rule| met(rule)).collect();
    for finding in &report.findings {
        if !met.contains(&finding.rule) {
            met.push(finding.rule);
        }
    }
    let index = |rule: &Rule| met.iter().position(|known| *known == rule).unwrap_or_default();
    let results: Vec<Value> = report.findings.iter().map(|finding| result(finding, index(finding.rule))).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "compose",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": met.iter().map(|rule| self::rule(rule)).collect::<Vec<_>>(),
            } },
            "automationDetails": { "id": category(report) },
            "invocations": [{
                "executionSuccessful": report.unchecked.is_empty(),
                "toolExecutionNotifications": notifications(report),
            }],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    crate::diag::json_line(&log)
}

/// What is said of the run itself.
fn notifications(report: &Report) -> Vec<Value> {
    let told = |level: &str, text: String| json!({ "level": level, "message": { "text": plain(&text) } });
    let missing = report.missing.iter().map(|side| told("note", empty(side)));
    let unchecked = report.unchecked.iter().map(|unchecked| told("error", format!("not checked: {unchecked}")));
    missing.chain(unchecked).collect()
}

/// What stays the same from run to run and differs from contract to contract, so that the results of one do not take the
/// place of another's. Of versions that is the later one: the earlier one is a revision, and another each time.
fn category(report: &Report) -> String {
    let subjects = match (report.verdicts.is_empty() && report.command != "contract diff", report.subjects.last()) {
        (false, Some(new)) => new.clone(),
        _ => report.subjects.join(" "),
    };
    format!("{}/{}/", report.command, crate::diag::visible_line(&subjects))
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn rule(rule: &Rule) -> Value {
    let severity = match rule.kind {
        Kind::Change { .. } => Severity::Note,
        Kind::Policy(severity) | Kind::Lint(severity) => severity,
    };
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.says },
        "fullDescription": { "text": rule.why },
        "help": {
            "text": format!("{}\n\n{}\n\n{}", rule.why, rule.fix, explained(rule)),
            "markdown": format!(
                "{}\n\n**What to do:** {}\n\n{}", prose(rule.why), prose(rule.fix), prose(&explained(rule)),
            ),
        },
        "defaultConfiguration": { "level": level(severity) },
        "properties": { "tags": [rule.area.word(), rule.level.word()] },
    })
}

fn result(finding: &Finding, index: usize) -> Value {
    // A message is plain text; brackets and braces have a meaning in it.
    let mut text = plain(&finding.message);
    for note in finding.notes.iter().filter(|note| *note != finding.rule.why) {
        text.push_str(&format!("\n{}", plain(note)));
    }
    let mut result = json!({
        "ruleId": finding.rule.id,
        "ruleIndex": index,
        "level": level(finding.severity),
        "message": { "text": text },
        "partialFingerprints": { "composeContract/v1": finding.fingerprint },
    });
    let mut location = finding.place().and_then(physical).unwrap_or_default();
    location.insert(
        "logicalLocations".into(),
        json!([{ "fullyQualifiedName": finding.item.to_string(), "kind": logical(finding) }]),
    );
    result["locations"] = json!([location]);
    let before = finding.old.as_ref().filter(|_| finding.new.is_some()).and_then(|label| {
        let mut location = physical(label)?;
        let text = Some(label.text.as_str()).filter(|text| !text.is_empty()).unwrap_or("before");
        location.insert("message".into(), json!({ "text": plain(text) }));
        location.insert("id".into(), json!(1));
        Some(location)
    });
    if let Some(before) = before {
        result["relatedLocations"] = json!([before]);
    }
    if let Some(waived) = &finding.waived {
        let justification = format!("{} (up to {})", waived.reason, waived.expires);
        result["suppressions"] = json!([{ "kind": "external", "status": "accepted", "justification": justification }]);
    }
    let mut properties = Map::new();
    properties.insert("bump".into(), json!(finding.bump.word()));
    for (name, declaration) in [("old", &finding.declared.old), ("new", &finding.declared.new)] {
        if let Some(declaration) = declaration {
            properties.insert(name.into(), json!(declaration));
        }
    }
    if !finding.within.is_empty() {
        properties.insert("within".into(), json!(finding.within));
    }
    if let Some(between) = &finding.between {
        properties.insert("consumer".into(), json!(between.consumer));
        properties.insert("provider".into(), json!(between.provider));
    }
    result["properties"] = Value::Object(properties);
    result
}

fn logical(finding: &Finding) -> &'static str {
    match finding.item.names.len() {
        0 => "module",
        1 => "type",
        _ => "member",
    }
}

fn physical(label: &Label) -> Option<Map<String, Value>> {
    let place = located(label)?;
    let mut physical = json!({ "artifactLocation": { "uri": uri(&place.path) } });
    if let Some([line, column, end_line, end_column]) = place.region {
        physical["region"] = json!({
            "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column,
        });
    }
    let mut location = Map::new();
    location.insert("physicalLocation".into(), physical);
    Some(location)
}

/// A text in which nothing is a link or a placeholder.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '[' | ']' | '\\' => out.extend(['\\', letter]),
            '{' => out.push_str("{{"),
            '}' => out.push_str("}}"),
            letter => out.push(letter),
        }
    }
    out
}
