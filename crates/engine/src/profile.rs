//! What an image is compiled for: the one wasmtime configuration of the project.
//!
//! An image runs only on an engine of the very settings it was compiled with, so the compiler and the thin runner take
//! both from here, and every image and runner carries the same [`Profile::stamp`]. Time is bounded by the epoch: a busy
//! guest yields at each tick, and whoever waits for it looks at the clock. Fuel bounds exactly but makes every loop count,
//! so it is a profile of its own.

use serde::{Deserialize, Serialize};
use wasmtime::{Config, ModuleVersionStrategy};

/// The version of wasmtime that is linked in.
pub const WASMTIME: &str = "48.0.8";

/// What an image is compiled for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Profile {
    /// Whether fuel is counted, without which a limit of fuel cannot be kept.
    #[serde(default)]
    pub metered: bool,
    /// The target triple (or `pulley64`). `None` is this very machine, with all that its processor can do: for images that
    /// never leave it.
    #[serde(default)]
    pub target: Option<String>,
}

impl Profile {
    /// For this machine, without counting fuel.
    pub fn here() -> Self {
        Self::default()
    }

    /// The same with fuel counted.
    #[must_use]
    pub fn metered(mut self) -> Self {
        self.metered = true;
        self
    }

    /// For any machine of that triple, whatever its processor can do besides.
    #[must_use]
    pub fn for_target(mut self, triple: &str) -> Self {
        self.target = Some(triple.into());
        self
    }

    /// One line that two profiles share exactly if an image of one runs on an engine of the other, the target left aside
    /// (the image names that itself).
    pub fn stamp(&self) -> String {
        let fuel = if self.metered { "fuel" } else { "epoch" };
        format!("compose {} wasmtime {WASMTIME} {fuel}", env!("CARGO_PKG_VERSION"))
    }

    pub(crate) fn config(&self) -> wasmtime::Result<Config> {
        let mut config = Config::new();
        config.wasm_component_model(true);
        config.wasm_component_model_async(true);
        config.epoch_interruption(true);
        config.consume_fuel(self.metered);
        config.wasm_backtrace_details(wasmtime::WasmBacktraceDetails::Enable);
        config.module_version(ModuleVersionStrategy::Custom(self.stamp()))?;
        if let Some(target) = &self.target {
            config.target(target)?;
        }
        Ok(config)
    }
}
