//! What types of WIT are made of, and what a gate says.
//!
//! The one list of what stands in a definition: who walks types, to compare, to judge or to make components, walks them all.

use wit_parser::{Handle, Stability, Type, TypeDefKind};

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
