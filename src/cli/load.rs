//! What is to be composed: the inputs on the command line, or a manifest with the command line over it.

use super::args::Composition;
use super::request::CommandLine;
use super::usage;
use crate::decode::memory::{Forgetful, Memory};
use crate::diag::Sink;
use crate::model::request::Request;
use crate::{cache, manifest, sources};
use clap::error::ErrorKind;
use std::path::{Path, PathBuf};

/// The name of a manifest.
const MANIFEST: &str = "compose.toml";

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
    let (manifest, read) = match manifest_path(args)? {
        None => (None, Some(Request::new())),
        Some(path) => {
            let name = path.display().to_string();
            let text = sources::read_text(&path, &name, sink);
            let base = path.parent().unwrap_or(Path::new(""));
            let request = text.and_then(|source| manifest::parse(&source.text, &name, base, sink));
            (Some(path), request)
        }
    };
    let Some(mut request) = read else {
        // The command line is judged all the same: one run tells everything.
        line.apply(&mut Request::new()).map_err(|error| usage(ErrorKind::ValueValidation, error))?;
        return Ok(None);
    };
    line.apply(&mut request).map_err(|error| usage(ErrorKind::ValueValidation, error))?;
    Ok(Some(Loaded { request, manifest, memory: memory(args) }))
}

/// What earlier runs found out about inputs, unless there is to be none or nowhere to keep it.
pub(super) fn memory(args: &Composition) -> Box<dyn Memory> {
    let folder = || {
        let path = cache::default_folder(|name| std::env::var_os(name)).filter(|_| !args.no_cache)?;
        cache::Folder::open(&path, &this_build()).ok()
    };
    folder().map_or_else(|| Box::new(Forgetful) as Box<dyn Memory>, |folder| Box::new(folder))
}

/// Tells this executable from another one of the same version.
fn this_build() -> String {
    let metadata = std::env::current_exe().and_then(std::fs::metadata);
    let Ok(metadata) = metadata else { return String::new() };
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    format!("{} {}", metadata.len(), modified.map_or(0, |since| since.as_nanos()))
}

/// The manifest that says what to compose; `None` if the command line says it.
fn manifest_path(args: &Composition) -> Result<Option<PathBuf>, clap::Error> {
    if !args.files.is_empty() {
        return Ok(None);
    }
    if let Some(path) = &args.manifest_path {
        return Ok(Some(path.clone()));
    }
    // Relative, so that messages stay short and say nothing of the machine.
    let here = std::env::current_dir().unwrap_or_default();
    let mut folder = PathBuf::new();
    for _ in here.ancestors() {
        let path = folder.join(MANIFEST);
        if path.is_file() {
            return Ok(Some(path));
        }
        folder.push("..");
    }
    if !args.offer.is_empty() {
        return Ok(None);
    }
    let text = format!("nothing to compose: no component is given, and there is no `{MANIFEST}` here or above");
    Err(usage(ErrorKind::MissingRequiredArgument, text))
}
