//! The engine: makes images of components, and programs of images.

use crate::error::{Error, text};
use crate::links::Links;
use crate::profile::Profile;
use crate::program::Program;
use crate::state::State;
#[cfg(feature = "compile")]
use crate::steady;
use crate::tick::Clock;
use crate::{Result, in_place};
use std::ptr::NonNull;
use std::sync::Arc;
use wasmtime::component::{Component, Linker};
use wasmtime::{Config, InstanceAllocationStrategy};

/// Compiles components and loads images. Cheap to keep, not free to make: share one.
#[derive(Clone)]
pub struct Engine {
    pub(crate) engine: wasmtime::Engine,
    links: Arc<Links>,
    clock: Arc<Clock>,
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

impl Engine {
    /// An engine for images of that profile.
    ///
    /// # Errors
    /// If the machine cannot run it, or the target is not known.
    pub fn new(profile: Profile) -> Result<Self> {
        Self::allocating(profile, InstanceAllocationStrategy::OnDemand, None)
    }

    /// An engine that runs [`Image::Mapped`] where it is.
    ///
    /// # Errors
    /// If the machine cannot run it, or the target is not known.
    pub fn in_place(profile: Profile) -> Result<Self> {
        Self::allocating(profile, InstanceAllocationStrategy::OnDemand, Some(in_place::allow))
    }

    /// The same on a system that does not let it.
    #[cfg(all(test, unix))]
    pub(crate) fn refusing(profile: Profile) -> Result<Self> {
        Self::allocating(profile, InstanceAllocationStrategy::OnDemand, Some(in_place::refuse))
    }

    /// The same, with what instances live in taken from there; `mapped` if images are to run where they are.
    pub(crate) fn allocating(
        profile: Profile,
        strategy: InstanceAllocationStrategy,
        mapped: Option<fn(&mut Config)>,
    ) -> Result<Self> {
        let failed = |error: wasmtime::Error| Error::Engine(text(&error));
        let mut config = profile.config().map_err(failed)?;
        config.allocation_strategy(strategy);
        if let Some(mapped) = mapped {
            mapped(&mut config);
        }
        let engine = wasmtime::Engine::new(&config).map_err(failed)?;
        Ok(Engine { engine, links: Arc::default(), clock: Arc::default(), profile })
    }

    /// What the host has for a component, whether granted or not.
    pub(crate) fn linker(&self, component: &Component) -> wasmtime::Result<Arc<Linker<State>>> {
        self.links.of(component)
    }

    /// Sees to it that busy guests are interrupted from now on, for whoever waits beside one.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub(crate) fn tick(&self) -> Result<()> {
        self.clock.start(&self.engine).map_err(|error| Error::Engine(error.to_string()))
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
        let compiled = steady::apart(|| self.engine.precompile_component(component));
        compiled.map_err(|error| Error::Component(text(&error)))
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
