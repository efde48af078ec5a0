//! What can go wrong between bytes and a result, told apart by whose fault it is. The text of the engine is kept whole,
//! causes included, because its causes name the import or the function.

use std::time::Duration;

use wasmtime_wasi::p2::pipe::MemoryOutputPipe;

use crate::state::read;

/// Why a component did not run, or did not run to its end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The engine itself could not be set up.
    #[error("the engine cannot be set up: {0}")]
    Engine(String),
    /// The bytes are no component that the engine takes.
    #[error("not a component that the engine takes: {0}")]
    Component(String),
    /// An import that the host does not offer, or offers in another shape.
    #[error("the component's imports do not fit this host: {0}")]
    Link(String),
    /// The component does not export what was asked for.
    #[error("no export `{wanted}`; there is: {known}")]
    Export {
        /// What was asked for.
        wanted: String,
        /// What the component exports, separated by commas.
        known: String,
    },
    /// An argument is not the WAVE text of its parameter, or there are too many or too few.
    #[error("{0}")]
    Argument(String),
    /// The component trapped or ended a call badly.
    #[error("the component failed: {0}")]
    Trap(String),
    /// The function takes or gives what has no WAVE text: a resource, stream, future, map or error context.
    #[error("`{0}` takes or gives values that have no text")]
    NoText(String),
    /// The request is malformed, or the component never answered it.
    #[error("{0}")]
    Http(String),
    /// The time was up.
    #[error("still running after {} s", .0.as_secs())]
    Timeout(Duration),
}

impl Error {
    /// A trap, and under it what the component wrote to stderr: a panic says there what the trap does not.
    pub(crate) fn trap(error: &wasmtime::Error, stderr: &MemoryOutputPipe) -> Self {
        let said = read(stderr);
        let gap = if said.is_empty() { "" } else { "\n" };
        Error::Trap(format!("{}{gap}{}", text(error), said.trim_end()))
    }
}

/// One line with every cause, outermost first.
pub(crate) fn text(error: &wasmtime::Error) -> String {
    let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
    causes.join(": ")
}
