//! Whether an item is unstable: itself, or something that it is in; and which types are there all the same.

use super::change::ItemPath;
use super::gate::is_unstable as is;
use super::side::Side;
use super::wit_types::reached;
use indexmap::IndexSet;
use std::collections::BTreeMap;
use wit_parser::{Function, Interface, InterfaceId, PackageId, Resolve, Type, World, WorldId, WorldItem, WorldKey};

/// The types that something stable of an interface speaks of: they are there without any feature, whatever their gates say.
pub(super) fn spoken_of(resolve: &Resolve) -> IndexSet<Type> {
    let mut direct = Vec::new();
    for (_, interface) in resolve.interfaces.iter().filter(|(_, interface)| !is(&interface.stability)) {
        let functions = interface.functions.values().filter(|function| !is_unstable_function(resolve, function));
        direct.extend(functions.flat_map(Function::parameter_and_result_types));
        let types = interface.types.values().filter(|ty| !is(&resolve.types[**ty].stability));
        direct.extend(types.copied().map(Type::Id));
    }
    reached(resolve, direct)
}

/// Whether a function of an interface, or the resource that it is of, is there only with a feature.
pub(super) fn is_unstable_function(resolve: &Resolve, function: &Function) -> bool {
    let of = function.kind.resource().map(|of| &resolve.types[of].stability);
    is(&function.stability) || of.is_some_and(is)
}

/// What is unstable of a side, so that asking about an item does not walk through all others.
pub(super) struct Unstable<'a> {
    side: &'a Side,
    packages: BTreeMap<String, Vec<PackageId>>,
    /// The unstable functions of interfaces that have some.
    functions: BTreeMap<InterfaceId, Vec<&'a Function>>,
    worlds: BTreeMap<WorldId, Items<'a>>,
}

/// The items of a world by the first name of the paths that lead into them.
type Items<'a> = BTreeMap<String, Vec<(&'a WorldKey, &'a WorldItem)>>;

impl<'a> Unstable<'a> {
    pub(super) fn of(side: &'a Side) -> Self {
        let mut packages: BTreeMap<String, Vec<PackageId>> = BTreeMap::new();
        for package in &side.packages {
            packages.entry(side.package_name(*package)).or_default().push(*package);
        }
        let functions = side.resolve.interfaces.iter().filter_map(|(id, interface)| {
            let unstable: Vec<_> = interface.functions.values().filter(|function| is(&function.stability)).collect();
            (!unstable.is_empty()).then_some((id, unstable))
        });
        let worlds = side.packages.iter().flat_map(|id| side.resolve.packages[*id].worlds.values());
        let worlds = worlds.map(|id| (*id, items(side, &side.resolve.worlds[*id]))).collect();
        Self { side, packages, functions: functions.collect(), worlds }
    }

    /// Whether nobody may rely on an item.
    pub(super) fn has(&self, item: &ItemPath) -> bool {
        let Some((container, inside)) = item.names.split_first() else { return false };
        self.packages.get(&item.package).into_iter().flatten().any(|package| {
            let package = &self.side.resolve.packages[*package];
            if let Some(id) = package.interfaces.get(container) {
                return self.of_interface(*id, inside);
            }
            let Some(id) = package.worlds.get(container) else { return false };
            let world = &self.side.resolve.worlds[*id];
            if is(&world.stability) {
                return true;
            }
            // An import and an export may have one name, and a path does not say which is meant.
            let items = inside.first().and_then(|first| self.worlds.get(id)?.get(first)).into_iter().flatten();
            let mut judged = items.filter_map(|(key, item)| of_world_item(self.side, key, item, inside)).peekable();
            judged.peek().is_some() && judged.all(|is| is)
        })
    }

    fn of_interface(&self, id: InterfaceId, inside: &[String]) -> bool {
        let interface: &Interface = &self.side.resolve.interfaces[id];
        let mut functions = self.functions.get(&id).into_iter().flatten();
        let ty = inside.first().and_then(|name| interface.types.get(name));
        is(&interface.stability)
            || ty.is_some_and(|ty| is(&self.side.resolve.types[*ty].stability))
            || functions.any(|function| leads(function, inside))
    }
}

/// The items of a world.
fn items<'a>(side: &Side, world: &'a World) -> Items<'a> {
    let mut items = Items::new();
    for (key, item) in world.imports.iter().chain(&world.exports) {
        let mut add = |name: String| items.entry(name).or_default().push((key, item));
        match (key, item) {
            (WorldKey::Name(name), WorldItem::Interface { .. }) => add(name.clone()),
            (WorldKey::Interface(id), WorldItem::Interface { .. }) => {
                side.interface_path(*id).into_iter().for_each(|path| add(path.to_string()));
            }
            (_, WorldItem::Function(function)) => {
                let bare = function.name.split_once(']').map_or(&*function.name, |(_, bare)| bare);
                let first = bare.split('.').next().unwrap_or_default();
                add(first.to_owned());
                if first != function.name {
                    add(function.name.clone());
                }
            }
            (_, WorldItem::Type { id, .. }) => add(side.resolve.types[*id].name.clone().unwrap_or_default()),
        }
    }
    items
}

/// Whether an item of a world is unstable; `None` if the path does not lead into it.
fn of_world_item(side: &Side, key: &WorldKey, item: &WorldItem, inside: &[String]) -> Option<bool> {
    let first = inside.first()?;
    match item {
        WorldItem::Interface { id, stability, .. } => {
            let name = match key {
                WorldKey::Name(name) => Some(name.clone()),
                WorldKey::Interface(_) => side.interface_path(*id).map(|path| path.to_string()),
            };
            (name? == *first).then(|| is(stability))
        }
        WorldItem::Function(function) => leads(function, inside).then(|| is(&function.stability)),
        WorldItem::Type { id, .. } => {
            let ty = &side.resolve.types[*id];
            (ty.name.as_ref() == Some(first) && inside.len() == 1).then(|| is(&ty.stability))
        }
    }
}

/// Whether a path leads to a function or into it: `[method]blob.read` is found as `blob.read`, and as it is.
fn leads(function: &Function, inside: &[String]) -> bool {
    if inside.first() == Some(&function.name) {
        return true;
    }
    let (kind, bare) = function.name.split_once(']').unwrap_or(("", &function.name));
    let mut path: Vec<&str> = bare.split('.').collect();
    if kind == "[constructor" {
        path.push("constructor");
    }
    inside.len() >= path.len() && inside.iter().zip(&path).all(|(one, other)| one == other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_unstable_with_what_it_is_in() {
        let text = "package a:b@1.0.0;\n\
            @unstable(feature = x) interface gated { f: func(); }\n\
            interface i {\n\
              @unstable(feature = x) record r { x: u32 }\n\
              @unstable(feature = x) g: func(key: u32);\n\
              resource blob2 { @unstable(feature = x) constructor(); constructor-name: func(); }\n\
              resource blob { constructor(); @unstable(feature = x) read: func(); write: func(); }\n\
              f: func();\n\
            }\n\
            world w { @unstable(feature = x) import gated; @unstable(feature = x) export run: func(); export stop: func();\n\
              @unstable(feature = x) import both: func(); export both: func(); import j: interface { run: func(); } }";
        let side = Side::of_text("t.wit", text).expect("WIT");
        let unstable = Unstable::of(&side);
        let item = |names: &[&str]| names.iter().fold(ItemPath::package("a:b"), |path, name| path.below(*name));
        for names in [
            &["gated"][..],
            &["gated", "f"],
            &["i", "r", "x"],
            &["i", "g", "key"],
            &["i", "blob", "read"],
            &["i", "[method]blob.read"],
            &["w", "run"],
            &["w", "a:b/gated"],
            &["i", "blob2", "constructor"],
        ] {
            assert!(unstable.has(&item(names)), "{names:?}");
        }
        for names in [
            &[][..],
            &["i"],
            &["i", "f"],
            &["i", "blob2", "constructor-name"],
            &["w", "both"],
            &["w", "j", "run"],
            &["i", "blob"],
            &["i", "blob", "write"],
            &["w"],
            &["w", "stop"],
            &["x"],
        ] {
            assert!(!unstable.has(&item(names)), "{names:?}");
        }
    }
}
