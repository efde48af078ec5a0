//! `compose contract record`: writes down what consumers really import.

use super::locked::Locked;
use super::parties;
use crate::cli::contract_text;
use crate::cli::contracts::Config;
use crate::cli::exit;
use crate::cli::grammar::NamedFile;
use crate::cli::request::Line;
use crate::cli::shell::Shell;
use crate::contract::lock;
use crate::contract::lock::diags::IsWit;
use crate::emit::write::{self, Protected, Target};
use crate::model::request::Written;
use clap::{Args, ValueHint};
use std::path::{Path, PathBuf};

/// `compose contract record`.
#[derive(Debug, Args)]
pub(super) struct Record {
    /// The consumers; what was recorded under the same name is replaced
    #[arg(value_name = "[NAME=]FILE", required_unless_present = "retire", value_hint = ValueHint::FilePath)]
    files: Vec<NamedFile>,
    /// Take a consumer out that no longer exists
    #[arg(long, value_name = "NAME")]
    retire: Vec<String>,
    /// Record imports of `wasi:*` too: they are left to the host otherwise, since no team answers for them
    #[arg(long)]
    all: bool,
    /// Write nothing; fail if the lock is not what would be written
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    locked: Locked,
    #[command(flatten)]
    config: Config,
    /// Validate every input again, whatever earlier runs found out
    #[arg(long)]
    no_cache: bool,
}

pub(super) fn run(args: &Record, shell: &Shell) -> Result<u8, clap::Error> {
    let mut sink = shell.sink();
    let Some(configured) = args.config.read(&mut sink)? else {
        shell.report(&sink);
        return Ok(exit::CANNOT);
    };
    let meant = args.locked.meant("record", &configured);
    let environment = meant.environment();
    let files: Vec<_> = args.files.iter().map(|file| (None, file)).collect();
    let parties = match files.is_empty() {
        true => parties::Parties::default(),
        false => parties::load("record", &files, None, args.no_cache, &mut sink),
    };
    for package in parties.packages() {
        sink.report(IsWit { origin: package.origin() });
    }
    if let Some((name, file)) = parties.renamed.first() {
        return Err(parties::one_name(name, file));
    }
    let replaced = parties.components().map(|party| &party.name).chain(&args.retire);
    let replaced: Vec<String> = replaced.cloned().collect();
    let Some(mut recorded) = meant.read(false, &replaced, &mut sink) else {
        return Ok(contract_text::unread(&sink, shell));
    };
    let before = match recorded.damaged.is_empty() && !recorded.merged {
        true => lock::text(&recorded),
        false => String::new(),
    };
    let words = args.retire.iter().map(|name| (Some("--retire"), name.as_str()));
    let line = Line::new("compose contract record", words);
    let mut said = String::new();
    let words = contract_text::Recording { written: !args.check };
    for (index, name) in args.retire.iter().enumerate() {
        let written: Written = line.part(index, 0..name.len());
        if let Some(gone) = lock::retire(&mut recorded, environment, &written, &mut sink) {
            said.push_str(&words.retired(name, gone));
        }
    }
    for party in parties.components() {
        let wanted = |import: &str| args.all || !lock::is_hosts(import);
        let shape = (&party.shape, &wanted as &dyn Fn(&str) -> bool);
        let made = lock::record(&mut recorded, environment, &party.name, shape, party.origin(), &mut sink);
        if let Some(made) = made {
            said.push_str(&words.recorded(&made));
        }
    }
    if sink.has_errors() {
        return Ok(contract_text::unread(&sink, shell));
    }
    let after = lock::text(&recorded);
    if args.check {
        shell.out(&said);
        let same = before == after;
        shell.note(&contract_text::checked(&meant.lock, same));
        return Ok(contract_text::unread(&sink, shell).max(if same { exit::OK } else { exit::ERRORS }));
    }
    if std::fs::read(&meant.lock).is_ok_and(|there| there == after.as_bytes()) {
        shell.out(&said);
        shell.note(&contract_text::checked(&meant.lock, true));
        return Ok(contract_text::unread(&sink, shell));
    }
    let inputs: Vec<(&str, &Path)> =
        args.files.iter().map(|file| (&file.word[file.file.clone()], file.path())).collect();
    let target = Target::File {
        written: Written::new(&meant.lock),
        path: PathBuf::from(&meant.lock),
        make_folders: false,
        option: "--lock",
    };
    let protected = Protected { files: &inputs, ..Protected::default() };
    if write::write([after.as_bytes()], &target, protected, &mut sink).is_some() {
        shell.out(&said);
        shell.note(&contract_text::wrote(&meant.lock, &recorded));
    }
    Ok(contract_text::unread(&sink, shell))
}
