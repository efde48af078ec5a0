//! Programs of components: from an image that an earlier run left, else compiled now, and left for later ones.
//!
//! An image is found by the component's fingerprint, the engine's stamp, and the build and machine that made it. The engine
//! has the last word: what it does not take is compiled again.

use crate::cache::images::Images;
use crate::model::component::Fingerprint;
use compose_engine::{Engine, Image, Program, Result};
use std::path::Path;

pub use compose_engine::steady::draws_the_same;

/// The images of earlier runs, or none.
#[derive(Debug, Default)]
pub struct Compiled {
    images: Option<Images>,
    build: String,
}

impl Compiled {
    /// Those in a cache folder, if it can be trusted. `build` tells builds of this tool apart.
    pub fn within(cache: &Path, build: &str) -> Self {
        Self { images: Images::open(cache).ok(), build: build.to_owned() }
    }

    fn key(&self, engine: &Engine, component: &Fingerprint) -> Fingerprint {
        let profile = engine.profile();
        let target = profile.target.as_deref().unwrap_or(std::env::consts::ARCH);
        let parts = ["image", self.build.as_str(), &profile.stamp(), target, std::env::consts::OS];
        Fingerprint::of_parts(parts.into_iter().map(str::as_bytes).chain([&component.0[..]]))
    }

    /// The program of a component that an earlier run compiled.
    pub fn find(&self, engine: &Engine, component: &Fingerprint) -> Option<Program> {
        let images = self.images.as_ref()?;
        let key = self.key(engine, component);
        let path = images.find(&key)?;
        let program = load(engine, &path);
        if program.is_err() {
            images.forget(&key);
        }
        program.ok()
    }

    /// The program of a component that was validated by whoever made it: found, or compiled and kept.
    ///
    /// # Errors
    /// If the engine does not take the component.
    pub fn program(&self, engine: &Engine, component: &[u8]) -> Result<Program> {
        let fingerprint = Fingerprint::of(component);
        self.find(engine, &fingerprint).map_or_else(|| self.make(engine, component, &fingerprint), Ok)
    }

    /// Compiles a component, and keeps the image if it may.
    ///
    /// # Errors
    /// If the engine does not take the component.
    pub fn make(&self, engine: &Engine, component: &[u8], fingerprint: &Fingerprint) -> Result<Program> {
        let Some(images) = &self.images else { return engine.program(component) };
        let image = engine.compile(component)?;
        // A full disk is no reason not to run it.
        let kept = images.keep(&self.key(engine, fingerprint), &image).ok();
        match kept.and_then(|path| load(engine, &path).ok()) {
            Some(program) => Ok(program),
            None => fresh(engine, &image),
        }
    }
}

#[expect(unsafe_code, reason = "an image is machine code; the folder it comes from is this user's alone")]
fn load(engine: &Engine, path: &Path) -> Result<Program> {
    // SAFETY: the file stands in a folder that only this user can write, is theirs, and has the checksum that this tool gave it
    // when it wrote down what `Engine::compile` made.
    unsafe { engine.load(Image::File(path)) }
}

#[expect(unsafe_code, reason = "an image is machine code; this one was made a moment ago")]
fn fresh(engine: &Engine, image: &[u8]) -> Result<Program> {
    // SAFETY: it comes from `Engine::compile` of this very engine.
    unsafe { engine.load(Image::Bytes(image)) }
}
