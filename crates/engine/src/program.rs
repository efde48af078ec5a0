//! A component ready to be surrounded by a host: what it imports, what it exports, what kind of program that makes it.

use crate::connect::Around;
use crate::error::{Error, text};
use crate::host::Host;
use crate::needs::{self, Need};
use crate::state::{Network, State};
use crate::{Engine, Result};
use std::sync::Arc;
use wasmtime::Store;
use wasmtime::component::types::ComponentItem;
use wasmtime::component::{Component, InstancePre};

/// A component that was compiled or loaded. Cheap to clone.
#[derive(Clone)]
pub struct Program {
    pub(crate) engine: Engine,
    pub(crate) component: Component,
    /// Who answers those of its imports that are not the host's.
    pub(crate) around: Option<Arc<Around>>,
}

impl std::fmt::Debug for Program {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Program").field("exports", &self.exports()).finish_non_exhaustive()
    }
}

/// What a component is for, by its exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It exports `wasi:cli/run`.
    Command,
    /// It exports `wasi:http/incoming-handler` or `wasi:http/handler`.
    Server,
    /// It exports functions and interfaces of its own.
    Library,
}

impl Program {
    pub(crate) fn new(engine: &Engine, component: Component) -> Self {
        Program { engine: engine.clone(), component, around: None }
    }

    /// The engine that it runs on.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The names of its imports, in order.
    pub fn imports(&self) -> Vec<String> {
        let ty = self.component.component_type();
        ty.imports(&self.engine.engine).map(|(name, _)| name.to_string()).collect()
    }

    /// The names of its exports, in order.
    pub fn exports(&self) -> Vec<String> {
        let ty = self.component.component_type();
        ty.exports(&self.engine.engine).map(|(name, _)| name.to_string()).collect()
    }

    /// Every kind that it is; one can be a command and a server at once.
    pub fn is(&self, kind: Kind) -> bool {
        let exports = self.exports();
        let has = |interface: &str| {
            exports.iter().any(|name| name.strip_prefix(interface).is_some_and(|rest| rest.starts_with('@')))
        };
        match kind {
            Kind::Command => has("wasi:cli/run"),
            Kind::Server => has("wasi:http/incoming-handler") || has("wasi:http/handler"),
            Kind::Library => !self.is(Kind::Command) && !self.is(Kind::Server),
        }
    }

    /// What it imports and this host does not grant. Nothing has run yet.
    pub fn needs(&self, host: &Host) -> Vec<Need> {
        let Some(around) = &self.around else { return self.needs_besides(host, |_| false) };
        let mut needs = self.needs_besides(host, |import| around.gives(import));
        for need in around.needs(host) {
            if !needs.contains(&need) {
                needs.push(need);
            }
        }
        needs
    }

    /// Whether the host has everything it imports, in the shape it expects. Nothing has run then.
    ///
    /// # Errors
    /// What [`Program::run`] would say before it starts.
    pub fn fits(&self, host: &Host) -> Result<()> {
        self.ready(host).map(drop)
    }

    /// The same, leaving aside what somebody else provides.
    pub(crate) fn needs_besides(&self, host: &Host, given: impl Fn(&str) -> bool) -> Vec<Need> {
        let ty = self.component.component_type();
        // Interfaces of types only ask for nothing.
        let asking = ty.imports(&self.engine.engine).filter(|(_, item)| asks(&item.ty, &self.engine.engine));
        needs::missing(asking.map(|(name, _)| name), &host.grants, given)
    }

    /// Finds a host item for each import.
    pub(crate) fn ready(&self, host: &Host) -> Result<InstancePre<State>> {
        let needs = self.needs(host);
        if !needs.is_empty() {
            return Err(Error::Needs(needs));
        }
        let ready = match &self.around {
            Some(around) => around.linker.instantiate_pre(&self.component),
            None => self.engine.linker(&self.component).and_then(|linker| linker.instantiate_pre(&self.component)),
        };
        ready.map_err(|error| Error::Link(text(&error)))
    }

    /// Makes the instances that stand behind its imports, before its own.
    pub(crate) async fn begin(&self, store: &mut Store<State>) -> wasmtime::Result<()> {
        match &self.around {
            Some(around) => around.begin(store).await,
            None => Ok(()),
        }
    }

    /// A store whose guests let others have a turn.
    pub(crate) fn store(&self, host: &Host) -> Result<Store<State>> {
        self.store_within(host, &Network::of(&host.grants)?)
    }

    /// The same where the network of the host is known.
    pub(crate) fn store_within(&self, host: &Host, network: &Network) -> Result<Store<State>> {
        self.engine.tick()?;
        self.without_clock(host, network)
    }

    /// The same if nobody else waits for one.
    pub(crate) fn store_without_clock(&self, host: &Host) -> Result<Store<State>> {
        self.without_clock(host, &Network::of(&host.grants)?)
    }

    fn without_clock(&self, host: &Host, network: &Network) -> Result<Store<State>> {
        let mut store = Store::new(&self.engine.engine, State::new(host, network)?);
        store.limiter(|state| &mut state.meter);
        store.set_epoch_deadline(1);
        store.epoch_deadline_async_yield_and_update(1);
        if let Some(most) = host.limits.handles {
            store.set_max_component_handles(usize::try_from(most).unwrap_or(usize::MAX));
        }
        if self.engine.profile().metered {
            store.set_fuel(host.limits.fuel.unwrap_or(u64::MAX)).map_err(|error| Error::Engine(text(&error)))?;
        }
        Ok(store)
    }
}

/// Whether an import asks for anything but types.
fn asks(item: &ComponentItem, engine: &wasmtime::Engine) -> bool {
    match item {
        ComponentItem::ComponentInstance(instance) => instance.exports(engine).any(|(_, item)| asks(&item.ty, engine)),
        ComponentItem::Type(_) => false,
        // A resource by itself has nothing that could be called, but somebody has to say what it is.
        _ => true,
    }
}
