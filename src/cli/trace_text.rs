//! Calls between the instances of a composition, as a tree: who called whom, with what, what came back, how long it took.

use crate::diag::visible_line;
use crate::host::pieces::diags::closed;
use crate::host::pieces::{Pieces, Together, Why};
use crate::host::reopen::Closed;
use crate::host::trace::Event;
use std::collections::BTreeMap;
use std::time::Duration;

/// The most columns of an argument or a result.
const WIDTH: usize = 80;

/// The tree, and what is not in it.
pub(super) fn tree(calls: &(Vec<Event>, u64), pieces: &Pieces) -> String {
    calls_of(calls) + &untold(&pieces.together)
}

/// The tree alone.
fn calls_of((events, more): &(Vec<Event>, u64)) -> String {
    let mut out = String::new();
    let mut depths: BTreeMap<u64, usize> = BTreeMap::new();
    for event in events {
        let depth = event.call.parent.and_then(|parent| depths.get(&parent)).map_or(0, |depth| depth + 1);
        depths.insert(event.call.id, depth);
        out.push_str(&line(event, depth));
    }
    if events.is_empty() {
        out.push_str("no calls between instances\n");
    }
    if *more > 0 {
        out.push_str(&format!("and {more} more calls\n"));
    }
    out
}

/// The wires on which no calls are seen, each once.
pub(super) fn untold<'w>(wires: impl IntoIterator<Item = &'w Together>) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in wires.into_iter().map(not_shown) {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.concat()
}

/// What a case is called in a trace.
pub(super) fn case(file: &str, name: &str) -> String {
    format!("{}: {}", visible_line(file), visible_line(name))
}

/// The tree of a case, under its name.
pub(super) fn tree_of_case(name: &str, calls: &(Vec<Event>, u64)) -> String {
    let lines: String = calls_of(calls).lines().map(|line| format!("  {line}\n")).collect();
    format!("{name}\n{lines}")
}

/// What is said of those that cannot be taken apart.
pub(super) fn in_one_piece(name: &str, why: Closed) -> String {
    format!("note: `{}` is run in one piece: {}\n", visible_line(name), closed(why))
}

/// What is said of a case of which no calls can be shown.
pub(super) fn not_traced(name: &str, why: &str) -> String {
    format!("note: `{name}` is not traced: {}\n", visible_line(why))
}

fn line(event: &Event, depth: usize) -> String {
    let Event { call, ended, mocked } = event;
    let indent = "  ".repeat(depth);
    let to = match (call.site.to.as_deref(), *mocked) {
        (Some(to), true) => format!("a mock of {to}"),
        (Some(to), false) => to.to_owned(),
        (None, true) => "a mock".to_owned(),
        (None, false) => "nobody".to_owned(),
    };
    let arguments: Vec<String> = call.arguments.iter().map(|(_, value)| cut(value)).collect();
    let function = match call.site.import == call.function {
        true => call.function.clone(),
        false => format!("{}.{}", call.site.import, call.function),
    };
    let (came, took) = match ended {
        Some(ended) => {
            let came = match &ended.result {
                Ok(result) if result.is_empty() => String::new(),
                Ok(result) => format!(" = {}", cut(result)),
                Err(why) => format!(" ✗ {}", cut(why)),
            };
            (came, format!(" [{}]", time(ended.took)))
        }
        None => (" … never ended".to_owned(), String::new()),
    };
    let head = format!("{} -> {to}: {function}({})", call.site.from, arguments.join(", "));
    format!("{indent}{}{}{took}\n", visible_line(&head), visible_line(&came))
}

fn not_shown(wire: &Together) -> String {
    let Together { instance, import, provider, why } = wire;
    let why = match why {
        Why::Carries(what) => format!("it carries {what}"),
        Why::Others => "the two stay together because of other wires".to_owned(),
        Why::NotAlone => "the two cannot be taken apart".to_owned(),
        Why::Unasked => "nobody asked".to_owned(),
    };
    format!("not shown: {} from `{provider}` to `{instance}`, because {why}\n", visible_line(import))
}

/// A text cut to a width.
fn cut(text: &str) -> String {
    if text.chars().count() <= WIDTH {
        return text.to_owned();
    }
    let kept: String = text.chars().take(WIDTH - 1).collect();
    format!("{kept}…")
}

fn time(took: Duration) -> String {
    match took.as_micros() {
        micros @ 0..1000 => format!("{micros} µs"),
        micros @ 1000..1_000_000 => format!("{:.1} ms", micros as f64 / 1000.0),
        micros => format!("{:.2} s", micros as f64 / 1_000_000.0),
    }
}
