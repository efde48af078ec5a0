//! Somebody stands where a component calls out: a test's mock, a spy, a fault, a trace.
//!
//! Several programs are put into one store, and what one imports from another goes through the host, which asks an
//! [`Interposer`] about each call. Values are told as text, so nothing of the engine shows; a function is defined by the type
//! that the component imports it with, so there is nothing to generate. Handles of
//! resources are exchanged on the way ([`crate::cross`]); streams and futures pass as they are, without handles in them.

use crate::Result;
use crate::connect::Around;
use crate::error::{Error, text};
use crate::program::Program;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// Where calls pass: what is imported, by whom, and who is called if it is passed on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Site {
    /// The import as its component names it, such as `shop:pricing/rates@0.1.0`, or the name of a function.
    pub import: String,
    /// The instance that imports it; empty if there is no name for it.
    pub from: String,
    /// The instance that provides it; `None` if it is the host's or nobody's.
    pub to: Option<String>,
}

/// A call at a site.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// Counts the calls of a run, from 0.
    pub id: u64,
    /// The call that was being answered when it was made; `None` for one that the root made by itself.
    pub parent: Option<u64>,
    /// Where it passes.
    pub site: Arc<Site>,
    /// The function, as the interface names it: `quote`, `[method]bucket.get`. That of a function imported by itself is its name.
    pub function: String,
    /// Names and values of the arguments, as WAVE text.
    pub arguments: Vec<(String, String)>,
    /// How many calls of this function at this site there were before.
    pub number: u64,
    /// When it was made, since the run began.
    pub at: Duration,
}

/// What becomes of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// It goes to whoever provides the import. A trap if that is nobody.
    PassOn,
    /// This result, as WAVE text; empty for a function without one. An error is a value: `err("sold out")`.
    Value(String),
    /// The caller traps, for this reason.
    Trap(String),
    /// Later, something else.
    Delay(Duration, Box<Reply>),
}

/// How a call ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// The result as WAVE text, empty for a function without one; or why the call failed.
    pub result: std::result::Result<String, String>,
    /// How long it took.
    pub took: Duration,
    /// Whether it was passed on.
    pub passed: bool,
}

/// Who is asked about each call. Calls may come from several runs at once.
pub trait Interposer: Send + Sync {
    /// What becomes of a call.
    fn call(&self, call: &Call) -> Reply;

    /// Hears how it ended.
    fn ended(&self, _call: &Call, _ended: &Ended) {}
}

/// Passes everything on.
#[derive(Debug, Clone, Copy, Default)]
pub struct PassOn;

impl Interposer for PassOn {
    fn call(&self, _: &Call) -> Reply {
        Reply::PassOn
    }
}

/// One of several programs that are put into one store.
#[derive(Debug, Clone)]
pub struct Part {
    /// What it is called in messages.
    pub name: String,
    /// The program.
    pub program: Program,
    /// Its imports that are answered by the interposer; the host has the others.
    pub between: Vec<Between>,
}

impl Part {
    /// A part all of whose imports are the host's.
    pub fn new(name: &str, program: &Program) -> Self {
        Part { name: name.into(), program: program.clone(), between: Vec::new() }
    }

    /// The same with one more import answered by the interposer.
    #[must_use]
    pub fn between(mut self, between: Between) -> Self {
        self.between.push(between);
        self
    }
}

/// An import that is answered by the interposer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Between {
    /// Its name in the part.
    pub import: String,
    /// What the interposer is told of it.
    pub site: Site,
    /// The number of an earlier part, and the export of it that calls are passed on to. Streams and futures of handles that would
    /// have to be exchanged cannot pass.
    pub provider: Option<(usize, String)>,
    /// The resources among its items, by name: equal numbers are one resource, whichever parts it passes. A resource without
    /// a number is the host's, or a mock's alone.
    pub resources: BTreeMap<String, u32>,
}

impl Between {
    /// An import with nobody behind it, told by its own name.
    pub fn alone(import: &str) -> Self {
        let site = Site { import: import.into(), ..Site::default() };
        Between { import: import.into(), site, provider: None, resources: BTreeMap::new() }
    }
}

impl Program {
    /// Puts the last of these parts and those before it into one store; the result is the last one, with the others behind
    /// its imports, and can be run, called and asked like any program.
    ///
    /// # Errors
    /// If a part has no such import or export, or one part does not fit another.
    pub fn connected(parts: Vec<Part>, interposer: Arc<dyn Interposer>) -> Result<Program> {
        Around::program(parts, interposer)
    }

    /// The same program with the interposer in the place of these imports.
    ///
    /// # Errors
    /// If it has no such import.
    pub fn interposed(&self, imports: &[&str], interposer: Arc<dyn Interposer>) -> Result<Program> {
        let between = imports.iter().map(|import| Between::alone(import)).collect();
        let part = Part { name: String::new(), program: self.clone(), between };
        Program::connected(vec![part], interposer)
    }

    /// The imports that no host of ours has, and that are not answered by an interposer either.
    pub fn unanswered(&self) -> Vec<String> {
        let given = |import: &str| self.around.as_ref().is_some_and(|around| around.gives(import));
        self.imports().into_iter().filter(|import| !given(import)).collect()
    }
}

pub(crate) fn linking(error: &wasmtime::Error) -> Error {
    Error::Link(text(error))
}
