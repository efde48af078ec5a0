//! Cycles: an instance cannot be made before one that it is itself needed for.
//!
//! A wire that carries value types only is cut instead, since nobody has to provide value types. Every other cycle is an
//! error that prints the shortest loop of each knot, member by member, beginning at the member reached first. Nothing is
//! left open to break a loop: that would be an artifact that fails at run time.

use super::Context;
use super::assemble::{Decided, Decisions, Draft};
use super::choice::Choice;
use super::diags::{ImportCycle, LoopStep};
use super::places::Words;
use super::select::Wiring;
use crate::diag::Sink;
use crate::model::places::of_input;
use crate::model::plan::{InstanceId, Socket, Source};
use petgraph::algo::tarjan_scc;
use petgraph::graphmap::DiGraphMap;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The sockets whose types-only wires are to be cut because they are part of a loop.
pub(super) fn types_only_loops(decisions: &Decisions<'_>, chosen: &Wiring) -> BTreeSet<Socket> {
    let decided = Decided { decisions, chosen, cut: &BTreeSet::new(), tell: false };
    let edges: Vec<(Socket, InstanceId)> =
        decisions.keys().filter_map(|socket| Some((*socket, decided.plug(*socket)?.instance))).collect();
    let knot = knots(edges.iter().map(|(socket, to)| (socket.instance, *to)));
    let is_types_only = |socket: &Socket| matches!(decisions[socket].choice, Choice::TypesOnly(_));
    edges
        .iter()
        .filter(|(socket, to)| is_types_only(socket) && knot.get(&socket.instance) == knot.get(to))
        .map(|(socket, _)| *socket)
        .collect()
}

/// Reports every knot of the plan.
pub(super) fn report(context: &Context<'_>, draft: &Draft<'_, '_>, words: &Words<'_>, sink: &mut Sink) {
    let plan = &draft.plan;
    let mut edges: Vec<(Socket, InstanceId)> = Vec::new();
    for instance in plan.ids() {
        for (import, wire) in plan.wires[instance.0].iter().enumerate() {
            if let Some(Source::Plug(plug)) = &wire.source {
                edges.push((Socket { instance, import }, plug.instance));
            }
        }
    }
    let knot = knots(edges.iter().map(|(socket, to)| (socket.instance, *to)));
    let inner: Vec<(Socket, InstanceId)> =
        edges.into_iter().filter(|(socket, to)| knot.get(&socket.instance) == knot.get(to)).collect();
    let mut told = BTreeSet::new();
    for id in plan.ids().filter(|id| inner.iter().any(|(socket, _)| socket.instance == *id)) {
        if !told.insert(knot[&id]) {
            continue;
        }
        let steps: Vec<LoopStep<'_>> = shortest_loop(id, &inner)
            .into_iter()
            .map(|(socket, to)| {
                let old = draft.origin[socket.instance.0];
                let port = context.instances.import(Socket { instance: old, ..socket });
                let wire = &plan.wires[socket.instance.0][socket.import];
                LoopStep {
                    word: words.of(&wire.reason),
                    input: of_input(context.request, context.instances.component(old)),
                    from: &plan.instance(socket.instance).name,
                    import: port.name(),
                    to: &plan.instance(to).name,
                }
            })
            .collect();
        sink.report(ImportCycle { steps: &steps });
    }
}

/// A number for each instance, the same for those that reach one another; instances of no loop have none of their own.
fn knots(edges: impl Iterator<Item = (InstanceId, InstanceId)>) -> BTreeMap<InstanceId, usize> {
    let graph: DiGraphMap<usize, ()> = edges.map(|(from, to)| (from.0, to.0)).collect();
    tarjan_scc(&graph)
        .into_iter()
        .enumerate()
        .flat_map(|(number, members)| members.into_iter().map(move |id| (InstanceId(id), number)))
        .collect()
}

/// The shortest way from an instance back to itself.
fn shortest_loop(start: InstanceId, edges: &[(Socket, InstanceId)]) -> Vec<(Socket, InstanceId)> {
    let mut came: BTreeMap<InstanceId, (Socket, InstanceId)> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        for (socket, to) in edges.iter().filter(|(socket, _)| socket.instance == at) {
            if let std::collections::btree_map::Entry::Vacant(entry) = came.entry(*to) {
                entry.insert((*socket, *to));
                queue.push_back(*to);
            }
        }
        if came.contains_key(&start) {
            break;
        }
    }
    let mut steps = Vec::new();
    let mut at = start;
    while let Some(step) = came.get(&at) {
        steps.push(*step);
        at = step.0.instance;
        if at == start {
            break;
        }
    }
    steps.reverse();
    steps
}
