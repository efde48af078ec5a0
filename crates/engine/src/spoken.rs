//! Values that pass between components, as text and back.
//!
//! A handle is `$name`: a mock's has the name that the mock gave it, others are numbered. Streams and futures that
//! pass are not looked into; they are named by what they are. A mock can give one of plain values, as a list or as its value.

use crate::cross::{self, Kinds, Token};
use crate::session::put_in;
use crate::state::State;
use crate::value::{Nameless, from_wave, textless, wave, wit};
use wasmtime::StoreContextMut;
use wasmtime::component::Val;
use wasmtime::component::types::Type;

/// The text of a value whose handles were taken out of it.
pub(crate) fn told(
    store: &StoreContextMut<'_, State>,
    value: &Val,
    tokens: &mut std::slice::Iter<'_, Token>,
) -> String {
    let handles = &store.data().ledger.handles;
    text(value, &mut || tokens.next().map_or_else(|| "$?".to_owned(), |token| handles.text(*token)))
}

fn text(value: &Val, handle: &mut dyn FnMut() -> String) -> String {
    let list = |values: &[Val], handle: &mut dyn FnMut() -> String| {
        values.iter().map(|value| text(value, handle)).collect::<Vec<_>>().join(", ")
    };
    let inside = |word: &str, value: &Option<Box<Val>>, handle: &mut dyn FnMut() -> String| match value {
        Some(value) => format!("{word}({})", text(value, handle)),
        None => word.to_owned(),
    };
    match value {
        value if is_plain(value) => wave(value, &Nameless),
        Val::Resource(_) => handle(),
        Val::List(values) | Val::FixedLengthList(values) => format!("[{}]", list(values, handle)),
        Val::Tuple(values) => format!("({})", list(values, handle)),
        Val::Record(fields) => {
            let fields = fields.iter().map(|(name, value)| format!("{name}: {}", text(value, handle)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
        Val::Variant(case, value) => inside(case, value, handle),
        Val::Option(Some(value)) => format!("some({})", text(value, handle)),
        Val::Result(Ok(value)) => inside("ok", value, handle),
        Val::Result(Err(value)) => inside("err", value, handle),
        Val::Stream(_) => "<stream>".into(),
        Val::Future(_) => "<future>".into(),
        Val::ErrorContext(_) => "<error-context>".into(),
        _ => "<map>".into(),
    }
}

/// Whether a value has a text of its own, all of it.
fn is_plain(value: &Val) -> bool {
    match value {
        Val::Resource(_) | Val::Future(_) | Val::Stream(_) | Val::ErrorContext(_) | Val::Map(_) => false,
        Val::List(values) | Val::Tuple(values) | Val::FixedLengthList(values) => values.iter().all(is_plain),
        Val::Record(fields) => fields.iter().all(|(_, value)| is_plain(value)),
        Val::Variant(_, Some(value)) | Val::Option(Some(value)) => is_plain(value),
        Val::Result(Ok(Some(value)) | Err(Some(value))) => is_plain(value),
        _ => true,
    }
}

/// The value that a mock gives.
pub(crate) fn given(
    store: &mut StoreContextMut<'_, State>,
    ty: &Type,
    text: &str,
    kinds: &Kinds,
) -> Result<Val, String> {
    let text = text.trim();
    if textless(ty).is_none() && !cross::has_resources(ty) {
        let mut value = from_wave(text, ty, &Nameless)
            .map_err(|bad| format!("`{text}` is not its answer: expected {}", bad.expected))?;
        put_in(store, &mut value, ty).map_err(|error| error.to_string())?;
        return Ok(value);
    }
    let inner = |word: &str| text.strip_prefix(word)?.trim().strip_prefix('(')?.strip_suffix(')');
    let mut side = |ty: Option<Type>, word: &str| -> Option<Result<Option<Box<Val>>, String>> {
        match ty {
            None => (text == word).then_some(Ok(None)),
            Some(ty) => inner(word).map(|text| given(store, &ty, text, kinds).map(|value| Some(Box::new(value)))),
        }
    };
    let found = match ty {
        Type::Own(resource) => {
            let name = text.strip_prefix('$').filter(|name| !name.is_empty());
            name.and_then(|name| cross::named(store, name, *resource, kinds)).map(Ok)
        }
        Type::Option(_) if text == "none" => Some(Ok(Val::Option(None))),
        Type::Option(some) => side(Some(some.ty()), "some").map(|value| value.map(Val::Option)),
        Type::Result(result) => side(result.ok(), "ok")
            .map(|value| value.map(|value| Val::Result(Ok(value))))
            .or_else(|| side(result.err(), "err").map(|value| value.map(|value| Val::Result(Err(value))))),
        _ => None,
    };
    found.unwrap_or_else(|| match textless(ty) {
        Some(ty) => Err(format!("`{text}` is not the answer: no text stands for a `{}`", wit(&ty, &Nameless))),
        None => Err(format!("`{text}` is not the answer: there is no such value of its type")),
    })
}
