//! What is to be composed: the inputs on the command line, or a manifest or document with the command line over it.

use super::args::Composition;
use super::request::CommandLine;
use super::usage;
use crate::diag::Sink;
use crate::manifest::wac::{GivenPackage, Packages};
use crate::model::request::Request;
use crate::{manifest, sources};
use clap::error::ErrorKind;
use std::path::{Path, PathBuf};

/// The name of a manifest.
const MANIFEST: &str = "compose.toml";

/// A composition that was asked for.
#[derive(Debug)]
pub(super) struct Loaded {
    /// What was asked for.
    pub(super) request: Request,
    /// The manifest or document it came from.
    pub(super) manifest: Option<PathBuf>,
}

/// What a file that says what to compose is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    /// `compose.toml`.
    Toml,
    /// A `.wac` document.
    Wac,
}

impl Language {
    /// By the ending of a file; `None` if it is none of those that only these languages have.
    fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        ending.eq_ignore_ascii_case("wac").then_some(Self::Wac)
    }
}

/// Reads what is asked for; `None` if the manifest has errors, which are in the sink.
pub(super) fn request(
    args: &Composition,
    line: &CommandLine<'_>,
    sink: &mut Sink,
) -> Result<Option<Loaded>, clap::Error> {
    let manifest = manifest_path(args)?;
    if !matches!(manifest, Some((_, Language::Wac))) && !(args.deps.is_empty() && args.dep.is_empty()) {
        let text = "`--deps` and `--dep` say where the packages of a `.wac` document are, and there is none".into();
        return Err(usage(ErrorKind::ArgumentConflict, text));
    }
    let read = match &manifest {
        None => Some(Request { inputs: line.inputs(), ..Request::new() }),
        Some((path, language)) => read(path, *language, args, sink),
    };
    let Some(mut request) = read else {
        // The command line is judged all the same: one run tells everything.
        line.apply(&mut Request::new()).map_err(|error| usage(ErrorKind::ValueValidation, error))?;
        return Ok(None);
    };
    line.apply(&mut request).map_err(|error| usage(ErrorKind::ValueValidation, error))?;
    Ok(Some(Loaded { request, manifest: manifest.map(|(path, _)| path) }))
}

fn read(path: &Path, language: Language, args: &Composition, sink: &mut Sink) -> Option<Request> {
    let name = path.display().to_string();
    let text = sources::read_text(path, &name, sink)?;
    let base = path.parent().unwrap_or(Path::new(""));
    match language {
        Language::Toml => manifest::parse(&text.text, &name, base, sink),
        Language::Wac => manifest::wac::parse(&text.text, &name, &packages(args, base), sink),
    }
}

/// Where the packages of a document are: as told, else in `deps` here, as `wac` has it, and in `deps` beside it.
fn packages(args: &Composition, base: &Path) -> Packages {
    let mut folders: Vec<(String, PathBuf)> =
        args.deps.iter().map(|folder| (folder.clone(), PathBuf::from(folder))).collect();
    if folders.is_empty() {
        let beside = base.join("deps");
        folders.push(("deps".into(), "deps".into()));
        if beside != folders[0].1 {
            folders.push((beside.display().to_string(), beside));
        }
    }
    let given = args.dep.iter().map(|dep| GivenPackage {
        name: dep.package.clone(),
        version: dep.version.clone(),
        written: dep.path.clone(),
        path: PathBuf::from(&dep.path),
    });
    Packages { folders, given: given.collect() }
}

/// The manifest or document that says what to compose; `None` if the command line says it.
fn manifest_path(args: &Composition) -> Result<Option<(PathBuf, Language)>, clap::Error> {
    let paths = || args.files.iter().map(|file| Path::new(&file.word[file.file.clone()]));
    if let Some(language) = paths().find_map(Language::of) {
        return match args.files.as_slice() {
            [file] if file.name.is_none() => Ok(Some((PathBuf::from(&file.word), language))),
            _ => {
                let text = "a `.wac` document says itself what is composed: no other file can stand beside it".into();
                Err(usage(ErrorKind::ArgumentConflict, text))
            }
        };
    }
    if !args.files.is_empty() {
        return Ok(None);
    }
    if let Some(path) = &args.manifest_path {
        return Ok(Some((path.clone(), Language::of(path).unwrap_or(Language::Toml))));
    }
    // Relative, so that messages stay short and say nothing of the machine.
    let here = std::env::current_dir().unwrap_or_default();
    let mut folder = PathBuf::new();
    for _ in here.ancestors() {
        let path = folder.join(MANIFEST);
        if path.is_file() {
            return Ok(Some((path, Language::Toml)));
        }
        folder.push("..");
    }
    if !args.offer.is_empty() {
        return Ok(None);
    }
    let text = format!("nothing to compose: no component is given, and there is no `{MANIFEST}` here or above");
    Err(usage(ErrorKind::MissingRequiredArgument, text))
}
