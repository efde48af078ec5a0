//! `compose contract matrix`: every consumer against every provider.

use super::parties;
use crate::cli::contracts::{Config, Configured};
use crate::cli::grammar::NamedFile;
use crate::cli::reporting::Reports;
use crate::cli::shell::Shell;
use crate::contract::finding::Layout;
use crate::contract::links::{self, Judged, diags};
use crate::contract::party::Party;
use clap::{Args, ValueHint};
use std::path::PathBuf;

/// `compose contract matrix`.
#[derive(Debug, Args)]
pub(super) struct Matrix {
    /// Components that import
    #[arg(long, value_name = "[NAME=]FILE", num_args = 1.., required = true, value_hint = ValueHint::FilePath)]
    consumer: Vec<NamedFile>,
    /// Components that export; WIT packages and folders offer what they describe
    #[arg(long, value_name = "[NAME=]FILE", num_args = 1.., required = true, value_hint = ValueHint::FilePath)]
    provider: Vec<NamedFile>,
    #[command(flatten)]
    config: Config,
    #[command(flatten)]
    reports: Reports,
    /// Validate every input again, whatever earlier runs found out
    #[arg(long)]
    no_cache: bool,
}

pub(super) fn run(args: &Matrix, shell: &Shell) -> Result<u8, clap::Error> {
    args.reports.judge()?;
    let mut sink = shell.sink();
    let subjects: Vec<String> = args.consumer.iter().chain(&args.provider).map(|file| file.word.clone()).collect();
    let named = ("contract matrix", subjects.as_slice());
    let Some(Configured { policy, file, .. }) = args.config.read(&mut sink)? else {
        return Ok(args.reports.unread(named, args.config.file(), shell, &mut sink));
    };
    // A file on both sides is read once, and is one party.
    let mut words: Vec<(Option<&'static str>, &NamedFile)> = Vec::new();
    let mut index = |option, file| match words.iter().position(|(_, known)| *known == file) {
        Some(at) => at,
        None => {
            words.push((Some(option), file));
            words.len() - 1
        }
    };
    let consumers: Vec<usize> = args.consumer.iter().map(|file| index("--consumer", file)).collect();
    let providers: Vec<usize> = args.provider.iter().map(|file| index("--provider", file)).collect();
    let parties = parties::load("matrix", &words, None, args.no_cache, &mut sink);
    if sink.has_errors() {
        return Ok(args.reports.unread(named, file.as_deref(), shell, &mut sink));
    }
    let pick = |indices: &[usize]| indices.iter().map(|at| &parties.all[*at]).collect::<Vec<_>>();
    let (consumers, providers) = (pick(&consumers), pick(&providers));
    let pairs: Vec<(&Party, &Party)> = consumers
        .iter()
        .flat_map(|consumer| providers.iter().map(move |provider| (*consumer, *provider)))
        .filter(|(consumer, provider)| !std::ptr::eq(*consumer, *provider))
        .collect();
    let mut judged = Judged::default();
    for mut pair in links::pairs(&pairs) {
        pair.settle();
        judged.take(pair);
    }
    let nothing = judged.links.is_empty();
    judged
        .unchecked
        .extend(consumers.iter().filter(|party| party.is_wit()).map(|party| diags::wit_asks_nothing(party)));
    if nothing {
        judged.unchecked.push(diags::NOTHING_SHARED.into());
    }
    let names = |parties: &[&Party]| parties.iter().map(|party| party.name.clone()).collect::<Vec<_>>();
    let mut report = judged.report("contract matrix", subjects.clone(), &policy);
    report.layout = Layout::Table { consumers: names(&consumers), providers: names(&providers) };
    let files = args.consumer.iter().chain(&args.provider).map(|file| PathBuf::from(&file.word));
    let read: Vec<PathBuf> = files.chain(file).collect();
    Ok(args.reports.give(report, &read, shell, &mut sink))
}
