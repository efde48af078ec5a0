//! Several programs in one store: what one imports from another passes through the host.
//!
//! A function between two parts is a host function on the caller's side and a call of an export on the other. A sync one
//! holds the store until it is answered, as an instance that calls another inside of one component does; an async one is a
//! task of its own. The parts are made before the root, in the order in which they need each other, so each exists once a
//! store however many use it.

use crate::Result;
use crate::error::Error;
use crate::host::Host;
use crate::interpose::{Between, Call, Ended, Interposer, Part, Reply, Site, linking};
use crate::needs::Need;
use crate::program::Program;
use crate::spoken;
use crate::state::State;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};
use wasmtime::component::types::{ComponentFunc, ComponentItem};
use wasmtime::component::{
    Accessor, Component, ComponentExportIndex, Func, Instance, InstancePre, Linker, LinkerInstance, ResourceType, Val,
};
use wasmtime::{AsContextMut, Store, StoreContextMut};

/// What stands around a program whose imports are not all the host's.
pub(crate) struct Around {
    /// What it is linked with.
    pub(crate) linker: Linker<State>,
    /// Its imports that the host need not have.
    given: BTreeSet<String>,
    /// The parts to be made before it.
    parts: Vec<Ready>,
}

struct Ready {
    program: Program,
    given: BTreeSet<String>,
    pre: InstancePre<State>,
}

/// A part while the others are linked to it.
struct Linked {
    program: Program,
    given: BTreeSet<String>,
    linker: Linker<State>,
}

impl Around {
    pub(crate) fn new(parts: Vec<Part>, interposer: Arc<dyn Interposer>) -> Result<Program> {
        let mut linked: Vec<Linked> = Vec::new();
        let mut numbers = Numbers::default();
        for part in &parts {
            let mut linker = (*part.program.engine.linker).clone();
            linker.allow_shadowing(true);
            for between in &part.between {
                let spots = Spots {
                    site: Arc::new(between.site.clone()),
                    from: linked.len(),
                    provider: provider(between, &linked)?,
                    interposer: &interposer,
                };
                define(&mut linker, &part.program, between, &spots, &mut numbers)?;
            }
            let given = part.between.iter().map(|between| between.import.clone()).collect();
            linked.push(Linked { program: part.program.clone(), given, linker });
        }
        let Some(root) = linked.pop() else { return Err(Error::Link("there is no part".into())) };
        let ready = |Linked { program, given, linker }: Linked| {
            // What it needs of the host is judged with the host's grants, before anything is made.
            let pre = linker.instantiate_pre(&program.component).map_err(|error| linking(&error))?;
            Ok(Ready { program, given, pre })
        };
        let parts = linked.into_iter().map(ready).collect::<Result<_>>()?;
        let around = Around { linker: root.linker, given: root.given, parts };
        Ok(Program { around: Some(Arc::new(around)), ..root.program })
    }

    /// Whether an import of the root is answered by somebody else than the host.
    pub(crate) fn gives(&self, import: &str) -> bool {
        self.given.contains(import)
    }

    /// What the parts need of the host besides.
    pub(crate) fn needs(&self, host: &Host) -> Vec<Need> {
        let mut needs: Vec<Need> = Vec::new();
        for part in &self.parts {
            for need in part.program.needs_besides(host, |import| part.given.contains(import)) {
                if !needs.contains(&need) {
                    needs.push(need);
                }
            }
        }
        needs
    }

    /// Makes the parts; the root comes after.
    pub(crate) async fn begin(&self, store: &mut Store<State>) -> wasmtime::Result<()> {
        store.data_mut().ledger = Ledger::default();
        for part in &self.parts {
            let instance = part.pre.instantiate_async(&mut *store).await?;
            store.data_mut().ledger.parts.push(instance);
        }
        Ok(())
    }
}

/// What is known in one store of the calls between the parts.
pub(crate) struct Ledger {
    parts: Vec<Instance>,
    begun: Instant,
    next: u64,
    /// How often each place was called.
    counts: BTreeMap<usize, u64>,
    /// Calls that are being answered, and by which part.
    open: Vec<(u64, usize)>,
    /// Names of handles that a mock gave out.
    pub(crate) handles: spoken::Handles,
}

impl Default for Ledger {
    fn default() -> Self {
        let begun = Instant::now();
        let handles = spoken::Handles::default();
        Ledger { parts: Vec::new(), begun, next: 0, counts: BTreeMap::new(), open: Vec::new(), handles }
    }
}

/// Numbers for the places where calls pass, and for the resources of mocks, the same in all parts.
#[derive(Default)]
struct Numbers {
    spots: usize,
    resources: BTreeMap<(String, String), u32>,
}

/// What the functions of one import have in common.
struct Spots<'s> {
    site: Arc<Site>,
    from: usize,
    provider: Option<Provider>,
    interposer: &'s Arc<dyn Interposer>,
}

/// The export behind an import.
struct Provider {
    part: usize,
    component: Component,
    export: Export,
}

enum Export {
    Instance(ComponentExportIndex),
    Func(ComponentExportIndex),
}

/// One function of an import.
struct Spot {
    number: usize,
    site: Arc<Site>,
    function: String,
    from: usize,
    behind: Option<(usize, ComponentExportIndex)>,
    interposer: Arc<dyn Interposer>,
}

fn provider(between: &Between, linked: &[Linked]) -> Result<Option<Provider>> {
    let Some((part, export)) = &between.provider else { return Ok(None) };
    let program = linked.get(*part).map(|linked| &linked.program);
    let found = program.and_then(|program| Some((program, program.component.get_export(None, export.as_str())?)));
    let (program, index) = match found {
        Some((program, (ComponentItem::ComponentInstance(_), index))) => (program, Export::Instance(index)),
        Some((program, (ComponentItem::ComponentFunc(_), index))) => (program, Export::Func(index)),
        _ => return Err(Error::Link(format!("nothing behind `{}` exports `{export}`", between.import))),
    };
    Ok(Some(Provider { part: *part, component: program.component.clone(), export: index }))
}

impl Provider {
    fn function(&self, name: &str) -> Option<(usize, ComponentExportIndex)> {
        let index = match &self.export {
            Export::Func(index) => *index,
            Export::Instance(instance) => self.component.get_export(Some(instance), name)?.1,
        };
        Some((self.part, index))
    }
}

fn define(
    linker: &mut Linker<State>,
    program: &Program,
    between: &Between,
    spots: &Spots<'_>,
    numbers: &mut Numbers,
) -> Result<()> {
    let engine = &program.engine.engine;
    let ty = program.component.component_type();
    let missing = || Error::Link(format!("there is no import `{}`", between.import));
    let (_, item) = ty.imports(engine).find(|(name, _)| *name == between.import).ok_or_else(missing)?;
    let mut root = linker.root();
    match item.ty {
        ComponentItem::ComponentInstance(instance) => {
            let mut within = root.instance(&between.import).map_err(|error| linking(&error))?;
            for (name, item) in instance.exports(engine) {
                define_item(&mut within, name, &item.ty, spots, numbers)?;
            }
            Ok(())
        }
        item => define_item(&mut root, &between.import, &item, spots, numbers),
    }
}

fn define_item(
    linker: &mut LinkerInstance<'_, State>,
    name: &str,
    item: &ComponentItem,
    spots: &Spots<'_>,
    numbers: &mut Numbers,
) -> Result<()> {
    let defined = match item {
        ComponentItem::ComponentFunc(func) => {
            let spot = Arc::new(Spot {
                number: numbers.spots,
                site: spots.site.clone(),
                function: name.into(),
                from: spots.from,
                behind: spots.provider.as_ref().and_then(|provider| provider.function(name)),
                interposer: spots.interposer.clone(),
            });
            numbers.spots += 1;
            function(linker, name, func, spot)
        }
        ComponentItem::Resource(_) => {
            let next = u32::try_from(numbers.resources.len()).unwrap_or(u32::MAX);
            let key = (spots.site.import.clone(), name.to_owned());
            let number = *numbers.resources.entry(key).or_insert(next);
            linker.resource(name, ResourceType::host_dynamic(number), |_, _| Ok(()))
        }
        ComponentItem::Type(_) => Ok(()),
        _ => return Err(Error::Link(format!("`{name}` of `{}` is no function", spots.site.import))),
    };
    defined.map_err(|error| linking(&error))
}

fn function(
    linker: &mut LinkerInstance<'_, State>,
    name: &str,
    func: &ComponentFunc,
    spot: Arc<Spot>,
) -> wasmtime::Result<()> {
    if func.async_() {
        linker.func_new_concurrent(name, move |access, ty, args, results| {
            let spot = spot.clone();
            Box::pin(async move { concurrently(access, &spot, &ty, args, results).await })
        })
    } else {
        linker.func_new_async(name, move |store, ty, args, results| {
            let spot = spot.clone();
            Box::new(async move { at_once(store, &spot, &ty, args, results).await })
        })
    }
}

/// A call of a sync function: the store is the call's until it is answered.
async fn at_once(
    mut store: StoreContextMut<'_, State>,
    spot: &Spot,
    ty: &ComponentFunc,
    args: &[Val],
    results: &mut [Val],
) -> wasmtime::Result<()> {
    let call = begin(&mut store, spot, ty, args);
    let answer = answer(spot, &call).await;
    let done = match &answer {
        Answer::Pass => match behind(&mut store, spot) {
            Ok(func) => func.call_async(&mut store, args, results).await,
            Err(error) => Err(error),
        },
        Answer::Value(value) => give(&mut store, ty, value, results),
        Answer::Trap(why) => Err(refused(spot, why)),
    };
    end(&mut store, spot, &call, results, done, answer)
}

/// A call of an async function: others go on meanwhile.
async fn concurrently(
    access: &Accessor<State>,
    spot: &Spot,
    ty: &ComponentFunc,
    args: &[Val],
    results: &mut [Val],
) -> wasmtime::Result<()> {
    let call = access.with(|mut store| begin(&mut store.as_context_mut(), spot, ty, args));
    let answer = answer(spot, &call).await;
    let done = match &answer {
        Answer::Pass => match access.with(|mut store| behind(&mut store.as_context_mut(), spot)) {
            Ok(func) => func.call_concurrent(access, args, results).await,
            Err(error) => Err(error),
        },
        Answer::Value(value) => access.with(|mut store| give(&mut store.as_context_mut(), ty, value, results)),
        Answer::Trap(why) => Err(refused(spot, why)),
    };
    access.with(|mut store| end(&mut store.as_context_mut(), spot, &call, results, done, answer))
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

fn begin(store: &mut StoreContextMut<'_, State>, spot: &Spot, ty: &ComponentFunc, args: &[Val]) -> Call {
    let mut arguments = Vec::new();
    for ((name, _), value) in ty.params().zip(args) {
        arguments.push((name.to_owned(), spoken::taken(store, value)));
    }
    let ledger = &mut store.data_mut().ledger;
    let id = ledger.next;
    ledger.next += 1;
    let count = ledger.counts.entry(spot.number).or_default();
    let number = *count;
    *count += 1;
    let parent = ledger.open.iter().rev().find(|(_, answering)| *answering == spot.from).map(|(id, _)| *id);
    ledger.open.extend(spot.behind.map(|(part, _)| (id, part)));
    let (site, function, at) = (spot.site.clone(), spot.function.clone(), ledger.begun.elapsed());
    Call { id, parent, site, function, arguments, number, at }
}

fn behind(store: &mut StoreContextMut<'_, State>, spot: &Spot) -> wasmtime::Result<Func> {
    let found = spot.behind.and_then(|(part, index)| {
        let instance = *store.data().ledger.parts.get(part)?;
        instance.get_func(store.as_context_mut(), index)
    });
    found.ok_or_else(|| refused(spot, "it was called before its provider was made"))
}

fn give(
    store: &mut StoreContextMut<'_, State>,
    ty: &ComponentFunc,
    value: &str,
    results: &mut [Val],
) -> wasmtime::Result<()> {
    for (result, ty) in results.iter_mut().zip(ty.results()) {
        *result = spoken::given(store, &ty, value).map_err(|why| wasmtime::Error::new(Answered(why)))?;
    }
    if results.is_empty() && !value.trim().is_empty() {
        return Err(wasmtime::Error::new(Answered(format!("`{value}` is the answer of a function without a result"))));
    }
    Ok(())
}

fn end(
    store: &mut StoreContextMut<'_, State>,
    spot: &Spot,
    call: &Call,
    results: &[Val],
    done: wasmtime::Result<()>,
    answer: Answer,
) -> wasmtime::Result<()> {
    let ledger = &mut store.data_mut().ledger;
    ledger.open.retain(|(id, _)| *id != call.id);
    let took = Duration::saturating_sub(ledger.begun.elapsed(), call.at);
    let passed = matches!(answer, Answer::Pass);
    let result = match (&done, answer) {
        (Err(error), _) => Err(why(error)),
        (Ok(()), Answer::Value(value)) => Ok(value),
        (Ok(()), _) => Ok(results.iter().map(spoken::told).collect()),
    };
    spot.interposer.ended(call, &Ended { result, took, passed });
    done
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
