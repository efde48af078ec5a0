//! From components to a plan: which export fills which import, what stays open, what is exported, and why.
//!
//! The written rule, for each import of each instance that is reached from the root: a pin or a chain (`pins`,
//! `chains`); else what is on offer, by name and then by shape (`candidates`, `labels`, `world_level`); value types need
//! no provider (`types_only`); what nobody provides stays open if it may (`open`), and is an error with its near misses
//! if not (`near_miss`). Where several plugs fit, the whole graph decides (`select`). At the end, open imports are merged
//! (`merge`) and unused inputs and cycles are told (`unused`, `cycles`). A request may say that nothing is to be wired by
//! itself; then pins, chains and permissions are all there is.
//!
//! Identity of resources is no matter of names and is not judged here but over the finished plan, in `check`; only
//! where several whole wirings remain does `select` prefer one that is closed over resources. A broken wire does not
//! stop the run: one run reports everything known, and one cause once.
//!
//! Nothing here depends on the order of the inputs, except which of them is the root when none is named.

mod assemble;
mod candidates;
mod chains;
mod choice;
mod cycles;
mod diags;
mod exports;
mod instances;
mod labels;
mod merge;
mod near_miss;
mod open;
mod pins;
mod places;
mod plugs;
mod reach;
mod report;
mod select;
mod short;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod types_only;
mod unused;
mod world_level;
mod world_types;

pub use reach::run as reach;

use crate::diag::Sink;
use crate::model::component::Components;
use crate::model::plan::{InstanceId, Plan, PlanExport};
use crate::model::request::Request;
use crate::types::identity::judge;
use assemble::{Decided, Decisions};
use candidates::Offers;
use chains::Chains;
use choice::Choice;
use diags::{NoRoot, What};
use instances::Instances;
use open::Permissions;
use pins::Pins;
use select::{Edge, Graph, Wiring};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Everything the rule for a single socket looks at.
struct Context<'a> {
    request: &'a Request,
    components: &'a Components,
    instances: Instances<'a>,
    root: InstanceId,
    /// Instances that are in the plan whether or not something uses them.
    kept: Vec<InstanceId>,
    offers: Offers,
    pins: Pins<'a>,
    chains: Chains<'a>,
    permissions: Permissions<'a>,
    /// Whether errors were reported before, so that inputs may be missing.
    incomplete: bool,
    /// How many names may still be compared to find what is near.
    comparisons: Cell<usize>,
}

/// Makes the plan. What cannot be resolved is reported, and its wire has no source.
pub fn run(request: &Request, components: &Components, sink: &mut Sink) -> Plan {
    let incomplete = sink.is_incomplete();
    // What the user named: the instances there may be, the root, pins, chains, permissions.
    let mut instances = Instances::new(request, components, sink);
    let Some(root) = root(request, &instances, incomplete, sink) else { return Plan::default() };
    let chains = Chains::new(request, &mut instances, root, sink);
    // What is denied, or wired for all, may be meant for a component that was not read.
    let partial = incomplete || components.more_on_offer;
    let pins = Pins::new(request, &instances, partial, sink);
    let mut permissions = Permissions::new(request, sink);
    if !partial {
        permissions.report_idle(&instances, sink);
    }
    let offers = Offers::new(&instances);
    let kept = instances.kept(request);
    let comparisons = Cell::new(near_miss::COMPARED);
    let context = Context {
        request,
        components,
        instances,
        root,
        kept,
        offers,
        pins,
        chains,
        permissions,
        incomplete,
        comparisons,
    };
    // What is exported decides where the plan begins.
    let exports::Wanted { exports, asked } = exports::wanted(&context, sink);
    // The rule, socket by socket, as far as anything may reach.
    let (decisions, partial) = decide_all(&context, &exports);
    // From here each socket is decided alone; several plugs are settled by the graph.
    let graph = Graph { partial, ..graph(&context, &decisions, &exports) };
    let outcome = select::run(&graph, |wiring| closed(&context, &decisions, &exports, wiring));
    let cut = cycles::types_only_loops(&decisions, &outcome.chosen);
    // From here the wires are fixed.
    let decided = Decided { decisions: &decisions, chosen: &outcome.chosen, cut: &cut, tell: true };
    let mut draft = assemble::run(&context, &decided, &exports);
    report::broken(&context, &draft, sink);
    report::ambiguous(&context, &draft, outcome.gave_up, sink);
    let words = places::Words::new(request);
    cycles::report(&context, &draft, &words, sink);
    // What the result's imports and exports speak of has to have a name there.
    world_types::keep(&context, &mut draft);
    let kept = types_only::named(&context, &draft);
    merge::run(&context, &mut draft, kept, sink);
    unused::report(&context, &draft, sink);
    let places = places::of(request, components, &words, &asked, &draft.plan);
    Plan { places, ..draft.plan }
}

/// The root: the input of that name, else the first that was named.
fn root(request: &Request, instances: &Instances<'_>, incomplete: bool, sink: &mut Sink) -> Option<InstanceId> {
    if let Some(name) = &request.root {
        let by_origin = instances.ids().find(|id| instances.component(*id).origin == name.text);
        return match by_origin {
            Some(id) => Some(id),
            None => instances.named(name, What::Root, sink),
        };
    }
    let first = instances.ids().find(|id| instances.component(*id).named);
    // If the first input could not be read, no other is the root in its place.
    if incomplete && request.inputs.first().is_some_and(|input| !instances.components.has(input.origin())) {
        return None;
    }
    if first.is_none() && !incomplete {
        let offered = instances.components.items.iter().map(|component| component.name.as_str()).collect();
        sink.report(NoRoot { offered });
    }
    first
}

/// When so many plugs were compared with sockets, those that stand only behind a choice are left alone.
const COMPARED: usize = 50_000;

/// Decides every socket of every instance that any wiring could reach: first what is reached whatever is chosen, then
/// what is behind the choices, as far as [`COMPARED`] allows. Whether something was left undecided.
fn decide_all<'a>(context: &Context<'a>, exports: &[PlanExport]) -> (Decisions<'a>, bool) {
    let mut decisions = Decisions::new();
    let mut seen = BTreeSet::new();
    let mut stack: Vec<InstanceId> = seeds(context, exports);
    let mut behind = VecDeque::new();
    let mut compared = 0;
    while let Some(id) = stack.pop().or_else(|| behind.pop_front()) {
        if !seen.insert(id) {
            continue;
        }
        for socket in context.instances.sockets(id) {
            let decision = choice::decide(context, socket);
            compared += 1 + decision.rejected.len();
            match &decision.choice {
                Choice::Wire(plug, _) | Choice::TypesOnly(Some((plug, _))) => stack.push(plug.instance),
                Choice::Several(plugs) => {
                    compared += plugs.len();
                    behind.extend(plugs.iter().map(|plug| plug.instance));
                }
                Choice::Broken(_) => behind.extend(&decision.touched),
                Choice::Open(_) | Choice::TypesOnly(None) | Choice::TypeOf { .. } => {}
            }
            decisions.insert(socket, decision);
        }
        if stack.is_empty() && compared > COMPARED {
            break;
        }
    }
    let partial = behind.iter().any(|id| !seen.contains(id));
    (decisions, partial)
}

fn seeds(context: &Context<'_>, exports: &[PlanExport]) -> Vec<InstanceId> {
    let exporting = exports.iter().map(|export| export.plug.instance);
    [context.root].into_iter().chain(exporting).chain(context.kept.iter().copied()).collect()
}

/// The decisions as a graph, and what must be used: every named input, by any of its instances.
fn graph(context: &Context<'_>, decisions: &Decisions<'_>, exports: &[PlanExport]) -> Graph {
    let mut graph = Graph { seeds: seeds(context, exports), ..Graph::default() };
    for (socket, decision) in decisions {
        let edge = match &decision.choice {
            Choice::Wire(plug, _) => Edge::Fixed(plug.instance),
            Choice::TypesOnly(Some((plug, _))) => Edge::TypesOnly(plug.instance),
            Choice::Several(plugs) => Edge::Any(plugs.clone()),
            _ => continue,
        };
        graph.edges.entry(socket.instance).or_default().push((*socket, edge));
    }
    let mut by_component: BTreeMap<_, BTreeSet<InstanceId>> = BTreeMap::new();
    for id in context.instances.ids().filter(|id| context.instances.component(*id).named) {
        by_component.entry(context.instances.get(id).component).or_default().insert(id);
    }
    graph.required = by_component.into_values().collect();
    graph
}

/// Whether the plan of a wiring keeps every resource whole.
fn closed(context: &Context<'_>, decisions: &Decisions<'_>, exports: &[PlanExport], wiring: &Wiring) -> bool {
    let cut = cycles::types_only_loops(decisions, wiring);
    let mut draft = assemble::run(context, &Decided { decisions, chosen: wiring, cut: &cut, tell: false }, exports);
    let kept = types_only::named(context, &draft);
    merge::run(context, &mut draft, kept, &mut Sink::default());
    judge(&draft.plan, context.components).splits.is_empty()
}
