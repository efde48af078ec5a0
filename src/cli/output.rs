//! Where a build writes to: the component, and the other forms that `--emit` asks for.

use super::args::Build;
use super::grammar::{EmitKind, EmitWord};
use super::load::Loaded;
use super::{plan_text, usage};
use crate::diag::Sink;
use crate::emit::diags::DepfileLacks;
use crate::emit::write::{Begun, Target};
use crate::emit::{self, depfile, text};
use crate::link::Linked;
use crate::model::component::Components;
use crate::model::plan::Plan;
use crate::model::request::{Request, Written};
use crate::pipeline::{self, AlsoRead, Planned};
use clap::error::ErrorKind;
use std::path::{Path, PathBuf};

/// Everything that a build writes.
#[derive(Debug)]
pub(super) struct Outputs {
    /// Where the component goes.
    pub(super) component: Target,
    rest: Vec<(EmitKind, Target)>,
}

impl Outputs {
    /// As the command line says, else `target/compose/NAME.wasm`, beside the manifest if there is one.
    pub(super) fn new(
        args: &Build,
        written: Option<&Written>,
        loaded: &Loaded,
        planned: &Planned,
    ) -> Result<Self, clap::Error> {
        let component = match written {
            Some(written) if written.text == "-" => Target::Stdout,
            Some(written) => file(written.clone(), false),
            None => {
                let folder = loaded.manifest.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
                let path = folder.join("target/compose").join(format!("{}.wasm", name(&loaded.request, planned)));
                file(Written::new(path.display().to_string()), true)
            }
        };
        let mut rest: Vec<(EmitKind, Target)> = Vec::new();
        for word in &args.emit {
            if rest.iter().any(|(kind, _)| *kind == word.kind) {
                return Err(usage(
                    ErrorKind::ArgumentConflict,
                    format!("`--emit {}` is given twice", word.kind.word()),
                ));
            }
            rest.push((word.kind, target(word, &component)?));
        }
        let outputs: Vec<&Target> = [&component].into_iter().chain(rest.iter().map(|(_, target)| target)).collect();
        for (at, target) in outputs.iter().enumerate() {
            if let Some(first) = outputs[..at].iter().find(|first| first.meets(target)) {
                let (first, second) = (path(first).display().to_string(), path(target).display().to_string());
                let text = match first == second {
                    true => format!("two outputs would go to `{first}`"),
                    false => format!("two outputs would go to one file: `{first}` and `{second}`"),
                };
                return Err(usage(ErrorKind::ArgumentConflict, plan_text::one_line(&text)));
            }
        }
        Ok(Self { component, rest })
    }

    /// Where the component goes.
    pub(super) fn component(&self) -> &Target {
        &self.component
    }

    /// Whether everything may be written.
    pub(super) fn may_be_written(&self, planned: &Planned, also: &AlsoRead<'_>, sink: &mut Sink) -> Option<()> {
        pipeline::may_write(planned, also, &self.component, sink)?;
        self.rest.iter().try_for_each(|(_, target)| pipeline::may_write(planned, also, target, sink))
    }

    /// Writes what was asked for besides the component, and lets all take their places.
    pub(super) fn write(
        &self,
        request: &Request,
        (manifest, also): (Option<&Path>, &AlsoRead<'_>),
        planned: &Planned,
        (linked, component): (&Linked, Begun<'_>),
        sink: &mut Sink,
    ) -> Option<()> {
        let mut rest = Vec::new();
        for (kind, target) in &self.rest {
            let bytes = match kind {
                EmitKind::Plan => {
                    let word = |written: &'_ Option<Written>| written.as_ref().map(|written| written.text.clone());
                    let (name, version) = (word(&request.name), word(&request.version));
                    emit::plan::json(&planned.plan, &planned.components, name.as_deref(), version.as_deref())
                }
                EmitKind::Wit => text::wit(&linked.to_bytes(), &planned.inputs.wit, sink)?.into_bytes(),
                EmitKind::Wat => text::wat(&linked.to_bytes(), sink)?.into_bytes(),
                EmitKind::Deps => {
                    let inputs = planned.inputs.read.iter().map(|(_, path, _)| path.as_path());
                    let depfile = depfile::depfile(path(&self.component), inputs.chain(manifest));
                    if !depfile.left_out.is_empty() {
                        sink.report(DepfileLacks { left_out: &depfile.left_out, output: path(&self.component) });
                    }
                    depfile.text
                }
            };
            rest.push((bytes, target));
        }
        if sink.has_errors() {
            return None;
        }
        let mut outputs = vec![(component, pipeline::bytes_of(linked))];
        for (bytes, target) in &rest {
            let pieces = vec![bytes.as_slice()];
            outputs.push((pipeline::begin(planned, also, pieces.iter().copied(), target, sink)?, pieces));
        }
        pipeline::finish(planned, outputs, sink)
    }

    /// What was written, in a line.
    pub(super) fn summary(&self, size: usize, plan: &Plan, all: &Components) -> String {
        let to = match &self.component {
            Target::Stdout => "standard output".to_owned(),
            Target::File { written, .. } => plan_text::one_line(&written.text),
        };
        let made = plan.instances.iter().map(|instance| instance.component);
        let mut components: Vec<_> = made.filter(|id| !all.get(*id).declares).collect();
        let instances = components.len();
        components.sort();
        components.dedup();
        let counted = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
        let (instances, components) = (counted(instances, "instance"), counted(components.len(), "component"));
        format!("wrote {to} ({}): {instances} of {components}\n", plan_text::size(size))
    }
}

/// The name of the result's file: the composition's, else the root's.
fn name(request: &Request, planned: &Planned) -> String {
    let given = request.name.as_ref().map(|name| name.text.rsplit([':', '/']).next().unwrap_or_default().to_owned());
    let root = || planned.plan.instances.first().map(|root| root.name.clone());
    given.filter(|name| !name.is_empty()).or_else(root).unwrap_or_else(|| "composed".into())
}

/// A file that `--output` names.
pub(super) fn file(written: Written, make_folders: bool) -> Target {
    Target::File { path: PathBuf::from(&written.text), written, make_folders, option: "--output" }
}

fn path(target: &Target) -> &Path {
    match target {
        Target::Stdout => Path::new("-"),
        Target::File { path, .. } => path,
    }
}

/// Where a further form goes: as said, else beside the component with another ending.
fn target(word: &EmitWord, component: &Target) -> Result<Target, clap::Error> {
    match (&word.path, component) {
        (Some(path), _) if path == Path::new("-") => Ok(Target::Stdout),
        (Some(path), _) => Ok(file(Written::new(path.display().to_string()), false)),
        (None, Target::File { path, make_folders, .. }) => {
            let path = path.with_extension(word.kind.ending());
            Ok(file(Written::new(path.display().to_string()), *make_folders))
        }
        (None, Target::Stdout) => {
            let text = format!(
                "`--emit {0}` needs a file, since the component goes to standard output: `--emit {0}=FILE`",
                word.kind.word()
            );
            Err(usage(ErrorKind::MissingRequiredArgument, text))
        }
    }
}
