//! `[[mock]]`: who stands in for a function, and what it answers.

use super::case::{Answer, Answering, Mock, Row};
use super::read::{bad, missing, patterns, tables};
use crate::manifest::table::{Reader, entry};
use crate::model::request::Written;
use std::ops::Range;
use std::time::Duration;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The keys that say what is answered, of which one must be there.
const ANSWERS: [&str; 7] = ["returns", "err", "trap", "table", "sequence", "spy", "component"];
/// Those that are an answer by themselves.
const ANSWER: [&str; 3] = ["returns", "err", "trap"];

/// The function or interface that is meant.
pub(super) fn import(reader: &mut Reader<'_>, table: &DeTable<'_>, name: &str, span: &Range<usize>) -> Option<Written> {
    match entry(table, "import") {
        Some((_, value)) => reader.string("import", value),
        None => {
            missing(reader, &format!("`[{name}]`"), "import", span, "import = \"ns:pkg/iface.func\"");
            None
        }
    }
}

pub(super) fn mock(reader: &mut Reader<'_>, table: &DeTable<'_>, span: &Range<usize>) -> Option<Mock> {
    let known: Vec<&str> = ["import", "of", "delay", "cycle"].into_iter().chain(ANSWERS).collect();
    reader.refuse_unknown(table, "[mock]", &known, &[]);
    let import = import(reader, table, "[mock]", span);
    let of = entry(table, "of").and_then(|(_, value)| reader.string("of", value));
    let delay = entry(table, "delay").and_then(|(_, value)| delay(reader, value));
    let cycle = entry(table, "cycle").and_then(|(_, value)| reader.boolean("cycle", value)).unwrap_or_default();
    let there: Vec<&str> = ANSWERS.into_iter().filter(|key| entry(table, key).is_some()).collect();
    let answer = match there.as_slice() {
        [] => {
            missing(reader, "`[[mock]]`", "returns", span, "returns = '…'");
            return None;
        }
        [one, other, ..] => {
            reader.exclude(table, "[mock]", one, other);
            return None;
        }
        [key] => {
            let (_, value) = entry(table, key)?;
            match *key {
                "table" => Answering::Table(rows(reader, table)),
                "sequence" => Answering::Sequence { answers: sequence(reader, value), cycle },
                "spy" => match reader.boolean("spy", value)? {
                    true => Answering::Spy,
                    false => {
                        bad(reader, "spy", "false", value.span(), "`true`, or not there", "spy = true");
                        return None;
                    }
                },
                "component" => {
                    let written = reader.string("component", value)?;
                    Answering::Component { path: reader.path(&written), written }
                }
                key => Answering::Always(answer(reader, key, value)?),
            }
        }
    };
    Some(Mock { import: import?, of, answer, delay })
}

fn answer(reader: &mut Reader<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Answer> {
    let written = reader.string(key, value)?;
    Some(match key {
        "err" => Answer::Error(written),
        "trap" => Answer::Trap(written),
        _ => Answer::Returns(written),
    })
}

/// The one answer of a table, beside other keys.
fn answer_of(reader: &mut Reader<'_>, table: &DeTable<'_>, name: &str, span: &Range<usize>) -> Option<Answer> {
    let there: Vec<&str> = ANSWER.into_iter().filter(|key| entry(table, key).is_some()).collect();
    match there.as_slice() {
        [] => {
            missing(reader, &format!("`{name}`"), "returns", span, "returns = '…'");
            None
        }
        [key] => entry(table, key).and_then(|(_, value)| answer(reader, key, value)),
        [one, other, ..] => {
            reader.exclude(table, name, one, other);
            None
        }
    }
}

fn rows(reader: &mut Reader<'_>, table: &DeTable<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (table, span) in tables(reader, table, "table", "a list of tables with `args` and an answer") {
        reader.refuse_unknown(table, "mock.table", &["args", "returns", "err", "trap"], &[]);
        let args = match entry(table, "args") {
            Some((_, value)) => patterns(reader, value),
            None => {
                missing(reader, "`table`", "args", &span, "args = ['_', '\"x\"']");
                None
            }
        };
        let answer = answer_of(reader, table, "mock.table", &span);
        if let (Some(args), Some(answer)) = (args, answer) {
            rows.push(Row { args, answer });
        }
    }
    rows
}

/// Texts are values; tables say what else.
fn sequence(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Vec<Answer> {
    let expected = "a list of values, or of tables with an answer";
    let DeValue::Array(items) = value.get_ref() else {
        reader.wrong_type("sequence", value, expected);
        return Vec::new();
    };
    let mut answers = Vec::new();
    for item in items {
        match item.get_ref() {
            DeValue::String(_) => answers.extend(answer(reader, "returns", item)),
            DeValue::Table(table) => {
                reader.refuse_unknown(table, "mock.sequence", &ANSWER, &[]);
                answers.extend(answer_of(reader, table, "mock.sequence", &item.span()));
            }
            _ => reader.wrong_type("sequence", item, expected),
        }
    }
    if items.is_empty() {
        bad(reader, "sequence", "[]", value.span(), "a list with at least one answer", "sequence = ['1', '2']");
    }
    answers
}

fn delay(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<Duration> {
    let written = reader.string("delay", value)?;
    let delay = crate::host::grammar::milliseconds(&written.text).map(Duration::from_millis);
    if delay.is_none() {
        bad(reader, "delay", &written.text, value.span(), "a time such as `50ms`", "delay = \"50ms\"");
    }
    delay
}
