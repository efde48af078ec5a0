//! What is known of a trap: what happened, which limit stands behind it, and which functions were running.
//!
//! A frame says where in the file of the component its code is. Whoever has that file, or a table of the parts in it, can
//! tell from it which inner component that was.

use crate::asked::Asked;
use crate::error::{Error, text};
use crate::limits::{Limit, Meter};
use crate::passing::Answered;
use crate::state::State;
use serde::Serialize;
use std::ops::Range;
use std::sync::Arc;
use wasmtime::component::Component;

/// A trap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trap {
    /// What happened, in the words of the engine.
    pub message: String,
    /// The limit that was met before, or by it.
    pub limit: Option<Limit>,
    /// What was running, innermost first.
    pub frames: Vec<Frame>,
    /// What it had written to stderr, if that is captured; a panic says there what the trap does not.
    pub stderr: String,
    /// What it had looked for and found empty.
    pub asked: Asked,
}

/// One running function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// The name of its core module, if it has one.
    pub module: Option<String>,
    /// Its own name, demangled, if it has one.
    pub function: Option<String>,
    /// Its number in its core module.
    pub index: u32,
    /// The position of its current instruction in the file of the component, in bytes.
    pub offset: Option<usize>,
    /// Of several programs in one store, the number of the one whose file that is; `None` if there is only one.
    pub part: Option<usize>,
    /// The source file, and the line, if there is debug information.
    pub source: Option<(String, u32)>,
}

/// Tells a limit that was met from a trap of a store with this state.
pub(crate) fn failed(error: &wasmtime::Error, state: &State) -> Error {
    failed_with(error, &state.meter, &state.said(), &state.ledger.codes)
}

/// The same where the store is gone.
pub(crate) fn failed_somewhere(error: &wasmtime::Error) -> Error {
    failed_with(error, &Meter::default(), &[], &Codes::default())
}

/// Where in memory the code of each of several programs in one store is; nothing if there is only one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Codes(Arc<[Range<usize>]>);

impl Codes {
    pub(crate) fn of<'c>(programs: impl Iterator<Item = &'c Component>) -> Self {
        let codes: Arc<[_]> = programs.map(|component| addresses(component.image_range())).collect();
        if codes.len() > 1 { Codes(codes) } else { Codes::default() }
    }

    fn part(&self, module: &wasmtime::Module) -> Option<usize> {
        let start = addresses(module.image_range()).start;
        self.0.iter().position(|code| code.contains(&start))
    }
}

fn addresses(range: Range<*const u8>) -> Range<usize> {
    range.start.addr()..range.end.addr()
}

fn failed_with(error: &wasmtime::Error, meter: &Meter, stderr: &[u8], codes: &Codes) -> Error {
    let code = error.downcast_ref::<wasmtime::Trap>();
    let limit = match code {
        Some(wasmtime::Trap::OutOfFuel) => return Error::Limit(Limit::Fuel),
        Some(wasmtime::Trap::StackOverflow) => Some(Limit::Stack),
        _ if out_of_handles(error) => Some(Limit::Handles),
        _ => meter.hit,
    };
    let frames = error.downcast_ref::<wasmtime::WasmBacktrace>().map_or_else(Vec::new, |trace| {
        trace.frames().iter().filter(|info| !is_adapter(info)).map(|info| frame(info, codes)).collect()
    });
    let message = match (code, error.downcast_ref::<Answered>()) {
        (Some(wasmtime::Trap::AsyncDeadlock), _) => "deadlock: what it waits for can never come".into(),
        (Some(code), _) => code.to_string(),
        (None, Some(answered)) => answered.to_string(),
        (None, None) => text(error),
    };
    let stderr = String::from_utf8_lossy(stderr).into_owned();
    Error::Trap(Box::new(Trap { message, limit, frames, stderr, asked: Asked::default() }))
}

/// Tells why no instance could be made: a limit by its name, where one was met and no code ran into it.
pub(crate) fn not_made(error: &wasmtime::Error, state: &State) -> Error {
    match state.meter.hit {
        Some(limit) if error.downcast_ref::<wasmtime::Trap>().is_none() => Error::Limit(limit),
        _ => failed(error, state),
    }
}

/// Whether a handle more was asked for than may be open: of a resource of the host, or of whatever resource.
fn out_of_handles(error: &wasmtime::Error) -> bool {
    let full = |cause: &(dyn std::error::Error + 'static)| {
        matches!(cause.downcast_ref(), Some(wasmtime::component::ResourceTableError::Full))
            // The engine tells that in words alone.
            || cause.to_string().contains("store handle limit exceeded")
    };
    error.chain().any(full)
}

/// Whether it is code that the engine put between two components: its positions are none of the file.
fn is_adapter(info: &wasmtime::FrameInfo) -> bool {
    let module = info.module();
    module.name().is_none() && module.exports().any(|export| export.name().starts_with("adapter"))
}

fn frame(info: &wasmtime::FrameInfo, codes: &Codes) -> Frame {
    let symbol = info.symbols().first();
    Frame {
        module: info.module().name().map(Into::into),
        function: info.func_name().map(demangled),
        index: info.func_index(),
        offset: info.module_offset(),
        part: codes.part(info.module()),
        source: symbol.and_then(|symbol| Some((symbol.file()?.to_string(), symbol.line().unwrap_or_default()))),
    }
}

fn demangled(name: &str) -> String {
    rustc_demangle::try_demangle(name).map_or_else(|_| name.to_string(), |name| format!("{name:#}"))
}
