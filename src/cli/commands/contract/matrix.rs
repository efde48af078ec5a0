//! `compose contract matrix`: every consumer against every provider.

use super::judging::{Judging, Run};
use super::parties;
use crate::cli::grammar::NamedFile;
use crate::cli::shell::Shell;
use crate::contract::finding::{Layout, Report};
use crate::contract::links::{self, Judged, diags};
use crate::contract::party::Party;
use clap::{Args, ValueHint};

/// `compose contract matrix`.
#[derive(Debug, Args)]
pub(super) struct Matrix {
    /// Components that import
    #[arg(long, value_name = "[NAME=]FILE", num_args = 1.., required = true, value_hint = ValueHint::FilePath)]
    consumer: Vec<NamedFile>,
    /// Components that export; WIT packages and folders offer what they describe
    #[arg(long, value_name = "[NAME=]FILE", num_args = 1.., required = true, value_hint = ValueHint::FilePath)]
    provider: Vec<NamedFile>,
    /// Validate every input again, whatever earlier runs found out
    #[arg(long)]
    no_cache: bool,
    #[command(flatten)]
    judging: Judging,
}

pub(super) fn run(args: &Matrix, shell: &Shell) -> Result<u8, clap::Error> {
    let subjects = parties::subjects(args.consumer.iter().chain(&args.provider));
    args.judging.run("contract matrix", subjects, shell, |run| Ok(judge(args, run)))
}

fn judge(args: &Matrix, run: &mut Run<'_>) -> Option<Report> {
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
    let parties = parties::load("matrix", &words, None, args.no_cache, &mut run.sink);
    run.has_read(&parties.read);
    if run.sink.has_errors() {
        return None;
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
    let mut report = judged.report("contract matrix", run.subjects.clone(), &run.configured.policy);
    report.layout = Layout::Table { consumers: names(&consumers), providers: names(&providers) };
    Some(report)
}
