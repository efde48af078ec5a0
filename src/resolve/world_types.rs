//! Types of the world that have to keep their name there.
//!
//! `use e.{error}` in a world makes an import of its own beside the interface. Where `e` is filled inside, or nobody
//! outside hears of the type, the import is served from `e` and shows nowhere. But if `e` stays open, and a function of
//! the world that the result imports or exports speaks of `error`, then the result needs the name as well: WIT can write
//! such a function only if its world uses the type.
//!
//! Two components may use different types under one name; a world has each name once, so the first in the order of the
//! plan keeps it, and functions that speak of the other refer to it inside its interface.

use super::Context;
use super::assemble::Draft;
use crate::model::plan::{InstanceId, Reason, Socket, Source};
use crate::types::shape::{Entity, FuncType, Shape, Side, TypeId, ValType};
use std::collections::{BTreeMap, BTreeSet};

/// Leaves the types open that functions of the result's world name.
pub(super) fn keep(context: &Context<'_>, draft: &mut Draft<'_, '_>) {
    let open: BTreeSet<Socket> = draft.open.iter().map(|(socket, _)| *socket).collect();
    let import_name = |draft: &Draft<'_, '_>, socket: Socket| {
        let shape = context.instances.shape(draft.origin[socket.instance.0]);
        shape.imports.get_index(socket.import).map(|(name, _)| name.clone()).unwrap_or_default()
    };
    // What each name of the world stands for: the open interface and the names below it; nothing for what is no type.
    let mut taken: BTreeMap<String, Option<(String, Vec<String>)>> =
        open.iter().map(|socket| (import_name(draft, *socket), None)).collect();
    for socket in named(context, draft) {
        let Some((interface, path)) = used_from(draft, socket) else { continue };
        if !open.contains(&interface) {
            continue;
        }
        let origin = Some((import_name(draft, interface), path));
        if *taken.entry(import_name(draft, socket)).or_insert_with(|| origin.clone()) == origin {
            draft.plan.wires[socket.instance.0][socket.import].source = None;
            draft.open.push((socket, Reason::UsedFrom));
        }
    }
}

/// The sockets of types of the world that functions of the result's world speak of, in plan order.
fn named(context: &Context<'_>, draft: &Draft<'_, '_>) -> BTreeSet<Socket> {
    let shape = |instance: InstanceId| context.instances.shape(draft.origin[instance.0]);
    let mut named = BTreeSet::new();
    let mut visit = |instance: InstanceId, entity: &Entity| {
        if let Entity::Func(func) = entity {
            let imports = world_types(shape(instance), func);
            named.extend(imports.into_iter().map(|import| Socket { instance, import }));
        }
    };
    for (socket, _) in &draft.open {
        visit(socket.instance, &shape(socket.instance).imports[socket.import].entity);
    }
    for export in &draft.plan.exports {
        if let Some((_, item)) = shape(export.plug.instance).export(export.plug.export) {
            visit(export.plug.instance, &item.entity);
        }
    }
    named
}

/// The imports of types at world level that a function speaks of.
fn world_types(shape: &Shape, func: &FuncType) -> BTreeSet<usize> {
    let mut imports = BTreeSet::new();
    let mut queue: Vec<TypeId> = Vec::new();
    let mut seen = BTreeSet::new();
    for ty in func.val_types() {
        if let ValType::Type(ty) = ty {
            queue.push(ty);
        }
    }
    while let Some(ty) = queue.pop() {
        if !seen.insert(ty) {
            continue;
        }
        let places = shape.bindings.get(&ty).map_or(&[][..], Vec::as_slice);
        let world = places.iter().find(|place| place.side == Side::Import && place.path.is_empty());
        match world {
            Some(place) => {
                imports.insert(place.item);
            }
            // A name inside an interface is enough by itself.
            None if !places.is_empty() => {}
            None => queue.extend(shape.mentions(ty)),
        }
    }
    imports
}

/// The interface that a type of the world comes from, and the names below it.
fn used_from(draft: &Draft<'_, '_>, socket: Socket) -> Option<(Socket, Vec<String>)> {
    let (mut at, mut whole) = (socket, Vec::new());
    while let Some(Source::TypeOf { import, path }) = draft.plan.source(at) {
        whole.splice(0..0, path.iter().cloned());
        at = Socket { import: *import, ..at };
    }
    (at != socket).then_some((at, whole))
}
