//! Any part of a shape in WIT syntax.
//!
//! A type is written by the nearest of its names: the name it has in the interface it is written for (its *home*), else
//! `other.{name}` with the interface that named it, else its structure. A declaration whose type was taken from
//! elsewhere is a `use`, so resource identity can be seen. What WIT cannot say is written as close to it as can be: a
//! type of the world itself as `world.{name}`, and `export ` in front of an interface that the world has on both sides.
//! The whole world is put together in `world_text`.

use super::shape::*;
use std::cell::{Cell, OnceCell};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::rc::Rc;

/// Where a text will stand, which decides how types are called in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Home {
    /// In the world itself.
    World,
    /// Among the items of the instance at this place.
    Instance(Place),
}

impl Home {
    /// The home of what stands at a place: the instance around it, or the world.
    pub fn of(place: &Place) -> Self {
        match place.path.split_last() {
            None => Self::World,
            Some((_, around)) => Self::Instance(Place { path: around.to_vec(), ..*place }),
        }
    }

    fn has(&self, place: &Place) -> bool {
        match (self, place.path.split_last()) {
            (Self::World, around) => around.is_none(),
            (Self::Instance(_), None) => false,
            (Self::Instance(home), Some((_, around))) => {
                (home.side, home.item) == (place.side, place.item) && home.path == around
            }
        }
    }
}

/// Writes parts of one shape for one home.
#[derive(Debug, Clone)]
pub struct Printer<'a> {
    shape: &'a Shape,
    home: Home,
    canonical: bool,
    /// What has to be looked for in the whole shape, once somebody asks.
    index: Rc<OnceCell<Index<'a>>>,
    /// In a message: how many structures without a name may still be written for the item.
    room: Option<Cell<usize>>,
}

/// Types without names share their parts and WIT writes them out each time: a few bytes can be megabytes of text. In a
/// message an item has no more such structures than this, and then dots.
const MOST_STRUCTURES: usize = 500;

/// Where the names of a shape are, so that a text of all of it takes no longer than it is long.
#[derive(Debug)]
struct Index<'a> {
    /// For each resource the place that introduces it.
    first: BTreeMap<ResourceId, &'a Place>,
    /// The types that have names, by what they are names of.
    names: BTreeMap<Root, Vec<TypeId>>,
}

/// What is below all names of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Root {
    Resource(ResourceId),
    Structure(TypeId),
}

impl Root {
    fn of(shape: &Shape, ty: TypeId) -> Self {
        let peeled = shape.peel(ty);
        match shape.def(peeled) {
            TypeDef::Resource(resource) => Self::Resource(*resource),
            _ => Self::Structure(peeled),
        }
    }
}

impl<'a> Printer<'a> {
    /// A printer for texts that stand in `home`.
    pub fn new(shape: &'a Shape, home: Home) -> Self {
        Self { shape, home, canonical: false, index: Rc::default(), room: None }
    }

    /// A printer whose texts are compared. Of several exports that name one resource any may be the one that the others
    /// use, and the order of the exports must not decide: here it is the first by name.
    pub fn canonical(self) -> Self {
        // Which place introduces a resource is another question now.
        Self { canonical: true, index: Rc::default(), ..self }
    }

    /// The same for another home.
    pub fn at(&self, home: Home) -> Self {
        Self { shape: self.shape, home, canonical: self.canonical, index: self.index.clone(), room: self.room.clone() }
    }

    /// A printer for messages about an entity of the shape, found by its address; one that is not part of the shape is
    /// written as if it stood in the world.
    pub fn around(shape: &'a Shape, entity: &Entity) -> (Self, Option<Place>) {
        let place = place_of(shape, entity);
        let home = place.as_ref().map_or(Home::World, Home::of);
        let room = Some(Cell::new(MOST_STRUCTURES));
        (Self { room, ..Self::new(shape, home) }, place)
    }

    /// The declaration of an item, without a closing `;`; items of an instance go on lines of their own.
    pub fn item(&self, name: &str, entity: &Entity, place: Option<&Place>) -> String {
        if let Some(room) = &self.room {
            room.set(MOST_STRUCTURES);
        }
        match entity {
            Entity::Func(func) => format!("{name}: {}", self.func(func)),
            Entity::Type { created } => self.declaration(name, *created, place),
            Entity::Unsupported(_) => format!("{name}: {}", entity.word()),
            Entity::Instance(items) => {
                let at = place.cloned();
                let home = at.clone().map_or(Home::World, Home::Instance);
                let inner = self.at(home);
                let mut out = format!("{name}: interface {{");
                for (name, item) in items {
                    let place = at.clone().map(|at| below(&at, name));
                    let text = inner.item(name, &item.entity, place.as_ref()).replace('\n', "\n  ");
                    let _ = write!(
                        out,
                        "\n  {text}{}",
                        if text.ends_with('}') && !text.starts_with("use ") { "" } else { ";" }
                    );
                }
                out.push_str(if items.is_empty() { "}" } else { "\n}" });
                out
            }
        }
    }

    /// `async func(key: string) -> option<list<u8>>`.
    pub fn func(&self, func: &FuncType) -> String {
        let word = if func.is_async { "async func" } else { "func" };
        format!("{word}{}", self.signature(&func.params, func.result))
    }

    pub(super) fn signature(&self, params: &[(String, ValType)], result: Option<ValType>) -> String {
        let mut out = format!("({})", self.fields(params));
        if let Some(result) = result {
            let _ = write!(out, " -> {}", self.val(result));
        }
        out
    }

    /// A value type where it is used: by name where it has one.
    pub fn val(&self, ty: ValType) -> String {
        match ty {
            ValType::Primitive(primitive) => primitive_name(primitive).into(),
            ValType::Type(id) => self.name(id).unwrap_or_else(|| self.structure(id)),
        }
    }

    /// The declaration that gives `created` a name: a `use`, a `resource`, a `record`, … or `type name = …`. `place` is
    /// where it stands, so that the name is not taken for the origin of the type.
    pub fn declaration(&self, name: &str, created: TypeId, place: Option<&Place>) -> String {
        if let Some(origin) = self.origin(created, place) {
            let old = last_name(self.shape, origin);
            return match (&self.home, self.home.has(origin)) {
                (_, true) if place.is_none_or(|place| place.side == origin.side) => format!("type {name} = {old}"),
                _ if old == name => format!("use {}", self.qualified(origin, old)),
                _ => format!("use {}", self.qualified(origin, &format!("{old} as {name}"))),
            };
        }
        let peeled = self.shape.peel(created);
        match self.shape.def(peeled) {
            TypeDef::Resource(_) => format!("resource {name}"),
            TypeDef::Record(fields) => format!("record {name} {{ {} }}", self.fields(fields)),
            TypeDef::Variant(cases) => format!("variant {name} {{ {} }}", self.cases(cases)),
            TypeDef::Flags(flags) => format!("flags {name} {{ {} }}", flags.join(", ")),
            TypeDef::Enum(cases) => format!("enum {name} {{ {} }}", cases.join(", ")),
            // The name alone would be another name of the resource.
            TypeDef::Own(of) => format!("type {name} = own<{}>", self.val(ValType::Type(*of))),
            _ => format!("type {name} = {}", self.structure(peeled)),
        }
    }

    /// The place that gave the type the name by which `place` takes it over; `None` if `place` introduces it.
    pub fn origin(&self, created: TypeId, place: Option<&Place>) -> Option<&'a Place> {
        let first = self.shape.resource(created).and_then(|resource| self.first_of_resource(resource));
        if let Some(first) = first
            && (Some(first) == place || self.canonical && first.side == Side::Export)
        {
            return (Some(first) != place).then_some(first);
        }
        let mut at = created;
        while let TypeDef::Alias(of) = self.shape.def(at) {
            at = *of;
            // An instance that is passed on under another name has the very types of the import: a name at home goes first.
            let others = self.shape.bindings.get(&at).into_iter().flatten();
            let others = others.filter(|other| Some(*other) != place && self.sees(other, place));
            let nearest = others.min_by_key(|other| (!self.home.has(other), order(self.shape, other)));
            let Some(origin) = nearest else { continue };
            // Which of several names at home a resource has is the *first* is no matter of aliases: nobody can tell.
            if first.is_none() || first == Some(origin) || !self.home.has(origin) {
                return Some(origin);
            }
        }
        first
    }

    /// The name of a type as seen from home, if it has any.
    pub fn name(&self, ty: TypeId) -> Option<String> {
        let mut chain = vec![ty];
        while let TypeDef::Alias(of) = self.shape.def(chain[chain.len() - 1]) {
            chain.push(*of);
        }
        let here = |id: TypeId| self.shape.bindings.get(&id)?.iter().find(|place| self.home.has(place));
        if let Some(place) = chain.iter().find_map(|id| here(*id)) {
            return Some(self.own_name(place));
        }
        // A name at home for the very same type is nearer than any name elsewhere.
        let root = self.shape.peel(ty);
        let named = matches!(
            self.shape.def(root),
            TypeDef::Resource(_) | TypeDef::Record(_) | TypeDef::Variant(_) | TypeDef::Flags(_) | TypeDef::Enum(_)
        );
        let same = || self.index().names.get(&Root::of(self.shape, root)).into_iter().flatten();
        if named && let Some(place) = same().find_map(|id| here(*id)) {
            return Some(self.own_name(place));
        }
        let first = self.shape.resource(root).and_then(|resource| self.first_of_resource(resource));
        let place = match first {
            Some(first) if self.canonical && first.side == Side::Export => first,
            _ => chain.iter().find_map(|id| self.first_seen(*id)).or(first)?,
        };
        Some(self.qualified(place, last_name(self.shape, place)))
    }

    /// A record, variant, flags or enum with its last name, as where it was defined: `record item { count: u32 }`.
    pub fn definition(&self, ty: TypeId) -> Option<String> {
        let peeled = self.shape.peel(ty);
        let structure = match self.shape.def(peeled) {
            TypeDef::Record(_) | TypeDef::Variant(_) | TypeDef::Flags(_) | TypeDef::Enum(_) => self.structure(peeled),
            _ => return None,
        };
        let (word, rest) = structure.split_once(' ')?;
        let same = |id: &&TypeId| self.shape.peel(**id) == peeled;
        let places = self.shape.bindings.iter().filter(|(id, _)| same(id)).flat_map(|(_, places)| places);
        let name =
            places.min_by_key(|place| order(self.shape, place)).map_or("_", |place| last_name(self.shape, place));
        Some(format!("{word} {name} {rest}"))
    }

    /// The structure of a type, whatever names it has itself; types inside go by name.
    pub fn structure(&self, ty: TypeId) -> String {
        if let Some(room) = &self.room {
            if room.get() == 0 {
                return "…".into();
            }
            room.set(room.get() - 1);
        }
        let peeled = self.shape.peel(ty);
        match self.shape.def(peeled) {
            TypeDef::Alias(_) => unreachable!("aliases are peeled"),
            TypeDef::Resource(resource) => format!("resource#{}", resource.0),
            TypeDef::Primitive(primitive) => primitive_name(*primitive).into(),
            TypeDef::Record(fields) => format!("record {{ {} }}", self.fields(fields)),
            TypeDef::Variant(cases) => format!("variant {{ {} }}", self.cases(cases)),
            TypeDef::Flags(flags) => format!("flags {{ {} }}", flags.join(", ")),
            TypeDef::Enum(cases) => format!("enum {{ {} }}", cases.join(", ")),
            TypeDef::List(of, None) => format!("list<{}>", self.val(*of)),
            TypeDef::List(of, Some(length)) => format!("list<{}, {length}>", self.val(*of)),
            TypeDef::Map(key, value) => format!("map<{}, {}>", self.val(*key), self.val(*value)),
            TypeDef::Tuple(types) => {
                format!("tuple<{}>", types.iter().map(|ty| self.val(*ty)).collect::<Vec<_>>().join(", "))
            }
            TypeDef::Option(of) => format!("option<{}>", self.val(*of)),
            TypeDef::Result(None, None) => "result".into(),
            TypeDef::Result(Some(ok), None) => format!("result<{}>", self.val(*ok)),
            TypeDef::Result(ok, Some(err)) => {
                format!("result<{}, {}>", ok.map_or("_".into(), |ok| self.val(ok)), self.val(*err))
            }
            TypeDef::Own(of) => self.val(ValType::Type(*of)),
            TypeDef::Borrow(of) => format!("borrow<{}>", self.val(ValType::Type(*of))),
            TypeDef::Stream(of) => format!("stream{}", self.payload(*of)),
            TypeDef::Future(of) => format!("future{}", self.payload(*of)),
        }
    }

    fn payload(&self, of: Option<ValType>) -> String {
        of.map_or(String::new(), |of| format!("<{}>", self.val(of)))
    }

    fn fields(&self, fields: &[(String, ValType)]) -> String {
        fields.iter().map(|(name, ty)| format!("{name}: {}", self.val(*ty))).collect::<Vec<_>>().join(", ")
    }

    fn cases(&self, cases: &[(String, Option<ValType>)]) -> String {
        let case = |(name, ty): &(String, Option<ValType>)| match ty {
            Some(ty) => format!("{name}({})", self.val(*ty)),
            None => name.clone(),
        };
        cases.iter().map(case).collect::<Vec<_>>().join(", ")
    }

    fn first_seen(&self, ty: TypeId) -> Option<&'a Place> {
        let seen = self.shape.bindings.get(&ty)?.iter().filter(|place| self.sees(place, None));
        seen.min_by_key(|place| order(self.shape, place))
    }

    /// Whether what is written, at `place` if that is known, can speak of a name: imports know nothing of exports.
    fn sees(&self, name: &Place, place: Option<&Place>) -> bool {
        let side = match (&self.home, place) {
            (Home::Instance(home), _) => Some(home.side),
            (Home::World, place) => place.map(|place| place.side),
        };
        side != Some(Side::Import) || name.side == Side::Import
    }

    /// The place that introduces a resource: the one that names it itself, else one that names what has no name, else any
    /// alias of it; of several the first by name.
    fn first_of_resource(&self, resource: ResourceId) -> Option<&'a Place> {
        self.index().first.get(&resource).copied()
    }

    fn index(&self) -> &Index<'a> {
        self.index.get_or_init(|| {
            let mut names: BTreeMap<Root, Vec<TypeId>> = BTreeMap::new();
            for id in self.shape.bindings.keys() {
                names.entry(Root::of(self.shape, *id)).or_default().push(*id);
            }
            let first = names.iter().filter_map(|(root, ids)| match root {
                Root::Resource(resource) => Some((*resource, self.first_of(ids)?)),
                Root::Structure(_) => None,
            });
            Index { first: first.collect(), names }
        })
    }

    /// Of the names of one resource.
    fn first_of(&self, ids: &[TypeId]) -> Option<&'a Place> {
        let shape = self.shape;
        let named = |ty: TypeId| shape.bindings.contains_key(&ty);
        let rank = |ty: TypeId| match shape.def(ty) {
            TypeDef::Alias(of) => 1 + usize::from(aliases(shape, *of).any(named)),
            _ => 0,
        };
        let places = ids.iter().flat_map(|id| shape.bindings[id].iter().map(move |place| (*id, place)));
        let rank = |(id, place): &(TypeId, &Place)| match (self.canonical, place.side) {
            (true, Side::Export) => 3,
            _ => rank(*id),
        };
        places.min_by_key(|found| (rank(found), order(shape, found.1))).map(|(_, place)| place)
    }

    fn own_name(&self, place: &Place) -> String {
        let name = last_name(self.shape, place);
        let both = self.home == Home::World && both_sides(self.shape, name);
        if both && place.side == Side::Export { format!("export {name}") } else { name.into() }
    }

    fn qualified(&self, place: &Place, name: &str) -> String {
        let head = self.shape.head(place).0;
        let side = if place.side == Side::Export && both_sides(self.shape, head) { "export " } else { "" };
        match place.path.split_last() {
            None if self.home == Home::World => format!("{side}{name}"),
            None => format!("{side}world.{{{name}}}"),
            Some((_, [])) => format!("{side}{head}.{{{name}}}"),
            Some((_, path)) => format!("{side}{head}/{}.{{{name}}}", path.join("/")),
        }
    }
}

/// The place of an item below an instance.
pub(super) fn below(place: &Place, name: &str) -> Place {
    let mut place = place.clone();
    place.path.push(name.into());
    place
}

/// A type and what it is another name of, one after the other.
fn aliases(shape: &Shape, ty: TypeId) -> impl Iterator<Item = TypeId> + '_ {
    std::iter::successors(Some(ty), |ty| match shape.def(*ty) {
        TypeDef::Alias(of) => Some(*of),
        _ => None,
    })
}

/// A key by which places are compared so that the order of imports and exports does not matter.
fn order<'s>(shape: &'s Shape, place: &'s Place) -> (Side, &'s str, &'s [String]) {
    (place.side, shape.head(place).0, &place.path)
}

fn last_name<'s>(shape: &'s Shape, place: &'s Place) -> &'s str {
    place.path.last().map_or_else(|| shape.head(place).0, String::as_str)
}

fn both_sides(shape: &Shape, name: &str) -> bool {
    shape.imports.contains_key(name) && shape.exports.contains_key(name)
}

/// Where an entity stands in its shape, found by address.
fn place_of(shape: &Shape, entity: &Entity) -> Option<Place> {
    fn search(items: &indexmap::IndexMap<String, Item>, entity: &Entity) -> Option<Vec<String>> {
        items.iter().find_map(|(name, item)| {
            if std::ptr::eq(&item.entity, entity) {
                return Some(vec![name.clone()]);
            }
            let Entity::Instance(items) = &item.entity else { return None };
            let mut path = search(items, entity)?;
            path.insert(0, name.clone());
            Some(path)
        })
    }
    [Side::Import, Side::Export].into_iter().find_map(|side| {
        let mut path = search(shape.side(side), entity)?;
        let item = shape.side(side).get_index_of(&path.remove(0)).expect("the search found it there");
        Some(Place { side, item, path })
    })
}

pub(super) fn primitive_name(primitive: Primitive) -> &'static str {
    match primitive {
        Primitive::Bool => "bool",
        Primitive::S8 => "s8",
        Primitive::U8 => "u8",
        Primitive::S16 => "s16",
        Primitive::U16 => "u16",
        Primitive::S32 => "s32",
        Primitive::U32 => "u32",
        Primitive::S64 => "s64",
        Primitive::U64 => "u64",
        Primitive::F32 => "f32",
        Primitive::F64 => "f64",
        Primitive::Char => "char",
        Primitive::String => "string",
        Primitive::ErrorContext => "error-context",
    }
}
