//! `compose check`: everything up to the gate, and the plan for reading.

use crate::cli::args::Check;
use crate::cli::colours::Kind;
use crate::cli::load;
use crate::cli::plan_text;
use crate::cli::request::CommandLine;
use crate::cli::shell::{Shell, Verbosity};
use crate::cli::since;
use crate::diag::render::Format;
use crate::model::request::Written;
use crate::{check, emit, pipeline};

pub(in crate::cli) fn run(args: &Check, shell: &Shell) -> Result<u8, clap::Error> {
    let mut sink = shell.sink();
    let line = CommandLine::new("check", &args.composition, None);
    let Some(loaded) = load::request(&args.composition, &line, &mut sink)? else { return Ok(shell.report(&sink)) };
    let before = since::before("check", &args.against, &mut sink);
    let planned = pipeline::plan_with(&loaded.request, &*loaded.memory, &mut sink);
    let checked = pipeline::check(&planned, &mut sink);
    let changed = before.as_ref().zip(checked.as_ref());
    let changed = changed.and_then(|(before, checked)| since::since(before, &planned, checked, shell, &mut sink));
    if checked.is_some() && shell.verbosity > Verbosity::Quiet {
        let (plan, components) = (&planned.plan, &planned.components);
        match shell.format {
            Format::Json => {
                let word = |written: &Option<Written>| written.as_ref().map(|written| written.text.clone());
                let (name, version) = (word(&loaded.request.name), word(&loaded.request.version));
                let json = emit::plan::json(plan, components, name.as_deref(), version.as_deref());
                shell.out(&format!("{}\n", String::from_utf8_lossy(&json)));
            }
            Format::Human | Format::Short => {
                let verbose = shell.verbosity > Verbosity::Normal;
                shell.show(Kind::Plan, &plan_text::plan(plan, components, verbose));
                if verbose {
                    let sizes = check::margins::of(plan, components);
                    shell.out(&plan_text::margins(&sizes, &planned.profile));
                }
            }
        }
    }
    shell.note(&plan_text::renamed_lines(&planned));
    if let Some(since) = &changed {
        since::for_programs(since, None, shell);
    }
    let status = shell.report(&sink);
    changed.iter().for_each(|since| shell.note(&since::text(since, None)));
    Ok(status)
}
