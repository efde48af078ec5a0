//! The wiring for programs, described in docs/inspect.md.

use crate::diag::json_line;
use crate::model::graph::{End, Graph};
use serde::Serialize;

/// The version of the form.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    format: u32,
    instances: Vec<InstanceEntry<'a>>,
    host: Vec<HostEntry<'a>>,
    exports: Vec<ExportEntry<'a>>,
}

#[derive(Serialize)]
struct InstanceEntry<'a> {
    name: &'a str,
    component: &'a str,
    imports: Vec<WireEntry<'a>>,
}

#[derive(Serialize)]
struct WireEntry<'a> {
    import: &'a str,
    #[serde(flatten)]
    from: From<'a>,
}

#[derive(Serialize)]
#[serde(tag = "from", rename_all = "kebab-case")]
enum From<'a> {
    Instance { instance: &'a str, export: &'a str },
    // Not `name`, which exports have already.
    Host { of: &'a str },
    Around,
    Nothing,
}

#[derive(Serialize)]
struct HostEntry<'a> {
    name: &'a str,
    group: &'a str,
    types_only: bool,
}

#[derive(Serialize)]
struct ExportEntry<'a> {
    name: &'a str,
    #[serde(flatten)]
    from: From<'a>,
}

/// One object on one line.
pub fn json(graph: &Graph) -> String {
    let document = Document {
        format: FORMAT,
        instances: graph
            .instances
            .iter()
            .map(|node| InstanceEntry {
                name: &node.name,
                component: &node.component,
                imports: node
                    .wires
                    .iter()
                    .map(|wire| WireEntry { import: &wire.import, from: entry(graph, &wire.from) })
                    .collect(),
            })
            .collect(),
        host: graph
            .imports
            .iter()
            .map(|import| HostEntry { name: &import.name, group: &import.group, types_only: import.types_only })
            .collect(),
        exports: graph
            .exports
            .iter()
            .map(|export| ExportEntry { name: &export.name, from: entry(graph, &export.from) })
            .collect(),
    };
    json_line(&document)
}

fn entry<'a>(graph: &'a Graph, end: &'a End) -> From<'a> {
    match end {
        End::Instance(at, export) => From::Instance { instance: &graph.instances[*at].name, export },
        End::Host(at) => From::Host { of: &graph.imports[*at].name },
        End::Around => From::Around,
        End::Nothing => From::Nothing,
    }
}
