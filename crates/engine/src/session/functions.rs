//! The functions that a component exports, and which of them a name means.
//!
//! Of each function all spellings are known, and what was written is one of them or not: `ns:pkg/iface@1.0.0.f`, the version
//! behind (`ns:pkg/iface.f@1.0.0`) or left out, the interface by its last word, the function alone; members of resources as
//! `[method]bucket.get` or `bucket.get`, constructors as `bucket.new`. A full name goes before others, and a function of the
//! component itself before those in interfaces.

use super::book::Types;
use super::fault::Why;
use crate::state::State;
use crate::value::signature;
use wasmtime::Store;
use wasmtime::component::types::{ComponentFunc, ComponentInstance, ComponentItem};
use wasmtime::component::{Component, ComponentExportIndex, Instance, ResourceType, Type};

/// A function that a component exports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// The interface it stands in; `None` if the component exports it by itself.
    pub interface: Option<String>,
    /// Its name as the component spells it: `get`, `[method]bucket.get`.
    pub name: String,
    /// Its type in WIT.
    pub signature: String,
}

impl Function {
    /// The name that only this one has: `ns:pkg/iface@1.0.0.bucket.get`.
    pub fn full(&self) -> String {
        full(self.interface.as_deref(), &self.name)
    }
}

#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) index: ComponentExportIndex,
    pub(super) interface: Option<String>,
    pub(super) name: String,
    pub(super) ty: ComponentFunc,
}

impl Found {
    pub(super) fn full(&self) -> String {
        full(self.interface.as_deref(), &self.name)
    }
}

fn full(interface: Option<&str>, name: &str) -> String {
    let local = local(name);
    let name = local.first().map_or(name, String::as_str);
    interface.map_or_else(|| name.to_string(), |interface| format!("{interface}.{name}"))
}

/// How a function may be called inside of its interface, the usual form first.
fn local(name: &str) -> Vec<String> {
    let member = |rest: &str| vec![rest.to_string(), name.to_string()];
    match name.split_once(']') {
        Some(("[constructor", resource)) => vec![format!("{resource}.new"), resource.to_string(), name.to_string()],
        Some(("[method" | "[static", rest)) => member(rest),
        _ => vec![name.to_string()],
    }
}

/// All functions, in the order of the component.
pub(super) fn all(component: &Component) -> Vec<Found> {
    let mut all = Vec::new();
    let engine = component.engine();
    for (name, item) in component.component_type().exports(engine) {
        let Some(index) = component.get_export_index(None, name) else { continue };
        match item.ty {
            ComponentItem::ComponentFunc(ty) => all.push(Found { index, interface: None, name: name.into(), ty }),
            ComponentItem::ComponentInstance(instance) => within(component, &instance, index, name, &mut all),
            _ => {}
        }
    }
    all
}

fn within(
    component: &Component,
    instance: &ComponentInstance,
    at: ComponentExportIndex,
    interface: &str,
    all: &mut Vec<Found>,
) {
    for (name, item) in instance.exports(component.engine()) {
        let Some(index) = component.get_export_index(Some(&at), name) else { continue };
        match item.ty {
            ComponentItem::ComponentFunc(ty) => {
                all.push(Found { index, interface: Some(interface.into()), name: name.into(), ty });
            }
            ComponentItem::ComponentInstance(inner) => {
                within(component, &inner, index, &format!("{interface}.{name}"), all);
            }
            _ => {}
        }
    }
}

/// `ns:pkg/iface@1.0.0` as its name and version.
fn versioned(interface: &str) -> (&str, Option<&str>) {
    interface.split_once('@').map_or((interface, None), |(name, version)| (name, Some(version)))
}

/// How an interface may be called: in full, without its version, by its last word.
fn interfaces(interface: &str) -> Vec<&str> {
    let (name, _) = versioned(interface);
    let last = name.rsplit('/').next().unwrap_or(name);
    let mut names = vec![interface, name, last];
    names.dedup();
    names
}

/// The function that a name means.
pub(super) fn find(all: &[Found], wanted: &str) -> Result<usize, Why> {
    let of = |means: &dyn Fn(&Found) -> bool| -> Vec<usize> {
        all.iter().enumerate().filter(|(_, found)| means(found)).map(|(at, _)| at).collect()
    };
    let in_full = of(&|found| spelled(found.interface.iter().map(String::as_str), found, wanted));
    let own = || of(&|found| found.interface.is_none() && local(&found.name).iter().any(|name| name == wanted));
    let anywhere = || {
        of(&|found| {
            let Some(interface) = &found.interface else { return false };
            let (name, version) = versioned(interface);
            let behind = version.is_some_and(|version| {
                wanted.strip_suffix(version).and_then(|rest| rest.strip_suffix('@')).is_some_and(|rest| {
                    spelled(interfaces(name).into_iter(), found, rest)
                        || local(&found.name).iter().any(|name| name == rest)
                })
            });
            behind
                || spelled(interfaces(interface).into_iter(), found, wanted)
                || local(&found.name).iter().any(|name| name == wanted)
        })
    };
    let mut fitting = in_full;
    if fitting.is_empty() {
        fitting = own();
    }
    if fitting.is_empty() {
        fitting = anywhere();
    }
    match fitting.as_slice() {
        [only] => Ok(*only),
        [] => Err(unknown(all, wanted)),
        many => {
            // Where members of a resource share the usual form, they are told by that of the component.
            let mut names: Vec<String> = many.iter().map(|at| short(all, &all[*at])).collect();
            names.sort();
            names.dedup();
            if names.len() < many.len() {
                let raw = |found: &Found| match &found.interface {
                    Some(interface) => format!("{interface}.{}", found.name),
                    None => found.name.clone(),
                };
                names = many.iter().map(|at| raw(&all[*at])).collect();
            }
            Err(Why::Ambiguous { wanted: wanted.into(), all: names })
        }
    }
}

fn spelled<'i>(mut interfaces: impl Iterator<Item = &'i str>, found: &Found, wanted: &str) -> bool {
    interfaces.any(|interface| {
        let rest = wanted.strip_prefix(interface).and_then(|rest| rest.strip_prefix('.'));
        rest.is_some_and(|rest| local(&found.name).iter().any(|name| name == rest))
    })
}

/// What is there instead: the functions of the interface, if that is one, else all of them.
fn unknown(all: &[Found], wanted: &str) -> Why {
    let mut names: Vec<&String> = all.iter().filter_map(|found| found.interface.as_ref()).collect();
    names.sort();
    names.dedup();
    let of = |interface: &&&String| {
        interfaces(interface).iter().any(|name| wanted.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
    };
    let within = names.iter().find(of).map(|interface| (**interface).clone());
    let known = match &within {
        Some(interface) => {
            let there = all.iter().filter(|found| found.interface.as_ref() == Some(interface));
            there.map(|found| local(&found.name).swap_remove(0)).collect()
        }
        None => all.iter().map(|found| short(all, found)).collect(),
    };
    Why::NoFunction { wanted: wanted.into(), within, known }
}

/// The name of a function without the version, if that is enough to tell it.
fn short(all: &[Found], found: &Found) -> String {
    let full = found.full();
    let Some((name, Some(_))) = found.interface.as_deref().map(versioned) else { return full };
    let alone = all
        .iter()
        .filter_map(|other| other.interface.as_deref())
        .all(|other| Some(other) == found.interface.as_deref() || versioned(other).0 != name);
    if alone { self::full(Some(name), &found.name) } else { full }
}

/// The types of resources in what an instance exports, with their names.
pub(super) fn resources(
    component: &Component,
    instance: &Instance,
    store: &mut Store<State>,
) -> Vec<(ResourceType, String)> {
    let mut found = Vec::new();
    let mut one = |index: Option<ComponentExportIndex>, name: &str| {
        if let Some(ty) = index.and_then(|index| instance.get_resource(&mut *store, index)) {
            found.push((ty, name.to_string()));
        }
    };
    for (name, item) in component.component_type().exports(component.engine()) {
        let index = component.get_export_index(None, name);
        match item.ty {
            ComponentItem::Resource(_) => one(index, name),
            ComponentItem::ComponentInstance(within) => {
                for (name, item) in within.exports(component.engine()) {
                    if let ComponentItem::Resource(_) = item.ty {
                        one(component.get_export_index(index.as_ref(), name), name);
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// The method of that name of a handle of that type.
pub(super) fn method(all: &[Found], ty: &Type, name: &str) -> Option<usize> {
    all.iter().position(|found| {
        let member = found.name.strip_prefix("[method]").and_then(|rest| rest.split_once('.'));
        member.is_some_and(|(_, method)| method == name)
            && found.ty.params().next().is_some_and(|(_, first)| first == *ty)
    })
}

/// The methods of handles of that type.
pub(super) fn methods(all: &[Found], ty: &Type) -> Vec<String> {
    let of = all.iter().filter(|found| found.ty.params().next().is_some_and(|(_, first)| first == *ty));
    of.filter_map(|found| Some(found.name.strip_prefix("[method]")?.split_once('.')?.1.to_string())).collect()
}

impl crate::Program {
    /// The functions that it exports, in its order.
    pub fn functions(&self) -> Vec<Function> {
        let types = Types::of(&self.component);
        let function = |found: Found| Function {
            signature: signature(&found.ty, &types),
            interface: found.interface,
            name: found.name,
        };
        all(&self.component).into_iter().map(function).collect()
    }
}
