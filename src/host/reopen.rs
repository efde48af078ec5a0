//! An artifact of ours back to the plan that it carries: the components inside, wired again as the plan says.
//!
//! The components are embedded whole, so nothing is lost; what was chosen by rules then is pinned now. A plan is a claim: what
//! comes of it is held against it, and what does not come out the same is not taken.

use crate::diag::Sink;
use crate::emit;
use crate::emit::plan::reason_word;
use crate::inspect::plan_section::{self, PlanSection, PlannedExport, PlannedFrom};
use crate::model::component::Digest;
use crate::model::host::HostProfile;
use crate::model::plan::Reason;
use crate::model::request::{ExportRequest, Input, InputFrom, InstanceRequest, Pin, PinTo, Request, Written};
use crate::pipeline::{self, Planned};
use bytes::Bytes;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use wasmparser::{Parser, Payload};

/// The target that takes most.
const LAX: &str = "tools-0.263";

/// Why an artifact cannot be taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// It carries no plan.
    NoPlan,
    /// A component of the plan is not in it.
    Missing,
    /// The plan does not come out the same.
    Different,
}

/// The plan of an artifact, with the components that it speaks of.
///
/// # Errors
/// If it carries no plan, or one that is not its own.
pub fn planned(artifact: &Bytes) -> Result<Planned, Closed> {
    let section = crate::inspect::unjudged(artifact).and_then(|anatomy| anatomy.plan).ok_or(Closed::NoPlan)?;
    let plan = plan_section::read(&section).map_err(|_| Closed::NoPlan)?;
    let mut request = request(artifact, &plan).ok_or(Closed::Missing)?;
    let mut again = || {
        let mut sink = Sink::default();
        let planned = pipeline::plan(&request, &mut sink);
        let checked = pipeline::check(&planned, &mut sink)?;
        let name = (plan.name.as_deref(), plan.release.as_deref());
        let section = emit::plan::json(checked.plan(), &planned.components, name.0, name.1);
        let same = plan_section::read(&section).is_ok_and(|section| told(section) == told(plan.clone()));
        // What has types only comes out by whether the rule was asked at all.
        request.auto_wire = !request.auto_wire;
        same.then(|| Planned { profile: HostProfile::default(), ..planned })
    };
    again().or_else(again).ok_or(Closed::Different)
}

/// A plan without its reasons and its maker, and without its order but for the root: in that it was asked for otherwise.
fn told(mut plan: PlanSection) -> PlanSection {
    plan.composer.clear();
    plan.components.sort_by(|one, other| one.name.cmp(&other.name));
    if let Some((_, others)) = plan.instances.split_first_mut() {
        others.sort_by(|one, other| one.name.cmp(&other.name));
    }
    plan.open.sort_by(|one, other| one.name.cmp(&other.name));
    plan.exports.sort_by(|one, other| one.name.cmp(&other.name));
    for wire in plan.instances.iter_mut().flat_map(|instance| &mut instance.imports) {
        wire.reason.clear();
    }
    plan
}

fn request(artifact: &Bytes, plan: &PlanSection) -> Option<Request> {
    let inside = components(artifact);
    let mut request = Request::new();
    // What the result may have was judged when it was built; what of it this engine has is judged piece by piece.
    request.target = Some(Written::new(LAX));
    request.export_root = false;
    for component in &plan.components {
        let bytes = inside.get(&component.sha256)?.clone();
        let from = InputFrom::Memory { origin: component.name.clone(), bytes };
        request.inputs.push(Input { name: Some(Written::new(component.name.as_str())), from });
    }
    for instance in &plan.instances {
        let name = || Written::new(instance.name.as_str());
        if instance.name != instance.component {
            let component = Some(Written::new(instance.component.as_str()));
            request.instances.push(InstanceRequest { name: name(), component, keep: true });
        }
        // What is only there for its types is not asked for: it follows from the others.
        for wire in instance.imports.iter().filter(|wire| wire.reason != reason_word(&Reason::TypesOnly)) {
            let to = match &wire.from {
                PlannedFrom::Instance { instance, export } => provider(instance, export, &wire.import),
                PlannedFrom::Open { .. } => PinTo::Open(Written::new("open")),
                PlannedFrom::TypeOf { .. } | PlannedFrom::Synthesised | PlannedFrom::Nothing => continue,
            };
            let import = Written::new(wire.import.as_str());
            request.pins.push(Pin { instance: Some(name()), import, inferred: false, to });
        }
    }
    request.root = plan.instances.first().map(|root| Written::new(root.name.as_str()));
    for export in &plan.exports {
        if let PlannedExport::Instance { instance, export: item } = &export.from {
            let mut names = item.split('#').map(Written::new);
            let name = Some(Written::new(export.name.as_str()));
            let whole = item.is_empty();
            let first = names.next().filter(|_| !whole);
            let asked = ExportRequest::new(name, Written::new(instance.as_str()), first);
            let implements = export.implements.is_some();
            request.exports.push(ExportRequest { inner: names.collect(), whole, implements, ..asked });
        }
    }
    request.allow.push(Written::new("*"));
    request.allow_unused = true;
    Some(request)
}

/// The plug of a wire, as a pin names it.
fn provider(instance: &str, export: &str, import: &str) -> PinTo {
    let mut names = export.split('#').map(Written::new);
    match names.next() {
        _ if export.is_empty() => PinTo::Whole(Written::new(instance)),
        Some(first) if export != import => {
            PinTo::Export { instance: Written::new(instance), export: first, inner: names.collect() }
        }
        _ => PinTo::Instance(Written::new(instance)),
    }
}

/// The components directly inside, by digest.
fn components(artifact: &Bytes) -> BTreeMap<String, Bytes> {
    let (mut found, mut depth) = (BTreeMap::new(), 0_usize);
    for payload in Parser::new(0).parse_all(artifact).map_while(Result::ok) {
        match payload {
            Payload::ComponentSection { unchecked_range, .. } => {
                if depth == 0 {
                    let (start, end) = (unchecked_range.start as usize, unchecked_range.end as usize);
                    let bytes = artifact.slice(start..end);
                    found.insert(Digest(Sha256::digest(&bytes).into()).to_string(), bytes);
                }
                depth += 1;
            }
            Payload::ModuleSection { .. } => depth += 1,
            Payload::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    found
}
