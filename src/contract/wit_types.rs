//! What types of WIT are made of and where they come from, and what a gate says.
//!
//! The one list of what stands in a definition: who walks types, to compare, to judge or to make components, walks them all.

use indexmap::IndexSet;
use std::collections::{BTreeSet, HashSet};
use wit_parser::{Handle, InterfaceId, Resolve, Stability, Type, TypeDefKind, TypeId, TypeOwner};

/// The types that a definition speaks of, in the order it does.
pub(super) fn children(kind: &TypeDefKind) -> Vec<Type> {
    match kind {
        TypeDefKind::Handle(Handle::Own(id) | Handle::Borrow(id)) => vec![Type::Id(*id)],
        TypeDefKind::Tuple(tuple) => tuple.types.clone(),
        TypeDefKind::Option(ty)
        | TypeDefKind::List(ty)
        | TypeDefKind::FixedLengthList(ty, _)
        | TypeDefKind::Type(ty) => vec![*ty],
        TypeDefKind::Result(result) => result.ok.into_iter().chain(result.err).collect(),
        TypeDefKind::Map(key, value) => vec![*key, *value],
        TypeDefKind::Future(ty) | TypeDefKind::Stream(ty) => ty.iter().copied().collect(),
        TypeDefKind::Record(record) => record.fields.iter().map(|field| field.ty).collect(),
        TypeDefKind::Variant(variant) => variant.cases.iter().filter_map(|case| case.ty).collect(),
        TypeDefKind::Resource | TypeDefKind::Flags(_) | TypeDefKind::Enum(_) | TypeDefKind::Unknown => Vec::new(),
    }
}

/// Whether a gate says that an item is there only with a feature.
pub(super) fn is_unstable(stability: &Stability) -> bool {
    matches!(stability, Stability::Unstable { .. })
}

/// Types and all that they mention.
pub(super) fn reached(resolve: &Resolve, from: impl Iterator<Item = TypeId>) -> HashSet<TypeId> {
    let mut seen = HashSet::new();
    let mut left: Vec<TypeId> = from.collect();
    while let Some(ty) = left.pop() {
        if seen.insert(ty) {
            left.extend(children(&resolve.types[ty].kind).into_iter().filter_map(of_id));
        }
    }
    seen
}

/// Whether a type is a resource, or there is one in it.
pub(super) fn holds_resource(resolve: &Resolve, ty: TypeId) -> bool {
    reached(resolve, [ty].into_iter()).into_iter().any(|ty| matches!(resolve.types[ty].kind, TypeDefKind::Resource))
}

pub(super) fn of_id(ty: Type) -> Option<TypeId> {
    match ty {
        Type::Id(id) => Some(id),
        _ => None,
    }
}

/// The interfaces that one needs for its types, itself last, each after those it needs.
pub(super) fn needed(resolve: &Resolve, interface: InterfaceId) -> Vec<InterfaceId> {
    let mut order = IndexSet::new();
    // An interface is visited twice: to put what it needs before it, then to take its place.
    let mut left = vec![(interface, false)];
    while let Some((id, ready)) = left.pop() {
        if ready {
            order.insert(id);
        }
        if ready || order.contains(&id) {
            continue;
        }
        left.push((id, true));
        let uses: BTreeSet<InterfaceId> = resolve.interfaces[id]
            .types
            .values()
            .filter_map(|ty| used_from(resolve, *ty))
            .filter(|of| *of != id)
            .collect();
        left.extend(uses.into_iter().rev().map(|of| (of, false)));
    }
    order.into_iter().collect()
}

/// The interface that a type is used from.
fn used_from(resolve: &Resolve, ty: TypeId) -> Option<InterfaceId> {
    let TypeDefKind::Type(Type::Id(of)) = resolve.types[ty].kind else { return None };
    match resolve.types[of].owner {
        TypeOwner::Interface(owner) => Some(owner),
        TypeOwner::World(_) | TypeOwner::None => None,
    }
}
