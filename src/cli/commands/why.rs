//! `compose why`: the reasons of the plan. It answers also where the composition has errors, for then it is asked most.

use crate::cli::args::Why;
use crate::cli::load;
use crate::cli::request::CommandLine;
use crate::cli::shell::Shell;
use crate::cli::{usage, why};
use crate::diag::render::Format;
use crate::pipeline;
use clap::error::ErrorKind;

pub(in crate::cli) fn run(args: &Why, shell: &Shell) -> Result<u8, clap::Error> {
    let mut sink = shell.sink();
    let line = CommandLine::new("why", &args.composition, None);
    let Some(loaded) = load::request(&args.composition, &line, &mut sink)? else { return Ok(shell.report(&sink)) };
    let planned = pipeline::plan_with(&loaded.request, &*loaded.memory, &mut sink);
    pipeline::check(&planned, &mut sink);
    let (plan, components) = (&planned.plan, &planned.components);
    match why::answer(&args.what, plan, components) {
        Some(answer) if shell.format == Format::Json => shell.out(&answer.json()),
        Some(answer) => shell.out(&answer.text()),
        // Without a whole plan it is no fault of the name that it is not found.
        None if sink.has_errors() => {}
        None => {
            let tip = why::near(&args.what, plan, components);
            let text = format!("no import and no instance of the plan is called `{}`\n\n  tip: {tip}", args.what);
            return Err(usage(ErrorKind::InvalidValue, text));
        }
    }
    Ok(shell.report(&sink))
}
