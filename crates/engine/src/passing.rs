//! One call on its way from a component to another, or to whoever stands in the other's place.

use crate::connect::Spot;
use crate::cross::{self, Rest, Token};
use crate::interpose::{Call, Ended, Reply};
use crate::session::close;
use crate::spoken;
use crate::state::State;
use std::time::Duration;
use wasmtime::component::types::ComponentFunc;
use wasmtime::component::{Accessor, Func, Val};
use wasmtime::{AsContextMut, StoreContextMut};

/// A call of a sync function: the store is the call's until it is answered.
pub(crate) async fn at_once(
    mut store: StoreContextMut<'_, State>,
    spot: &Spot,
    ty: &ComponentFunc,
    args: &[Val],
    results: &mut [Val],
) -> wasmtime::Result<()> {
    let mut passing = begin(&mut store, spot, ty, args)?;
    let answer = answer(spot, &passing.call).await;
    let done = match &answer {
        Answer::Pass => match behind(&mut store, spot, args, &mut passing) {
            Ok((func, args)) => match func.call_async(&mut store, &args, results).await {
                Ok(()) => back(&mut store, spot, ty, results, &mut passing),
                Err(error) => Err(error),
            },
            Err(error) => Err(error),
        },
        Answer::Value(value) => give(&mut store, spot, ty, (args, value), results),
        Answer::Trap(why) => Err(refused(spot, why)),
    };
    end(&mut store, spot, passing, results, done, answer)
}

/// A call of an async function: others go on meanwhile.
pub(crate) async fn concurrently(
    access: &Accessor<State>,
    spot: &Spot,
    ty: &ComponentFunc,
    args: &[Val],
    results: &mut [Val],
) -> wasmtime::Result<()> {
    let mut passing = access.with(|mut store| begin(&mut store.as_context_mut(), spot, ty, args))?;
    let answer = answer(spot, &passing.call).await;
    let done = match &answer {
        Answer::Pass => match access.with(|mut store| behind(&mut store.as_context_mut(), spot, args, &mut passing)) {
            Ok((func, args)) => match func.call_concurrent(access, &args, results).await {
                Ok(()) => access.with(|mut store| back(&mut store.as_context_mut(), spot, ty, results, &mut passing)),
                Err(error) => Err(error),
            },
            Err(error) => Err(error),
        },
        Answer::Value(value) => {
            access.with(|mut store| give(&mut store.as_context_mut(), spot, ty, (args, value), results))
        }
        Answer::Trap(why) => Err(refused(spot, why)),
    };
    access.with(|mut store| end(&mut store.as_context_mut(), spot, passing, results, done, answer))
}

enum Answer {
    Pass,
    Value(String),
    Trap(String),
}

/// Asks the interposer, and waits as long as it wants.
async fn answer(spot: &Spot, call: &Call) -> Answer {
    let mut reply = spot.interposer.call(call);
    loop {
        reply = match reply {
            Reply::PassOn if spot.behind.is_none() => return Answer::Trap("nobody answers it".into()),
            Reply::PassOn => return Answer::Pass,
            Reply::Value(value) => return Answer::Value(value),
            Reply::Trap(why) => return Answer::Trap(why),
            Reply::Delay(time, then) => {
                tokio::time::sleep(time).await;
                *then
            }
        };
    }
}

/// A call on its way.
struct Passing {
    call: Call,
    /// The handles among the arguments, and then those of the result.
    tokens: Vec<Token>,
    rest: Vec<Rest>,
}

fn begin(
    store: &mut StoreContextMut<'_, State>,
    spot: &Spot,
    ty: &ComponentFunc,
    args: &[Val],
) -> wasmtime::Result<Passing> {
    let (mut tokens, mut rest) = (Vec::new(), Vec::new());
    for value in args {
        cross::take(store, value, &spot.kinds, &mut tokens, &mut rest)?;
    }
    let mut taken = tokens.iter();
    let named = ty.params().zip(args);
    let arguments = named.map(|((name, _), value)| (name.to_owned(), spoken::told(store, value, &mut taken))).collect();
    let ledger = &mut store.data_mut().ledger;
    let id = ledger.next;
    ledger.next += 1;
    let count = ledger.counts.entry(spot.number).or_default();
    let number = *count;
    *count += 1;
    let parent = ledger.open.iter().rev().find(|(_, answering)| *answering == spot.from).map(|(id, _)| *id);
    ledger.open.extend(spot.behind.map(|(part, _)| (id, part)));
    let (site, function, at) = (spot.site.clone(), spot.function.clone(), ledger.begun.elapsed());
    Ok(Passing { call: Call { id, parent, site, function, arguments, number, at }, tokens, rest })
}

/// The function behind, and the arguments as it takes them.
fn behind(
    store: &mut StoreContextMut<'_, State>,
    spot: &Spot,
    args: &[Val],
    passing: &mut Passing,
) -> wasmtime::Result<(Func, Vec<Val>)> {
    let found = spot.behind.and_then(|(part, index)| {
        let instance = *store.data().ledger.parts.get(part)?;
        instance.get_func(store.as_context_mut(), index)
    });
    let func = found.ok_or_else(|| refused(spot, "it was called before its provider was made"))?;
    let ty = func.ty(&mut *store);
    let mut tokens = passing.tokens.iter();
    let mut put = |(value, (_, ty)): (&Val, (&str, _))| {
        cross::put(store, value, &ty, &spot.kinds, &mut tokens, &mut passing.rest)
    };
    let args = args.iter().zip(ty.params()).map(&mut put).collect::<wasmtime::Result<_>>()?;
    Ok((func, args))
}

/// The result as the caller takes it.
fn back(
    store: &mut StoreContextMut<'_, State>,
    spot: &Spot,
    ty: &ComponentFunc,
    results: &mut [Val],
    passing: &mut Passing,
) -> wasmtime::Result<()> {
    passing.tokens.clear();
    for (result, ty) in results.iter_mut().zip(ty.results()) {
        cross::take(store, result, &spot.kinds, &mut passing.tokens, &mut passing.rest)?;
        let mut tokens = passing.tokens.iter();
        *result = cross::put(store, result, &ty, &spot.kinds, &mut tokens, &mut passing.rest)?;
    }
    Ok(())
}

fn give(
    store: &mut StoreContextMut<'_, State>,
    spot: &Spot,
    ty: &ComponentFunc,
    (args, value): (&[Val], &str),
    results: &mut [Val],
) -> wasmtime::Result<()> {
    // Whoever answers here reads no stream.
    for (value, (_, ty)) in args.iter().zip(ty.params()) {
        close(store, &mut value.clone(), &ty)?;
    }
    for (result, ty) in results.iter_mut().zip(ty.results()) {
        *result = spoken::given(store, &ty, value, &spot.kinds).map_err(|why| refused(spot, &why))?;
    }
    if results.is_empty() && !value.trim().is_empty() {
        return Err(refused(spot, &format!("`{value}` is the answer, and the function has no result")));
    }
    Ok(())
}

fn end(
    store: &mut StoreContextMut<'_, State>,
    spot: &Spot,
    passing: Passing,
    results: &[Val],
    done: wasmtime::Result<()>,
    answer: Answer,
) -> wasmtime::Result<()> {
    let Passing { call, tokens, rest } = passing;
    let ledger = &mut store.data_mut().ledger;
    ledger.open.retain(|(id, _)| *id != call.id);
    let took = Duration::saturating_sub(ledger.begun.elapsed(), call.at);
    let passed = matches!(answer, Answer::Pass);
    let result = match (&done, answer) {
        (Err(error), _) => Err(why(error)),
        (Ok(()), Answer::Value(value)) => Ok(value),
        (Ok(()), _) => {
            let mut tokens = tokens.iter();
            Ok(results.iter().map(|value| spoken::told(store, value, &mut tokens)).collect())
        }
    };
    spot.interposer.ended(&call, &Ended { result, took, passed });
    done.and_then(|()| cross::clear(store, rest))
}

/// Why a call failed, in a line.
fn why(error: &wasmtime::Error) -> String {
    match (error.downcast_ref::<Answered>(), error.downcast_ref::<wasmtime::Trap>()) {
        (Some(answered), _) => answered.0.clone(),
        (_, Some(trap)) => trap.to_string(),
        _ => error.root_cause().to_string(),
    }
}

fn refused(spot: &Spot, why: &str) -> wasmtime::Error {
    let Spot { site, function, .. } = spot;
    let whole = if site.import == *function { function.clone() } else { format!("{}.{function}", site.import) };
    let by = if site.from.is_empty() { String::new() } else { format!(", called by `{}`", site.from) };
    wasmtime::Error::new(Answered(format!("`{whole}`{by}: {why}")))
}

/// What an interposer made of a call that did not go well.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Answered(pub(crate) String);
