//! What of one side is held against what of the other, before anything is compared.
//!
//! A package that has another name is the old one only if most of its interfaces are still called the same, and only in WIT:
//! components mention many packages, and one that went has nothing to do with one that came. Of a component the interfaces
//! that it exports are contracts, there in full. Those that it imports are what it needs: of each there is no more than what
//! is used, so what is missing there says nothing.

use super::side::Side;
use std::collections::BTreeSet;
use wit_parser::{InterfaceId, PackageId, WorldId, WorldItem, WorldKey};

/// What a side has of an interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What a component uses of it.
    Used,
    /// All of it.
    Whole,
}

/// What cannot be held against anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Strangers {
    /// The sides have nothing in common.
    All,
    /// The main package of the old side is not in the new one, under no name.
    Main(String),
}

/// The names of the packages that a side is judged by.
fn names(side: &Side) -> BTreeSet<String> {
    side.packages.iter().map(|id| side.package_name(*id)).collect()
}

/// The interfaces and worlds of a package.
fn items(side: &Side, package: PackageId) -> BTreeSet<&str> {
    let package = &side.resolve.packages[package];
    package.interfaces.keys().chain(package.worlds.keys()).map(String::as_str).collect()
}

/// The main packages of two sides in WIT of which neither is on the other side.
fn parted(old: &Side, new: &Side) -> Option<(PackageId, PackageId)> {
    if old.component.is_some() || new.component.is_some() {
        return None;
    }
    let (one, other) = (*old.packages.first()?, *new.packages.first()?);
    let stays = names(new).contains(&old.package_name(one)) || names(old).contains(&new.package_name(other));
    (!stays).then_some((one, other))
}

/// A package under another name: at least half of the interfaces and worlds of the smaller one are in the other.
pub fn renamed(old: &Side, new: &Side) -> Option<(PackageId, PackageId)> {
    let (one, other) = parted(old, new)?;
    let (was, is) = (items(old, one), items(new, other));
    (was.intersection(&is).count() * 2 >= was.len().min(is.len())).then_some((one, other))
}

/// What a component has to do with: the packages that it exports and imports, but for what all share since hosts have it,
/// and whether it exports anything that is in no package.
fn matters(side: &Side, component: WorldId) -> BTreeSet<String> {
    let world = &side.resolve.worlds[component];
    let name = |key: &WorldKey| match key {
        WorldKey::Interface(id) => side.interface_path(*id).map(|path| path.package),
        WorldKey::Name(_) => Some(String::new()),
    };
    let imports = world.imports.keys().filter_map(name).filter(|name| !name.is_empty() && !name.starts_with("wasi:"));
    imports.chain(world.exports.keys().filter_map(name)).collect()
}

/// What of two sides cannot be compared at all.
pub fn strangers(old: &Side, new: &Side) -> Option<Strangers> {
    let none = names(old).is_disjoint(&names(new));
    match (old.component, new.component) {
        (Some(one), Some(other)) => {
            let (was, is) = (matters(old, one), matters(new, other));
            (was != is && was.is_disjoint(&is)).then_some(Strangers::All)
        }
        (None, None) if renamed(old, new).is_some() => None,
        (None, None) if none => Some(Strangers::All),
        (None, None) => parted(old, new).map(|(one, _)| Strangers::Main(old.package_name(one))),
        _ => none.then_some(Strangers::All),
    }
}

/// What a component has of an interface of another package: all that it exports, and what it uses of what it imports. `None`
/// for what it has nothing of, and for any interface of WIT that is only used by what is judged.
pub fn part(side: &Side, interface: InterfaceId) -> Option<Part> {
    let Some(world) = side.component.map(|id| &side.resolve.worlds[id]) else {
        let package = side.resolve.interfaces[interface].package?;
        return side.packages.contains(&package).then_some(Part::Whole);
    };
    let named = |key: &WorldKey, item: &WorldItem| matches!((key, item), (WorldKey::Interface(_), WorldItem::Interface { id, .. }) if *id == interface);
    if world.exports.iter().any(|(key, item)| named(key, item)) {
        return Some(Part::Whole);
    }
    world.imports.iter().any(|(key, item)| named(key, item)).then_some(Part::Used)
}

/// Whether a component exports anything of a package, by its name without version.
pub fn provides(side: &Side, package: &str) -> bool {
    let Some(world) = side.component else { return true };
    side.resolve.worlds[world].exports.keys().any(|key| match key {
        WorldKey::Interface(id) => side.interface_path(*id).is_some_and(|path| path.package == package),
        WorldKey::Name(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(text: &str) -> Side {
        Side::of_text("a.wit", text).expect("WIT")
    }

    #[test]
    fn a_package_is_renamed_if_half_of_it_is_still_there() {
        let told =
            |old: &str, new: &str| (renamed(&side(old), &side(new)).is_some(), strangers(&side(old), &side(new)));
        let pay = "package acme:pay@1.4.0; interface cards {} interface refunds {} interface fees {}";
        assert_eq!(told(pay, "package acme:payments@1.5.0; interface cards {} interface refunds {}"), (true, None));
        assert_eq!(told(pay, "package acme:pay@2.0.0; interface other {}"), (false, None));
        let other = "package acme:mail@1.0.0; interface inbox {} interface cards {} interface outbox {}";
        assert_eq!(told(pay, other), (false, Some(Strangers::All)));
        let shared = "package x:y { interface i {} }";
        let (old, new) = (format!("{pay} {shared}"), format!("package a:b; interface j {{}} {shared}"));
        assert_eq!(told(&old, &new), (false, Some(Strangers::Main("acme:pay".into()))));
    }

    #[test]
    fn components_with_nothing_in_common_are_strangers() {
        let component = |items: &str| {
            let packages = ["acme:pay", "acme:mail", "wasi:cli"].map(|name| {
                format!("package {name}@1.0.0 {{ interface i {{ f: func(); }} interface j {{ g: func(); }} }}")
            });
            let mut side = side(&format!("package root:component; world root {{ {items} }} {}", packages.join(" ")));
            side.component = side.resolve.packages[side.packages[0]].worlds.get("root").copied();
            side
        };
        let pay = "export acme:pay/i@1.0.0; import wasi:cli/i@1.0.0;";
        for (one, other, strange) in [
            (pay, pay, false),
            (pay, "export acme:pay/j@1.0.0;", false),
            (pay, "import acme:pay/i@1.0.0;", false),
            (pay, "export acme:mail/i@1.0.0; import wasi:cli/i@1.0.0;", true),
            (pay, "", true),
            (pay, "import wasi:cli/i@1.0.0;", true),
            ("", "import wasi:cli/i@1.0.0;", false),
            ("", "", false),
            ("export run: func();", "export walk: func();", false),
            ("export run: func();", "import run: func();", true),
        ] {
            for (one, other) in [(one, other), (other, one)] {
                let told = strangers(&component(one), &component(other));
                assert_eq!(told.is_some(), strange, "{one} and {other}");
            }
        }
    }
}
