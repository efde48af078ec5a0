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

/// Reads the shape of a validated component.
///
/// `imports` and `exports` are the names of its top-level imports and exports, in order.
pub fn shape<'a>(
    types: TypesRef<'_>,
    imports: impl IntoIterator<Item = &'a str>,
    exports: impl IntoIterator<Item = &'a str>,
) -> Shape {
    let import = |name| types.component_item_for_import(name).expect("the validator accepted the import");
    let export = |name| types.component_item_for_export(name).expect("the validator accepted the export");
    Reader::new(types).shape(
        imports.into_iter().map(|name| (name, import(name))),
        exports.into_iter().map(|name| (name, export(name))),
    )
}

/// Reads the shape of a component that stands inside a validated one.
pub fn shape_of_inner(types: TypesRef<'_>, component: ComponentTypeId) -> Shape {
    let ty = &types[component];
    Reader::new(types).shape(
        ty.imports.iter().map(|(name, item)| (name.as_str(), item)),
        ty.exports.iter().map(|(name, item)| (name.as_str(), item)),
    )
}

struct Reader<'t> {
    types: TypesRef<'t>,
    shape: Shape,
    ids: HashMap<ComponentAnyTypeId, TypeId>,
    resources: HashMap<ValidatorResource, ResourceId>,
}

impl<'t> Reader<'t> {
    fn new(types: TypesRef<'t>) -> Self {
        Self { types, shape: Shape::default(), ids: HashMap::new(), resources: HashMap::new() }
    }

    fn shape<'a>(
        mut self,
        imports: impl Iterator<Item = (&'a str, &'a ComponentItem)>,
        exports: impl Iterator<Item = (&'a str, &'a ComponentItem)>,
    ) -> Shape {
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
        self.shape
    }

    /// The value types that an imported instance defines and that an earlier one has defined already. The validator has
    /// them once for all instances of one instance type; but each is imported by itself, and who fills one need not fill
    /// the other.
    fn shared(&self, item: &ComponentItem) -> Vec<ComponentAnyTypeId> {
        let ComponentEntityType::Instance(id) = item.ty else { return Vec::new() };
        let defined = self.types[id].exports.values().flat_map(|item| match item.ty {
            ComponentEntityType::Type { created: created @ ComponentAnyTypeId::Defined(_), .. } => vec![created],
            _ => self.shared(item),
        });
        let is_bound =
            |id: &ComponentAnyTypeId| self.ids.get(id).is_some_and(|known| self.shape.bindings.contains_key(known));
        defined.filter(is_bound).collect()
    }

    /// Reads with other entries for some types, and for those without names that mention them.
    fn apart<T>(&mut self, types: &[ComponentAnyTypeId], read: impl FnOnce(&mut Self) -> T) -> T {
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
        exports
            .iter()
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
