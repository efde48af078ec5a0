//! What the user asked for, whether in `compose.toml` or on the command line: the one form the later stages know.
//!
//! Every word that a diagnostic may want to point at keeps the place where it was written.

use super::contracts::Contracts;
use super::day::Day;
use super::hosting::Hosting;
use crate::diag::{Placed, Source};
use bytes::Bytes;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

pub use super::search::{Argument, Instantiation, SearchRequest};

/// A word of the user's, with the place where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The word.
    pub text: String,
    /// The text it stands in (a manifest, or the command line printed as a line) and the bytes it takes there.
    pub at: Option<(Arc<Source>, Range<usize>)>,
}

impl Written {
    /// A word without a place, for requests built in code.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), at: None }
    }

    /// Whether it stands in a `.wac` document, so that help is given in its language.
    pub fn in_document(&self) -> bool {
        self.at.as_ref().is_some_and(|(source, _)| source.name.to_ascii_lowercase().ends_with(".wac"))
    }

    /// Whether it stands on the command line.
    pub fn on_command_line(&self) -> bool {
        self.at.as_ref().is_some_and(|(source, _)| source.is_command_line())
    }
}

impl Placed for &Written {
    fn place(&self) -> Option<&(Arc<Source>, Range<usize>)> {
        self.at.as_ref()
    }
}

impl Placed for Option<&Written> {
    fn place(&self) -> Option<&(Arc<Source>, Range<usize>)> {
        self.and_then(|written| written.at.as_ref())
    }
}

/// Everything that decides a composition.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// `acme:shop`; goes into the artifact's name.
    pub name: Option<Written>,
    /// The version of the artifact.
    pub version: Option<Written>,
    /// The input whose exports become the result's; without it the first input.
    pub root: Option<Written>,
    /// The name of the host profile.
    pub target: Option<Written>,
    /// What counts as bad when contracts change.
    pub contracts: Option<Contracts>,
    /// What the result is given when it runs.
    pub hosting: Hosting,
    /// The files that say what the result should do, or patterns of them, seen from the manifest; those of `tests` without it.
    pub cases: Option<Vec<Written>>,
    /// What day it is, for exceptions from contracts; without one nothing expires.
    pub today: Option<Day>,
    /// The inputs, in the order they were given.
    pub inputs: Vec<Input>,
    /// Folders whose components are on offer; unused ones are silent.
    pub offers: Vec<Offer>,
    /// Whether all that is on offer is read, so that it can be spoken of; else only what something asks for.
    pub read_whole_offers: bool,
    /// WIT packages that describe types and worlds.
    pub wit: Vec<WitRequest>,
    /// The world that the result must conform to.
    pub world: Option<WorldRequest>,
    /// Further instances, and what is said of the one that every component has.
    pub instances: Vec<InstanceRequest>,
    /// Whether what nothing is said about is wired by the rule; if not, pins and chains alone wire.
    pub auto_wire: bool,
    /// Pins, in the order they were written.
    pub pins: Vec<Pin>,
    /// Chains, in the order they were written.
    pub chains: Vec<Chain>,
    /// Patterns of imports that may stay open. Default: `wasi:*`.
    pub allow: Vec<Written>,
    /// Patterns of imports that may not stay open, whatever `allow` says.
    pub deny: Vec<Written>,
    /// Whether versions of one track that stay open are merged into one import.
    pub merge_open: bool,
    /// Exports besides the root's.
    pub exports: Vec<ExportRequest>,
    /// Whether the root's own exports are exported.
    pub export_root: bool,
    /// Whether a named input may end unused.
    pub allow_unused: bool,
    /// Imports that the result has by themselves, whoever uses them.
    pub declared: Vec<DeclaredImport>,
    /// What is composed by looking for components that are named like imports.
    pub search: Option<SearchRequest>,
}

/// The name by which pins and exports know the imports that the result has by themselves. No component can be called so.
pub const DECLARED: &str = "(imports)";

/// An import that the result has by itself.
#[derive(Debug, Clone)]
pub struct DeclaredImport {
    /// Its name in the result.
    pub name: Written,
    /// `ns:pkg/interface` with or without version, or in WIT `func(…)` or `interface { … }`.
    pub what: Written,
    /// The package that describes the interface, if it is still to be found.
    pub package: Option<PackageRequest>,
}

/// An input and the name it is to have.
#[derive(Debug, Clone)]
pub struct Input {
    /// The name, if the user gave one; else it is made from the file's name.
    pub name: Option<Written>,
    /// Where its bytes are.
    pub from: InputFrom,
}

impl Input {
    /// What the user calls it.
    pub fn origin(&self) -> &str {
        match &self.from {
            InputFrom::Path { written, .. } => &written.text,
            InputFrom::Stdin(_) => "<stdin>",
            InputFrom::Memory { origin, .. } => origin,
            InputFrom::Package(request) => &request.package.text,
        }
    }
}

/// Where the bytes of an input are.
#[derive(Debug, Clone)]
pub enum InputFrom {
    /// A file, or a folder with a WIT package; as written, and resolved against the folder it was written for.
    Path {
        /// As the user wrote it.
        written: Written,
        /// Where that is.
        path: PathBuf,
    },
    /// Standard input.
    Stdin(Written),
    /// Bytes in memory, for users of the library, with what to call them in messages.
    Memory {
        /// What to call them.
        origin: String,
        /// The bytes.
        bytes: Bytes,
    },
    /// A package by its name, wherever it is found first.
    Package(PackageRequest),
}

/// A package by its name, and where it may be.
#[derive(Debug, Clone)]
pub struct PackageRequest {
    /// `ns:pkg`, with or without `@version`.
    pub package: Written,
    /// Where it may be, in the order to look.
    pub places: Vec<PackagePlace>,
    /// Names that packages were given places for by hand; one of them may have been meant.
    pub given: Vec<String>,
}

/// Where a package may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackagePlace {
    /// As messages call it.
    pub written: String,
    /// Where that is.
    pub path: PathBuf,
    /// The folder of packages it lies in, as messages call it and where it is; the file's ending is then still to be
    /// added. Without it the path is the file or folder itself.
    pub folder: Option<(String, PathBuf)>,
}

/// An instance: a further one of a component, or a word about the one that every component has.
#[derive(Debug, Clone)]
pub struct InstanceRequest {
    /// Its name.
    pub name: Written,
    /// The component it is made of; `None` for the instance that the component of this name has anyway.
    pub component: Option<Written>,
    /// Whether it is in the result although nothing there uses it.
    pub keep: bool,
}

/// A folder whose components are on offer.
#[derive(Debug, Clone)]
pub struct Offer {
    /// As the user wrote it.
    pub written: Written,
    /// Where that is.
    pub path: PathBuf,
}

/// A WIT package to read.
#[derive(Debug, Clone)]
pub struct WitRequest {
    /// The name that the package must have, `ns:pkg` with or without version.
    pub package: Written,
    /// The file or folder as the user wrote it.
    pub written: Written,
    /// Where that is.
    pub path: PathBuf,
}

/// A world to conform to.
#[derive(Debug, Clone)]
pub struct WorldRequest {
    /// The WIT package as the user wrote it: a file or a folder.
    pub written: Written,
    /// Where that is.
    pub path: PathBuf,
    /// The world, `app` or `ns:pkg/app@1.0.0`; without it the only one of the package.
    pub name: Option<Written>,
    /// The package by its name, if the path is still to be found.
    pub package: Option<PackageRequest>,
}

/// What fills a socket, said by the user.
#[derive(Debug, Clone)]
pub struct Pin {
    /// The instance whose import it is; `None` for `--wire IFACE=…` without an instance: all of them.
    pub instance: Option<Written>,
    /// The import: a name with or without version, the last word of an interface's name, `ns:*`, `ns:pkg/*`, or `*` for
    /// whatever the target has.
    pub import: Written,
    /// Whether the import is meant that is named like the plug, and the text above only where there is none.
    pub inferred: bool,
    /// What it is wired to.
    pub to: PinTo,
}

/// The right side of a pin.
#[derive(Debug, Clone)]
pub enum PinTo {
    /// The instance's export of the same interface.
    Instance(Written),
    /// An export of another name.
    Export {
        /// The instance.
        instance: Written,
        /// Its export.
        export: Written,
        /// The names that lead on into the export; empty for the export itself.
        inner: Vec<Written>,
    },
    /// The instance as a whole: all its exports as one.
    Whole(Written),
    /// Whatever of the instance fits: itself as a whole, its export of the same interface, or the only one that fits.
    Fitting(Written),
    /// It stays open.
    Open(Written),
}

impl PinTo {
    /// The word that names what it leads to.
    pub fn word(&self) -> &Written {
        match self {
            Self::Instance(word) | Self::Whole(word) | Self::Fitting(word) | Self::Open(word) => word,
            Self::Export { instance, .. } => instance,
        }
    }
}

/// Middleware around an interface, the outermost first; the last member is the provider.
#[derive(Debug, Clone)]
pub struct Chain {
    /// The interface, with or without version.
    pub interface: Written,
    /// Instances or components; a component named twice stands as two instances.
    pub members: Vec<Written>,
}

/// An export of the result that was asked for.
#[derive(Debug, Clone)]
pub struct ExportRequest {
    /// The name in the result: an interface, or a label for one. Without it, what is exported keeps its name.
    pub name: Option<Written>,
    /// The instance that exports it.
    pub instance: Written,
    /// The instance's export; without it the one of the same interface as `name`.
    pub export: Option<Written>,
    /// The names that lead on into that export.
    pub inner: Vec<Written>,
    /// Whether it is the instance as a whole, all its exports as one.
    pub whole: bool,
    /// Whether it is everything that the instance exports, or that stands inside that export, each under its own name
    /// unless the result exports that name already.
    pub all: bool,
    /// Whether an interface under another name says which interface it is (`implements`).
    pub implements: bool,
}

impl ExportRequest {
    /// An instance's export, and nothing else said about it.
    pub fn new(name: Option<Written>, instance: Written, export: Option<Written>) -> Self {
        Self { name, instance, export, inner: Vec::new(), whole: false, all: false, implements: true }
    }
}

impl Request {
    /// The packages that are asked for by name, wherever.
    pub fn packages(&self) -> impl Iterator<Item = &PackageRequest> {
        let of_inputs = self.inputs.iter().filter_map(|input| match &input.from {
            InputFrom::Package(package) => Some(package),
            _ => None,
        });
        let of_world = self.world.as_ref().and_then(|world| world.package.as_ref());
        let of_declared = self.declared.iter().filter_map(|import| import.package.as_ref());
        of_inputs.chain(of_world).chain(of_declared)
    }

    /// A request with the defaults of a manifest that says nothing.
    pub fn new() -> Self {
        Self {
            allow: vec![Written::new("wasi:*")],
            merge_open: true,
            export_root: true,
            auto_wire: true,
            ..Self::default()
        }
    }
}
