//! Compose WebAssembly components: resolve, check and link many components into one.
//!
//! The command `compose` is a thin cover of this crate; everything it does can be done from a program, in memory, without
//! a file or a process. [`Composition`] is the short way; [`pipeline`] has the stages one by one.
//!
//! ```
//! use component_compose::Composition;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // Components come from anywhere; these two are text.
//! let greeter = r#"(component (import "acme:name/name" (instance (export "length" (func (result u32))))))"#;
//! let name = r#"(component
//!     (core module $m (func (export "length") (result i32) i32.const 5))
//!     (core instance $m (instantiate $m))
//!     (func $length (result u32) (canon lift (core func $m "length")))
//!     (instance $name (export "length" (func $length)))
//!     (export "acme:name/name" (instance $name)))"#;
//!
//! let composed = Composition::new().component("greeter", greeter).component("name", name).compose();
//! let wires: Vec<String> = composed.wires().map(|wire| wire.to_string()).collect();
//! assert_eq!(wires, ["`greeter` imports acme:name/name from `name`, because nothing else on offer fits"]);
//! let component: Vec<u8> = composed.bytes()?;
//! # assert!(component.starts_with(b"\0asm")); Ok(()) }
//! ```
//!
//! # The stages
//!
//! Data flows one way; each stage borrows the value before it and gives a new one.
//!
//! | stage | from | to |
//! |---|---|---|
//! | [`manifest`] | the text of `compose.toml` | a [`Request`](model::request::Request): what is asked for |
//! | [`sources`] | a request | [`Inputs`](sources::Inputs): bytes with names |
//! | [`decode`] | inputs | [`Components`](model::component::Components): validated, each with its [`Shape`](types::shape::Shape) |
//! | [`resolve`] | components | a [`Plan`](model::plan::Plan): instances, wires with reasons, what stays open |
//! | [`check`] | a plan | a [`CheckedPlan`](check::CheckedPlan), the only thing that can be linked |
//! | [`link`] | a checked plan | [`Linked`](link::Linked): the bytes of one component, verified |
//! | [`emit`] | a linked component | files, and the plan, WIT and text forms |
//!
//! # Words
//!
//! A **socket** is an import of an instance, a **plug** an export of one; a **wire** fills a socket from a plug, and keeps
//! the reason for it. What no wire fills is **open** and becomes an import of the result. The **root** is the component
//! whose exports become the result's. `docs/glossary.md` has them all.
//!
//! # What can be relied on
//!
//! - No input makes it panic. What is wrong goes to a [`Sink`](diag::Sink) as [diagnostics](diag::Diagnostic) with
//!   [codes](diag::Code), all of it in one run.
//! - The same inputs give the same bytes, whatever their order and the number of threads (those of rayon).
//! - No result leaves that the validator has not accepted and whose world is not the predicted one.
//! - Nothing is printed, no signal is caught and no hook set, except by [`cli::main`]. Files are read where a request
//!   names them and written by [`pipeline::write`] alone.

pub mod cache;
pub mod check;
pub mod cli;
pub mod composition;
pub mod contract;
pub mod decode;
pub mod diag;
pub mod emit;
#[cfg(feature = "host")]
pub mod host;
pub mod inspect;
pub mod link;
pub mod manifest;
pub mod model;
pub mod pipeline;
pub mod resolve;
pub mod sources;
pub mod types;

pub use bytes::Bytes;
pub use composition::{Composed, Composition};

// The support files of the tests name the crate from outside, also when the unit tests include them.
#[cfg(test)]
extern crate self as component_compose;

/// The examples of the page are compiled.
#[cfg(doctest)]
#[doc = include_str!("../docs/library.md")]
struct LibraryPage;
