//! The wiring in DOT, the language of Graphviz.
//!
//! Nodes are called by numbers, so that no name of the user's can be a keyword or a second one; names are labels, in
//! quotes.

use super::{host_groups, is_types_only, node_name, wire_label};
use crate::diag::visible;
use crate::model::graph::{End, Graph};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The text of a `digraph`.
pub fn dot(graph: &Graph) -> String {
    let mut out = String::from("digraph composition {\n  rankdir=LR;\n  node [shape=box];\n");
    for (at, export) in graph.exports.iter().enumerate() {
        let _ = writeln!(out, "  e{at} [label={}, shape=cds];", quoted(&export.name));
    }
    for at in 0..graph.instances.len() {
        let _ = writeln!(out, "  i{at} [label={}];", quoted(&node_name(graph, at)));
    }
    let groups = host_groups(graph);
    let group_of: BTreeMap<usize, usize> = groups
        .values()
        .enumerate()
        .flat_map(|(group, imports)| imports.iter().map(move |import| (*import, group)))
        .collect();
    if !groups.is_empty() {
        out.push_str("  subgraph cluster_host {\n    label=\"the host\";\n    style=dashed;\n");
        for (at, group) in groups.keys().enumerate() {
            let _ = writeln!(out, "    h{at} [label={}, shape=ellipse];", quoted(group));
        }
        out.push_str("  }\n");
    }
    let ends = graph.exports.iter().map(|export| &export.from);
    let wires = graph.instances.iter().flat_map(|node| node.wires.iter().map(|wire| &wire.from));
    let all: Vec<&End> = ends.chain(wires).collect();
    if all.iter().any(|end| **end == End::Around) {
        out.push_str("  around [label=\"code beside the instances\", style=dotted];\n");
    }
    if all.iter().any(|end| **end == End::Nothing) {
        out.push_str("  nothing [label=\"nothing\", color=red];\n");
    }
    let id = |end: &End| match end {
        End::Instance(at, _) => format!("i{at}"),
        End::Host(import) => format!("h{}", group_of[import]),
        End::Around => "around".into(),
        End::Nothing => "nothing".into(),
    };
    for (at, export) in graph.exports.iter().enumerate() {
        let other = match &export.from {
            End::Instance(_, name) if *name != export.name => format!(" [label={}]", quoted(name)),
            _ => String::new(),
        };
        let _ = writeln!(out, "  e{at} -> {}{other};", id(&export.from));
    }
    for (at, node) in graph.instances.iter().enumerate() {
        for wire in node.wires.iter().filter(|wire| !is_types_only(graph, wire)) {
            let label = quoted(&wire_label(graph, &wire.import, &wire.from));
            let _ = writeln!(out, "  i{at} -> {} [label={label}];", id(&wire.from));
        }
    }
    out.push_str("}\n");
    out
}

/// A string of DOT. Backslashes are doubled, since a label gives them a meaning (`\n`, `\N`).
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in visible(text).chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push(' '),
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}
