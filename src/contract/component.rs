//! What a comparison with a component says, and what it does not.
//!
//! A component carries less than WIT: of what it imports only what it uses, and no gates. What is missing for that reason is
//! no change. And what it imports is a need and no promise: that it needs more, less or something else is worth a note to
//! whoever runs it, and breaks nobody who calls it.

use super::change::{Change, ItemPath, Said};
use super::counterpart::{Part, part};
use super::fault::{Detail, Fault};
use super::rule::{Area, Bump, Effects, table};
use super::rules::component::{IMPORT_USED_OTHERWISE, NOT_DESCRIBED};
use super::rules::{gate, interface, world, world_export};
use super::side::Side;
use super::text;
use std::collections::{BTreeMap, BTreeSet};
use wit_parser::{InterfaceId, WorldItem, WorldKey};

/// Takes out of the changes what is only not carried along.
pub fn meant(old: &Side, new: &Side, changes: Vec<Change>) -> Vec<Change> {
    let components = [old, new].map(|side| side.component.is_some());
    if components == [false, false] {
        return changes;
    }
    let both = components == [true, true];
    // Between components nothing of slices is compared.
    let used = [old, new].map(|side| if both { BTreeSet::new() } else { used(side) });
    let is_in = |which: usize, change: &Change| {
        let paths = [Some(&change.item), change.became.as_ref()];
        paths.into_iter().flatten().filter_map(ItemPath::interface).any(|path| used[which].contains(&path))
    };
    let not_carried = |change: &Change| {
        let gates = [&gate::UNSTABLE_TO_STABLE, &gate::STABLE_TO_UNSTABLE].contains(&change.rule);
        gates || change.old.is_none() && is_in(0, change) || change.new.is_none() && is_in(1, change)
    };
    let mut changes = changes;
    changes.retain(|change| !not_carried(change));
    for change in changes.iter_mut().filter(|_| both) {
        if change.rule == &interface::INTERFACE_ADDED {
            // The package may have had the interface all along.
            change.bump = Bump::None;
        } else if change.rule == &world_export::WORLD_EXPORT_ADDED {
            // A world asks its exports of others, a component gives its own.
            (change.bump, change.effects) = (Bump::None, Effects::NONE);
        } else if change.rule == &world_export::WORLD_EXPORT_REMOVED {
            change.effects = table::effects("x..xx.");
        }
    }
    changes
}

/// Whether a change is about what a component needs.
pub fn is_need(old: &Side, new: &Side, change: &Change) -> bool {
    let (Some(_), Some(of)) = (old.component, new.component) else { return false };
    let own_exports = new.resolve.worlds[of].exports.keys().any(|key| matches!(key, WorldKey::Name(_)));
    match change.rule.area {
        Area::WorldImport => true,
        Area::World => change.rule != &world::WORLD_TYPE_CHANGED || !own_exports,
        _ => false,
    }
}

/// What is to be said besides changes.
pub fn faults(old: &Side, new: &Side) -> Vec<Fault> {
    match (old.component, new.component) {
        (None, None) => Vec::new(),
        (Some(_), Some(_)) => used_otherwise(old, new),
        (Some(_), None) => not_described(old, new),
        (None, Some(_)) => not_described(new, old),
    }
}

/// The interfaces of which a component has what it uses, by name without version.
fn used(side: &Side) -> BTreeSet<String> {
    imports(side).into_iter().map(|(path, _)| path).collect()
}

fn imports(side: &Side) -> Vec<(String, InterfaceId)> {
    let Some(world) = side.component else { return Vec::new() };
    let of = |(key, item): (&WorldKey, &WorldItem)| match (key, item) {
        (WorldKey::Interface(_), WorldItem::Interface { id, .. }) if part(side, *id) == Some(Part::Used) => {
            Some((side.interface_path(*id)?.interface()?, *id))
        }
        _ => None,
    };
    side.resolve.worlds[world].imports.iter().filter_map(of).collect()
}

/// Imports that both have, and of which the new one uses other functions or types.
fn used_otherwise(old: &Side, new: &Side) -> Vec<Fault> {
    let by_path = |side: &Side| {
        let mut found: BTreeMap<String, Vec<InterfaceId>> = BTreeMap::new();
        imports(side).into_iter().for_each(|(path, id)| found.entry(path).or_default().push(id));
        found
    };
    let (were, are) = (by_path(old), by_path(new));
    let mut faults = Vec::new();
    for (path, ids) in &were {
        let Some(others) = are.get(path) else { continue };
        let items = |side: &Side, ids: &[InterfaceId]| {
            ids.iter().flat_map(|id| items(side, *id)).collect::<BTreeSet<(String, String)>>()
        };
        let (was, is) = (items(old, ids), items(new, others));
        let differing: BTreeSet<String> = was.symmetric_difference(&is).map(|(name, _)| name.clone()).collect();
        let Some(item) = new.interface_path(others[0]).filter(|_| !differing.is_empty()) else { continue };
        let said = |side: &Side, id: InterfaceId, items: &BTreeSet<(String, String)>| {
            let names: BTreeSet<&str> = items.iter().map(|(name, _)| name.as_str()).collect();
            let names = names.into_iter().collect::<Vec<_>>().join(", ");
            Said { text: format!("import {path} {{ {names} }}"), at: side.at(side.resolve.interfaces[id].span) }
        };
        faults.push(Fault {
            rule: &IMPORT_USED_OTHERWISE,
            item,
            old: Some(said(old, ids[0], &was)),
            new: Some(said(new, others[0], &is)),
            detail: Detail::Functions(differing.into_iter().collect()),
        });
    }
    faults
}

/// The functions and types of an interface, each with its name and its declaration.
fn items(side: &Side, id: InterfaceId) -> Vec<(String, String)> {
    let interface = &side.resolve.interfaces[id];
    let functions = interface.functions.values().map(|function| {
        let of = function.kind.resource().and_then(|of| side.resolve.types[of].name.as_deref());
        let name = of.map_or(String::new(), |of| format!("{of}.")) + function.item_name();
        (name, text::function(&side.resolve, function))
    });
    let types = interface.types.iter();
    let types = types.map(|(name, ty)| (name.clone(), text::definition(&side.resolve, *ty)));
    functions.chain(types).collect()
}

/// Packages of a component that the WIT it is compared with says nothing of.
fn not_described(component: &Side, wit: &Side) -> Vec<Fault> {
    let names = |side: &Side| side.packages.iter().map(|id| side.package_name(*id)).collect::<BTreeSet<_>>();
    let unknown: Vec<String> = names(component).difference(&names(wit)).cloned().collect();
    let world = component.component.and_then(|id| component.world_path(id));
    let Some(world) = world.filter(|_| !unknown.is_empty()) else { return Vec::new() };
    vec![Fault::new(&NOT_DESCRIBED, ItemPath::package(world.package), None).with(Detail::SpokenOfBy(unknown))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::example::sides;
    use crate::contract::rule::Rule;
    use crate::contract::rules;

    /// A component's side, if the text has the world of one.
    fn as_component(mut side: Side) -> Side {
        let main = side.packages[0];
        if let Some(world) = side.resolve.packages[main].worlds.get("root") {
            side.component = Some(*world);
            side.packages = side.resolve.packages.iter().map(|(id, _)| id).filter(|id| *id != main).collect();
        }
        side
    }

    fn told(rule: &Rule) -> [Vec<&'static str>; 2] {
        let (old, new) = sides(rule, &rule.examples[0]).expect("an example").expect("WIT");
        let (old, new) = (as_component(old), as_component(new));
        [faults(&old, &new), faults(&old, &old)].map(|found| found.iter().map(|fault| fault.rule.id).collect())
    }

    #[test]
    fn every_example_shows_its_rule() {
        for rule in rules::component::RULES {
            assert_eq!(told(rule), [vec![rule.id], Vec::new()]);
        }
    }

    #[test]
    fn what_is_used_of_an_import_is_no_version_of_it() {
        let side = |text: &str| as_component(Side::of_text("a.wit", text).expect("WIT"));
        let text = |functions: &str| {
            format!(
                "package root:component; world root {{ import a:b/i@1.0.0; export a:c/j@1.0.0; }} \
                 package a:b@1.0.0 {{ interface i {{ {functions} }} }} package a:c@1.0.0 {{ interface j {{ f: func(); }} }}"
            )
        };
        let (old, new) = (side(&text("f: func();")), side(&text("f: func(); g: func();")));
        assert_eq!(meant(&old, &new, crate::contract::diff::run(&old, &new)), []);
        let gone = side(
            "package root:component; world root { import a:b/i@1.0.0; } package a:b@1.0.0 { interface i { f: func(); } }",
        );
        let changes = meant(&old, &gone, crate::contract::diff::run(&old, &gone));
        let changes: Vec<_> = changes.iter().map(|change| (change.rule.id, change.item.to_string())).collect();
        assert_eq!(changes, [("interface-removed", "a:c/j".to_owned())]);
        let wit =
            Side::of_text("b.wit", "package a:b@1.0.0; interface i { f: func(); h: func(x: u32); }").expect("WIT");
        assert_eq!(meant(&old, &wit, crate::contract::diff::run(&old, &wit)), []);
        let changes = meant(&new, &wit, crate::contract::diff::run(&new, &wit));
        let changes: Vec<_> = changes.iter().map(|change| (change.rule.id, change.item.to_string())).collect();
        assert_eq!(changes, [("func-removed", "a:b/i.g".to_owned())]);
    }
}
