//! Worlds: what they import and export, and how.
//!
//! A world's imports name also every interface that those it names use types of. Such an import comes and goes with the
//! interface that needs it, and what changed there is told there.

use super::implied::Implied;
use super::interface::Body;
use super::pairs::{self, Met};
use super::{Differ, Which, function, gates, text};
use crate::contract::change::{ItemPath, Said};
use crate::contract::gate::is_unstable;
use crate::contract::rule::{Bump, Effects, Rule, table};
use crate::contract::rules::{alias, function as functions, gate, world as rules, world_export, world_import};
use crate::contract::statements::Statements;
use crate::contract::wit_types::children;
use indexmap::IndexMap;
use std::collections::HashSet;
use wit_parser::{InterfaceId, Resolve, Type, TypeId, TypeOwner, WorldId, WorldItem, WorldKey};

/// Under which name something is imported or exported, so that both sides can be asked for it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Label(String),
    /// Of the new side.
    Interface(InterfaceId),
    /// Of the old side, without a partner.
    Gone(InterfaceId),
}

/// The imports or exports of a world, types aside.
type Items<'a> = IndexMap<Key, (&'a WorldKey, &'a WorldItem)>;

/// Whether it is about imports or exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Import,
    Export,
}

impl Direction {
    fn word(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Export => "export",
        }
    }
}

/// A pair of worlds.
struct Worlds<'a> {
    path: ItemPath,
    old: WorldId,
    new: WorldId,
    /// Imports, then exports, of the old side, then the new.
    items: [[Items<'a>; 2]; 2],
    /// Of the old side and the new one.
    implied: [Implied; 2],
    statements: [Statements<'a>; 2],
    /// Interfaces that went as wholes.
    removed: &'a HashSet<InterfaceId>,
}

pub(super) fn compare(differ: &mut Differ<'_>) {
    let removed = differ.pairs.interfaces.iter().filter_map(|met| match met {
        Met::Removed(id) => Some(*id),
        _ => None,
    });
    let removed: HashSet<InterfaceId> = removed.collect();
    for met in differ.pairs.worlds.clone() {
        match met {
            Met::Both(old, new) => between(differ, &removed, old, new),
            Met::Renamed(old, new) => {
                whole(differ, &rules::WORLD_RENAMED, Some(old), Some(new));
                between(differ, &removed, old, new);
            }
            Met::Removed(old) => whole(differ, &rules::WORLD_REMOVED, Some(old), None),
            Met::Added(new) => whole(differ, &rules::WORLD_ADDED, None, Some(new)),
        }
    }
}

/// Tells of a whole world.
fn whole(differ: &mut Differ<'_>, rule: &'static Rule, old: Option<WorldId>, new: Option<WorldId>) {
    let said = |which: Which, id: WorldId| {
        let world = &differ.resolve(which).worlds[id];
        differ.said(which, format!("world {}", text::name(&world.name)), world.span)
    };
    let said = (old.and_then(|id| said(Which::Old, id)), new.and_then(|id| said(Which::New, id)));
    let path = old.and_then(|id| differ.side(Which::Old).world_path(id));
    let Some(path) = path.or_else(|| new.and_then(|id| differ.side(Which::New).world_path(id))) else { return };
    let gated = |which: Which, id: WorldId| is_unstable(&differ.resolve(which).worlds[id].stability);
    let unstable = [old.is_some_and(|id| gated(Which::Old, id)), new.is_some_and(|id| gated(Which::New, id))];
    let rule = if new.is_none() && unstable[0] { &gate::UNSTABLE_ITEM_REMOVED } else { rule };
    let change = differ.push(rule, path, said.0, said.1);
    if old.is_none() && unstable[1] {
        gates::free(change);
    }
}

fn items<'a>(differ: &Differ<'a>, which: Which, items: &'a IndexMap<WorldKey, WorldItem>) -> Items<'a> {
    let key = |key: &WorldKey| match (key, which) {
        (WorldKey::Name(name), _) => Key::Label(name.clone()),
        (WorldKey::Interface(id), Which::New) => Key::Interface(*id),
        (WorldKey::Interface(id), Which::Old) => differ.became(*id).map_or(Key::Gone(*id), Key::Interface),
    };
    let told = |item: &WorldItem| match item {
        WorldItem::Interface { .. } => true,
        WorldItem::Function(function) => function.kind.resource().is_none(),
        WorldItem::Type { .. } => false,
    };
    items.iter().filter(|(_, item)| told(item)).map(|(name, item)| (key(name), (name, item))).collect()
}

fn between(differ: &mut Differ<'_>, gone: &HashSet<InterfaceId>, old: WorldId, new: WorldId) {
    let Some(path) = differ.side(Which::Old).world_path(old) else { return };
    let (was, is) = (&differ.before().worlds[old], &differ.after().worlds[new]);
    let both = [
        [items(differ, Which::Old, &was.imports), items(differ, Which::Old, &was.exports)],
        [items(differ, Which::New, &is.imports), items(differ, Which::New, &is.exports)],
    ];
    let implied = [Implied::of(differ.before(), old), Implied::of(differ.after(), new)];
    let statements = [Statements::of(differ.side(Which::Old), old), Statements::of(differ.side(Which::New), new)];
    let worlds = Worlds { path, old, new, items: both, implied, statements, removed: gone };
    gate(differ, &worlds, &worlds.path, (&was.stability, &is.stability), || None);
    for direction in [Direction::Import, Direction::Export] {
        one_way(differ, &worlds, direction);
    }
}

/// Imports, or exports.
fn one_way(differ: &mut Differ<'_>, worlds: &Worlds<'_>, direction: Direction) {
    let at = direction as usize;
    let [old, new] = [&worlds.items[0][at], &worlds.items[1][at]];
    let [other_old, other_new] = [&worlds.items[0][1 - at], &worlds.items[1][1 - at]];
    let mut gone: Vec<&Key> = Vec::new();
    // What a component needs and what it gives are two things.
    let component = differ.sides.iter().any(|side| side.component.is_some());
    for (key, (name, item)) in old {
        if let Some((new_name, new_item)) = new.get(key) {
            kept(differ, worlds, direction, (name, item), (new_name, new_item));
        } else if let Some((_, new_item)) = other_new.get(key)
            && !other_old.contains_key(key)
            && !component
        {
            swapped(differ, worlds, direction, (name, item), (other_new[key].0, new_item));
        } else {
            gone.push(key);
        }
    }
    let swapped = |key: &Key| !component && other_old.contains_key(key) && !other_new.contains_key(key);
    let mut come: Vec<&Key> = new.keys().filter(|key| !old.contains_key(*key) && !swapped(key)).collect();
    if direction == Direction::Import {
        relabelled(differ, worlds, &mut gone, &mut come);
    }
    for key in gone {
        removed(differ, worlds, direction, old[key]);
    }
    for key in come {
        added(differ, worlds, direction, new[key]);
    }
}

/// Where an item of a world stands in messages and patterns.
fn item_path(differ: &Differ<'_>, which: Which, worlds: &Worlds<'_>, name: &WorldKey) -> ItemPath {
    let name = match name {
        WorldKey::Name(name) => name.clone(),
        WorldKey::Interface(id) => {
            let path = differ.side(which).interface_path(*id);
            match path {
                // Nobody gave the world of a component its name.
                Some(path) if differ.side(which).component.is_some() => return path,
                Some(path) if path.package == worlds.path.package => path.names.first().cloned().unwrap_or_default(),
                Some(path) => path.to_string(),
                None => String::new(),
            }
        }
    };
    worlds.path.below(name)
}

fn said(
    differ: &Differ<'_>,
    which: Which,
    worlds: &Worlds<'_>,
    direction: Direction,
    (name, item): (&WorldKey, &WorldItem),
) -> Option<Said> {
    let resolve = differ.resolve(which);
    let world = if which == Which::Old { worlds.old } else { worlds.new };
    let text = text::world_item(resolve, world, direction.word(), name, item);
    Some(worlds.statements[which as usize].said(text, direction.word(), name, item))
}

/// Imports that are the same interface under another label, or under none.
fn relabelled(differ: &mut Differ<'_>, worlds: &Worlds<'_>, gone: &mut Vec<&Key>, come: &mut Vec<&Key>) {
    let [old, new] = [&worlds.items[0][0], &worlds.items[1][0]];
    let labelled = |key: &Key| matches!(key, Key::Label(_));
    gone.retain(|key| {
        let (name, item) = old[*key];
        let WorldItem::Interface { id, .. } = item else { return true };
        let Some(same) = differ.became(*id).filter(|_| differ.before().interfaces[*id].name.is_some()) else {
            return true;
        };
        let found = come.iter().position(|other| {
            let is_it = matches!(new[*other].1, WorldItem::Interface { id, .. } if *id == same);
            is_it && (labelled(key) || labelled(other))
        });
        let Some(found) = found else { return true };
        let other = come.remove(found);
        let rule = match (labelled(key), labelled(other)) {
            (true, true) => &world_import::WORLD_IMPORT_LABEL_RENAMED,
            _ => &world_import::WORLD_IMPORT_LABEL_ADDED,
        };
        let said = (
            said(differ, Which::Old, worlds, Direction::Import, (name, item)),
            said(differ, Which::New, worlds, Direction::Import, new[other]),
        );
        let item = item_path(differ, Which::Old, worlds, name);
        differ.push(rule, item, said.0, said.1);
        false
    });
}

/// Whether an import is there because an import or export of its world uses types of it.
fn is_implied(worlds: &Worlds<'_>, which: Which, name: &WorldKey) -> bool {
    matches!(name, WorldKey::Interface(id) if worlds.implied[which as usize].by_any.contains(id))
}

fn removed(differ: &mut Differ<'_>, worlds: &Worlds<'_>, direction: Direction, (name, item): (&WorldKey, &WorldItem)) {
    let interface_went = match name {
        // An interface that a component no longer exports it may still import.
        WorldKey::Interface(_) if differ.side(Which::Old).component.is_some() => direction == Direction::Export,
        WorldKey::Interface(id) => worlds.removed.contains(id),
        WorldKey::Name(_) => false,
    };
    if interface_went || direction == Direction::Import && is_implied(worlds, Which::Old, name) {
        return;
    }
    let rule = match direction {
        _ if is_unstable(item.stability(differ.before())) => &gate::UNSTABLE_ITEM_REMOVED,
        Direction::Import => &world_import::WORLD_IMPORT_REMOVED,
        Direction::Export => &world_export::WORLD_EXPORT_REMOVED,
    };
    let said = said(differ, Which::Old, worlds, direction, (name, item));
    let path = item_path(differ, Which::Old, worlds, name);
    differ.push(rule, path, said, None);
}

fn added(differ: &mut Differ<'_>, worlds: &Worlds<'_>, direction: Direction, (name, item): (&WorldKey, &WorldItem)) {
    // What a component exports from here on is told with the interface.
    let interface_came = matches!(name, WorldKey::Interface(_))
        && differ.side(Which::New).component.is_some()
        && direction == Direction::Export;
    if interface_came || direction == Direction::Import && is_implied(worlds, Which::New, name) {
        return;
    }
    let rule = match direction {
        Direction::Import => &world_import::WORLD_IMPORT_ADDED,
        Direction::Export => &world_export::WORLD_EXPORT_ADDED,
    };
    let said = said(differ, Which::New, worlds, direction, (name, item));
    let path = item_path(differ, Which::New, worlds, name);
    let unstable = is_unstable(item.stability(differ.after()));
    let change = differ.push(rule, path, None, said);
    if unstable {
        change.effects = table::effects("uuuuuu");
        change.bump = Bump::Patch;
    }
}

/// From import to export, or back.
fn swapped(
    differ: &mut Differ<'_>,
    worlds: &Worlds<'_>,
    direction: Direction,
    old: (&WorldKey, &WorldItem),
    new: (&WorldKey, &WorldItem),
) {
    let to = if direction == Direction::Import { Direction::Export } else { Direction::Import };
    let said = (said(differ, Which::Old, worlds, direction, old), said(differ, Which::New, worlds, to, new));
    let path = item_path(differ, Which::Old, worlds, old.0);
    let change = differ.push(&rules::WORLD_IMPORT_EXPORT_SWAPPED, path, said.0, said.1);
    if direction == Direction::Export {
        // An old component still exports it, which harms nobody; a new one needs it from a host that has none.
        change.effects = table::effects(".xx.xx");
    }
}

/// Imported, or exported, on both sides.
fn kept(
    differ: &mut Differ<'_>,
    worlds: &Worlds<'_>,
    direction: Direction,
    old: (&WorldKey, &WorldItem),
    new: (&WorldKey, &WorldItem),
) {
    let start = differ.changes.len();
    let path = item_path(differ, Which::Old, worlds, old.0);
    let import = direction == Direction::Import;
    let both = |differ: &Differ<'_>| {
        (said(differ, Which::Old, worlds, direction, old), said(differ, Which::New, worlds, direction, new))
    };
    match (old.1, new.1) {
        (WorldItem::Function(was), WorldItem::Function(is)) => {
            function::parts(differ, &path, was, is);
            let quiet = [&functions::FUNC_EXTERNAL_ID_CHANGED, &alias::TYPE_RESPELLED];
            if differ.changes[start..].iter().any(|change| !quiet.contains(&change.rule)) {
                differ.changes.truncate(start);
                let said = both(differ);
                let rule = if import {
                    &world_import::WORLD_IMPORT_FUNC_CHANGED
                } else {
                    &world_export::WORLD_EXPORT_FUNC_CHANGED
                };
                differ.push(rule, path.clone(), said.0, said.1);
            }
        }
        (
            WorldItem::Interface { id: was, external_id: old_id, .. },
            WorldItem::Interface { id: is, external_id: new_id, .. },
        ) => {
            if let Some((rule, effects)) = other_interface(differ, import, *was, *is) {
                let said = both(differ);
                let change = differ.push(rule, path.clone(), said.0, said.1);
                if let Some(effects) = effects {
                    change.effects = effects;
                    change.bump = Bump::Major;
                }
            }
            if old_id != new_id {
                let said = both(differ);
                let rule = if import {
                    &world_import::WORLD_IMPORT_EXTERNAL_ID_CHANGED
                } else {
                    &world_export::WORLD_EXPORT_EXTERNAL_ID_CHANGED
                };
                differ.push(rule, path.clone(), said.0, said.1);
            }
        }
        _ => {
            removed(differ, worlds, direction, old);
            added(differ, worlds, direction, new);
            return;
        }
    }
    if !import || !gate_is_implied(worlds, (old.0, new.0)) {
        let gates = (old.1.stability(differ.before()), new.1.stability(differ.after()));
        gate(differ, worlds, &path, gates, || Some((direction, old, new)));
    }
}

/// Whether an import has its gate from one that uses types of it, on the side where it has one.
fn gate_is_implied(worlds: &Worlds<'_>, (old, new): (&WorldKey, &WorldKey)) -> bool {
    let [was, is] = &worlds.implied;
    [(was, old), (is, new)]
        .into_iter()
        .any(|(implied, name)| matches!(name, WorldKey::Interface(id) if implied.by_unstable.contains(id)))
}

/// An item of a world that became stable, or no longer is.
fn gate<'i>(
    differ: &mut Differ<'_>,
    worlds: &Worlds<'_>,
    path: &ItemPath,
    (old, new): (&wit_parser::Stability, &wit_parser::Stability),
    item: impl FnOnce() -> Option<(Direction, (&'i WorldKey, &'i WorldItem), (&'i WorldKey, &'i WorldItem))>,
) {
    let rule = match (is_unstable(old), is_unstable(new)) {
        (true, false) => &gate::UNSTABLE_TO_STABLE,
        (false, true) => &gate::STABLE_TO_UNSTABLE,
        _ => return,
    };
    let said = match item() {
        Some((direction, was, is)) => {
            (said(differ, Which::Old, worlds, direction, was), said(differ, Which::New, worlds, direction, is))
        }
        None => {
            let said = |which: Which, id: WorldId| {
                let world = &differ.resolve(which).worlds[id];
                differ.said(which, format!("world {}", text::name(&world.name)), world.span)
            };
            (said(Which::Old, worlds.old), said(Which::New, worlds.new))
        }
    };
    differ.push(rule, path.clone(), said.0, said.1);
}

/// Another interface under the same label: which rule says so, and its effects if the two do not have the same items.
fn other_interface(
    differ: &Differ<'_>,
    import: bool,
    old: InterfaceId,
    new: InterfaceId,
) -> Option<(&'static Rule, Option<Effects>)> {
    if differ.became(old) == Some(new) {
        return None;
    }
    let (was, is) = (&differ.before().interfaces[old], &differ.after().interfaces[new]);
    let same = pairs::interface_items(differ.before(), was) == pairs::interface_items(differ.after(), is);
    let inline = was.name.is_none() || is.name.is_none();
    let rule = match (import, inline && same) {
        (true, true) => &world_import::WORLD_IMPORT_INLINE_TO_NAMED,
        (true, false) => &world_import::WORLD_IMPORT_IMPLEMENTS_CHANGED,
        (false, _) => &world_export::WORLD_EXPORT_IMPLEMENTS_CHANGED,
    };
    Some((rule, (!same).then(|| table::effects("xxxxxx"))))
}

/// Whether a function or another type of a world speaks of one of its types.
pub(super) fn speaks_of(resolve: &Resolve, body: &Body, id: TypeId) -> bool {
    let TypeOwner::World(world) = body.owners[1] else { return false };
    let world = &resolve.worlds[world];
    let mut stack: Vec<Type> = Vec::new();
    for item in world.imports.values().chain(world.exports.values()) {
        match item {
            WorldItem::Function(function) => stack.extend(function.parameter_and_result_types()),
            WorldItem::Type { id, .. } => stack.extend(children(&resolve.types[*id].kind)),
            WorldItem::Interface { .. } => {}
        }
    }
    let mut seen = HashSet::new();
    while let Some(ty) = stack.pop() {
        let Type::Id(found) = ty else { continue };
        if found == id {
            return true;
        }
        if resolve.types[found].name.is_none() && seen.insert(found) {
            stack.extend(children(&resolve.types[found].kind));
        }
    }
    false
}
