//! What is to be composed: the inputs on the command line, or a manifest with the command line over it.
//!
//! A manifest is any file that says what to compose, whatever language it is written in (`front`).

use super::args::Composition;
use super::request::CommandLine;
use super::{contracts, front, usage};
use crate::cache;
use crate::decode::memory::{Forgetful, Memory};
use crate::diag::Sink;
use crate::model::request::Request;
use clap::error::ErrorKind;
use std::path::PathBuf;

/// A composition that was asked for.
pub(super) struct Loaded {
    /// What was asked for.
    pub(super) request: Request,
    /// The manifest it came from.
    pub(super) manifest: Option<PathBuf>,
    /// What earlier runs found out about inputs.
    pub(super) memory: Box<dyn Memory>,
}

/// Reads what is asked for; `None` if the manifest has errors, which are in the sink.
pub(super) fn request(
    args: &Composition,
    line: &CommandLine<'_>,
    sink: &mut Sink,
) -> Result<Option<Loaded>, clap::Error> {
    let front = front::of(args, line)?;
    let read = match &front {
        None => Some(Request { inputs: line.inputs(), ..Request::new() }),
        Some(front) => front.read(sink),
    };
    let Some(mut request) = read else {
        // The command line is judged all the same: one run tells everything.
        line.apply(&mut Request::new()).map_err(|error| usage(ErrorKind::ValueValidation, error))?;
        return Ok(None);
    };
    line.apply(&mut request).map_err(|error| usage(ErrorKind::ValueValidation, error))?;
    if request.contracts.is_some() {
        request.today = Some(contracts::today()?);
    }
    Ok(Some(Loaded { request, manifest: front.map(|front| front.path), memory: memory(args.no_cache) }))
}

/// What earlier runs found out about inputs, unless there is to be none or nowhere to keep it.
pub(super) fn memory(no_cache: bool) -> Box<dyn Memory> {
    let folder = || {
        let path = cache::default_folder(|name| std::env::var_os(name)).filter(|_| !no_cache)?;
        cache::Folder::open(&path, &this_build()).ok()
    };
    folder().map_or_else(|| Box::new(Forgetful) as Box<dyn Memory>, |folder| Box::new(folder))
}

/// The images of earlier runs, unless there are to be none or nowhere to keep them.
#[cfg(feature = "host")]
pub(super) fn compiled(no_cache: bool) -> crate::host::images::Compiled {
    let path = cache::default_folder(|name| std::env::var_os(name)).filter(|_| !no_cache);
    path.map(|path| crate::host::images::Compiled::within(&path, &this_build())).unwrap_or_default()
}

/// Tells this executable from another one of the same version.
fn this_build() -> String {
    let metadata = std::env::current_exe().and_then(std::fs::metadata);
    let Ok(metadata) = metadata else { return String::new() };
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    format!("{} {}", metadata.len(), modified.map_or(0, |since| since.as_nanos()))
}
