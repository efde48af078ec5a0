//! `compose contract check`: components against each other, or against a world.

use super::judging::{Judging, Run};
use super::parties;
use crate::cli::contract_text;
use crate::cli::grammar::NamedFile;
use crate::cli::shell::{Shell, Verbosity};
use crate::contract::finding::Report;
use crate::contract::links::{self, Judged, diags};
use crate::contract::party::Party;
use crate::contract::target;
use crate::model::import_pattern::ImportPattern;
use clap::{Args, ValueHint};

/// `compose contract check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Components; each is held against all others. WIT packages and folders offer what they describe
    #[arg(value_name = "[NAME=]FILE", required = true, value_hint = ValueHint::FilePath)]
    files: Vec<NamedFile>,
    /// Hold each component against a world instead: a WIT file or folder, and which of its worlds
    #[arg(long, value_name = "WIT[#WORLD]", value_parser = parties::world_word)]
    world: Option<String>,
    /// What the host has besides the world: an interface, `ns:pkg/*` or `ns:*`
    #[arg(long, value_name = "PATTERN", requires = "world")]
    allow_import: Vec<String>,
    /// Validate every input again, whatever earlier runs found out
    #[arg(long)]
    no_cache: bool,
    #[command(flatten)]
    judging: Judging,
}

pub(super) fn run(args: &Check, shell: &Shell) -> Result<u8, clap::Error> {
    if args.files.len() < 2 && args.world.is_none() {
        let tip = "name a second component, or hold it against a world with `--world wit`";
        return Err(parties::too_few("one component alone has nobody to be checked against", tip));
    }
    let host = parties::host(&args.allow_import.iter().map(String::as_str).collect::<Vec<_>>())?;
    let subjects = parties::subjects(args.files.iter());
    args.judging.run("contract check", subjects, shell, |run| Ok(Some(judge(args, &host, run))))
}

fn judge(args: &Check, host: &[ImportPattern], run: &mut Run<'_>) -> Report {
    let files: Vec<_> = args.files.iter().map(|file| (None, file)).collect();
    let parties = parties::load("check", &files, args.world.as_deref(), args.no_cache, &mut run.sink);
    run.has_read(&parties.read);
    let mut judged = Judged::default();
    if let Some(world) = &parties.world {
        for component in parties.components() {
            judged.take(target::conforms(component, world, host));
        }
        judged.unchecked.extend(parties.packages().map(diags::only_wit));
    } else if args.world.is_none() {
        let pairs: Vec<(&Party, &Party)> = parties
            .components()
            .flat_map(|one| parties.all.iter().map(move |other| (one, other)))
            .filter(|(one, other)| !std::ptr::eq(*one, *other))
            .collect();
        links::pairs(&pairs).into_iter().for_each(|pair| judged.take(pair));
        judged.settle();
        if judged.links.is_empty() && !run.sink.has_errors() {
            judged.unchecked.push(diags::NOTHING_SHARED.into());
        }
    }
    let report = judged.report("contract check", run.subjects.clone(), &run.configured.policy);
    if run.shell.verbosity > Verbosity::Normal {
        parties.components().for_each(|component| run.shell.note(&contract_text::usage(component)));
    }
    report
}
