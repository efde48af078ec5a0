//! The wiring as a Mermaid flowchart, which forges and wikis draw.

use super::{host_groups, is_types_only, node_name, wire_label};
use crate::diag::visible;
use crate::model::graph::{End, Graph};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The text of a `flowchart`.
pub fn mermaid(graph: &Graph) -> String {
    let mut out = String::from("flowchart LR\n");
    for (at, export) in graph.exports.iter().enumerate() {
        let _ = writeln!(out, "  e{at}>{}]", quoted(&export.name));
    }
    for at in 0..graph.instances.len() {
        let _ = writeln!(out, "  i{at}[{}]", quoted(&node_name(graph, at)));
    }
    let groups = host_groups(graph);
    let group_of: BTreeMap<usize, usize> = groups
        .values()
        .enumerate()
        .flat_map(|(group, imports)| imports.iter().map(move |import| (*import, group)))
        .collect();
    if !groups.is_empty() {
        out.push_str("  subgraph host [\"the host\"]\n");
        for (at, group) in groups.keys().enumerate() {
            let _ = writeln!(out, "    h{at}([{}])", quoted(group));
        }
        out.push_str("  end\n");
    }
    // Nodes that only some graphs have come with the first arrow to them.
    let id = |end: &End| match end {
        End::Instance(at, _) => format!("i{at}"),
        End::Host(import) => format!("h{}", group_of[import]),
        End::Around => "around[\"code beside the instances\"]".into(),
        End::Nothing => "nothing[\"nothing\"]".into(),
    };
    for (at, export) in graph.exports.iter().enumerate() {
        let label = match &export.from {
            End::Instance(_, name) if *name != export.name => format!("|{}|", quoted(name)),
            _ => String::new(),
        };
        let _ = writeln!(out, "  e{at} -->{label} {}", id(&export.from));
    }
    for (at, node) in graph.instances.iter().enumerate() {
        for wire in node.wires.iter().filter(|wire| !is_types_only(graph, wire)) {
            let label = quoted(&wire_label(graph, &wire.import, &wire.from));
            let _ = writeln!(out, "  i{at} -->|{label}| {}", id(&wire.from));
        }
    }
    out
}

/// A text in quotes. What Mermaid could take for markup is written by its number.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in visible(text).chars() {
        match letter {
            '"' | '#' | '<' | '>' | '&' | '`' | ';' | '\\' | '|' => {
                let _ = write!(out, "#{};", u32::from(letter));
            }
            '\n' | '\t' => out.push(' '),
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}
