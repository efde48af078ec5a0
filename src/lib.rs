//! Compose WebAssembly components.
