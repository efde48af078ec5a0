//! JUnit XML: every finding and every link that fits a test case; errors fail, what is waived is skipped, the rest passes with its words.
//!
//! There is no standard. This is as the schema of Jenkins has it, the strictest that knows skipped tests; without times, so
//! that one input gives one file.

use super::empty;
use crate::contract::finding::{Finding, Link, Report};
use crate::contract::rule::Severity;
use crate::diag::{visible, visible_line};

pub(super) fn text(report: &Report) -> String {
    let findings = &report.findings;
    let failures = report.count(Severity::Error);
    let skipped = findings.iter().filter(|finding| finding.waived.is_some()).count();
    let errors = report.unchecked.len();
    // A suite without cases reads as "nothing was run".
    let fits = report.links.iter().filter(|link| link.fits());
    let fits: String = fits.map(fit).collect();
    let tests = (findings.len() + errors + fits.lines().count()).max(1);
    let name = attribute(&format!("{} {}", report.command, report.subjects.join(" ")));
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str(&format!(
        "<testsuites name=\"compose\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\">\n"
    ));
    out.push_str(&format!(
        "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\">\n"
    ));
    if findings.is_empty() && errors == 0 && fits.is_empty() {
        out.push_str(&format!("    <testcase name=\"nothing found\" classname=\"{}\"/>\n", attribute(report.command)));
    }
    for finding in findings {
        out.push_str(&case(finding));
    }
    out.push_str(&fits);
    for unchecked in &report.unchecked {
        let message = attribute(unchecked);
        out.push_str(&format!(
            "    <testcase name=\"{message}\" classname=\"unchecked\">\n      <error type=\"unchecked\" message=\"{message}\"/>\n    </testcase>\n"
        ));
    }
    if !report.missing.is_empty() {
        let missing: Vec<String> = report.missing.iter().map(|side| empty(side)).collect();
        out.push_str(&format!("    <system-out>{}</system-out>\n", content(&missing.join("\n"))));
    }
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}

/// A link that fits is a test that passes.
fn fit(link: &Link) -> String {
    let name = format!("{} ({} with {})", link.interface, link.between.consumer, link.between.provider);
    let class = link.interface.split('@').next().unwrap_or_default();
    format!("    <testcase name=\"{}\" classname=\"{}\"/>\n", attribute(&name), attribute(class))
}

fn case(finding: &Finding) -> String {
    let mut name = format!("{} {}", finding.rule.id, finding.item);
    if let Some(between) = &finding.between {
        name.push_str(&format!(" ({} with {})", between.consumer, between.provider));
    }
    // Dots and slashes make folders of classes in some readers.
    let class = finding.item.interface().unwrap_or_else(|| finding.item.package.clone());
    let head = format!("    <testcase name=\"{}\" classname=\"{}\">\n", attribute(&name), attribute(&class));
    let message = attribute(&finding.message);
    let body = match (&finding.waived, finding.severity) {
        (Some(waived), _) => {
            let words = content(&format!("up to {}: {}", waived.expires, waived.reason));
            format!("      <skipped>{words}</skipped>\n")
        }
        (None, Severity::Error) => format!(
            "      <failure type=\"{}\" message=\"{message}\">{}</failure>\n",
            attribute(finding.rule.id),
            content(&details(finding))
        ),
        (None, severity) => format!(
            "      <system-out>{}</system-out>\n",
            content(&format!("{}: {}\n{}", severity.word(), finding.message, details(finding)))
        ),
    };
    format!("{head}{body}    </testcase>\n")
}

/// What stands behind the message.
fn details(finding: &Finding) -> String {
    let mut lines = Vec::new();
    for (word, label, declaration) in
        [("before", &finding.old, &finding.declared.old), ("after", &finding.new, &finding.declared.new)]
    {
        let place = label.as_ref().map(|label| {
            let place = label.place();
            format!("{}:{}:{}", label.source.name, place.line, place.column)
        });
        let said: Vec<&str> = [place.as_deref(), declaration.as_deref()].into_iter().flatten().collect();
        if !said.is_empty() {
            lines.push(format!("{word}: {}", said.join(" ")));
        }
    }
    lines.extend(finding.notes.iter().cloned());
    lines.extend(finding.help.iter().map(|help| format!("help: {help}")));
    lines.push(format!("fingerprint: {}", finding.fingerprint));
    lines.join("\n")
}

fn attribute(text: &str) -> String {
    escaped(&visible_line(text)).replace('"', "&quot;")
}

fn content(text: &str) -> String {
    escaped(&visible(text))
}

fn escaped(text: &str) -> String {
    // Two characters that no document may have, and are not seen either.
    let text = text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
