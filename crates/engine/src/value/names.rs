//! What the text of a value refers to: values and handles that have a name, resource types that have one.

use wasmtime::component::{ResourceAny, ResourceType, Type, Val};

/// Who knows the names in a text.
pub(crate) trait Names {
    /// The value behind `$name`.
    fn value(&self, name: &str) -> Option<Val>;
    /// Every name there is, without the `$`.
    fn known(&self) -> Vec<String>;
    /// What became of a name that stands for nothing any more, as a phrase.
    fn gone(&self, _: &str) -> Option<String> {
        None
    }
    /// Whether a name that nobody knows may stand for a handle, because nothing has run yet.
    fn any_handle(&self) -> bool {
        false
    }
    /// What a resource type is called.
    fn resource(&self, ty: ResourceType) -> String;
    /// How a handle is written: `$name`, or `<bucket #1>` if it has none.
    fn handle(&self, handle: ResourceAny) -> String;
}

/// Knows no names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Nameless;

impl Names for Nameless {
    fn value(&self, _: &str) -> Option<Val> {
        None
    }

    fn known(&self) -> Vec<String> {
        Vec::new()
    }

    fn resource(&self, _: ResourceType) -> String {
        "resource".into()
    }

    fn handle(&self, _: ResourceAny) -> String {
        "<resource>".into()
    }
}

/// Knows what resources are called, and takes every name for a handle.
#[derive(Clone, Copy)]
pub(crate) struct AnyHandle<'n>(pub(crate) &'n dyn Names);

impl Names for AnyHandle<'_> {
    fn value(&self, _: &str) -> Option<Val> {
        None
    }

    fn known(&self) -> Vec<String> {
        Vec::new()
    }

    fn any_handle(&self) -> bool {
        true
    }

    fn resource(&self, ty: ResourceType) -> String {
        self.0.resource(ty)
    }

    fn handle(&self, handle: ResourceAny) -> String {
        self.0.handle(handle)
    }
}

/// Whether a value is one of that type. A type of an instance fits only handles of that very instance.
pub(crate) fn fits(value: &Val, ty: &Type) -> bool {
    let payload = |value: &Option<Box<Val>>, ty: Option<Type>| match (value, ty) {
        (Some(value), Some(ty)) => fits(value, &ty),
        (None, None) => true,
        _ => false,
    };
    match (value, ty) {
        (Val::Bool(_), Type::Bool)
        | (Val::S8(_), Type::S8)
        | (Val::U8(_), Type::U8)
        | (Val::S16(_), Type::S16)
        | (Val::U16(_), Type::U16)
        | (Val::S32(_), Type::S32)
        | (Val::U32(_), Type::U32)
        | (Val::S64(_), Type::S64)
        | (Val::U64(_), Type::U64)
        | (Val::Float32(_), Type::Float32)
        | (Val::Float64(_), Type::Float64)
        | (Val::Char(_), Type::Char)
        | (Val::String(_), Type::String) => true,
        (Val::List(items), Type::List(list)) => items.iter().all(|item| fits(item, &list.ty())),
        (Val::FixedLengthList(items), Type::FixedLengthList(list)) => {
            items.len() == list.len() as usize && items.iter().all(|item| fits(item, &list.ty()))
        }
        (Val::Map(entries), Type::Map(map)) => {
            entries.iter().all(|(key, value)| fits(key, &map.key()) && fits(value, &map.value()))
        }
        (Val::Record(fields), Type::Record(record)) => {
            fields.len() == record.fields().len()
                && fields
                    .iter()
                    .zip(record.fields())
                    .all(|((name, value), field)| name == field.name && fits(value, &field.ty))
        }
        (Val::Tuple(items), Type::Tuple(tuple)) => {
            items.len() == tuple.types().len() && items.iter().zip(tuple.types()).all(|(item, ty)| fits(item, &ty))
        }
        (Val::Variant(name, value), Type::Variant(variant)) => {
            variant.cases().find(|case| case.name == name).is_some_and(|case| payload(value, case.ty))
        }
        (Val::Enum(name), Type::Enum(names)) => names.names().any(|known| known == name),
        (Val::Flags(set), Type::Flags(flags)) => set.iter().all(|name| flags.names().any(|known| known == name)),
        (Val::Option(value), Type::Option(some)) => value.as_ref().is_none_or(|value| fits(value, &some.ty())),
        (Val::Result(Ok(value)), Type::Result(result)) => payload(value, result.ok()),
        (Val::Result(Err(value)), Type::Result(result)) => payload(value, result.err()),
        (Val::Resource(handle), Type::Own(ty)) => handle.owned() && handle.ty() == *ty,
        (Val::Resource(handle), Type::Borrow(ty)) => handle.ty() == *ty,
        _ => false,
    }
}

/// The first type within that has no text, if there is one.
pub(crate) fn textless(ty: &Type) -> Option<Type> {
    let option = |ty: Option<Type>| ty.and_then(|ty| textless(&ty));
    match ty {
        Type::Future(_) | Type::Stream(_) | Type::ErrorContext => Some(ty.clone()),
        Type::List(list) => textless(&list.ty()),
        Type::FixedLengthList(list) => textless(&list.ty()),
        Type::Map(map) => textless(&map.key()).or_else(|| textless(&map.value())),
        Type::Record(record) => record.fields().find_map(|field| textless(&field.ty)),
        Type::Tuple(tuple) => tuple.types().find_map(|ty| textless(&ty)),
        Type::Variant(variant) => variant.cases().find_map(|case| option(case.ty)),
        Type::Option(some) => textless(&some.ty()),
        Type::Result(result) => option(result.ok()).or_else(|| option(result.err())),
        _ => None,
    }
}
