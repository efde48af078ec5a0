//! Calls between the pieces of a composition, written down as they pass.
//!
//! Events are kept in the order in which calls were made, up to a number that no memory minds; what came after is counted.
//! Everything passes on: a trace changes nothing but the time.

use compose_engine::{Call, Ended, Interposer, Reply};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The most calls that are kept.
const MOST: usize = 100_000;

/// Whoever is called outside of the composition.
const OUTSIDE: &str = "outside";

/// A call that passed.
#[derive(Debug, Clone)]
pub struct Event {
    /// The call.
    pub call: Call,
    /// How it ended; `None` if it did not.
    pub ended: Option<Ended>,
    /// Whether somebody stood in for who would have been called.
    pub mocked: bool,
}

/// Writes down calls.
#[derive(Debug, Default)]
pub struct Recorder {
    pages: Mutex<Pages>,
}

#[derive(Debug, Default)]
struct Pages {
    events: Vec<Event>,
    at: BTreeMap<u64, usize>,
    more: u64,
}

impl Recorder {
    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What passed, in order, and how many calls came after what is kept.
    pub fn events(&self) -> (Vec<Event>, u64) {
        let pages = self.pages();
        (pages.events.clone(), pages.more)
    }

    /// Writes down a call, and whether somebody stands in for who would have been called.
    pub fn begins(&self, call: &Call, mocked: bool) {
        let mut pages = self.pages();
        if pages.events.len() < MOST {
            let at = pages.events.len();
            pages.at.insert(call.id, at);
            pages.events.push(Event { call: call.clone(), ended: None, mocked });
        } else {
            pages.more += 1;
        }
    }
}

/// What passed in some runs, in the form that trace viewers of browsers read: a process a run, under its name if it has one,
/// and in it a row for each instance that is called.
pub fn chrome<'r>(runs: impl IntoIterator<Item = (&'r str, &'r Recorder)>) -> String {
    let mut out: Vec<Value> = Vec::new();
    for ((name, recorder), pid) in runs.into_iter().zip(1..) {
        let pages = recorder.pages();
        let mut rows: BTreeMap<String, usize> = BTreeMap::new();
        for event in &pages.events {
            rows.entry(row(event)).or_default();
        }
        rows.values_mut().zip(1..).for_each(|(row, number)| *row = number);
        if !name.is_empty() {
            out.push(json!({ "ph": "M", "name": "process_name", "pid": pid, "args": { "name": name } }));
        }
        for (name, tid) in &rows {
            out.push(json!({ "ph": "M", "name": "thread_name", "pid": pid, "tid": tid, "args": { "name": name } }));
        }
        for event in &pages.events {
            out.push(complete(event, pid, rows.get(&row(event)).copied().unwrap_or_default()));
        }
    }
    format!("{:#}\n", json!({ "traceEvents": out, "displayTimeUnit": "ms" }))
}

/// Whose row a call is shown in.
fn row(event: &Event) -> String {
    event.call.site.to.clone().unwrap_or_else(|| OUTSIDE.to_owned())
}

fn complete(event: &Event, pid: usize, tid: usize) -> Value {
    let Event { call, ended, mocked } = event;
    let micros = |time: std::time::Duration| time.as_nanos() as f64 / 1000.0;
    let arguments: serde_json::Map<String, Value> =
        call.arguments.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
    let mut args = json!({
        "from": call.site.from,
        "import": call.site.import,
        "arguments": arguments,
    });
    let result = match ended.as_ref().map(|ended| &ended.result) {
        Some(Ok(result)) => ("result", result.clone()),
        Some(Err(why)) => ("failed", why.clone()),
        None => ("ended", "no".into()),
    };
    args[result.0] = result.1.into();
    if *mocked {
        args["mocked"] = true.into();
    }
    let took = ended.as_ref().map_or(0.0, |ended| micros(ended.took));
    let name = format!("{}.{}", call.site.import, call.function);
    json!({ "ph": "X", "cat": "call", "name": name, "pid": pid, "tid": tid, "ts": micros(call.at), "dur": took, "args": args })
}

impl Interposer for Recorder {
    fn call(&self, call: &Call) -> Reply {
        self.begins(call, false);
        Reply::PassOn
    }

    fn ended(&self, call: &Call, ended: &Ended) {
        let mut pages = self.pages();
        if let Some(at) = pages.at.get(&call.id).copied() {
            pages.events[at].ended = Some(ended.clone());
        }
    }
}
