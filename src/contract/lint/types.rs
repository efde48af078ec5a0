//! Questions about types of WIT: what one is below its names, and what it mentions.

use crate::contract::wit_types::children;
use std::collections::HashSet;
use wit_parser::{Handle, Resolve, Type, TypeDefKind, TypeId};

/// The type below all its names.
pub(super) fn peel(resolve: &Resolve, mut ty: Type) -> Type {
    while let Type::Id(id) = ty {
        match resolve.types[id].kind {
            TypeDefKind::Type(of) => ty = of,
            _ => break,
        }
    }
    ty
}

/// What a type is, if it is more than a primitive.
pub(super) fn kind(resolve: &Resolve, ty: Type) -> Option<&TypeDefKind> {
    match peel(resolve, ty) {
        Type::Id(id) => Some(&resolve.types[id].kind),
        _ => None,
    }
}

/// Every type that is reached from these, themselves included, each once.
pub(super) fn reached(resolve: &Resolve, from: impl IntoIterator<Item = Type>) -> Vec<Type> {
    let mut left: Vec<Type> = from.into_iter().collect();
    left.reverse();
    let (mut seen, mut out) = (HashSet::new(), Vec::new());
    while let Some(ty) = left.pop() {
        if seen.insert(ty) {
            out.push(ty);
            if let Type::Id(id) = ty {
                left.extend(children(&resolve.types[id].kind).into_iter().rev());
            }
        }
    }
    out
}

/// The named types that stand in these: structures without a name are looked through.
pub(in crate::contract) fn named(resolve: &Resolve, from: impl IntoIterator<Item = Type>) -> Vec<TypeId> {
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

/// The resource that a type is a handle of, or names.
pub(super) fn resource(resolve: &Resolve, ty: Type) -> Option<TypeId> {
    let Type::Id(id) = peel(resolve, ty) else { return None };
    match &resolve.types[id].kind {
        TypeDefKind::Resource => Some(id),
        TypeDefKind::Handle(Handle::Own(of) | Handle::Borrow(of)) => resource(resolve, Type::Id(*of)),
        _ => None,
    }
}
