//! `compose contract`: the verbs about contracts between teams, one file each.

mod check;
mod locked;
mod matrix;
mod parties;
mod record;
mod verify;

use crate::cli::shell::Shell;
use check::Check;
use clap::{Args, Subcommand};
use matrix::Matrix;
use record::Record;
use verify::Verify;

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
    /// Hold every consumer against every provider, as a table
    Matrix(Matrix),
    /// Write down what consumers really import, in `compose.contracts.lock`
    Record(Record),
    /// Hold providers against all recorded consumers, without having them
    Verify(Verify),
}

pub(in crate::cli) fn run(args: &Contract, shell: &Shell) -> Result<u8, clap::Error> {
    match &args.verb {
        Verb::Check(args) => check::run(args, shell),
        Verb::Matrix(args) => Ok(matrix::run(args, shell)),
        Verb::Record(args) => Ok(record::run(args, shell)),
        Verb::Verify(args) => verify::run(args, shell),
    }
}
