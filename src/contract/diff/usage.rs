//! Which types of a side are used: spoken of by a function, directly or through other types, or declared by a world.
//!
//! Compilers leave out of a component's imports what its functions do not need, so a change to a type that nobody uses
//! reaches no compiled consumer. Types of worlds themselves are never left out.

use crate::contract::side::Side;
use crate::contract::wit_types::children;
pub(super) use crate::contract::wit_types::is_unstable;
use wit_parser::{Function, Resolve, Type, TypeDefKind, TypeId, WorldItem};

/// The uses of a side's types, by the index of the type.
pub(super) struct Usage {
    /// By anything.
    any: Vec<bool>,
    /// By something that is not unstable.
    stable: Vec<bool>,
    /// As the error of a function's result.
    error: Vec<bool>,
}

impl Usage {
    pub(super) fn of(side: &Side) -> Self {
        let resolve = &side.resolve;
        let mut any = Vec::new();
        let mut stable = Vec::new();
        let mut error = vec![false; resolve.types.len()];
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
        Self { any: reached(resolve, any), stable: reached(resolve, stable), error }
    }

    /// Whether anything speaks of the type.
    pub(super) fn is_used(&self, id: TypeId) -> bool {
        self.any[id.index()]
    }

    /// Whether something that is not unstable speaks of it.
    pub(super) fn is_used_by_stable(&self, id: TypeId) -> bool {
        self.stable[id.index()]
    }

    /// Whether it is the error of some function.
    pub(super) fn is_error(&self, id: TypeId) -> bool {
        self.error[id.index()]
    }
}

/// The type that an alias or a `use` means in the end.
pub(super) fn ground(resolve: &Resolve, mut id: TypeId) -> TypeId {
    while let TypeDefKind::Type(Type::Id(next)) = resolve.types[id].kind {
        id = next;
    }
    id
}

fn mark_error(resolve: &Resolve, function: &Function, error: &mut [bool]) {
    let Some(Type::Id(result)) = function.result else { return };
    if let TypeDefKind::Result(result) = &resolve.types[ground(resolve, result)].kind
        && let Some(Type::Id(of)) = result.err
    {
        error[ground(resolve, of).index()] = true;
    }
}

fn reached(resolve: &Resolve, mut stack: Vec<Type>) -> Vec<bool> {
    let mut seen = vec![false; resolve.types.len()];
    while let Some(ty) = stack.pop() {
        let Type::Id(id) = ty else { continue };
        if !std::mem::replace(&mut seen[id.index()], true) {
            stack.extend(children(&resolve.types[id].kind));
        }
    }
    seen
}
