//! Lints of interfaces that the user names remote.

use super::LintOptions;
use crate::contract::fault::{Detail, Fault};
use crate::contract::rules::lint_remote::{ASYNC_TYPE, BORROW, CHATTY, NO_IDEMPOTENCY_NOTE, NOT_FALLIBLE, RESOURCE};
use crate::contract::text;
use crate::contract::walk::{FunctionAt, InterfaceAt, Walk};
use crate::contract::wit_types::{kind, peel, reached, resource};
use std::collections::BTreeMap;
use wit_parser::{Handle, Resolve, Type, TypeDefKind, TypeId, TypeOwner};

/// So many functions that give one plain value are a record in pieces.
const MANY_PIECES: usize = 5;

pub(super) fn check(walk: &Walk<'_>, options: &LintOptions, faults: &mut Vec<Fault>) {
    let resolve = walk.resolve();
    let is_remote = |interface: &&InterfaceAt<'_>| {
        let path = interface.path.to_string();
        options.remote.iter().any(|pattern| pattern.covers(&path))
    };
    for interface in walk.interfaces.iter().filter(is_remote) {
        let functions = || walk.functions.iter().filter(|function| function.interface == Some(interface.id));
        for function in functions() {
            self::function(walk, function, faults);
        }
        for ty in walk.types.iter().filter(|ty| ty.interface == Some(interface.id)) {
            if matches!(kind(resolve, Type::Id(ty.id)), Some(TypeDefKind::Resource)) && !is_wrpc_error(resolve, ty.id) {
                faults.push(Fault::new(&RESOURCE, ty.path.clone(), walk.said(&ty.path, ty.def.span)));
            }
        }
        let mut pieces: BTreeMap<Option<&str>, Vec<&FunctionAt<'_>>> = BTreeMap::new();
        for function in functions().filter(|function| is_piece(resolve, function)) {
            let home = function.def.kind.resource().and_then(|id| resolve.types[id].name.as_deref());
            pieces.entry(home).or_default().push(function);
        }
        for (home, pieces) in pieces.into_iter().filter(|(_, pieces)| pieces.len() > MANY_PIECES) {
            let (path, span) = match home {
                None => (interface.path.clone(), interface.def.span),
                Some(name) => (interface.path.below(name), resolve.types[interface.def.types[name]].span),
            };
            let names = pieces.iter().map(|function| function.def.item_name().to_owned()).collect();
            let said = walk.said(&path, span);
            faults.push(Fault::new(&CHATTY, path, said).with(Detail::Functions(names)));
        }
    }
}

fn function(walk: &Walk<'_>, function: &FunctionAt<'_>, faults: &mut Vec<Fault>) {
    let resolve = walk.resolve();
    let said = || walk.said(&function.path, function.def.span);
    if !function.def.result.is_some_and(|result| is_fallible(resolve, result)) {
        let result = function.def.result.map(|result| text::ty(resolve, result));
        faults.push(Fault::new(&NOT_FALLIBLE, function.path.clone(), said()).with(Detail::Result(result)));
    }
    let channel = reached(resolve, function.written_types()).into_iter().find(|ty| match ty {
        Type::ErrorContext => true,
        Type::Id(id) => matches!(resolve.types[*id].kind, TypeDefKind::Stream(_) | TypeDefKind::Future(_)),
        _ => false,
    });
    if let Some(channel) = channel {
        let mentions = Detail::Mentions(text::ty(resolve, channel));
        faults.push(Fault::new(&ASYNC_TYPE, function.path.clone(), said()).with(mentions));
    }
    for param in function.params() {
        let borrowed = reached(resolve, [param.ty]).into_iter().find(
            |ty| matches!(ty, Type::Id(id) if matches!(resolve.types[*id].kind, TypeDefKind::Handle(Handle::Borrow(_)))),
        );
        if let Some(borrowed) = borrowed {
            let path = function.path.below(&param.name);
            let said = walk.said(&path, param.span);
            let mentions = Detail::Mentions(text::ty(resolve, borrowed));
            faults.push(Fault::new(&BORROW, path, said).with(mentions));
        }
    }
    let words = ["idempoten", "retry", "retri", "repeat", "at most once", "at least once", "exactly once", "try again"];
    let docs = function.docs();
    if !words.iter().any(|word| docs.contains(word)) {
        faults.push(Fault::new(&NO_IDEMPOTENCY_NOTE, function.path.clone(), said()));
    }
}

/// Whether a bridge has something to return when the transport fails.
fn is_fallible(resolve: &Resolve, ty: Type) -> bool {
    let Some(TypeDefKind::Result(result)) = kind(resolve, ty) else { return false };
    let Some(err) = result.err else { return false };
    if peel(resolve, err) == Type::String {
        return true;
    }
    let is_text = |ty: Type| match kind(resolve, ty) {
        Some(TypeDefKind::Option(of)) => peel(resolve, *of) == Type::String,
        Some(_) => false,
        None => peel(resolve, ty) == Type::String,
    };
    match kind(resolve, err) {
        Some(TypeDefKind::Variant(variant)) => variant.cases.iter().filter_map(|case| case.ty).any(is_text),
        _ => resource(resolve, err).is_some_and(|id| is_wrpc_error(resolve, id)),
    }
}

/// Whether it is the error that wRPC fills.
fn is_wrpc_error(resolve: &Resolve, ty: TypeId) -> bool {
    let Some(id) = resource(resolve, Type::Id(ty)) else { return false };
    let def = &resolve.types[id];
    let TypeOwner::Interface(owner) = def.owner else { return false };
    let owner = resolve.id_of(owner).unwrap_or_default();
    def.name.as_deref() == Some("error") && owner.split('@').next() == Some("wrpc:rpc/error")
}

/// Whether a function does nothing but give one plain value, of a handle or by a key.
fn is_piece(resolve: &Resolve, function: &FunctionAt<'_>) -> bool {
    let is_plain = |ty: Type| match kind(resolve, ty) {
        None | Some(TypeDefKind::Enum(_)) => true,
        Some(TypeDefKind::Option(of)) => kind(resolve, *of).is_none(),
        Some(_) => false,
    };
    let answers = |ty: Type| match kind(resolve, ty) {
        Some(TypeDefKind::Result(result)) => result.ok.is_some_and(is_plain),
        _ => is_plain(ty),
    };
    function.params().len() <= 1
        && function.params().iter().all(|param| is_plain(param.ty))
        && function.def.result.is_some_and(answers)
}
