//! The whole-graph decision: where several plugs fit a socket, the one wiring that uses every named input.
//!
//! Given `app`, `middle` and `leaf` over one interface that `middle` imports and exports, `app` could take either; only
//! app ← middle ← leaf leaves none of them out. So all wirings are searched that are free of new cycles and reach every
//! input that can be reached at all. If exactly one remains (and is closed over resources, which the caller judges), it
//! is taken; if several do, sockets on which they agree are taken too, and the others are ambiguous. Never the highest
//! version, never the first given: the order of sockets and plugs here is that of names, so the inputs' order cannot
//! show.
//!
//! The search tries at most [`STEPS`] partial wirings and stops at [`ENOUGH`] whole ones. This file knows numbers of
//! instances only, no components.

use crate::model::plan::{InstanceId, Plug, Socket};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The most partial wirings that are looked at.
pub(super) const STEPS: usize = 20_000;
/// When so many whole wirings were found, the question is ambiguous enough.
const ENOUGH: usize = 32;

/// Which instance may be wired to which.
#[derive(Debug, Default)]
pub(super) struct Graph {
    /// The sockets that lead to another instance, of each instance, in order.
    pub(super) edges: BTreeMap<InstanceId, Vec<(Socket, Edge)>>,
    /// Where the plan begins: the root, and whatever else is exported.
    pub(super) seeds: Vec<InstanceId>,
    /// Sets of instances of which at least one must be used: one set for each named input.
    pub(super) required: Vec<BTreeSet<InstanceId>>,
}

/// What a socket leads to.
#[derive(Debug, Clone)]
pub(super) enum Edge {
    /// This instance.
    Fixed(InstanceId),
    /// This instance, for value types; such an edge may be cut, so it closes no cycle.
    TypesOnly(InstanceId),
    /// One of these plugs.
    Any(Vec<Plug>),
}

/// The plugs chosen for sockets with several.
pub(super) type Wiring = BTreeMap<Socket, Plug>;

/// What the search found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Outcome {
    /// What is certain.
    pub(super) chosen: Wiring,
    /// The sockets for which nothing is.
    pub(super) ambiguous: BTreeSet<Socket>,
    /// Whether the search was given up before it could tell.
    pub(super) gave_up: bool,
}

/// Searches. `closed` says whether a whole wiring is closed over resources.
pub(super) fn run(graph: &Graph, mut closed: impl FnMut(&Wiring) -> bool) -> Outcome {
    let open_questions = graph.reach(&Wiring::new(), true).questions;
    if open_questions.is_empty() {
        return Outcome::default();
    }
    // What no wiring can reach is unused whatever is chosen, and is told as such.
    let reachable = graph.reach(&Wiring::new(), true).instances;
    let required: Vec<_> = graph.required.iter().filter(|set| !set.is_disjoint(&reachable)).cloned().collect();
    let mut search = Search { graph, required, steps: 0, enough: ENOUGH, found: Vec::new() };
    search.extend(&mut Wiring::new());
    let gave_up = search.steps >= STEPS && search.found.len() < 2;
    let undecided = match search.found.len() >= ENOUGH {
        true => search.look_elsewhere(&open_questions),
        false => BTreeSet::new(),
    };
    let mut found = search.found;
    if found.len() > 1 {
        let kept: Vec<Wiring> = found.iter().filter(|wiring| closed(wiring)).cloned().collect();
        if !kept.is_empty() {
            found = kept;
        }
    }
    if gave_up || found.is_empty() {
        return Outcome { chosen: Wiring::new(), ambiguous: open_questions.into_iter().collect(), gave_up };
    }
    let mut choices: BTreeMap<Socket, BTreeSet<Plug>> = BTreeMap::new();
    for (socket, plug) in found.iter().flatten() {
        choices.entry(*socket).or_default().insert(*plug);
    }
    let mut outcome = Outcome::default();
    for (socket, plugs) in choices {
        match plugs.first() {
            Some(plug) if plugs.len() == 1 && !undecided.contains(&socket) => {
                outcome.chosen.insert(socket, *plug);
            }
            _ => {
                outcome.ambiguous.insert(socket);
            }
        }
    }
    outcome
}

struct Search<'g> {
    graph: &'g Graph,
    required: Vec<BTreeSet<InstanceId>>,
    steps: usize,
    /// At how many whole wirings it stops.
    enough: usize,
    found: Vec<Wiring>,
}

impl Search<'_> {
    /// After a search that stopped early: those that were found may agree on a socket only because they are the first. So
    /// one whole wiring is looked for with each other answer to it.
    /// Gives those sockets of which that search found no end either.
    fn look_elsewhere(&mut self, questions: &[Socket]) -> BTreeSet<Socket> {
        let mut undecided = BTreeSet::new();
        for socket in questions {
            for plug in self.graph.plugs(*socket) {
                let answered = |wiring: &Wiring| wiring.get(socket) == Some(plug);
                if self.found.iter().any(answered)
                    || self.graph.leads_to(plug.instance, socket.instance, &Wiring::new())
                {
                    continue;
                }
                self.steps = 0;
                self.enough = self.found.len() + 1;
                self.extend(&mut Wiring::from([(*socket, *plug)]));
                if self.steps >= STEPS && self.found.len() < self.enough {
                    undecided.insert(*socket);
                }
            }
        }
        undecided
    }

    fn extend(&mut self, wiring: &mut Wiring) {
        self.steps += 1;
        if self.steps >= STEPS || self.found.len() >= self.enough {
            return;
        }
        // With every open question answered every way at once: if even that misses an input, no answer reaches it.
        let hoped = self.graph.reach(wiring, true).instances;
        if self.required.iter().any(|set| set.is_disjoint(&hoped)) {
            return;
        }
        let Some(socket) = self.graph.reach(wiring, false).questions.first().copied() else {
            self.found.push(wiring.clone());
            return;
        };
        for plug in self.graph.plugs(socket) {
            if self.graph.leads_to(plug.instance, socket.instance, wiring) {
                continue;
            }
            wiring.insert(socket, *plug);
            self.extend(wiring);
            wiring.remove(&socket);
        }
    }
}

/// What is reached.
struct Reach {
    instances: BTreeSet<InstanceId>,
    /// Sockets with several plugs and no answer yet, in the order they were met.
    questions: Vec<Socket>,
}

impl Graph {
    /// What is reached from the seeds; with `hoping`, open questions lead to all their plugs.
    fn reach(&self, wiring: &Wiring, hoping: bool) -> Reach {
        let mut reach = Reach { instances: BTreeSet::new(), questions: Vec::new() };
        let mut queue: VecDeque<InstanceId> = self.seeds.iter().copied().collect();
        while let Some(id) = queue.pop_front() {
            if !reach.instances.insert(id) {
                continue;
            }
            for (socket, edge) in self.edges.get(&id).into_iter().flatten() {
                match (edge, wiring.get(socket)) {
                    (Edge::Fixed(to) | Edge::TypesOnly(to), _) => queue.push_back(*to),
                    (Edge::Any(_), Some(plug)) => queue.push_back(plug.instance),
                    (Edge::Any(plugs), None) => {
                        reach.questions.push(*socket);
                        if hoping {
                            queue.extend(plugs.iter().map(|plug| plug.instance));
                        }
                    }
                }
            }
        }
        reach
    }

    /// Whether `from` is wired to `to`, directly or not, types aside.
    fn leads_to(&self, from: InstanceId, to: InstanceId, wiring: &Wiring) -> bool {
        let mut seen = BTreeSet::new();
        let mut stack = vec![from];
        while let Some(id) = stack.pop() {
            if id == to {
                return true;
            }
            if !seen.insert(id) {
                continue;
            }
            for (socket, edge) in self.edges.get(&id).into_iter().flatten() {
                match (edge, wiring.get(socket)) {
                    (Edge::Fixed(next), _) => stack.push(*next),
                    (Edge::Any(_), Some(plug)) => stack.push(plug.instance),
                    (Edge::TypesOnly(_), _) | (Edge::Any(_), None) => {}
                }
            }
        }
        false
    }

    fn plugs(&self, socket: Socket) -> &[Plug] {
        let of = self.edges.get(&socket.instance).into_iter().flatten();
        of.filter(|(other, _)| *other == socket)
            .find_map(|(_, edge)| match edge {
                Edge::Any(plugs) => Some(plugs.as_slice()),
                _ => None,
            })
            .unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plug(instance: usize) -> Plug {
        Plug { instance: InstanceId(instance), export: 0 }
    }

    fn socket(instance: usize, import: usize) -> Socket {
        Socket { instance: InstanceId(instance), import }
    }

    /// Instance 0 is the seed; `edges[i]` are the plugs of each socket of instance `i`; every instance is required
    /// except those of `optional`.
    fn graph(edges: &[&[&[usize]]], optional: &[usize]) -> Graph {
        let edge = |plugs: &[usize]| match plugs {
            [one] => Edge::Fixed(InstanceId(*one)),
            several => Edge::Any(several.iter().map(|id| plug(*id)).collect()),
        };
        Graph {
            edges: edges
                .iter()
                .enumerate()
                .map(|(id, sockets)| {
                    let sockets = sockets.iter().enumerate().map(|(k, plugs)| (socket(id, k), edge(plugs))).collect();
                    (InstanceId(id), sockets)
                })
                .collect(),
            seeds: vec![InstanceId(0)],
            required: (0..edges.len())
                .filter(|id| !optional.contains(id))
                .map(|id| BTreeSet::from([InstanceId(id)]))
                .collect(),
        }
    }

    #[test]
    fn the_middle_goes_between_the_ends() {
        let outcome = run(&graph(&[&[&[1, 2]], &[&[2]], &[]], &[]), |_| true);
        assert_eq!(outcome.chosen, Wiring::from([(socket(0, 0), plug(1))]));
        assert!(outcome.ambiguous.is_empty());
    }

    #[test]
    fn two_middles_may_stand_either_way() {
        let outcome = run(&graph(&[&[&[1, 2, 3]], &[&[2, 3]], &[&[1, 3]], &[]], &[]), |_| true);
        assert_eq!(outcome.ambiguous, BTreeSet::from([socket(0, 0), socket(1, 0), socket(2, 0)]));
    }

    #[test]
    fn two_providers_of_one_socket_leave_no_wiring() {
        let outcome = run(&graph(&[&[&[1, 2]], &[], &[]], &[]), |_| true);
        assert_eq!(outcome.ambiguous, BTreeSet::from([socket(0, 0)]));
        assert!(!outcome.gave_up);
    }

    #[test]
    fn a_named_input_goes_before_an_offered_one() {
        let outcome = run(&graph(&[&[&[1, 2]], &[], &[]], &[2]), |_| true);
        assert_eq!(outcome.chosen, Wiring::from([(socket(0, 0), plug(1))]));
    }

    #[test]
    fn what_all_wirings_agree_on_is_taken() {
        // Socket 0 must take 1 (else 1 is unused); socket 1 may take 3 or 4.
        let outcome = run(&graph(&[&[&[1, 2], &[3, 4]], &[&[2]], &[], &[], &[]], &[3, 4]), |_| true);
        assert_eq!(outcome.chosen, Wiring::from([(socket(0, 0), plug(1))]));
        assert_eq!(outcome.ambiguous, BTreeSet::from([socket(0, 1)]));
    }

    #[test]
    fn every_ambiguous_socket_is_told_however_many_there_are() {
        // Ten sockets with two plugs each: a thousand wirings, of which the first few agree on the first sockets.
        let plugs: Vec<[usize; 2]> = (0..10).map(|k| [1 + 2 * k, 2 + 2 * k]).collect();
        let sockets: Vec<&[usize]> = plugs.iter().map(|pair| pair.as_slice()).collect();
        let none: &[&[usize]] = &[];
        let mut edges = vec![none; 21];
        edges[0] = &sockets;
        let outcome = run(&graph(&edges, &(1..=20).collect::<Vec<_>>()), |_| true);
        assert!(!outcome.gave_up);
        assert_eq!(outcome.ambiguous.len(), 10);
        assert!(outcome.chosen.is_empty());
    }

    #[test]
    fn an_input_out_of_reach_does_not_blur_the_rest() {
        let outcome = run(&graph(&[&[&[1, 2]], &[&[2]], &[], &[]], &[]), |_| true);
        assert_eq!(outcome.chosen, Wiring::from([(socket(0, 0), plug(1))]));
    }

    #[test]
    fn closure_over_resources_decides_among_whole_wirings() {
        let graph = graph(&[&[&[1, 2]], &[], &[]], &[1, 2]);
        let outcome = run(&graph, |wiring| wiring[&socket(0, 0)] == plug(2));
        assert_eq!(outcome.chosen, Wiring::from([(socket(0, 0), plug(2))]));
    }

    #[test]
    fn a_choice_never_closes_a_cycle() {
        // 0 takes 1 or 2; 1 needs 3; 3 takes 1 or 2: only 2 does not lead back.
        let outcome = run(&graph(&[&[&[1, 2]], &[&[3]], &[], &[&[1, 2]]], &[]), |_| true);
        assert_eq!(outcome.chosen, Wiring::from([(socket(0, 0), plug(1)), (socket(3, 0), plug(2))]));
    }

    #[test]
    fn a_hard_question_is_given_up_in_bounded_time() {
        // Twelve middles and no end: each order of them leads to the last, which would have to lead back.
        let all: Vec<usize> = (1..=12).collect();
        let sockets: Vec<&[usize]> = vec![&all];
        let edges: Vec<&[&[usize]]> = vec![&sockets; 13];
        let outcome = run(&graph(&edges, &[]), |_| true);
        assert!(outcome.gave_up);
        assert_eq!(outcome.ambiguous.len(), 13);
        assert!(outcome.chosen.is_empty());
    }
}
