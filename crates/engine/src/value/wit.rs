//! Types in WIT, written out in place, since a compiled component keeps no names for them but those of its resources.
//!
//! A type is a tree of any size once it is written out, so it is cut after so many characters.

use super::names::Names;
use wasmtime::component::Type;
use wasmtime::component::types::ComponentFunc;

/// Longer texts end in `…`.
const LONGEST: usize = 400;

/// A type.
pub(crate) fn wit(ty: &Type, names: &dyn Names) -> String {
    let mut writer = Writer { text: String::new(), names };
    writer.ty(ty);
    writer.text
}

/// A function's type: `func(name: string) -> u32`.
pub(crate) fn signature(ty: &ComponentFunc, names: &dyn Names) -> String {
    let mut writer = Writer { text: String::new(), names };
    writer.push(if ty.async_() { "async func(" } else { "func(" });
    for (at, (name, ty)) in ty.params().enumerate() {
        writer.push(if at > 0 { ", " } else { "" });
        writer.push(name);
        writer.push(": ");
        writer.ty(&ty);
    }
    writer.push(")");
    for ty in ty.results() {
        writer.push(" -> ");
        writer.ty(&ty);
    }
    writer.text
}

struct Writer<'n> {
    text: String,
    names: &'n dyn Names,
}

impl Writer<'_> {
    fn full(&self) -> bool {
        self.text.len() > LONGEST
    }

    fn push(&mut self, text: &str) {
        match self.full() {
            true if self.text.ends_with('…') => {}
            true => self.text.push('…'),
            false => self.text.push_str(text),
        }
    }

    fn of(&mut self, name: &str, types: &[Type]) {
        self.push(name);
        self.push("<");
        for (at, ty) in types.iter().enumerate() {
            self.push(if at > 0 { ", " } else { "" });
            self.ty(ty);
        }
        self.push(">");
    }

    fn named<'a>(&mut self, keyword: &str, parts: impl Iterator<Item = (&'a str, Option<Type>)>, typed: [&str; 2]) {
        self.push(keyword);
        let mut open = " { ";
        for (name, ty) in parts {
            if self.full() {
                break;
            }
            self.push(open);
            open = ", ";
            self.push(name);
            if let Some(ty) = ty {
                self.push(typed[0]);
                self.ty(&ty);
                self.push(typed[1]);
            }
        }
        self.push(if open == ", " { " }" } else { " {}" });
    }

    fn ty(&mut self, ty: &Type) {
        // Looked at before each part, so that a type of a million parts is not walked.
        if self.full() {
            return self.push("");
        }
        match ty {
            Type::Bool => self.push("bool"),
            Type::S8 => self.push("s8"),
            Type::U8 => self.push("u8"),
            Type::S16 => self.push("s16"),
            Type::U16 => self.push("u16"),
            Type::S32 => self.push("s32"),
            Type::U32 => self.push("u32"),
            Type::S64 => self.push("s64"),
            Type::U64 => self.push("u64"),
            Type::Float32 => self.push("f32"),
            Type::Float64 => self.push("f64"),
            Type::Char => self.push("char"),
            Type::String => self.push("string"),
            Type::List(list) => self.of("list", &[list.ty()]),
            Type::FixedLengthList(list) => {
                self.push("list<");
                self.ty(&list.ty());
                self.push(&format!(", {}>", list.len()));
            }
            Type::Map(map) => self.of("map", &[map.key(), map.value()]),
            Type::Record(record) => {
                self.named("record", record.fields().map(|field| (field.name, Some(field.ty))), [": ", ""]);
            }
            Type::Tuple(tuple) => self.of("tuple", &tuple.types().collect::<Vec<_>>()),
            Type::Variant(variant) => {
                self.named("variant", variant.cases().map(|case| (case.name, case.ty)), ["(", ")"]);
            }
            Type::Enum(names) => self.named("enum", names.names().map(|name| (name, None)), ["", ""]),
            Type::Flags(names) => self.named("flags", names.names().map(|name| (name, None)), ["", ""]),
            Type::Option(some) => self.of("option", &[some.ty()]),
            Type::Result(result) => match (result.ok(), result.err()) {
                (None, None) => self.push("result"),
                (Some(ok), None) => self.of("result", &[ok]),
                (None, Some(err)) => {
                    self.push("result<_, ");
                    self.ty(&err);
                    self.push(">");
                }
                (Some(ok), Some(err)) => self.of("result", &[ok, err]),
            },
            Type::Own(resource) => self.push(&self.names.resource(*resource)),
            Type::Borrow(resource) => self.push(&format!("borrow<{}>", self.names.resource(*resource))),
            Type::Future(future) => match future.ty() {
                Some(ty) => self.of("future", &[ty]),
                None => self.push("future"),
            },
            Type::Stream(stream) => match stream.ty() {
                Some(ty) => self.of("stream", &[ty]),
                None => self.push("stream"),
            },
            Type::ErrorContext => self.push("error-context"),
        }
    }
}
