//! What is inside of a component, by whomever it was composed: parts, sizes, instances, and the wires between them.
//!
//! Bytes in, [`Anatomy`] out. The wires are read back from the instance, alias and export sections, so they are what
//! the file really does and not what someone says about it; a plan inside the file is held against them. How any of
//! this is shown is no matter of this module, and nothing here decides anything about a composition.

pub mod against;
pub mod agree;
pub mod anatomy;
mod assemble;
mod counts;
pub mod diags;
pub mod graph;
mod made_of;
pub mod places;
pub mod plan_section;
mod read;
mod sections;
mod spaces;
pub mod wasi;

pub use anatomy::Anatomy;

use crate::decode::examine::{Examined, examine};
use crate::diag::Sink;
use crate::model::sizes::Sizes;
use crate::sources::InputFile;
use diags::Damaged;
use plan_section::{PlanSection, Unreadable};

/// Looks into a file. What is wrong with it goes to the sink; `None` if it is no valid component or core module.
pub fn run(file: &InputFile, sink: &mut Sink) -> Option<Inspected> {
    let (shape, sizes) = match examine(file) {
        Ok(Examined::Component(validated)) => (Some(validated.shape), validated.sizes),
        Ok(Examined::Module) => (None, Sizes::default()),
        Err(diagnostic) => {
            sink.report(*diagnostic);
            return None;
        }
    };
    let read = read::read(&file.bytes)
        .map_err(|error| sink.report(Damaged { origin: &file.origin, error: error.message() }))
        .ok()?;
    let plans = read.plans;
    let anatomy = assemble::anatomy(&file.bytes, read, shape, sizes);
    let plan = anatomy.plan.as_deref().and_then(|bytes| {
        let read = if plans > 1 { Err(Unreadable::Several(plans)) } else { plan_section::read(bytes) };
        read.map_err(|why| sink.report(diags::PlanUnreadable { origin: &file.origin, why: &why })).ok()
    });
    if let Some(plan) = &plan {
        agree::check(&file.origin, &anatomy, plan, sink);
    }
    Some(Inspected { anatomy, plan })
}

/// The same for bytes that nobody has judged, as far as they can be read; there is no type then.
pub fn unjudged(bytes: &[u8]) -> Option<Anatomy> {
    Some(assemble::anatomy(bytes, read::read(bytes).ok()?, None, Sizes::default()))
}

/// What is known of a file.
#[derive(Debug, Clone)]
pub struct Inspected {
    /// What is inside.
    pub anatomy: Anatomy,
    /// The plan it carries, if that can be read.
    pub plan: Option<PlanSection>,
}
