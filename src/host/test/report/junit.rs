//! JUnit XML: a suite a file, a case a case, by the attributes that Jenkins' schema asks for.

use super::{Counts, Report, case_of, told};
use crate::contract::report::{xml_attribute as attribute, xml_content as content};
use crate::diag::Diagnostic;
use crate::diag::render::{Format, Style, render};
use crate::host::test::case::Suite;
use crate::host::test::run::{Ran, RanSuite, Verdict};

pub(super) fn text(report: &Report<'_>) -> String {
    let counts = report.counts();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str(&format!(
        "<testsuites name=\"compose test\" tests=\"{}\" failures=\"{}\" errors=\"0\">\n",
        counts.all(),
        counts.failed + counts.flaky
    ));
    report
        .suites
        .iter()
        .filter(|(_, ran)| !ran.cases.is_empty())
        .for_each(|(suite, ran)| of_suite(suite, ran, report, &mut out));
    out.push_str("</testsuites>\n");
    out
}

fn of_suite(suite: &Suite, ran: &RanSuite, report: &Report<'_>, out: &mut String) {
    let Counts { failed, flaky, skipped, not_run, .. } = Counts::of(&ran.cases);
    out.push_str(&format!(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">\n",
        attribute(&suite.source.name),
        ran.cases.len(),
        failed + flaky,
        skipped + not_run
    ));
    ran.cases.iter().for_each(|ran| of_case(suite, ran, report, out));
    out.push_str("  </testsuite>\n");
}

fn of_case(suite: &Suite, ran: &Ran, report: &Report<'_>, out: &mut String) {
    // Dots and slashes make folders of classes in some readers.
    let class = suite.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let time = match report.times {
        true => format!(" time=\"{:.3}\"", ran.played.took.as_secs_f64()),
        false => String::new(),
    };
    let name = attribute(&case_of(suite, ran).name.text);
    let head = format!("    <testcase name=\"{name}\" classname=\"{}\"{time}", attribute(&class));
    let body: String = match &ran.verdict {
        Verdict::Passed => String::new(),
        Verdict::Skipped(why) => format!("      <skipped message=\"{}\"/>\n", attribute(why)),
        Verdict::NotRun => "      <skipped message=\"another case failed before it\"/>\n".into(),
        Verdict::Failed(_) | Verdict::Flaky { .. } => told(suite, ran, report.repeat).iter().map(failure).collect(),
    };
    match body.is_empty() {
        true => out.push_str(&format!("{head}/>\n")),
        false => out.push_str(&format!("{head}>\n{body}    </testcase>\n")),
    }
}

fn failure(diagnostic: &Diagnostic) -> String {
    let whole = render(diagnostic, Format::Human, &Style { unicode: false, ..Style::default() });
    format!(
        "      <failure type=\"{}\" message=\"{}\">{}</failure>\n",
        diagnostic.code.number(),
        attribute(&diagnostic.message),
        content(&whole)
    )
}
