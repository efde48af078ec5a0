//! A shape: the type of one component, small, owned and free of the validator that read it.
//!
//! The validator's types live in snapshots tied to one `Validator`, and decoding many components in one validator is
//! quadratic; so each file is read by a validator of its own, and what the later stages need is copied out here. Nothing
//! is simplified on the way: every name that a type was given stays visible as an [`TypeDef::Alias`], because a
//! re-encoded type must refer to the same name again (component-model `Explainer.md`, "type checking": types reachable
//! from imports and exports must be named there), and because `use` in WIT is nothing else.
//!
//! Not here: core modules, components and values as imports or exports (refused by the decoder with a code).

use super::reached::Reached;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};

/// The type of a component: what it imports, what it exports, and the types both speak of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// Every type mentioned, in the order of first mention. An entry refers only to entries before it.
    pub types: Vec<TypeDef>,
    /// The imports in the order of the component.
    pub imports: IndexMap<String, Item>,
    /// The exports in the order of the component.
    pub exports: IndexMap<String, Item>,
    /// The resources, each by the place where it first shows.
    pub resources: Vec<Place>,
    /// All places that gave a type its name; `bindings[t]` are those whose [`Entity::Type`] `created` is `t`.
    pub bindings: BTreeMap<TypeId, Vec<Place>>,
    /// What a composition takes of the component besides its exports; counted on behind them.
    #[serde(skip)]
    pub reached: Vec<Reached>,
}

/// An index into [`Shape::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TypeId(pub u32);

/// An index into [`Shape::resources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ResourceId(pub u32);

/// Imports or exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Side {
    /// The imports of a component.
    Import,
    /// The exports of a component.
    Export,
}

/// Where an item stands in a shape: a side, the item's position on it, and for items inside an instance the names that
/// lead to it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Imports or exports.
    pub side: Side,
    /// The position among the imports or exports.
    pub item: usize,
    /// The names below that item; empty for the item itself.
    pub path: Vec<String>,
}

/// One import or export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What it is.
    pub entity: Entity,
    /// What stands beside the name and that subtyping ignores.
    pub attrs: Attrs,
}

/// The attributes of an import or export name (component-model pull requests 534 and 613).
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Attrs {
    /// The interface that a labelled instance implements.
    pub implements: Option<String>,
    /// The rest of a canonical version.
    pub version_suffix: Option<String>,
    /// A name of the item outside the component model.
    pub external_id: Option<String>,
}

/// What an import or export is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Entity {
    /// A function.
    Func(FuncType),
    /// An instance with its exports in order.
    Instance(IndexMap<String, Item>),
    /// A type that gets a name here.
    Type {
        /// The type as this place names it: a [`TypeDef::Alias`], or a resource or a structure introduced here.
        created: TypeId,
    },
    /// A core module, a component, a value, or a type that is no value or resource type: passed over by this crate.
    Unsupported(Unsupported),
}

/// What an import or export may be that shapes do not describe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Unsupported {
    /// A core module.
    Module,
    /// A component.
    Component,
    /// A value.
    Value,
    /// A named function, instance or component type.
    TypeOfItem,
}

/// The type of a function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FuncType {
    /// Whether it is `async`.
    pub is_async: bool,
    /// Names and types of the parameters.
    pub params: Vec<(String, ValType)>,
    /// The result, if any.
    pub result: Option<ValType>,
}

/// A value type where it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ValType {
    /// A primitive.
    Primitive(Primitive),
    /// Anything that has an entry of its own.
    Type(TypeId),
}

/// The primitive value types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the component model")]
pub enum Primitive {
    Bool,
    S8,
    U8,
    S16,
    U16,
    S32,
    U32,
    S64,
    U64,
    F32,
    F64,
    Char,
    String,
    ErrorContext,
}

/// One type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TypeDef {
    /// A further name of a type: `type a = b`, `use`, or the name that an export or import gives.
    Alias(TypeId),
    /// A resource.
    Resource(ResourceId),
    /// A primitive that was given an entry of its own.
    Primitive(Primitive),
    /// A record with its fields.
    Record(Vec<(String, ValType)>),
    /// A variant with its cases.
    Variant(Vec<(String, Option<ValType>)>),
    /// A list; with a length, a fixed-length list.
    List(ValType, Option<u32>),
    /// A map.
    Map(ValType, ValType),
    /// A tuple.
    Tuple(Vec<ValType>),
    /// Flags with their names.
    Flags(Vec<String>),
    /// An enum with its cases.
    Enum(Vec<String>),
    /// An option.
    Option(ValType),
    /// A result.
    Result(Option<ValType>, Option<ValType>),
    /// An owned handle; the type is an alias of, or itself, a resource.
    Own(TypeId),
    /// A borrowed handle; the type is an alias of, or itself, a resource.
    Borrow(TypeId),
    /// A stream.
    Stream(Option<ValType>),
    /// A future.
    Future(Option<ValType>),
}

impl Shape {
    /// The definition of a type.
    pub fn def(&self, ty: TypeId) -> &TypeDef {
        &self.types[ty.0 as usize]
    }

    /// The type below all its names.
    pub fn peel(&self, mut ty: TypeId) -> TypeId {
        while let TypeDef::Alias(of) = self.def(ty) {
            ty = *of;
        }
        ty
    }

    /// The resource that a type names, if it is one.
    pub fn resource(&self, ty: TypeId) -> Option<ResourceId> {
        match self.def(self.peel(ty)) {
            TypeDef::Resource(resource) => Some(*resource),
            _ => None,
        }
    }

    /// The imports or the exports.
    pub fn side(&self, side: Side) -> &IndexMap<String, Item> {
        match side {
            Side::Import => &self.imports,
            Side::Export => &self.exports,
        }
    }

    /// The name and item at the head of a place.
    pub fn head(&self, place: &Place) -> (&str, &Item) {
        let head = match place.side {
            Side::Import => self.imports.get_index(place.item).map(|(name, item)| (name.as_str(), item)),
            Side::Export => self.export(place.item),
        };
        head.expect("a place points into its own shape")
    }

    /// The item that a place points at.
    pub fn item(&self, place: &Place) -> &Item {
        let mut item = self.head(place).1;
        for name in &place.path {
            let Entity::Instance(items) = &item.entity else { unreachable!("only instances have items below them") };
            item = &items[name];
        }
        item
    }

    /// The entries that a type mentions directly.
    pub fn mentions(&self, ty: TypeId) -> Vec<TypeId> {
        let mut out = Vec::new();
        let mut push = |ty: &ValType| {
            if let ValType::Type(id) = ty {
                out.push(*id);
            }
        };
        match self.def(ty) {
            TypeDef::Alias(of) | TypeDef::Own(of) | TypeDef::Borrow(of) => out.push(*of),
            TypeDef::Resource(_) | TypeDef::Primitive(_) | TypeDef::Flags(_) | TypeDef::Enum(_) => {}
            TypeDef::Record(fields) => fields.iter().for_each(|(_, ty)| push(ty)),
            TypeDef::Variant(cases) => cases.iter().filter_map(|(_, ty)| ty.as_ref()).for_each(push),
            TypeDef::List(of, _) | TypeDef::Option(of) => push(of),
            TypeDef::Map(key, value) => [key, value].into_iter().for_each(push),
            TypeDef::Tuple(types) => types.iter().for_each(push),
            TypeDef::Result(ok, err) => [ok, err].into_iter().flatten().for_each(push),
            TypeDef::Stream(of) | TypeDef::Future(of) => of.iter().for_each(push),
        }
        out
    }

    /// Whether the item is made of value types only: no function, no resource, no handle, transitively.
    pub fn is_types_only(&self, entity: &Entity) -> bool {
        self.has_only_types(entity, &mut HashSet::new())
    }

    fn has_only_types(&self, entity: &Entity, plain: &mut HashSet<TypeId>) -> bool {
        match entity {
            Entity::Func(_) | Entity::Unsupported(_) => false,
            Entity::Instance(items) => items.values().all(|item| self.has_only_types(&item.entity, plain)),
            Entity::Type { created } => self.is_plain_beside(*created, plain),
        }
    }

    /// Whether a type mentions no resource, transitively.
    pub fn is_plain(&self, ty: TypeId) -> bool {
        self.is_plain_beside(ty, &mut HashSet::new())
    }

    /// The same, given those that were looked at before and mention none. Many types may mention one, and a type that
    /// mentions a long way down must not exhaust the stack.
    fn is_plain_beside(&self, ty: TypeId, plain: &mut HashSet<TypeId>) -> bool {
        let mut left = vec![ty];
        while let Some(ty) = left.pop() {
            if !plain.insert(ty) {
                continue;
            }
            if matches!(self.def(ty), TypeDef::Resource(_)) {
                return false;
            }
            left.extend(self.mentions(ty));
        }
        true
    }
}

impl FuncType {
    /// The value types of the parameters, then that of the result.
    pub fn val_types(&self) -> impl Iterator<Item = ValType> + '_ {
        self.params.iter().map(|(_, ty)| *ty).chain(self.result)
    }
}

impl Entity {
    /// The word for it in WIT and in diagnostics.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Func(_) => "function",
            Self::Instance(_) => "instance",
            Self::Type { .. } => "type",
            Self::Unsupported(Unsupported::Module) => "core module",
            Self::Unsupported(Unsupported::Component) => "component",
            Self::Unsupported(Unsupported::Value) => "value",
            Self::Unsupported(Unsupported::TypeOfItem) => "type of an item",
        }
    }
}
