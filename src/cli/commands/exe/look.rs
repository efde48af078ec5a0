//! `compose exe inspect`, `verify` and `extract`: what is inside of an executable, and whether it is as it was.

use super::{not_sealed, opened, read, report, text};
use crate::cli::output;
use crate::cli::shell::{Shell, Verbosity};
use crate::diag::Sink;
use crate::diag::render::Format;
use crate::emit::write::{self, Protected, Target};
use crate::host::exe::diags::{SealedDamaged, StubChanged};
use crate::host::exe::{self, Verdict};
use crate::inspect::{plan_section, unjudged};
use crate::model::request::Written;
use clap::{Args, ValueHint};
use std::path::Path;

/// `compose exe inspect`.
#[derive(Debug, Args)]
pub(super) struct Inspect {
    /// The executable
    #[arg(value_name = "APP", value_hint = ValueHint::FilePath)]
    app: String,
}

pub(super) fn inspect(args: &Inspect, shell: &Shell) -> u8 {
    let mut sink = shell.sink();
    if let Some((file, opened)) = opened("inspect", &args.app, &mut sink)
        && shell.verbosity > Verbosity::Quiet
    {
        let anatomy = unjudged(&opened.component);
        let plan = anatomy.and_then(|anatomy| plan_section::read(anatomy.plan.as_deref()?).ok());
        let shown = text::Shown { file: &file, opened: &opened, plan: plan.as_ref() };
        match shell.format {
            Format::Json => shell.out(&text::json(&shown)),
            Format::Human | Format::Short => shell.out(&text::inspected(&shown)),
        }
    }
    report(shell, &sink)
}

/// `compose exe verify`.
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The executable
    #[arg(value_name = "APP", value_hint = ValueHint::FilePath)]
    app: String,
}

pub(super) fn verify(args: &Verify, shell: &Shell) -> u8 {
    let mut sink = shell.sink();
    if let Some(file) = read("verify", &args.app, &mut sink) {
        let verdict = exe::verify(&file.bytes);
        match verdict {
            None => not_sealed(&file, &mut sink),
            Some(Verdict::Damaged(damage)) => sink.report(SealedDamaged { origin: &file.origin, damage }),
            Some(Verdict::StubChanged) => sink.report(StubChanged { origin: &file.origin }),
            Some(Verdict::Intact) => {}
        }
        if let Some(verdict) = verdict {
            match shell.format {
                Format::Json => shell.out(&text::verdict_json(&file.origin, verdict)),
                _ if verdict == Verdict::Intact && shell.verbosity > Verbosity::Quiet => {
                    shell.out(&text::intact(&file.origin));
                }
                _ => {}
            }
        }
    }
    report(shell, &sink)
}

/// `compose exe extract`.
#[derive(Debug, Args)]
pub(super) struct Extract {
    /// The executable
    #[arg(value_name = "APP", value_hint = ValueHint::FilePath)]
    app: String,
    /// Where to write the component; `-` is standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: String,
}

pub(super) fn extract(args: &Extract, shell: &Shell) -> u8 {
    let mut sink = shell.sink();
    extracted(args, shell, &mut sink);
    report(shell, &sink)
}

fn extracted(args: &Extract, shell: &Shell, sink: &mut Sink) -> Option<()> {
    let (_, opened) = opened("extract", &args.app, sink)?;
    let target = match args.output.as_str() {
        "-" => Target::Stdout,
        path => output::file(Written::new(path), false),
    };
    let protected = [(args.app.as_str(), Path::new(&args.app))];
    write::write(
        [opened.component.as_slice()],
        &target,
        Protected { files: &protected, ..Protected::default() },
        sink,
    )?;
    shell.note(&text::extracted(&target, &opened));
    Some(())
}
