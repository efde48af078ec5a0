//! What types of WIT are made of, what one is behind its names, what it mentions and where it comes from.
//!
//! The one list of what stands in a definition: who walks types, to compare, to judge or to make components, walks them all.

use indexmap::IndexSet;
use std::collections::{BTreeSet, HashSet};
use wit_parser::{Handle, InterfaceId, Resolve, Type, TypeDefKind, TypeId, TypeOwner};

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

/// The type that an alias or a `use` means in the end; a name for a primitive stays.
pub(super) fn ground(resolve: &Resolve, mut id: TypeId) -> TypeId {
    while let TypeDefKind::Type(Type::Id(next)) = resolve.types[id].kind {
        id = next;
    }
    id
}

/// The type behind all its names.
pub(super) fn peel(resolve: &Resolve, mut ty: Type) -> Type {
    while let Type::Id(id) = ty {
        match resolve.types[id].kind {
            TypeDefKind::Type(of) => ty = of,
            _ => break,
        }
    }
    ty
}

/// What a type is behind its names, if it is more than a primitive.
pub(super) fn kind(resolve: &Resolve, ty: Type) -> Option<&TypeDefKind> {
    match peel(resolve, ty) {
        Type::Id(id) => Some(&resolve.types[id].kind),
        _ => None,
    }
}

/// The resource that a type is a handle of, or names.
pub(super) fn resource(resolve: &Resolve, ty: Type) -> Option<TypeId> {
    let Type::Id(id) = peel(resolve, ty) else { return None };
    match &resolve.types[id].kind {
        TypeDefKind::Resource => Some(id),
        TypeDefKind::Handle(Handle::Own(of) | Handle::Borrow(of)) => resource(resolve, Type::Id(*of)),
        _ => None,
    }
}

/// Every type that is reached from these, themselves included, in the order in which they are mentioned.
pub(super) fn reached(resolve: &Resolve, from: impl IntoIterator<Item = Type>) -> IndexSet<Type> {
    let mut left: Vec<Type> = from.into_iter().collect();
    left.reverse();
    let mut seen = IndexSet::new();
    while let Some(ty) = left.pop() {
        if let (true, Type::Id(id)) = (seen.insert(ty), ty) {
            left.extend(children(&resolve.types[id].kind).into_iter().rev());
        }
    }
    seen
}

/// The named types that stand in these: structures without a name are looked through.
pub(super) fn named(resolve: &Resolve, from: impl IntoIterator<Item = Type>) -> Vec<TypeId> {
    let mut left: Vec<Type> = from.into_iter().collect();
    let (mut seen, mut out) = (HashSet::new(), Vec::new());
    while let Some(ty) = left.pop() {
        let Type::Id(id) = ty else { continue };
        if !seen.insert(id) {
            continue;
        }
        match resolve.types[id].name {
            Some(_) => out.push(id),
            None => left.extend(children(&resolve.types[id].kind)),
        }
    }
    out.sort();
    out
}

/// The index of a type that is more than a primitive.
pub(super) fn id_of(ty: Type) -> Option<TypeId> {
    match ty {
        Type::Id(id) => Some(id),
        _ => None,
    }
}

/// Whether a type is a resource, or there is one in it.
pub(super) fn holds_resource(resolve: &Resolve, ty: TypeId) -> bool {
    let mut reached = reached(resolve, [Type::Id(ty)]).into_iter().filter_map(id_of);
    reached.any(|ty| matches!(resolve.types[ty].kind, TypeDefKind::Resource))
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
pub(super) fn used_from(resolve: &Resolve, ty: TypeId) -> Option<InterfaceId> {
    let TypeDefKind::Type(Type::Id(of)) = resolve.types[ty].kind else { return None };
    match resolve.types[of].owner {
        TypeOwner::Interface(owner) => Some(owner),
        TypeOwner::World(_) | TypeOwner::None => None,
    }
}
