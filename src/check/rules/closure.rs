//! The closure rule: an open import or an export of the result mentions only resources that can be named there.
//!
//! If an interface that makes a resource is filled inside, an *open* import that mentions the resource would ask the host
//! for something made by a component it does not see: there is no way to write that down. An export may mention such a
//! resource only if the result exports it too.

use super::super::Facts;
use super::super::diags::ResourceNotNameable;
use super::identity::{could_serve, export, import};
use crate::diag::Sink;
use crate::model::plan::{InstanceId, Plug, Socket, Source};
use crate::model::request::Written;
use crate::types::identity::{Owner, named_resources};
use crate::types::shape::{Entity, Place, ResourceId, Shape, Side, TypeDef, TypeId, ValType};
use std::collections::BTreeSet;

/// Reports every resource that cannot be named.
pub(in crate::check) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    check_resources(facts, sink);
    // One cause is told once: a resource that has no name is the reason for a record that has none.
    if !sink.is_incomplete() {
        check_structures(facts, sink);
    }
}

fn check_resources(facts: &Facts<'_>, sink: &mut Sink) {
    let shape = |instance: InstanceId| &facts.components.get(facts.plan.instance(instance).component).shape;
    let mut told = BTreeSet::new();
    for open in &facts.plan.open {
        for socket in open.sockets.iter().filter(|socket| !open.kept.contains_key(socket)) {
            let entity = &shape(socket.instance).imports[socket.import].entity;
            for resource in mentioned(shape(socket.instance), entity) {
                let Some(owner @ Owner::Instance { .. }) = facts.identity.owner(socket.instance, resource) else {
                    continue;
                };
                if told.insert((*socket, owner.clone())) {
                    report(facts, socket.instance, resource, owner, Side::Import, &import(facts, *socket), sink);
                }
            }
        }
    }
    let exported: BTreeSet<&Owner> = facts
        .plan
        .exports
        .iter()
        .flat_map(|export| {
            let (plug, shape) = (export.plug, shape(export.plug.instance));
            let item = shape.export(plug.export);
            let named = item.map(|(_, item)| named_resources(shape, &item.entity)).unwrap_or_default();
            named.into_iter().filter_map(move |(_, resource)| facts.identity.owner(plug.instance, resource))
        })
        .collect();
    let mut told = BTreeSet::new();
    for at in &facts.plan.exports {
        let (plug, shape) = (at.plug, shape(at.plug.instance));
        let Some((_, item)) = shape.export(plug.export) else { continue };
        for resource in mentioned(shape, &item.entity) {
            let Some(owner @ Owner::Instance { .. }) = facts.identity.owner(plug.instance, resource) else { continue };
            if !exported.contains(owner) && told.insert((plug, owner.clone())) {
                report(facts, plug.instance, resource, owner, Side::Export, &export(facts, plug), sink);
            }
        }
    }
}

fn report(
    facts: &Facts<'_>,
    instance: InstanceId,
    resource: ResourceId,
    owner: &Owner,
    side: Side,
    item: &str,
    sink: &mut Sink,
) {
    let Owner::Instance { instance: maker, resource: made } = owner else { return };
    let shape_of = |instance| &facts.components.get(facts.plan.instance(instance).component).shape;
    let shape = shape_of(instance);
    let home = &shape_of(*maker).resources[made.0 as usize];
    let place = &shape.resources[resource.0 as usize];
    let through = match place.side {
        Side::Import => Some(import(facts, Socket { instance, import: place.item })),
        Side::Export => None,
    };
    let name = place.path.last().cloned().unwrap_or_else(|| shape.head(place).0.to_owned());
    sink.report(ResourceNotNameable {
        instance: &facts.plan.instance(instance).name,
        side,
        item,
        kind: "resource",
        resource: &name,
        through: through.as_deref(),
        maker: &facts.plan.instance(*maker).name,
        could_serve: serves(facts, *maker, instance, side, item),
        home: &export(facts, Plug { instance: *maker, export: home.item }),
        word: word(facts, instance, (side == Side::Import).then_some(place.item), item),
    });
}

/// The word of the user's that is to blame: the pin that fills inside what would have to be outside, else the export that
/// was asked for, else the input.
fn word<'f>(
    facts: &Facts<'f>,
    instance: InstanceId,
    filled: Option<usize>,
    item: &str,
) -> Option<(&'f Written, &'static str)> {
    let places = &facts.plan.places;
    let pin = filled.and_then(|import| places.sockets.get(&Socket { instance, import }));
    let input = || places.inputs.get(&facts.plan.instance(instance).component);
    match (pin, filled) {
        (Some(pin), _) => Some((pin, "fills what it comes from")),
        (None, None) if places.exports.contains_key(item) => Some((&places.exports[item], "exported without it")),
        (None, None) => input().map(|input| (input, "exports it")),
        (None, Some(_)) => input().map(|input| (input, "imports both")),
    }
}

/// Whether an instance could fill an import of another one, by its name.
fn serves(facts: &Facts<'_>, maker: InstanceId, instance: InstanceId, side: Side, item: &str) -> bool {
    let shape = &facts.components.get(facts.plan.instance(instance).component).shape;
    let mut sockets = (0..shape.imports.len()).map(|at| Socket { instance, import: at });
    side == Side::Import
        && sockets.find(|socket| import(facts, *socket) == item).is_some_and(|socket| could_serve(facts, maker, socket))
}

/// Reports types with parts, such as records, that an import or export of the result speaks of and that nothing in the
/// result names: because only a filled import does (without handles inside they would be kept as types of an import, which
/// asks a host for nothing; with handles that import would ask a host for a resource), or only an export of the instance
/// that the result does not have.
fn check_structures(facts: &Facts<'_>, sink: &mut Sink) {
    for open in &facts.plan.open {
        for &socket in open.sockets.iter().filter(|socket| !open.kept.contains_key(socket)) {
            if let Some(unnamed) = unnamed(facts, socket.instance, (Side::Import, socket.import)) {
                unnamed.report(facts, socket.instance, Side::Import, &import(facts, socket), sink);
            }
        }
    }
    for at in &facts.plan.exports {
        let plug = at.plug;
        if let Some(unnamed) = unnamed(facts, plug.instance, (Side::Export, plug.export)) {
            unnamed.report(facts, plug.instance, Side::Export, &export(facts, plug), sink);
        }
    }
}

/// A type that the result cannot name, by the name that an import or export of an instance has for it.
struct Unnamed {
    name: String,
    kind: &'static str,
    /// The import, unless the instance makes it itself.
    socket: Option<Socket>,
    /// Where it would have a name.
    home: Plug,
}

impl Unnamed {
    fn report(&self, facts: &Facts<'_>, instance: InstanceId, side: Side, item: &str, sink: &mut Sink) {
        sink.report(ResourceNotNameable {
            instance: &facts.plan.instance(instance).name,
            side,
            item,
            kind: self.kind,
            resource: &self.name,
            through: self.socket.map(|socket| import(facts, socket)).as_deref(),
            maker: &facts.plan.instance(self.home.instance).name,
            could_serve: serves(facts, self.home.instance, instance, side, item),
            home: &export(facts, self.home),
            word: word(facts, instance, self.socket.filter(|_| side == Side::Import).map(|it| it.import), item),
        });
    }
}

/// The first such type that an import or export mentions.
fn unnamed(facts: &Facts<'_>, instance: InstanceId, item: (Side, usize)) -> Option<Unnamed> {
    let shape = &facts.components.get(facts.plan.instance(instance).component).shape;
    let (_, found) = shape.head(&Place { side: item.0, item: item.1, path: Vec::new() });
    let is_exported = |plug| item.0 == Side::Export && facts.plan.exports.iter().any(|export| export.plug == plug);
    let mut start = Vec::new();
    collect(&found.entity, &mut start);
    let mut stack: Vec<Mention<'_>> = start.into_iter().map(|ty| Mention { ty, by: None, named: false }).collect();
    let mut seen = BTreeSet::new();
    while let Some(Mention { ty, mut by, mut named }) = stack.pop() {
        let plain = shape.is_plain(ty);
        // A component cannot import what speaks of a type that only an export of its own names.
        if plain && item.0 == Side::Import || !seen.insert((ty, named)) {
            continue;
        }
        let mut done = false;
        for place in shape.bindings.get(&ty).into_iter().flatten() {
            if (place.side, place.item) == item {
                named = true;
                continue;
            }
            if place.side == Side::Export {
                let plug = Plug { instance, export: place.item };
                done |= is_exported(plug);
                by = by.or(Some((None, plug, place)));
                continue;
            }
            let socket = Socket { instance, import: place.item };
            match facts.plan.source(socket) {
                // The resolver keeps it, as a type of an import.
                _ if plain => done = true,
                Some(Source::Open(_)) => done = true,
                Some(Source::Plug(plug)) => {
                    done |= is_exported(*plug);
                    by = Some((Some(socket), *plug, place));
                }
                Some(Source::TypeOf { .. } | Source::Synthesised) | None => {}
            }
        }
        if done {
            continue;
        }
        let def = shape.def(ty);
        let has_parts = matches!(def, TypeDef::Record(_) | TypeDef::Variant(_) | TypeDef::Flags(_) | TypeDef::Enum(_));
        if let (true, false, Some((socket, home, place))) = (has_parts, named, by) {
            let name = place.path.last().cloned().unwrap_or_else(|| shape.head(place).0.to_owned());
            let kind = match def {
                TypeDef::Record(_) => "record",
                TypeDef::Flags(_) => "flags",
                TypeDef::Enum(_) => "enum",
                _ => "variant",
            };
            return Some(Unnamed { name, kind, socket, home });
        }
        let is_alias = matches!(def, TypeDef::Alias(_));
        let inner = |of| Mention { ty: of, by: by.filter(|_| is_alias), named: named && is_alias };
        stack.extend(shape.mentions(ty).into_iter().map(inner));
    }
    None
}

/// A type on the way through what an item mentions.
struct Mention<'s> {
    ty: TypeId,
    /// The filled import that names it, or none if an export does; with the export that it comes from.
    by: Option<(Option<Socket>, Plug, &'s Place)>,
    /// Whether it has a name in the item itself.
    named: bool,
}

/// Every resource that an item mentions, transitively.
fn mentioned(shape: &Shape, entity: &Entity) -> BTreeSet<ResourceId> {
    let mut stack = Vec::new();
    collect(entity, &mut stack);
    let (mut seen, mut found) = (BTreeSet::new(), BTreeSet::new());
    while let Some(ty) = stack.pop() {
        if !seen.insert(ty) {
            continue;
        }
        if let TypeDef::Resource(resource) = shape.def(ty) {
            found.insert(*resource);
        }
        stack.extend(shape.mentions(ty));
    }
    found
}

fn collect(entity: &Entity, into: &mut Vec<TypeId>) {
    match entity {
        Entity::Func(func) => into.extend(func.val_types().filter_map(|ty| match ty {
            ValType::Type(ty) => Some(ty),
            ValType::Primitive(_) => None,
        })),
        Entity::Instance(items) => items.values().for_each(|item| collect(&item.entity, into)),
        Entity::Type { created } => into.push(*created),
        Entity::Unsupported(_) => {}
    }
}
