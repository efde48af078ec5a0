//! A file of tests → [`Suite`]: its tables walked like those of a manifest, everything wrong with them told in one run.
//!
//! What can be judged by the text alone is judged here. Whether a function exists, and whether a value is one of its type,
//! only a component tells.

use super::case::{Action, Called, Case, Clock, Expected, Given, Mock, Seed, Step, Suite};
use super::diags::{EmptyCase, SeveralActions, TwoCases};
use super::{loose, read_actions, read_mocks};
use crate::diag::{Sink, Source};
use crate::manifest::diags::{BadValue, MissingKey};
use crate::manifest::hosting;
use crate::manifest::table::{Reader, entry, in_order};
use crate::manifest::{syntax, told};
use crate::model::hosting::{Given as Word, Hosting};
use crate::model::request::Written;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What stands for every case of a file, or in one case for itself.
const SURROUNDINGS: [&str; 7] = ["clock", "seed", "time", "fuel", "memory", "host", "recording"];
/// What only a file has.
const FILE: [&str; 3] = ["component", "mock", "case"];
/// What every kind of case has.
const CASE: [&str; 6] = ["name", "skip", "mock", "calls", "called", "snapshot"];
/// What is expected of a call.
pub(super) const EXPECTED: [&str; 4] = ["expect", "expect-err", "expect-trap", "matches"];
/// What is expected of a function that is mocked.
const CALLED: [&str; 4] = ["import", "of", "args", "times"];

/// The kinds of cases: the key that makes one, and those that go with it.
pub(super) const KINDS: [(&str, &[&str]); 4] = [
    ("call", &["expect", "expect-err", "expect-trap", "matches"]),
    ("step", &[]),
    ("args", &["stdin", "files", "exit", "stdout", "stderr", "leaves", "expect-trap"]),
    ("request", &["send", "status", "headers", "body", "json", "expect-trap"]),
];

/// A file of tests as it was read, before anybody knows what is tested.
#[derive(Debug)]
pub struct Tests {
    /// The cases.
    pub suite: Suite,
    /// What is tested, if the file says so: a component or a manifest.
    pub component: Option<(Written, PathBuf)>,
}

/// Reads a file of tests.
///
/// `name` is what messages call it. Everything wrong with it goes to the sink; cases come back only if nothing was.
pub fn parse(source: &Arc<Source>, path: &Path, sink: &mut Sink) -> Option<Tests> {
    let (root, broken) = syntax::read(source);
    let root = root.get_ref();
    let base = path.parent().unwrap_or(Path::new(""));
    let mut reader = Reader { source, base, found: Vec::new() };
    let known: Vec<&str> = FILE.into_iter().chain(SURROUNDINGS).collect();
    let homes = of_case();
    reader.refuse_unknown(root, "the file of tests", &known, &[("[case]", &homes)]);
    let component = entry(root, "component").and_then(|(_, value)| reader.string("component", value));
    let component = component.map(|written| (written.clone(), reader.path(&written)));
    let given = surroundings(&mut reader, root, &Given::default());
    let mocks = mocks(&mut reader, root);
    let mut cases: Vec<Case> = Vec::new();
    for (table, span) in tables(&mut reader, root, "case", "a list of tables, `[[case]]` each") {
        let Some(case) = case(&mut reader, table, span, &given, &mocks) else { continue };
        if let Some(first) = cases.iter().find(|first| first.name.text == case.name.text) {
            reader.report(TwoCases { first: &first.name, second: &case.name });
        }
        cases.push(case);
    }
    let suite = Suite { source: source.clone(), path: path.to_owned(), cases };
    told(reader, broken, sink).then_some(Tests { suite, component })
}

/// Whether a text is meant as a file of tests, and not as a manifest.
pub fn is_tests(text: &str) -> bool {
    let table = DeTable::parse_recoverable(text).0;
    let has = |key: &str| entry(table.get_ref(), key).is_some();
    !has("components") && !has("composition") && FILE.into_iter().any(has)
}

/// Every key of a case that a file has not, once.
fn of_case() -> Vec<&'static str> {
    let mut keys: Vec<&str> = Vec::new();
    for key in CASE.into_iter().chain(KINDS.iter().flat_map(of_kind)) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

fn of_kind(kind: &(&'static str, &'static [&'static str])) -> impl Iterator<Item = &'static str> {
    std::iter::once(kind.0).chain(kind.1.iter().copied())
}

/// The tables of a list of tables, each with its place.
pub(super) fn tables<'t, 'i>(
    reader: &mut Reader<'_>,
    table: &'t DeTable<'i>,
    key: &str,
    expected: &str,
) -> Vec<(&'t DeTable<'i>, Range<usize>)> {
    let Some((_, value)) = entry(table, key) else { return Vec::new() };
    let DeValue::Array(items) = value.get_ref() else {
        reader.wrong_type(key, value, expected);
        return Vec::new();
    };
    let mut tables = Vec::new();
    for item in items {
        match item.get_ref() {
            DeValue::Table(table) => tables.push((table, item.span())),
            _ => reader.wrong_type(key, item, expected),
        }
    }
    tables
}

fn case(
    reader: &mut Reader<'_>,
    table: &DeTable<'_>,
    span: Range<usize>,
    of_file: &Given,
    mocks_of_file: &[Mock],
) -> Option<Case> {
    let known: Vec<&str> = of_case().into_iter().chain(SURROUNDINGS).collect();
    reader.refuse_unknown(table, "[case]", &known, &[]);
    let name = match entry(table, "name") {
        Some((_, value)) => reader.string("name", value),
        None => {
            missing(reader, "`[[case]]`", "name", &span, "name = \"what it shows\"");
            None
        }
    };
    let skip = entry(table, "skip").and_then(|(_, value)| reader.string("skip", value));
    let kinds: Vec<_> = KINDS.iter().filter(|(key, _)| entry(table, key).is_some()).collect();
    let written: Vec<(&str, Range<usize>)> = in_order(table)
        .into_iter()
        .map(|(key, _)| (KINDS.iter().flat_map(of_kind).find(|known| *known == key.get_ref().as_ref()), key.span()))
        .filter_map(|(key, span)| Some((key?, span)))
        .collect();
    // Without one of the keys that make a kind, what is expected tells it: a command needs no arguments.
    let kind = match kinds.as_slice() {
        [kind, ..] => Some(**kind),
        [] => KINDS.iter().find(|(_, keys)| written.iter().any(|(key, _)| keys.contains(key))).copied(),
    };
    let Some((made_by, goes_with)) = kind else {
        reader.report(EmptyCase {
            spot: reader.spot(span),
            name: name.as_ref().map_or("", |name| &name.text),
            made_by: None,
        });
        return None;
    };
    let stray = written.iter().find(|(key, _)| *key != made_by && !goes_with.contains(key));
    if let Some((key, place)) = stray {
        let first = entry(table, made_by).map(|(key, _)| key.span());
        reader.report(SeveralActions { spot: reader.spot(place.clone()), key, first, made_by });
    }
    let before = reader.found.len();
    let action = match made_by {
        "call" => step(reader, table, &span).map(|step| Action::Calls(vec![step])),
        "step" => Some(Action::Calls(steps(reader, table))),
        "args" => Some(Action::Command(Box::new(read_actions::command(reader, table)))),
        _ => read_actions::exchange(reader, table).map(|http| Action::Http(Box::new(http))),
    };
    let given = surroundings(reader, table, of_file);
    let mut mocks = mocks(reader, table);
    mocks.extend_from_slice(mocks_of_file);
    let calls = entry(table, "calls").and_then(|(_, value)| Some((reader.strings("calls", value)?, value.span())));
    for call in calls.iter().flat_map(|(calls, _)| calls).filter(|call| loose::call(&call.text).is_none()) {
        let span = call.at.as_ref().map_or(0..0, |(_, span)| span.clone());
        bad(
            reader,
            "calls",
            &call.text,
            span,
            "a list of calls with patterns for arguments",
            "calls = ['ns:pkg/iface.func(1, _)']",
        );
    }
    let called = called(reader, table);
    let snapshot = entry(table, "snapshot").filter(|(_, value)| reader.boolean("snapshot", value) == Some(true));
    let snapshot = snapshot.map(|(key, _)| key.span());
    let case =
        Case { name: name?, skip: skip.map(|skip| skip.text), action: action?, given, mocks, calls, called, snapshot };
    // What was misunderstood may well have been what it tests.
    if reader.found.len() == before && stray.is_none() && case.tests_nothing() {
        reader.report(EmptyCase { spot: reader.spot(case.at()), name: &case.name.text, made_by: Some(made_by) });
    }
    Some(case)
}

fn steps(reader: &mut Reader<'_>, table: &DeTable<'_>) -> Vec<Step> {
    let known: Vec<&str> = std::iter::once("call").chain(EXPECTED).collect();
    let mut steps = Vec::new();
    for (table, span) in tables(reader, table, "step", "a list of tables, `[[case.step]]` each") {
        reader.refuse_unknown(table, "[case.step]", &known, &[]);
        steps.extend(step(reader, table, &span));
    }
    steps
}

fn step(reader: &mut Reader<'_>, table: &DeTable<'_>, span: &Range<usize>) -> Option<Step> {
    let Some((_, value)) = entry(table, "call") else {
        missing(reader, "`[[case.step]]`", "call", span, "call = 'ns:pkg/iface.func()'");
        return None;
    };
    let call = reader.string("call", value);
    let mut expected = Vec::new();
    for key in EXPECTED {
        let Some((_, value)) = entry(table, key) else { continue };
        let Some(written) = reader.string(key, value) else { continue };
        expected.push(match key {
            "expect" => Expected::Value(written),
            "expect-err" => Expected::Error(written),
            "matches" => Expected::Pattern(written),
            _ => Expected::Trap(written),
        });
    }
    if let [_, _, ..] = expected.as_slice() {
        for (at, one) in EXPECTED.iter().enumerate() {
            for other in &EXPECTED[at + 1..] {
                reader.exclude(table, "[case]", one, other);
            }
        }
    }
    Some(Step { call: call?, expected })
}

fn called(reader: &mut Reader<'_>, table: &DeTable<'_>) -> Vec<Called> {
    let mut all = Vec::new();
    for (table, span) in tables(reader, table, "called", "a list of tables, `[[case.called]]` each") {
        reader.refuse_unknown(table, "[case.called]", &CALLED, &[]);
        let Some(import) = read_mocks::import(reader, table, "[case.called]", &span) else { continue };
        let of = entry(table, "of").and_then(|(_, value)| reader.string("of", value));
        let args = entry(table, "args").and_then(|(_, value)| patterns(reader, value));
        let times = entry(table, "times").and_then(|(_, value)| reader.count("times", value)).map(u64::from);
        all.push(Called { import, of, args, times });
    }
    all
}

/// A pattern for each argument.
pub(super) fn patterns(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<Vec<Written>> {
    let patterns = reader.strings("args", value)?;
    for pattern in patterns.iter().filter(|pattern| !loose::is_pattern(&pattern.text)) {
        let span = pattern.at.as_ref().map_or(0..0, |(_, span)| span.clone());
        bad(
            reader,
            "args",
            &pattern.text,
            span,
            "a list of values or patterns, one for each argument",
            "args = ['_', '\"cup\"']",
        );
    }
    Some(patterns)
}

fn mocks(reader: &mut Reader<'_>, table: &DeTable<'_>) -> Vec<Mock> {
    let tables = tables(reader, table, "mock", "a list of tables, `[[mock]]` each");
    tables.into_iter().filter_map(|(table, span)| read_mocks::mock(reader, table, &span)).collect()
}

/// What surrounds a case; what is not said is as in the file.
fn surroundings(reader: &mut Reader<'_>, table: &DeTable<'_>, of_file: &Given) -> Given {
    let mut given = of_file.clone();
    for (key, value) in in_order(table) {
        match key.get_ref().as_ref() {
            "clock" => given.clock = clock(reader, value).or(given.clock),
            "seed" => given.seed = seed(reader, value).or(given.seed),
            word @ ("time" | "fuel" | "memory") => {
                let limit = limit(reader, word, value).map(|limit| (Word::Limit, limit));
                given.hosting.words.extend(limit);
            }
            "host" => {
                let hosting = reader.table("host", value, "a table of grants and limits");
                let hosting = hosting.map(|table| hosting::hosting(reader, table)).unwrap_or_default();
                given.hosting = std::mem::take(&mut given.hosting).and(Hosting { words: hosting.words });
            }
            "recording" => given.recording = read_actions::recording(reader, value).or(given.recording.take()),
            _ => {}
        }
    }
    given
}

/// `time = "2s"` as the limit `time=2s`.
fn limit(reader: &mut Reader<'_>, word: &str, value: &Spanned<DeValue<'_>>) -> Option<Written> {
    let text = match value.get_ref() {
        DeValue::Integer(number) => number.as_str().to_owned(),
        _ => reader.string(word, value)?.text,
    };
    Some(reader.written(&format!("{word}={text}"), value.span()))
}

fn clock(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<Clock> {
    let moment = match value.get_ref() {
        DeValue::String(text) if text.as_ref() == "system" => return Some(Clock::System),
        DeValue::String(text) => text.parse().ok(),
        DeValue::Datetime(moment) => Some(*moment),
        _ => None,
    };
    let nanoseconds = moment.and_then(super::moment::nanoseconds);
    if nanoseconds.is_none() {
        let text = reader.source.text.get(value.span()).unwrap_or_default().to_owned();
        bad(
            reader,
            "clock",
            &text,
            value.span(),
            "`\"system\"` or a moment of the years 1970 to 2500",
            "clock = 2026-01-01T00:00:00Z",
        );
    }
    nanoseconds.map(Clock::At)
}

fn seed(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<Seed> {
    let seed = match value.get_ref() {
        DeValue::String(text) if text.as_ref() == "system" => return Some(Seed::System),
        DeValue::Integer(number) => u64::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok(),
        _ => None,
    };
    if seed.is_none() {
        let text = reader.source.text.get(value.span()).unwrap_or_default().to_owned();
        bad(reader, "seed", &text, value.span(), "`\"system\"` or a number from 0", "seed = 7");
    }
    seed.map(Seed::Of)
}

/// Reports a value that its key cannot have.
pub(super) fn bad(reader: &mut Reader<'_>, key: &str, value: &str, span: Range<usize>, expected: &str, help: &str) {
    reader.report(BadValue { spot: reader.spot(span), key, value, expected: expected.into(), help: Some(help.into()) });
}

/// Reports a key that is needed and not there. `span` is the table.
pub(super) fn missing(reader: &mut Reader<'_>, place: &str, key: &str, span: &Range<usize>, help: &str) {
    reader.report(MissingKey { spot: reader.spot(span.clone()), key, place, help: help.into(), why: None });
}
