//! Types and declarations in WIT, each on one line, by the names they have where they stand: what changes, faults and
//! findings quote, and what two sides are held against each other by.
//!
//! An owned handle is written as the name of its resource, as everybody writes it; only where a type is declared as one
//! does it take `own<…>`, since the name alone would be an alias of the resource.

pub(super) use crate::types::wit_text::word as name;
use wit_parser::*;

/// Types nest at most this deep in what the WIT reader takes; deeper ones are cut off.
const DEEPEST: usize = 100;

/// A type where it is used; one without a name is written out.
pub(super) fn ty(resolve: &Resolve, ty: Type) -> String {
    let mut out = String::new();
    write_type(resolve, ty, 0, &mut out);
    out
}

fn write_type(resolve: &Resolve, ty: Type, depth: usize, out: &mut String) {
    let word = match ty {
        Type::Bool => "bool",
        Type::U8 => "u8",
        Type::U16 => "u16",
        Type::U32 => "u32",
        Type::U64 => "u64",
        Type::S8 => "s8",
        Type::S16 => "s16",
        Type::S32 => "s32",
        Type::S64 => "s64",
        Type::F32 => "f32",
        Type::F64 => "f64",
        Type::Char => "char",
        Type::String => "string",
        Type::ErrorContext => "error-context",
        Type::Id(id) => {
            return match &resolve.types[id].name {
                Some(of) => out.push_str(&name(of)),
                None => write_kind(resolve, &resolve.types[id].kind, depth, out),
            };
        }
    };
    out.push_str(word);
}

/// A type as its constructor says it.
fn write_kind(resolve: &Resolve, kind: &TypeDefKind, depth: usize, out: &mut String) {
    if depth == DEEPEST {
        out.push('…');
        return;
    }
    let mut generic = |word: &str, types: &[Option<Type>], more: &str| {
        out.push_str(word);
        out.push('<');
        for (index, ty) in types.iter().enumerate() {
            out.push_str(if index > 0 { ", " } else { "" });
            match ty {
                Some(ty) => write_type(resolve, *ty, depth + 1, out),
                None => out.push('_'),
            }
        }
        out.push_str(more);
        out.push('>');
    };
    match kind {
        TypeDefKind::Handle(Handle::Own(id)) => write_type(resolve, Type::Id(*id), depth + 1, out),
        TypeDefKind::Handle(Handle::Borrow(id)) => generic("borrow", &[Some(Type::Id(*id))], ""),
        TypeDefKind::Tuple(tuple) => generic("tuple", &tuple.types.iter().copied().map(Some).collect::<Vec<_>>(), ""),
        TypeDefKind::Option(ty) => generic("option", &[Some(*ty)], ""),
        TypeDefKind::Result(Result_ { ok: None, err: None }) => out.push_str("result"),
        TypeDefKind::Result(Result_ { ok, err: None }) => generic("result", &[*ok], ""),
        TypeDefKind::Result(Result_ { ok, err }) => generic("result", &[*ok, *err], ""),
        TypeDefKind::List(ty) => generic("list", &[Some(*ty)], ""),
        TypeDefKind::Map(key, value) => generic("map", &[Some(*key), Some(*value)], ""),
        TypeDefKind::FixedLengthList(ty, length) => generic("list", &[Some(*ty)], &format!(", {length}")),
        TypeDefKind::Future(None) => out.push_str("future"),
        TypeDefKind::Stream(None) => out.push_str("stream"),
        TypeDefKind::Future(ty) => generic("future", &[*ty], ""),
        TypeDefKind::Stream(ty) => generic("stream", &[*ty], ""),
        TypeDefKind::Type(ty) => write_type(resolve, *ty, depth + 1, out),
        // These have names, but for damaged input.
        TypeDefKind::Record(_)
        | TypeDefKind::Variant(_)
        | TypeDefKind::Enum(_)
        | TypeDefKind::Flags(_)
        | TypeDefKind::Resource
        | TypeDefKind::Unknown => out.push_str(kind.as_str()),
    }
}

/// `key: string`, as parameters and fields are.
pub(super) fn labelled(resolve: &Resolve, label: &str, of: Type) -> String {
    format!("{}: {}", name(label), ty(resolve, of))
}

/// A case with its payload.
pub(super) fn case(resolve: &Resolve, label: &str, payload: Option<Type>) -> String {
    match payload {
        Some(payload) => format!("{}({})", name(label), ty(resolve, payload)),
        None => name(label),
    }
}

/// `get: func(key: string) -> u32`.
pub(super) fn function(resolve: &Resolve, function: &Function) -> String {
    let mut out = attribute(function.external_id.as_deref());
    let constructor = matches!(function.kind, FunctionKind::Constructor(_));
    if !constructor {
        out.push_str(&name(function.item_name()));
        out.push_str(": ");
    }
    if is_static(&function.kind) {
        out.push_str("static ");
    }
    out.push_str(if function.kind.is_async() { "async " } else { "" });
    out.push_str(match function.kind.accessor() {
        Some(AccessorKind::Getter) => "get",
        Some(AccessorKind::Setter) => "set",
        None if constructor => "constructor",
        None => "func",
    });
    let params: Vec<String> = params(function).iter().map(|param| labelled(resolve, &param.name, param.ty)).collect();
    out.push_str(&format!("({})", params.join(", ")));
    if let Some(result) = function.result
        && !function.is_constructor_shorthand(resolve)
    {
        out.push_str(" -> ");
        write_type(resolve, result, 0, &mut out);
    }
    out
}

/// The parameters that are written: a method's own object is not.
pub(super) fn params(function: &Function) -> &[Param] {
    let implied = function.kind.resource().is_some()
        && !is_static(&function.kind)
        && !matches!(function.kind, FunctionKind::Constructor(_));
    &function.params[usize::from(implied && !function.params.is_empty())..]
}

fn is_static(kind: &FunctionKind) -> bool {
    use FunctionKind::{AsyncStatic, Static, StaticGetter, StaticSetter};
    matches!(kind, Static(_) | AsyncStatic(_) | StaticGetter(_) | StaticSetter(_))
}

/// The declaration of a type.
pub(super) fn definition(resolve: &Resolve, id: TypeId) -> String {
    attribute(resolve.types[id].external_id.as_deref()) + &plain_definition(resolve, id)
}

/// The declaration of a type without its attribute.
pub(super) fn plain_definition(resolve: &Resolve, id: TypeId) -> String {
    let def = &resolve.types[id];
    let own = name(def.name.as_deref().unwrap_or_default());
    let list = |word: &str, members: Vec<String>| format!("{word} {own} {{ {} }}", members.join(", "));
    match &def.kind {
        TypeDefKind::Record(it) => {
            list("record", it.fields.iter().map(|field| labelled(resolve, &field.name, field.ty)).collect())
        }
        TypeDefKind::Variant(it) => list("variant", it.cases.iter().map(|of| case(resolve, &of.name, of.ty)).collect()),
        TypeDefKind::Enum(it) => list("enum", it.cases.iter().map(|case| name(&case.name)).collect()),
        TypeDefKind::Flags(it) => list("flags", it.flags.iter().map(|flag| name(&flag.name)).collect()),
        TypeDefKind::Resource => format!("resource {own}"),
        TypeDefKind::Type(Type::Id(target)) if resolve.types[*target].owner != def.owner => {
            let target = &resolve.types[*target];
            let home = match def.owner {
                TypeOwner::Interface(id) => resolve.interfaces[id].package,
                TypeOwner::World(id) => resolve.worlds[id].package,
                TypeOwner::None => None,
            };
            let from = match target.owner {
                TypeOwner::Interface(interface) => path(resolve, home, interface),
                TypeOwner::World(_) | TypeOwner::None => String::new(),
            };
            match target.name.as_deref() {
                Some(other) if name(other) != own => format!("use {from}.{{{} as {own}}}", name(other)),
                _ => format!("use {from}.{{{own}}}"),
            }
        }
        TypeDefKind::Handle(Handle::Own(id)) => format!("type {own} = own<{}>", ty(resolve, Type::Id(*id))),
        kind => {
            let mut text = format!("type {own} = ");
            write_kind(resolve, kind, 0, &mut text);
            text
        }
    }
}

fn attribute(external_id: Option<&str>) -> String {
    external_id.map(|id| format!("@external-id(\"{id}\") ")).unwrap_or_default()
}

/// An interface as a package calls it: `store` in its own, `acme:kv/store@1.0.0` elsewhere.
fn path(resolve: &Resolve, home: Option<PackageId>, interface: InterfaceId) -> String {
    let of = &resolve.interfaces[interface];
    let package = of.package.filter(|package| Some(*package) != home).map(|package| &resolve.packages[package].name);
    match (package, &of.name) {
        (Some(package), Some(name)) => package.interface_id(name),
        (_, of) => name(of.as_deref().unwrap_or_default()),
    }
}

/// A statement of a world, without the word `import` or `export` for types.
pub(super) fn world_item(resolve: &Resolve, world: WorldId, word: &str, key: &WorldKey, item: &WorldItem) -> String {
    let home = resolve.worlds[world].package;
    let label = match key {
        WorldKey::Name(label) => format!("{}: ", name(label)),
        WorldKey::Interface(_) => String::new(),
    };
    match item {
        WorldItem::Interface { id, external_id, .. } => {
            let of = match &resolve.interfaces[*id].name {
                Some(_) => path(resolve, home, *id),
                None => "interface".to_owned(),
            };
            format!("{}{word} {label}{of}", attribute(external_id.as_deref()))
        }
        WorldItem::Function(it) => {
            let plain = function(resolve, it);
            match it.external_id.as_deref() {
                Some(id) => format!("{0}{word} {1}", attribute(Some(id)), &plain[attribute(Some(id)).len()..]),
                None => format!("{word} {plain}"),
            }
        }
        WorldItem::Type { id, .. } => definition(resolve, *id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::side::Side;

    #[test]
    fn what_is_printed_is_what_is_written() {
        let types = [
            "type handle = own<r>",
            "type other = r",
            "type lent = list<borrow<r>>",
            "record %record { x: option<tuple<u8, string>>, %type: handle }",
            "variant v { a(result<_, u8>), b(result<u8>), c(result), d }",
            "type m = map<string, list<u8, 4>>",
            "type s = stream<future>",
            "@external-id(\"x\") enum e { one, two }",
        ];
        let functions = ["f: func(x: r, y: option<r>, z: handle) -> result<r, list<e>>", "g: async func(r: borrow<r>)"];
        let methods = ["constructor(x: u8)", "get: func(n: m) -> v", "make: static async func() -> r"];
        let text = format!(
            "package a:b; interface i {{ resource r {{ {}; }} {} {}; }}",
            methods.join("; "),
            types.map(|ty| if ty.contains(" = ") { format!("{ty};") } else { ty.to_owned() }).join(" "),
            functions.join("; ")
        );
        let side = Side::of_text("a.wit", &text).expect("WIT");
        let resolve = &side.resolve;
        let (_, interface) = resolve.interfaces.iter().next().expect("an interface");
        let printed: Vec<String> = interface.types.values().skip(1).map(|id| definition(resolve, *id)).collect();
        assert_eq!(printed, types);
        let printed: Vec<String> = interface.functions.values().map(|it| function(resolve, it)).collect();
        assert_eq!(printed, [methods.as_slice(), &functions].concat());
    }
}
