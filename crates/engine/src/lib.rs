//! The one wasmtime configuration, linker set-up and run loop of `compose`.
//!
//! Bytes and text cross this border, nothing else: a component comes in as bytes, arguments and results are strings and
//! WAVE text, and no type of wasmtime shows in a signature. So the toolchain never depends on the parser line that the
//! engine happens to use. WASI 0.2 and 0.3 are always linked, with no directory, no environment and no network; what a
//! component imports beyond that is an error before it runs, not a trap later.
//!
//! ```
//! let engine = compose_engine::Engine::new()?;
//! let add = wat::parse_str(
//!     r#"(component
//!         (core module $m (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))
//!         (core instance $i (instantiate $m))
//!         (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $i "add"))))"#,
//! )?;
//! assert_eq!(engine.call(&add, "add", &["40", "2"])?, ["42"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod call;
mod command;
mod config;
mod error;
mod http;
mod state;

pub use command::Outcome;
pub use config::{Engine, LIMIT};
pub use error::Error;
pub use http::{Request, Response};

/// What every operation of this crate gives.
pub type Result<T> = std::result::Result<T, Error>;
