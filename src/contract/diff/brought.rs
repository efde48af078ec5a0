//! Changes in packages that are only used: they count where something judged speaks of them or brings them in.

use super::run;
use crate::contract::example::side;

/// A judged package with what it uses nested in it, before and after; what is found, by rule, item and reach.
fn found(judged: &str, old: &str, new: &str) -> Vec<String> {
    let side = |name, used: &str| side(name, &format!("package a:b@1.0.0; {judged} {used}"), "1.0.0").expect("WIT");
    let changes = run(&side("old.wit", old), &side("new.wit", new));
    changes.iter().map(|change| format!("{} {} {}", change.rule, change.item, change.reaches.join(" "))).collect()
}

#[test]
fn functions_of_an_interface_that_a_world_brings_in_count() {
    let old = "package c:d@1.0.0 { interface i { f: func(); g: func(); } interface other { f: func(); } \
               world base { import i; } }";
    let new = "package c:d@1.0.0 { interface i { f: func(x: u32); } interface other { } world base { import i; } }";
    for judged in
        ["world w { import c:d/i@1.0.0; }", "world w { export c:d/i@1.0.0; }", "world w { include c:d/base@1.0.0; }"]
    {
        let expected = ["param-added c:d/i.f.x a:b/w", "func-removed c:d/i.g a:b/w"];
        assert_eq!(found(judged, old, new), expected, "{judged}");
    }
    assert_eq!(found("interface mine { f: func(); }", old, new), [""; 0], "nothing judged knows of it");
}

#[test]
fn types_of_an_interface_that_a_world_brings_in_count() {
    let used = |ty: &str| {
        format!(
            "package c:d@1.0.0 {{ interface i {{ record r {{ x: {ty} }} resource s {{ m: func() -> {ty}; }} f: func() -> r; }} }}"
        )
    };
    let judged = "interface k { use c:d/i@1.0.0.{s}; take: func(s: s); } world w { import k; }";
    let told = found(judged, &used("u32"), &used("u64"));
    let expected = ["use-type-changed-upstream c:d/i.r a:b/w", "result-type-widened c:d/i.s.m a:b/w"];
    let rules = |told: &[String]| {
        told.iter().map(|line| line.replace("result-type-changed", "result-type-widened")).collect::<Vec<_>>()
    };
    assert_eq!(rules(&told), expected);
}
