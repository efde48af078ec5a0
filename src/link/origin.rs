//! Where a type comes from, as the result sees it.
//!
//! A component's types carry the names the component gave them. Seen from the result, such a name may stand for a type
//! of an open import (which then has to be referred to, never copied), for a type of another instance (which is followed
//! through the wire), or for nothing that the result can name: then only its structure is left.

use crate::model::plan::{InstanceId, OpenId, Plan, PlanExport, Plug, Socket, Source};
use crate::types::identity::{Identity, Owner, named_resources};
use crate::types::shape::{Entity, Place, ResourceId, Shape, Side, TypeDef, TypeId};
use std::collections::BTreeMap;

/// Where a type comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Origin {
    /// An item of an open import.
    Open(OpenId, Vec<String>),
    /// A type that an export of the result names, below the exported item.
    Exported(Plug, Vec<String>),
    /// Only its structure, in the types of an instance's component.
    Structure(InstanceId, TypeId),
}

/// Whose types are being written, and below which import or export.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    pub instance: InstanceId,
    pub within: (Side, usize),
    /// Set where the type of an export is spelled out: the index of the instance that is exported, which has the
    /// resources already.
    pub ascribed: Option<u32>,
}

impl Context {
    pub(super) fn new(instance: InstanceId, side: Side, item: usize) -> Self {
        Self { instance, within: (side, item), ascribed: None }
    }

    /// The export whose type is being written.
    pub(super) fn plug(self) -> Option<Plug> {
        (self.within.0 == Side::Export).then_some(Plug { instance: self.instance, export: self.within.1 })
    }
}

/// Follows types through the wires of one plan.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origins<'a> {
    pub plan: &'a Plan,
    /// The shape of each instance's component.
    pub shapes: &'a [&'a Shape],
    /// What resources are called by exports, whichever instance has these.
    pub renamed: &'a Renamed<'a>,
}

/// The resources that exports of the result name. An instance may export a resource of another one under a name of its
/// own, and where the result exports that and not the maker's, it is the only name there is.
#[derive(Debug, Default)]
pub(super) struct Renamed<'a> {
    owners: Option<&'a Identity>,
    names: BTreeMap<&'a Owner, Vec<(Plug, Vec<String>)>>,
}

impl<'a> Renamed<'a> {
    pub(super) fn new(plan: &Plan, shapes: &[&Shape], identity: &'a Identity) -> Self {
        let mut names: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for PlanExport { plug, .. } in &plan.exports {
            let shape = shapes[plug.instance.0];
            let Some((_, item)) = shape.export(plug.export) else { continue };
            for (path, resource) in named_resources(shape, &item.entity) {
                if let Some(owner) = identity.owner(plug.instance, resource) {
                    names.entry(owner).or_default().push((*plug, path));
                }
            }
        }
        Self { owners: Some(identity), names }
    }

    fn of(&self, instance: InstanceId, resource: ResourceId, exported: &dyn Fn(Plug) -> bool) -> Option<Origin> {
        let names = self.names.get(self.owners?.owner(instance, resource)?)?;
        let (plug, path) = names.iter().find(|(plug, _)| exported(*plug))?;
        Some(Origin::Exported(*plug, path.clone()))
    }
}

impl<'a> Origins<'a> {
    pub(super) fn shape(&self, instance: InstanceId) -> &'a Shape {
        self.shapes[instance.0]
    }

    /// Where `ty` of `instance` comes from.
    ///
    /// `within` is the import or export that is being written: of several names of one type the one below it is meant.
    /// `exported` tells which plugs the result exports already, so that their types can be referred to.
    pub(super) fn of(
        &self,
        instance: InstanceId,
        ty: TypeId,
        within: (Side, usize),
        exported: &dyn Fn(Plug) -> bool,
    ) -> Origin {
        let found = self.by_wires(instance, ty, within, exported);
        let renamed = match found {
            Origin::Structure(instance, ty) => {
                let resource = self.shape(instance).resource(ty);
                resource.and_then(|resource| self.renamed.of(instance, resource, exported))
            }
            Origin::Open(..) | Origin::Exported(..) => None,
        };
        renamed.unwrap_or(found)
    }

    fn by_wires(
        &self,
        instance: InstanceId,
        ty: TypeId,
        within: (Side, usize),
        exported: &dyn Fn(Plug) -> bool,
    ) -> Origin {
        let shape = self.shape(instance);
        let mut at = ty;
        loop {
            let mut places: Vec<&Place> = shape.bindings.get(&at).into_iter().flatten().collect();
            places.sort_by_key(|place| ((place.side, place.item) != within, place.side));
            for place in places {
                if let Some(origin) = self.of_place(instance, place, exported) {
                    return origin;
                }
            }
            match shape.def(at) {
                TypeDef::Alias(of) => at = *of,
                TypeDef::Resource(resource) => {
                    // A resource has no structure to fall back on, so any other name of it will do, a nearer one first.
                    let named = shape.bindings.iter().filter(|(id, _)| shape.resource(**id) == Some(*resource));
                    let mut places: Vec<&Place> = named.flat_map(|(_, places)| places).collect();
                    places.sort_by_key(|place| ((place.side, place.item) != within, place.side));
                    let found = places.into_iter().find_map(|place| self.of_place(instance, place, exported));
                    return found.unwrap_or(Origin::Structure(instance, at));
                }
                _ => return Origin::Structure(instance, at),
            }
        }
    }

    pub(super) fn of_place(
        &self,
        instance: InstanceId,
        place: &Place,
        exported: &dyn Fn(Plug) -> bool,
    ) -> Option<Origin> {
        match place.side {
            Side::Export => {
                let plug = Plug { instance, export: place.item };
                exported(plug).then(|| Origin::Exported(plug, place.path.clone()))
            }
            Side::Import => self.of_socket(Socket { instance, import: place.item }, &place.path, exported),
        }
    }

    /// Where the type below an import comes from.
    fn of_socket(&self, socket: Socket, path: &[String], exported: &dyn Fn(Plug) -> bool) -> Option<Origin> {
        match self.plan.source(socket)? {
            Source::Open(open) => Some(Origin::Open(*open, path.to_vec())),
            Source::Synthesised => None,
            Source::TypeOf { import, path: inner } => {
                let socket = Socket { import: *import, ..socket };
                let whole = inner.iter().chain(path).cloned().collect::<Vec<_>>();
                self.of_socket(socket, &whole, exported)
            }
            Source::Plug(plug) => {
                // What the plan keeps nameable is the nearer name; the plug's own types may go by names further away.
                if let Some(kept) = self.kept(socket, path) {
                    return Some(kept);
                }
                let shape = self.shape(plug.instance);
                let place = Place { side: Side::Export, item: plug.export, path: path.to_vec() };
                let Entity::Type { created } = &shape.item(&place).entity else { return None };
                match self.by_wires(plug.instance, *created, (Side::Export, plug.export), exported) {
                    Origin::Structure(..) => None,
                    origin => Some(origin),
                }
            }
        }
    }

    /// The types-only import that keeps a type of a socket which is itself filled by a plug.
    fn kept(&self, socket: Socket, path: &[String]) -> Option<Origin> {
        let id =
            self.plan.open.iter().position(|open| open.kept.get(&socket).is_some_and(|kept| kept.contains(path)))?;
        Some(Origin::Open(OpenId(id), path.to_vec()))
    }
}
