//! What a session remembers: names of values, handles and their numbers, what resource types are called.

use crate::value::Names;
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use wasmtime::component::types::{ComponentInstance, ComponentItem};
use wasmtime::component::{Component, ResourceAny, ResourceType, Val};

/// What resource types are called.
#[derive(Debug, Clone, Default)]
pub(crate) struct Types(Vec<(ResourceType, String)>);

impl Types {
    /// Those of a component that is not instantiated.
    pub(crate) fn of(component: &Component) -> Self {
        let mut types = Types::default();
        let (ty, engine) = (component.component_type(), component.engine());
        for (name, item) in ty.exports(engine).chain(ty.imports(engine)) {
            types.item(name, &item.ty, engine);
        }
        types
    }

    fn item(&mut self, name: &str, item: &ComponentItem, engine: &wasmtime::Engine) {
        match item {
            ComponentItem::Resource(ty) => self.add(*ty, name),
            ComponentItem::ComponentInstance(instance) => self.instance(instance, engine),
            _ => {}
        }
    }

    /// Those that a component imports, whoever has them.
    pub(super) fn imports(&mut self, component: &wasmtime::component::types::Component, engine: &wasmtime::Engine) {
        for (name, item) in component.imports(engine) {
            self.item(name, &item.ty, engine);
        }
    }

    pub(super) fn resource_name(&self, ty: ResourceType) -> String {
        self.resource(ty)
    }

    fn instance(&mut self, instance: &ComponentInstance, engine: &wasmtime::Engine) {
        for (name, item) in instance.exports(engine) {
            self.item(name, &item.ty, engine);
        }
    }

    /// The first name stays.
    pub(super) fn add(&mut self, ty: ResourceType, name: &str) {
        if self.name(ty).is_none() {
            self.0.push((ty, name.into()));
        }
    }

    fn name(&self, ty: ResourceType) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == ty).map(|(_, name)| name.as_str())
    }
}

impl Names for Types {
    fn value(&self, _: &str) -> Option<Val> {
        None
    }

    fn known(&self) -> Vec<String> {
        Vec::new()
    }

    fn resource(&self, ty: ResourceType) -> String {
        self.name(ty).unwrap_or("resource").into()
    }

    fn handle(&self, handle: ResourceAny) -> String {
        format!("<{}>", self.resource(handle.ty()))
    }
}

#[derive(Debug, Default)]
pub(super) struct Pages {
    pub(super) types: Types,
    values: BTreeMap<String, Val>,
    /// What became of names.
    gone: BTreeMap<String, String>,
    /// Every handle that was given, numbered from 1.
    handles: Vec<ResourceAny>,
}

/// The memory of a session, shared with the values it gave.
#[derive(Debug, Clone, Default)]
pub(super) struct Book(Arc<RwLock<Pages>>);

impl Book {
    pub(super) fn read(&self) -> RwLockReadGuard<'_, Pages> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn write(&self) -> RwLockWriteGuard<'_, Pages> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pages {
    /// Numbers the handles in a value that came out.
    pub(super) fn note(&mut self, value: &Val) {
        let mut found = Vec::new();
        handles(value, &mut found);
        for handle in found {
            if !self.handles.contains(&handle) {
                self.handles.push(handle);
            }
        }
    }

    /// Gives a value a name. A handle, be it the value of an `ok` or `some`, is then what the name stands for; of several
    /// each has a number behind the name too.
    pub(super) fn name(&mut self, name: &str, value: &Val) {
        self.gone.remove(name);
        let mut found = Vec::new();
        handles(value, &mut found);
        match (bare(value), found.as_slice()) {
            (bare @ Val::Resource(_), _) => drop(self.values.insert(name.into(), bare.clone())),
            (bare, _) => {
                self.values.insert(name.into(), bare.clone());
                for (at, handle) in found.iter().enumerate() {
                    self.values.insert(format!("{name}.{at}"), Val::Resource(*handle));
                }
            }
        }
    }

    /// A handle is no longer ours.
    pub(super) fn part(&mut self, handle: ResourceAny, how: &str) {
        let concerned = |value: &Val| {
            let mut found = Vec::new();
            handles(value, &mut found);
            found.contains(&handle)
        };
        let names: Vec<String> =
            self.values.iter().filter(|(_, value)| concerned(value)).map(|(name, _)| name.clone()).collect();
        for name in names {
            self.values.remove(&name);
            self.gone.insert(name, how.into());
        }
    }

    /// The names of handles, each with its `$`.
    pub(super) fn named(&self) -> Vec<String> {
        let of = self.values.iter().filter(|(_, value)| matches!(value, Val::Resource(_)));
        of.map(|(name, _)| format!("${name}")).collect()
    }

    pub(super) fn gone(&self, name: &str) -> Option<String> {
        self.gone.get(name).cloned()
    }

    pub(super) fn value(&self, name: &str) -> Option<&Val> {
        self.values.get(name)
    }
}

/// What is inside of `ok` and `some`.
fn bare(value: &Val) -> &Val {
    match value {
        Val::Option(Some(value)) | Val::Result(Ok(Some(value))) => bare(value),
        value => value,
    }
}

/// All handles in a value, in its order.
pub(super) fn handles(value: &Val, found: &mut Vec<ResourceAny>) {
    match value {
        Val::Resource(handle) => found.push(*handle),
        Val::List(items) | Val::Tuple(items) | Val::FixedLengthList(items) => {
            items.iter().for_each(|item| handles(item, found));
        }
        Val::Record(fields) => fields.iter().for_each(|(_, value)| handles(value, found)),
        Val::Map(entries) => entries.iter().for_each(|(key, value)| {
            handles(key, found);
            handles(value, found);
        }),
        Val::Variant(_, Some(value)) | Val::Option(Some(value)) | Val::Result(Ok(Some(value)) | Err(Some(value))) => {
            handles(value, found)
        }
        _ => {}
    }
}

impl Names for Book {
    fn value(&self, name: &str) -> Option<Val> {
        self.read().values.get(name).cloned()
    }

    fn known(&self) -> Vec<String> {
        self.read().values.keys().cloned().collect()
    }

    fn gone(&self, name: &str) -> Option<String> {
        self.read().gone(name)
    }

    fn resource(&self, ty: ResourceType) -> String {
        self.read().types.resource(ty)
    }

    fn handle(&self, handle: ResourceAny) -> String {
        let pages = self.read();
        let named = pages.values.iter().find(|(_, value)| **value == Val::Resource(handle));
        match (named, pages.handles.iter().position(|known| *known == handle)) {
            (Some((name, _)), _) => format!("${name}"),
            (None, Some(at)) => format!("<{} #{}>", pages.types.resource(handle.ty()), at + 1),
            (None, None) => format!("<{}>", pages.types.resource(handle.ty())),
        }
    }
}
