//! The file that says what to compose, and the language it is written in: `compose.toml`, a `.wac` document, or the YAML
//! of `wasm-tools compose`.
//!
//! The language is told by the ending of the file, so that what builds a document with another tool builds it here.

use super::args::{Composition, Packages as PackageArgs};
use super::request::CommandLine;
use super::usage;
use crate::diag::Sink;
use crate::manifest::wac::{GivenPackage, Packages};
use crate::manifest::{self, yaml};
use crate::model::request::{Input, Request};
use crate::sources;
use clap::error::ErrorKind;
use std::path::{Path, PathBuf};

/// The name of a manifest.
const MANIFEST: &str = "compose.toml";

/// A file that says what to compose.
#[derive(Debug)]
pub(super) struct Front {
    /// Where it is.
    pub(super) path: PathBuf,
    language: Language,
    packages: Packages,
    /// Whether places of packages may be given that are not needed.
    may_be_unused: bool,
    /// The root that stands beside a YAML configuration.
    root: Option<Input>,
}

/// What it is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    Toml,
    Wac,
    Yaml,
}

impl Language {
    /// By the ending of a file; `None` if it is none that these languages have for themselves.
    fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "wac" => Some(Self::Wac),
            "yml" | "yaml" => Some(Self::Yaml),
            _ => None,
        }
    }
}

/// Whether a file is a document of another tool, by its name.
pub(super) fn is_document(path: &Path) -> bool {
    Language::of(path).is_some()
}

/// The file that says what to compose; `None` if the command line says it.
pub(super) fn of(args: &Composition, line: &CommandLine<'_>) -> Result<Option<Front>, clap::Error> {
    let paths = || args.files.iter().map(|file| Path::new(&file.word[file.file.clone()]));
    let given = match paths().position(|path| Language::of(path).is_some()) {
        Some(at) => {
            let path = paths().nth(at).unwrap_or(Path::new("")).to_owned();
            let mut others: Vec<Input> = line.inputs();
            others.remove(at);
            let root = beside(&path, args.files[at].name.is_some(), others)?;
            Some((path, root))
        }
        None if !args.files.is_empty() => None,
        None => match &args.manifest_path {
            Some(path) => Some((path.clone(), None)),
            None => found(args)?.map(|path| (path, None)),
        },
    };
    let front = given.map(|(path, root)| Front::new(path, args, line, root));
    let is_wac = front.as_ref().is_some_and(|front| front.language == Language::Wac);
    let places = !args.packages.deps.is_empty() || !args.packages.dep.is_empty();
    if places && !is_wac {
        let text = "`--deps` and `--dep` say where the packages of a `.wac` document are, and there is none".into();
        return Err(usage(ErrorKind::ArgumentConflict, text));
    }
    Ok(front)
}

/// What stands beside a document on the command line: nothing, but for the root of a YAML configuration.
fn beside(path: &Path, named: bool, mut others: Vec<Input>) -> Result<Option<Input>, clap::Error> {
    let file = path.display();
    let text = match Language::of(path) {
        _ if named => format!("`{file}` says what is composed and cannot have a name"),
        Some(Language::Yaml) if others.len() <= 1 => return Ok(others.pop()),
        Some(Language::Yaml) => format!("`{file}` takes one file beside it, the root"),
        _ if others.is_empty() => return Ok(None),
        _ => format!("`{file}` says itself what is composed: no other file can stand beside it"),
    };
    Err(usage(ErrorKind::ArgumentConflict, text))
}

/// The manifest here or in a folder above.
fn found(args: &Composition) -> Result<Option<PathBuf>, clap::Error> {
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

impl Front {
    /// A file with what is said of its packages and of its root.
    pub(super) fn new(path: PathBuf, args: &Composition, line: &CommandLine<'_>, root: Option<Input>) -> Self {
        let language = Language::of(&path).unwrap_or(Language::Toml);
        let packages = look_into(&args.packages, line, path.parent().unwrap_or(Path::new("")));
        Self { path, language, packages, may_be_unused: args.allow_unused, root }
    }

    /// Whether it is a `compose.toml` already.
    pub(super) fn is_manifest(&self) -> bool {
        self.language == Language::Toml
    }

    /// Reads it; `None` if it has errors, which are in the sink.
    pub(super) fn read(&self, sink: &mut Sink) -> Option<Request> {
        let name = self.path.display().to_string();
        let text = &sources::read_text(&self.path, &name, sink)?.text;
        let base = self.path.parent().unwrap_or(Path::new(""));
        match self.language {
            Language::Toml => manifest::parse(text, &name, base, sink),
            Language::Wac => {
                let request = manifest::wac::parse(text, &name, &self.packages, sink)?;
                if !self.may_be_unused {
                    self.packages.report_unused(&request, sink);
                }
                Some(request)
            }
            Language::Yaml => yaml::parse(text, &name, base, self.root.clone(), sink),
        }
    }
}

/// Where the packages of a document are: as told, else in `deps` here, as `wac` has it, and in `deps` beside it.
fn look_into(args: &PackageArgs, line: &CommandLine<'_>, base: &Path) -> Packages {
    let mut folders: Vec<(String, PathBuf)> =
        args.deps.iter().map(|folder| (folder.clone(), PathBuf::from(folder))).collect();
    if folders.is_empty() {
        let beside = base.join("deps");
        folders.push(("deps".into(), "deps".into()));
        if beside != folders[0].1 {
            folders.push((beside.display().to_string(), beside));
        }
    }
    let given = args.dep.iter().zip(line.deps()).map(|(dep, word)| GivenPackage {
        word,
        name: dep.package.clone(),
        version: dep.version.clone(),
        written: dep.path.clone(),
        path: PathBuf::from(&dep.path),
    });
    Packages { folders, given: given.collect() }
}
