//! `compose graph`: the wiring of a plan, or of a finished artifact, as a picture.
//!
//! Which of the two is meant is said by the user: a file that is named could be either, the root of a composition or
//! the result of one, and both pictures make sense.

use crate::cli::args::Composition;
use crate::cli::colours::Kind;
use crate::cli::commands::inspect;
use crate::cli::load;
use crate::cli::plan_text::{self, one_line};
use crate::cli::request::CommandLine;
use crate::cli::shell::Shell;
use crate::cli::usage;
use crate::diag::render::Format;
use crate::diag::{Sink, shell_word};
use crate::emit::graph;
use crate::model::graph::Graph as Wiring;
use crate::pipeline;
use clap::error::ErrorKind;
use clap::{Args, ValueEnum, ValueHint};
use std::path::Path;

/// `compose graph`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Graph {
    /// The form of the picture [default: tree; json with --message-format json]
    #[arg(long, value_enum, value_name = "FORM")]
    format: Option<Form>,
    /// Draw a finished component instead, by whomever it was composed; `-` is standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["files", "manifest_path", "root", "offer", "wire", "chain"])]
    artifact: Option<String>,
    #[command(flatten)]
    composition: Composition,
}

/// The form of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    // Text.
    Tree,
    // Graphviz.
    Dot,
    // Mermaid.
    Mermaid,
    // For programs.
    Json,
}

pub(in crate::cli) fn run(args: &Graph, shell: &Shell) -> Result<u8, clap::Error> {
    let mut sink = shell.sink();
    let wiring = match &args.artifact {
        Some(file) => of_artifact(file, &mut sink)?,
        None => of_plan(args, shell, &mut sink)?,
    };
    if let Some(wiring) = wiring.filter(|wiring| !wiring.instances.is_empty()) {
        let form = match (args.format, shell.format) {
            (Some(form), _) => form,
            (None, Format::Json) => Form::Json,
            (None, Format::Human | Format::Short) => Form::Tree,
        };
        match form {
            Form::Tree => shell.show(Kind::Tree, &graph::tree(&wiring)),
            Form::Dot => shell.out(&graph::dot(&wiring)),
            Form::Mermaid => shell.out(&graph::mermaid(&wiring)),
            Form::Json => shell.out(&graph::json(&wiring)),
        }
    }
    Ok(shell.report(&sink))
}

fn of_artifact(file: &str, sink: &mut Sink) -> Result<Option<Wiring>, clap::Error> {
    let Some((input, inspected)) = inspect::load("compose graph --artifact", file, sink) else { return Ok(None) };
    let stem = Path::new(&input.origin).file_stem().and_then(|stem| stem.to_str()).unwrap_or("component");
    match crate::inspect::graph::graph(&inspected.anatomy, stem) {
        Some(wiring) => Ok(Some(wiring)),
        None => {
            let text = format!(
                "`{0}` is a core module, which has no wires\n\n  tip: `compose inspect {1}` shows what is inside",
                one_line(file),
                one_line(&shell_word(file))
            );
            Err(usage(ErrorKind::InvalidValue, text))
        }
    }
}

fn of_plan(args: &Graph, shell: &Shell, sink: &mut Sink) -> Result<Option<Wiring>, clap::Error> {
    let line = CommandLine::new("graph", &args.composition, None);
    let Some(loaded) = load::request(&args.composition, &line, sink)? else { return Ok(None) };
    let planned = pipeline::plan_with(&loaded.request, &*loaded.memory, sink);
    pipeline::check(&planned, sink);
    shell.note(&plan_text::renamed_lines(&planned));
    Ok(Some(graph::of_plan(&planned.plan, &planned.components)))
}
