//! `compose contract`: the verbs about contracts between teams, one file each.

mod check;
mod parties;

use crate::cli::shell::Shell;
use check::Check;
use clap::{Args, Subcommand};

/// `compose contract`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Contract {
    #[command(subcommand)]
    verb: Verb,
}

/// What to do.
#[derive(Debug, Subcommand)]
enum Verb {
    /// Hold what components really import against what others export, or against a world
    Check(Check),
}

pub(in crate::cli) fn run(args: &Contract, shell: &Shell) -> Result<u8, clap::Error> {
    match &args.verb {
        Verb::Check(args) => check::run(args, shell),
    }
}
