//! What is recorded says what it says or nothing, and every rule about links is met by its own examples.

use super::{Lock, Recorded, Scope, read, record, text, verify};
use crate::contract::links::{Judged, between};
use crate::contract::party::Party;
use crate::contract::rule::{Example, Rule};
use crate::contract::rules::link::{LINK_EXPORT_MISSING, NAME_CANONICAL_MIXED, RULES};
use crate::contract::target::{World, conforms};
use crate::diag::{Sink, Source};
use crate::model::name::{InterfaceName, InterfaceVersion, Track};
use crate::types::of_wit;
use crate::types::samples;
use crate::types::shape::{Shape, Side};
use std::collections::BTreeSet;
use std::sync::Arc;
use wit_parser::Resolve;

/// Two consumers, one of them in two environments.
fn locked() -> Lock {
    let mut lock = Lock::default();
    for (environment, consumer, parameter) in
        [(None, "app", "string"), (None, "shop", "u32"), (Some("production"), "app", "u32")]
    {
        let wit = format!(
            "package a:b@1.0.0; interface c {{ record r {{ x: {parameter} }} f: func(r: r); }}
            world w {{ import c; import log: func(text: string); }}"
        );
        let recorded = recorded(&mut lock, environment, consumer, &samples::wit(&wit));
        assert_eq!((recorded.imports, recorded.known), (2, false));
    }
    lock
}

fn recorded(lock: &mut Lock, environment: Option<&str>, consumer: &str, shape: &Shape) -> Recorded {
    record(lock, environment, consumer, (shape, &|_| true), consumer, &mut Sink::default()).expect("it can be recorded")
}

fn read_text(text: &str) -> Option<Lock> {
    let mut sink = Sink::default();
    let lock = read(&Arc::new(Source::new("lock", text)), &[], &mut sink);
    assert_eq!(lock.is_none(), sink.has_errors(), "what is refused is told, and only that");
    lock
}

#[test]
fn a_lock_is_read_as_it_was_written() {
    let lock = locked();
    let written = text(&lock);
    let again = read_text(&written).expect("it was written so");
    assert_eq!(text(&again), written);
    assert_eq!(again.environments(), ["production"]);
    let other_ends = read_text(&written.replace('\n', "\r\n")).expect("ends of lines say nothing");
    let hashes = |lock: &Lock| lock.blocks.iter().map(super::Block::hash).collect::<Vec<_>>();
    assert_eq!((hashes(&other_ends), hashes(&other_ends).len()), (hashes(&lock), 6));
}

#[test]
fn no_line_can_be_lost_doubled_or_changed_unnoticed() {
    let written = text(&locked());
    let lines: Vec<&str> = written.lines().collect();
    let hashes = |lock: &Lock| lock.blocks.iter().map(super::Block::hash).collect::<Vec<_>>();
    let whole = hashes(&locked());
    let mut refused = 0;
    for at in 0..lines.len() {
        let line = lines[at];
        let changed =
            [vec![], vec![line.to_owned(), line.to_owned()], vec![line.replace("app", "apq").replace("x:", "y:")]];
        for instead in changed {
            let (before, after) = (lines[..at].join("\n"), lines[at + 1..].join("\n"));
            let text = format!("{before}\n{}\n{after}\n", instead.join("\n"));
            match read_text(&text) {
                Some(lock) => assert_eq!(hashes(&lock), whole, "line {at} may be {instead:?} and is not noticed"),
                None => refused += 1,
            }
        }
    }
    assert!(refused > lines.len(), "{refused}");
}

#[test]
fn no_consumer_can_be_lost_unnoticed() {
    let written = text(&locked());
    let listed = |line: &str| line.starts_with("  { consumer = ");
    let parts: Vec<&str> = written.split("\n[[used]]\n").collect();
    let (head, blocks) = parts.split_first().expect("a head");
    assert_eq!((head.lines().filter(|line| listed(line)).count(), blocks.len()), (3, 6));
    let app = |block: &&&str| block.contains("\"app\"") && !block.contains("environment");
    let rest: Vec<&str> = blocks.iter().filter(|block| !app(block)).copied().collect();
    let lost = format!("{head}\n[[used]]\n{}", rest.join("\n[[used]]\n"));
    assert!(read_text(&lost).is_none(), "all blocks of one consumer in one environment are gone");
    let first = head.lines().find(|line| listed(line)).expect("a list");
    assert!(read_text(&written.replace(&format!("{first}\n"), "")).is_none(), "a consumer is not listed");
    assert!(read_text(&lost.replace(&format!("{first}\n"), "")).is_some(), "a consumer is retired");
    // What is lost can be recorded again, and retired.
    let source = Arc::new(Source::new("lock", lost));
    let who = (None, "app".to_owned());
    let mut sink = Sink::default();
    let mut lock = read(&source, std::slice::from_ref(&who), &mut sink).expect("the fault is replaced");
    assert_eq!((lock.blocks.len(), lock.damaged.get(&who)), (4, Some(&0)));
    let gone = super::retire(&mut lock, None, &crate::model::request::Written::new("app"), &mut sink);
    assert_eq!((gone, sink.has_errors(), lock.damaged.len()), (Some(0), false, 0));
}

#[test]
fn no_other_form_is_read() {
    let written = text(&locked());
    let (before, rest) = written.split_once("consumers = [").expect("a list");
    let (_, after) = rest.split_once("]\n").expect("it ends");
    let bare = format!("{before}{after}");
    assert!(read_text(&bare).is_none(), "there is no list");
    for version in [0, 1, 3, -1] {
        for text in [&written, &bare] {
            assert!(read_text(&text.replace("version = 2", &format!("version = {version}"))).is_none(), "{version}");
        }
    }
    assert!(read_text("version = 2\nconsumers = []\n").is_some());
}

#[test]
fn a_consumer_is_listed_once() {
    let written = text(&locked());
    for line in written.lines().filter(|line| line.starts_with("  { consumer = ")) {
        assert!(read_text(&written.replace(line, &format!("{line}\n{line}"))).is_none(), "{line}");
    }
}

#[test]
fn marks_of_a_merge_are_passed_over_where_something_is_recorded() {
    let written = text(&locked());
    let merged = written.replace(
        "  { consumer = \"shop\" },\n",
        "<<<<<<< ours\n  { consumer = \"app\" },\n=======\n  { consumer = \"shop\" },\n>>>>>>> theirs\n",
    );
    assert!(read_text(&merged).is_none(), "marks are a fault where nothing is written");
    let read_for = |merged: &str, consumer: &str| {
        let mut sink = Sink::default();
        let lock = read(&Arc::new(Source::new("lock", merged)), &[(None, consumer.to_owned())], &mut sink);
        let codes: Vec<_> = sink.diagnostics().iter().map(|told| told.code.to_string()).collect();
        (lock.map(|lock| (text(&lock), lock.merged)), codes)
    };
    assert_eq!(read_for(&merged, "new"), (Some((written.clone(), true)), Vec::new()));
    assert_eq!(read_for(&written, "new"), (Some((written.clone(), false)), Vec::new()));
    // Somebody who is in the list of one side alone, and has no blocks.
    let lost = merged.replace("{ consumer = \"app\" },\n====", "{ consumer = \"gone\" },\n====");
    assert_eq!(read_for(&lost, "new"), (None, vec!["C0926".to_owned()]));
    assert!(read_for(&lost, "gone").0.is_some());
    let torn = written.replacen("import = ", "<<<<<<< ours\nimport = \"x\"\n=======\nimport = ", 1);
    assert_eq!(read_for(&torn, "new"), (None, vec!["C0922".to_owned()]));
}

#[test]
fn what_the_reader_of_toml_says_is_said_plainly() {
    let written = text(&locked());
    for (from, to, expected) in [
        ("imports = 2", "imports = \"two\"", "a number is meant"),
        ("imports = 2", "imports = -1", "a number is meant"),
        ("imports = 2\n", "", "`imports` is missing"),
        ("imports = 2", "imports = 2\nmore = 3", "`more` is no key of a lock"),
        ("consumer = \"app\"\n", "consumer = 3\n", "a string is meant"),
        ("version = 2", "version = 1", "there is no form 1 of locks"),
        ("version = 2\n", "", "`version` is missing"),
    ] {
        let mut sink = Sink::default();
        let source = Arc::new(Source::new("lock", written.replacen(from, to, 1)));
        assert!(read(&source, &[], &mut sink).is_none());
        let told = &sink.diagnostics()[0];
        assert_eq!((told.code.to_string().as_str(), told.labels[0].text.as_str()), ("C0921", expected), "{to}");
    }
}

#[test]
fn recording_again_replaces_one_consumer_in_one_environment() {
    let mut lock = locked();
    let next =
        samples::wit("package a:b@1.0.0; world w { import log: func(text: string); import now: func() -> u64; }");
    let made = recorded(&mut lock, None, "app", &next);
    assert_eq!(
        (made.new, made.changed, made.gone),
        (vec!["now".to_owned()], Vec::new(), vec!["a:b/c@1.0.0".to_owned()])
    );
    let keys: Vec<_> =
        lock.blocks.iter().map(|block| (block.environment.is_some(), block.used.import.as_str())).collect();
    let c = "a:b/c@1.0.0";
    assert_eq!(keys, [(false, "log"), (false, "now"), (false, c), (false, "log"), (true, c), (true, "log")]);
}

/// A text with the package line that examples leave out.
fn packaged(text: &str) -> String {
    if text.contains("package ") { text.to_owned() } else { format!("package a:b@1.0.0; {text}") }
}

fn resolved(text: &str) -> Resolve {
    let mut resolve = Resolve { all_features: true, ..Resolve::default() };
    resolve.push_str("example.wit", &packaged(text)).unwrap_or_else(|error| panic!("{error:#}\n{text}"));
    resolve
}

/// A component that imports and calls all there is.
fn consumer(text: &str) -> Shape {
    let resolve = resolved(text);
    let names = resolve.interfaces.iter().filter_map(|(_, interface)| interface.name.clone());
    let imports: String = names.map(|name| format!("import {name};")).collect();
    samples::wit(&format!("{} world all {{ {imports} }}", packaged(text)))
}

/// The items of one side of a component, spelled as the example says.
fn spelled(text: &str, word: &str) -> Shape {
    let names: Vec<String> = resolved(text).interfaces.iter().filter_map(|(_, it)| it.name.clone()).collect();
    let items: String = names.iter().map(|name| format!("{word} {name};")).collect();
    let mut shape = samples::wit(&format!("{} world all {{ {items} }}", packaged(text)));
    if text.starts_with("// names: canonical") {
        let items = if word == "import" { &mut shape.imports } else { &mut shape.exports };
        for (name, mut item) in std::mem::take(items) {
            let full = InterfaceName::parse(&name, None).expect("an interface");
            let Some(InterfaceVersion::Full(version)) = &full.version else { panic!("{name} has a version") };
            let Track::Semver(track) = full.track() else { panic!("{name} has a track") };
            let rest = version.to_string()[track.len()..].to_owned();
            item.attrs.version_suffix = Some(rest);
            items.insert(format!("{}@{track}", full.unversioned()), item);
        }
    }
    shape
}

fn judged(rule: &Rule, old: &str, new: &str) -> Judged {
    if rule == &NAME_CANONICAL_MIXED {
        let consumer = Party::new("app", "app.wasm", spelled(old, "import"));
        return between(&consumer, &Party::new("provider", "provider.wasm", spelled(new, "export")));
    }
    let provider = resolved(new);
    if rule == &LINK_EXPORT_MISSING {
        let wanted = resolved(old);
        let (world, _) = wanted.worlds.iter().next().expect("a world");
        let [imports, exports] = [of_wit::imports(&wanted, world), of_wit::exports(&wanted, world)];
        let world = World {
            imports: Party::offering(Side::Import, "w", "w", imports.shape),
            exports: Party::new("w", "w", exports.shape),
        };
        return conforms(&Party::new("app", "app", samples::wit(&packaged(new))), &world, &[]);
    }
    let offered = of_wit::interfaces(&provider, provider.interfaces.iter().map(|(id, _)| id));
    let provider = Party::offering(Side::Import, "provider", "provider", offered.shape);
    let mut lock = Lock::default();
    recorded(&mut lock, None, "app", &consumer(old));
    let lock = read_text(&text(&lock)).expect("it was written so");
    let scope = Scope { host: Vec::new(), whole: true, all: "provider".into() };
    verify(&lock.blocks, &[provider], &scope)
}

#[test]
fn every_rule_about_links_is_met_by_its_examples_and_no_other() {
    let mut count = 0;
    for rule in RULES {
        for example in rule.examples {
            let Example::Change { old, new } = example else { panic!("{}: two sides are needed", rule.id) };
            let met: BTreeSet<_> = judged(rule, old, new).findings.iter().map(|finding| finding.rule.id).collect();
            assert_eq!(met, BTreeSet::from([rule.id]), "{old}\n{new}");
            assert_eq!(judged(rule, old, old).findings, [], "{old}");
            count += 1;
        }
    }
    assert!(count >= RULES.len(), "{count}");
}
