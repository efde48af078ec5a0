//! What is bad in which run, and the examples of the rules about versions.

use super::change::{Change, ItemPath};
use super::finding::{Finding, Report};
use super::judge::{Baseline, judge};
use super::policy::{Ignore, Policy};
use super::rule::{Bump, Example, Severity};
use super::rules::exception::PATTERN_UNUSED;
use super::rules::function::{FUNC_ADDED, FUNC_REMOVED};
use super::rules::version as rules;
use super::side::Side;
use super::version::pairs;
use crate::diag::Sink;
use crate::manifest::parse_contracts;
use crate::model::contracts::Mode;
use crate::model::item_pattern::ItemPattern;
use crate::model::request::Written;

/// Functions that came and went, which is all that these tests need of a differ.
fn changes(old: &Side, new: &Side) -> Vec<Change> {
    let functions = |side: &Side, package: &str, version: &Option<semver::Version>| {
        let mut all = Vec::new();
        for id in &side.packages {
            let found = &side.resolve.packages[*id];
            if side.package_name(*id) != package || found.name.version != *version {
                continue;
            }
            for interface in found.interfaces.values() {
                let path = side.interface_path(*interface).expect("it has a name");
                for function in side.resolve.interfaces[*interface].functions.values() {
                    let params: Vec<&str> = function.params.iter().map(|param| param.name.as_str()).collect();
                    let text = format!("{}: func({})", function.name, params.join(", "));
                    all.push((path.below(&function.name), side.said(text, function.span)));
                }
            }
        }
        all
    };
    let mut changes = Vec::new();
    for pair in pairs(old, new) {
        let before = functions(old, &pair.old.name, &pair.old.version);
        let after = functions(new, &pair.new.name, &pair.new.version);
        let lacks = |all: &[(ItemPath, super::change::Said)], text: &str| all.iter().all(|(_, said)| said.text != text);
        for (path, said) in &before {
            if lacks(&after, &said.text) {
                changes.push(Change::new(&FUNC_REMOVED, path.clone(), Some(said.clone()), None));
            }
        }
        for (path, said) in &after {
            if lacks(&before, &said.text) {
                changes.push(Change::new(&FUNC_ADDED, path.clone(), None, Some(said.clone())));
            }
        }
    }
    changes
}

fn report_of(olds: &[&str], new: &str, policy: &Policy) -> Report {
    let olds: Vec<Side> = olds.iter().map(|old| Side::of_text("old.wit", old).expect(old)).collect();
    let new = Side::of_text("new.wit", new).expect(new);
    let baselines =
        olds.iter().map(|old| Baseline { side: old, changes: changes(old, &new), faults: Vec::new() }).collect();
    judge(baselines, &new, policy)
}

fn said(report: &Report) -> Vec<String> {
    let word = |finding: &Finding| match finding.waived {
        Some(_) => "waived",
        None => finding.severity.word(),
    };
    report.findings.iter().map(|finding| format!("{} {} {}", word(finding), finding.rule, finding.item)).collect()
}

const STORE: &str = "package a:b@1.2.0; interface store { get: func(); size: func(); }";

/// The same store at another version, with another body.
fn store(version: &str, functions: &str) -> String {
    format!("package a:b@{version}; interface store {{ {functions} }}")
}

#[test]
fn the_examples_of_the_rules_about_versions() {
    let mut count = 0;
    for rule in rules::RULES {
        for example in rule.examples {
            let Example::Change { old, new } = example else { panic!("{rule}: a rule about two versions") };
            let report = report_of(&[old], new, &Policy::default());
            let findings: Vec<&Finding> = report.findings.iter().filter(|found| found.rule == *rule).collect();
            assert_eq!(findings.len(), 1, "{rule}: {:#?}", said(&report));
            let finding = findings[0];
            assert!(finding.place().is_some(), "{rule} has no place");
            assert!(!rule.why.is_empty() && !rule.fix.is_empty(), "{rule}");
            let others: Vec<&Finding> = report
                .findings
                .iter()
                .filter(|found| found.rule != *rule && found.severity > Severity::Note && found.rule != &FUNC_REMOVED)
                .filter(|found| found.rule != &FUNC_ADDED)
                .collect();
            assert!(others.is_empty(), "{rule}: {:#?}", said(&report));
            count += 1;
        }
    }
    assert_eq!(count, 18);
}

#[test]
fn the_examples_of_the_rules_about_exceptions() {
    for rule in super::rules::exception::RULES {
        let Example::Config { config, old, new } = rule.examples[0] else { panic!("{rule}: a configuration") };
        let mut sink = Sink::default();
        let contracts = parse_contracts(config, "contracts.toml", false, &mut sink).expect(config);
        let policy = Policy::of(&contracts, "2026-01-01".parse().ok(), &mut sink);
        assert!(sink.diagnostics().is_empty(), "{:#?}", sink.diagnostics());
        let of = |body: &str| format!("package a:b@1.0.0; {body}");
        let report = report_of(&[&of(old)], &of(new), &policy);
        let found: Vec<&Finding> = report.findings.iter().filter(|finding| finding.rule == *rule).collect();
        assert_eq!(found.len(), 1, "{rule}: {:#?}", said(&report));
        if rule == &&PATTERN_UNUSED {
            assert_eq!(found[0].help, ["did you mean `a:b/store`?"]);
            continue;
        }
        let label = found[0].new.as_ref().expect("a place");
        assert_eq!(&label.source.text[label.span.clone()], "\"func-removed\"");
    }
}

#[test]
fn a_rule_that_nobody_knows_is_told_with_the_nearest() {
    let mut sink = Sink::default();
    let text = "[contracts.severity]\nfunc-remove = \"off\"\n";
    let contracts = parse_contracts(text, "contracts.toml", false, &mut sink).expect(text);
    let policy = Policy::of(&contracts, None, &mut sink);
    assert!(policy.severities.is_empty());
    let told = &sink.diagnostics()[0];
    assert_eq!(
        (told.message.as_str(), told.help[0].as_str()),
        ("no rule is called `func-remove`", "did you mean `func-removed`?")
    );
}

#[test]
fn without_a_mode_the_versions_decide() {
    let report = |version: &str, functions: &str| {
        said(&report_of(&[STORE], &store(version, functions), &Policy::default())).join(", ")
    };
    let removed = "func-removed a:b/store.size";
    assert_eq!(report("2.0.0", "get: func();"), format!("note {removed}"));
    assert_eq!(report("1.3.0", "get: func();"), format!("error version-bump-too-small a:b, error {removed}"));
    assert_eq!(
        report("1.2.0", "get: func();"),
        format!("error version-unchanged-content-changed a:b, error {removed}")
    );
    assert_eq!(report("1.3.0", "get: func(); size: func(); put: func();"), "note func-added a:b/store.put");
    assert_eq!(report("1.2.0", "get: func(); size: func();"), "");
    let verdict = &report_of(&[STORE], &store("1.2.1", "get: func();"), &Policy::default()).verdicts[0];
    assert_eq!(
        (verdict.required, verdict.made, verdict.next.as_deref()),
        (Bump::Major, Some(Bump::Patch), Some("2.0.0"))
    );
}

#[test]
fn with_a_mode_those_decide_whom_it_speaks_of() {
    let report = |mode: &str, version: &str, functions: &str| {
        let policy = Policy { mode: Mode::find(mode), ..Policy::default() };
        said(&report_of(&[STORE], &store(version, functions), &policy)).join(", ")
    };
    assert_eq!(report("backward", "2.0.0", "get: func();"), "error func-removed a:b/store.size");
    assert_eq!(report("forward", "2.0.0", "get: func();"), "note func-removed a:b/store.size");
    let more = "get: func(); size: func(); put: func();";
    assert_eq!(report("backward", "1.3.0", more), "note func-added a:b/store.put");
    assert_eq!(report("forward", "1.3.0", more), "error func-added a:b/store.put");
    assert_eq!(report("full", "1.3.0", more), "error func-added a:b/store.put");
    assert_eq!(
        report("backward", "1.2.0", more),
        "warning version-unchanged-content-changed a:b, note func-added a:b/store.put"
    );
}

#[test]
fn what_others_implement_must_not_grow_in_silence() {
    let implemented = vec![ItemPattern::parse("a:b/*").expect("a pattern")];
    let grown = store("1.3.0", "get: func(); size: func(); put: func();");
    let mut policy = Policy { implemented, ..Policy::default() };
    let report = report_of(&[STORE], &grown, &policy);
    assert_eq!(said(&report), ["error version-bump-too-small a:b", "error func-added a:b/store.put"]);
    assert_eq!(report.verdicts[0].next.as_deref(), Some("2.0.0"));
    policy.mode = Mode::find("backward");
    let report = report_of(&[STORE], &grown, &policy);
    assert_eq!(said(&report), ["warning version-bump-too-small a:b", "error func-added a:b/store.put"]);
}

#[test]
fn what_nobody_may_rely_on_asks_nothing() {
    let gated = "@unstable(feature = x) more: func(); get: func(); size: func();";
    let old = store("1.2.0", gated);
    let new = store("1.2.1", "get: func(); size: func();");
    let report = report_of(&[&old], &new, &Policy::default());
    assert_eq!(said(&report), ["note func-removed a:b/store.more"]);
    assert_eq!(report.verdicts[0].required, Bump::Patch);
    let strict = Policy { unstable_is_checked: true, ..Policy::default() };
    assert_eq!(report_of(&[&old], &new, &strict).count(Severity::Error), 2);
    let private = Policy { public: vec![ItemPattern::parse("x:y/api").expect("a pattern")], ..Policy::default() };
    let report = report_of(&[STORE], &store("1.2.1", "get: func();"), &private);
    assert_eq!(said(&report), ["note func-removed a:b/store.size", "note pattern-unused x:y/api"]);
    assert!(!report.is_fine(), "with nothing public nothing is checked");
}

fn ignore(item: &str, expires: &str) -> Ignore {
    Ignore {
        rule: &FUNC_REMOVED,
        item: ItemPattern::parse(item).expect("a pattern"),
        reason: "nobody calls it".into(),
        expires: expires.parse().expect("a day"),
        fingerprint: None,
        written: Written::new("func-removed"),
    }
}

#[test]
fn an_exception_covers_up_to_its_last_day() {
    let new = store("1.2.1", "get: func();");
    let report = |item: &str, expires: &str| {
        let policy =
            Policy { ignores: vec![ignore(item, expires)], today: "2026-01-01".parse().ok(), ..Policy::default() };
        report_of(&[STORE], &new, &policy)
    };
    let waived = report("a:b/store.size", "2026-01-01");
    assert_eq!(said(&waived), ["waived func-removed a:b/store.size"]);
    assert_eq!(waived.count(Severity::Error), 0);
    let expired = report("a:b/store.size", "2025-12-31");
    let words = said(&expired);
    assert!(words.contains(&"error ignore-expired a:b/store.size".into()), "{words:?}");
    assert!(words.contains(&"error func-removed a:b/store.size".into()), "{words:?}");
    assert!(said(&report("a:b/store.get", "2026-12-31")).contains(&"warning ignore-unused a:b/store.get".into()));
    let ignores = vec![ignore("a:b/store.get", "2026-12-31"), ignore("a:b/store.size", "2025-12-31")];
    let off = [("ignore-unused", None), ("ignore-expired", None)].into();
    let policy = Policy { ignores, today: "2026-01-01".parse().ok(), severities: off, ..Policy::default() };
    let quiet = report_of(&[STORE], &new, &policy);
    assert!(!said(&quiet).iter().any(|word| word.contains("ignore-unused")));
    assert_eq!(quiet.off.get("ignore-unused"), Some(&1));
    assert!(said(&quiet).contains(&"error ignore-expired a:b/store.size".into()), "that is always an error");
    let elsewhere = said(&report("a:other/store", "2025-12-31"));
    assert!(!elsewhere.iter().any(|word| word.contains("ignore")), "{elsewhere:?}");

    let fingerprint = waived.findings.iter().find(|finding| finding.waived.is_some()).expect("it").fingerprint.clone();
    for (meant, is_waived) in [(fingerprint, true), ("000000000000".to_owned(), false)] {
        let only = Ignore { fingerprint: Some(meant), ..ignore("a:b", "2026-12-31") };
        let policy = Policy { ignores: vec![only], ..Policy::default() };
        let report = report_of(&[STORE], &new, &policy);
        assert_eq!(report.findings.iter().any(|finding| finding.waived.is_some()), is_waived);
    }
}

#[test]
fn rules_are_as_bad_as_configured() {
    let new = store("1.2.1", "get: func();");
    let report = |severity: Option<Severity>| {
        let policy = Policy { severities: [("func-removed", severity)].into(), ..Policy::default() };
        report_of(&[STORE], &new, &policy)
    };
    assert_eq!(said(&report(Some(Severity::Warning))), ["warning func-removed a:b/store.size"]);
    let off = report(None);
    assert_eq!((said(&off), off.off.get("func-removed")), (Vec::new(), Some(&1)));
}

#[test]
fn older_baselines_count_in_a_transitive_mode() {
    let oldest = store("1.1.0", "get: func(); size: func(); peek: func();");
    let new = store("1.2.1", "get: func();");
    let report = |mode: &str| {
        let policy = Policy { mode: Mode::find(mode), ..Policy::default() };
        report_of(&[STORE, &oldest], &new, &policy)
    };
    let last = said(&report("backward"));
    assert!(!last.iter().any(|word| word.contains("peek")), "{last:?}");
    let all = report("backward-transitive");
    let words = said(&all);
    assert_eq!(words.iter().filter(|word| word.contains("func-removed")).count(), 2, "{words:?}");
    let peek = all.findings.iter().find(|finding| finding.item.to_string() == "a:b/store.peek").expect("it went");
    assert_eq!(peek.notes[0], "this is a change since `old.wit`");
}

#[test]
fn a_fingerprint_stays_whatever_the_lines_are() {
    let of = |new: &str| {
        let report = report_of(&[STORE], new, &Policy::default());
        let found = report.findings.iter().find(|finding| finding.rule == &FUNC_REMOVED).expect("it went");
        found.fingerprint.clone()
    };
    let one = of(&store("1.2.1", "get: func();"));
    assert_eq!(one, of(&store("2.0.0", "\n\n/// Words.\n   get:   func();")));
    assert_ne!(one, of(&store("2.0.0", "size: func();")));
    assert!(one.len() == 12 && one.bytes().all(|byte| byte.is_ascii_hexdigit()));
}

#[test]
fn a_change_of_another_package_asks_of_those_that_use_it() {
    let side = |version: &str, upstream: &str| {
        let text = format!(
            "package a:b@{version};\ninterface store {{ use d:e/types@1.0.0.{{entry}}; get: func() -> entry; }}\n\
             package d:e@1.0.0 {{ interface types {{ record entry {{ {upstream} }} }} }}"
        );
        let mut side = Side::of_text("t.wit", &text).expect("WIT");
        side.packages.truncate(1);
        side
    };
    let (old, new) = (side("1.0.0", "key: string"), side("1.0.1", "key: string, size: u32"));
    let changes = super::diff::run(&old, &new);
    let report = judge(vec![Baseline { side: &old, changes, faults: Vec::new() }], &new, &Policy::default());
    assert_eq!(report.verdicts[0].next.as_deref(), Some("2.0.0"), "{:#?}", said(&report));
    assert_eq!(report.count(Severity::Error), 2);
}

#[test]
fn what_is_told_of_a_change_is_its_declaration() {
    let mut messages = Vec::new();
    for id in
        ["record-field-added", "param-added-option", "variant-case-removed", "flags-width-crossed", "enum-case-renamed"]
    {
        let rule = super::rules::find(id).expect("a rule");
        let (old, new) = super::example::sides(rule, &rule.examples[0]).expect("two sides").expect("WIT");
        let changes = super::diff::run(&old, &new);
        let report = judge(vec![Baseline { side: &old, changes, faults: Vec::new() }], &new, &Policy::default());
        let found = report.findings.iter().find(|finding| finding.rule == rule).expect(id);
        let label =
            |label: &Option<crate::diag::Label>| label.as_ref().map_or(String::new(), |label| label.text.clone());
        messages.push(format!("{} | {} | {}", found.message, label(&found.old), label(&found.new)));
    }
    let expected = [
        "`a:b/store.entry.size`: field added, `size: u32` | not in here | added",
        "`a:b/store.put.expiry`: optional parameter added, `expiry: option<u64>` | not in here | added",
        "`a:b/store.value.number`: case removed, `number(u32)` | removed | no longer in here",
        "`a:b/store.mode.i`: flags are of another width, `i` | not in here | added",
        "`a:b/store.level.high`: case renamed, from `high` to `top` | before | after",
    ];
    assert_eq!(messages, expected);
}

#[test]
fn a_role_that_does_nothing_is_told_where_it_is_written() {
    let (old, new) = (store("1.0.0", "get: func(); size: func();"), store("1.0.1", "get: func();"));
    let told = |config: &str| {
        let mut sink = Sink::default();
        let contracts = parse_contracts(&format!("[contracts]\n{config}\n"), "contracts.toml", false, &mut sink);
        let policy = Policy::of(&contracts.expect(config), None, &mut sink);
        let report = report_of(&[&old], &new, &policy);
        let of_patterns = report.findings.iter().filter(|finding| finding.rule == &PATTERN_UNUSED);
        let lines = of_patterns.map(|finding| {
            let (label, text) = (finding.place().expect("a place"), &finding.item);
            assert_eq!(&label.source.text[label.span.clone()].trim_matches('"'), &text.to_string());
            format!("{} {text}", finding.severity.word())
        });
        (lines.collect::<Vec<_>>(), report.unchecked.len())
    };
    for (config, expected, unchecked) in [
        ("public = [\"a:b/*\"]", vec![], 0),
        ("public = [\"a:nope/*\"]", vec!["warning a:nope/*"], 1),
        ("public = [\"nonsense\"]", vec!["warning nonsense"], 1),
        ("public = [\"wasi:*\"]", vec!["note wasi:*"], 1),
        ("public = [\"a:b/store.get\"]", vec!["warning a:b/store.get"], 1),
        ("public = [\"a:b\", \"a:other-contract/*\"]", vec!["note a:other-contract/*"], 0),
        ("implemented = [\"a:b/stroe\"]", vec!["warning a:b/stroe"], 0),
        ("implemented = [\"a:plugins/*\"]", vec!["warning a:plugins/*"], 0),
        ("implemented = [\"other:plugin/*\"]", vec!["note other:plugin/*"], 0),
    ] {
        assert_eq!(told(config), (expected.into_iter().map(str::to_owned).collect(), unchecked), "{config}");
    }
}
