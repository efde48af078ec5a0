//! `--against OLD.wasm`: what a composition changes since an artifact, for people and for programs.

mod json;
mod text;

use super::args::Against;
use super::commands::inspect::load;
use super::shell::Shell;
use crate::check::CheckedPlan;
use crate::diag::Sink;
use crate::diag::render::Format;
use crate::inspect::against::{self, Composed, Since, diags};
use crate::pipeline::{self, Planned};

/// An artifact, looked into before it may be replaced.
pub(super) struct Before {
    file: crate::sources::InputFile,
    inspected: crate::inspect::Inspected,
}

impl Before {
    fn as_facts(&self) -> against::Before<'_> {
        let Self { file, inspected } = self;
        against::Before { origin: &file.origin, name: &file.name, bytes: file.bytes.len(), inspected }
    }
}

/// Looks into the artifact that is compared with, if there is to be one; what is wrong with it is in the sink.
pub(super) fn before(verb: &str, args: &Against, sink: &mut Sink) -> Option<Before> {
    let word = args.against.as_deref()?;
    let (file, inspected) = load(&format!("compose {verb} --against"), word, sink)?;
    if inspected.anatomy.shape.is_none() {
        sink.report(diags::NoComponentBefore { origin: &file.origin });
        return None;
    }
    Some(Before { file, inspected })
}

/// Compares; what is asked of the host and was not is in the sink.
pub(super) fn since(
    before: &Before,
    planned: &Planned,
    checked: &CheckedPlan<'_>,
    shell: &Shell,
    sink: &mut Sink,
) -> Option<Since> {
    let world = pipeline::predicted(planned, checked);
    let new = Composed { plan: &planned.plan, components: &planned.components, world: &world };
    let since = against::compare(before.as_facts(), new)?;
    for found in diags::new_imports(&since, shell.new_imports_denied) {
        sink.report(found);
    }
    Some(since)
}

/// What changed, as a line for programs; it goes before what is said of the run. People get it with [`text`].
pub(super) fn for_programs(since: &Since, size: Option<usize>, shell: &Shell) {
    if shell.format == Format::Json {
        shell.say(&json::json(since, size));
    }
}

/// What changed, for people; `size` is that of the result, if there is one.
pub(super) fn text(since: &Since, size: Option<usize>) -> String {
    text::text(since, size)
}
