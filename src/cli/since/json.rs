//! What changed since an artifact, as one object on one line, described in docs/diagnostics.md.

use crate::diag::json_line;
use crate::inspect::against::{Because, Since, Told, Wanted};
use serde::Serialize;

/// The version of the form.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Form<'a> {
    format: u32,
    r#type: &'static str,
    against: &'a str,
    changed: bool,
    bytes: Change<Option<usize>>,
    imports: Imports<'a>,
    exports: Exports<'a>,
    instances: Instances<'a>,
    wires: Vec<Wire<'a>>,
}

#[derive(Serialize)]
struct Change<T> {
    #[serde(skip_serializing_if = "is_null")]
    old: T,
    #[serde(skip_serializing_if = "is_null")]
    new: T,
}

fn is_null<T: Serialize>(value: &T) -> bool {
    serde_json::to_value(value).is_ok_and(|value| value.is_null())
}

#[derive(Serialize)]
struct Imports<'a> {
    added: Vec<Added<'a>>,
    removed: &'a [String],
    widened: Vec<Widened<'a>>,
    moved: Vec<Change<&'a str>>,
}

#[derive(Serialize)]
struct Added<'a> {
    name: &'a str,
    group: &'a str,
    through: Vec<ThroughForm<'a>>,
}

#[derive(Serialize)]
struct ThroughForm<'a> {
    instance: &'a str,
    because: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    wanted: Option<WantedForm<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<&'a str>,
}

#[derive(Serialize)]
struct WantedForm<'a> {
    instance: &'a str,
    import: &'a str,
}

#[derive(Serialize)]
struct Widened<'a> {
    name: &'a str,
    functions: &'a [String],
}

#[derive(Serialize)]
struct Exports<'a> {
    added: &'a [String],
    removed: &'a [String],
    moved: Vec<Change<&'a str>>,
    changed: Vec<Retyped<'a>>,
}

#[derive(Serialize)]
struct Retyped<'a> {
    name: &'a str,
    breaks: &'a [String],
    came: &'a [String],
}

#[derive(Serialize)]
struct Instances<'a> {
    added: Vec<AddedInstance<'a>>,
    removed: &'a [String],
    changed: Vec<Rebuilt<'a>>,
}

#[derive(Serialize)]
struct AddedInstance<'a> {
    name: &'a str,
    component: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    wanted: Option<WantedForm<'a>>,
}

#[derive(Serialize)]
struct Rebuilt<'a> {
    name: &'a str,
    bytes: Change<Option<usize>>,
}

#[derive(Serialize)]
struct Wire<'a> {
    instance: &'a str,
    import: &'a str,
    #[serde(flatten)]
    ends: Change<Option<End<'a>>>,
}

#[derive(Serialize)]
#[serde(tag = "from", rename_all = "kebab-case")]
enum End<'a> {
    Instance { instance: &'a str, export: &'a str },
    Host { of: &'a str },
    Around,
}

/// One object on one line.
pub(super) fn json(since: &Since, size: Option<usize>) -> String {
    let moved = |exported: bool| -> Vec<Change<&str>> {
        let moved = since.moved.iter().filter(|moved| moved.exported == exported);
        moved.map(|moved| Change { old: moved.old.as_str(), new: moved.new.as_str() }).collect()
    };
    let added = since.opened.iter().map(|opened| Added {
        name: &opened.name,
        group: &opened.group,
        through: opened
            .through
            .iter()
            .map(|through| {
                let (because, wanted, before) = match &through.because {
                    Because::New(wanted) => ("new", wanted.as_ref().map(wanted_form), None),
                    Because::WasFilledBy(before) => ("rewired", None, Some(before.as_str())),
                    Because::Rebuilt => ("changed", None, None),
                    Because::Unknown => ("unknown", None, None),
                };
                ThroughForm { instance: &through.instance, because, wanted, before }
            })
            .collect(),
    });
    let widened = since.widened.iter().map(|(name, functions)| Widened { name, functions });
    let retyped = since.retyped.iter().map(|it| Retyped { name: &it.name, breaks: &it.breaks, came: &it.came });
    let instances = since.added.iter().map(|it| AddedInstance {
        name: &it.instance,
        component: &it.component,
        wanted: it.wanted.as_ref().map(wanted_form),
    });
    let rebuilt = since
        .rebuilt
        .iter()
        .map(|it| Rebuilt { name: &it.instance, bytes: Change { old: Some(it.old_bytes), new: Some(it.new_bytes) } });
    let wires = since.rewired.iter().map(|it| Wire {
        instance: &it.instance,
        import: &it.import,
        ends: Change { old: it.old.as_ref().map(end), new: it.new.as_ref().map(end) },
    });
    json_line(&Form {
        format: FORMAT,
        r#type: "against",
        against: &since.origin,
        changed: !since.is_nothing(),
        bytes: Change { old: Some(since.bytes), new: size },
        imports: Imports {
            added: added.collect(),
            removed: &since.closed,
            widened: widened.collect(),
            moved: moved(false),
        },
        exports: Exports {
            added: &since.exported,
            removed: &since.withdrawn,
            moved: moved(true),
            changed: retyped.collect(),
        },
        instances: Instances { added: instances.collect(), removed: &since.removed, changed: rebuilt.collect() },
        wires: wires.collect(),
    })
}

fn wanted_form(wanted: &Wanted) -> WantedForm<'_> {
    WantedForm { instance: &wanted.instance, import: &wanted.import }
}

fn end(told: &Told) -> End<'_> {
    match told {
        Told::Instance(instance, export) => End::Instance { instance, export },
        Told::Host(name) => End::Host { of: name },
        Told::Other => End::Around,
    }
}
