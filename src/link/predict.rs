//! The world that the result will have, told from the plan and the inputs alone.
//!
//! Nothing here knows how the result is encoded, so comparing this with the decoded result proves the encoder. A type of
//! the result is found by asking where an instance got it: an open import has a type of its own at that place; a plug
//! hands on what its instance exports; what an instance makes itself is copied. Resources go by their owners.

use crate::model::component::Components;
use crate::model::name::{ExternName, InterfaceName};
use crate::model::plan::{InstanceId, OpenId, Plan, Plug, Socket, Source};
use crate::types::identity::{Identity, Owner};
use crate::types::shape::*;
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};

/// The world of the result of a plan whose every socket has a source; `identity` says who owns its resources.
/// `canonical_names` as in the options of linking.
pub fn world(plan: &Plan, identity: &Identity, components: &Components, canonical_names: bool) -> Shape {
    let mut world = World {
        plan,
        components,
        identity,
        out: Shape::default(),
        of_instance: BTreeMap::new(),
        of_open: BTreeMap::new(),
        made: BTreeMap::new(),
        named: BTreeSet::new(),
        busy: BTreeSet::new(),
    };
    for (index, open) in plan.open.iter().enumerate() {
        let sides: Vec<_> = open.sockets.iter().map(|socket| (*socket, world.import(*socket))).collect();
        let Some(entity) = world.open_entity(OpenId(index), &sides, &[]) else { continue };
        let (name, attrs) = spelled(&open.name, &open.attrs, canonical_names);
        world.out.imports.insert(name, Item { entity, attrs });
    }
    let mut exported = BTreeSet::new();
    for export in &plan.exports {
        let instance = export.plug.instance;
        let Some((_, item)) = world.shape(instance).export(export.plug.export) else { continue };
        let place = Place { side: Side::Export, item: world.out.exports.len(), path: Vec::new() };
        // Under a further name the values of a plug are defined once more; the rest of the world goes by the first.
        let first = if exported.insert(export.plug) { BTreeMap::new() } else { world.forget(export.plug, item) };
        let entity = world.copied(instance, &item.entity, &place);
        world.of_instance.extend(first);
        let (name, attrs) = spelled(&export.name, &export.attrs, canonical_names);
        world.out.exports.insert(name, Item { entity, attrs });
    }
    world.place_resources();
    world.out
}

/// A name as the result spells it, and the attributes beside it.
fn spelled(name: &ExternName, attrs: &Attrs, canonical: bool) -> (String, Attrs) {
    let lower = |name: &InterfaceName| if canonical { name.spelled() } else { name.legacy().spelled() };
    let mut attrs = attrs.clone();
    let name = match name {
        ExternName::Interface(name) => {
            let (text, suffix) = lower(name);
            attrs.version_suffix = suffix;
            text
        }
        ExternName::Plain(text) => {
            let of = attrs.implements.as_deref();
            if let Some(of) = of.and_then(|of| InterfaceName::parse(of, attrs.version_suffix.as_deref())) {
                let (text, suffix) = lower(&of);
                (attrs.implements, attrs.version_suffix) = (Some(text), suffix);
            }
            text.clone()
        }
    };
    (name, attrs)
}

struct World<'a> {
    plan: &'a Plan,
    components: &'a Components,
    identity: &'a Identity,
    out: Shape,
    /// The type of the result that a type of an instance is.
    of_instance: BTreeMap<(InstanceId, TypeId), TypeId>,
    /// The type of the result at a place below an open import.
    of_open: BTreeMap<(OpenId, Vec<String>), TypeId>,
    /// The resources of the result by their owners.
    made: BTreeMap<Owner, TypeId>,
    /// The types of the result that an open import or an export names.
    named: BTreeSet<TypeId>,
    /// Places below open imports whose types are being found, so that definitions that refer to each other across
    /// merged imports come to an end.
    busy: BTreeSet<(OpenId, Vec<String>)>,
}

/// An item as several sockets define it, the leading one first.
type Sides<'a> = [(Socket, &'a Item)];

impl<'a> World<'a> {
    fn shape(&self, instance: InstanceId) -> &'a Shape {
        &self.components.get(self.plan.instance(instance).component).shape
    }

    fn import(&self, socket: Socket) -> &'a Item {
        &self.shape(socket.instance).imports[socket.import]
    }

    /// An open import, or an item below it: of instances the union of what the sockets ask for.
    fn open_entity(&mut self, open: OpenId, sides: &Sides<'a>, path: &[String]) -> Option<Entity> {
        let (leader, item) = sides.first()?;
        Some(match &item.entity {
            Entity::Func(func) => Entity::Func(self.func(leader.instance, func)),
            Entity::Unsupported(what) => Entity::Unsupported(*what),
            Entity::Type { .. } => {
                let created = self.open_type(open, path)?;
                self.bind(created, Place { side: Side::Import, item: open.0, path: path.to_vec() });
                Entity::Type { created }
            }
            Entity::Instance(_) => {
                let mut names: IndexMap<Vec<String>, Vec<(Socket, &'a Item)>> = IndexMap::new();
                for (socket, item) in sides {
                    let Entity::Instance(items) = &item.entity else { continue };
                    for (name, item) in items {
                        let mut path = path.to_vec();
                        path.push(name.clone());
                        if self.is_kept(open, *socket, &path) {
                            names.entry(path).or_default().push((*socket, item));
                        }
                    }
                }
                let mut items = IndexMap::new();
                for (path, sides) in names {
                    if let (Some(entity), Some(name)) = (self.open_entity(open, &sides, &path), path.last()) {
                        items.insert(name.clone(), Item { entity, attrs: sides[0].1.attrs.clone() });
                    }
                }
                Entity::Instance(items)
            }
        })
    }

    /// Whether a socket asks for what stands at a path below an open import, or below it.
    fn is_kept(&self, open: OpenId, socket: Socket, path: &[String]) -> bool {
        let kept = self.plan.open[open.0].kept.get(&socket);
        kept.is_none_or(|kept| kept.iter().any(|kept| kept.starts_with(path)))
    }

    /// The type at a place below an open import; `None` if no socket has a type there or it is not kept.
    fn open_type(&mut self, open: OpenId, path: &[String]) -> Option<TypeId> {
        let key = (open, path.to_vec());
        if let Some(known) = self.of_open.get(&key) {
            return Some(*known);
        }
        if !self.busy.insert(key.clone()) {
            return None;
        }
        let found = self.plan.open[open.0].sockets.iter().find_map(|socket| {
            let created = named(&self.import(*socket).entity, path)?;
            self.is_kept(open, *socket, path).then_some((socket.instance, created))
        });
        let made = found.map(|(instance, created)| self.open_definition(open, path, instance, created));
        self.busy.remove(&key);
        self.named.insert(made?);
        self.of_open.insert(key, made?);
        made
    }

    fn open_definition(&mut self, open: OpenId, path: &[String], instance: InstanceId, created: TypeId) -> TypeId {
        let shape = self.shape(instance);
        match shape.def(created) {
            TypeDef::Alias(of) => {
                let of = self.ty(instance, *of);
                self.enter(TypeDef::Alias(of))
            }
            TypeDef::Resource(resource) => {
                let here = Owner::Host { open, path: path.to_vec() };
                match self.identity.owner(instance, *resource).cloned() {
                    Some(owner) if owner != here => {
                        let of = self.resource(owner);
                        self.enter(TypeDef::Alias(of))
                    }
                    _ => self.fresh(here),
                }
            }
            def => self.copied_def(instance, def),
        }
    }

    /// The type of the result that a type of an instance is.
    fn ty(&mut self, instance: InstanceId, ty: TypeId) -> TypeId {
        if let Some(known) = self.of_instance.get(&(instance, ty)) {
            return *known;
        }
        let shape = self.shape(instance);
        let from = shape.bindings.get(&ty).into_iter().flatten().filter(|place| place.side == Side::Import);
        let made = match from.into_iter().find_map(|place| self.source(instance, place)) {
            Some(made) => made,
            None => match shape.def(ty) {
                TypeDef::Alias(of) => {
                    let of = self.ty(instance, *of);
                    self.enter(TypeDef::Alias(of))
                }
                TypeDef::Resource(resource) => {
                    let own = Owner::Instance { instance, resource: *resource };
                    let owner = self.identity.owner(instance, *resource).cloned().unwrap_or(own);
                    self.resource(owner)
                }
                def => self.copied_def(instance, def),
            },
        };
        let mut places = shape.bindings.get(&ty).into_iter().flatten().filter(|place| place.side == Side::Export);
        let exported = |place: &Place| {
            let plug = Plug { instance, export: place.item };
            self.plan.exports.iter().any(|export| export.plug == plug)
        };
        if places.any(exported) {
            self.named.insert(made);
        }
        self.of_instance.insert((instance, ty), made);
        made
    }

    /// The type of the result that an instance gets at a place of its imports.
    fn source(&mut self, instance: InstanceId, place: &Place) -> Option<TypeId> {
        let socket = Socket { instance, import: place.item };
        let kept = self
            .plan
            .open
            .iter()
            .position(|open| open.kept.get(&socket).is_some_and(|kept| kept.contains(&place.path)));
        if let Some(made) = kept.and_then(|open| self.open_type(OpenId(open), &place.path)) {
            return Some(made);
        }
        match self.plan.source(socket)?.clone() {
            Source::Open(open) => self.open_type(open, &place.path),
            Source::Plug(plug) => {
                let offered = self.shape(plug.instance).export(plug.export)?.1;
                let made = self.ty(plug.instance, named(&offered.entity, &place.path)?);
                // A value that the result cannot name is known better here, where more of its parts may have names.
                (self.out.resource(made).is_some() || self.is_named(made)).then_some(made)
            }
            Source::TypeOf { import, path } => {
                let from = self.shape(instance).imports.get_index(import)?.1;
                Some(self.ty(instance, named(&from.entity, &path)?))
            }
            Source::Synthesised => None,
        }
    }

    /// Whether the result gives a type, or one it is another name of, a name.
    fn is_named(&self, mut ty: TypeId) -> bool {
        loop {
            if self.named.contains(&ty) {
                return true;
            }
            match self.out.def(ty) {
                TypeDef::Alias(of) => ty = *of,
                _ => return false,
            }
        }
    }

    fn resource(&mut self, owner: Owner) -> TypeId {
        if let Owner::Host { open, path } = &owner
            && let Some(made) = self.open_type(*open, path)
        {
            return made;
        }
        self.fresh(owner)
    }

    fn fresh(&mut self, owner: Owner) -> TypeId {
        if let Some(known) = self.made.get(&owner) {
            return *known;
        }
        let number = u32::try_from(self.out.resources.len()).expect("inputs bound the number of resources");
        // The place is filled in when all names are known.
        self.out.resources.push(Place { side: Side::Export, item: 0, path: Vec::new() });
        let made = self.enter(TypeDef::Resource(ResourceId(number)));
        self.made.insert(owner, made);
        made
    }

    /// What an instance exports, with its types turned into those of the result.
    fn copied(&mut self, instance: InstanceId, entity: &'a Entity, place: &Place) -> Entity {
        match entity {
            Entity::Func(func) => Entity::Func(self.func(instance, func)),
            Entity::Unsupported(what) => Entity::Unsupported(*what),
            Entity::Type { created } => {
                let created = self.ty(instance, *created);
                self.bind(created, place.clone());
                Entity::Type { created }
            }
            Entity::Instance(items) => Entity::Instance(
                items
                    .iter()
                    .map(|(name, item)| {
                        let mut place = place.clone();
                        place.path.push(name.clone());
                        let entity = self.copied(instance, &item.entity, &place);
                        (name.clone(), Item { entity, attrs: item.attrs.clone() })
                    })
                    .collect(),
            ),
        }
    }

    /// Takes away what is known of the value types that a plug defines, and gives it.
    fn forget(&mut self, plug: Plug, item: &Item) -> BTreeMap<(InstanceId, TypeId), TypeId> {
        let shape = self.shape(plug.instance);
        let mut known = BTreeMap::new();
        let mut reached = BTreeSet::new();
        let mut next = mentioned(&item.entity);
        while let Some(ty) = next.pop() {
            // What the result does not export gives no names, even if it is a part of the plug or the other way round.
            let is_named = |place: &&Place| {
                let other = Plug { export: place.item, ..plug };
                place.side == Side::Import || self.plan.exports.iter().any(|export| export.plug == other)
            };
            let mut places = shape.bindings.get(&ty).into_iter().flatten().filter(is_named);
            let own = places.all(|place| place.side == Side::Export && place.item == plug.export);
            if own && reached.insert(ty) {
                known.extend(self.of_instance.remove_entry(&(plug.instance, ty)));
                next.extend(shape.mentions(ty));
            }
        }
        known
    }

    fn func(&mut self, instance: InstanceId, func: &FuncType) -> FuncType {
        FuncType {
            is_async: func.is_async,
            params: func.params.iter().map(|(name, ty)| (name.clone(), self.val(instance, *ty))).collect(),
            result: func.result.map(|ty| self.val(instance, ty)),
        }
    }

    fn val(&mut self, instance: InstanceId, ty: ValType) -> ValType {
        match ty {
            ValType::Primitive(_) => ty,
            ValType::Type(id) => ValType::Type(self.ty(instance, id)),
        }
    }

    fn copied_def(&mut self, instance: InstanceId, def: &TypeDef) -> TypeId {
        let mut val = |ty: &ValType| self.val(instance, *ty);
        let def = match def {
            TypeDef::Alias(_) | TypeDef::Resource(_) => unreachable!("names and resources are not copied"),
            TypeDef::Primitive(_) | TypeDef::Flags(_) | TypeDef::Enum(_) => def.clone(),
            TypeDef::Record(fields) => {
                TypeDef::Record(fields.iter().map(|(name, ty)| (name.clone(), val(ty))).collect())
            }
            TypeDef::Variant(cases) => {
                TypeDef::Variant(cases.iter().map(|(name, ty)| (name.clone(), ty.as_ref().map(&mut val))).collect())
            }
            TypeDef::List(of, length) => TypeDef::List(val(of), *length),
            TypeDef::Map(key, value) => TypeDef::Map(val(key), val(value)),
            TypeDef::Tuple(types) => TypeDef::Tuple(types.iter().map(val).collect()),
            TypeDef::Option(of) => TypeDef::Option(val(of)),
            TypeDef::Result(ok, err) => TypeDef::Result(ok.as_ref().map(&mut val), err.as_ref().map(&mut val)),
            TypeDef::Own(of) => TypeDef::Own(self.ty(instance, *of)),
            TypeDef::Borrow(of) => TypeDef::Borrow(self.ty(instance, *of)),
            TypeDef::Stream(of) => TypeDef::Stream(of.as_ref().map(val)),
            TypeDef::Future(of) => TypeDef::Future(of.as_ref().map(val)),
        };
        self.enter(def)
    }

    fn enter(&mut self, def: TypeDef) -> TypeId {
        let id = TypeId(u32::try_from(self.out.types.len()).expect("inputs bound the number of types"));
        self.out.types.push(def);
        id
    }

    fn bind(&mut self, ty: TypeId, place: Place) {
        let places = self.out.bindings.entry(ty).or_default();
        if !places.contains(&place) {
            places.push(place);
        }
    }

    /// Gives each resource the first place that names it.
    fn place_resources(&mut self) {
        let mut first: BTreeMap<ResourceId, Place> = BTreeMap::new();
        for (ty, places) in &self.out.bindings {
            let (Some(resource), Some(place)) = (self.out.resource(*ty), places.iter().min()) else { continue };
            let direct = matches!(self.out.def(*ty), TypeDef::Resource(_));
            let known = first.entry(resource).or_insert_with(|| place.clone());
            if direct || (place.side, place.item) < (known.side, known.item) {
                *known = place.clone();
            }
        }
        for (resource, place) in first {
            self.out.resources[resource.0 as usize] = place;
        }
    }
}

/// The types that an item mentions directly.
fn mentioned(entity: &Entity) -> Vec<TypeId> {
    match entity {
        Entity::Func(func) => {
            func.val_types().filter_map(|ty| if let ValType::Type(ty) = ty { Some(ty) } else { None }).collect()
        }
        Entity::Instance(items) => items.values().flat_map(|item| mentioned(&item.entity)).collect(),
        Entity::Type { created } => vec![*created],
        Entity::Unsupported(_) => Vec::new(),
    }
}

/// The type at a path below an item.
fn named(entity: &Entity, path: &[String]) -> Option<TypeId> {
    match (entity, path.split_first()) {
        (Entity::Type { created }, None) => Some(*created),
        (Entity::Instance(items), Some((name, rest))) => named(&items.get(name)?.entity, rest),
        _ => None,
    }
}
