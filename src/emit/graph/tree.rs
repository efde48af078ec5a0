//! The wiring as a text tree: from what is exported to what that needs, and so on.
//!
//! An instance that several ask for is shown in full once and referred to after that.

use super::{is_types_only, node_name};
use crate::diag::visible_line;
use crate::emit::tree::Tree;
use crate::model::graph::{End, Graph, HostImport, Node};
use std::collections::{BTreeMap, BTreeSet};

/// The tree.
pub fn tree(graph: &Graph) -> String {
    let mut out = String::new();
    let mut told = BTreeSet::new();
    // After the roots, what stands in a loop that nothing leads to.
    for root in graph.roots().into_iter().chain(0..graph.instances.len()) {
        if !told.contains(&root) {
            out.push_str(&from_root(graph, root, &mut told));
        }
    }
    let not_instances = graph.exports.iter().filter(|export| export.from.instance().is_none());
    let lines: Vec<String> = not_instances
        .map(|export| match export.from {
            End::Host(import) => {
                format!("{} is passed on from the host, as {}", export.name, graph.imports[import].name)
            }
            _ => format!("{} is exported by code beside the instances", export.name),
        })
        .map(|words| format!("{}\n", line(&words)))
        .collect();
    out.extend(lines);
    out.push_str(&host(graph));
    out
}

/// A text that stays on its line whatever names are in it.
fn line(text: &str) -> String {
    visible_line(text)
}

fn from_root(graph: &Graph, root: usize, told: &mut BTreeSet<usize>) -> String {
    let exports: Vec<String> = graph
        .exports
        .iter()
        .filter_map(|export| match &export.from {
            End::Instance(at, name) if *at == root => Some(match *name == export.name {
                true => export.name.clone(),
                false => format!("{} (its {name})", export.name),
            }),
            _ => None,
        })
        .collect();
    let mut label = node_name(graph, root);
    if !exports.is_empty() {
        label.push_str(&format!(" exports {}", exports.join(", ")));
    }
    let mut tree = Tree::new(line(&label), String::new());
    let mut left = vec![(root, tree.root())];
    // Depth first in the order of the imports, so that "above" is true.
    while let Some((at, place)) = left.pop() {
        let node = &graph.instances[at];
        if !told.insert(at) {
            tree.append(place, if node.wires.is_empty() { "" } else { ", shown above" });
            continue;
        }
        let mut next = Vec::new();
        for wire in &node.wires {
            match &wire.from {
                End::Instance(to, export) => {
                    let from = if *export == wire.import { String::new() } else { format!(", its {export}") };
                    let label = format!("{}: {}{from}", wire.import, node_name(graph, *to));
                    next.push((*to, tree.push(place, line(&label), String::new())));
                }
                End::Around => drop(tree.push(place, line(&format!("{}: code beside it", wire.import)), String::new())),
                End::Nothing => drop(tree.push(place, line(&format!("{}: nothing", wire.import)), String::new())),
                End::Host(_) => {}
            }
        }
        if let Some(label) = hosted(graph, node) {
            tree.push(place, line(&label), String::new());
        }
        left.extend(next.into_iter().rev());
    }
    tree.text("")
}

/// What the host gives to an instance, in a line.
fn hosted(graph: &Graph, node: &Node) -> Option<String> {
    let mut groups: BTreeMap<&str, usize> = BTreeMap::new();
    for wire in node.wires.iter().filter(|wire| !is_types_only(graph, wire)) {
        if let End::Host(import) = wire.from {
            *groups.entry(&graph.imports[import].group).or_default() += 1;
        }
    }
    let count: usize = groups.values().sum();
    let plural = if count == 1 { "" } else { "s" };
    let names: Vec<&str> = groups.into_keys().collect();
    (count > 0).then(|| format!("the host: {} ({count} import{plural})", names.join(", ")))
}

fn host(graph: &Graph) -> String {
    let (types, others): (Vec<&HostImport>, Vec<_>) = graph.imports.iter().partition(|import| import.types_only);
    let mut groups: BTreeMap<&str, Vec<&HostImport>> = BTreeMap::new();
    others.into_iter().for_each(|import| groups.entry(&import.group).or_default().push(import));
    let mut out = String::from(if groups.is_empty() { "\nasks nothing of the host\n" } else { "\nthe host\n" });
    let types = (!types.is_empty()).then_some(("types only, which ask nothing", types));
    for (group, imports) in groups.into_iter().chain(types) {
        out.push_str(&format!("  {}\n", line(group)));
        imports.into_iter().for_each(|import| out.push_str(&format!("    {}\n", line(&import.name))));
    }
    out
}
