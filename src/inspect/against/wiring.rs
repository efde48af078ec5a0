//! Instances and wires of two builds.

use super::names::{key, nodes, same, told};
use super::{Added, Composed, Rebuilt, Rewired, Since, Told, Wanted};
use crate::inspect::anatomy::{Anatomy, Of};
use crate::model::component::Digest;
use crate::model::graph::{End, Graph, Wire};
use std::collections::{BTreeMap, BTreeSet};

/// The digest and size of each instance's component, in both builds.
pub(super) struct Sizes {
    pub old: BTreeMap<String, (Digest, usize)>,
    pub new: BTreeMap<String, (Digest, usize)>,
}

impl Sizes {
    /// Whether an instance that is in both has a component of other bytes.
    pub(super) fn differ(&self, instance: &str) -> bool {
        match (self.old.get(instance), self.new.get(instance)) {
            (Some((old, _)), Some((new, _))) => old != new,
            _ => false,
        }
    }
}

pub(super) fn sizes_of(anatomy: &Anatomy, graph: &Graph) -> BTreeMap<String, (Digest, usize)> {
    let file = anatomy.file();
    let whole = file.component().filter(|whole| whole.is_composition());
    let Some(whole) = whole else {
        return graph.instances.iter().map(|node| (node.name.clone(), (file.digest, file.bytes))).collect();
    };
    let instances = whole.instances.iter().filter_map(|instance| match instance.of {
        Of::Part(part) => {
            let part = anatomy.part(part);
            Some((instance.name.clone(), (part.digest, part.bytes)))
        }
        Of::Elsewhere => None,
    });
    instances.collect()
}

pub(super) fn sizes_in(new: Composed<'_>) -> BTreeMap<String, (Digest, usize)> {
    let instances = new.plan.instances.iter().map(|instance| {
        let component = new.components.get(instance.component);
        (instance.name.clone(), (component.digest, component.bytes.len()))
    });
    instances.collect()
}

/// For whom an instance is there: the first wire that leads to it.
pub(super) fn wanted(graph: &Graph, name: &str) -> Option<Wanted> {
    let leads = |wire: &&Wire| matches!(wire.from, End::Instance(at, _) if graph.instances[at].name == name);
    graph.instances.iter().find_map(|node| {
        let wire = node.wires.iter().find(leads)?;
        Some(Wanted { instance: node.name.clone(), import: wire.import.clone() })
    })
}

pub(super) fn compare(old: &Graph, new: &Graph, sizes: &Sizes, since: &mut Since) {
    let (before, now) = (nodes(old), nodes(new));
    for (name, node) in &now {
        let Some(was) = before.get(name) else {
            since.added.push(Added {
                instance: (*name).to_owned(),
                component: node.component.clone(),
                wanted: wanted(new, name),
            });
            continue;
        };
        if sizes.differ(name) {
            let (old_bytes, new_bytes) = (sizes.old[*name].1, sizes.new[*name].1);
            since.rebuilt.push(Rebuilt { instance: (*name).to_owned(), old_bytes, new_bytes });
        }
        let wires = |graph: &Graph, wires: &[Wire]| -> BTreeMap<String, (String, Told)> {
            wires.iter().map(|wire| (key(&wire.import), (wire.import.clone(), told(graph, &wire.from)))).collect()
        };
        let (were, are) = (wires(old, &was.wires), wires(new, &node.wires));
        let keys: BTreeSet<&String> = were.keys().chain(are.keys()).collect();
        for key in keys {
            let (was, is) = (were.get(key), are.get(key));
            if was.zip(is).is_some_and(|((_, was), (_, is))| same(was, is)) {
                continue;
            }
            // What came from the host, or goes to it, is told with the imports of the whole.
            let ends = [was, is].into_iter().flatten();
            if ends.clone().any(|(_, told)| matches!(told, Told::Instance(..))) {
                since.rewired.push(Rewired {
                    instance: (*name).to_owned(),
                    import: is.or(was).map(|(import, _)| import.clone()).unwrap_or_default(),
                    old: was.map(|(_, told)| told.clone()),
                    new: is.map(|(_, told)| told.clone()),
                });
            }
        }
    }
    since.removed.extend(before.keys().filter(|name| !now.contains_key(*name)).map(|name| (*name).to_owned()));
}
