//! WAVE, written: on one line, or over several where one would be long.
//!
//! What is written is read as the same value again, and one value has one text: fields in the order of the type without
//! those that are `none`, options and results never flat, names marked by `%` only where they are keywords. Characters that
//! would steer a terminal, hide or turn a line round are written as `\u{…}`.

use super::names::Names;
use std::fmt::Write as _;
use wasmtime::component::Val;

/// Words that mean something by themselves.
const KEYWORDS: [&str; 8] = ["true", "false", "inf", "nan", "some", "none", "ok", "err"];
/// As wide as a line of the pretty form may be.
const WIDTH: usize = 100;

/// A value on one line.
pub(crate) fn wave(value: &Val, names: &dyn Names) -> String {
    let mut text = String::new();
    write(&mut text, value, names, None);
    text
}

/// A value over several lines where it would not fit into one, two spaces further in for each level.
pub(crate) fn pretty(value: &Val, names: &dyn Names) -> String {
    let mut text = String::new();
    write(&mut text, value, names, Some(0));
    text
}

/// A case as it is written.
fn label(name: &str) -> String {
    if KEYWORDS.contains(&name) { format!("%{name}") } else { name.into() }
}

/// Writes; `indent` is how far in the line begins, if there may be several.
fn write(text: &mut String, value: &Val, names: &dyn Names, indent: Option<usize>) {
    let indent = indent.filter(|indent| {
        let line = text.rfind('\n').map_or(0, |at| at + 1);
        let long = text.len() - line + wave(value, names).len();
        *indent < WIDTH && long > WIDTH
    });
    match value {
        Val::Bool(it) => push(text, it),
        Val::S8(it) => push(text, it),
        Val::U8(it) => push(text, it),
        Val::S16(it) => push(text, it),
        Val::U16(it) => push(text, it),
        Val::S32(it) => push(text, it),
        Val::U32(it) => push(text, it),
        Val::S64(it) => push(text, it),
        Val::U64(it) => push(text, it),
        Val::Float32(it) if it.is_nan() => text.push_str("nan"),
        Val::Float64(it) if it.is_nan() => text.push_str("nan"),
        Val::Float32(it) => match plain(f64::from(*it)) {
            true => push(text, it),
            false => push(text, format_args!("{it:e}")),
        },
        Val::Float64(it) => match plain(*it) {
            true => push(text, it),
            false => push(text, format_args!("{it:e}")),
        },
        Val::Char(it) => quoted(text, '\'', std::iter::once(*it)),
        Val::String(it) => quoted(text, '"', it.chars()),
        Val::List(items) | Val::FixedLengthList(items) => {
            sequence(text, ["[", "]"], items, indent, |text, item, indent| write(text, item, names, indent));
        }
        Val::Tuple(items) => {
            sequence(text, ["(", ")"], items, indent, |text, item, indent| write(text, item, names, indent));
        }
        Val::Map(entries) if entries.is_empty() => text.push_str("{:}"),
        Val::Map(entries) => sequence(text, ["{", "}"], entries, indent, |text, (key, value), indent| {
            write(text, key, names, None);
            text.push_str(": ");
            write(text, value, names, indent);
        }),
        Val::Record(fields) => {
            let there: Vec<_> = fields.iter().filter(|(_, value)| *value != Val::Option(None)).collect();
            if there.is_empty() {
                return text.push_str("{:}");
            }
            sequence(text, ["{", "}"], &there, indent, |text, (name, value), indent| {
                text.push_str(name);
                text.push_str(": ");
                write(text, value, names, indent);
            });
        }
        Val::Variant(case, value) => payload(text, &label(case), value.as_deref(), names, indent),
        Val::Enum(case) => text.push_str(&label(case)),
        Val::Option(None) => text.push_str("none"),
        Val::Option(Some(value)) => payload(text, "some", Some(value), names, indent),
        Val::Result(Ok(value)) => payload(text, "ok", value.as_deref(), names, indent),
        Val::Result(Err(value)) => payload(text, "err", value.as_deref(), names, indent),
        Val::Flags(set) => sequence(text, ["{", "}"], set, indent, |text, name, _| text.push_str(name)),
        Val::Resource(handle) => text.push_str(&names.handle(*handle)),
        // They have no text; whoever calls a function that gives one is told so before.
        Val::Future(_) => text.push_str("<future>"),
        Val::Stream(_) => text.push_str("<stream>"),
        Val::ErrorContext(_) => text.push_str("<error-context>"),
    }
}

fn push(text: &mut String, value: impl std::fmt::Display) {
    let _ = write!(text, "{value}");
}

/// Whether all digits are shown.
fn plain(number: f64) -> bool {
    number == 0.0 || number.is_infinite() || (1e-7..1e17).contains(&number.abs())
}

fn payload(text: &mut String, case: &str, value: Option<&Val>, names: &dyn Names, indent: Option<usize>) {
    text.push_str(case);
    if let Some(value) = value {
        text.push('(');
        write(text, value, names, indent);
        text.push(')');
    }
}

fn sequence<T>(
    text: &mut String,
    [open, close]: [&str; 2],
    items: &[T],
    indent: Option<usize>,
    each: impl Fn(&mut String, &T, Option<usize>),
) {
    text.push_str(open);
    for (at, item) in items.iter().enumerate() {
        match indent {
            Some(indent) => {
                let _ = write!(text, "\n{:1$}", "", indent + 2);
                each(text, item, Some(indent + 2));
                text.push(',');
            }
            None => {
                text.push_str(if at > 0 { ", " } else { "" });
                each(text, item, None);
            }
        }
    }
    if let Some(indent) = indent.filter(|_| !items.is_empty()) {
        let _ = write!(text, "\n{:1$}", "", indent);
    }
    text.push_str(close);
}

fn quoted(text: &mut String, quote: char, letters: impl Iterator<Item = char>) {
    text.push(quote);
    for letter in letters {
        match letter {
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\t' => text.push_str("\\t"),
            '\r' => text.push_str("\\r"),
            letter if letter == quote => {
                text.push('\\');
                text.push(quote);
            }
            '"' | '\'' => text.push(letter),
            // What is not to be seen, or would change how the rest is seen.
            letter if letter == '\0' || letter.escape_debug().len() > 1 => {
                let _ = write!(text, "\\u{{{:x}}}", u32::from(letter));
            }
            letter => text.push(letter),
        }
    }
    text.push(quote);
}
