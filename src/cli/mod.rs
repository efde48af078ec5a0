//! The command `compose`: words in, words out, and nothing between but calls of the library.
//!
//! `args.rs` is the command line as clap sees it, `request.rs` what it means, `commands/<verb>.rs` one verb each
//! (parse, call, print), `shell.rs` the only place that prints.

mod args;
mod commands;
mod exit;
mod front;
mod grammar;
mod load;
mod output;
mod plan_text;
mod request;
mod shell;
mod why;
mod words;

use args::{Cli, Verb};
use clap::Parser;
use clap::error::ErrorKind;
use shell::Shell;
use std::process::ExitCode;

/// The status of a process that was told to end, as shells give it for SIGINT.
const INTERRUPTED: i32 = 130;

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    // Whoever ends the process finds no half-written file; without a handler the file would only stay behind.
    let _ = ctrlc::set_handler(|| {
        crate::emit::write::discard_unfinished();
        std::process::exit(INTERRUPTED);
    });
    let status = Cli::try_parse().and_then(|cli| run(&cli));
    exit::code(status.unwrap_or_else(|error| {
        // Help and version come this way too. Nothing can be done if they cannot be printed.
        let _ = error.print();
        match error.exit_code() {
            0 => exit::OK,
            _ => exit::USAGE,
        }
    }))
}

fn run(cli: &Cli) -> Result<u8, clap::Error> {
    if let Some(folder) = &cli.global.directory {
        std::env::set_current_dir(folder)
            .map_err(|error| usage(ErrorKind::InvalidValue, format!("-C {}: {error}", folder.display())))?;
    }
    let shell = Shell::new(&cli.global);
    let status = match &cli.verb {
        Verb::Build(args) => commands::build::run(args, &shell),
        Verb::Check(args) => commands::check::run(args, &shell),
        Verb::Why(args) => commands::why::run(args, &shell),
        Verb::Init(args) => commands::init::run(args, &shell),
        Verb::Explain(args) => commands::explain::run(args, &shell),
    }?;
    Ok(shell.status(status))
}

/// A usage error in clap's form, without the list of options, which would bury what is wrong.
fn usage(kind: ErrorKind, text: String) -> clap::Error {
    clap::Error::raw(kind, format!("{text}\n"))
}
