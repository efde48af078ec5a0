//! `compose exe`: executables of components, made and looked into.

mod look;
mod make;
mod text;
mod upgrade;

use crate::cli::commands::inspect;
use crate::cli::shell::Shell;
use crate::cli::{exit, request};
use crate::diag::Sink;
use crate::emit::write::{self, Protected, Target};
use crate::host::exe::diags::{NotSealed, SealedDamaged};
use crate::host::exe::{Opened, note, open};
use crate::model::request::Written;
use crate::sources;
use bytes::Bytes;
use clap::{Args, Subcommand};
use make::Make;
use std::path::Path;

/// `compose exe`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(in crate::cli) struct Exe {
    #[command(subcommand)]
    verb: Option<Verb>,
    #[command(flatten)]
    make: Make,
}

/// What to do with an executable that is there.
#[derive(Debug, Subcommand)]
enum Verb {
    /// Show what is inside: the component, what it is given, the engine, sizes
    Inspect(look::Inspect),
    /// Look at every byte: is it as it was made, is its stub changed, or is it damaged?
    Verify(look::Verify),
    /// Compile the component inside again, for another stub
    Upgrade(upgrade::Upgrade),
    /// Take the component out, as it was
    Extract(look::Extract),
}

pub(in crate::cli) fn run(args: &Exe, shell: &Shell) -> Result<u8, clap::Error> {
    match &args.verb {
        None => make::run(&args.make, shell),
        Some(Verb::Inspect(args)) => Ok(look::inspect(args, shell)),
        Some(Verb::Verify(args)) => Ok(look::verify(args, shell)),
        Some(Verb::Upgrade(args)) => Ok(upgrade::run(args, shell)),
        Some(Verb::Extract(args)) => Ok(look::extract(args, shell)),
    }
}

/// An executable that was read.
struct File {
    /// What the user calls it.
    origin: String,
    /// Where that was written.
    written: Written,
    bytes: Bytes,
}

/// Reads an executable; `None` if that fails, which is in the sink.
fn read(verb: &str, word: &str, sink: &mut Sink) -> Option<File> {
    let command = format!("compose exe {verb}");
    if word == "-" {
        let file = inspect::file(&command, word, sink)?;
        return Some(File { origin: file.origin, written: file.written?, bytes: file.bytes });
    }
    let written = request::sole_word(&command, word);
    let bytes = sources::executable(&written, sink)?;
    Some(File { origin: word.into(), written, bytes })
}

/// Tells what was found, and gives the status: 1 is said of an executable that was judged, never of one that could not be read.
fn report(shell: &Shell, sink: &Sink) -> u8 {
    let unread = sink.diagnostics().iter().any(|diagnostic| exit::stage(diagnostic.code) == "02");
    let status = shell.report(sink);
    if unread { exit::CANNOT } else { status }
}

/// Reads an executable and takes out what is sealed in; `None` if that fails, which is in the sink.
fn opened(verb: &str, word: &str, sink: &mut Sink) -> Option<(File, Opened)> {
    let file = read(verb, word, sink)?;
    match open(&file.bytes) {
        None => {
            not_sealed(&file, sink);
            None
        }
        Some(Err(damage)) => {
            sink.report(SealedDamaged { origin: &file.origin, damage });
            None
        }
        Some(Ok(opened)) => Some((file, opened)),
    }
}

fn not_sealed(file: &File, sink: &mut Sink) {
    let stub = note(&file.bytes).map(|(says, _)| says);
    sink.report(NotSealed { origin: &file.origin, written: &file.written, stub: stub.as_ref() });
}

/// Writes an executable, whole or not at all. `None` if that fails, which is in the sink.
fn put(pieces: &[Vec<u8>], target: &Target, protected: &[(&str, &Path)], sink: &mut Sink) -> Option<()> {
    let pieces = || pieces.iter().map(Vec::as_slice);
    let protected = Protected { files: protected, ..Protected::default() };
    write::begin(pieces(), target, protected, sink)?.executable(sink)?.finish(pieces(), sink)
}
