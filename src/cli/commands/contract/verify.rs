//! `compose contract verify`: providers against everything that was recorded, without the consumers.

use super::locked::Locked;
use super::parties;
use crate::cli::contracts::{Config, Configured};
use crate::cli::grammar::NamedFile;
use crate::cli::reporting::Reports;
use crate::cli::shell::Shell;
use crate::contract::finding::Layout;
use crate::contract::links::diags;
use crate::contract::lock::diags::NoEnvironment;
use crate::contract::lock::{self, Block, ELSEWHERE, Scope};
use clap::{Args, ValueHint};
use std::path::PathBuf;

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
    #[command(flatten)]
    config: Config,
    #[command(flatten)]
    reports: Reports,
    /// Validate every input again, whatever earlier runs found out
    #[arg(long)]
    no_cache: bool,
}

pub(super) fn run(args: &Verify, shell: &Shell) -> Result<u8, clap::Error> {
    let host: Vec<&str> = ["wasi:*"].into_iter().chain(args.allow_import.iter().map(String::as_str)).collect();
    let host = parties::host(&host)?;
    args.reports.judge()?;
    let mut sink = shell.sink();
    let subjects: Vec<String> = args.files.iter().map(|file| file.word.clone()).collect();
    let named = ("contract verify", subjects.as_slice());
    let Some(configured) = args.config.read(&mut sink)? else {
        return Ok(args.reports.unread(named, args.config.file(), shell, &mut sink));
    };
    let meant = args.locked.meant("verify", &configured);
    let Configured { policy, file, .. } = configured;
    let files: Vec<_> = args.files.iter().map(|file| (None, file)).collect();
    let providers = parties::load("verify", &files, None, args.no_cache, &mut sink).all;
    let Some(recorded) = meant.read(true, &[], &mut sink) else {
        return Ok(args.reports.unread(named, file.as_deref(), shell, &mut sink));
    };
    let environment = meant.environment();
    let is_asked = |block: &&Block| environment.is_none() || block.environment.as_deref() == environment;
    let blocks: Vec<&Block> = recorded.blocks.iter().filter(is_asked).collect();
    if let (Some(environment), true) = (&meant.environment, blocks.is_empty()) {
        sink.report(NoEnvironment { environment, known: &recorded.environments() });
    }
    // Not all of the providers are there, so what is missing is not missing.
    if sink.has_errors() {
        return Ok(args.reports.unread(named, file.as_deref(), shell, &mut sink));
    }
    let all = match providers.as_slice() {
        [one] => one.name.clone(),
        _ => diags::THESE.into(),
    };
    let whole = args.whole || providers.len() > 1 && !args.part;
    let mut judged = lock::verify(blocks.iter().copied(), &providers, &Scope { host, whole, all });
    let is_judged = |link: &crate::contract::finding::Link| link.offered.is_some() || link.faults > 0;
    if !judged.links.iter().any(is_judged) && judged.unchecked.is_empty() {
        judged.unchecked.push(diags::NOBODY_CONCERNED.into());
    }
    let mut report = judged.report("contract verify", subjects.clone(), &policy);
    report.layout = Layout::ByConsumer;
    debug_assert!(!whole || report.links.iter().all(|link| link.between.provider != ELSEWHERE));
    let read: Vec<PathBuf> = args
        .files
        .iter()
        .map(|file| PathBuf::from(&file.word))
        .chain(file)
        .chain([PathBuf::from(&meant.lock)])
        .collect();
    Ok(args.reports.give(report, &read, shell, &mut sink))
}
