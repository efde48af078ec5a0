//! `compose inspect`: what is inside of a file, by whomever it was made.

use crate::cli::colours::Kind;
use crate::cli::shell::{Shell, Verbosity};
use crate::cli::{anatomy_json, anatomy_text, request};
use crate::diag::Sink;
use crate::diag::render::Format;
use crate::emit::text;
use crate::inspect::{self, Inspected};
use crate::model::request::{Input, InputFrom, Request};
use crate::sources::{self, InputFile};
use crate::types::world_text::world_text;
use clap::{Args, ValueHint};
use std::path::PathBuf;

/// `compose inspect`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Inspect {
    /// A component or a core module; `-` is standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: String,
}

pub(in crate::cli) fn run(args: &Inspect, shell: &Shell) -> u8 {
    let mut sink = shell.sink();
    let Some((file, inspected)) = load("compose inspect", &args.file, &mut sink) else { return shell.report(&sink) };
    if shell.verbosity > Verbosity::Quiet {
        let wit = (shell.verbosity > Verbosity::Normal).then(|| wit(&file, &inspected)).flatten();
        match shell.format {
            Format::Json => shell.out(&anatomy_json::json(&file.origin, &inspected, wit.as_deref())),
            Format::Human | Format::Short => {
                shell.show(Kind::Anatomy, &anatomy_text::text(&file.origin, &inspected, wit.as_deref()));
            }
        }
    }
    shell.report(&sink)
}

/// Reads one file, which stands behind the command, and looks into it.
pub(in crate::cli) fn load(command: &str, word: &str, sink: &mut Sink) -> Option<(InputFile, Inspected)> {
    let file = file(command, word, sink)?;
    let inspected = inspect::run(&file, sink)?;
    Some((file, inspected))
}

/// Reads one file, which stands behind the command.
pub(in crate::cli) fn file(command: &str, word: &str, sink: &mut Sink) -> Option<InputFile> {
    let written = request::sole_word(command, word);
    let from = match word {
        "-" => InputFrom::Stdin(written),
        path => InputFrom::Path { path: PathBuf::from(path), written },
    };
    let request = Request { inputs: vec![Input { name: None, from }], ..Request::new() };
    sources::load(&request, sink).files.into_iter().next()
}

/// The world in WIT: with its packages if the decoder of WIT can tell them, else as our own text has it.
fn wit(file: &InputFile, inspected: &Inspected) -> Option<String> {
    let shape = inspected.anatomy.shape.as_ref()?;
    Some(text::decoded_wit(&file.bytes).unwrap_or_else(|_| world_text(shape)))
}
