//! Several programs in one store: what one imports from another passes through the host.
//!
//! A function between two parts is a host function on the caller's side and a call of an export on the other. A sync one
//! holds the store until it is answered, as an instance that calls another inside of one component does; an async one is a
//! task of its own. The parts are made before the root, in the order in which they need each other, so each exists once a
//! store however many use it.

use crate::Result;
use crate::cross::{self, Kinds};
use crate::error::Error;
use crate::host::Host;
use crate::interpose::{Between, Interposer, Part, Site, linking};
use crate::needs::Need;
use crate::passing::{at_once, concurrently};
use crate::program::Program;
use crate::state::State;
use crate::trap::Codes;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Instant;
use wasmtime::component::types::{ComponentFunc, ComponentItem};
use wasmtime::component::{
    Component, ComponentExportIndex, Instance, InstancePre, Linker, LinkerInstance, ResourceType,
};
use wasmtime::{Store, StoreContextMut};

/// What stands around a program whose imports are not all the host's.
pub(crate) struct Around {
    /// What it is linked with.
    pub(crate) linker: Linker<State>,
    /// Its imports that the host need not have.
    given: BTreeSet<String>,
    /// The parts to be made before it.
    parts: Vec<Ready>,
    /// Where the code of each of them is, and last that of the root.
    codes: Codes,
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
    pub(crate) fn program(parts: Vec<Part>, interposer: Arc<dyn Interposer>) -> Result<Program> {
        let mut linked: Vec<Linked> = Vec::new();
        let (mut spots_so_far, kinds) = (0, Arc::new(kinds(&parts)));
        for part in &parts {
            let linker = part.program.engine.linker(&part.program.component).map_err(|error| linking(&error))?;
            let mut linker = (*linker).clone();
            linker.allow_shadowing(true);
            for between in &part.between {
                let spots = Spots {
                    resources: &between.resources,
                    kinds: kinds.clone(),
                    site: Arc::new(between.site.clone()),
                    from: linked.len(),
                    provider: provider(between, &linked)?,
                    interposer: &interposer,
                };
                define(&mut linker, &part.program, between, &spots, &mut spots_so_far)?;
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
        let parts = linked.into_iter().map(ready).collect::<Result<Vec<_>>>()?;
        let all = parts.iter().map(|part| &part.program).chain([&root.program]);
        let codes = Codes::of(all.map(|program| &program.component));
        let around = Around { linker: root.linker, given: root.given, parts, codes };
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
        store.data_mut().ledger = Ledger { codes: self.codes.clone(), ..Ledger::default() };
        for part in &self.parts {
            let instance = part.pre.instantiate_async(&mut *store).await?;
            store.data_mut().ledger.parts.push(instance);
        }
        Ok(())
    }
}

/// What is known in one store of the calls between the parts.
pub(crate) struct Ledger {
    pub(crate) parts: Vec<Instance>,
    pub(crate) begun: Instant,
    pub(crate) next: u64,
    /// How often each place was called.
    pub(crate) counts: BTreeMap<usize, u64>,
    /// Calls that are being answered, and by which part.
    pub(crate) open: Vec<(u64, usize)>,
    /// The handles that passed.
    pub(crate) handles: cross::Handles,
    /// Whose code is where.
    pub(crate) codes: Codes,
}

impl Default for Ledger {
    fn default() -> Self {
        let begun = Instant::now();
        Ledger {
            parts: Vec::new(),
            begun,
            next: 0,
            counts: BTreeMap::new(),
            open: Vec::new(),
            handles: cross::Handles::default(),
            codes: Codes::default(),
        }
    }
}

/// Numbers below are given from outside.
const MOCKS: u32 = 1 << 16;

/// The resources that handles are made for: those with a number from outside, and those of mocks.
fn kinds(parts: &[Part]) -> Kinds {
    let mut kinds = Kinds::default();
    for between in parts.iter().flat_map(|part| &part.between) {
        kinds.names.extend(between.resources.iter().map(|(name, number)| (*number, name.clone())));
    }
    let mut next = MOCKS;
    for part in parts {
        // An interface may speak of a resource of another one, and a component knows them as one.
        let mut known: Vec<(ResourceType, u32)> = Vec::new();
        let given = |import: &String| part.between.iter().any(|between| between.import == *import);
        let of_host: Vec<ResourceType> = match part.between.iter().any(|between| between.provider.is_some()) {
            true => {
                let imports = part.program.imports().into_iter().filter(|import| !given(import));
                imports.flat_map(|import| resources_of(&part.program, &import)).map(|(_, ty)| ty).collect()
            }
            false => Vec::new(),
        };
        for between in &part.between {
            for (name, ty) in resources_of(&part.program, &between.import) {
                // Those of the host are what they are, whoever passes them.
                let passed = between.provider.is_some() && of_host.contains(&ty);
                if between.resources.contains_key(&name) || passed {
                    continue;
                }
                let key = (between.site.import.clone(), name.clone());
                let same = known.iter().find(|(other, _)| *other == ty).map(|(_, number)| *number);
                let number = same.or_else(|| kinds.mocks.get(&key).copied()).unwrap_or(next);
                next = next.max(number + 1);
                known.push((ty, number));
                kinds.names.insert(number, name);
                kinds.mocks.insert(key, number);
            }
        }
    }
    kinds
}

/// The last handle to something is gone: so it is for its maker.
async fn dropped(mut store: StoreContextMut<'_, State>, slot: u32) -> wasmtime::Result<()> {
    match store.data_mut().ledger.handles.take(slot) {
        Some(any) => any.resource_drop_async(&mut store).await,
        None => Ok(()),
    }
}

/// What the functions of one import have in common.
struct Spots<'s> {
    resources: &'s BTreeMap<String, u32>,
    kinds: Arc<Kinds>,
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
pub(crate) struct Spot {
    pub(crate) kinds: Arc<Kinds>,
    pub(crate) number: usize,
    pub(crate) site: Arc<Site>,
    pub(crate) function: String,
    pub(crate) from: usize,
    pub(crate) behind: Option<(usize, ComponentExportIndex)>,
    pub(crate) interposer: Arc<dyn Interposer>,
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
    spots_so_far: &mut usize,
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
                define_item(&mut within, (name, name), &item.ty, spots, spots_so_far)?;
            }
            Ok(())
        }
        item => define_item(&mut root, (&between.import, &spots.site.import), &item, spots, spots_so_far),
    }
}

/// Defines one item, which is imported as `name` and told as `told`.
fn define_item(
    linker: &mut LinkerInstance<'_, State>,
    (name, told): (&str, &str),
    item: &ComponentItem,
    spots: &Spots<'_>,
    spots_so_far: &mut usize,
) -> Result<()> {
    let defined = match item {
        ComponentItem::ComponentFunc(func) => {
            let spot = Arc::new(Spot {
                kinds: spots.kinds.clone(),
                number: *spots_so_far,
                site: spots.site.clone(),
                function: told.into(),
                from: spots.from,
                behind: spots.provider.as_ref().and_then(|provider| provider.function(name)),
                interposer: spots.interposer.clone(),
            });
            *spots_so_far += 1;
            function(linker, name, func, spot)
        }
        ComponentItem::Resource(_) => {
            let mock = || spots.kinds.mocks.get(&(spots.site.import.clone(), name.to_owned()));
            let Some(&number) = spots.resources.get(name).or_else(mock) else { return Ok(()) };
            linker
                .resource_async(name, ResourceType::host_dynamic(number), |store, slot| Box::new(dropped(store, slot)))
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

fn resources_of(program: &Program, import: &str) -> Vec<(String, ResourceType)> {
    let engine = &program.engine.engine;
    let ty = program.component.component_type();
    let Some((_, item)) = ty.imports(engine).find(|(name, _)| *name == import) else { return Vec::new() };
    let ComponentItem::ComponentInstance(instance) = item.ty else { return Vec::new() };
    let resources = instance.exports(engine).filter_map(|(name, item)| match item.ty {
        ComponentItem::Resource(ty) => Some((name.to_owned(), ty)),
        _ => None,
    });
    resources.collect()
}
