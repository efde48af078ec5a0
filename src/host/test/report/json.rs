//! One object for programs, described by `docs/schema/test.schema.json`.

use super::{Counts, Report, case_of, told, word};
use crate::diag::{json, json_line};
use crate::host::test::run::Verdict;
use serde_json::{Map, Value, json as of};

pub(super) fn text(report: &Report<'_>) -> String {
    let suites: Vec<Value> = report
        .suites
        .iter()
        .map(|(suite, ran)| {
            let cases: Vec<Value> = ran
                .cases
                .iter()
                .map(|ran| {
                    let case = case_of(suite, ran);
                    let place =
                        crate::diag::Label { source: suite.source.clone(), span: case.at(), text: String::new() }
                            .place();
                    let mut object = Map::new();
                    object.insert("name".into(), of!(case.name.text));
                    object.insert("line".into(), of!(place.line));
                    object.insert("verdict".into(), of!(word(&ran.verdict)));
                    if let Verdict::Skipped(why) = &ran.verdict {
                        object.insert("why".into(), of!(why));
                    }
                    if let Some(fuel) = ran.played.fuel {
                        object.insert("fuel".into(), of!(fuel));
                    }
                    if report.times {
                        object.insert("milliseconds".into(), of!(ran.played.took.as_millis() as u64));
                    }
                    let faults: Vec<Value> = told(suite, ran, report.repeat).iter().map(json::value).collect();
                    if !faults.is_empty() {
                        object.insert("diagnostics".into(), Value::Array(faults));
                    }
                    Value::Object(object)
                })
                .collect();
            of!({ "file": suite.source.name, "cases": cases })
        })
        .collect();
    let reached: Vec<Value> = report
        .reached
        .iter()
        .map(|reached| {
            let exports: Vec<Value> =
                reached.exports.iter().map(|(name, called)| of!({ "function": name, "called": called })).collect();
            let wires: Vec<Value> =
                reached.wires.iter().map(|(name, calls)| of!({ "wire": name, "calls": calls })).collect();
            of!({ "component": reached.name, "exports": exports, "wires": wires })
        })
        .collect();
    let Counts { passed, failed, flaky, skipped, not_run } = report.counts();
    let counts = of!({
        "passed": passed, "failed": failed, "flaky": flaky, "skipped": skipped, "not-run": not_run,
    });
    json_line(&of!({ "format": json::FORMAT, "type": "test", "counts": counts, "suites": suites, "reached": reached }))
}
