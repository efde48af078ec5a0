//! Handles that pass from one component to another through the host.
//!
//! A component that uses a resource made by another one holds a handle that the host made (its number is a slot here); the
//! maker holds its own. So a handle is exchanged each time it passes, in both directions, and dropping the one drops the
//! other. A slot without a handle behind it is a mock's, and only has a name. Resources of the host itself (those of WASI)
//! are the same for everybody and pass as they are.

use crate::state::State;
use std::collections::BTreeMap;
use wasmtime::component::types::Type;
use wasmtime::component::{ResourceAny, ResourceDynamic, ResourceType, Val};
use wasmtime::{AsContextMut, StoreContextMut};

/// The handles that passed in one store.
#[derive(Default)]
pub(crate) struct Handles {
    slots: Vec<Slot>,
    /// The slots of mocks, by name.
    named: BTreeMap<String, u32>,
}

#[derive(Default)]
struct Slot {
    /// What the maker calls it; `None` for a mock's, and once it is gone.
    any: Option<ResourceAny>,
    name: Option<String>,
}

/// The resources that the host makes handles for.
#[derive(Default)]
pub(crate) struct Kinds {
    /// By number.
    pub(crate) names: BTreeMap<u32, String>,
    /// The numbers of those of mocks that have none from outside: by import and name.
    pub(crate) mocks: BTreeMap<(String, String), u32>,
}

/// A handle on its way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    slot: u32,
    owned: bool,
}

/// What is to be put away after a call.
pub(crate) enum Rest {
    /// A handle that only stood for a borrowed one.
    Anchor(ResourceAny),
    /// A borrowed handle.
    Borrow(ResourceAny),
}

impl Handles {
    fn insert(&mut self, slot: Slot) -> u32 {
        let number = u32::try_from(self.slots.len()).unwrap_or(u32::MAX);
        self.slots.push(slot);
        number
    }

    /// The slot of a mock's handle.
    pub(crate) fn mock(&mut self, name: &str) -> u32 {
        if let Some(number) = self.named.get(name) {
            return *number;
        }
        let number = self.insert(Slot { any: None, name: Some(name.into()) });
        self.named.insert(name.into(), number);
        number
    }

    /// How a handle is written.
    pub(crate) fn text(&self, token: Token) -> String {
        let name = self.slots.get(token.slot as usize).and_then(|slot| slot.name.as_deref());
        name.map_or_else(|| format!("${}", token.slot + 1), |name| format!("${name}"))
    }

    /// Takes the handle out of a slot.
    pub(crate) fn take(&mut self, slot: u32) -> Option<ResourceAny> {
        self.slots.get_mut(slot as usize)?.any.take()
    }
}

/// The number of a resource that the host makes handles for.
fn kind(ty: ResourceType, kinds: &Kinds) -> Option<u32> {
    kinds.names.keys().copied().find(|kind| ResourceType::host_dynamic(*kind) == ty)
}

/// Takes the handles out of a value that somebody gave, in the order in which they stand in it.
pub(crate) fn take(
    store: &mut StoreContextMut<'_, State>,
    value: &Val,
    kinds: &Kinds,
    tokens: &mut Vec<Token>,
    rest: &mut Vec<Rest>,
) -> wasmtime::Result<()> {
    let mut found = Vec::new();
    resources(value, &mut found);
    for any in found {
        let owned = any.owned();
        let slot = if kind(any.ty(), kinds).is_some() {
            any.try_into_resource_dynamic(&mut *store)?.rep()
        } else {
            if !owned {
                rest.push(Rest::Borrow(any));
            }
            store.data_mut().ledger.handles.insert(Slot { any: Some(any), name: None })
        };
        tokens.push(Token { slot, owned });
    }
    Ok(())
}

fn resources(value: &Val, into: &mut Vec<ResourceAny>) {
    match value {
        Val::Resource(any) => into.push(*any),
        Val::List(values) | Val::Tuple(values) | Val::FixedLengthList(values) => {
            values.iter().for_each(|value| resources(value, into));
        }
        Val::Record(fields) => fields.iter().for_each(|(_, value)| resources(value, into)),
        Val::Variant(_, Some(value)) | Val::Option(Some(value)) => resources(value, into),
        Val::Result(Ok(Some(value)) | Err(Some(value))) => resources(value, into),
        _ => {}
    }
}

/// The value as its receiver takes it, who knows it by the type `ty`.
pub(crate) fn put(
    store: &mut StoreContextMut<'_, State>,
    value: &Val,
    ty: &Type,
    kinds: &Kinds,
    tokens: &mut std::slice::Iter<'_, Token>,
    rest: &mut Vec<Rest>,
) -> wasmtime::Result<Val> {
    let mut each = |value: &Val, ty: &Type| put(store, value, ty, kinds, tokens, rest);
    let mut some = |value: &Option<Box<Val>>, ty: Option<Type>| match (value, ty) {
        (Some(value), Some(ty)) => each(value, &ty).map(|value| Some(Box::new(value))),
        _ => Ok(None),
    };
    Ok(match (value, ty) {
        (Val::Resource(_), Type::Own(ty) | Type::Borrow(ty)) => {
            let token = tokens.next().ok_or_else(|| wasmtime::format_err!("a handle came from nowhere"))?;
            Val::Resource(handle(store, *token, *ty, kinds, rest)?)
        }
        (Val::List(values), Type::List(of)) => {
            let of = of.ty();
            // Bytes and the like are not looked at one by one.
            if !has_resources(&of) {
                return Ok(value.clone());
            }
            Val::List(values.iter().map(|value| each(value, &of)).collect::<Result<_, _>>()?)
        }
        (Val::FixedLengthList(values), Type::FixedLengthList(of)) => {
            let of = of.ty();
            Val::FixedLengthList(values.iter().map(|value| each(value, &of)).collect::<Result<_, _>>()?)
        }
        (Val::Tuple(values), Type::Tuple(of)) => {
            Val::Tuple(values.iter().zip(of.types()).map(|(value, ty)| each(value, &ty)).collect::<Result<_, _>>()?)
        }
        (Val::Record(fields), Type::Record(of)) => {
            let fields = fields.iter().zip(of.fields());
            let fields = fields.map(|((name, value), field)| Ok((name.clone(), each(value, &field.ty)?)));
            Val::Record(fields.collect::<wasmtime::Result<_>>()?)
        }
        (Val::Variant(case, value), Type::Variant(of)) => {
            let ty = of.cases().find(|known| known.name == case).and_then(|case| case.ty);
            Val::Variant(case.clone(), some(value, ty)?)
        }
        (Val::Option(value), Type::Option(of)) => Val::Option(some(value, Some(of.ty()))?),
        (Val::Result(Ok(value)), Type::Result(of)) => Val::Result(Ok(some(value, of.ok())?)),
        (Val::Result(Err(value)), Type::Result(of)) => Val::Result(Err(some(value, of.err())?)),
        _ => value.clone(),
    })
}

pub(crate) fn has_resources(ty: &Type) -> bool {
    let side = |ty: Option<Type>| ty.is_some_and(|ty| has_resources(&ty));
    match ty {
        Type::Own(_) | Type::Borrow(_) => true,
        Type::List(of) => has_resources(&of.ty()),
        Type::FixedLengthList(of) => has_resources(&of.ty()),
        Type::Option(of) => has_resources(&of.ty()),
        Type::Tuple(of) => of.types().any(|ty| has_resources(&ty)),
        Type::Record(of) => of.fields().any(|field| has_resources(&field.ty)),
        Type::Variant(of) => of.cases().any(|case| side(case.ty)),
        Type::Result(of) => side(of.ok()) || side(of.err()),
        _ => false,
    }
}

fn handle(
    store: &mut StoreContextMut<'_, State>,
    token: Token,
    ty: ResourceType,
    kinds: &Kinds,
    rest: &mut Vec<Rest>,
) -> wasmtime::Result<ResourceAny> {
    let handles = &mut store.data_mut().ledger.handles;
    let Some(kind) = kind(ty, kinds) else {
        // The receiver is the maker, or it is a resource of the host.
        let slot = handles.slots.get_mut(token.slot as usize);
        let any = slot.and_then(|slot| if token.owned { slot.any.take() } else { slot.any });
        return any.ok_or_else(|| {
            let name = store.data().ledger.handles.text(token);
            wasmtime::format_err!("the handle `{name}` is a mock's, and was given to the real maker")
        });
    };
    if let (Some(slot), Some(name)) = (handles.slots.get_mut(token.slot as usize), kinds.names.get(&kind)) {
        slot.name.get_or_insert_with(|| format!("{name}-{}", token.slot + 1));
    }
    let any = ResourceDynamic::new_own(token.slot, kind).try_into_resource_any(&mut *store)?;
    if !token.owned {
        rest.push(Rest::Anchor(any));
    }
    Ok(any)
}

/// A handle that a mock gives out by name.
pub(crate) fn named(
    store: &mut StoreContextMut<'_, State>,
    name: &str,
    ty: ResourceType,
    kinds: &Kinds,
) -> Option<Val> {
    let kind = kind(ty, kinds)?;
    let slot = store.data_mut().ledger.handles.mock(name);
    ResourceDynamic::new_own(slot, kind).try_into_resource_any(&mut *store).ok().map(Val::Resource)
}

/// Puts away what was only there for a call.
pub(crate) fn clear(store: &mut StoreContextMut<'_, State>, rest: Vec<Rest>) -> wasmtime::Result<()> {
    for left in rest {
        match left {
            Rest::Anchor(any) => {
                any.try_into_resource_dynamic(&mut *store)?;
            }
            Rest::Borrow(any) => any.resource_drop(store.as_context_mut())?,
        }
    }
    Ok(())
}
