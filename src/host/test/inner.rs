//! Cases that look inside: what one instance imports from another is mocked, spied on or counted.
//!
//! For these the composition is run in pieces. An interface that is mocked as a whole is answered alone, so that what provided
//! it is not even made; where a single function is meant, the others of its interface go on to who provides them. A piece is
//! compiled once, however many cases use it.

use super::case::{Answering, Case};
use super::naming::{interface_of, without_version};
use crate::diag::Sink;
use crate::host::images::Compiled;
use crate::host::pieces::{self, Cuts, Together};
use crate::model::name::before_version;
use crate::model::plan::Socket;
use crate::model::request::Written;
use crate::pipeline::Planned;
use compose_engine::{Engine, Error, Part, Program};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What one kind of pieces has to have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// Interfaces that are answered alone, by the instance that imports them; `None` for what the composition imports.
    answered: BTreeSet<(Option<String>, String)>,
    metered: bool,
}

/// A composition in pieces that are compiled.
#[derive(Debug, Clone)]
pub(super) struct Apart {
    /// The pieces; the last has the exports.
    pub(super) parts: Vec<Part>,
    /// Their bytes.
    pub(super) files: Arc<Vec<Vec<u8>>>,
    /// Wires that nobody can look at.
    pub(super) together: Vec<Together>,
    /// The imports of each instance that can be looked at.
    pub(super) imports: BTreeMap<String, Vec<String>>,
}

/// Why a case cannot look inside.
#[derive(Debug, Clone)]
pub(super) enum Shut {
    /// What is tested carries no plan.
    NoPlan,
    /// It cannot be taken apart.
    NotCut(Vec<String>),
    /// A piece cannot be run.
    Engine(String),
}

/// Compositions in pieces, as cases ask for them.
#[derive(Debug, Default)]
pub(super) struct Kept {
    apart: BTreeMap<Key, Result<Apart, Shut>>,
    /// By what they are made of.
    pieces: BTreeMap<([u8; 32], bool), Program>,
}

impl Kept {
    /// The wires between pieces, by which nothing has gone yet.
    pub(super) fn wires(&self) -> BTreeMap<String, u64> {
        let apart = self.apart.values().flatten();
        let sites = apart.flat_map(|apart| &apart.parts).flat_map(|part| &part.between).map(|between| &between.site);
        let wire = |site: &compose_engine::Site| {
            let import = before_version(&site.import);
            Some((format!("{} -> {}: {import}", site.from, site.to.as_ref()?), 0))
        };
        sites.filter_map(wire).collect()
    }
}

/// Whether a case looks inside.
pub(super) fn looks_inside(case: &Case) -> bool {
    named(case).next().is_some()
}

/// The instances and imports that a case names.
pub(super) fn named(case: &Case) -> impl Iterator<Item = (&Written, &Written)> {
    let mocks = case.mocks.iter().filter_map(|mock| Some((mock.of.as_ref()?, &mock.import)));
    mocks.chain(case.called.iter().filter_map(|called| Some((called.of.as_ref()?, &called.import))))
}

/// The pieces for a case. `nobody` are imports of the composition that no host has.
pub(super) fn pieces(
    case: &Case,
    planned: Option<&Planned>,
    nobody: &[String],
    engine: &Engine,
    compiled: &Compiled,
    kept: &mut Kept,
) -> Result<Apart, Shut> {
    let planned = planned.ok_or(Shut::NoPlan)?;
    let mut answered: BTreeSet<(Option<String>, String)> = nobody.iter().map(|import| (None, import.clone())).collect();
    for mock in &case.mocks {
        // A dot behind the slash names a function, and the others of its interface go on.
        let interface = interface_of(&mock.import.text);
        let whole = interface.as_ref().is_none_or(|interface| *interface == without_version(&mock.import.text));
        if whole && !matches!(mock.answer, Answering::Spy) {
            answered.insert((mock.of.as_ref().map(|of| of.text.clone()), mock.import.text.clone()));
        } else if mock.of.is_none() {
            answered.insert((None, interface.unwrap_or_else(|| mock.import.text.clone())));
        }
    }
    let key = Key { answered, metered: engine.profile().metered };
    if let Some(apart) = kept.apart.get(&key) {
        return apart.clone();
    }
    let apart = cut(planned, &key, (engine, compiled), &mut kept.pieces);
    kept.apart.insert(key, apart.clone());
    apart
}

fn cut(
    planned: &Planned,
    key: &Key,
    (engine, compiled): (&Engine, &Compiled),
    programs: &mut BTreeMap<([u8; 32], bool), Program>,
) -> Result<Apart, Shut> {
    let sockets = |(of, import): &(Option<String>, String)| -> BTreeSet<Socket> {
        match of {
            Some(of) => pieces::sockets(planned, Some(of), import),
            None => {
                let open = planned.plan.open.iter().map(|open| open.name.to_string());
                let means = |name: &String| name == import || before_version(name) == import;
                open.filter(means).flat_map(|name| pieces::opened(planned, &name)).collect()
            }
        }
    };
    let answered = key.answered.iter().flat_map(sockets).collect();
    let mut sink = Sink::default();
    let cut = pieces::cut(planned, &Cuts { apart: true, answered }, &mut sink);
    let told = || sink.diagnostics().iter().map(|diagnostic| diagnostic.message.clone()).collect();
    let cut = cut.ok_or_else(|| Shut::NotCut(told()))?;
    let mut parts = Vec::new();
    for piece in &cut.pieces {
        let digest = (*blake3::hash(&piece.bytes).as_bytes(), key.metered);
        let program = match programs.get(&digest) {
            Some(program) => program.clone(),
            None => {
                let made = compiled.program(engine, &piece.bytes);
                let made = made.map_err(|error: Error| Shut::Engine(error.to_string()))?;
                programs.insert(digest, made.clone());
                made
            }
        };
        parts.push(Part { name: piece.instances.join(", "), program, between: piece.between.clone() });
    }
    let mut imports: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for id in planned.plan.ids() {
        let instance = planned.plan.instance(id);
        let names = planned.components.get(instance.component).shape.imports.keys();
        imports.entry(instance.name.clone()).or_default().extend(names.cloned());
    }
    let files = Arc::new(cut.pieces.into_iter().map(|piece| piece.bytes).collect());
    Ok(Apart { parts, files, together: cut.together, imports })
}
