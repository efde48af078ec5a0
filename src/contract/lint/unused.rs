//! Lints of what nobody asks for.

use crate::contract::fault::{Detail, Fault};
use crate::contract::rules::lint_unused::{
    INTERFACE_EMPTY, TYPE_UNUSED, TYPE_UNUSED_EXPORTED, USE_UNUSED, WORLD_EMPTY,
};
use crate::contract::walk::Walk;
use crate::contract::wit_types::children;
use std::collections::HashSet;
use wit_parser::{InterfaceId, Resolve, Type, TypeId, WorldItem};

pub(super) fn check(walk: &Walk<'_>, faults: &mut Vec<Fault>) {
    let resolve = walk.resolve();
    let mentioned = mentioned(resolve);
    for ty in walk.types.iter().filter(|ty| !mentioned.contains(&ty.id)) {
        // An interface of types alone is for others, and so is what it passes on.
        let Some(interface) = ty.interface.filter(|id| !resolve.interfaces[*id].functions.is_empty()) else { continue };
        let fault = |rule| Fault::new(rule, ty.path.clone(), walk.said(&ty.path, ty.def.span));
        match (ty.used(resolve), exported_by(walk, interface)) {
            (Some(_), _) => faults.push(fault(&USE_UNUSED)),
            (None, None) => faults.push(fault(&TYPE_UNUSED)),
            (None, Some(world)) => faults.push(fault(&TYPE_UNUSED_EXPORTED).with(Detail::Other(world))),
        }
    }
    for interface in &walk.interfaces {
        if interface.def.types.is_empty() && interface.def.functions.is_empty() {
            let said = walk.said(&interface.path, interface.def.span);
            faults.push(Fault::new(&INTERFACE_EMPTY, interface.path.clone(), said));
        }
    }
    for world in &walk.worlds {
        if world.def.imports.is_empty() && world.def.exports.is_empty() {
            faults.push(Fault::new(&WORLD_EMPTY, world.path.clone(), walk.said(&world.path, world.def.span)));
        }
    }
}

/// Types that a function or another type mentions, in whichever package.
fn mentioned(resolve: &Resolve) -> HashSet<TypeId> {
    let mut mentioned = HashSet::new();
    let in_worlds = resolve.worlds.iter().flat_map(|(_, world)| world.imports.values().chain(world.exports.values()));
    let in_worlds = in_worlds.filter_map(|item| match item {
        WorldItem::Function(function) => Some(function),
        WorldItem::Interface { .. } | WorldItem::Type { .. } => None,
    });
    let functions = resolve.interfaces.iter().flat_map(|(_, interface)| interface.functions.values()).chain(in_worlds);
    let by_functions = functions.flat_map(|function| function.parameter_and_result_types().collect::<Vec<_>>());
    let by_types = resolve.types.iter().flat_map(|(_, def)| children(&def.kind));
    for ty in by_functions.chain(by_types) {
        if let Type::Id(id) = ty {
            mentioned.insert(id);
        }
    }
    mentioned
}

/// A world that exports the interface.
fn exported_by(walk: &Walk<'_>, interface: InterfaceId) -> Option<String> {
    let exports = |item: &WorldItem| matches!(item, WorldItem::Interface { id, .. } if *id == interface);
    let world = walk.worlds.iter().find(|world| world.def.exports.values().any(exports))?;
    Some(world.path.to_string())
}
