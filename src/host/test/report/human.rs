//! For people: a line a file, what was reached, the count. What is wrong is told beside it, by diagnostics.

use super::{Counts, Reached, Report, case_of, word};
use crate::diag::render::{BOLD, RED, Style, YELLOW, paint};
use crate::diag::visible_line;
use crate::host::test::run::Verdict;
use crate::model::listed::quoted;

const GREEN: &str = "1;32";

pub(super) fn text(report: &Report<'_>, style: &Style) -> String {
    let mut out = String::new();
    for (suite, ran) in &report.suites {
        if ran.cases.is_empty() {
            continue;
        }
        let counts = Counts::of(&ran.cases);
        out.push_str(&format!("{}: {}\n", visible_line(&suite.source.name), painted(counts, style)));
        for ran in &ran.cases {
            let case = case_of(suite, ran);
            let why = match &ran.verdict {
                Verdict::Skipped(why) => format!(": {}", visible_line(why)),
                _ => String::new(),
            };
            let time = if report.times { format!(" ({} ms)", ran.played.took.as_millis()) } else { String::new() };
            if report.verbose || report.times || !matches!(ran.verdict, Verdict::Passed | Verdict::NotRun) {
                let (colour, word) = match ran.verdict {
                    Verdict::Passed => (GREEN, "ok"),
                    Verdict::Failed(_) => (RED, "failed"),
                    Verdict::Flaky { .. } => (YELLOW, "flaky"),
                    _ => (BOLD, word(&ran.verdict)),
                };
                let word = paint(style, colour, word);
                out.push_str(&format!("  {word} {}{why}{time}\n", visible_line(&case.name.text)));
            }
        }
    }
    report.reached.iter().for_each(|reached| of_reached(reached, &mut out));
    let counts = report.counts();
    let cases = if counts.all() == 1 { "case" } else { "cases" };
    out.push_str(&format!("{} {cases}: {}\n", counts.all(), painted(counts, style)));
    out
}

fn painted(counts: Counts, style: &Style) -> String {
    let colour = match counts {
        Counts { failed: 1.., .. } => RED,
        Counts { flaky: 1.., .. } => YELLOW,
        Counts { passed: 1.., .. } => GREEN,
        _ => BOLD,
    };
    paint(style, colour, &counts.words())
}

fn of_reached(reached: &Reached, out: &mut String) {
    let name = visible_line(&reached.name);
    let called = reached.exports.iter().filter(|(_, called)| *called).count();
    if !reached.exports.is_empty() {
        let never: Vec<&str> =
            reached.exports.iter().filter(|(_, called)| !called).map(|(name, _)| name.as_str()).collect();
        out.push_str(&format!("`{name}`: {called} of {} exported functions called", reached.exports.len()));
        if !never.is_empty() {
            out.push_str(&format!(", never {}", visible_line(&quoted(never))));
        }
        out.push('\n');
    }
    if !reached.wires.is_empty() {
        let passed = reached.wires.iter().filter(|(_, calls)| *calls > 0).count();
        let never: Vec<&str> =
            reached.wires.iter().filter(|(_, calls)| *calls == 0).map(|(wire, _)| wire.as_str()).collect();
        out.push_str(&format!("`{name}`: {passed} of {} wires called over", reached.wires.len()));
        if !never.is_empty() {
            out.push_str(&format!(", never {}", visible_line(&quoted(never))));
        }
        out.push('\n');
    }
}
