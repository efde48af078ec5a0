//! Shapes of interfaces and worlds as WIT describes them, nothing left out.
//!
//! A component that is made of a world has only what its functions speak of; here every type that is declared is there,
//! used or not, so it can be asked what such an interface *offers*. Interfaces stand among the imports, each after those
//! it takes types from; those that a world exports stand apart, since one interface may be on both sides.

use super::shape::*;
use indexmap::IndexMap;
use std::collections::{BTreeMap, HashMap};
use wit_parser::{
    Function, Handle, InterfaceId, Resolve, Span, Type, TypeDefKind, TypeId as WitId, TypeOwner, WorldId, WorldItem,
    WorldKey,
};

/// What WIT describes.
#[derive(Debug)]
pub struct Described {
    /// Its shape.
    pub shape: Shape,
    /// Where the name of each item stands.
    pub spans: BTreeMap<Place, Span>,
}

/// Interfaces, with whatever they take types from.
pub fn interfaces(resolve: &Resolve, ids: impl IntoIterator<Item = InterfaceId>) -> Described {
    let mut reading = Reading::new(resolve);
    ids.into_iter().for_each(|id| reading.import(id));
    reading.described()
}

/// What a world imports.
pub fn imports(resolve: &Resolve, world: WorldId) -> Described {
    let mut reading = Reading::new(resolve);
    reading.world_types(world);
    reading.world(world, Side::Import);
    reading.described()
}

/// What a world exports, with the imports that it takes types from.
pub fn exports(resolve: &Resolve, world: WorldId) -> Described {
    let mut reading = Reading::new(resolve);
    reading.world_types(world);
    reading.world(world, Side::Export);
    reading.described()
}

struct Reading<'r> {
    resolve: &'r Resolve,
    shape: Shape,
    /// The types that imported interfaces and the world itself name.
    named: HashMap<WitId, TypeId>,
    /// Types of the interface that is being read, those without names too.
    own: HashMap<WitId, TypeId>,
    primitives: BTreeMap<Primitive, TypeId>,
    spans: BTreeMap<Place, Span>,
    /// The interface that is being read and the place of its instance.
    home: Option<(InterfaceId, Place)>,
}

impl<'r> Reading<'r> {
    fn new(resolve: &'r Resolve) -> Self {
        let (named, own, primitives, spans) = (HashMap::new(), HashMap::new(), BTreeMap::new(), BTreeMap::new());
        Self { resolve, shape: Shape::default(), named, own, primitives, spans, home: None }
    }

    fn described(self) -> Described {
        Described { shape: self.shape, spans: self.spans }
    }

    fn world(&mut self, world: WorldId, side: Side) {
        let world = &self.resolve.worlds[world];
        let items = if side == Side::Import { &world.imports } else { &world.exports };
        for (key, item) in items {
            let name = self.resolve.name_world_key(key);
            match item {
                WorldItem::Interface { id, external_id, .. } => {
                    if side == Side::Import && matches!(key, WorldKey::Interface(_)) {
                        self.import(*id);
                    } else {
                        self.instance(*id, name.clone(), side);
                    }
                    let implements = match key {
                        WorldKey::Name(_) => self.resolve.implements_interface(key, item),
                        WorldKey::Interface(_) => None,
                    };
                    let implements = implements.and_then(|id| self.resolve.id_of(id));
                    if let Some(item) = self.side(side).get_mut(&name) {
                        item.attrs.implements = implements;
                        item.attrs.external_id.clone_from(external_id);
                    }
                }
                WorldItem::Function(func) => {
                    let entity = Entity::Func(self.func(func));
                    let attrs = Attrs { external_id: func.external_id.clone(), ..Attrs::default() };
                    let place = Place { side, item: self.side(side).len(), path: Vec::new() };
                    self.spans.insert(place, func.span);
                    self.side(side).insert(name, Item { entity, attrs });
                }
                // They were read first, since functions speak of them.
                WorldItem::Type { .. } => {}
            }
        }
    }

    /// The types of the world itself, which its functions may speak of.
    fn world_types(&mut self, world: WorldId) {
        for (key, item) in &self.resolve.worlds[world].imports {
            if let WorldItem::Type { id, .. } = item {
                self.world_type(*id, self.resolve.name_world_key(key));
            }
        }
    }

    fn world_type(&mut self, id: WitId, name: String) {
        if self.named.contains_key(&id) {
            return;
        }
        let place = Place { side: Side::Import, item: self.shape.imports.len(), path: Vec::new() };
        let created = self.created(id, &place);
        // An interface it comes from may have been entered before it.
        let place = Place { item: self.shape.imports.len(), ..place };
        self.shape.bindings.entry(created).or_default().push(place.clone());
        self.spans.insert(place.clone(), self.resolve.types[id].span);
        self.settle(created, place);
        let attrs = Attrs { external_id: self.resolve.types[id].external_id.clone(), ..Attrs::default() };
        self.shape.imports.insert(name, Item { entity: Entity::Type { created }, attrs });
        self.named.insert(id, created);
    }

    fn side(&mut self, side: Side) -> &mut IndexMap<String, Item> {
        match side {
            Side::Import => &mut self.shape.imports,
            Side::Export => &mut self.shape.exports,
        }
    }

    /// An interface under its own name, once.
    fn import(&mut self, id: InterfaceId) {
        let Some(name) = self.resolve.id_of(id) else { return };
        if !self.shape.imports.contains_key(&name) {
            self.instance(id, name, Side::Import);
        }
    }

    fn instance(&mut self, id: InterfaceId, name: String, side: Side) {
        let interface = &self.resolve.interfaces[id];
        for ty in interface.types.values() {
            self.origins(*ty, id);
        }
        let at = self.side(side).len();
        let here = Place { side, item: at, path: Vec::new() };
        let outer = (std::mem::take(&mut self.own), self.home.replace((id, here.clone())));
        let mut items = IndexMap::new();
        self.spans.insert(here, interface.span);
        for (name, ty) in &interface.types {
            let created = self.ty(*ty);
            let attrs = Attrs { external_id: self.resolve.types[*ty].external_id.clone(), ..Attrs::default() };
            items.insert(name.clone(), Item { entity: Entity::Type { created }, attrs });
        }
        for (name, func) in &interface.functions {
            let entity = Entity::Func(self.func(func));
            let attrs = Attrs { external_id: func.external_id.clone(), ..Attrs::default() };
            self.spans.insert(Place { side, item: at, path: vec![name.clone()] }, func.span);
            items.insert(name.clone(), Item { entity, attrs });
        }
        let own = std::mem::replace(&mut self.own, outer.0);
        self.home = outer.1;
        // A labelled copy of an interface has types of its own.
        if side == Side::Import && self.resolve.id_of(id).is_some_and(|own| own == name) {
            self.named.extend(own.into_iter().filter(|(id, _)| self.resolve.types[*id].name.is_some()));
        }
        self.side(side).insert(name, Item { entity: Entity::Instance(items), attrs: Attrs::default() });
    }

    /// Enters the interfaces that a declaration takes types from.
    fn origins(&mut self, ty: WitId, home: InterfaceId) {
        if let TypeDefKind::Type(Type::Id(of)) = self.resolve.types[ty].kind
            && let TypeOwner::Interface(other) = self.resolve.types[of].owner
            && other != home
        {
            self.import(other);
        }
    }

    /// The entry of a type where it gets its name.
    fn created(&mut self, id: WitId, place: &Place) -> TypeId {
        let def = &self.resolve.types[id];
        match &def.kind {
            TypeDefKind::Resource => {
                let resource = ResourceId(u32::try_from(self.shape.resources.len()).expect("fewer than types"));
                self.shape.resources.push(place.clone());
                self.enter(TypeDef::Resource(resource))
            }
            TypeDefKind::Type(of) => {
                let of = match self.val(of) {
                    ValType::Type(of) => of,
                    ValType::Primitive(primitive) => self.primitive(primitive),
                };
                self.enter(TypeDef::Alias(of))
            }
            kind => {
                let structure = self.structure(kind);
                let structure = self.enter(structure);
                self.enter(TypeDef::Alias(structure))
            }
        }
    }

    /// The place of a resource is where it stands in the end.
    fn settle(&mut self, created: TypeId, place: Place) {
        if let TypeDef::Resource(resource) = self.shape.types[created.0 as usize] {
            self.shape.resources[resource.0 as usize] = place;
        }
    }

    fn primitive(&mut self, primitive: Primitive) -> TypeId {
        if let Some(known) = self.primitives.get(&primitive) {
            return *known;
        }
        let entered = self.enter(TypeDef::Primitive(primitive));
        self.primitives.insert(primitive, entered);
        entered
    }

    fn enter(&mut self, def: TypeDef) -> TypeId {
        let id = TypeId(u32::try_from(self.shape.types.len()).expect("WIT has fewer types than that"));
        self.shape.types.push(def);
        id
    }

    fn func(&mut self, func: &Function) -> FuncType {
        FuncType {
            is_async: func.kind.is_async(),
            params: func.params.iter().map(|param| (param.name.clone(), self.val(&param.ty))).collect(),
            result: func.result.as_ref().map(|ty| self.val(ty)),
        }
    }

    fn val(&mut self, ty: &Type) -> ValType {
        ValType::Primitive(match ty {
            Type::Bool => Primitive::Bool,
            Type::U8 => Primitive::U8,
            Type::U16 => Primitive::U16,
            Type::U32 => Primitive::U32,
            Type::U64 => Primitive::U64,
            Type::S8 => Primitive::S8,
            Type::S16 => Primitive::S16,
            Type::S32 => Primitive::S32,
            Type::S64 => Primitive::S64,
            Type::F32 => Primitive::F32,
            Type::F64 => Primitive::F64,
            Type::Char => Primitive::Char,
            Type::String => Primitive::String,
            Type::ErrorContext => Primitive::ErrorContext,
            Type::Id(id) => return ValType::Type(self.ty(*id)),
        })
    }

    fn ty(&mut self, id: WitId) -> TypeId {
        if let Some(known) = self.own.get(&id).or_else(|| self.named.get(&id)) {
            return *known;
        }
        let def = &self.resolve.types[id];
        let home = self.home.clone();
        let entered = match (&def.name, def.owner, home) {
            // It may be mentioned before it is declared.
            (Some(name), TypeOwner::Interface(owner), Some((home, mut place))) if owner == home => {
                place.path.push(name.clone());
                let created = self.created(id, &place);
                self.shape.bindings.entry(created).or_default().push(place.clone());
                self.spans.insert(place, def.span);
                created
            }
            (Some(_), TypeOwner::Interface(owner), _) => {
                let outer = (std::mem::take(&mut self.own), self.home.take());
                self.import(owner);
                (self.own, self.home) = outer;
                match self.named.get(&id) {
                    Some(known) => return *known,
                    None => unreachable!("an interface has the types it owns"),
                }
            }
            (Some(name), TypeOwner::World(_), None) => {
                self.world_type(id, name.clone());
                return self.named[&id];
            }
            _ => match &def.kind {
                TypeDefKind::Type(of) => match self.val(of) {
                    ValType::Type(of) => self.enter(TypeDef::Alias(of)),
                    ValType::Primitive(primitive) => self.primitive(primitive),
                },
                kind => {
                    let structure = self.structure(kind);
                    self.enter(structure)
                }
            },
        };
        self.own.insert(id, entered);
        entered
    }

    fn structure(&mut self, kind: &TypeDefKind) -> TypeDef {
        match kind {
            TypeDefKind::Record(record) => {
                TypeDef::Record(record.fields.iter().map(|field| (field.name.clone(), self.val(&field.ty))).collect())
            }
            TypeDefKind::Variant(variant) => {
                let case = |case: &wit_parser::Case| (case.name.clone(), case.ty.as_ref().map(|ty| self.val(ty)));
                TypeDef::Variant(variant.cases.iter().map(case).collect())
            }
            TypeDefKind::Enum(cases) => TypeDef::Enum(cases.cases.iter().map(|case| case.name.clone()).collect()),
            TypeDefKind::Flags(flags) => TypeDef::Flags(flags.flags.iter().map(|flag| flag.name.clone()).collect()),
            TypeDefKind::Tuple(tuple) => TypeDef::Tuple(tuple.types.iter().map(|ty| self.val(ty)).collect()),
            TypeDefKind::Option(of) => TypeDef::Option(self.val(of)),
            TypeDefKind::Result(result) => {
                let ok = result.ok.as_ref().map(|ty| self.val(ty));
                TypeDef::Result(ok, result.err.as_ref().map(|ty| self.val(ty)))
            }
            TypeDefKind::List(of) => TypeDef::List(self.val(of), None),
            TypeDefKind::FixedLengthList(of, length) => TypeDef::List(self.val(of), Some(*length)),
            TypeDefKind::Map(key, value) => TypeDef::Map(self.val(key), self.val(value)),
            TypeDefKind::Future(of) => TypeDef::Future(of.as_ref().map(|ty| self.val(ty))),
            TypeDefKind::Stream(of) => TypeDef::Stream(of.as_ref().map(|ty| self.val(ty))),
            TypeDefKind::Handle(Handle::Own(of)) => TypeDef::Own(self.ty(*of)),
            TypeDefKind::Handle(Handle::Borrow(of)) => TypeDef::Borrow(self.ty(*of)),
            TypeDefKind::Type(_) | TypeDefKind::Resource | TypeDefKind::Unknown => {
                unreachable!("a resolved package has no unknown types, and names are read by name")
            }
        }
    }
}
