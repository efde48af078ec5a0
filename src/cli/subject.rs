//! What is run, served, tested or packed: a component in a file, or what a manifest composes, built in memory first.

use super::args::{Composition, Packages};
use super::grammar::NamedFile;
use super::load;
use super::request::{self, CommandLine};
use super::{commands, front, signals};
use crate::diag::Sink;
use crate::host::blame::Blame;
use crate::host::diags::{Failed, Wanting};
use crate::host::images::Compiled;
use crate::inspect;
use crate::inspect::plan_section::{PlanSection, PlannedFrom};
use crate::model::component::Fingerprint;
use crate::model::hosting::Hosting;
use crate::model::request::Written;
use crate::pipeline::{self, LinkOptions, Planned};
use crate::sources::InputFile;
use crate::sources::diags::{InputSpecial, Special};
use bytes::Bytes;
use clap::{Args, ValueHint};
use compose_engine::{Engine, Profile, Program};
use std::cell::OnceCell;
use std::path::{Path, PathBuf};

/// What is meant.
#[derive(Debug, Args)]
pub(super) struct SubjectArgs {
    /// A component, or a manifest (`compose.toml`, `.wac`, YAML) that is built first; `-` is standard input
    /// [default: compose.toml here or in a folder above]
    #[arg(value_name = "FILE", help_heading = "Arguments", value_hint = ValueHint::FilePath)]
    pub(super) file: Option<NamedFile>,
    /// The manifest, in the place of FILE
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "file")]
    pub(super) manifest_path: Option<PathBuf>,
    /// Build and compile everything again, whatever earlier runs left
    #[arg(long)]
    pub(super) no_cache: bool,
}

/// What was found.
pub(super) struct Subject {
    /// What messages call it.
    pub(super) name: String,
    /// The component.
    pub(super) bytes: Bytes,
    /// What its manifest gives it.
    pub(super) hosting: Hosting,
    /// The folder of its manifest, which the paths in there are relative to.
    pub(super) folder: PathBuf,
    /// The files of tests that its manifest names, if it does.
    pub(super) cases: Option<Vec<Written>>,
    /// Every file it was made of, which nothing may overwrite.
    pub(super) read: Vec<PathBuf>,
    /// What it is a component in a file of, if it was not built.
    file: Option<InputFile>,
    fingerprint: Fingerprint,
    plan: OnceCell<Option<PlanSection>>,
    compiled: Compiled,
    /// The plan it was built by, if it was built here.
    pub(super) planned: Option<Planned>,
}

impl std::fmt::Debug for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Subject").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Reads or builds it; `None` if that fails, which is in the sink.
pub(super) fn load(verb: &str, args: &SubjectArgs, sink: &mut Sink) -> Result<Option<Subject>, clap::Error> {
    let manifest = match &args.file {
        Some(file) if is_manifest(Path::new(&file.word)) => Some(PathBuf::from(&file.word)),
        Some(file) => return Ok(component(verb, &file.word, args.no_cache, sink)),
        None => args.manifest_path.clone(),
    };
    signals::watch();
    let composition = Composition {
        files: Vec::new(),
        manifest_path: manifest,
        packages: Packages::default(),
        root: None,
        offer: Vec::new(),
        wire: Vec::new(),
        chain: Vec::new(),
        allow_import: Vec::new(),
        deny_import: Vec::new(),
        allow_unused: false,
        no_cache: args.no_cache,
        target: None,
    };
    let line = CommandLine::new(verb, &composition, None);
    let Some(loaded) = load::request(&composition, &line, sink)? else { return Ok(None) };
    let request = &loaded.request;
    let planned = pipeline::plan_with(request, &*loaded.memory, sink);
    let Some(checked) = pipeline::check(&planned, sink) else { return Ok(None) };
    let Some(linked) = pipeline::link(request, &planned, &checked, LinkOptions::default(), sink) else {
        return Ok(None);
    };
    let bytes = Bytes::from(linked.to_bytes());
    let name = request.name.as_ref().map_or_else(|| planned.plan.instances[0].name.clone(), |name| name.text.clone());
    let folder = loaded.manifest.as_deref().and_then(Path::parent).unwrap_or(Path::new("")).to_owned();
    let hosting = request.hosting.clone();
    let read = planned.inputs.read.iter().map(|(_, path, _)| path.clone()).chain(loaded.manifest).collect();
    Ok(Some(Subject {
        name,
        fingerprint: Fingerprint::of(&bytes),
        bytes,
        hosting,
        folder,
        cases: request.cases.clone(),
        read,
        planned: Some(planned),
        file: None,
        plan: OnceCell::new(),
        compiled: load::compiled(args.no_cache),
    }))
}

fn is_manifest(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "toml") || front::is_document(path)
}

/// A component in a file, read and not looked into: that is only done if it was never run before.
fn component(verb: &str, word: &str, no_cache: bool, sink: &mut Sink) -> Option<Subject> {
    let command = format!("compose {verb}");
    let path = Path::new(word);
    if path.is_dir() {
        let special = match path.join("compose.toml").is_file() {
            true => Special::FolderWithManifest,
            false => Special::Folder,
        };
        let written = request::sole_word(&command, word);
        sink.report(InputSpecial { origin: word, written: Some(&written), special });
        return None;
    }
    let file = commands::inspect::file(&command, word, sink)?;
    Some(Subject {
        name: file.origin.clone(),
        bytes: file.bytes.clone(),
        hosting: Hosting::default(),
        folder: PathBuf::new(),
        cases: None,
        read: vec![PathBuf::from(word)],
        fingerprint: file.fingerprint,
        file: Some(file),
        plan: OnceCell::new(),
        compiled: load::compiled(no_cache),
        planned: None,
    })
}

impl Subject {
    /// The plan it carries, if it does.
    pub(super) fn plan(&self) -> Option<&PlanSection> {
        self.plan.get_or_init(|| plan_in(&self.bytes)).as_ref()
    }

    /// An engine of that profile; `None` if the machine has none, which is in the sink.
    pub(super) fn engine(&self, profile: Profile, sink: &mut Sink) -> Option<Engine> {
        Engine::new(profile).map_err(|error| self.failed(&error, sink)).ok()
    }

    /// Its program on an engine of that profile: from an image of an earlier run, else compiled now. `None` if that fails,
    /// which is in the sink.
    pub(super) fn program(&self, profile: Profile, sink: &mut Sink) -> Option<Program> {
        let engine = self.engine(profile, sink)?;
        self.program_on(&engine, sink)
    }

    /// The same on an engine that is there.
    pub(super) fn program_on(&self, engine: &Engine, sink: &mut Sink) -> Option<Program> {
        if let Some(program) = self.compiled.find(engine, &self.fingerprint) {
            return Some(program);
        }
        let before = sink.diagnostics().len();
        if let Some(file) = &self.file {
            inspect::run(file, sink)?;
        }
        // What there is to say about it is said in every run.
        let made = match sink.diagnostics().len() == before {
            true => self.compiled.make(engine, &self.bytes, &self.fingerprint),
            false => engine.program(&self.bytes),
        };
        made.map_err(|error| self.failed(&error, sink)).ok()
    }

    /// The images of earlier runs.
    pub(super) fn compiled(&self) -> &Compiled {
        &self.compiled
    }

    /// Says what went wrong with it.
    pub(super) fn failed(&self, error: &compose_engine::Error, sink: &mut Sink) {
        sink.report(Failed { name: &self.name, error, wanting: self });
    }
}

/// The plan that a component of our own carries.
fn plan_in(bytes: &Bytes) -> Option<PlanSection> {
    let anatomy = crate::inspect::unjudged(bytes)?;
    crate::inspect::plan_section::read(anatomy.plan.as_deref()?).ok()
}

impl Wanting for Subject {
    fn of(&self, import: &str) -> Vec<String> {
        wanting(self.plan(), import)
    }

    fn blame(&self) -> Blame {
        Blame::of(&self.bytes)
    }
}

/// The instances of a plan that want an import.
pub(super) fn wanting(plan: Option<&PlanSection>, import: &str) -> Vec<String> {
    let Some(plan) = plan else { return Vec::new() };
    let opens = |from: &PlannedFrom| matches!(from, PlannedFrom::Open { name, .. } if name == import);
    let wanting = plan.instances.iter().filter(|instance| instance.imports.iter().any(|wire| opens(&wire.from)));
    wanting.map(|instance| instance.name.clone()).collect()
}
