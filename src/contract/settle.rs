//! From what was found to what is said: severities as configured, exceptions, fingerprints, order.
//!
//! Every command ends here, so that an exception means the same to all of them. An exception that has expired covers
//! nothing and is an error of its own; one that nothing needs any more is a warning, but only in a run that could have
//! needed it.

use super::diags;
use super::finding::{Finding, Report, Waived};
use super::policy::{Ignore, Policy};
use super::rule::{Area, Kind, Rule, Severity};
use super::rules::exception::{IGNORE_EXPIRED, IGNORE_UNUSED};

/// What a run could find.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// The packages it judged, without versions.
    pub packages: &'a [String],
    /// The rules it asked.
    pub asks: fn(&Rule) -> bool,
}

/// Rules about two versions of a contract.
pub fn of_changes(rule: &Rule) -> bool {
    matches!(rule.kind, Kind::Change { .. } | Kind::Policy(_)) && !of_links(rule)
}

/// Rules about consumers and providers.
pub fn of_links(rule: &Rule) -> bool {
    rule.area == Area::Link
}

/// Rules about one contract by itself.
pub fn of_lint(rule: &Rule) -> bool {
    matches!(rule.kind, Kind::Lint(_))
}

/// Brings the findings of a report into their last form. May be asked once.
pub fn settle(report: &mut Report, policy: &Policy, scope: Scope<'_>) {
    for finding in &mut report.findings {
        if finding.fingerprint.is_empty() {
            finding.fingerprint = fingerprint(finding);
        }
    }
    let findings = std::mem::take(&mut report.findings);
    for mut finding in findings {
        match policy.severities.get(finding.rule.id) {
            Some(None) => {
                *report.off.entry(finding.rule.id).or_default() += 1;
                continue;
            }
            Some(Some(severity)) => finding.severity = *severity,
            None => {}
        }
        if finding.waived.is_none() {
            finding.waived = waived(&finding, policy);
        }
        report.findings.push(finding);
    }
    let relevant = |ignore: &&Ignore| {
        (scope.asks)(ignore.rule) && scope.packages.iter().any(|package| ignore.item.is_about(package))
    };
    let mut about: Vec<Finding> = Vec::new();
    for ignore in policy.ignores.iter().filter(relevant) {
        let covers = report.findings.iter().filter(|finding| is_about(ignore, finding)).count();
        if ignore.has_expired(policy.today) {
            about.push(diags::of_ignore(&IGNORE_EXPIRED, Severity::Error, ignore, covers));
        } else if covers == 0 {
            about.push(diags::of_ignore(&IGNORE_UNUSED, Severity::Warning, ignore, covers));
        }
    }
    for mut finding in about {
        finding.fingerprint = fingerprint(&finding);
        // That an exception is over is always an error: it would hide what it covered otherwise.
        match policy.severities.get(finding.rule.id).filter(|_| *finding.rule != IGNORE_EXPIRED) {
            Some(None) => *report.off.entry(finding.rule.id).or_default() += 1,
            severity => {
                finding.severity = severity.copied().flatten().unwrap_or(finding.severity);
                report.findings.push(finding);
            }
        }
    }
    report.findings.sort_by(|one, other| order(one).cmp(&order(other)));
}

/// The exception that covers a finding now.
pub(super) fn waived(finding: &Finding, policy: &Policy) -> Option<Waived> {
    let ignore = policy.ignores.iter().find(|ignore| !ignore.has_expired(policy.today) && is_about(ignore, finding))?;
    Some(Waived { reason: ignore.reason.clone(), expires: ignore.expires.to_string() })
}

fn is_about(ignore: &Ignore, finding: &Finding) -> bool {
    ignore.rule == finding.rule
        && ignore.item.covers(&finding.item.to_string())
        && ignore.fingerprint.as_ref().is_none_or(|meant| *meant == finding.fingerprint)
}

fn order(finding: &Finding) -> impl Ord {
    (finding.item.clone(), finding.rule.id, finding.between.clone(), finding.fingerprint.clone())
}

/// What stays the same as long as rule, item and declarations are, whatever lines and files they stand in.
pub fn fingerprint(finding: &Finding) -> String {
    let mut hash = blake3::Hasher::new();
    // Each part ends with a byte that none of them has.
    let mut add = |text: &str| {
        for (index, word) in text.split_whitespace().enumerate() {
            hash.update(if index == 0 { b"" } else { b" " });
            hash.update(word.as_bytes());
        }
        hash.update(b"\0");
    };
    add(finding.rule.id);
    add(&finding.item.to_string());
    add(finding.declared.old.as_deref().unwrap_or_default());
    add(finding.declared.new.as_deref().unwrap_or_default());
    if let Some(between) = &finding.between {
        add(&between.consumer);
        add(&between.provider);
    }
    hash.finalize().to_hex()[..12].to_owned()
}
