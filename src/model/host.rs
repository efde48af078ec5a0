//! Host profiles: what the taker of an artifact accepts.
//!
//! Whether an artifact is valid depends on who loads it, so the feature set for validation, the limits and the spelling
//! of names come from one value. Facts only; the check stage judges by them.

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
    /// The most instances in one component's index space.
    pub max_instances: usize,
    /// The most core modules and components in all, nested ones included, if the host counts them.
    pub max_modules_and_components: Option<usize>,
}

/// Every profile, the default first.
pub const PROFILES: &[fn() -> HostProfile] = &[wasmtime_48, tools_0_263];

impl HostProfile {
    /// The profile of that name.
    pub fn named(name: &str) -> Option<Self> {
        PROFILES.iter().map(|profile| profile()).find(|profile| profile.name == name)
    }
}

impl Default for HostProfile {
    fn default() -> Self {
        wasmtime_48()
    }
}

/// wasmtime 48 with its default configuration (wasm-tools line 0.254): 1,000 instances in an index space, no total.
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
        max_modules_and_components: None,
    }
}

/// wasm-tools 0.263 with every feature on.
pub fn tools_0_263() -> HostProfile {
    HostProfile {
        name: "tools-0.263",
        features: WasmFeatures::all(),
        canonical_names: true,
        max_instances: 4_096,
        max_modules_and_components: Some(1_000),
    }
}
