//! The command `compose`: words in, words out, and nothing between but calls of the library.
//!
//! `args.rs` is the command line as clap sees it, `request.rs` what it means, `commands/<verb>.rs` one verb each
//! (parse, call, print), `shell.rs` the only place that prints.

mod anatomy_json;
mod anatomy_text;
mod args;
#[cfg(feature = "host")]
mod calls;
#[cfg(feature = "host")]
mod case_files;
mod colours;
mod commands;
mod contract_text;
mod contracts;
mod exit;
mod front;
mod grammar;
#[cfg(feature = "host")]
mod hosting;
mod init_text;
mod load;
mod output;
#[cfg(test)]
mod pasted_tests;
mod plan_text;
mod progress;
mod report_words;
mod reporting;
mod request;
#[cfg(feature = "host")]
mod serve_text;
mod shell;
mod signals;
mod since;
#[cfg(feature = "host")]
mod subject;
#[cfg(feature = "host")]
mod tested;
#[cfg(feature = "host")]
mod trace;
#[cfg(feature = "host")]
mod trace_text;
mod usage;
mod why;

use crate::sources;
#[cfg(feature = "host")]
use args::OnlyRun;
use args::{Cli, Deny, Verb};
#[cfg(feature = "host")]
use clap::Parser as _;
use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches};
use shell::Shell;
use std::ffi::OsString;
use std::process::ExitCode;
use usage::usage;

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    // An executable with a component in it is no command of ours any more.
    #[cfg(feature = "host")]
    if let Some(status) = crate::host::exe::run_sealed() {
        return exit::code(status);
    }
    crate::diag::caught::hush();
    signals::spare_writers();
    let words: Vec<OsString> = std::env::args_os().collect();
    let status = parsed(&words).and_then(|cli| run(&cli));
    exit::code(status.unwrap_or_else(|error| {
        progress::clear();
        usage::print(&error, usage::value_of(&words, "--message-format").unwrap_or_default());
        match error.exit_code() {
            0 => exit::OK,
            _ => exit::USAGE,
        }
    }))
}

/// The command line, understood. What clap says about one that is not must follow `--color` all the same.
fn parsed(words: &[OsString]) -> Result<Cli, clap::Error> {
    #[cfg(feature = "host")]
    if let [own, verb, rest @ ..] = words
        && verb == "run"
        && let Ok(only) = OnlyRun::try_parse_from(std::iter::once(own).chain(rest))
    {
        return Ok(Cli { global: only.global, verb: Verb::Run(only.run) });
    }
    let color: Option<clap::ColorChoice> = usage::value_of(words, "--color");
    let command = Cli::command().color(color.unwrap_or_default());
    Cli::from_arg_matches(&command.try_get_matches_from(words)?)
}

fn run(cli: &Cli) -> Result<u8, clap::Error> {
    if let Some(folder) = &cli.global.directory {
        std::env::set_current_dir(folder).map_err(|error| {
            let name = folder.display();
            let text = match error.kind() {
                std::io::ErrorKind::NotFound => format!("there is no folder `{name}`"),
                std::io::ErrorKind::NotADirectory => format!("`{name}` is no folder"),
                _ => format!("the folder `{name}` cannot be entered: {}", sources::diags::system_words(&error)),
            };
            let near = sources::folder_beside(folder).map(|near| format!("\n\n  tip: did you mean `-C {near}`?"));
            usage(ErrorKind::InvalidValue, text + &near.unwrap_or_default())
        })?;
    }
    let compares = match &cli.verb {
        Verb::Build(args) => args.against.against.is_some(),
        Verb::Check(args) => args.against.against.is_some(),
        _ => false,
    };
    if cli.global.deny.contains(&Deny::NewImports) && !compares {
        let text =
            "`--deny new-imports` needs an artifact to compare with\n\n  tip: `compose build --against OLD.wasm`";
        return Err(usage(ErrorKind::MissingRequiredArgument, text.into()));
    }
    if !cli.verb.only_runs() {
        signals::watch();
    }
    let shell = Shell::new(&cli.global);
    let status = match &cli.verb {
        Verb::Build(args) => commands::build::run(args, &shell),
        Verb::Check(args) => commands::check::run(args, &shell),
        Verb::Why(args) => commands::why::run(args, &shell),
        Verb::Graph(args) => commands::graph::run(args, &shell),
        Verb::Inspect(args) => Ok(commands::inspect::run(args, &shell)),
        #[cfg(feature = "host")]
        Verb::Run(args) => commands::run::run(args, &shell),
        #[cfg(feature = "host")]
        Verb::Test(args) => commands::test::run(args, &shell),
        #[cfg(feature = "host")]
        Verb::Serve(args) => commands::serve::run(args, &shell),
        #[cfg(feature = "host")]
        Verb::Exe(args) => commands::exe::run(args, &shell),
        Verb::Init(args) => commands::init::run(args, &shell),
        Verb::Contract(args) => commands::contract::run(args, &shell),
        Verb::Explain(args) => commands::explain::run(args, &shell),
        Verb::Completions(args) => commands::completions::run(args, &shell),
        Verb::Man(args) => commands::man::run(args, &shell),
    }?;
    Ok(shell.status(status))
}
