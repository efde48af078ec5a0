//! One import of a shape by itself, with what other imports have of the types it speaks of.
//!
//! So much of a component is what one of its links depends on. Types that only other imports speak of, and everything
//! exported, is left out; names keep their whole versions and lose the canonical spelling, which is a matter of the binary.

use super::shape::*;
use crate::model::component::{item_interface, item_name};
use crate::model::name::ExternName;
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};

/// Every type that an item mentions, however deep.
pub fn reachable(shape: &Shape, entity: &Entity) -> BTreeSet<TypeId> {
    let mut left = Vec::new();
    start(entity, &mut left);
    let mut seen = BTreeSet::new();
    while let Some(ty) = left.pop() {
        if seen.insert(ty) {
            left.extend(shape.mentions(ty));
        }
    }
    seen
}

fn start(entity: &Entity, into: &mut Vec<TypeId>) {
    match entity {
        Entity::Func(func) => into.extend(func.val_types().filter_map(|ty| match ty {
            ValType::Type(id) => Some(id),
            ValType::Primitive(_) => None,
        })),
        Entity::Instance(items) => items.values().for_each(|item| start(&item.entity, into)),
        Entity::Type { created } => into.push(*created),
        Entity::Unsupported(_) => {}
    }
}

/// The shape with nothing but the import at a position and what its types come from. The import is the last one.
pub fn only_import(shape: &Shape, import: usize) -> Option<Shape> {
    let (name, asked) = shape.imports.get_index(import)?;
    let mut kept = reachable(shape, &asked.entity);
    // A static function of a resource need not speak of it.
    if let Some(resource) = resource_of(name).and_then(|resource| shape.imports.get(resource)) {
        kept.append(&mut reachable(shape, &resource.entity));
    }
    let renumbered: BTreeMap<TypeId, TypeId> = kept
        .iter()
        .enumerate()
        .map(|(new, old)| (*old, TypeId(u32::try_from(new).expect("fewer than before"))))
        .collect();
    let mut slice = Slice { shape, types: renumbered, resources: BTreeMap::new(), out: Shape::default() };
    for old in &kept {
        let def = slice.def(shape.def(*old));
        slice.out.types.push(def);
    }
    let others = (0..shape.imports.len()).filter(|at| *at != import);
    for at in others.chain([import]) {
        slice.import(at, at == import);
    }
    slice.out.resources = slice.places();
    Some(slice.out)
}

/// The resource that a function belongs to, by its name: `r` of `[method]r.get`.
pub fn resource_of(name: &str) -> Option<&str> {
    let (_, rest) = name.strip_prefix('[')?.split_once(']')?;
    Some(rest.split_once('.').map_or(rest, |(resource, _)| resource))
}

struct Slice<'a> {
    shape: &'a Shape,
    types: BTreeMap<TypeId, TypeId>,
    resources: BTreeMap<ResourceId, ResourceId>,
    out: Shape,
}

impl Slice<'_> {
    fn import(&mut self, at: usize, whole: bool) {
        let Some((name, item)) = self.shape.imports.get_index(at) else { return };
        let place = Place { side: Side::Import, item: self.out.imports.len(), path: Vec::new() };
        let Some(mut new) = self.item(item, &place, whole) else { return };
        if item.attrs.implements.is_some()
            && let Some(interface) = item_interface(name, item)
        {
            let (implements, suffix) = interface.legacy().spelled();
            (new.attrs.implements, new.attrs.version_suffix) = (Some(implements), suffix);
        }
        let name = match item_name(name, item) {
            ExternName::Interface(interface) => {
                let (name, suffix) = interface.legacy().spelled();
                new.attrs.version_suffix = suffix;
                name
            }
            ExternName::Plain(name) => name,
        };
        self.out.imports.insert(name, new);
    }

    /// An item, or of one that is not asked for the types in it that are; `None` if there are none.
    fn item(&mut self, item: &Item, place: &Place, whole: bool) -> Option<Item> {
        let entity = match &item.entity {
            Entity::Func(func) if whole => Entity::Func(FuncType {
                is_async: func.is_async,
                params: func.params.iter().map(|(name, ty)| (name.clone(), self.val(*ty))).collect(),
                result: func.result.map(|ty| self.val(ty)),
            }),
            Entity::Type { created } => {
                let created = *self.types.get(created)?;
                self.out.bindings.entry(created).or_default().push(place.clone());
                Entity::Type { created }
            }
            Entity::Instance(items) => {
                let mut kept = IndexMap::new();
                for (name, item) in items {
                    let mut place = place.clone();
                    place.path.push(name.clone());
                    if let Some(item) = self.item(item, &place, whole) {
                        kept.insert(name.clone(), item);
                    }
                }
                if kept.is_empty() && !whole {
                    return None;
                }
                Entity::Instance(kept)
            }
            Entity::Unsupported(what) if whole => Entity::Unsupported(*what),
            Entity::Func(_) | Entity::Unsupported(_) => return None,
        };
        // What stands beside names that are not asked for is the affair of other links.
        let attrs = match whole {
            true => item.attrs.clone(),
            false => Attrs { external_id: None, ..item.attrs.clone() },
        };
        Some(Item { entity, attrs })
    }

    fn def(&mut self, def: &TypeDef) -> TypeDef {
        let own = |ty: &TypeId| self.types[ty];
        match def {
            TypeDef::Alias(of) => TypeDef::Alias(own(of)),
            TypeDef::Own(of) => TypeDef::Own(own(of)),
            TypeDef::Borrow(of) => TypeDef::Borrow(own(of)),
            TypeDef::Resource(resource) => {
                let next = ResourceId(u32::try_from(self.resources.len()).expect("fewer than before"));
                TypeDef::Resource(*self.resources.entry(*resource).or_insert(next))
            }
            TypeDef::Primitive(primitive) => TypeDef::Primitive(*primitive),
            TypeDef::Record(fields) => {
                TypeDef::Record(fields.iter().map(|(name, ty)| (name.clone(), self.val(*ty))).collect())
            }
            TypeDef::Variant(cases) => {
                TypeDef::Variant(cases.iter().map(|(name, ty)| (name.clone(), ty.map(|ty| self.val(ty)))).collect())
            }
            TypeDef::List(of, length) => TypeDef::List(self.val(*of), *length),
            TypeDef::Map(key, value) => TypeDef::Map(self.val(*key), self.val(*value)),
            TypeDef::Tuple(types) => TypeDef::Tuple(types.iter().map(|ty| self.val(*ty)).collect()),
            TypeDef::Flags(names) => TypeDef::Flags(names.clone()),
            TypeDef::Enum(names) => TypeDef::Enum(names.clone()),
            TypeDef::Option(of) => TypeDef::Option(self.val(*of)),
            TypeDef::Result(ok, err) => TypeDef::Result(ok.map(|ty| self.val(ty)), err.map(|ty| self.val(ty))),
            TypeDef::Stream(of) => TypeDef::Stream(of.map(|ty| self.val(ty))),
            TypeDef::Future(of) => TypeDef::Future(of.map(|ty| self.val(ty))),
        }
    }

    fn val(&self, ty: ValType) -> ValType {
        match ty {
            ValType::Primitive(_) => ty,
            // What is mentioned by something that is kept is kept.
            ValType::Type(id) => ValType::Type(self.types[&id]),
        }
    }

    /// The place where each resource first has a name. One that has none is shown by the import itself.
    fn places(&self) -> Vec<Place> {
        let last = Place { side: Side::Import, item: self.out.imports.len().saturating_sub(1), path: Vec::new() };
        (0..self.resources.len())
            .map(|number| {
                let number = ResourceId(u32::try_from(number).expect("fewer than before"));
                let names = self.out.bindings.iter().filter(|(ty, _)| self.out.resource(**ty) == Some(number));
                let key = |place: &&Place| (place.item, place.path.clone());
                names.flat_map(|(_, places)| places).min_by_key(key).cloned().unwrap_or_else(|| last.clone())
            })
            .collect()
    }
}
