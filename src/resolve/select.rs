//! The whole-graph decision: where several plugs fit a socket, the one wiring that uses every named input.
//!
//! Given `app`, `middle` and `leaf` over one interface that `middle` imports and exports, `app` could take either; only
//! app ← middle ← leaf leaves none of them out. So all wirings are searched that are free of new cycles and reach every
//! input that can be reached at all. If exactly one remains (and is closed over resources, which the caller judges), it
//! is taken; if several do, sockets on which they agree are taken too, and the others are ambiguous. Never the highest
//! version, never the first given: the order of sockets and plugs here is that of names, so the inputs' order cannot
//! show.
//!
//! All questions share one bound, [`WORK`], counted in what is looked at; [`ENOUGH`] whole wirings answer the question too. So
//! the time does not grow with the number of wirings there are, and is the same question answered on every machine.
//! This file knows numbers of instances only, no components.

use crate::model::plan::{InstanceId, Plug, Socket};
use std::collections::{BTreeMap, BTreeSet};

/// How many sockets and plugs are looked at in all.
const WORK: usize = 10_000_000;
/// What judging a whole wiring costs, for each socket there is.
const JUDGING: usize = 500;
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
    /// Whether there is more behind some of the plugs, which nobody looked at because it is too much.
    pub(super) partial: bool,
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
    let mut search = Search::new(graph);
    let Reach { instances: reachable, questions } = search.reach(true);
    let open: BTreeSet<Socket> = questions.iter().map(|question| search.questions[*question].0).collect();
    if open.is_empty() || graph.partial {
        return Outcome { chosen: Wiring::new(), gave_up: !open.is_empty(), ambiguous: open };
    }
    // What no wiring can reach is unused whatever is chosen, and is told as such.
    let reached = |set: &&BTreeSet<InstanceId>| set.iter().any(|id| reachable.has(*id));
    search.required = graph.required.iter().filter(reached).collect();
    search.extend();
    let gave_up = search.is_spent() && search.found.len() < 2;
    let undecided = match search.is_enough() || search.is_spent() {
        true => search.look_elsewhere(&questions),
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
        return Outcome { chosen: Wiring::new(), ambiguous: open, gave_up };
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

/// A graph whose questions have numbers, and the answers that are tried.
struct Search<'g> {
    /// Where the sockets of each instance lead.
    edges: Vec<Vec<To>>,
    /// How many sockets there are, and one more.
    sockets: usize,
    seeds: &'g [InstanceId],
    /// The sockets with several plugs.
    questions: Vec<(Socket, &'g [Plug])>,
    answers: Vec<Option<Plug>>,
    required: Vec<&'g BTreeSet<InstanceId>>,
    /// How much may still be looked at.
    work: usize,
    /// At how many whole wirings it stops.
    enough: usize,
    found: Vec<Wiring>,
}

/// What a socket leads to; a question by its number.
#[derive(Clone, Copy)]
enum To {
    Fixed(InstanceId),
    TypesOnly(InstanceId),
    Any(usize),
}

/// A set of instances.
struct Set(Vec<bool>);

impl Set {
    fn has(&self, id: InstanceId) -> bool {
        self.0.get(id.0).copied().unwrap_or(false)
    }

    /// Whether it was not there yet.
    fn insert(&mut self, id: InstanceId) -> bool {
        !std::mem::replace(&mut self.0[id.0], true)
    }
}

/// What is reached.
struct Reach {
    instances: Set,
    /// Questions without an answer yet, in the order they were met.
    questions: Vec<usize>,
}

impl<'g> Search<'g> {
    fn new(graph: &'g Graph) -> Self {
        let targets = graph.edges.values().flatten().flat_map(|(_, edge)| match edge {
            Edge::Fixed(to) | Edge::TypesOnly(to) => vec![*to],
            Edge::Any(plugs) => plugs.iter().map(|plug| plug.instance).collect(),
        });
        let count = graph.edges.keys().chain(&graph.seeds).copied().chain(targets).map(|id| id.0 + 1).max();
        let mut edges: Vec<Vec<To>> = vec![Vec::new(); count.unwrap_or(0)];
        let mut questions = Vec::new();
        for (id, sockets) in &graph.edges {
            for (socket, edge) in sockets {
                edges[id.0].push(match edge {
                    Edge::Fixed(to) => To::Fixed(*to),
                    Edge::TypesOnly(to) => To::TypesOnly(*to),
                    Edge::Any(plugs) => {
                        questions.push((*socket, plugs.as_slice()));
                        To::Any(questions.len() - 1)
                    }
                });
            }
        }
        let answers = vec![None; questions.len()];
        let (seeds, required, found) = (graph.seeds.as_slice(), Vec::new(), Vec::new());
        let sockets = 1 + edges.iter().map(Vec::len).sum::<usize>();
        Self { edges, sockets, seeds, questions, answers, required, work: WORK, enough: ENOUGH, found }
    }

    fn is_spent(&self) -> bool {
        self.work == 0
    }

    fn is_enough(&self) -> bool {
        self.found.len() >= self.enough
    }

    fn spend(&mut self, work: usize) {
        self.work = self.work.saturating_sub(work);
    }

    /// After a search that stopped early: those that were found may agree on a socket only because they are the first. So
    /// one whole wiring is looked for with each other answer to it.
    /// Gives those sockets of which that search found no end either.
    fn look_elsewhere(&mut self, questions: &[usize]) -> BTreeSet<Socket> {
        let mut undecided = BTreeSet::new();
        for question in questions.iter().copied() {
            let (socket, plugs) = self.questions[question];
            let mut known: BTreeSet<Plug> =
                self.found.iter().filter_map(|wiring| wiring.get(&socket)).copied().collect();
            for plug in plugs {
                if self.is_spent() {
                    undecided.insert(socket);
                    break;
                }
                if known.contains(plug) || self.leads_to(plug.instance, socket.instance) {
                    continue;
                }
                self.enough = self.found.len() + 1;
                self.answers[question] = Some(*plug);
                self.extend();
                self.answers[question] = None;
                if self.is_enough() {
                    known.insert(*plug);
                }
            }
        }
        undecided
    }

    fn extend(&mut self) {
        if self.is_spent() || self.is_enough() {
            return;
        }
        let certain = self.reach(false);
        let misses = |reach: &Reach, set: &BTreeSet<InstanceId>| !set.iter().any(|id| reach.instances.has(*id));
        // With every open question answered every way at once: if even that misses an input, no answer reaches it.
        if self.required.iter().any(|set| misses(&certain, set)) {
            let hoped = self.reach(true);
            if self.required.iter().any(|set| misses(&hoped, set)) {
                return;
            }
        }
        let Some(question) = certain.questions.first().copied() else {
            let answered = self.questions.iter().zip(&self.answers);
            self.found.push(answered.filter_map(|((socket, _), plug)| Some((*socket, (*plug)?))).collect());
            self.spend(JUDGING * self.sockets);
            return;
        };
        let (socket, plugs) = self.questions[question];
        for plug in plugs {
            if self.is_spent() || self.is_enough() {
                return;
            }
            if self.leads_to(plug.instance, socket.instance) {
                continue;
            }
            self.answers[question] = Some(*plug);
            self.extend();
            self.answers[question] = None;
        }
    }

    /// What is reached from the seeds; with `hoping`, open questions lead to all their plugs.
    fn reach(&mut self, hoping: bool) -> Reach {
        let mut reach = Reach { instances: Set(vec![false; self.edges.len()]), questions: Vec::new() };
        let mut queue: Vec<InstanceId> = self.seeds.to_vec();
        let (mut at, mut work) = (0, 1);
        while let Some(id) = queue.get(at).copied() {
            at += 1;
            if !reach.instances.insert(id) {
                continue;
            }
            work += 1 + self.edges[id.0].len();
            for edge in &self.edges[id.0] {
                match *edge {
                    To::Fixed(to) | To::TypesOnly(to) => queue.push(to),
                    To::Any(question) => match self.answers[question] {
                        Some(plug) => queue.push(plug.instance),
                        None => {
                            reach.questions.push(question);
                            if hoping {
                                let plugs = self.questions[question].1;
                                work += plugs.len();
                                queue.extend(plugs.iter().map(|plug| plug.instance));
                            }
                        }
                    },
                }
            }
        }
        self.spend(work);
        reach
    }

    /// Whether `from` is wired to `to`, directly or not, types aside.
    fn leads_to(&mut self, from: InstanceId, to: InstanceId) -> bool {
        let mut seen = BTreeSet::new();
        let (mut stack, mut work) = (vec![from], 1);
        let leads = loop {
            let Some(id) = stack.pop() else { break false };
            if id == to {
                break true;
            }
            if !seen.insert(id) {
                continue;
            }
            work += 1 + self.edges[id.0].len();
            for edge in &self.edges[id.0] {
                match *edge {
                    To::Fixed(next) => stack.push(next),
                    To::Any(question) => stack.extend(self.answers[question].map(|plug| plug.instance)),
                    To::TypesOnly(_) => {}
                }
            }
        };
        self.spend(work);
        leads
    }
}

#[cfg(test)]
mod tests;
