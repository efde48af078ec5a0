//! `compose check`: everything up to the gate, and the plan for reading.

use crate::cli::args::Check;
use crate::cli::colours::Kind;
use crate::cli::load;
use crate::cli::plan_text;
use crate::cli::request::CommandLine;
use crate::cli::shell::{Shell, Verbosity};
use crate::diag::render::Format;
use crate::model::request::Written;
use crate::{check, emit, pipeline};

pub(in crate::cli) fn run(args: &Check, shell: &Shell) -> Result<u8, clap::Error> {
    let mut sink = shell.sink();
    let line = CommandLine::new("check", &args.composition, None);
    let Some(loaded) = load::request(&args.composition, &line, &mut sink)? else { return Ok(shell.report(&sink)) };
    let planned = pipeline::plan_with(&loaded.request, &*loaded.memory, &mut sink);
    let checked = pipeline::check(&planned, &mut sink);
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
    Ok(shell.report(&sink))
}
