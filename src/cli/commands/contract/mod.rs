//! `compose contract`: the verbs about contracts between teams, one file each.

mod check;
mod diff;
pub(super) mod explain;
mod judging;
mod lint;
mod locked;
mod matrix;
mod parties;
mod record;
mod rules;
mod side;
mod verify;

use crate::cli::args::Deny;
use crate::cli::shell::Shell;
use check::Check;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use diff::Diff;
use explain::Explain;
use lint::Lint;
use matrix::Matrix;
use record::Record;
use rules::Rules;
use verify::Verify;

/// `compose contract`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Contract {
    #[command(subcommand)]
    verb: Verb,
    /// Make errors of all `warnings`
    // In the place of the option of all verbs, which knows more: nothing here has an artifact to compare with.
    #[arg(long, id = "deny", value_name = "WHAT", global = true, hide_possible_values = true, value_delimiter = ',',
        value_parser = PossibleValuesParser::new(["warnings"]).map(|_| Deny::Warnings), help_heading = "Everywhere")]
    _deny: Vec<Deny>,
}

/// What to do.
#[derive(Debug, Subcommand)]
enum Verb {
    /// Compare two versions of a contract: what changed, whom it breaks, which version it asks for
    Diff(Diff),
    /// Hold what components really import against what others export, or against a world
    Check(Check),
    /// Hold every consumer against every provider, as a table
    Matrix(Matrix),
    /// Write down what consumers really import, in `compose.contracts.lock`
    Record(Record),
    /// Hold providers against all recorded consumers, without having them
    Verify(Verify),
    /// Look for faults of one contract by itself, and for what a component may do
    Lint(Lint),
    /// List the rules of contracts
    Rules(Rules),
    /// Print the page of a rule: whom it breaks, why, what to do, with examples
    Explain(Explain),
}

pub(in crate::cli) fn run(args: &Contract, shell: &Shell) -> Result<u8, clap::Error> {
    match &args.verb {
        Verb::Diff(args) => diff::run(args, shell),
        Verb::Check(args) => check::run(args, shell),
        Verb::Matrix(args) => matrix::run(args, shell),
        Verb::Record(args) => record::run(args, shell),
        Verb::Verify(args) => verify::run(args, shell),
        Verb::Lint(args) => lint::run(args, shell),
        Verb::Rules(args) => rules::run(args, shell),
        Verb::Explain(args) => explain::run(args, shell),
    }
}
