//! `compose contract verify`: providers against everything that was recorded, without the consumers.

use super::judging::{Judging, Run};
use super::locked::Locked;
use super::parties;
use crate::cli::grammar::NamedFile;
use crate::cli::shell::Shell;
use crate::contract::finding::{Layout, Link, Report};
use crate::contract::links::diags;
use crate::contract::lock::diags::NoEnvironment;
use crate::contract::lock::{self, Block, ELSEWHERE, Scope};
use crate::model::import_pattern::ImportPattern;
use clap::{Args, ValueHint};

/// `compose contract verify`.
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The providers: components, or WIT files and folders. Of several it is asked whether they may be deployed together:
    /// what none of them has is a fault
    #[arg(value_name = "[NAME=]PROVIDER", required = true, value_hint = ValueHint::FilePath)]
    files: Vec<NamedFile>,
    /// These are not all that is deployed: what none of them has is no matter, as it is for a single provider
    #[arg(long, conflicts_with = "whole")]
    part: bool,
    /// This is all that is deployed, though it is a single provider
    #[arg(long)]
    whole: bool,
    /// What the host has besides `wasi:*`: an interface, `ns:pkg/*` or `ns:*`
    #[arg(long, value_name = "PATTERN")]
    allow_import: Vec<String>,
    #[command(flatten)]
    locked: Locked,
    /// Validate every input again, whatever earlier runs found out
    #[arg(long)]
    no_cache: bool,
    #[command(flatten)]
    judging: Judging,
}

pub(super) fn run(args: &Verify, shell: &Shell) -> Result<u8, clap::Error> {
    let host: Vec<&str> = ["wasi:*"].into_iter().chain(args.allow_import.iter().map(String::as_str)).collect();
    let host = parties::host(&host)?;
    let subjects = parties::subjects(args.files.iter());
    args.judging.run("contract verify", subjects, shell, |run| Ok(judge(args, host, run)))
}

fn judge(args: &Verify, host: Vec<ImportPattern>, run: &mut Run<'_>) -> Option<Report> {
    let meant = args.locked.meant("verify", &run.configured);
    let files: Vec<_> = args.files.iter().map(|file| (None, file)).collect();
    let parties = parties::load("verify", &files, None, args.no_cache, &mut run.sink);
    let providers = parties.all;
    run.has_read(parties.read);
    run.has_read([&meant.lock]);
    let recorded = meant.read(true, &[], &mut run.sink)?;
    let environment = meant.environment();
    let is_asked = |block: &&Block| environment.is_none() || block.environment.as_deref() == environment;
    let blocks: Vec<&Block> = recorded.blocks.iter().filter(is_asked).collect();
    if let (Some(environment), true) = (&meant.environment, blocks.is_empty()) {
        run.sink.report(NoEnvironment { environment, known: &recorded.environments() });
    }
    // Not all of the providers are there, so what is missing is not missing.
    if run.sink.has_errors() {
        return None;
    }
    let all = match providers.as_slice() {
        [one] => one.name.clone(),
        _ => diags::THESE.into(),
    };
    let whole = args.whole || providers.len() > 1 && !args.part;
    let mut judged = lock::verify(blocks.iter().copied(), &providers, &Scope { host, whole, all });
    let is_judged = |link: &Link| link.offered.is_some() || link.faults > 0;
    if !judged.links.iter().any(is_judged) && judged.unchecked.is_empty() {
        judged.unchecked.push(diags::NOBODY_CONCERNED.into());
    }
    let mut report = judged.report("contract verify", run.subjects.clone(), &run.configured.policy);
    report.layout = Layout::ByConsumer;
    debug_assert!(!whole || report.links.iter().all(|link| link.between.provider != ELSEWHERE));
    Some(report)
}
