//! Host profiles: what the taker of an artifact accepts.
//!
//! Whether an artifact is valid depends on who loads it, so the feature set for validation, the limits and the spelling
//! of names come from one value. Facts only; the check stage judges by them.

use super::sizes::Limited;
use wasmparser::WasmFeatures;

/// What one host accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostProfile {
    /// The name in `target = "…"` and `--target`.
    pub name: &'static str,
    /// What the host's validator has switched on.
    pub features: WasmFeatures,
    /// Whether `@0.2` with a `version-suffix` is understood; if not, names are lowered to `@0.2.3`.
    pub canonical_names: bool,
    /// The most instances in one component's index space, of components and core modules together.
    pub max_instances: usize,
    /// The most core modules in one component's index space.
    pub max_modules: usize,
    /// The most components in one component's index space.
    pub max_components: usize,
    /// The most core modules and components in all, the artifact itself and nested ones included, if the host counts them.
    pub max_modules_and_components: Option<usize>,
    /// The most tables in one core module's index space.
    pub max_tables: usize,
}

/// Every profile, the default first.
pub const PROFILES: &[fn() -> HostProfile] = &[wasmtime_48, tools_0_263];

impl HostProfile {
    /// The profile of that name.
    pub fn named(name: &str) -> Option<Self> {
        PROFILES.iter().map(|profile| profile()).find(|profile| profile.name == name)
    }
}

impl HostProfile {
    /// The most that the host takes; `None` if it does not count.
    pub fn limit(&self, limited: Limited) -> Option<usize> {
        match limited {
            Limited::Instances => Some(self.max_instances),
            Limited::Modules => Some(self.max_modules),
            Limited::Components => Some(self.max_components),
            Limited::ModulesAndComponents => self.max_modules_and_components,
            Limited::Tables => Some(self.max_tables),
        }
    }

    /// The limit, if so many are more than the host takes.
    pub fn exceeded(&self, limited: Limited, needed: usize) -> Option<usize> {
        self.limit(limited).filter(|max| needed > *max)
    }
}

impl Default for HostProfile {
    fn default() -> Self {
        wasmtime_48()
    }
}

/// wasmtime 48 with its default configuration. Its limits are those of its validator (the line 0.254 of wasm-tools), which
/// judges each component and module inside by itself and makes no totals; those of its pooling allocator are the
/// embedder's to choose, and without a choice there are none for one component.
pub fn wasmtime_48() -> HostProfile {
    HostProfile {
        name: "wasmtime-48",
        // The parser's defaults are newer than the engine's: what they added since is taken away again.
        features: WasmFeatures::default()
            - WasmFeatures::CM_MAP
            - WasmFeatures::CM_IMPLEMENTS
            - WasmFeatures::WIDE_ARITHMETIC
            - WasmFeatures::COMPACT_IMPORTS,
        canonical_names: false,
        max_instances: 1_000,
        max_modules: 1_000,
        max_components: 1_000,
        max_modules_and_components: None,
        max_tables: 100,
    }
}

/// wasm-tools 0.263 with every feature on. This is the validator that inputs are read with, so nothing above its limits can
/// be composed for any host.
pub fn tools_0_263() -> HostProfile {
    HostProfile {
        name: "tools-0.263",
        features: WasmFeatures::all(),
        canonical_names: true,
        max_instances: 4_096,
        max_modules: 1_000,
        max_components: 1_000,
        max_modules_and_components: Some(1_000),
        max_tables: 100_000,
    }
}
