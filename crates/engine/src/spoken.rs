//! Values that pass between components, as text and back.
//!
//! A handle of a resource that a mock stands for is `$name`: whatever name the mock gives it first, it keeps. Handles of other
//! resources, streams and futures have no value that could be told; they are named by what they are.

use crate::state::State;
use std::collections::BTreeMap;
use wasmtime::StoreContextMut;
use wasmtime::component::types::Type;
use wasmtime::component::{ResourceAny, ResourceDynamic, ResourceType, Val, wasm_wave};

/// The names of handles.
#[derive(Debug, Default)]
pub(crate) struct Handles {
    /// By number, which is what the resource holds.
    names: Vec<String>,
    numbers: BTreeMap<String, u32>,
}

impl Handles {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }

    fn name(&self, number: u32) -> Option<&str> {
        self.names.get(number as usize).map(String::as_str)
    }
}

/// The text of an argument. Handles of mocks are taken over by the host; other handles only have a place.
pub(crate) fn taken(store: &mut StoreContextMut<'_, State>, value: &Val) -> String {
    text(value, &mut |handle| {
        let number = handle.try_into_resource_dynamic(&mut *store).map(|resource| resource.rep());
        let name = number.ok().and_then(|number| store.data().ledger.handles.name(number).map(str::to_owned));
        format!("${}", name.as_deref().unwrap_or("?"))
    })
}

/// The text of a result.
pub(crate) fn told(value: &Val) -> String {
    text(value, &mut |_| "$?".to_owned())
}

fn text(value: &Val, handle: &mut dyn FnMut(ResourceAny) -> String) -> String {
    let list = |values: &[Val], handle: &mut dyn FnMut(ResourceAny) -> String| {
        values.iter().map(|value| text(value, handle)).collect::<Vec<_>>().join(", ")
    };
    let inside = |word: &str, value: &Option<Box<Val>>, handle: &mut dyn FnMut(ResourceAny) -> String| match value {
        Some(value) => format!("{word}({})", text(value, handle)),
        None => word.to_owned(),
    };
    match value {
        value if is_plain(value) => wasm_wave::to_string(value).unwrap_or_else(|error| format!("<{error}>")),
        Val::Resource(resource) => handle(*resource),
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
pub(crate) fn given(store: &mut StoreContextMut<'_, State>, ty: &Type, text: &str) -> Result<Val, String> {
    let text = text.trim();
    if crate::value::textless(ty).is_none() {
        return wasm_wave::from_str::<Val>(ty, text).map_err(|error| format!("`{text}` is not the answer: {error}"));
    }
    let inner = |word: &str| text.strip_prefix(word)?.trim().strip_prefix('(')?.strip_suffix(')');
    let mut side = |ty: Option<Type>, word: &str| -> Option<Result<Option<Box<Val>>, String>> {
        match ty {
            None => (text == word).then_some(Ok(None)),
            Some(ty) => inner(word).map(|text| given(store, &ty, text).map(|value| Some(Box::new(value)))),
        }
    };
    let found = match ty {
        Type::Own(resource) => {
            let kind = (0..=u32::from(u16::MAX)).find(|kind| ResourceType::host_dynamic(*kind) == *resource);
            let name = text.strip_prefix('$').filter(|name| !name.is_empty());
            name.zip(kind).map(|(name, kind)| {
                let number = store.data_mut().ledger.handles.number(name);
                let handle = ResourceDynamic::new_own(number, kind).try_into_resource_any(&mut *store);
                handle.map(Val::Resource).map_err(|error| error.to_string())
            })
        }
        Type::Option(_) if text == "none" => Some(Ok(Val::Option(None))),
        Type::Option(some) => side(Some(some.ty()), "some").map(|value| value.map(Val::Option)),
        Type::Result(result) => side(result.ok(), "ok")
            .map(|value| value.map(|value| Val::Result(Ok(value))))
            .or_else(|| side(result.err(), "err").map(|value| value.map(|value| Val::Result(Err(value))))),
        _ => None,
    };
    found.unwrap_or_else(|| Err(format!("`{text}` is not the answer: there is no such value of its type")))
}
