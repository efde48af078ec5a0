//! Pictures of a wiring: a text tree, DOT for Graphviz, Mermaid for pages, JSON for programs.
//!
//! All are made of one [`Graph`], whether it comes of a plan ([`of_plan`]) or of a finished artifact. Arrows lead from
//! who asks to who provides, since a reader begins with what the result exports and asks what that needs.

mod dot;
mod json;
mod mermaid;
mod of_plan;
mod tree;

pub use dot::dot;
pub use json::json;
pub use mermaid::mermaid;
pub use of_plan::of_plan;
pub use tree::tree;

use crate::model::graph::{End, Graph, Wire};
use std::collections::BTreeMap;

/// Open imports by group: `(group, positions)`. Those of types alone ask nothing, so no arrow leads to them; they are
/// there only for an export that passes them on.
fn host_groups(graph: &Graph) -> BTreeMap<&str, Vec<usize>> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, import) in graph.imports.iter().enumerate() {
        if !import.types_only {
            groups.entry(&import.group).or_default().push(at);
        } else if graph.exports.iter().any(|export| export.from == End::Host(at)) {
            groups.entry(TYPES_ONLY).or_default().push(at);
        }
    }
    groups
}

/// The group of imports that have types only.
const TYPES_ONLY: &str = "types only";

/// Whether a wire gives nothing but types of the host.
fn is_types_only(graph: &Graph, wire: &Wire) -> bool {
    matches!(wire.from, End::Host(import) if graph.imports[import].types_only)
}

/// The name of an instance, with that of its component if it is another one.
fn node_name(graph: &Graph, at: usize) -> String {
    let node = &graph.instances[at];
    match node.name == node.component {
        true => node.name.clone(),
        false => format!("{} ({})", node.name, node.component),
    }
}

/// What a wire is labelled with: the import, and the name at the other end where that is another one.
fn wire_label(graph: &Graph, import: &str, from: &End) -> String {
    let other = match from {
        End::Instance(_, export) => export,
        End::Host(at) => &graph.imports[*at].name,
        End::Around | End::Nothing => import,
    };
    if other == import { import.to_owned() } else { format!("{import} from {other}") }
}
