//! From the validator's types to a [`Shape`].
//!
//! The walk follows the imports, then the exports, in the order of the component, so entries are numbered the same way
//! on every run. A type is entered once for each *name* it goes by: the validator gives every name of a type an id of its
//! own and `peel_alias` leads from one to the next.

use super::shape::*;
use indexmap::IndexMap;
use std::collections::{HashMap, HashSet};
use wasmparser::PrimitiveValType;
use wasmparser::component_types::{
    ComponentAnyTypeId, ComponentDefinedType, ComponentDefinedTypeId, ComponentEntityType, ComponentItem,
    ComponentTypeId, ComponentValType, ResourceId as ValidatorResource,
};
use wasmparser::types::TypesRef;

/// The most that the imports and exports of an input may have in them: items, each counted once more for each instance
/// around its own, for each `LONG` bytes of the names that lead to it and, if it is a name of a type that is itself a
/// name of one and so on, for each `LONG` of these. A few bytes of instance types that name each other
/// twice stand for as many items as the validator lets pass, which is a million; components of whole platforms have
/// some thousands.
pub const MOST_ITEMS: usize = 100_000;
/// So many bytes of a name, or names of names, count as an item.
const LONG: usize = 100;

/// Reads the shape of a validated component; `None` if it has more than `most` items in it (see [`MOST_ITEMS`]).
///
/// `imports` and `exports` are the names of its top-level imports and exports, in order.
pub fn shape<'a>(
    types: TypesRef<'_>,
    imports: impl IntoIterator<Item = &'a str>,
    exports: impl IntoIterator<Item = &'a str>,
    most: usize,
) -> Option<Shape> {
    let import = |name| types.component_item_for_import(name).expect("the validator accepted the import");
    let export = |name| types.component_item_for_export(name).expect("the validator accepted the export");
    let mut reader = Reader::new(types, most);
    reader.read(
        imports.into_iter().map(|name| (name, import(name))),
        exports.into_iter().map(|name| (name, export(name))),
    );
    (reader.left > 0).then_some(reader.shape)
}

/// Reads the shape of a component that stands inside a validated one.
pub fn shape_of_inner(types: TypesRef<'_>, component: ComponentTypeId) -> Shape {
    let ty = &types[component];
    let mut reader = Reader::new(types, usize::MAX);
    reader.read(
        ty.imports.iter().map(|(name, item)| (name.as_str(), item)),
        ty.exports.iter().map(|(name, item)| (name.as_str(), item)),
    );
    reader.shape
}

struct Reader<'t> {
    types: TypesRef<'t>,
    shape: Shape,
    ids: HashMap<ComponentAnyTypeId, TypeId>,
    resources: HashMap<ValidatorResource, ResourceId>,
    /// For each type, how many names it has below it.
    names_below: Vec<usize>,
    /// How many items may still come; with none left, instances are read as empty.
    left: usize,
}

impl<'t> Reader<'t> {
    fn new(types: TypesRef<'t>, left: usize) -> Self {
        Self {
            types,
            shape: Shape::default(),
            ids: HashMap::new(),
            resources: HashMap::new(),
            names_below: Vec::new(),
            left,
        }
    }

    fn read<'a>(
        &mut self,
        imports: impl Iterator<Item = (&'a str, &'a ComponentItem)>,
        exports: impl Iterator<Item = (&'a str, &'a ComponentItem)>,
    ) {
        for (index, (name, item)) in imports.enumerate() {
            let place = Place { side: Side::Import, item: index, path: Vec::new() };
            let item = match self.shared(item) {
                shared if shared.is_empty() => self.item(item, place),
                shared => self.apart(&shared, |reader| reader.item(item, place)),
            };
            self.shape.imports.insert(name.into(), item);
        }
        for (index, (name, item)) in exports.enumerate() {
            let item = self.item(item, Place { side: Side::Export, item: index, path: Vec::new() });
            self.shape.exports.insert(name.into(), item);
        }
    }

    /// The value types that an imported instance defines and that an earlier one has defined already. The validator has
    /// them once for all instances of one instance type; but each is imported by itself, and who fills one need not fill
    /// the other.
    fn shared(&self, item: &ComponentItem) -> Vec<ComponentAnyTypeId> {
        let mut shared = Vec::new();
        if !matches!(item.ty, ComponentEntityType::Instance(_)) {
            return shared;
        }
        let (mut left, mut seen) = (vec![item.ty], HashSet::new());
        while let Some(ty) = left.pop() {
            match ty {
                // An instance type may stand in others many times. If there are more than may be, the reading of them
                // will say so.
                ComponentEntityType::Instance(id) if seen.insert(id) && seen.len() <= self.left => {
                    left.extend(self.types[id].exports.values().map(|item| item.ty));
                }
                ComponentEntityType::Type { created: created @ ComponentAnyTypeId::Defined(_), .. } => {
                    let known = self.ids.get(&created);
                    if known.is_some_and(|known| self.shape.bindings.contains_key(known)) {
                        shared.push(created);
                    }
                }
                _ => {}
            }
        }
        shared
    }

    /// Reads with other entries for some types, and for those without names that mention them.
    fn apart<T>(&mut self, types: &[ComponentAnyTypeId], read: impl FnOnce(&mut Self) -> T) -> T {
        // All entries are looked at for it.
        self.left = self.left.saturating_sub(self.shape.types.len() / (5 * LONG));
        let mut left_out: HashSet<TypeId> = types.iter().filter_map(|id| self.ids.get(id).copied()).collect();
        // What mentions a type is entered after it.
        for at in 0..self.shape.types.len() {
            let ty = TypeId(u32::try_from(at).expect("types are numbered so"));
            if !self.shape.bindings.contains_key(&ty) && self.shape.mentions(ty).iter().any(|of| left_out.contains(of))
            {
                left_out.insert(ty);
            }
        }
        let all = self.ids.clone();
        self.ids.retain(|_, entry| !left_out.contains(entry));
        let done = read(self);
        self.ids.extend(all);
        done
    }

    fn item(&mut self, item: &ComponentItem, place: Place) -> Item {
        let weight = place.path.iter().map(|name| 1 + name.len() / LONG).sum::<usize>().max(1);
        self.left = self.left.saturating_sub(weight);
        let attrs = Attrs {
            implements: item.implements.clone(),
            version_suffix: item.version_suffix.clone(),
            external_id: item.external_id.clone(),
        };
        let entity = match item.ty {
            ComponentEntityType::Func(id) => Entity::Func(self.func(id, &place)),
            ComponentEntityType::Instance(id) => Entity::Instance(self.instance(id, &place)),
            ComponentEntityType::Type {
                created: created @ (ComponentAnyTypeId::Resource(_) | ComponentAnyTypeId::Defined(_)),
                referenced,
            } => {
                let created = self.named(created, referenced, &place);
                self.shape.bindings.entry(created).or_default().push(place);
                Entity::Type { created }
            }
            ComponentEntityType::Type { .. } => Entity::Unsupported(Unsupported::TypeOfItem),
            ComponentEntityType::Module(_) => Entity::Unsupported(Unsupported::Module),
            ComponentEntityType::Component(_) => Entity::Unsupported(Unsupported::Component),
            ComponentEntityType::Value(_) => Entity::Unsupported(Unsupported::Value),
        };
        Item { entity, attrs }
    }

    fn instance(
        &mut self,
        id: wasmparser::component_types::ComponentInstanceTypeId,
        place: &Place,
    ) -> IndexMap<String, Item> {
        let types = self.types;
        let exports = &types[id].exports;
        let left = if self.left > 0 { exports.len() } else { 0 };
        exports
            .iter()
            .take(left)
            .map(|(name, item)| {
                let mut place = place.clone();
                place.path.push(name.clone());
                (name.clone(), self.item(item, place))
            })
            .collect()
    }

    fn func(&mut self, id: wasmparser::component_types::ComponentFuncTypeId, place: &Place) -> FuncType {
        let types = self.types;
        let ty = &types[id];
        FuncType {
            is_async: ty.async_,
            params: ty.params.iter().map(|(name, ty)| (name.to_string(), self.val(*ty, place))).collect(),
            result: ty.result.map(|ty| self.val(ty, place)),
        }
    }

    fn val(&mut self, ty: ComponentValType, place: &Place) -> ValType {
        match ty {
            ComponentValType::Primitive(primitive) => ValType::Primitive(read_primitive(primitive)),
            ComponentValType::Type(id) => ValType::Type(self.any(id.into(), place)),
        }
    }

    /// The entry of a type where it gets a name. What it is a name *of* is taken from the item and not from the chain
    /// of aliases: instantiation replaces types in the former and leaves the latter as it was inside the component.
    fn named(&mut self, created: ComponentAnyTypeId, of: ComponentAnyTypeId, place: &Place) -> TypeId {
        if created == of || self.ids.contains_key(&created) {
            return self.any(created, place);
        }
        let of = self.any(of, place);
        self.enter(created, TypeDef::Alias(of))
    }

    fn any(&mut self, id: ComponentAnyTypeId, place: &Place) -> TypeId {
        if let Some(known) = self.ids.get(&id) {
            return *known;
        }
        let def = match (self.types.peel_alias(id), id) {
            (Some(of), _) => TypeDef::Alias(self.any(of, place)),
            (None, ComponentAnyTypeId::Resource(id)) => TypeDef::Resource(self.resource(id.resource(), place)),
            (None, ComponentAnyTypeId::Defined(id)) => self.defined(id, place),
            (None, _) => unreachable!("only value and resource types are walked into"),
        };
        self.enter(id, def)
    }

    fn enter(&mut self, id: ComponentAnyTypeId, def: TypeDef) -> TypeId {
        let new = TypeId(u32::try_from(self.shape.types.len()).expect("the validator bounds the number of types"));
        let names_below = match def {
            TypeDef::Alias(of) => 1 + self.names_below[of.0 as usize],
            _ => 0,
        };
        // To come from a name to what it is a name of takes as many steps each time.
        self.left = self.left.saturating_sub(names_below / LONG);
        self.names_below.push(names_below);
        self.shape.types.push(def);
        self.ids.insert(id, new);
        new
    }

    fn resource(&mut self, id: ValidatorResource, place: &Place) -> ResourceId {
        let resources = &mut self.shape.resources;
        *self.resources.entry(id).or_insert_with(|| {
            resources.push(place.clone());
            ResourceId(u32::try_from(resources.len() - 1).expect("the validator bounds the number of types"))
        })
    }

    fn defined(&mut self, id: ComponentDefinedTypeId, place: &Place) -> TypeDef {
        let types = self.types;
        match &types[id] {
            ComponentDefinedType::Primitive(primitive) => TypeDef::Primitive(read_primitive(*primitive)),
            ComponentDefinedType::Record(ty) => {
                TypeDef::Record(ty.fields.iter().map(|(name, ty)| (name.to_string(), self.val(*ty, place))).collect())
            }
            ComponentDefinedType::Variant(ty) => TypeDef::Variant(
                ty.cases.iter().map(|(name, case)| (name.to_string(), case.ty.map(|ty| self.val(ty, place)))).collect(),
            ),
            ComponentDefinedType::List { element, .. } => TypeDef::List(self.val(*element, place), None),
            ComponentDefinedType::FixedLengthList { element, length, .. } => {
                TypeDef::List(self.val(*element, place), Some(*length))
            }
            ComponentDefinedType::Map { key, value, .. } => {
                TypeDef::Map(self.val(*key, place), self.val(*value, place))
            }
            ComponentDefinedType::Tuple(ty) => TypeDef::Tuple(ty.types.iter().map(|ty| self.val(*ty, place)).collect()),
            ComponentDefinedType::Flags(flags) => TypeDef::Flags(flags.iter().map(ToString::to_string).collect()),
            ComponentDefinedType::Enum(cases) => TypeDef::Enum(cases.iter().map(ToString::to_string).collect()),
            ComponentDefinedType::Option { ty, .. } => TypeDef::Option(self.val(*ty, place)),
            ComponentDefinedType::Result { ok, err, .. } => {
                TypeDef::Result(ok.map(|ty| self.val(ty, place)), err.map(|ty| self.val(ty, place)))
            }
            ComponentDefinedType::Own(id) => TypeDef::Own(self.any((*id).into(), place)),
            ComponentDefinedType::Borrow(id) => TypeDef::Borrow(self.any((*id).into(), place)),
            ComponentDefinedType::Stream { ty, .. } => TypeDef::Stream(ty.map(|ty| self.val(ty, place))),
            ComponentDefinedType::Future { ty, .. } => TypeDef::Future(ty.map(|ty| self.val(ty, place))),
        }
    }
}

fn read_primitive(primitive: PrimitiveValType) -> Primitive {
    match primitive {
        PrimitiveValType::Bool => Primitive::Bool,
        PrimitiveValType::S8 => Primitive::S8,
        PrimitiveValType::U8 => Primitive::U8,
        PrimitiveValType::S16 => Primitive::S16,
        PrimitiveValType::U16 => Primitive::U16,
        PrimitiveValType::S32 => Primitive::S32,
        PrimitiveValType::U32 => Primitive::U32,
        PrimitiveValType::S64 => Primitive::S64,
        PrimitiveValType::U64 => Primitive::U64,
        PrimitiveValType::F32 => Primitive::F32,
        PrimitiveValType::F64 => Primitive::F64,
        PrimitiveValType::Char => Primitive::Char,
        PrimitiveValType::String => Primitive::String,
        PrimitiveValType::ErrorContext => Primitive::ErrorContext,
    }
}
