//! Whether an item is unstable: itself, or something that it is in.

use super::change::ItemPath;
use super::gate::is_unstable as is;
use super::side::Side;
use wit_parser::{Function, Interface, WorldItem, WorldKey};

/// Whether nobody may rely on an item of a side.
pub(super) fn is_unstable(side: &Side, item: &ItemPath) -> bool {
    let Some((container, inside)) = item.names.split_first() else { return false };
    let packages = side.packages.iter().filter(|package| side.package_name(**package) == item.package);
    packages.into_iter().any(|package| {
        let package = &side.resolve.packages[*package];
        if let Some(id) = package.interfaces.get(container) {
            return of_interface(side, &side.resolve.interfaces[*id], inside);
        }
        let Some(world) = package.worlds.get(container).map(|id| &side.resolve.worlds[*id]) else { return false };
        if is(&world.stability) {
            return true;
        }
        // An import and an export may have one name, and a path does not say which is meant.
        let items = world.imports.iter().chain(&world.exports);
        let mut judged = items.filter_map(|(key, item)| of_world_item(side, key, item, inside)).peekable();
        judged.peek().is_some() && judged.all(|is| is)
    })
}

fn of_interface(side: &Side, interface: &Interface, inside: &[String]) -> bool {
    let functions = interface.functions.values();
    is(&interface.stability)
        || inside
            .first()
            .is_some_and(|name| interface.types.get(name).is_some_and(|ty| is(&side.resolve.types[*ty].stability)))
        || functions.into_iter().any(|function| of_function(function, inside))
}

/// Whether an item of a world is unstable; `None` if the path does not lead into it.
fn of_world_item(side: &Side, key: &WorldKey, item: &WorldItem, inside: &[String]) -> Option<bool> {
    let first = inside.first()?;
    match item {
        WorldItem::Interface { id, stability, .. } => {
            // Most are others, and paths take time to write.
            let own = side.resolve.interfaces[*id].name.as_deref();
            if matches!(key, WorldKey::Interface(_)) && !own.is_some_and(|own| first.ends_with(own)) {
                return None;
            }
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

fn of_function(function: &Function, inside: &[String]) -> bool {
    is(&function.stability) && leads(function, inside)
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
            assert!(is_unstable(&side, &item(names)), "{names:?}");
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
            assert!(!is_unstable(&side, &item(names)), "{names:?}");
        }
    }
}
