//! `compose init`: what `build` would be given on the command line, as a manifest that gives the same.
//!
//! The same words are read by the same rules, so that nothing can be asked for that a manifest could not say. What
//! resolves by itself is put beside it as comments (`init_text`), never as pins: a manifest that pins everything has to
//! be changed with every component. A composition with errors still gives a manifest, with the choices that are left
//! laid out; an input that cannot be used does not, for that is a slip on the command line.

use super::init_from;
use crate::cli::args::Composition;
use crate::cli::grammar::NamedFile;
use crate::cli::request::CommandLine;
use crate::cli::shell::Shell;
use crate::cli::{exit, front, init_text, load, plan_text, usage};
use crate::diag::{Severity, Sink};
use crate::emit::write::Target;
use crate::manifest::write::Text;
use crate::model::request::{Input, InputFrom, Request, Written};
use crate::pipeline::{self, Planned};
use clap::Args;
use clap::error::ErrorKind;
use std::path::{Component, Path, PathBuf};

/// Where a manifest goes if nothing else is said: where `build` and `check` look for it.
const OUTPUT: &str = "compose.toml";

/// `compose init`.
#[derive(Debug, Args)]
#[command(
    mut_arg("files", |arg| arg.help("The components to list; the first is the root")),
    // It says which manifest to read, and none is read here.
    mut_arg("manifest_path", |arg| arg.hide(true))
)]
pub(in crate::cli) struct Init {
    /// Say what a `.wac` document says, or a configuration of `wasm-tools compose` (YAML)
    #[arg(long, value_name = "DOCUMENT", value_hint = clap::ValueHint::FilePath, conflicts_with = "files")]
    pub(super) from: Option<PathBuf>,
    /// The root that a configuration is for [default: `root.wasm` or `root.wat` where it looks for components]
    #[arg(long, value_name = "[NAME=]FILE", value_hint = clap::ValueHint::FilePath, requires = "from")]
    pub(super) root_file: Option<NamedFile>,
    /// Where to write the manifest; `-` is standard output [default: compose.toml]
    #[arg(short, long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(super) output: Option<String>,
    /// Replace a manifest that is there
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    pub(in crate::cli) composition: Composition,
}

pub(in crate::cli) fn run(args: &Init, shell: &Shell) -> Result<u8, clap::Error> {
    let line = CommandLine::new("init", &args.composition, args.output.as_deref());
    let output = line.output().cloned().unwrap_or_else(|| Written::new(OUTPUT));
    if let Some(from) = &args.from {
        refuse_replacing(args, &output)?;
        return init_from::run(args, from, &line, &output, shell);
    }
    judge(args, &output)?;
    let mut request = Request { inputs: line.inputs(), ..Request::new() };
    line.apply(&mut request).map_err(|error| usage(ErrorKind::ValueValidation, error))?;
    let mut sink = shell.sink();
    let planned = pipeline::plan_with(&request, &*load::memory(args.composition.no_cache), &mut sink);
    if inputs_failed(&sink) {
        return Ok(shell.report(&sink));
    }
    pipeline::check(&planned, &mut sink);
    let target = Target::File {
        path: PathBuf::from(&output.text),
        written: output.clone(),
        make_folders: false,
        option: "--output",
    };
    if output.text != "-" && pipeline::may_write(&planned, &[], &target, &mut sink).is_none() {
        return Ok(shell.report(&sink));
    }
    let folder = Path::new(&output.text).parent().unwrap_or(Path::new(""));
    let written = as_in_manifest(&request, &planned, folder)?;
    let mut text = Text::of(&written);
    init_text::annotate(&mut text, &written, &planned, &sink);
    let text = text.finish();

    let unsettled = sink.has_errors();
    let mut summary = String::new();
    if output.text == "-" {
        shell.out(&text);
    } else {
        if pipeline::put(&planned, &[], text.as_bytes(), &target, &mut sink).is_some() {
            summary = said(&output, &written, &planned, unsettled);
        }
    }
    shell.note(&plan_text::renamed_lines(&planned));
    let status = shell.report(&sink);
    shell.note(&summary);
    Ok(status)
}

/// Whether the command line makes sense for a manifest.
fn judge(args: &Init, output: &Written) -> Result<(), clap::Error> {
    let Composition { files, offer, manifest_path, .. } = &args.composition;
    if manifest_path.is_some() {
        let text = "a manifest is written here and none is read: `--output FILE` says where it goes";
        return Err(usage(ErrorKind::ArgumentConflict, text.into()));
    }
    if files.is_empty() && offer.is_empty() {
        let text = "nothing to list: name the components, the root first\n\n  tip: compose init app.wasm kv.wasm";
        return Err(usage(ErrorKind::MissingRequiredArgument, text.into()));
    }
    if let Some(file) = files.iter().find(|file| &file.word[file.file.clone()] == "-") {
        let text = format!("`{}`: standard input has no path that a manifest could name", file.word);
        return Err(usage(ErrorKind::ValueValidation, text));
    }
    if let Some(file) = files.iter().find(|file| front::is_document(Path::new(&file.word[file.file.clone()]))) {
        let text = format!("`{0}` is no component\n\n  tip: compose init --from {0}", file.word);
        return Err(usage(ErrorKind::ArgumentConflict, text));
    }
    refuse_replacing(args, output)
}

/// Whether the manifest may be written where it is to go.
fn refuse_replacing(args: &Init, output: &Written) -> Result<(), clap::Error> {
    if output.text != "-" && !args.force && Path::new(&output.text).symlink_metadata().is_ok() {
        let name = plan_text::one_line(&output.text);
        let text =
            format!("`{name}` is there already\n\n  tip: `--force` replaces it, `-o -` only shows what it would be");
        return Err(usage(ErrorKind::ValueValidation, text));
    }
    Ok(())
}

/// Whether anything was wrong with the inputs themselves, before they were put together.
fn inputs_failed(sink: &Sink) -> bool {
    let errors = sink.diagnostics().iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    errors.into_iter().any(|error| exit::stage(error.code) < "04")
}

/// The request as the manifest has to say it: every input with its name, every path from the manifest's folder.
fn as_in_manifest(request: &Request, planned: &Planned, folder: &Path) -> Result<Request, clap::Error> {
    let mut written = request.clone();
    written.inputs.clear();
    // What could not be read ended the run before, so these are the inputs that were named, in their order.
    let root = planned.plan.instances.first().map(|root| &planned.components.get(root.component).name);
    let listed = planned.inputs.files.iter().filter(|file| file.named || Some(&file.name) == root);
    for file in listed {
        let path = from_folder(&file.origin, folder)?;
        let from = InputFrom::Path { path: PathBuf::from(&path), written: Written::new(path) };
        written.inputs.push(Input { name: Some(Written::new(&file.name)), from });
    }
    for offer in &mut written.offers {
        offer.written = Written::new(from_folder(&offer.written.text, folder)?);
    }
    written.root = planned.plan.instances.first().map(|root| Written::new(&root.name));
    Ok(written)
}

/// A path that was written for the folder of the process, as it reads from another.
pub(super) fn from_folder(path: &str, folder: &Path) -> Result<String, clap::Error> {
    let stays = folder.as_os_str().is_empty() || folder == Path::new(".");
    if stays && Path::new(path).is_relative() {
        return Ok(path.to_owned());
    }
    let failed = |error: &dyn std::fmt::Display| {
        usage(ErrorKind::Io, format!("`{}` cannot be named from the manifest: {error}", plan_text::one_line(path)))
    };
    let to = real(Path::new(path)).map_err(|error| failed(&error))?;
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let from = here.canonicalize().map_err(|error| failed(&error))?;
    let (to, from): (Vec<Component<'_>>, Vec<_>) = (to.components().collect(), from.components().collect());
    let same = to.iter().zip(&from).take_while(|(a, b)| a == b).count();
    // Drives have nothing in common.
    let steps: PathBuf = match same {
        0 => to.iter().collect(),
        _ => std::iter::repeat_n(Component::ParentDir, from.len() - same).chain(to[same..].iter().copied()).collect(),
    };
    let text = steps.to_str().ok_or_else(|| failed(&"its name is not UTF-8"))?;
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text.to_owned() };
    Ok(if text.is_empty() { ".".into() } else { text })
}

/// The true place of a path, but for its last part, which may be a link that is meant as such.
fn real(path: &Path) -> std::io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => Ok(folder.canonicalize()?.join(name)),
        _ => path.canonicalize(),
    }
}

/// What was written, in a few lines.
fn said(output: &Written, written: &Request, planned: &Planned, unsettled: bool) -> String {
    let count = written.inputs.len();
    let root = written.root.as_ref().map(|root| format!(", the root is `{}`", root.text)).unwrap_or_default();
    let plural = if count == 1 { "" } else { "s" };
    let mut out = format!("wrote {}: {count} component{plural}{root}\n", plan_text::one_line(&output.text));
    match unsettled {
        true => out.push_str("it is not settled yet: its comments lay out what is left to decide\n"),
        false => out.push_str(&plan_text::open_line(&planned.plan, &planned.components)),
    }
    out
}
