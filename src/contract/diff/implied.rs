//! What the WIT reader adds to the imports of a world: interfaces whose types others of its items use.
//!
//! Nobody wrote those, so they are not told as imports that came or went, and their gates are those of what needs them.

use crate::contract::gate::is_unstable;
use std::collections::HashSet;
use wit_parser::{InterfaceId, Resolve, WorldId, WorldItem};

/// What a world imports because an import or export of it uses types of it.
pub(super) struct Implied {
    pub(super) by_any: HashSet<InterfaceId>,
    /// By one that needs a feature.
    pub(super) by_unstable: HashSet<InterfaceId>,
}

impl Implied {
    pub(super) fn of(resolve: &Resolve, world: WorldId) -> Self {
        let (mut by_any, mut by_unstable) = (HashSet::new(), HashSet::new());
        let world = &resolve.worlds[world];
        for item in world.imports.values().chain(world.exports.values()) {
            match item {
                WorldItem::Interface { id, stability, .. } => {
                    let deps = resolve.interface_direct_deps(*id).filter(|dep| dep != id);
                    for dep in deps {
                        by_any.insert(dep);
                        if is_unstable(stability) {
                            by_unstable.insert(dep);
                        }
                    }
                }
                WorldItem::Function(_) => {}
                WorldItem::Type { id, .. } => by_any.extend(resolve.type_interface_dep(*id)),
            }
        }
        Self { by_any, by_unstable }
    }
}
