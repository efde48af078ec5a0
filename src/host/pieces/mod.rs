//! A composition taken apart: the same instances, each wire between them a place where the host stands.
//!
//! What a linker wires inside of one component nobody can look at. So the plan is cut into pieces: every instance becomes a
//! component of its own (`piece`), imports what others provide under a label, and exports what others need. The engine puts
//! the pieces into one store and passes calls on. Instances between which a wire cannot be cut stay in one piece (`groups`).
//! Each instance exists once, as in the artifact, so state that is shared stays shared.
//!
//! What the pieces compute is what the artifact computes; how long it takes is not, and neither are memory addresses.

pub mod diags;
mod groups;
mod known;
mod piece;

pub use groups::{Together, Why};

use crate::diag::Sink;
use crate::host::images::Compiled;
use crate::model::plan::{InstanceId, Socket, Source};
use crate::pipeline::Planned;
use compose_engine::{Between, Engine, Error, Interposer, Part, Program};
use known::Known;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is to be cut.
#[derive(Debug, Clone, Default)]
pub struct Cuts {
    /// Whether every wire that can be cut is cut, so that an interposer sees it and may pass it on.
    pub apart: bool,
    /// Sockets that an interposer answers alone. What nothing else needs is not even made.
    pub answered: BTreeSet<Socket>,
}

/// A composition in pieces.
#[derive(Debug, Clone)]
pub struct Pieces {
    /// Each after those it needs; the last has the exports of the result.
    pub pieces: Vec<Piece>,
    /// Wires that are not cut, in the order of the plan.
    pub together: Vec<Together>,
}

/// A piece: a component of its own.
#[derive(Debug, Clone)]
pub struct Piece {
    /// The names of its instances, in the order of the plan.
    pub instances: Vec<String>,
    /// The component.
    pub bytes: Vec<u8>,
    /// Its imports that other pieces or the interposer answer.
    pub between: Vec<Between>,
}

/// Cuts a plan that passed the check; `None` if a piece cannot be made, which is in the sink.
pub fn cut(planned: &Planned, cuts: &Cuts, sink: &mut Sink) -> Option<Pieces> {
    let known = Known::new(planned, cuts);
    let mut kept = BTreeSet::new();
    loop {
        let groups = groups::of(&known, &kept);
        let order = groups.order();
        let mut pieces = Vec::new();
        let mut refused = None;
        for (at, members) in order.iter().enumerate() {
            let mut said = Sink::default();
            match piece::make(&known, &order, at, &mut said) {
                Some(piece) => pieces.push(piece),
                None => {
                    refused = Some((at, said));
                    break;
                }
            }
            debug_assert!(!members.is_empty(), "a piece has instances");
        }
        let Some((at, said)) = refused else { return Some(Pieces { pieces, together: groups.together }) };
        // A piece that cannot be written down by itself stays with those it is wired to.
        let before = kept.len();
        kept.extend(groups.cut_at(&order[at]));
        if kept.len() == before {
            sink.take(said);
            return None;
        }
    }
}

impl Pieces {
    /// The pieces as one program, with an interposer on every cut wire. Those that an earlier run compiled are taken from
    /// there.
    ///
    /// # Errors
    /// If the engine does not take a piece, or the pieces do not fit.
    pub fn program(
        &self,
        engine: &Engine,
        compiled: &Compiled,
        interposer: Arc<dyn Interposer>,
    ) -> Result<Program, Error> {
        let part = |piece: &Piece| {
            let program = compiled.program(engine, &piece.bytes)?;
            Ok::<Part, Error>(Part { name: piece.instances.join(", "), program, between: piece.between.clone() })
        };
        let parts = self.pieces.iter().map(part).collect::<Result<_, _>>()?;
        Program::connected(parts, interposer)
    }
}

/// The sockets whose import has that name (with or without version) at an instance, or at any.
pub fn sockets(planned: &Planned, instance: Option<&str>, import: &str) -> BTreeSet<Socket> {
    let plan = &planned.plan;
    let mut found = BTreeSet::new();
    for id in plan.ids().filter(|id| instance.is_none_or(|name| plan.instance(*id).name == name)) {
        let component = planned.components.get(plan.instance(id).component);
        let names = component.shape.imports.keys().enumerate();
        let fits = |name: &str| name.strip_prefix(import).is_some_and(|rest| rest.is_empty() || rest.starts_with('@'));
        let fitting = names.filter(|(_, name)| fits(name)).map(|(import, _)| Socket { instance: id, import });
        found.extend(fitting.filter(|_| !component.declares));
    }
    found
}

/// The sockets that an import of the result fills.
pub fn opened(planned: &Planned, import: &str) -> BTreeSet<Socket> {
    let plan = &planned.plan;
    let sockets = plan.ids().flat_map(|instance| {
        let wires = plan.wires[instance.0].iter().enumerate();
        let open = wires.filter(|(_, wire)| match &wire.source {
            Some(Source::Open(id)) => plan.open[id.0].name.to_string() == import,
            _ => false,
        });
        open.map(move |(import, _)| Socket { instance, import }).collect::<Vec<_>>()
    });
    sockets.filter(|socket| !declares(planned, socket.instance)).collect()
}

/// Whether an instance only describes imports and is never made.
fn declares(planned: &Planned, instance: InstanceId) -> bool {
    planned.components.get(planned.plan.instance(instance).component).declares
}
