//! Which instances stay together: those between which a wire cannot be cut, or is not asked to be.
//!
//! Calls go from piece to piece along the wires, and a component cannot be entered while it is being left: pieces that
//! would call each other in a circle are one. So are instances that both have exports of the result.

use super::known::Known;
use crate::model::plan::{InstanceId, Plug, Socket};
use std::collections::{BTreeMap, BTreeSet};

/// A wire that is not cut, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Together {
    /// The instance whose import it fills.
    pub instance: String,
    /// The import.
    pub import: String,
    /// The instance that provides it.
    pub provider: String,
    /// Why.
    pub why: Why,
}

/// Why a wire is not cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It carries what the host cannot pass on: handles in streams.
    Carries(&'static str),
    /// Its ends stay together because of other wires.
    Others,
    /// One of the ends cannot be written down as a component of its own.
    NotAlone,
    /// Nobody asked.
    Unasked,
}

/// The groups of instances.
pub(super) struct Groups {
    groups: Vec<Vec<InstanceId>>,
    /// Wires between groups: who calls whom.
    cut: Vec<(Socket, Plug)>,
    pub(super) together: Vec<Together>,
}

/// Groups the instances; `kept` are wires that turned out not to be cut.
pub(super) fn of(known: &Known<'_>, kept: &BTreeSet<Socket>) -> Groups {
    let wires: Vec<(Socket, Plug)> =
        known.sockets().into_iter().filter_map(|socket| Some((socket, known.provider(socket)?))).collect();
    let mut sets = Sets(known.live.iter().map(|id| (*id, *id)).collect());
    let mut why = BTreeMap::new();
    for (socket, plug) in &wires {
        let reason = match known.obstacle(*socket) {
            Some(what) => Why::Carries(what),
            None if kept.contains(socket) => Why::NotAlone,
            None if !known.cuts.apart => Why::Unasked,
            None => continue,
        };
        why.insert(*socket, reason);
        sets.join(socket.instance, plug.instance);
    }
    let exporting: Vec<InstanceId> = known.planned.plan.exports.iter().map(|export| export.plug.instance).collect();
    let root = known.live.first().copied();
    for instance in exporting.iter().filter(|id| known.live.contains(id)) {
        root.into_iter().for_each(|root| sets.join(root, *instance));
    }
    while let Some((one, other)) = circle(&mut sets, &wires) {
        sets.join(one, other);
    }
    let mut groups: BTreeMap<InstanceId, Vec<InstanceId>> = BTreeMap::new();
    for id in &known.live {
        groups.entry(sets.of(*id)).or_default().push(*id);
    }
    let (inside, cut): (Vec<_>, Vec<_>) =
        wires.into_iter().partition(|(socket, plug)| sets.of(socket.instance) == sets.of(plug.instance));
    let together = inside.into_iter().map(|(socket, plug)| Together {
        instance: known.name(socket.instance).to_owned(),
        import: known.import(socket).0.to_owned(),
        provider: known.name(plug.instance).to_owned(),
        why: why.get(&socket).copied().unwrap_or(Why::Others),
    });
    Groups { together: together.collect(), groups: groups.into_values().collect(), cut }
}

impl Groups {
    /// The groups, each after those it calls, the one of the root last.
    pub(super) fn order(&self) -> Vec<Vec<InstanceId>> {
        let of = |id: InstanceId| self.groups.iter().position(|group| group.contains(&id));
        let mut needs: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); self.groups.len()];
        for (socket, plug) in &self.cut {
            if let (Some(caller), Some(called)) = (of(socket.instance), of(plug.instance)) {
                needs[caller].insert(called);
            }
        }
        let (mut order, mut done) = (Vec::new(), BTreeSet::new());
        // There is no circle, so each round has one whose needs are met. The root's comes first in the plan and is
        // called by nobody, so it is left for last.
        while let Some(next) = (0..self.groups.len()).rev().find(|at| !done.contains(at) && needs[*at].is_subset(&done))
        {
            done.insert(next);
            order.push(self.groups[next].clone());
        }
        let root = order.iter().position(|group| group.contains(&self.groups[0][0]));
        if let Some(root) = root {
            let group = order.remove(root);
            order.push(group);
        }
        order
    }

    /// The cut wires that begin or end in a group.
    pub(super) fn cut_at(&self, members: &[InstanceId]) -> Vec<Socket> {
        let at =
            |(socket, plug): &&(Socket, Plug)| members.contains(&socket.instance) || members.contains(&plug.instance);
        self.cut.iter().filter(at).map(|(socket, _)| *socket).collect()
    }
}

/// Sets of instances, each known by one of them.
struct Sets(BTreeMap<InstanceId, InstanceId>);

impl Sets {
    fn of(&self, id: InstanceId) -> InstanceId {
        self.0.get(&id).copied().unwrap_or(id)
    }

    fn join(&mut self, one: InstanceId, other: InstanceId) {
        let (one, other) = (self.of(one), self.of(other));
        let (keep, give) = (one.min(other), one.max(other));
        self.0.values_mut().filter(|set| **set == give).for_each(|set| *set = keep);
    }
}

/// Two sets that call each other, directly or by others.
fn circle(sets: &mut Sets, wires: &[(Socket, Plug)]) -> Option<(InstanceId, InstanceId)> {
    let mut graph = petgraph::graphmap::DiGraphMap::<usize, ()>::new();
    for (socket, plug) in wires {
        let (from, to) = (sets.of(socket.instance), sets.of(plug.instance));
        if from != to {
            graph.add_edge(from.0, to.0, ());
        }
    }
    let circles = petgraph::algo::tarjan_scc(&graph);
    let circle = circles.into_iter().find(|circle| circle.len() > 1)?;
    Some((InstanceId(circle[0]), InstanceId(circle[1])))
}
