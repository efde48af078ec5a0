//! `compose contract diff`: what changed from one version of a contract to the next, whom it breaks, and which version that
//! asks for.

use super::judging::{Judging, Run, Subjects};
use super::side::{self, Reader};
use crate::cli::contract_text;
use crate::cli::grammar::item;
use crate::cli::request::Line;
use crate::cli::shell::Shell;
use crate::cli::usage;
use crate::contract::compare::{self, Comparing};
use crate::contract::finding::Report;
use crate::contract::judge::judge;
use crate::contract::side::Side;
use crate::diag::{Code, Sink, shell_word};
use crate::model::contracts::Mode;
use crate::model::item_pattern::ItemPattern;
use clap::builder::PossibleValuesParser;
use clap::error::ErrorKind;
use clap::{Args, ValueHint};

/// `compose contract diff`.
#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The version before: WIT (a folder or a file), a component, a WIT package in wasm, `git:REV:PATH`, a manifest
    #[arg(value_name = "OLD", value_hint = ValueHint::AnyPath)]
    old: String,
    /// The version after, in any of these forms
    #[arg(value_name = "NEW", value_hint = ValueHint::AnyPath)]
    new: String,
    /// Versions before OLD, for modes that are transitive
    #[arg(long, value_name = "OLDER", value_hint = ValueHint::AnyPath)]
    against: Vec<String>,
    /// Who must not be broken: old compiled consumers with the new provider (backward), new consumers with the old provider
    /// (forward), or both (full); by OLD, or by all versions before (…-transitive). Without it, the versions decide
    #[arg(long, value_name = "MODE", value_parser = PossibleValuesParser::new(Mode::ALL.map(|(word, _)| word)))]
    mode: Option<String>,
    /// Interfaces that others implement, so that what is added there breaks them: `acme:plugin/*`
    #[arg(long, value_name = "ITEM", value_parser = item)]
    implemented: Vec<ItemPattern>,
    /// Take a side that is not there (a contract that was not there yet, or no longer is) for an empty one: everything is
    /// added, or everything is removed
    #[arg(long)]
    allow_missing: bool,
    /// Trust the rules without linking components to prove them
    #[arg(long)]
    no_witness: bool,
    /// Validate every component again, whatever earlier runs found out
    #[arg(long)]
    no_cache: bool,
    #[command(flatten)]
    judging: Judging,
}

pub(super) fn run(args: &Diff, shell: &Shell) -> Result<u8, clap::Error> {
    side::refuse_stdin(args.words())?;
    args.judging.run("contract diff", Subjects::at(args.words()), shell, |run| judged(args, run))
}

fn judged(args: &Diff, run: &mut Run<'_>) -> Result<Option<Report>, clap::Error> {
    let policy = &mut run.configured.policy;
    if let Some(mode) = &args.mode {
        policy.mode = Mode::find(mode);
    }
    policy.implemented.extend(args.implemented.iter().cloned());
    policy.told.extend(args.implemented.iter().cloned());
    if !args.against.is_empty() && !policy.mode.is_some_and(|mode| mode.transitive) {
        return Err(not_transitive(args));
    }
    let Some((mut sides, missing)) = sides(args, run) else { return Ok(None) };
    run.has_read(sides.iter().flat_map(|side| &side.texts).map(|text| &text.name));
    let new = sides.remove(1);
    let policy = &run.configured.policy;
    let how = Comparing { window: u64::from(policy.deprecation), witness: !args.no_witness };
    let (mut baselines, mut unchecked, mut proved) = (Vec::new(), Vec::new(), None);
    for old in &sides {
        let compared = compare::run(old, &new, how);
        baselines.push(compared.baseline);
        unchecked.extend(compared.unchecked);
        proved = compared.proved.map(|count| count + proved.unwrap_or(0)).or(proved);
    }
    if args.against.is_empty() && policy.mode.is_some_and(|mode| mode.transitive) {
        run.shell.note(contract_text::NO_OLDER);
    }
    let mut report = judge(baselines, &new, policy);
    report.unchecked.extend(unchecked);
    report.proved = proved;
    report.missing = missing;
    Ok(Some(report))
}

impl Diff {
    /// The versions that are named: old, new, and those before.
    fn words(&self) -> impl Iterator<Item = &String> {
        [&self.old, &self.new].into_iter().chain(&self.against)
    }
}

/// A usage error for versions that nobody asks.
fn not_transitive(args: &Diff) -> clap::Error {
    let asked = args.mode.as_deref().unwrap_or("backward");
    let against = args.against.iter().map(|word| format!("--against {}", shell_word(word))).collect::<Vec<_>>();
    let (old, new) = (shell_word(&args.old), shell_word(&args.new));
    let command = format!("compose contract diff {old} {new} {} --mode {asked}-transitive", against.join(" "));
    let text = "`--against` gives versions before OLD, which only transitive modes ask\n\n  tip: say which one";
    usage(ErrorKind::ArgumentConflict, format!("{text}: `{command}`"))
}

/// The versions in the order of their words, and those that are not there and are taken for empty; `None` if one cannot be
/// read, which is in the sink.
fn sides(args: &Diff, run: &mut Run<'_>) -> Option<(Vec<Side>, Vec<String>)> {
    let reader = Reader::new(args.no_cache);
    let options = [None, None].into_iter().chain(args.against.iter().map(|_| Some("--against")));
    let line = Line::new("compose contract diff", options.zip(args.words().map(String::as_str)));
    let written: Vec<_> = args.words().enumerate().map(|(at, word)| line.part(at, 0..word.len())).collect();
    let (mut missing, mut passed_over) = (Vec::new(), Vec::new());
    let mut sides: Vec<Option<Side>> = Vec::new();
    for word in &written {
        let mut own = run.shell.sink();
        let mut side = reader.side(word, &mut own).map(|loaded| loaded.side);
        if args.allow_missing && side.is_none() && is_missing(&own) {
            missing.push(word.text.clone());
            side = Some(Side::empty(&word.text));
            passed_over.push(std::mem::replace(&mut own, run.shell.sink()));
        }
        sides.push(side);
        run.sink.take(own);
    }
    // With nothing on any side there is nothing to compare.
    if missing.len() == written.len() {
        passed_over.into_iter().for_each(|own| run.sink.take(own));
    }
    let sides = sides.into_iter().collect::<Option<Vec<Side>>>().filter(|_| !run.sink.has_errors())?;
    Some((sides, missing))
}

/// Whether nothing is wrong with a side but that it is not there.
fn is_missing(sink: &Sink) -> bool {
    let mut told = sink.diagnostics().iter();
    told.len() > 0 && told.all(|told| [Code::InputMissing, Code::NotInRevision].contains(&told.code))
}
