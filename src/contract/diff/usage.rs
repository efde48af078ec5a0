//! Which types of a side are used: spoken of by a function, directly or through other types, or declared by a world.
//!
//! Compilers leave out of a component's imports what its functions do not need, so a change to a type that nobody uses
//! reaches no compiled consumer. Types of worlds themselves are never left out.

use crate::contract::gate::is_unstable;
use crate::contract::side::Side;
use crate::contract::unstable::spoken_of;
use crate::contract::wit_types::{ground, kind, reached};
use indexmap::IndexSet;
use std::collections::HashSet;
use wit_parser::{Function, Resolve, Type, TypeDefKind, TypeId, WorldItem};

/// The uses of a side's types.
pub(super) struct Usage {
    /// By anything.
    any: IndexSet<Type>,
    /// By something that is not unstable.
    stable: IndexSet<Type>,
    /// By anything stable of an interface, types included.
    stays: IndexSet<Type>,
    /// As the error of a function's result.
    error: HashSet<TypeId>,
}

impl Usage {
    pub(super) fn of(side: &Side) -> Self {
        let resolve = &side.resolve;
        let mut any = Vec::new();
        let mut stable = Vec::new();
        let mut error = HashSet::new();
        let mut root = |function: &Function, unstable: bool| {
            let types = function.parameter_and_result_types().chain(function.kind.resource().map(Type::Id));
            for ty in types {
                any.push(ty);
                if !unstable && !is_unstable(&function.stability) {
                    stable.push(ty);
                }
            }
            mark_error(resolve, function, &mut error);
        };
        for (_, interface) in resolve.interfaces.iter() {
            for function in interface.functions.values() {
                root(function, is_unstable(&interface.stability));
            }
        }
        let mut declared = Vec::new();
        for (_, world) in resolve.worlds.iter() {
            for item in world.imports.values().chain(world.exports.values()) {
                match item {
                    WorldItem::Function(function) => root(function, is_unstable(&world.stability)),
                    WorldItem::Type { id, .. } => declared.push(Type::Id(*id)),
                    WorldItem::Interface { .. } => {}
                }
            }
        }
        any.extend(&declared);
        stable.extend(declared);
        Self { any: reached(resolve, any), stable: reached(resolve, stable), stays: spoken_of(resolve), error }
    }

    /// Whether anything speaks of the type.
    pub(super) fn is_used(&self, id: TypeId) -> bool {
        self.any.contains(&Type::Id(id))
    }

    /// Whether something that is not unstable speaks of it.
    pub(super) fn is_used_by_stable(&self, id: TypeId) -> bool {
        self.stable.contains(&Type::Id(id))
    }

    /// Whether it is there without any feature, whatever its gate says.
    pub(super) fn stays(&self, id: TypeId) -> bool {
        self.stays.contains(&Type::Id(id))
    }

    /// Whether it is the error of some function.
    pub(super) fn is_error(&self, id: TypeId) -> bool {
        self.error.contains(&id)
    }
}

fn mark_error(resolve: &Resolve, function: &Function, error: &mut HashSet<TypeId>) {
    if let Some(TypeDefKind::Result(result)) = function.result.and_then(|result| kind(resolve, result))
        && let Some(Type::Id(of)) = result.err
    {
        error.insert(ground(resolve, of));
    }
}
