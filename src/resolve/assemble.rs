//! From decisions about sockets to a plan: the instances that are reached, numbered in the order they are reached, and
//! their wires.
//!
//! What nothing reaches is not in the plan. Instances that a *failed* socket had looked at are added at the end, with
//! their own sockets, so that one run tells what is wrong with them too.

use super::Context;
use super::choice::{Choice, Decision, Problem};
use super::select::Wiring;
use crate::model::plan::{Instance, InstanceId, Plan, PlanExport, Plug, Reason, RejectedWhy, Socket, Source, Wire};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The decisions for all sockets that may matter, in the numbering of `instances`.
pub(super) type Decisions<'a> = BTreeMap<Socket, Decision<'a>>;

/// A plan with some sockets still to be settled.
pub(super) struct Draft<'d, 'a> {
    /// The plan; its open imports are still to be merged.
    pub(super) plan: Plan,
    /// For each instance of the plan, its number in `instances`.
    pub(super) origin: Vec<InstanceId>,
    /// For each instance of the plan, the socket through which it was reached first; none for where the plan begins.
    pub(super) via: Vec<Option<Socket>>,
    /// Sockets that stay open, and why.
    pub(super) open: Vec<(Socket, Reason)>,
    /// Sockets of value types only that no plug fills.
    pub(super) types_only: Vec<Socket>,
    /// Sockets that nothing fills.
    pub(super) broken: Vec<(Socket, &'d Problem<'a>)>,
}

/// The wires as they were decided.
pub(super) struct Decided<'d, 'a> {
    /// For each socket, what may fill it.
    pub(super) decisions: &'d Decisions<'a>,
    /// The plugs chosen where there were several.
    pub(super) chosen: &'d Wiring,
    /// Sockets whose types-only wire was cut because it closed a loop.
    pub(super) cut: &'d BTreeSet<Socket>,
    /// Whether what was passed over is to be told.
    pub(super) tell: bool,
}

impl Decided<'_, '_> {
    /// The plug that fills a socket.
    pub(super) fn plug(&self, socket: Socket) -> Option<Plug> {
        match &self.decisions.get(&socket)?.choice {
            Choice::Wire(plug, _) => Some(*plug),
            Choice::TypesOnly(Some((plug, _))) if !self.cut.contains(&socket) => Some(*plug),
            Choice::Several(_) => self.chosen.get(&socket).copied(),
            _ => None,
        }
    }

    /// The instances a socket had looked at in vain.
    fn touched(&self, socket: Socket) -> Vec<InstanceId> {
        let Some(decision) = self.decisions.get(&socket) else { return Vec::new() };
        match &decision.choice {
            Choice::Several(plugs) if !self.chosen.contains_key(&socket) => {
                plugs.iter().map(|plug| plug.instance).collect()
            }
            _ => decision.touched.clone(),
        }
    }
}

/// Makes the plan.
pub(super) fn run<'d, 'a>(context: &Context<'a>, decided: &Decided<'d, 'a>, exports: &[PlanExport]) -> Draft<'d, 'a> {
    let (origin, via) = reach(context, decided, super::seeds(context, exports));
    let new: BTreeMap<InstanceId, InstanceId> =
        origin.iter().enumerate().map(|(at, id)| (*id, InstanceId(at))).collect();
    let via = via.into_iter().map(|via| via.map(|via| Socket { instance: new[&via.instance], ..via })).collect();
    let renumber = |plug: Plug| Plug { instance: new[&plug.instance], ..plug };
    let mut draft =
        Draft { plan: Plan::default(), origin, via, open: Vec::new(), types_only: Vec::new(), broken: Vec::new() };
    draft.plan.exports =
        exports.iter().map(|export| PlanExport { plug: renumber(export.plug), ..export.clone() }).collect();
    for at in 0..draft.origin.len() {
        let old = draft.origin[at];
        let Instance { name, component } = context.instances.get(old).clone();
        draft.plan.instances.push(Instance { name, component });
        let mut wires = Vec::new();
        for before in context.instances.sockets(old) {
            let socket = Socket { instance: InstanceId(at), import: before.import };
            let mut wire = Wire { source: None, reason: Reason::Failed, rejected: Vec::new() };
            // Nobody looked at what is behind so many candidates, and the plan has failed for them.
            let Some(decision) = decided.decisions.get(&before) else {
                wires.push(wire);
                continue;
            };
            if decided.tell {
                wire.rejected.clone_from(&decision.rejected);
            }
            match &decision.choice {
                Choice::Wire(plug, reason) => wire.fill(Source::Plug(renumber(*plug)), reason.clone()),
                Choice::Open(reason) => draft.open.push((socket, reason.clone())),
                Choice::TypesOnly(Some((plug, reason))) if !decided.cut.contains(&before) => {
                    wire.fill(Source::Plug(renumber(*plug)), reason.clone());
                }
                Choice::TypesOnly(cut) => {
                    if let Some((plug, _)) = cut {
                        let why = RejectedWhy::Wiring;
                        wire.rejected.push(super::candidates::rejected(&context.instances, *plug, why));
                    }
                    draft.types_only.push(socket);
                }
                Choice::TypeOf { import, path } => {
                    wire.fill(Source::TypeOf { import: *import, path: path.clone() }, Reason::UsedFrom);
                }
                Choice::Several(plugs) => match decided.chosen.get(&before) {
                    Some(plug) => {
                        wire.fill(Source::Plug(renumber(*plug)), Reason::OnlyCompleteWiring);
                        for other in plugs.iter().filter(|other| decided.tell && *other != plug) {
                            let why = RejectedWhy::Wiring;
                            wire.rejected.push(super::candidates::rejected(&context.instances, *other, why));
                        }
                    }
                    None => {
                        let plugs = plugs.iter().filter(|plug| new.contains_key(&plug.instance));
                        draft.plan.undecided.push((socket, plugs.map(|plug| renumber(*plug)).collect()));
                    }
                },
                Choice::Broken(problem) => draft.broken.push((socket, problem)),
            }
            wire.rejected.sort();
            wires.push(wire);
        }
        draft.plan.wires.push(wires);
    }
    draft
}

impl Wire {
    fn fill(&mut self, source: Source, reason: Reason) {
        self.source = Some(source);
        self.reason = reason;
    }
}

/// All instances in the order they are reached, and the socket through which each was.
fn reach(
    context: &Context<'_>,
    decided: &Decided<'_, '_>,
    seeds: Vec<InstanceId>,
) -> (Vec<InstanceId>, Vec<Option<Socket>>) {
    let (mut order, mut via, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    let mut queue: VecDeque<(InstanceId, Option<Socket>)> = seeds.into_iter().map(|id| (id, None)).collect();
    let mut looked_at: VecDeque<(InstanceId, Option<Socket>)> = VecDeque::new();
    while let Some((id, from)) = queue.pop_front().or_else(|| looked_at.pop_front()) {
        if !seen.insert(id) {
            continue;
        }
        order.push(id);
        via.push(from);
        for socket in context.instances.sockets(id) {
            queue.extend(decided.plug(socket).map(|plug| (plug.instance, Some(socket))));
            looked_at.extend(decided.touched(socket).into_iter().map(|id| (id, Some(socket))));
        }
    }
    (order, via)
}
