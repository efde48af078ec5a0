//! Lints of versions, of dependencies, and of what is used though it is deprecated or unstable.

use super::capability::is_same;
use super::{Binary, LintOptions};
use crate::contract::change::{ItemPath, Said};
use crate::contract::fault::{Detail, Fault};
use crate::contract::gate::{is_deprecated, is_unstable};
use crate::contract::rules::lint_dependency::{
    DEPRECATED_ITEM_USED, DEPRECATED_TYPE_REFERENCED, DEPS_FLOATING, DEPS_UNLOCKED, EXTERNAL_ID_DUPLICATE,
    IMPLEMENTS_UNVERSIONED, PACKAGE_PRERELEASE, PACKAGE_UNVERSIONED, UNSTABLE_ITEM_USED,
};
use crate::contract::side::Side;
use crate::contract::statements::Statements;
use crate::contract::walk::Walk;
use crate::contract::wit_types::{children, named};
use crate::model::name::ExternName;
use std::collections::{BTreeMap, BTreeSet};
use wit_parser::{PackageId, Span, Stability, Type, TypeId, TypeOwner, WorldItem, WorldKey};

pub(super) fn check(walk: &Walk<'_>, options: &LintOptions, faults: &mut Vec<Fault>) {
    versions(walk, options, faults);
    used_by_worlds(walk, faults);
    spoken_of(walk, faults);
    external_ids(walk, faults);
}

fn versions(walk: &Walk<'_>, options: &LintOptions, faults: &mut Vec<Fault>) {
    let resolve = walk.resolve();
    for package in &walk.packages {
        let path = || ItemPath::package(walk.side.package_name(*package));
        match &resolve.packages[*package].name.version {
            None => faults.push(Fault::new(&PACKAGE_UNVERSIONED, path(), walk.said_package(*package))),
            Some(version) if !version.pre.is_empty() => {
                faults.push(Fault::new(&PACKAGE_PRERELEASE, path(), walk.said_package(*package)));
            }
            Some(_) => {}
        }
    }
    let direct: BTreeSet<PackageId> =
        walk.packages.iter().flat_map(|package| resolve.package_direct_deps(*package)).collect();
    let mut vendored = Vec::new();
    let main = walk.packages.first().map(|id| ItemPath::package(walk.side.package_name(*id)));
    for (id, package) in resolve.packages.iter() {
        let path = || ItemPath::package(walk.side.package_name(id));
        let users = Detail::SpokenOfBy(main.iter().map(ToString::to_string).collect());
        if direct.contains(&id) && package.name.version.is_none() && Some(path()) != main {
            faults.push(Fault::new(&DEPS_FLOATING, path(), walk.said_package(id)).with(users));
        }
        if !walk.packages.contains(&id) {
            vendored.push(package.name.to_string());
        }
    }
    vendored.sort();
    if let (Some(false), false, Some(package)) = (options.locked, vendored.is_empty(), walk.packages.first()) {
        let item = ItemPath::package(walk.side.package_name(*package));
        let names = Detail::SpokenOfBy(vendored);
        faults.push(Fault::new(&DEPS_UNLOCKED, item, walk.said_package(*package)).with(names));
    }
}

/// Worlds that import or export what is to go, or may change.
fn used_by_worlds(walk: &Walk<'_>, faults: &mut Vec<Fault>) {
    let resolve = walk.resolve();
    for world in &walk.worlds {
        let statements = Statements::of(walk.side, world.id);
        for (word, key, item) in world.ports() {
            let WorldItem::Interface { id, stability, .. } = item else { continue };
            let Some(path) = walk.side.interface_path(*id) else { continue };
            let of = &resolve.interfaces[*id].stability;
            let said = || statements.said(resolve.name_world_key(key), word, key, item);
            let user = || Detail::SpokenOfBy(vec![world.path.to_string()]);
            let own = [stability, &world.def.stability];
            if is_deprecated(of) && !own.into_iter().any(is_deprecated) {
                faults.push(Fault::new(&DEPRECATED_ITEM_USED, path.clone(), said()).with(user()));
            }
            if is_unstable(of) && !own.into_iter().any(is_unstable) {
                faults.push(Fault::new(&UNSTABLE_ITEM_USED, path, said()).with(user()));
            }
        }
    }
}

/// Functions and types that speak of deprecated types, or of unstable ones of other packages.
fn spoken_of(walk: &Walk<'_>, faults: &mut Vec<Fault>) {
    let resolve = walk.resolve();
    let mut users: Vec<(&ItemPath, [&Stability; 2], Span, Vec<Type>)> = Vec::new();
    for at in &walk.functions {
        users.push((&at.path, [&at.def.stability, at.parent], at.def.span, at.written_types().collect()));
    }
    for at in &walk.types {
        let types = children(&at.def.kind);
        users.push((&at.path, [&at.def.stability, at.parent], at.def.span, types));
    }
    for (path, own, span, types) in users {
        for ty in named(resolve, types) {
            let (ty, of) = origin(walk, ty);
            let Some(item) = walk.side.type_path(ty) else { continue };
            let user = Detail::SpokenOfBy(vec![path.to_string()]);
            let fault = |rule| Fault::new(rule, item.clone(), walk.said(path, span)).with(user.clone());
            if is_deprecated(of) && !own.into_iter().any(is_deprecated) {
                faults.push(fault(&DEPRECATED_TYPE_REFERENCED));
            }
            if is_unstable(of) && item.package != path.package && !own.into_iter().any(is_unstable) {
                faults.push(fault(&UNSTABLE_ITEM_USED));
            }
        }
    }
}

/// The type that a `use` brings, and its gate.
fn origin<'a>(walk: &Walk<'a>, mut ty: TypeId) -> (TypeId, &'a Stability) {
    let types = &walk.resolve().types;
    loop {
        let def = &types[ty];
        match def.kind {
            wit_parser::TypeDefKind::Type(Type::Id(of))
                if def.stability.is_unknown() && types[of].owner != TypeOwner::None && types[of].owner != def.owner =>
            {
                ty = of;
            }
            _ => return (ty, &def.stability),
        }
    }
}

/// Items of one world or interface with one external id.
fn external_ids(walk: &Walk<'_>, faults: &mut Vec<Fault>) {
    let resolve = walk.resolve();
    let mut items: Vec<(String, &str, ItemPath, Said)> = Vec::new();
    for world in &walk.worlds {
        let statements = Statements::of(walk.side, world.id);
        for (word, key, item) in world.ports() {
            let name = resolve.name_world_key(key);
            let path = match (key, item) {
                (WorldKey::Interface(id), _) => walk.side.interface_path(*id),
                (_, WorldItem::Function(function)) => Some(walk.side.function_path(&world.path, function)),
                _ => None,
            };
            let path = path.unwrap_or_else(|| world.path.below(&name));
            let said = statements.said(name, word, key, item);
            if let WorldItem::Interface { id, .. } = item
                && let (WorldKey::Name(_), Some(_)) = (key, &resolve.interfaces[*id].name)
                && let Some(package) = resolve.interfaces[*id].package
                && resolve.packages[package].name.version.is_none()
            {
                let of = Detail::Other(resolve.id_of(*id).unwrap_or_default());
                faults.push(Fault::new(&IMPLEMENTS_UNVERSIONED, path.clone(), said.clone()).with(of));
            }
            let id = match item {
                WorldItem::Interface { external_id, .. } => external_id.as_deref(),
                WorldItem::Function(function) => function.external_id.as_deref(),
                WorldItem::Type { id, .. } => resolve.types[*id].external_id.as_deref(),
            };
            items.extend(id.map(|id| (format!("{} {word}", world.path), id, path, said)));
        }
    }
    for at in walk.functions.iter().filter(|at| at.interface.is_some()) {
        let said = || walk.said(&at.path, at.def.span);
        let id = at.def.external_id.as_deref();
        items.extend(id.map(|id| (at.path.interface().unwrap_or_default(), id, at.path.clone(), said())));
    }
    for at in walk.types.iter().filter(|at| at.interface.is_some()) {
        let said = || walk.said(&at.path, at.def.span);
        let id = at.def.external_id.as_deref();
        items.extend(id.map(|id| (at.path.interface().unwrap_or_default(), id, at.path.clone(), said())));
    }
    let mut first: BTreeMap<(&str, &str), &ItemPath> = BTreeMap::new();
    for (scope, id, path, said) in &items {
        let earlier = *first.entry((scope, id)).or_insert(path);
        if earlier != path {
            let other = Detail::Other(earlier.to_string());
            faults.push(Fault::new(&EXTERNAL_ID_DUPLICATE, path.clone(), said.clone()).with(other));
        }
    }
}

/// Functions that a component imports and that the contract deprecates, or has not made stable yet.
pub(super) fn used_by(side: &Side, binary: Binary<'_>, faults: &mut Vec<Fault>) {
    let Some(component) = binary.side.component else { return };
    let theirs = &binary.side.resolve;
    for (key, item) in &theirs.worlds[component].imports {
        let (WorldKey::Interface(_), WorldItem::Interface { id, .. }) = (key, item) else { continue };
        let wanted = ExternName::parse(&theirs.name_world_key(key), None);
        let found = side.resolve.interfaces.iter().find(|(id, _)| {
            side.resolve.id_of(*id).is_some_and(|name| is_same(&wanted, &ExternName::parse(&name, None)))
        });
        let Some((ours, interface)) = found else { continue };
        let Some(home) = side.interface_path(ours) else { continue };
        for name in theirs.interfaces[*id].functions.keys() {
            let Some(function) = interface.functions.get(name) else { continue };
            let path = side.function_path(&home, function);
            let gates = [&function.stability, &interface.stability];
            let user = || Detail::SpokenOfBy(vec![binary.side.origin.clone()]);
            let said = || side.said(function.item_name(), function.span);
            if gates.into_iter().any(is_deprecated) {
                faults.push(Fault::new(&DEPRECATED_ITEM_USED, path.clone(), said()).with(user()));
            }
            if gates.into_iter().any(is_unstable) {
                faults.push(Fault::new(&UNSTABLE_ITEM_USED, path, said()).with(user()));
            }
        }
    }
}
