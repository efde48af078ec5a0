//! `compose why`: the reasons of the plan. It answers also where the composition has errors, for then it is asked most.

use crate::cli::args::Composition;
use crate::cli::load;
use crate::cli::request::CommandLine;
use crate::cli::shell::Shell;
use crate::cli::usage;
use crate::cli::why::{self, Question};
use crate::diag::render::Format;
use crate::link::predict;
use crate::pipeline;
use clap::Args;
use clap::error::ErrorKind;

/// `compose why`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Why {
    /// An import or export (with or without version; `INSTANCE:IMPORT` for one instance's), an instance, or an input
    #[arg(value_name = "NAME")]
    what: String,
    /// Ask why that instance or component does not fill the import
    #[arg(long, value_name = "CANDIDATE")]
    not: Option<String>,
    #[command(flatten)]
    composition: Composition,
}

pub(in crate::cli) fn run(args: &Why, shell: &Shell) -> Result<u8, clap::Error> {
    let mut sink = shell.sink();
    let line = CommandLine::new("why", &args.composition, None);
    let Some(loaded) = load::request(&args.composition, &line, &mut sink)? else { return Ok(shell.report(&sink)) };
    let planned = pipeline::plan_with(&loaded.request, &*loaded.memory, &mut sink);
    let world = pipeline::check(&planned, &mut sink)
        .map(|checked| predict::world(checked.plan(), &planned.components, planned.profile.canonical_names));
    let question = Question {
        what: &args.what,
        not: args.not.as_deref(),
        request: &loaded.request,
        planned: &planned,
        world: world.as_ref(),
    };
    match why::answer(&question) {
        Some(answer) if shell.format == Format::Json => shell.out(&answer.json()),
        Some(answer) => shell.out(&answer.text()),
        // Without a whole plan it is no fault of the name that it is not found.
        None if sink.has_errors() => {}
        None => return Err(usage(ErrorKind::InvalidValue, why::unknown(&question))),
    }
    Ok(shell.report(&sink))
}
