//! Names of two builds, matched without their versions.

use crate::model::graph::{End, Graph, Node};
use crate::model::name::{ExternName, InterfaceName, Track, match_key};
use std::collections::BTreeMap;

/// What fills an import, by names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// An instance, and its export.
    Instance(String, String),
    /// The host.
    Host(String),
    /// The component around, or nothing.
    Other,
}

/// What a name is matched by: the interface without its version, or the plain name. Items of interfaces keep their own.
pub(super) fn key(name: &str) -> String {
    let (head, item) = match name.split_once('#') {
        Some((head, item)) => (head, Some(item)),
        None => (name, None),
    };
    let name = ExternName::parse(head, None);
    let key = match_key(name.interface(), head);
    item.map_or_else(|| key.clone(), |item| format!("{key}#{item}"))
}

/// What a port of the whole is matched by: the name, and the semver track of its version, for another track is another thing to
/// its host.
pub(super) fn slot(name: &str) -> String {
    let track = ExternName::parse(name, None).interface().map(InterfaceName::track);
    match track {
        Some(Track::Semver(track)) => format!("{}@{track}", key(name)),
        Some(Track::Unversioned) | None => key(name),
    }
}

/// Where a wire comes from, by names.
pub(super) fn told(graph: &Graph, end: &End) -> Told {
    match end {
        End::Instance(at, export) => Told::Instance(graph.instances[*at].name.clone(), export.clone()),
        End::Host(at) => Told::Host(graph.imports[*at].name.clone()),
        End::Around | End::Nothing => Told::Other,
    }
}

/// Whether two ends are the same but for versions.
pub(super) fn same(one: &Told, other: &Told) -> bool {
    match (one, other) {
        (Told::Instance(one, export), Told::Instance(other, other_export)) => {
            one == other && key(export) == key(other_export)
        }
        (Told::Host(one), Told::Host(other)) => key(one) == key(other),
        (Told::Other, Told::Other) => true,
        _ => false,
    }
}

/// The instances by name.
pub(super) fn nodes(graph: &Graph) -> BTreeMap<&str, &Node> {
    graph.instances.iter().map(|node| (node.name.as_str(), node)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_do_not_count() {
        assert_eq!(key("wasi:io/streams@0.2.3"), key("wasi:io/streams@0.2.6"));
        assert_eq!(key("wasi:io/streams@0.2.3#[method]r.f"), "wasi:io/streams#[method]r.f");
        assert_ne!(key("wasi:io/streams"), key("wasi:io/poll"));
        assert_eq!(key("log"), "log");
        assert_eq!(slot("wasi:io/streams@0.2.3"), slot("wasi:io/streams@0.2.6"));
        assert_ne!(slot("wasi:http/types@0.2.3"), slot("wasi:http/types@0.3.0"));
    }
}
