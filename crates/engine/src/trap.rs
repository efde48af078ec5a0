//! What is known of a trap: what happened, which limit stands behind it, and which functions were running.
//!
//! A frame says where in the file of the component its code is. Whoever has that file, or a table of the parts in it, can
//! tell from it which inner component that was.

use crate::error::{Error, text};
use crate::limits::{Limit, Meter};
use crate::passing::Answered;
use serde::Serialize;

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
}

/// One running function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// The name of its core module, if it has one.
    pub module: Option<String>,
    /// Its own name, demangled, if it has one.
    pub function: Option<String>,
    /// The position of its current instruction in the file of the component, in bytes.
    pub offset: Option<usize>,
    /// The source file, and the line, if there is debug information.
    pub source: Option<(String, u32)>,
}

/// Tells a limit that was met from a trap.
pub(crate) fn failed(error: &wasmtime::Error, meter: &Meter, stderr: &[u8]) -> Error {
    let code = error.downcast_ref::<wasmtime::Trap>();
    let limit = match code {
        Some(wasmtime::Trap::OutOfFuel) => return Error::Limit(Limit::Fuel),
        Some(wasmtime::Trap::StackOverflow) => Some(Limit::Stack),
        _ => meter.hit,
    };
    let frames = error
        .downcast_ref::<wasmtime::WasmBacktrace>()
        .map_or_else(Vec::new, |trace| trace.frames().iter().map(frame).collect());
    let message = match (code, error.downcast_ref::<Answered>()) {
        (Some(code), _) => code.to_string(),
        (None, Some(answered)) => answered.to_string(),
        (None, None) => text(error),
    };
    let stderr = String::from_utf8_lossy(stderr).into_owned();
    Error::Trap(Box::new(Trap { message, limit, frames, stderr }))
}

fn frame(info: &wasmtime::FrameInfo) -> Frame {
    let symbol = info.symbols().first();
    Frame {
        module: info.module().name().map(Into::into),
        function: info.func_name().map(demangled),
        offset: info.module_offset(),
        source: symbol.and_then(|symbol| Some((symbol.file()?.to_string(), symbol.line().unwrap_or_default()))),
    }
}

fn demangled(name: &str) -> String {
    rustc_demangle::try_demangle(name).map_or_else(|_| name.to_string(), |name| format!("{name:#}"))
}
