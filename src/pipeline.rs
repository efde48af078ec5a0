//! The stages of a composition, in order. Start reading here.
//!
//! A stage borrows the value before it, gives a new one, and puts what it has to say into the sink; nothing stops at
//! the first error. The one gate is before linking: only a plan without errors is linked.

use crate::check::diags::{Wanted, WorldUnusable};
use crate::check::world::Outcome;
use crate::check::{self, CheckedPlan};
use crate::contract::held::{self, Held};
use crate::decode;
use crate::decode::memory::{Forgetful, Memory, Valid, is_known, note};
use crate::diag::Sink;
use crate::diag::watch::{Counted, Stage};
use crate::emit;
use crate::emit::write::{Begun, Protected, Target};
use crate::link::{self, Broken, Linked};
use crate::model::component::{Components, Fingerprint};
use crate::model::host::HostProfile;
use crate::model::plan::Plan;
use crate::model::request::Request;
use crate::resolve;
use crate::sources::{self, Inputs};
use crate::types::shape::Shape;
use std::path::Path;

/// What is known before the gate: enough to explain everything, also if there are errors.
#[derive(Debug)]
pub struct Planned {
    /// The inputs as read.
    pub inputs: Inputs,
    /// Who is to take the result.
    pub profile: HostProfile,
    /// The inputs that are components.
    pub components: Components,
    /// The wiring.
    pub plan: Plan,
    /// Who is recorded as a consumer of the result, if it is held against anybody.
    pub held: Option<Held>,
}

/// How much of a result is validated before it is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Verify {
    /// Our own part of it, against the types of the inner components, which were validated when they were read.
    #[default]
    Skeleton,
    /// That, and then all bytes as a host would.
    Full,
}

/// How a result is made of a plan.
#[derive(Debug, Clone, Copy)]
pub struct LinkOptions {
    /// How much is validated.
    pub verify: Verify,
    /// Whether the artifact carries its plan.
    pub plan_section: bool,
}

impl Default for LinkOptions {
    fn default() -> Self {
        Self { verify: Verify::Skeleton, plan_section: true }
    }
}

/// From what the user asked for to a plan, with everything wrong with it in the sink.
pub fn plan(request: &Request, sink: &mut Sink) -> Planned {
    plan_with(request, &Forgetful, sink)
}

/// The same with a memory of what earlier runs found out.
pub fn plan_with(request: &Request, memory: &dyn Memory, sink: &mut Sink) -> Planned {
    let watcher = sink.watcher();
    // Find what is asked for by name.
    let request = &*sources::located(request, sink);
    // Read every input; what cannot be read is left out.
    watcher.begins(Stage::Read);
    let inputs = sources::load(request, sink);
    // Who is recorded as a consumer of the result must not be broken by it.
    let held = held::read(request, &inputs, sink);
    // Who takes the result decides what is valid in it.
    let profile = check::target::profile(request, sink);
    // Validate each distinct file in full, once, and keep its shape; what is remembered was validated before.
    watcher.begins(Stage::Validate);
    let mut components = decode::run(&inputs, &profile, memory, sink);
    // Note what is taken of them besides exports.
    resolve::reach(request, &mut components);
    // Solve the whole graph. From here the plan is fixed.
    watcher.begins(Stage::Resolve);
    let plan = resolve::run(request, &components, sink);
    watcher.done(Counted::Instances, plan.instances.len());
    watcher.done(Counted::Wires, plan.wires.iter().map(Vec::len).sum());
    Planned { inputs, profile, components, plan, held }
}

/// Judges a plan. This is the gate: without errors so far, the plan may be linked.
pub fn check<'p>(planned: &'p Planned, sink: &mut Sink) -> Option<CheckedPlan<'p>> {
    sink.watcher().begins(Stage::Check);
    let checked = check::run(&planned.plan, &planned.components, &planned.profile, sink)?;
    // The world of the result is known before it is made: it has to be the one that was asked for.
    conform(planned, &checked, sink);
    // What it exports has to do for those who are recorded as its consumers.
    hold(planned, &checked, sink);
    (!sink.has_errors()).then_some(checked)
}

/// Holds the predicted world against the one in the manifest.
fn conform(planned: &Planned, checked: &CheckedPlan<'_>, sink: &mut Sink) {
    let Some(world) = &planned.inputs.world else { return };
    let wanted = Wanted { name: &world.resolve.worlds[world.id].name, written: &world.written };
    let Planned { plan, components, .. } = planned;
    match decode::world::shape(world) {
        Ok(target) => {
            let predicted = predicted(planned, checked);
            let outcome = Outcome { shape: &predicted, plan, components };
            check::world::conforms(&outcome, &target, wanted, sink);
        }
        Err(why) => sink.report(WorldUnusable { wanted, why: &why }),
    }
}

/// Holds the predicted world against the recorded consumers.
fn hold(planned: &Planned, checked: &CheckedPlan<'_>, sink: &mut Sink) {
    if let Some(held) = &planned.held {
        held::run(held, predicted(planned, checked), &planned.plan, &planned.components, sink);
    }
}

/// The world that the result will have.
pub fn predicted(planned: &Planned, checked: &CheckedPlan<'_>) -> Shape {
    let Planned { components, profile, .. } = planned;
    link::predict::world(checked.plan(), checked.identity(), components, profile.canonical_names)
}

/// From a checked plan to the bytes of one component, verified.
pub fn link(
    request: &Request,
    planned: &Planned,
    checked: &CheckedPlan<'_>,
    options: LinkOptions,
    sink: &mut Sink,
) -> Option<Linked> {
    let (linked, json) = encode(request, planned, checked, options, sink)?;
    verify(&linked, &json, planned, checked, options, &Forgetful).map_err(|broken| sink.report(broken)).ok()?;
    sink.watcher().done(Counted::Bytes, linked.size());
    Some(linked)
}

/// The same, while the bytes are already being written to where nobody sees them. They are verified when they come back,
/// and [`finish`] lets them take their place. What `memory` knows to have been verified is not verified again.
pub fn link_and_begin<'t>(
    request: &Request,
    planned: &Planned,
    checked: &CheckedPlan<'_>,
    options: LinkOptions,
    memory: &dyn Memory,
    (target, also): (&'t Target, &AlsoRead<'_>),
    sink: &mut Sink,
) -> Option<(Linked, Begun<'t>)> {
    let (linked, json) = encode(request, planned, checked, options, sink)?;
    sink.watcher().done(Counted::Bytes, linked.size());
    sink.watcher().begins(Stage::Write);
    let mut said = Sink::default();
    let (verified, begun) = rayon::join(
        || verify(&linked, &json, planned, checked, options, memory),
        || begin(planned, also, bytes_of(&linked), target, &mut said),
    );
    verified.map_err(|broken| sink.report(broken)).ok()?;
    sink.take(said);
    Some((linked, begun?))
}

/// Encodes: inner components byte for byte, our own part around them. The plan as JSON comes with it.
fn encode(
    request: &Request,
    planned: &Planned,
    checked: &CheckedPlan<'_>,
    options: LinkOptions,
    sink: &mut Sink,
) -> Option<(Linked, Vec<u8>)> {
    sink.watcher().begins(Stage::Link);
    let name = request.name.as_ref().map(|name| name.text.as_str());
    let version = request.version.as_ref().map(|version| version.text.as_str());
    let json = emit::plan::json(checked.plan(), &planned.components, name, version);
    let sections = if options.plan_section { vec![(emit::plan::SECTION, json.clone())] } else { Vec::new() };
    let wanted = link::Options { name, canonical_names: planned.profile.canonical_names, sections };
    let linked = link::run(checked.plan(), checked.identity(), &planned.components, &wanted);
    linked.map_err(|broken| sink.report(broken)).ok().map(|linked| (linked, json))
}

/// The validator judges our part, and the world it sees has to be the predicted one; on demand it judges every byte.
fn verify(
    linked: &Linked,
    json: &[u8],
    planned: &Planned,
    checked: &CheckedPlan<'_>,
    options: LinkOptions,
    memory: &dyn Memory,
) -> Result<(), Broken> {
    let Planned { components, profile, .. } = planned;
    // The plan names each component by its digest: the same plan and the same bytes of ours are the same question.
    let question = Fingerprint::of_parts([profile.name.as_bytes(), &linked.skeleton, json]);
    if !is_known(memory, Valid::Result, question, profile.features) {
        link::verify::run(linked, checked.plan(), checked.identity(), components, profile)?;
        note(memory, Valid::Result, question, profile.features);
    }
    match options.verify {
        Verify::Skeleton => Ok(()),
        Verify::Full => link::verify::full(linked, profile.features).map(|_| ()),
    }
}

/// Files that were read besides the inputs, such as the manifest, by what the user calls them: no output replaces them.
pub type AlsoRead<'a> = [(&'a str, &'a Path)];

/// Whether a target may be written. Asked before anything is written, so that nothing is done in vain.
pub fn may_write(planned: &Planned, also: &AlsoRead<'_>, target: &Target, sink: &mut Sink) -> Option<()> {
    protecting(planned, also, |protected| target.judge(protected, sink)).map(|_| ())
}

/// Writes a linked component, if the inputs are still what was checked.
pub fn write(planned: &Planned, also: &AlsoRead<'_>, linked: &Linked, target: &Target, sink: &mut Sink) -> Option<()> {
    sink.watcher().begins(Stage::Write);
    let begun = begin(planned, also, bytes_of(linked), target, sink)?;
    finish(planned, vec![(begun, bytes_of(linked))], sink)
}

/// Lets outputs that were begun take their places, if the inputs are still what was checked: devices and pipes first, which
/// may still fail, so that then nothing is replaced.
pub fn finish(planned: &Planned, mut outputs: Vec<(Begun<'_>, Vec<&[u8]>)>, sink: &mut Sink) -> Option<()> {
    // The bytes checked are the bytes written: an input that changed in between is an error.
    if !sources::verify_unchanged(&planned.inputs, sink) {
        return None;
    }
    outputs.sort_by_key(|(begun, _)| !begun.is_stream());
    for (begun, pieces) in outputs {
        begun.finish(pieces, sink)?;
        sink.watcher().done(Counted::Files, 1);
    }
    Some(())
}

/// The bytes of a linked component, piece by piece.
pub fn bytes_of(linked: &Linked) -> Vec<&[u8]> {
    linked.pieces.iter().map(link::Piece::as_bytes).collect()
}

/// Writes something to where nobody sees it yet: it will be the old file or the new one, never a part of one, and never
/// over an input.
pub fn begin<'a, 't>(
    planned: &Planned,
    also: &AlsoRead<'_>,
    pieces: impl IntoIterator<Item = &'a [u8]>,
    target: &'t Target,
    sink: &mut Sink,
) -> Option<Begun<'t>> {
    protecting(planned, also, |protected| emit::write::begin(pieces, target, protected, sink))
}

/// Writes something besides the component, at once.
pub fn put(planned: &Planned, also: &AlsoRead<'_>, bytes: &[u8], target: &Target, sink: &mut Sink) -> Option<()> {
    sink.watcher().begins(Stage::Write);
    let written = begin(planned, also, [bytes], target, sink)?.finish([bytes], sink);
    sink.watcher().done(Counted::Files, written.iter().count());
    written
}

/// What no output may overwrite.
fn protecting<T>(planned: &Planned, also: &AlsoRead<'_>, act: impl FnOnce(Protected<'_>) -> T) -> T {
    let Inputs { read, offers, .. } = &planned.inputs;
    let read = read.iter().map(|(origin, path, _)| (origin.as_str(), path.as_path()));
    let files: Vec<_> = read.chain(also.iter().copied()).collect();
    let offers: Vec<_> = offers.iter().map(|(written, path)| (written.as_str(), path.as_path())).collect();
    act(Protected { files: &files, offers: &offers, ..Protected::default() })
}
