//! A type in WIT syntax, on one line, by the names it has where it stands.

use wit_parser::{Handle, Resolve, Type, TypeDefKind, TypeId};

/// The type as it would be written; structures without a name are written out.
pub(in crate::contract) fn type_text(resolve: &Resolve, ty: Type) -> String {
    let id = match ty {
        Type::Bool => return "bool".into(),
        Type::U8 => return "u8".into(),
        Type::U16 => return "u16".into(),
        Type::U32 => return "u32".into(),
        Type::U64 => return "u64".into(),
        Type::S8 => return "s8".into(),
        Type::S16 => return "s16".into(),
        Type::S32 => return "s32".into(),
        Type::S64 => return "s64".into(),
        Type::F32 => return "f32".into(),
        Type::F64 => return "f64".into(),
        Type::Char => return "char".into(),
        Type::String => return "string".into(),
        Type::ErrorContext => return "error-context".into(),
        Type::Id(id) => id,
    };
    let def = &resolve.types[id];
    match &def.name {
        Some(name) => name.clone(),
        None => structure(resolve, id),
    }
}

/// The structure of a type, its own name left out.
pub(super) fn structure(resolve: &Resolve, id: TypeId) -> String {
    let text = |ty: &Type| type_text(resolve, *ty);
    let optional = |ty: &Option<Type>| ty.as_ref().map_or_else(|| "_".to_owned(), text);
    let list = |items: Vec<String>| items.join(", ");
    match &resolve.types[id].kind {
        TypeDefKind::Record(record) => {
            let fields = record.fields.iter().map(|field| format!("{}: {}", field.name, text(&field.ty)));
            format!("record {{ {} }}", list(fields.collect()))
        }
        TypeDefKind::Variant(variant) => {
            let cases = variant.cases.iter().map(|case| match &case.ty {
                Some(ty) => format!("{}({})", case.name, text(ty)),
                None => case.name.clone(),
            });
            format!("variant {{ {} }}", list(cases.collect()))
        }
        TypeDefKind::Enum(of) => {
            format!("enum {{ {} }}", list(of.cases.iter().map(|case| case.name.clone()).collect()))
        }
        TypeDefKind::Flags(of) => {
            format!("flags {{ {} }}", list(of.flags.iter().map(|flag| flag.name.clone()).collect()))
        }
        TypeDefKind::Resource => "resource".into(),
        TypeDefKind::Handle(Handle::Own(of)) => type_text(resolve, Type::Id(*of)),
        TypeDefKind::Handle(Handle::Borrow(of)) => format!("borrow<{}>", type_text(resolve, Type::Id(*of))),
        TypeDefKind::Tuple(tuple) => format!("tuple<{}>", list(tuple.types.iter().map(text).collect())),
        TypeDefKind::Option(of) => format!("option<{}>", text(of)),
        TypeDefKind::Result(result) => match (&result.ok, &result.err) {
            (None, None) => "result".into(),
            (Some(ok), None) => format!("result<{}>", text(ok)),
            (ok, err) => format!("result<{}, {}>", optional(ok), optional(err)),
        },
        TypeDefKind::List(of) => format!("list<{}>", text(of)),
        TypeDefKind::FixedLengthList(of, length) => format!("list<{}, {length}>", text(of)),
        TypeDefKind::Map(key, value) => format!("map<{}, {}>", text(key), text(value)),
        TypeDefKind::Future(of) => of.as_ref().map_or_else(|| "future".into(), |of| format!("future<{}>", text(of))),
        TypeDefKind::Stream(of) => of.as_ref().map_or_else(|| "stream".into(), |of| format!("stream<{}>", text(of))),
        TypeDefKind::Type(of) => text(of),
        TypeDefKind::Unknown => "_".into(),
    }
}
