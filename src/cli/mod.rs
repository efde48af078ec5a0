//! The command `compose`: words in, words out, and nothing between but calls of the library.
//!
//! `args.rs` is the command line as clap sees it, `request.rs` what it means, `commands/<verb>.rs` one verb each
//! (parse, call, print), `shell.rs` the only place that prints.

mod anatomy_json;
mod anatomy_text;
mod args;
mod commands;
mod exit;
mod front;
mod grammar;
mod init_text;
mod load;
mod output;
mod plan_text;
mod progress;
mod request;
mod shell;
mod signals;
mod why;

use crate::diag::visible;
use args::{Cli, Verb};
use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, ValueEnum};
use shell::Shell;
use std::process::ExitCode;

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    crate::diag::guard::hush();
    signals::watch();
    let status = parsed().and_then(|cli| run(&cli));
    exit::code(status.unwrap_or_else(|error| {
        progress::clear();
        shell::usage(&error);
        match error.exit_code() {
            0 => exit::OK,
            _ => exit::USAGE,
        }
    }))
}

/// The command line, understood. What clap says about one that is not must follow `--color` all the same.
fn parsed() -> Result<Cli, clap::Error> {
    let words: Vec<_> = std::env::args_os().collect();
    let color = words.iter().zip(words.iter().skip(1).map(Some).chain([None])).find_map(|(word, next)| {
        let word = word.to_str()?;
        let when = if word == "--color" { next?.to_str()? } else { word.strip_prefix("--color=")? };
        clap::ColorChoice::from_str(when, false).ok()
    });
    let command = Cli::command().color(color.unwrap_or_default());
    Cli::from_arg_matches(&command.try_get_matches_from(words)?)
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
        Verb::Graph(args) => commands::graph::run(args, &shell),
        Verb::Inspect(args) => Ok(commands::inspect::run(args, &shell)),
        Verb::Init(args) => commands::init::run(args, &shell),
        Verb::Explain(args) => commands::explain::run(args, &shell),
        Verb::Completions(args) => commands::completions::run(args, &shell),
        Verb::Man(args) => commands::man::run(args, &shell),
    }?;
    Ok(shell.status(status))
}

/// A usage error in clap's form, without the list of options, which would bury what is wrong.
fn usage(kind: ErrorKind, text: String) -> clap::Error {
    // The words may have names of files in them.
    clap::Error::raw(kind, format!("{}\n", visible(&text)))
}
