//! Calls between the instances of a composition, as a tree: who called whom, with what, what came back, how long it took.

use crate::diag::visible_line;
use crate::host::pieces::{Pieces, Together, Why};
use crate::host::trace::Event;
use std::collections::BTreeMap;
use std::time::Duration;

/// The most columns of an argument or a result.
const WIDTH: usize = 80;

/// The tree, and what is not in it.
pub(super) fn tree((events, more): &(Vec<Event>, u64), pieces: &Pieces) -> String {
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
    out + &untold(pieces)
}

/// The wires on which no calls are seen.
pub(super) fn untold(pieces: &Pieces) -> String {
    pieces.together.iter().map(not_shown).collect()
}

fn line(event: &Event, depth: usize) -> String {
    let Event { call, ended } = event;
    let indent = "  ".repeat(depth);
    let to = call.site.to.as_deref().unwrap_or("the host");
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
