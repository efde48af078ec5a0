//! The one wasmtime configuration, linker set-up and run loop of `compose`.
