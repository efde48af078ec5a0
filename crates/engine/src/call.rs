//! Calls any exported function by name, arguments and results as WAVE text. Sync and async functions alike; resources,
//! streams and futures have no text, so a function that takes or gives one is an error here.

use wasmtime::component::types::{ComponentFunc, ComponentItem, Type};
use wasmtime::component::wasm_wave;
use wasmtime::component::{Component, ComponentExportIndex, Val};

use crate::drive::{drive, runtime};
use crate::error::Error;
use crate::host::Host;
use crate::program::Program;
use crate::trap;

impl Program {
    /// Calls `func` (an export of the component itself) or `ns:pkg/iface@ver.func` in a fresh instance and gives its results.
    ///
    /// The version may be left out where the component exports the interface once.
    pub fn call(&self, host: &Host, function: &str, args: &[&str]) -> crate::Result<Vec<String>> {
        let (index, ty) = find(&self.component, function).ok_or_else(|| self.no_export(function))?;
        if !ty.params().map(|(_, ty)| ty).chain(ty.results()).all(|ty| has_text(&ty)) {
            return Err(Error::NoText(function.to_string()));
        }
        let params = arguments(function, &ty, args)?;
        let pre = self.ready(host)?;
        let mut results = vec![Val::Bool(false); ty.results().len()];
        let mut store = self.store(host)?;
        let called = drive(&runtime()?, host, async {
            if let Err(error) = self.begin(&mut store).await {
                return Ok(Err(error));
            }
            let instance = match pre.instantiate_async(&mut store).await {
                Ok(instance) => instance,
                Err(error) => return Ok(Err(error)),
            };
            let func = instance.get_func(&mut store, index).ok_or_else(|| self.no_export(function))?;
            let called =
                store.run_concurrent(async |access| func.call_concurrent(access, &params, &mut results).await).await;
            Ok(called.and_then(|called| called))
        })?;
        called.map_err(|error| trap::failed(&error, &store.data().meter, &store.data().said()))?;
        let texts = results.iter().map(wasm_wave::to_string).collect::<Result<_, _>>();
        texts.map_err(|_| Error::NoText(function.to_string()))
    }
}

fn find(component: &Component, function: &str) -> Option<(ComponentExportIndex, ComponentFunc)> {
    let (interface, name) = split(function);
    let within = match interface {
        Some(interface) => Some(instance(component, interface)?),
        None => None,
    };
    match component.get_export(within.as_ref(), name)? {
        (ComponentItem::ComponentFunc(ty), index) => Some((index, ty)),
        _ => None,
    }
}

/// `a:b/c@0.1.0.f` and `a:b/c.[static]r.f` at the dot that ends the interface.
fn split(function: &str) -> (Option<&str>, &str) {
    if !function.contains('/') {
        return (None, function);
    }
    let at = function.find(".[").or_else(|| function.rfind('.'));
    match at {
        Some(at) => (Some(&function[..at]), &function[at + 1..]),
        None => (None, function),
    }
}

/// The exported instance of this name, or the only one of this name with a version.
fn instance(component: &Component, interface: &str) -> Option<ComponentExportIndex> {
    if let Some(index) = component.get_export_index(None, interface) {
        return Some(index);
    }
    let exports: Vec<String> =
        component.component_type().exports(component.engine()).map(|(name, _)| name.to_string()).collect();
    let mut fitting =
        exports.iter().filter(|name| name.strip_prefix(interface).is_some_and(|rest| rest.starts_with('@')));
    let only = fitting.next()?;
    if fitting.next().is_some() { None } else { component.get_export_index(None, only) }
}

fn arguments(function: &str, ty: &ComponentFunc, args: &[&str]) -> crate::Result<Vec<Val>> {
    let params = ty.params();
    if params.len() != args.len() {
        return Err(Error::Argument(format!("`{function}` takes {} arguments, not {}", params.len(), args.len())));
    }
    params
        .zip(args)
        .map(|((name, ty), arg)| {
            wasm_wave::from_str::<Val>(&ty, arg)
                .map_err(|error| Error::Argument(format!("argument `{name}` of `{function}`, `{arg}`: {error}")))
        })
        .collect()
}

/// Asked before anything is parsed or written, because the WAVE library panics on a type that it does not know.
pub(crate) fn has_text(ty: &Type) -> bool {
    let option = |ty: Option<Type>| ty.is_none_or(|ty| has_text(&ty));
    match ty {
        Type::Map(_) | Type::Own(_) | Type::Borrow(_) | Type::Future(_) | Type::Stream(_) | Type::ErrorContext => false,
        Type::List(list) => has_text(&list.ty()),
        Type::FixedLengthList(list) => has_text(&list.ty()),
        Type::Record(record) => record.fields().all(|field| has_text(&field.ty)),
        Type::Tuple(tuple) => tuple.types().all(|ty| has_text(&ty)),
        Type::Variant(variant) => variant.cases().all(|case| option(case.ty)),
        Type::Option(some) => has_text(&some.ty()),
        Type::Result(result) => option(result.ok()) && option(result.err()),
        _ => true,
    }
}
