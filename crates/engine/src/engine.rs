//! The engine: makes images of components, and programs of images.

use crate::error::{Error, text};
use crate::profile::Profile;
use crate::program::Program;
use crate::state::State;
use crate::{Result, in_place};
use std::ptr::NonNull;
use std::sync::Arc;
use std::time::Duration;
use wasmtime::InstanceAllocationStrategy;
use wasmtime::component::{Component, Linker};
use wasmtime_wasi_config::WasiConfig;
use wasmtime_wasi_keyvalue::WasiKeyValue;

/// How often a busy guest lets its time be looked at.
pub(crate) const TICK: Duration = Duration::from_millis(10);

/// Compiles components and loads images. Cheap to keep, not free to make: share one.
#[derive(Clone)]
pub struct Engine {
    pub(crate) engine: wasmtime::Engine,
    pub(crate) linker: Arc<Linker<State>>,
    profile: Profile,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("profile", &self.profile).finish_non_exhaustive()
    }
}

/// Where an image is.
#[derive(Debug, Clone, Copy)]
pub enum Image<'i> {
    /// In memory; it is copied.
    Bytes(&'i [u8]),
    /// In a file of its own, which is mapped; nobody may change it as long as it is used.
    File(&'i std::path::Path),
    /// In memory for good, page-aligned, as a segment of this very executable; it runs where it is, on an engine made by
    /// [`Engine::in_place`].
    Mapped(&'static [u8]),
}

fn linker(engine: &wasmtime::Engine) -> wasmtime::Result<Linker<State>> {
    let mut linker = Linker::new(engine);
    wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;
    wasmtime_wasi::p3::add_to_linker(&mut linker)?;
    wasmtime_wasi_http::p2::add_only_http_to_linker_async(&mut linker)?;
    wasmtime_wasi_http::p3::add_to_linker(&mut linker)?;
    wasmtime_wasi_config::add_to_linker(&mut linker, |state: &mut State| WasiConfig::from(&state.config))?;
    wasmtime_wasi_keyvalue::add_to_linker(&mut linker, |state: &mut State| {
        WasiKeyValue::new(&state.keyvalue, &mut state.table)
    })?;
    crate::asked::listen(&mut linker)?;
    Ok(linker)
}

impl Engine {
    /// An engine for images of that profile.
    ///
    /// # Errors
    /// If the machine cannot run it, or the target is not known.
    pub fn new(profile: Profile) -> Result<Self> {
        Self::allocating(profile, InstanceAllocationStrategy::OnDemand, false)
    }

    /// An engine that runs [`Image::Mapped`] where it is.
    ///
    /// # Errors
    /// If the machine cannot run it, or the target is not known.
    pub fn in_place(profile: Profile) -> Result<Self> {
        Self::allocating(profile, InstanceAllocationStrategy::OnDemand, true)
    }

    /// The same, with what instances live in taken from there; `mapped` if images are to run where they are.
    pub(crate) fn allocating(profile: Profile, strategy: InstanceAllocationStrategy, mapped: bool) -> Result<Self> {
        let failed = |error: wasmtime::Error| Error::Engine(text(&error));
        let mut config = profile.config().map_err(failed)?;
        config.allocation_strategy(strategy);
        if mapped {
            in_place::allow(&mut config);
        }
        let engine = wasmtime::Engine::new(&config).map_err(failed)?;
        let linker = Arc::new(linker(&engine).map_err(failed)?);
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
        Ok(Engine { engine, linker, profile })
    }

    /// What its images are compiled for.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Compiles a component.
    ///
    /// # Errors
    /// If the bytes are no component that the engine takes.
    #[cfg(feature = "compile")]
    pub fn compile(&self, component: &[u8]) -> Result<Vec<u8>> {
        self.engine.precompile_component(component).map_err(|error| Error::Component(text(&error)))
    }

    /// Compiles a component to run it right away.
    ///
    /// # Errors
    /// If the bytes are no component that the engine takes.
    #[cfg(feature = "compile")]
    pub fn program(&self, component: &[u8]) -> Result<Program> {
        let component = Component::from_binary(&self.engine, component);
        Ok(Program::new(self, component.map_err(|error| Error::Component(text(&error)))?))
    }

    /// Makes a program of an image.
    ///
    /// # Errors
    /// If it is no image, or one for another profile, version or machine.
    ///
    /// # Safety
    /// An image is machine code. It must come, unchanged, from [`Engine::compile`].
    #[expect(unsafe_code, reason = "an image is machine code, and trusted by whoever loads it")]
    pub unsafe fn load(&self, image: Image<'_>) -> Result<Program> {
        // SAFETY: the caller vouches for the image.
        let component = unsafe {
            match image {
                Image::Bytes(bytes) => Component::deserialize(&self.engine, bytes),
                Image::File(path) => Component::deserialize_file(&self.engine, path),
                Image::Mapped(bytes) => Component::deserialize_raw(&self.engine, NonNull::from(bytes)),
            }
        };
        Ok(Program::new(self, component.map_err(|error| Error::Image(text(&error)))?))
    }
}
