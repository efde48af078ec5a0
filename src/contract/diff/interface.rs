//! The types and functions of an interface, or of a world itself, and interfaces that came, went or have another name.

use super::names::Sym;
use super::pairs::Met;
use super::{Differ, Which, dependencies, function, gates, members, order, signature, text, types};
use crate::contract::change::{ItemPath, Said};
use crate::contract::gate::is_unstable;
use crate::contract::rule::Effects;
use crate::contract::rules::{function as functions, interface as interfaces, resource};
use std::collections::{HashMap, HashSet};
use wit_parser::{Function, InterfaceId, TypeDefKind, TypeId, TypeOwner, WorldItem, WorldKey};

/// Two interfaces or two worlds whose items are compared.
pub(super) struct Body {
    /// Where the old one stands, and the new one.
    pub(super) paths: [ItemPath; 2],
    /// The old one and the new one.
    pub(super) owners: [TypeOwner; 2],
    /// Whether all of it is unstable.
    pub(super) unstable: [bool; 2],
    /// Whether it belongs to a package that is only used.
    pub(super) foreign: bool,
    /// Its types, once renames are known.
    pub(super) types: Vec<Met<TypeId>>,
}

impl Body {
    pub(super) fn is_world(&self) -> bool {
        matches!(self.owners[0], TypeOwner::World(_))
    }

    /// The types of one side by name.
    pub(super) fn named<'a>(&self, differ: &Differ<'a>, which: Which) -> Vec<(&'a str, TypeId)> {
        let resolve = differ.resolve(which);
        match self.owners[which as usize] {
            TypeOwner::Interface(id) => {
                resolve.interfaces[id].types.iter().map(|(name, id)| (name.as_str(), *id)).collect()
            }
            TypeOwner::World(id) => {
                let items = resolve.worlds[id].imports.iter();
                items
                    .filter_map(|(key, item)| match (key, item) {
                        (WorldKey::Name(name), WorldItem::Type { id, .. }) => Some((name.as_str(), *id)),
                        _ => None,
                    })
                    .collect()
            }
            TypeOwner::None => Vec::new(),
        }
    }

    /// The functions of one side; of a world those of its resources, the others are its imports and exports.
    pub(super) fn functions<'a>(&self, differ: &Differ<'a>, which: Which) -> Vec<&'a Function> {
        let resolve = differ.resolve(which);
        match self.owners[which as usize] {
            TypeOwner::Interface(id) => resolve.interfaces[id].functions.values().collect(),
            TypeOwner::World(id) => {
                let items = resolve.worlds[id].imports.values();
                items
                    .filter_map(|item| match item {
                        WorldItem::Function(function) if function.kind.resource().is_some() => Some(function),
                        _ => None,
                    })
                    .collect()
            }
            TypeOwner::None => Vec::new(),
        }
    }

    /// Those that are compared.
    fn compared<'a>(&self, differ: &Differ<'a>, which: Which) -> Vec<&'a Function> {
        // What came, went or moved with its resource is told with it.
        let told = |function: &&Function| {
            let of = function.kind.resource();
            of.is_none_or(|of| !differ.alone[which as usize].contains(&of) && !differ.moved.contains(&(which, of)))
        };
        self.functions(differ, which).into_iter().filter(told).collect()
    }
}

/// Everything whose items are compared.
pub(super) fn bodies(differ: &Differ<'_>) -> Vec<Body> {
    let mut bodies = Vec::new();
    let interface = |one: InterfaceId, other: InterfaceId, foreign: bool| {
        let paths = [
            differ.reach[0].path(differ.side(Which::Old), TypeOwner::Interface(one))?,
            differ.reach[1].path(differ.side(Which::New), TypeOwner::Interface(other))?,
        ];
        let unstable = [
            is_unstable(&differ.before().interfaces[one].stability),
            is_unstable(&differ.after().interfaces[other].stability),
        ];
        let owners = [TypeOwner::Interface(one), TypeOwner::Interface(other)];
        Some(Body { paths, owners, unstable, foreign, types: Vec::new() })
    };
    for met in &differ.pairs.interfaces {
        if let Met::Both(one, other) | Met::Renamed(one, other) = met {
            bodies.extend(interface(*one, *other, false));
        }
    }
    for (one, other) in &differ.pairs.foreign {
        bodies.extend(interface(*one, *other, true));
    }
    let mut inline: Vec<_> =
        differ.pairs.new_of.iter().filter(|(one, _)| differ.before().interfaces[**one].name.is_none()).collect();
    inline.sort();
    for (one, other) in inline {
        bodies.extend(interface(*one, *other, false));
    }
    for met in &differ.pairs.worlds {
        if let Met::Both(one, other) | Met::Renamed(one, other) = met
            && let Some(was) = differ.side(Which::Old).world_path(*one)
            && let Some(is) = differ.side(Which::New).world_path(*other)
        {
            let unstable = [
                is_unstable(&differ.before().worlds[*one].stability),
                is_unstable(&differ.after().worlds[*other].stability),
            ];
            let owners = [TypeOwner::World(*one), TypeOwner::World(*other)];
            let paths = [was, is];
            bodies.push(Body { paths, owners, unstable, foreign: false, types: Vec::new() });
        }
    }
    bodies
}

/// Compares the items of a body.
pub(super) fn compare(differ: &mut Differ<'_>, body: &Body) {
    if body.foreign {
        dependencies::upstream(differ, body);
        return;
    }
    for met in &body.types {
        if let Met::Both(one, other) | Met::Renamed(one, other) = *met {
            types::compare(differ, body, one, other);
        }
    }
    order::types(differ, body);
    compare_functions(differ, body);
    for met in &body.types {
        match *met {
            Met::Removed(id) => types::removed(differ, body, id),
            Met::Added(id) => types::added(differ, body, id),
            Met::Both(..) | Met::Renamed(..) => {}
        }
    }
}

/// What a function is called by: its kind without `async`, the resource it belongs to, and its name there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    kind: &'static str,
    of: String,
    name: String,
}

fn key(differ: &Differ<'_>, which: Which, function: &Function) -> Key {
    let of = function.kind.resource().map_or(String::new(), |of| {
        let renamed = if which == Which::Old { differ.names.new_name(of) } else { None };
        renamed.or(differ.resolve(which).types[of].name.as_deref()).unwrap_or_default().to_owned()
    });
    Key { kind: function::kind(&function.kind), of, name: function.item_name().to_owned() }
}

pub(super) fn compare_functions(differ: &mut Differ<'_>, body: &Body) {
    let old = body.compared(differ, Which::Old);
    let new = body.compared(differ, Which::New);
    let keys = [
        old.iter().map(|function| key(differ, Which::Old, function)).collect::<Vec<_>>(),
        new.iter().map(|function| key(differ, Which::New, function)).collect::<Vec<_>>(),
    ];
    let mut partner: Vec<Option<usize>> = vec![None; old.len()];
    let places: HashMap<&Key, usize> = keys[1].iter().enumerate().map(|(at, key)| (key, at)).collect();
    for (at, key) in keys[0].iter().enumerate() {
        partner[at] = places.get(key).copied();
    }
    let mut taken: HashSet<usize> = partner.iter().flatten().copied().collect();
    other_kinds(differ, (&old, &new), &keys, &mut partner, &mut taken);
    renamed(differ, (&old, &new), &keys, &mut partner, &mut taken);
    let both: Vec<_> = partner.iter().enumerate().filter_map(|(at, to)| Some((old[at], new[(*to)?]))).collect();
    order::functions(differ, body, &both);
    for (at, partner) in partner.iter().enumerate() {
        match partner {
            Some(to) => function::compare(differ, body, old[at], new[*to]),
            None => removed(differ, body, old[at]),
        }
    }
    for (at, function) in new.iter().enumerate() {
        if !taken.contains(&at) {
            added(differ, body, function);
        }
    }
}

/// The same name as another kind of function.
fn other_kinds(
    differ: &Differ<'_>,
    (old, new): (&[&Function], &[&Function]),
    keys: &[Vec<Key>; 2],
    partner: &mut [Option<usize>],
    taken: &mut HashSet<usize>,
) {
    let accessors = |key: &Key| key.kind.ends_with("set") || key.kind.ends_with("get");
    let mut free: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, key) in keys[1].iter().enumerate() {
        if !taken.contains(&at) {
            free.entry(&key.name).or_default().push(at);
        }
    }
    for (at, key) in keys[0].iter().enumerate() {
        if partner[at].is_some() || key.name == "constructor" {
            continue;
        }
        let candidates = free.get(key.name.as_str()).into_iter().flatten().copied();
        let found = candidates.filter(|to| !taken.contains(to)).find(|to| {
            let other = &keys[1][*to];
            // A getter that goes while a setter comes are two things.
            let accessors = accessors(key) && accessors(other);
            let method = other.of != key.of && (other.of.is_empty() || key.of.is_empty());
            !accessors && (other.of == key.of || method && takes_it(differ, (old[at], new[*to])))
        });
        if let Some(to) = found {
            partner[at] = Some(to);
            taken.insert(to);
        }
    }
}

/// Whether one of two functions is the other, with the object written as its first parameter.
fn takes_it(differ: &Differ<'_>, (old, new): (&Function, &Function)) -> bool {
    let of = |which: Which, function: &Function| -> Vec<String> {
        let resolve = differ.resolve(which);
        function.params.iter().map(|param| text::ty(resolve, param.ty)).collect()
    };
    of(Which::Old, old) == of(Which::New, new) && old.params.len() == new.params.len()
}

/// Another name, at the same place and with the same signature.
fn renamed(
    differ: &mut Differ<'_>,
    (old, new): (&[&Function], &[&Function]),
    keys: &[Vec<Key>; 2],
    partner: &mut [Option<usize>],
    taken: &mut HashSet<usize>,
) {
    let label = |key: &Key| format!("{} {}.{}", key.kind, key.of, key.name);
    // What has its partner under another kind is no gap.
    let mut labels = [keys[0].iter().map(label).collect::<Vec<_>>(), keys[1].iter().map(label).collect::<Vec<_>>()];
    for (at, to) in partner.iter().enumerate() {
        if let Some(to) = to {
            labels[0][at] = labels[1][*to].clone();
        }
    }
    let names = [0, 1].map(|which: usize| labels[which].iter().map(String::as_str).collect::<Vec<_>>());
    let found = members::compare(&names[0], &names[1], members::Types::Seldom, |from, to| {
        let (from_key, to_key) = (&keys[0][from], &keys[1][to]);
        from_key.kind == to_key.kind
            && from_key.of == to_key.of
            && written(differ, Which::Old, old[from]) == written(differ, Which::New, new[to])
    });
    for member in found.members {
        if let members::Member::Renamed(from, to) = member {
            partner[from] = Some(to);
            taken.insert(to);
        }
    }
}

/// All that two functions of one signature have in common.
type Written = (bool, Vec<(String, Sym)>, Option<Sym>);

fn written(differ: &mut Differ<'_>, which: Which, function: &Function) -> Written {
    let params = text::params(function).iter();
    let params = params.map(|param| (param.name.clone(), differ.names.written(which, param.ty))).collect();
    let result = function.result.map(|result| differ.names.written(which, result));
    (function.kind.is_async(), params, result)
}

fn removed(differ: &mut Differ<'_>, body: &Body, function: &Function) {
    let said = signature::said(differ, Which::Old, function);
    let item = function::path(differ, Which::Old, body, function);
    let unstable = gates::is_unstable_function(differ, body, Which::Old, function);
    let rule =
        if unstable { &crate::contract::rules::gate::UNSTABLE_ITEM_REMOVED } else { function::removed(function) };
    differ.push(rule, item, said, None);
}

fn added(differ: &mut Differ<'_>, body: &Body, function: &Function) {
    let said = signature::said(differ, Which::New, function);
    let item = function::path(differ, Which::New, body, function);
    let unstable = gates::is_unstable_function(differ, body, Which::New, function);
    let change = differ.push(function::added(function), item, None, said);
    if unstable {
        gates::free(change);
    }
}

/// Interfaces that came, went, have another name, or another gate.
pub(super) fn told(differ: &mut Differ<'_>) {
    for met in differ.pairs.interfaces.clone() {
        match met {
            Met::Both(one, other) => gates::interface(differ, one, other),
            Met::Renamed(one, other) => {
                let Some(item) = differ.side(Which::Old).interface_path(one) else { continue };
                let (was, is) = (said(differ, Which::Old, one), said(differ, Which::New, other));
                let reaches = reaches(differ, Which::Old, one, &item);
                let became = differ.side(Which::New).interface_path(other);
                let change = differ.push(&interfaces::INTERFACE_RENAMED, item, was, is);
                (change.reaches, change.became) = (reaches, became);
                gates::interface(differ, one, other);
            }
            Met::Removed(one) => {
                let Some(item) = differ.side(Which::Old).interface_path(one) else { continue };
                let was = said(differ, Which::Old, one);
                let unstable = is_unstable(&differ.before().interfaces[one].stability);
                let removed = &interfaces::INTERFACE_REMOVED;
                let rule = if unstable { &crate::contract::rules::gate::UNSTABLE_ITEM_REMOVED } else { removed };
                let reaches = reaches(differ, Which::Old, one, &item);
                differ.push(rule, item, was, None).reaches = reaches;
            }
            Met::Added(other) => {
                let Some(item) = differ.side(Which::New).interface_path(other) else { continue };
                let is = said(differ, Which::New, other);
                let unstable = is_unstable(&differ.after().interfaces[other].stability);
                let resolve = differ.after();
                let added = &resolve.interfaces[other];
                let resource = |id: &TypeId| matches!(resolve.types[*id].kind, TypeDefKind::Resource);
                let values = added.functions.is_empty() && !added.types.values().any(resource);
                let change = differ.push(&interfaces::INTERFACE_ADDED, item, None, is);
                if values {
                    // Values are the same wherever they are declared, so nobody lacks the place.
                    change.effects = Effects::NONE;
                }
                if unstable {
                    gates::free(change);
                }
            }
        }
    }
}

pub(super) fn said(differ: &Differ<'_>, which: Which, id: InterfaceId) -> Option<Said> {
    let interface = &differ.resolve(which).interfaces[id];
    let name = text::name(interface.name.as_deref().unwrap_or_default());
    differ.said(which, format!("interface {name}"), interface.span)
}

/// Who speaks of the types of an interface.
fn reaches(differ: &Differ<'_>, which: Which, id: InterfaceId, item: &ItemPath) -> Vec<String> {
    let types = differ.resolve(which).interfaces[id].types.values().copied();
    let own = item.interface();
    differ.reach[which as usize].from(types).into_iter().filter(|place| Some(place) != own.as_ref()).collect()
}

/// Which rule tells that a function of a resource came.
pub(super) fn resource_rule(function: &Function, added: bool) -> Option<&'static crate::contract::rule::Rule> {
    Some(match (function::kind(&function.kind), added) {
        ("constructor", true) => &resource::RESOURCE_CONSTRUCTOR_ADDED,
        ("constructor", false) => &resource::RESOURCE_CONSTRUCTOR_REMOVED,
        ("method", true) => &resource::RESOURCE_METHOD_ADDED,
        ("static", true) => &resource::RESOURCE_STATIC_ADDED,
        ("method" | "method get" | "method set", false) => &resource::RESOURCE_METHOD_REMOVED,
        ("static" | "static get" | "static set", false) => &resource::RESOURCE_STATIC_REMOVED,
        (kind, true) if kind.ends_with("et") => &functions::FUNC_ACCESSOR_ADDED,
        _ => return None,
    })
}
