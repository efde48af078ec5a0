//! Packages that the judged ones use: which version, and whether the types taken from there are still the same.

use super::interface::{self, Body};
use super::pairs::{Met, track};
use super::{Differ, Which, kinds, text, types};
use crate::contract::change::{ItemPath, Said};
use crate::contract::rule::table;
use crate::contract::rules::{types as rules_of_types, uses as rules};
use crate::contract::statements::Statements;
use crate::contract::wit_types::ground;
use std::collections::{BTreeMap, BTreeSet};
use wit_parser::{InterfaceId, PackageId, TypeDefKind, TypeId, TypeOwner, WorldId, WorldItem};

/// Who uses a package, and the first place where.
#[derive(Default)]
struct Uses {
    by: BTreeSet<String>,
    first: Option<Said>,
    /// Whether functions are imported or exported: these are found by version.
    functions: bool,
    /// The resources that are used, by where they are declared.
    resources: BTreeMap<ItemPath, TypeId>,
}

/// What of a package is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Used {
    Type(TypeId),
    Types,
    Functions,
}

pub(super) fn compare(differ: &mut Differ<'_>) {
    let component = differ.sides.iter().any(|side| side.component.is_some());
    let mut used = [uses(differ, Which::Old), uses(differ, Which::New)];
    for pair in differ.pairs.packages.clone() {
        let (Some(was), Some(is)) = (used[0].remove(&pair.old), used[1].remove(&pair.new)) else { continue };
        let names = (&differ.before().packages[pair.old].name, &differ.after().packages[pair.new].name);
        if names.0.version == names.1.version {
            continue;
        }
        let same = track(names.0) == track(names.1) && names.0.version.is_some();
        // What a judged package is called is told of the package; that others stay on its old track is not.
        if same && pair.judged && !component {
            continue;
        }
        let rule = if same { &rules::USE_DEP_BUMPED_IN_TRACK } else { &rules::USE_DEP_TRACK_CHANGED };
        if !same {
            resources(differ, &was.resources, &is.resources);
            if !(was.functions || is.functions || was.resources.is_empty() && is.resources.is_empty()) {
                continue;
            }
        }
        let item = ItemPath::package(differ.side(Which::Old).package_name(pair.old));
        let change = differ.push(rule, item, was.first, is.first);
        change.reaches = was.by.union(&is.by).cloned().collect();
        if !same && !was.functions && !is.functions {
            // Values are the same wherever they are declared.
            change.effects = table::effects("....xx");
        }
    }
}

/// Resources of a package whose version does not stand in for the old one: each is another resource now.
fn resources(differ: &mut Differ<'_>, old: &BTreeMap<ItemPath, TypeId>, new: &BTreeMap<ItemPath, TypeId>) {
    for (item, one) in old {
        if let Some(other) = new.get(item) {
            let both = kinds::both(differ, item.clone(), *one, *other);
            let reaches = types::reaches(differ, item, *one, *other);
            differ.push(&rules::USE_DEP_TRACK_CHANGED, both.item, both.old, both.new).reaches = reaches;
        }
    }
}

/// The uses of other packages in what is judged.
fn uses(differ: &Differ<'_>, which: Which) -> BTreeMap<PackageId, Uses> {
    let (side, resolve) = (differ.side(which), differ.resolve(which));
    let mut uses: BTreeMap<PackageId, Uses> = BTreeMap::new();
    let mut add = |packages: [Option<PackageId>; 2], by: ItemPath, what: Used, said: &dyn Fn() -> Option<Said>| {
        let [package, own] = packages;
        if let Some(package) = package.filter(|package| Some(*package) != own) {
            let uses = uses.entry(package).or_default();
            uses.functions |= what == Used::Functions;
            if let Used::Type(id) = what
                && let origin = ground(resolve, id)
                && matches!(resolve.types[origin].kind, TypeDefKind::Resource)
                && let Some(path) = side.type_path(origin).filter(|path| path.package == side.package_name(package))
            {
                uses.resources.insert(path, origin);
            }
            uses.by.extend(by.interface());
            if uses.first.is_none() {
                uses.first = said();
            }
        }
    };
    for interface in interfaces(differ, which) {
        let of = &resolve.interfaces[interface];
        let Some(path) = side.interface_path(interface) else { continue };
        for id in of.types.values() {
            let dep = resolve.type_interface_dep(*id).and_then(|dep| resolve.interfaces[dep].package);
            let said = || differ.said(which, text::definition(resolve, *id), resolve.types[*id].span);
            add([dep, of.package], path.clone(), Used::Type(*id), &said);
        }
    }
    // What the world of a component names are its needs, and what it exports, which is judged itself.
    let worlds = worlds(differ, which).into_iter().filter(|_| side.component.is_none());
    for id in worlds {
        let world = &resolve.worlds[id];
        let Some(path) = side.world_path(id) else { continue };
        let statements = Statements::of(side, id);
        for (word, items) in [("import", &world.imports), ("export", &world.exports)] {
            for (key, item) in items {
                let (dep, what) = match item {
                    WorldItem::Interface { id, .. } => {
                        let interface = &resolve.interfaces[*id];
                        let what = if interface.functions.is_empty() { Used::Types } else { Used::Functions };
                        (interface.package, what)
                    }
                    WorldItem::Type { id, .. } => {
                        let dep = resolve.type_interface_dep(*id).and_then(|dep| resolve.interfaces[dep].package);
                        (dep, Used::Type(*id))
                    }
                    WorldItem::Function(_) => continue,
                };
                let text = || text::world_item(resolve, id, word, key, item);
                let said = || Some(statements.said(text(), word, key, item));
                add([dep, world.package], path.clone(), what, &said);
            }
        }
    }
    uses
}

/// The judged interfaces of one side that both sides have.
fn interfaces(differ: &Differ<'_>, which: Which) -> Vec<InterfaceId> {
    let one = |met: &Met<InterfaceId>| match (*met, which) {
        (Met::Both(old, _) | Met::Renamed(old, _), Which::Old) => Some(old),
        (Met::Both(_, new) | Met::Renamed(_, new), Which::New) => Some(new),
        _ => None,
    };
    differ.pairs.interfaces.iter().filter_map(one).collect()
}

fn worlds(differ: &Differ<'_>, which: Which) -> Vec<WorldId> {
    let one = |met: &Met<WorldId>| match (*met, which) {
        (Met::Both(old, _) | Met::Renamed(old, _), Which::Old) => Some(old),
        (Met::Both(_, new) | Met::Renamed(_, new), Which::New) => Some(new),
        _ => None,
    };
    differ.pairs.worlds.iter().filter_map(one).collect()
}

/// Packages whose changes are told; of components, interfaces.
fn judged(differ: &Differ<'_>) -> BTreeSet<String> {
    let side = differ.side(Which::Old);
    if differ.sides.iter().any(|side| side.component.is_some()) {
        let paths = interfaces(differ, Which::Old).into_iter().filter_map(|id| side.interface_path(id)?.interface());
        return paths.collect();
    }
    let pairs = differ.pairs.packages.iter().filter(|pair| pair.judged);
    pairs.map(|pair| side.package_name(pair.old)).collect()
}

/// The judged worlds that import or export an interface, before and after.
fn bringing(differ: &Differ<'_>, body: &Body) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    // What a component imports it needs, and what it exports is judged itself.
    if differ.sides.iter().any(|side| side.component.is_some()) {
        return found;
    }
    for (which, owner) in [Which::Old, Which::New].into_iter().zip(body.owners) {
        let (side, TypeOwner::Interface(interface)) = (differ.side(which), owner) else { continue };
        for world in worlds(differ, which) {
            let of = &side.resolve.worlds[world];
            let is = |item: &WorldItem| matches!(item, WorldItem::Interface { id, .. } if *id == interface);
            if of.imports.values().chain(of.exports.values()).any(is) {
                found.extend(side.world_path(world).and_then(|path| path.interface()));
            }
        }
    }
    found
}

/// What changed in an interface that is only used: each type that something judged speaks of, and where a judged world brings the
/// interface in, all of it. Told where it is declared, with whom it reaches.
pub(super) fn upstream(differ: &mut Differ<'_>, body: &Body) {
    let judged = judged(differ);
    let bringing = bringing(differ, body);
    for met in &body.types {
        let (Met::Both(one, other) | Met::Renamed(one, other)) = *met else { continue };
        let start = differ.changes.len();
        types::compare(differ, body, one, other);
        let told = differ.changes.split_off(start);
        let breaking = told.iter().find(|change| !change.effects.is_none());
        let Some(breaking) = breaking else { continue };
        let unused = (breaking.rule == &rules_of_types::TYPE_UNUSED_CHANGED).then_some(breaking.effects);
        let name = differ.before().types[one].name.clone().unwrap_or_default();
        let both = kinds::both(differ, body.paths[0].below(name), one, other);
        let mut reaches = types::reaches(differ, &both.item, one, other);
        reaches.retain(|place| {
            judged
                .iter()
                .any(|of| place.strip_prefix(of.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
        });
        if unused.is_none() {
            reaches.extend(bringing.iter().cloned());
            reaches.sort();
            reaches.dedup();
        }
        if !reaches.is_empty() {
            let change = differ.push(&rules::USE_TYPE_CHANGED_UPSTREAM, both.item, both.old, both.new);
            change.reaches = reaches;
            change.effects = unused.unwrap_or(change.effects);
        }
    }
    if bringing.is_empty() {
        return;
    }
    let start = differ.changes.len();
    interface::compare_functions(differ, body);
    for mut change in differ.changes.split_off(start) {
        if !change.effects.is_none() {
            change.reaches = bringing.iter().cloned().collect();
            differ.changes.push(change);
        }
    }
}
