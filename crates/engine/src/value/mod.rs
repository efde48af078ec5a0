//! Values as text, always by their type: WAVE and JSON both ways, patterns for tests, and types in WIT.
//!
//! The forms are described in `docs/values.md`. Whoever reads a text gets the value or a [`BadValue`], which says where the
//! text ceased to make sense and what could have stood there; no text makes a reader panic, and nesting is bounded by the
//! type. What has no text (streams, futures, error contexts) is refused by name beforehand, by [`textless`].

mod fault;
mod json;
mod json_read;
mod names;
mod node;
mod pattern;
mod read;
mod read_named;
mod scan;
#[cfg(all(test, feature = "compile"))]
mod tests;
mod wit;
mod write;

pub use fault::{BadValue, Mismatch};
pub(crate) use json::to_json;
pub(crate) use json_read::from_json;
pub(crate) use names::{AnyHandle, Nameless, Names, textless};
pub(crate) use node::Node;
pub(crate) use read::Reader;
pub(crate) use scan::Scanner;
pub(crate) use wit::{signature, wit};
pub(crate) use write::{pretty, wave};

use wasmtime::component::{Type, Val};

/// Reads the whole of a text as a value of that type.
pub(crate) fn from_wave(text: &str, ty: &Type, names: &dyn Names) -> Result<Val, BadValue> {
    let mut reader = Reader::new(text, names);
    let value = reader.value(ty)?;
    reader.end()?;
    Ok(value)
}

/// Reads the whole of a text as a pattern for values of that type.
pub(crate) fn pattern(text: &str, ty: &Type, names: &dyn Names) -> Result<Node, BadValue> {
    let mut reader = Reader::with_holes(text, names);
    let node = reader.node(ty)?;
    reader.end()?;
    Ok(node)
}
