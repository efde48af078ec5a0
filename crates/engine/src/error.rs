//! What can go wrong between bytes and a result, told apart by whose fault it is.

use crate::asked::Asked;
use crate::limits::Limit;
use crate::needs::Need;
use crate::session::BadCall;
use crate::trap::Trap;

/// Why a component did not run, or did not run to its end.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The engine itself could not be set up.
    #[error("the engine cannot be set up: {0}")]
    Engine(String),
    /// The bytes are no component that the engine takes.
    #[error("not a component that the engine takes: {0}")]
    Component(String),
    /// The bytes are no image for this engine: of another version, for another machine, or damaged.
    #[error("not an image for this engine: {0}")]
    Image(String),
    /// It imports what it was not granted.
    #[error("it imports what was not granted: {}", imports(.0))]
    Needs(Vec<Need>),
    /// An import that the host offers, in another shape.
    #[error("the component's imports do not fit this host: {0}")]
    Link(String),
    /// A grant that cannot be given: a directory that is not there, a host name that is not known.
    #[error("`{grant}` cannot be granted: {why}")]
    Grant {
        /// The grant as on the command line.
        grant: String,
        /// What went wrong.
        why: String,
    },
    /// The component does not export what was asked for.
    #[error("no export `{wanted}`; there is: {}", known.join(", "))]
    Export {
        /// What was asked for.
        wanted: String,
        /// What the component exports.
        known: Vec<String>,
    },
    /// A call that cannot be made: no such function, an argument that cannot be read. Nothing ran.
    #[error("{0}")]
    Call(Box<BadCall>),
    /// A call to an instance that is gone, because of the call that is named.
    #[error("the instance is gone since `{0}` failed")]
    Ended(String),
    /// The component trapped or ended a call badly.
    #[error("the component failed: {}", .0.message)]
    Trap(Box<Trap>),
    /// The request is malformed, or the component never answered it.
    #[error("{0}")]
    Http(String),
    /// It took more than it may.
    #[error("the limit of {} was reached", .0.word())]
    Limit(Limit),
    /// The streams of a result carry more than is kept of them.
    #[error("more came than the {most} that are kept")]
    Flood {
        /// How much is kept.
        most: u64,
        /// Of what.
        of: Flooded,
    },
    /// Whoever started it ended it.
    #[error("interrupted")]
    Interrupted,
}

/// What there was too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flooded {
    /// Bytes, where no limit of output was given.
    Bytes,
    /// Elements, of which each takes room of the host whatever its bytes.
    Elements,
}

impl Error {
    /// The same, told after what the component had looked for.
    pub(crate) fn after(mut self, asked: Asked) -> Self {
        if let Self::Trap(trap) = &mut self {
            trap.asked = asked;
        }
        self
    }
}

fn imports(needs: &[Need]) -> String {
    let names: Vec<&str> = needs.iter().map(|need| need.import.as_str()).collect();
    names.join(", ")
}

/// One line with every cause, outermost first.
pub(crate) fn text(error: &wasmtime::Error) -> String {
    // What was running is told otherwise.
    let causes = error.chain().map(ToString::to_string);
    let causes: Vec<String> =
        causes.filter(|cause| !cause.starts_with("error while executing at wasm backtrace")).collect();
    causes.join(": ")
}
