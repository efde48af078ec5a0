//! `compose why`: the reasons of the plan. It answers also where the composition has errors, for then it is asked most.

use crate::cli::args::Composition;
use crate::cli::colours::Kind;
use crate::cli::front;
use crate::cli::load;
use crate::cli::plan_text::{self, one_line};
use crate::cli::request::CommandLine;
use crate::cli::shell::Shell;
use crate::cli::usage;
use crate::cli::why::{self, Question};
use crate::diag::render::Format;
use crate::diag::shell_word;
use crate::pipeline;
use clap::Args;
use clap::error::ErrorKind;
use std::path::Path;

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
    refuse_file(args)?;
    let mut sink = shell.sink();
    let line = CommandLine::new("why", &args.composition, None);
    let Some(mut loaded) = load::request(&args.composition, &line, &mut sink)? else { return Ok(shell.report(&sink)) };
    // A question may be about anything that is there.
    loaded.request.read_whole_offers = true;
    let planned = pipeline::plan_with(&loaded.request, &*loaded.memory, &mut sink);
    let world = pipeline::check(&planned, &mut sink).map(|checked| pipeline::predicted(&planned, &checked));
    let question = Question {
        what: &args.what,
        not: args.not.as_deref(),
        request: &loaded.request,
        planned: &planned,
        world: world.as_ref(),
    };
    shell.note(&plan_text::renamed_lines(&planned));
    match why::answer(&question) {
        Some(answer) if shell.format == Format::Json => shell.out(&answer.json()),
        Some(answer) => shell.show(Kind::Answer, &answer.text()),
        // Without a whole plan it is no fault of the name that it is not found.
        None if sink.has_errors() => {}
        None => return Err(usage(ErrorKind::InvalidValue, why::unknown(&question))),
    }
    Ok(shell.report(&sink))
}

/// Who leaves the name out gives a file in its place, and a file has a name that nothing in a composition can have.
fn refuse_file(args: &Why) -> Result<(), clap::Error> {
    let path = Path::new(&args.what);
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    if !(["wasm", "wat"].contains(&ending) || front::is_document(path)) || !path.is_file() {
        return Ok(());
    }
    let files = args.composition.files.iter().map(|file| file.word.as_str());
    let files: Vec<_> = [args.what.as_str()].into_iter().chain(files).map(shell_word).collect();
    let text = format!(
        "`{}` is a file, and what stands first is the NAME to ask for\n\n  tip: compose why NAME {}",
        one_line(&args.what),
        one_line(&files.join(" "))
    );
    Err(usage(ErrorKind::MissingRequiredArgument, text))
}
