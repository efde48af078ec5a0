//! Value types that have to be nameable in the result.
//!
//! An interface of value types only needs no provider: values have no owner. But the component model demands that types
//! which an import or export mentions have a name there, so such an interface stays as an import of types if an open
//! import or an export of the result names one of its types; else an instance of it is made up on the spot. The same is
//! true of the value types of an interface that *is* filled by a plug: wired inside, its types may still be named from
//! outside (a resource there is a matter of identity, which `check` judges).
//!
//! What is kept is closed under what the types mention. A socket that the type import itself fills keeps all its types,
//! for the component asks for all of them.

use super::Context;
use super::assemble::Draft;
use crate::model::plan::{InstanceId, Plan, Plug, Socket, Source};
use crate::types::shape::{Entity, Shape, Side, TypeId, ValType};
use std::collections::{BTreeMap, BTreeSet};

/// For each socket whose types are named from outside and which is not simply open, the names below it.
pub(crate) type Kept = BTreeMap<Socket, BTreeSet<Vec<String>>>;

/// What is known of a plan whose open imports are still to be put together.
pub(crate) struct Outside<'o, 'a> {
    /// The shape of an instance's component.
    pub(crate) shape: &'o dyn Fn(InstanceId) -> &'a Shape,
    /// The plan.
    pub(crate) plan: &'o Plan,
    /// Sockets that stay open.
    pub(crate) open: BTreeSet<Socket>,
    /// Sockets of value types only that no plug fills.
    pub(crate) unfilled: BTreeSet<Socket>,
}

/// Which types have to be kept.
pub(super) fn named(context: &Context<'_>, draft: &Draft<'_, '_>) -> Kept {
    named_outside(Outside {
        shape: &|instance: InstanceId| context.instances.shape(draft.origin[instance.0]),
        plan: &draft.plan,
        open: draft.open.iter().map(|(socket, _)| *socket).collect(),
        unfilled: draft.types_only.iter().copied().collect(),
    })
}

/// The same, for a plan from elsewhere.
pub(crate) fn named_outside(outside: Outside<'_, '_>) -> Kept {
    let plan = outside.plan;
    let mut walk = Walk {
        exported: plan.exports.iter().map(|export| export.plug).collect(),
        outside,
        kept: Kept::new(),
        queue: Vec::new(),
        seen: BTreeSet::new(),
    };
    for socket in walk.outside.open.clone() {
        let shape = walk.shape(socket.instance);
        walk.push_entity(socket.instance, &shape.imports[socket.import].entity, From::Import);
    }
    for export in &plan.exports {
        let shape = walk.shape(export.plug.instance);
        if let Some((_, item)) = shape.export(export.plug.export) {
            walk.push_entity(export.plug.instance, &item.entity, From::Export);
        }
    }
    while let Some((instance, ty, from)) = walk.queue.pop() {
        walk.visit(instance, ty, from);
    }
    walk.kept
}

/// Whether the name is needed among the imports of the result, or only among its exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum From {
    Import,
    Export,
}

struct Walk<'w, 'a> {
    outside: Outside<'w, 'a>,
    exported: BTreeSet<Plug>,
    kept: Kept,
    queue: Vec<(InstanceId, TypeId, From)>,
    seen: BTreeSet<(InstanceId, TypeId, From)>,
}

impl<'a> Walk<'_, 'a> {
    fn shape(&self, instance: InstanceId) -> &'a Shape {
        (self.outside.shape)(instance)
    }

    fn push(&mut self, instance: InstanceId, ty: TypeId, from: From) {
        if self.seen.insert((instance, ty, from)) {
            self.queue.push((instance, ty, from));
        }
    }

    fn push_entity(&mut self, instance: InstanceId, entity: &Entity, from: From) {
        match entity {
            Entity::Func(func) => {
                for ty in func.val_types() {
                    if let ValType::Type(ty) = ty {
                        self.push(instance, ty, from);
                    }
                }
            }
            Entity::Instance(items) => items.values().for_each(|item| self.push_entity(instance, &item.entity, from)),
            Entity::Type { created } => self.push(instance, *created, from),
            Entity::Unsupported(_) => {}
        }
    }

    fn visit(&mut self, instance: InstanceId, ty: TypeId, from: From) {
        let shape = self.shape(instance);
        for of in shape.mentions(ty) {
            self.push(instance, of, from);
        }
        let places = shape.bindings.get(&ty).into_iter().flatten().filter(|place| place.side == Side::Import);
        let places: Vec<(Socket, &Vec<String>)> =
            places.map(|place| (Socket { instance, import: place.item }, &place.path)).collect();
        if places.iter().any(|(socket, _)| self.outside.open.contains(socket)) {
            return;
        }
        let Some((socket, path)) = places.first() else { return };
        if self.outside.unfilled.contains(socket) {
            self.keep_all(*socket, from);
            return;
        }
        if let Some(Source::Plug(plug)) = self.outside.plan.source(*socket) {
            let exported = from == From::Export && self.exported.contains(plug);
            if !exported && shape.is_plain(ty) {
                self.kept.entry(*socket).or_default().insert((*path).clone());
            }
        }
    }

    /// Keeps every type of an import that is filled by types alone.
    fn keep_all(&mut self, socket: Socket, from: From) {
        let shape = self.shape(socket.instance);
        let entity = &shape.imports[socket.import].entity;
        let mut paths = BTreeSet::new();
        collect_paths(entity, &mut Vec::new(), &mut paths);
        self.kept.insert(socket, paths);
        self.push_entity(socket.instance, entity, from);
    }
}

/// The types below an item, each by the names that lead to it.
pub(crate) fn collect_paths(entity: &Entity, path: &mut Vec<String>, into: &mut BTreeSet<Vec<String>>) {
    match entity {
        Entity::Type { .. } => {
            into.insert(path.clone());
        }
        Entity::Instance(items) => {
            for (name, item) in items {
                path.push(name.clone());
                collect_paths(&item.entity, path, into);
                path.pop();
            }
        }
        Entity::Func(_) | Entity::Unsupported(_) => {}
    }
}
