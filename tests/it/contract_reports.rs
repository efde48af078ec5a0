//! Reports of contracts in the forms of other programs, held against what those ask.
//!
//! JSON is held against `docs/schema/contract.schema.json`, every field of it. SARIF and JUnit are held against the schemas
//! that others publish (`tests/support/published.rs`), SARIF also against what the text of the standard asks besides:
//! indices that lead somewhere, texts without stray placeholders. Of JUnit there are several schemas; that of Jenkins is
//! the one that most readers follow and that knows skipped tests. Here the counts have to be right besides.

use crate::schemas::Schema;
use crate::support::published::published;
use crate::xml::{self, Element};
use crate::xsd::Xsd;
use boon::{Compiler, SchemaIndex, Schemas};
use component_compose::contract::change::{Change, ItemPath};
use component_compose::contract::finding::{Between, Finding, Link, Report};
use component_compose::contract::judge::{Baseline, judge};
use component_compose::contract::policy::Policy;
use component_compose::contract::report::{Form, render};
use component_compose::contract::rule::Severity;
use component_compose::contract::rules;
use component_compose::contract::side::Side;
use component_compose::diag::Sink;
use component_compose::diag::render::Style;
use component_compose::manifest::parse_contracts;
use serde_json::Value;

const OLD: &str =
    "package acme:kv@1.0.0;\n\ninterface store {\n  get: func(key: string) -> u32;\n  size: func() -> u32;\n}\n";
const NEW: &str = "package acme:kv@1.0.1;\n\ninterface store {\n  get: func(key: string) -> u32;\n  put: func();\n}\n";

/// A report that has something of everything; `name` is what the new text and more are called.
fn whole(name: &str) -> Report {
    let old = Side::of_text("git:main:wit/kv.wit", OLD).expect("WIT");
    let new = Side::of_text(name, NEW).expect("WIT");
    let rule = |id| rules::find(id).expect("a rule");
    let said = |side: &Side, name: &str, text: &str| {
        let package = &side.resolve.packages[side.packages[0]];
        let functions = &side.resolve.interfaces[package.interfaces["store"]].functions;
        Some(side.said(text, functions[name].span))
    };
    let item = |name: &str| ItemPath::package("acme:kv").below("store").below(name);
    let removed = Change::new(rule("func-removed"), item("size"), said(&old, "size", "size: func() -> u32"), None);
    let mut changed = Change::new(
        rule("func-removed"),
        item("get"),
        said(&old, "get", "get: func(key: string) -> u32"),
        said(&new, "get", "get: func(key: string) -> u64"),
    );
    changed.reaches = vec!["acme:kv/admin".into()];
    let added = Change::new(rule("func-added"), item("put"), None, said(&new, "put", "put: func()"));
    let config = "[contracts]\nmode = \"full\"\n[contracts.severity]\nfunc-added = \"off\"\n\
        [[contracts.ignore]]\nrule = \"func-removed\"\nitem = \"acme:kv/store.size\"\n\
        reason = \"we <are> the {0} \\\"only\\\" & [last](x) ones\"\nexpires = \"2026-12-31\"\n\
        [[contracts.ignore]]\nrule = \"func-added\"\nitem = \"acme:kv/x\"\nreason = \"r\"\nexpires = \"2025-12-31\"\n";
    let mut sink = Sink::default();
    let contracts = parse_contracts(config, "contracts.toml", false, &mut sink).expect("a configuration");
    let policy = Policy::of(&contracts, "2026-01-01".parse().ok(), &mut sink);
    assert!(sink.diagnostics().is_empty());
    let changes = vec![removed, changed, added];
    let mut report = judge(vec![Baseline { side: &old, changes, faults: Vec::new() }], &new, &policy);
    let between = Between { consumer: format!("{name} & Co"), provider: "kv".into() };
    let mut link =
        Finding::new(rule("func-removed"), Severity::Error, item("of"), format!("`{name}` lacks ]]> [it] {{0}}"));
    link.between = Some(between.clone());
    link.fingerprint = "0123456789ab".into();
    report.findings.push(link);
    let mut decoded = report.findings[1].clone();
    let source = component_compose::diag::Source::new("parts/kv v1.wasm (decoded)", "interface i {}\n");
    decoded.new = Some(component_compose::diag::Label { source: source.into(), span: 0..9, text: "here".into() });
    report.findings.push(decoded);
    report.links.push(Link {
        between,
        interface: "acme:kv/store".into(),
        offered: Some("acme:kv/store@1.0.0".into()),
        faults: 1,
        excused: 0,
    });
    report.proved = Some(3);
    report.findings[0].within = vec!["f".into(), format!("{name}.g")];
    report.missing.push(format!("git:main:{name}"));
    report.unchecked.push(format!("`{name}` cannot be read"));
    report
}

/// What files and names may be called.
const NAMES: [&str; 4] = ["wit/kv.wit", "a b/ö%:#?.wit", "x\"<>&'\u{1b}\u{202e}\u{ffff}.wit", "./C:\\wit\\kv.wit"];

fn text(report: &Report, form: Form) -> String {
    render(report, form, &Style::default())
}

#[test]
fn json_is_as_described() {
    let mut schema = Schema::read("contract.schema.json");
    for name in NAMES {
        let json: Value = serde_json::from_str(&text(&whole(name), Form::Json)).expect("it is JSON");
        schema.check(&json, name);
    }
    let nothing = Report { command: "contract diff", ..Report::default() };
    schema.check(&serde_json::from_str(&text(&nothing, Form::Json)).expect("it is JSON"), "nothing");
    schema.assert_whole();
}

/// SARIF 2.1.0 as its committee publishes it.
fn sarif_schema() -> (Schemas, SchemaIndex) {
    let schema = published("serde-sarif", "src/schema.json");
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.enable_format_assertions();
    let schema = serde_json::from_str(&schema).expect("it is JSON");
    compiler.add_resource("sarif.json", schema).expect("it is JSON");
    let index = compiler.compile("sarif.json", &mut schemas).expect("it is a schema");
    (schemas, index)
}

#[test]
fn sarif_is_as_the_standard_has_it() {
    let (schemas, index) = sarif_schema();
    let nothing = Report { command: "contract diff", ..Report::default() };
    for report in NAMES.iter().map(|name| whole(name)).chain([nothing]) {
        let log: Value = serde_json::from_str(&text(&report, Form::Sarif)).expect("it is JSON");
        if let Err(error) = schemas.validate(&log, index) {
            panic!("{error}\n{log:#}");
        }
        let run = &log["runs"][0];
        let (rules, results) = (&run["tool"]["driver"]["rules"], run["results"].as_array().expect("a list"));
        assert_eq!(results.len(), report.findings.len());
        assert_eq!(run["invocations"][0]["executionSuccessful"], report.unchecked.is_empty());
        for (result, finding) in results.iter().zip(&report.findings) {
            let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("it fits")];
            assert_eq!(rule["id"], result["ruleId"]);
            assert_eq!(result["suppressions"].is_array(), finding.waived.is_some());
            assert_eq!(result["partialFingerprints"]["composeContract/v1"], finding.fingerprint);
            let message = result["message"]["text"].as_str().expect("a text");
            assert!(!message.contains("{0}") || message.contains("{{0}}"), "{message}");
            for location in result["locations"].as_array().expect("a list") {
                let uri = location["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap_or("wit");
                assert!(!uri.contains([' ', ':', '\\', '"']) && !uri.starts_with('/'), "{uri}");
            }
        }
    }
    let log: Value = serde_json::from_str(&text(&whole("wit/kv.wit"), Form::Sarif)).expect("it is JSON");
    let results = log["runs"][0]["results"].as_array().expect("a list");
    let size = results.iter().find(|result| result["suppressions"].is_array()).expect("one is waived");
    let place = &size["locations"][0]["physicalLocation"];
    assert_eq!((&place["artifactLocation"]["uri"], &place["region"]["startLine"]), (&"wit/kv.wit".into(), &3.into()));
    let decoded = &results.last().expect("one")["locations"][0]["physicalLocation"];
    assert_eq!(decoded["artifactLocation"]["uri"], "parts/kv%20v1.wasm");
    assert!(decoded["region"].is_null(), "a line of printed WIT is no line of the component");
}

/// JUnit as Jenkins publishes it.
fn junit_schema() -> Xsd {
    Xsd::read(&published("junit-report", "tests/JUnit.xsd")).expect("it is a schema of the form that is known here")
}

/// What the schema does not say: counts are numbers, and nothing is empty.
fn judge_junit(element: &Element) {
    for (name, value) in &element.attributes {
        if ["tests", "failures", "errors", "skipped"].contains(&name.as_str()) {
            assert!(value.parse::<usize>().is_ok(), "{name} is {value}");
        }
        assert!(!value.is_empty(), "{} has an empty `{name}`", element.name);
    }
    element.children.iter().for_each(judge_junit);
}

#[test]
fn a_wrong_document_is_against_the_published_schemas() {
    let schema = junit_schema();
    let against =
        |document: &str| schema.against(&xml::read(document).unwrap_or_else(|error| panic!("{error}\n{document}")));
    let right = text(&whole(NAMES[0]), Form::Junit);
    assert_eq!(against(&right), [""; 0]);
    for (from, to, fault) in [
        ("<testsuites ", "<testsuites color=\"red\" ", "/testsuites has `color`"),
        ("<testsuite ", "<testcase name=\"x\"/><testsuite ", "/testsuites has testcase here"),
        (" classname=", " class=", "/testsuites/testsuite/testcase has `class`"),
        ("<testcase name=", "<testcase file=", "/testsuites/testsuite/testcase lacks `name`"),
        ("<failure type=", "<system-out/><failure type=", "/testsuites/testsuite/testcase has failure here"),
        ("<testcase ", "why<testcase ", "/testsuites/testsuite has words"),
        ("<system-out>", "<system-out><b/>", "/testsuites/testsuite/testcase/system-out has b here"),
    ] {
        let wrong = right.replacen(from, to, 1);
        assert!(against(&wrong).iter().any(|said| said == fault), "{fault}\n{:?}\n{wrong}", against(&wrong));
    }
    let (schemas, index) = sarif_schema();
    let right: Value = serde_json::from_str(&text(&whole(NAMES[0]), Form::Sarif)).expect("it is JSON");
    for (pointer, wrong) in [
        ("/version", "2.0.0".into()),
        ("/runs/0/tool", Value::Null),
        ("/runs/0/columnKind", "bytes".into()),
        ("/runs/0/results/0/level", "fatal".into()),
        ("/runs/0/results/0/message", serde_json::json!({})),
        ("/runs/0/results/0/ruleIndex", (-2).into()),
        ("/runs/0/results/0/locations/0", serde_json::json!({ "place": {} })),
    ] {
        let mut log = right.clone();
        *log.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = wrong;
        assert!(schemas.validate(&log, index).is_err(), "{pointer}");
    }
}

#[test]
fn junit_is_as_its_readers_want_it() {
    let schema = junit_schema();
    let nothing = Report { command: "contract diff", ..Report::default() };
    for report in NAMES.iter().map(|name| whole(name)).chain([nothing]) {
        let document = text(&report, Form::Junit);
        let suites = xml::read(&document).unwrap_or_else(|error| panic!("{error}\n{document}"));
        assert_eq!(suites.name, "testsuites");
        assert_eq!(schema.against(&suites), [""; 0], "{document}");
        judge_junit(&suites);
        let suite = &suites.children[0];
        let cases = || suite.children.iter().filter(|child| child.name == "testcase");
        let count = |name: &str| {
            cases().filter(|case| case.children.iter().any(|child| child.name == name)).count().to_string()
        };
        assert_eq!(suite.attribute("tests"), Some(cases().count().to_string().as_str()));
        assert_eq!(suite.attribute("failures"), Some(count("failure").as_str()));
        assert_eq!(suite.attribute("errors"), Some(count("error").as_str()));
        assert_eq!(suite.attribute("skipped"), Some(count("skipped").as_str()));
        assert!(cases().count() > 0);
    }
}
