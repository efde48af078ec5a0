//! `compose contract diff`: what changed between versions of a contract, whom it breaks, and which version it asks for.

use super::side::Reader;
use crate::cli::contract_text;
use crate::cli::request::words;
use crate::cli::shell::Shell;
use crate::contract::compare::{self, Comparing};
use crate::contract::judge::judge;
use crate::contract::policy::Policy;
use crate::contract::side::Side;
use crate::model::contracts::Mode;
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueHint};

/// `compose contract diff`.
#[derive(Debug, Args)]
pub(super) struct Diff {
    /// Versions, the new one last: WIT (a folder or a file), a component, a WIT package in wasm, `git:REV:PATH`, a manifest.
    /// Of several old ones the latest stands first
    #[arg(required = true, num_args = 2.., value_names = ["OLD", "NEW"], value_hint = ValueHint::AnyPath)]
    sides: Vec<String>,
    /// Who must not be broken: `backward` (old consumers with the new provider), `forward` (new consumers with the old
    /// provider), `full` (both); `-transitive` against every old version
    #[arg(long, value_name = "MODE", value_parser = PossibleValuesParser::new(Mode::ALL.map(|(word, _)| word)),
        hide_possible_values = true)]
    mode: Option<String>,
    /// Do not ask the validator whether what rules say about links is so
    #[arg(long)]
    no_witness: bool,
    /// Validate every component again, whatever earlier runs found out
    #[arg(long)]
    no_cache: bool,
}

pub(super) fn run(args: &Diff, shell: &Shell) -> u8 {
    let mut sink = shell.sink();
    let reader = Reader::new(args.no_cache);
    let named: Vec<&str> = args.sides.iter().map(String::as_str).collect();
    let written = words("compose contract diff", &named);
    let sides: Vec<Side> =
        written.iter().filter_map(|word| reader.side(word, &mut sink)).map(|loaded| loaded.side).collect();
    let (Some((new, old)), false) = (sides.split_last(), sink.has_errors()) else {
        return contract_text::unread(&sink, shell);
    };
    let policy = Policy { mode: args.mode.as_deref().and_then(Mode::find), ..Policy::default() };
    let how = Comparing { window: 1, witness: !args.no_witness };
    let (baselines, unchecked): (Vec<_>, Vec<_>) = old
        .iter()
        .map(|old| compare::run(old, new, how))
        .map(|compared| (compared.baseline, compared.unchecked))
        .unzip();
    let mut report = judge(baselines, new, &policy);
    report.unchecked.extend(unchecked.into_iter().flatten());
    contract_text::finish(&report, &sink, shell)
}
