//! Imports and exports of two builds.

use super::names::{key, nodes, slot, told};
use super::wiring::{Sizes, wanted};
use super::{Because, Moved, Opened, Retyped, Since, Through, Told};
use crate::model::component::item_name;
use crate::model::graph::{End, Graph, HostImport};
use crate::types::fit::{View, differences};
use crate::types::shape::{Entity, Item, Shape};
use std::collections::{BTreeMap, BTreeSet};

/// Imports that ask for something, by what they are matched by.
fn by_key(graph: &Graph) -> BTreeMap<String, Vec<(usize, &HostImport)>> {
    let mut all: BTreeMap<String, Vec<(usize, &HostImport)>> = BTreeMap::new();
    for (at, import) in graph.imports.iter().enumerate().filter(|(_, import)| !import.types_only) {
        all.entry(slot(&import.name)).or_default().push((at, import));
    }
    all
}

pub(super) fn imports((old, was): (&Graph, &Shape), (new, is): (&Graph, &Shape), sizes: &Sizes, since: &mut Since) {
    let (before, now) = (by_key(old), by_key(new));
    for (key, imports) in &now {
        let Some(earlier) = before.get(key) else {
            for (at, import) in imports {
                let through = through(old, new, *at, sizes);
                since.opened.push(Opened { name: import.name.clone(), group: import.group.clone(), through });
            }
            continue;
        };
        since.moved.extend(moved(false, earlier.iter().map(|it| &it.1.name), imports.iter().map(|it| &it.1.name)));
        let functions = |shape: &Shape| -> BTreeSet<String> {
            let of_key = shape.imports.iter().filter(|(name, item)| slot(&item_name(name, item).to_string()) == *key);
            of_key.flat_map(|(_, item)| functions(item)).collect()
        };
        let came: Vec<String> = functions(is).difference(&functions(was)).cloned().collect();
        if !came.is_empty() {
            since.widened.push((imports[0].1.name.clone(), came));
        }
    }
    for (_, imports) in before.iter().filter(|(key, _)| !now.contains_key(*key)) {
        since.closed.extend(imports.iter().map(|(_, import)| import.name.clone()));
    }
}

/// Names that changed their version only: each that is not there any more, with the one that came in its place.
fn moved<'a>(
    exported: bool,
    old: impl Iterator<Item = &'a String>,
    new: impl Iterator<Item = &'a String>,
) -> Vec<Moved> {
    let (old, new): (BTreeSet<&String>, BTreeSet<&String>) = (old.collect(), new.collect());
    let (mut went, mut came) = (old.difference(&new), new.difference(&old));
    let mut moved = Vec::new();
    loop {
        match (went.next(), came.next()) {
            (Some(went), Some(came)) => {
                moved.push(Moved { exported, old: (*went).clone(), new: (*came).clone() });
            }
            // A version more, or less, beside one that stays.
            (Some(went), None) => {
                let stays = new.first().expect("the name is there in some version");
                moved.push(Moved { exported, old: (*went).clone(), new: (*stays).clone() });
            }
            (None, Some(came)) => {
                let stays = old.first().expect("the name was there in some version");
                moved.push(Moved { exported, old: (*stays).clone(), new: (*came).clone() });
            }
            (None, None) => return moved,
        }
    }
}

/// Who asks for an import of the result, and how it came to that.
fn through(old: &Graph, new: &Graph, import: usize, sizes: &Sizes) -> Vec<Through> {
    let before = nodes(old);
    let mut through = BTreeSet::new();
    for node in &new.instances {
        for wire in node.wires.iter().filter(|wire| wire.from == End::Host(import)) {
            let because = match before.get(node.name.as_str()) {
                None => Because::New(wanted(new, &node.name)),
                Some(was) => {
                    let earlier = was.wires.iter().find(|it| key(&it.import) == key(&wire.import));
                    match earlier.map(|it| told(old, &it.from)) {
                        Some(Told::Instance(instance, _)) => Because::WasFilledBy(instance),
                        _ if sizes.differ(&node.name) => Because::Rebuilt,
                        _ => Because::Unknown,
                    }
                }
            };
            through.insert(Through { instance: node.name.clone(), because });
        }
    }
    through.into_iter().collect()
}

fn functions(item: &Item) -> Vec<String> {
    match &item.entity {
        Entity::Instance(items) => {
            let functions = items.iter().filter(|(_, item)| matches!(item.entity, Entity::Func(_)));
            functions.map(|(name, _)| name.clone()).collect()
        }
        _ => Vec::new(),
    }
}

pub(super) fn exports(old: &Shape, new: &Shape, since: &mut Since) {
    let all = |shape| -> BTreeMap<String, (String, &Item)> {
        let shape: &Shape = shape;
        let named = shape.exports.iter().map(|(name, item)| (item_name(name, item).to_string(), item));
        named.map(|(name, item)| (slot(&name), (name, item))).collect()
    };
    let (before, now) = (all(old), all(new));
    for (key, (name, item)) in &now {
        let Some((was, earlier)) = before.get(key) else {
            since.exported.push(name.clone());
            continue;
        };
        since.moved.extend(moved(true, [was].into_iter(), [name].into_iter()));
        let (is, was) = (View { shape: new, entity: &item.entity }, View { shape: old, entity: &earlier.entity });
        let breaks: Vec<String> = differences(is, was).iter().map(ToString::to_string).collect();
        let items = |item: &Item| -> BTreeSet<String> {
            match &item.entity {
                Entity::Instance(items) => items.keys().cloned().collect(),
                _ => BTreeSet::new(),
            }
        };
        let came: Vec<String> = items(item).difference(&items(earlier)).cloned().collect();
        if !breaks.is_empty() || !came.is_empty() {
            since.retyped.push(Retyped { name: name.clone(), breaks, came });
        }
    }
    since.withdrawn.extend(before.iter().filter(|(key, _)| !now.contains_key(*key)).map(|(_, (name, _))| name.clone()));
}
