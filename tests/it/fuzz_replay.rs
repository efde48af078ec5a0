//! The targets of the fuzzer on stable: what was ever found stays mended, and some thousand inputs of no meaning.
//!
//! `COMPOSE_FUZZ` sets how many inputs each target gets (default 150).

#[path = "../fuzz/src/targets/mod.rs"]
mod targets;

use crate::random::Random;
use crate::support::{files_below, root};
use std::sync::Once;
use targets::{TARGETS, Target};

/// Runs a target; panics of others that the library catches are not printed.
fn run(target: &Target, bytes: &[u8]) {
    static HUSHED: Once = Once::new();
    HUSHED.call_once(component_compose::diag::caught::hush);
    target.1(bytes);
}

/// Committed inputs of a target, by the names of their files.
fn regressions((name, _): &Target) -> Vec<(String, Vec<u8>)> {
    let folder = root().join("tests/fuzz/regressions").join(name);
    if !folder.is_dir() {
        return Vec::new();
    }
    let read = |file: String| (file.clone(), std::fs::read(folder.join(&file)).expect("a committed file"));
    files_below(&folder).into_iter().map(read).collect()
}

#[test]
fn what_was_found_stays_mended() {
    for target in TARGETS {
        for (file, bytes) in regressions(target) {
            println!("{}/{file}", target.0);
            run(target, &bytes);
        }
    }
}

#[test]
fn findings_belong_to_targets() {
    for file in files_below(&root().join("tests/fuzz/regressions")) {
        let target = file.split('/').next().unwrap_or_default();
        assert!(TARGETS.iter().any(|(name, _)| *name == target), "no target replays {file}");
    }
    for (name, _) in TARGETS {
        assert!(root().join(format!("tests/fuzz/fuzz_targets/{name}.rs")).is_file(), "{name} cannot be fuzzed");
    }
}

#[test]
fn inputs_of_no_meaning_break_nothing() {
    let count = std::env::var("COMPOSE_FUZZ").map_or(150, |count| count.parse().expect("COMPOSE_FUZZ is a number"));
    for target in TARGETS {
        for seed in 0..count {
            let mut random = Random::new(seed);
            let size = random.below(400);
            let mut bytes = random.bytes(size);
            if random.one_in(2) {
                // Texts are made of letters.
                bytes.iter_mut().for_each(|byte| *byte = b" \"'=.,[]{}()#@:/*-_ab019\n"[usize::from(*byte) % 25]);
            }
            println!("{}: seed {seed}", target.0);
            run(target, &bytes);
        }
    }
}

/// The examples of all rules, of one rule against another's, and with parts taken out or doubled.
#[test]
fn examples_of_rules_and_what_is_near_them_break_nothing() {
    use component_compose::contract::rule::Example;
    let examples = component_compose::contract::rules::all().flat_map(|rule| rule.examples);
    let texts = examples.flat_map(|example| match example {
        Example::Change { old, new } => vec![*old, *new],
        Example::Lint { bad, good } => vec![*bad, *good],
        Example::Config { .. } => Vec::new(),
    });
    let header = |text: &str| match text.trim_start().starts_with("package ") {
        true => text.to_owned(),
        false => format!("package a:b@1.0.0; {text}"),
    };
    let texts: Vec<String> = texts.map(header).collect();
    let mut random = Random::new(1);
    for (at, old) in texts.iter().enumerate() {
        let mut new = texts[(at + 1) % texts.len()].clone();
        if random.one_in(2) {
            // At spaces, so that most of it stays WIT.
            let words: Vec<&str> = new.split(' ').collect();
            let (from, len) = (random.below(words.len()), 1 + random.below(3));
            let end = (from + len).min(words.len());
            let part = if random.one_in(2) { &[][..] } else { &words[from..end] };
            new = [&words[..from], part, part, &words[end..]].concat().join(" ");
        }
        targets::contracts::run(format!("{old}\0{new}").as_bytes());
    }
}
