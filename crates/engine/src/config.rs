//! The engine: its `Config`, the linker with all of WASI, and the clock that ends a component that does not end itself.
//!
//! There is exactly one `Config` in the project, because precompiled images fit only the settings they were compiled with.
//! Time is bounded by the epoch: a thread ticks, each tick makes a busy guest yield, and the deadline is an ordinary
//! timeout around the call. Fuel would bound more exactly, but costs more and says nothing about waiting.

use std::future::Future;
use std::time::Duration;

use wasmtime::component::{Component, InstancePre, Linker};
use wasmtime::{Config, Store};

use crate::Result;
use crate::error::{Error, text};
use crate::state::State;

/// How long any one call may take, compilation not counted.
pub const LIMIT: Duration = Duration::from_secs(30);

/// How often a busy guest lets the deadline be looked at.
const TICK: Duration = Duration::from_millis(50);

/// Compiles and runs components. Cheap to keep, not free to make: share one.
pub struct Engine {
    engine: wasmtime::Engine,
    linker: Linker<State>,
    limit: Duration,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("limit", &self.limit).finish_non_exhaustive()
    }
}

fn config() -> Config {
    let mut config = Config::new();
    config.wasm_component_model(true);
    config.wasm_component_model_async(true);
    config.epoch_interruption(true);
    config
}

fn linker(engine: &wasmtime::Engine) -> wasmtime::Result<Linker<State>> {
    let mut linker = Linker::new(engine);
    wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;
    wasmtime_wasi::p3::add_to_linker(&mut linker)?;
    wasmtime_wasi_http::p2::add_only_http_to_linker_async(&mut linker)?;
    wasmtime_wasi_http::p3::add_to_linker(&mut linker)?;
    Ok(linker)
}

impl Engine {
    /// An engine with the deadline [`LIMIT`].
    pub fn new() -> Result<Self> {
        let failed = |error: wasmtime::Error| Error::Engine(text(&error));
        let engine = wasmtime::Engine::new(&config()).map_err(failed)?;
        let linker = linker(&engine).map_err(failed)?;
        let ticking = engine.weak();
        std::thread::Builder::new()
            .name("compose-engine-clock".into())
            .spawn(move || {
                loop {
                    std::thread::sleep(TICK);
                    match ticking.upgrade() {
                        Some(engine) => engine.increment_epoch(),
                        None => return,
                    }
                }
            })
            .map_err(|error| Error::Engine(error.to_string()))?;
        Ok(Engine { engine, linker, limit: LIMIT })
    }

    /// The same engine with another deadline.
    #[must_use]
    pub fn with_limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Compiles the component and finds a host item for each of its imports.
    pub(crate) fn load(&self, bytes: &[u8]) -> Result<InstancePre<State>> {
        let component = Component::from_binary(&self.engine, bytes).map_err(|error| Error::Component(text(&error)))?;
        self.linker.instantiate_pre(&component).map_err(|error| Error::Link(text(&error)))
    }

    pub(crate) fn store(&self, state: State) -> Store<State> {
        let mut store = Store::new(&self.engine, state);
        store.limiter(|state| &mut state.limits);
        store.set_epoch_deadline(1);
        store.epoch_deadline_async_yield_and_update(1);
        store
    }

    /// Runs a future on this thread until it ends or the time is up.
    pub(crate) fn drive<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .map_err(|error| Error::Engine(error.to_string()))?;
        runtime
            .block_on(async { tokio::time::timeout(self.limit, work).await.unwrap_or(Err(Error::Timeout(self.limit))) })
    }
}
