//! Every example of every lint rule: the one with the fault has it, the one without has not.
//!
//! A world called `binary` stands for what a component imports and exports; `---` divides two folders. Packages besides the main one
//! are dependencies, no lockfile is there, and everything of `a` is remote.

use super::*;
use crate::contract::rule::Example;
use crate::contract::rules;
use std::collections::BTreeSet;

fn side(text: &str) -> Side {
    let text = match text.contains("package ") && !text.starts_with("interface") {
        true => text.to_owned(),
        false => format!("package a:b@1.0.0;\n{text}"),
    };
    let mut side = Side::of_text("example.wit", &text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    side.packages.truncate(1);
    side
}

/// The rules that an example breaks.
fn broken(text: &str) -> BTreeSet<&'static str> {
    let remote = ItemPattern::parse("a:*").expect("a pattern");
    let options = LintOptions { remote: vec![remote], pedantic: true, locked: Some(false), ..LintOptions::default() };
    let sides: Vec<Side> = text.split("\n---\n").map(side).collect();
    let mut faults = drift(&sides.iter().collect::<Vec<_>>());
    for side in &sides {
        let worlds = &side.resolve.packages[side.packages[0]].worlds;
        let component = worlds.get("binary").map(|world| Side { component: Some(*world), ..side.clone() });
        let world = worlds.iter().find(|(name, _)| *name != "binary").map(|(_, world)| *world);
        match (&component, world) {
            (Some(component), Some(world)) => {
                faults.extend(run(side, Some(Binary { side: component, world }), &options));
            }
            (Some(component), None) => faults.extend(run(component, None, &options)),
            (None, _) => faults.extend(run(side, None, &options)),
        }
    }
    faults.into_iter().map(|fault| fault.rule.id).collect()
}

#[test]
fn every_example_shows_its_rule() {
    let mut offenders = Vec::new();
    let mut count = 0;
    for rule in rules::all().filter(|rule| is_lint(rule)) {
        assert!(!rule.examples.is_empty(), "{rule} has no example");
        for example in rule.examples {
            let Example::Lint { bad, good } = example else {
                offenders.push(format!("{rule}: an example of a change"));
                continue;
            };
            count += 1;
            if !broken(bad).contains(rule.id) {
                offenders.push(format!("{rule}: not found in\n{bad}"));
            }
            if broken(good).contains(rule.id) {
                offenders.push(format!("{rule}: found in\n{good}"));
            }
        }
    }
    assert!(offenders.is_empty(), "{}", offenders.join("\n"));
    assert!(count >= 47, "{count} examples");
}

#[test]
fn there_are_as_many_rules_as_the_manual_says() {
    assert_eq!(rules::all().filter(|rule| is_lint(rule)).count(), 48);
}

#[test]
fn rules_of_taste_are_asked_on_demand() {
    let side = side("interface i { f: func(a: string, b: bool); }");
    let found = |pedantic| {
        let faults = run(&side, None, &LintOptions { pedantic, ..LintOptions::default() });
        faults.iter().any(|fault| fault.rule == &lint_naming::BOOL_PARAM)
    };
    assert_eq!([found(false), found(true)], [false, true]);
}

#[test]
fn a_component_may_be_allowed_a_capability() {
    let text = "package a:b@1.0.0; package wasi:sockets@0.2.3 { interface tcp { connect: func(); } } \
                world binary { import wasi:sockets/tcp@0.2.3; }";
    let mut side = side(text);
    side.component = side.resolve.packages[side.packages[0]].worlds.get("binary").copied();
    let found = |capabilities: &[&str]| {
        let patterns = capabilities.iter().map(|text| ItemPattern::parse(text).expect("a pattern"));
        run(&side, None, &LintOptions { capabilities: patterns.collect(), ..LintOptions::default() }).len()
    };
    assert_eq!([found(&[]), found(&["wasi:filesystem/*"]), found(&["wasi:sockets/*"]), found(&["*"])], [1, 1, 0, 0]);
}

#[test]
fn what_a_component_calls_and_its_contract_deprecates_is_told() {
    let text = "package a:b@1.2.0;\n@since(version = 1.0.0) interface i { @since(version = 1.0.0) @deprecated(version = 1.2.0) f: func(); \
                @since(version = 1.0.0) g: func(); } world app { import i; }";
    let contract = side(text);
    let world = contract.resolve.packages[contract.packages[0]].worlds["app"];
    let told = |functions: &str| {
        let text = format!(
            "package root:component; world binary {{ import a:b/i@1.0.0; }} package a:b@1.0.0 {{ interface i {{ {functions} }} }}"
        );
        let mut binary = side(&text);
        binary.component = binary.resolve.packages[binary.packages[0]].worlds.get("binary").copied();
        let faults = run(&contract, Some(Binary { side: &binary, world }), &LintOptions::default());
        faults
            .into_iter()
            .filter(|fault| fault.rule.id == "deprecated-item-used")
            .map(|fault| fault.item.to_string())
            .collect()
    };
    let told: [Vec<String>; 2] = [told("f: func();"), told("g: func();")];
    assert_eq!(told, [vec!["a:b/i.f".to_owned()], Vec::new()]);
}
