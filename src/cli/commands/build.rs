//! `compose build`: the component, what else was asked for, and a short word on what it is.

use crate::cli::args::{Build, Verify};
use crate::cli::load::{self, Loaded};
use crate::cli::output::Outputs;
use crate::cli::plan_text;
use crate::cli::request::CommandLine;
use crate::cli::shell::{Shell, Verbosity};
use crate::cli::since;
use crate::pipeline::{self, LinkOptions};

pub(in crate::cli) fn run(args: &Build, shell: &Shell) -> Result<u8, clap::Error> {
    let mut sink = shell.sink();
    let line = CommandLine::new("build", &args.composition, args.output.as_deref());
    let Some(loaded) = load::request(&args.composition, &line, &mut sink)? else { return Ok(shell.report(&sink)) };
    let Loaded { request, manifest, memory } = &loaded;
    // The artifact before may be the very file that is written.
    let before = since::before("build", &args.against, &mut sink);
    let planned = pipeline::plan_with(request, &**memory, &mut sink);
    let outputs = Outputs::new(args, line.output(), &loaded, &planned)?;
    let manifest_name = manifest.as_ref().map(|path| path.display().to_string());
    let also: Vec<_> = manifest_name.as_deref().zip(manifest.as_deref()).into_iter().collect();
    let mut changed = None;
    let linked = pipeline::check(&planned, &mut sink).and_then(|checked| {
        changed = before.as_ref().and_then(|before| since::since(before, &planned, &checked, shell, &mut sink));
        if sink.has_errors() {
            return None;
        }
        // Nothing is written if anything cannot be.
        outputs.may_be_written(&planned, &also, &mut sink)?;
        let verify = match args.verify {
            Verify::Skeleton => pipeline::Verify::Skeleton,
            Verify::Full => pipeline::Verify::Full,
        };
        let options = LinkOptions { verify, plan_section: !args.no_plan };
        let to = (outputs.component(), &*also);
        pipeline::link_and_begin(request, &planned, &checked, options, &**memory, to, &mut sink)
    });
    let mut summary = String::new();
    let size = linked.as_ref().map(|(linked, _)| linked.size());
    if let Some((linked, begun)) = linked
        && outputs.write(request, (manifest.as_deref(), &also), &planned, (&linked, begun), &mut sink).is_some()
    {
        summary = outputs.summary(linked.size(), &planned.plan, &planned.components);
        summary.push_str(&plan_text::open_line(&planned.plan, &planned.components));
        summary.push_str(&plan_text::merged_lines(&planned.plan));
    }
    shell.note(&plan_text::renamed_lines(&planned));
    let size = size.filter(|_| !summary.is_empty());
    changed.iter().for_each(|since| since::for_programs(since, size, shell));
    let status = shell.report(&sink);
    if shell.verbosity > Verbosity::Normal {
        shell.note_plan(&format!("{}\n", plan_text::plan(&planned.plan, &planned.components, true)));
    }
    shell.note(&summary);
    changed.iter().for_each(|since| shell.note(&since::text(since, size)));
    Ok(status)
}
