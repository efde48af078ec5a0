//! The plan: which instances there are, what fills each of their imports, what stays open and what is exported.
//!
//! Pure data, made by the resolver and changed by nobody after. Every socket of every instance has exactly one
//! [`Wire`]; a wire without a source is a broken one, which the resolver reported, and such a plan never gets past the
//! gate before linking.

use super::component::{ComponentId, Components};
use super::name::ExternName;
use super::places::Places;
use crate::types::reached::Within;
use crate::types::shape::Attrs;
use std::collections::{BTreeMap, BTreeSet};

/// An index into [`Plan::instances`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct InstanceId(pub usize);

/// An index into [`Plan::open`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OpenId(pub usize);

/// The whole wiring of a composition.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The instances, the root first, then in the order they were reached.
    pub instances: Vec<Instance>,
    /// `wires[i][k]` fills import `k` of instance `i`.
    pub wires: Vec<Vec<Wire>>,
    /// The imports of the result, in the order they were met.
    pub open: Vec<OpenImport>,
    /// The exports of the result, in order.
    pub exports: Vec<PlanExport>,
    /// Sockets that several plugs could fill and nothing decides between; their wires have no source.
    pub undecided: Vec<(Socket, Vec<Plug>)>,
    /// Where the user wrote what it comes from.
    pub places: Places,
}

/// One instantiation of a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    /// Its name, unique in the plan.
    pub name: String,
    /// What is instantiated.
    pub component: ComponentId,
}

/// An import of an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Socket {
    /// The instance.
    pub instance: InstanceId,
    /// The position among its component's imports.
    pub import: usize,
}

/// An export of an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Plug {
    /// The instance.
    pub instance: InstanceId,
    /// The position among its component's exports.
    pub export: usize,
}

/// What fills a socket, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wire {
    /// What fills it; `None` where resolution failed and said so.
    pub source: Option<Source>,
    /// Why this and nothing else.
    pub reason: Reason,
    /// Plugs that were looked at and not taken, with the reason, for `why`.
    pub rejected: Vec<Rejected>,
}

/// What a socket is filled with.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Source {
    /// An export of another instance.
    Plug(Plug),
    /// An import of the result.
    Open(OpenId),
    /// An instance made of nothing but the value types that the import asks for; nobody has to provide it.
    Synthesised,
    /// For a type imported at world level: the type of that name inside whatever fills another socket of the same
    /// instance (the interface it was `use`d from).
    TypeOf {
        /// The import the type was used from, of the same instance.
        import: usize,
        /// The names that lead to the type inside that import's instance.
        path: Vec<String>,
    },
}

/// Why a wire is as it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// A pin of the manifest or of `--wire` names the plug; the text is the pin as written.
    Pin(String),
    /// The next member of a chain.
    Chain(String),
    /// The only plug on offer for the interface.
    OnlyCandidate,
    /// Of several candidates the only wiring that uses every named input.
    OnlyCompleteWiring,
    /// A label of the same name.
    Label,
    /// An instance named like the label.
    InstanceNamedLike,
    /// A pin says that it stays open.
    PinnedOpen(String),
    /// Nobody provides it and the pattern allows it to stay open.
    Allowed(String),
    /// The result has the import by itself.
    Declared,
    /// It has value types only and an import or export of the result names one of them.
    TypesOnly,
    /// The type comes from the interface it was used from.
    UsedFrom,
    /// Resolution failed; the diagnostics tell why.
    Failed,
}

/// A plug that was looked at and not taken.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rejected {
    /// The component that offers it.
    pub component: ComponentId,
    /// The name of the export.
    pub export: String,
    /// Why not.
    pub why: RejectedWhy,
}

/// Why a plug was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RejectedWhy {
    /// Its shape does not fit; the text is the first difference in one line.
    Shape(String),
    /// It is on another semver track.
    Track,
    /// It belongs to the root, whose exports are used only by pin or chain.
    Root,
    /// It is the socket's own instance.
    Itself,
    /// Another label.
    Label,
    /// Taking it would leave a named input unused, close a cycle or split a resource.
    Wiring,
    /// A pin or a chain took precedence.
    Overruled,
}

/// An import of the result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenImport {
    /// Its name.
    pub name: ExternName,
    /// Its attributes.
    pub attrs: Attrs,
    /// The sockets it fills, in plan order; the one whose spelling and definitions lead comes first.
    pub sockets: Vec<Socket>,
    /// Set if it is kept only because an open import or an export of the result names its types, so that it asks
    /// nothing of a host: the names below the import that are kept (each a path, closed under what they mention). The
    /// sockets here may then be filled by something else; they only say how the types are defined.
    pub types_only: Option<BTreeSet<Vec<String>>>,
    /// Those of `sockets` that this import does not fill, or fills with value types only: the names below each that have
    /// to be nameable in the result (paths, closed under what they mention). All other sockets ask for everything they
    /// import. With `types_only` all sockets are here, and it is the union.
    pub kept: BTreeMap<Socket, BTreeSet<Vec<String>>>,
    /// Versions that were merged into this one, as they were spelled, if there were several.
    pub merged: Vec<String>,
}

/// An export of the result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanExport {
    /// Its name.
    pub name: ExternName,
    /// Its attributes.
    pub attrs: Attrs,
    /// What is exported.
    pub plug: Plug,
}

impl Plan {
    /// All instance ids in order.
    pub fn ids(&self) -> impl Iterator<Item = InstanceId> + use<> {
        (0..self.instances.len()).map(InstanceId)
    }

    /// The instance of an id.
    pub fn instance(&self, id: InstanceId) -> &Instance {
        &self.instances[id.0]
    }

    /// What fills a socket.
    pub fn source(&self, socket: Socket) -> Option<&Source> {
        self.wires[socket.instance.0][socket.import].source.as_ref()
    }

    /// Whether an import of the result has value types only, so that it asks nothing of a host: it was kept for its types, or
    /// nobody asks for more.
    pub fn asks_nothing(&self, components: &Components, open: &OpenImport) -> bool {
        let is_types_only = |socket: &Socket| {
            let shape = &components.get(self.instance(socket.instance).component).shape;
            shape.is_types_only(&shape.imports[socket.import].entity)
        };
        open.types_only.is_some() || open.sockets.iter().all(is_types_only)
    }

    /// For a plug of what only describes imports: the import of the result that it stands for, and the names below it.
    pub fn behind(&self, components: &Components, plug: Plug) -> Option<(OpenId, Vec<String>)> {
        let component = components.get(self.instance(plug.instance).component);
        if !component.declares {
            return None;
        }
        let (mut export, mut path) = (plug.export, Vec::new());
        loop {
            let reached = component.shape.reached_at(export)?;
            match reached.within {
                Within::Whole => return None,
                Within::Export(outer) => {
                    path.insert(0, reached.name.clone());
                    export = outer;
                }
                Within::Import(import) => match self.source(Socket { instance: plug.instance, import })? {
                    Source::Open(open) => return Some((*open, path)),
                    _ => return None,
                },
            }
        }
    }

    /// The instances so ordered that each stands after those it is wired to; ties in plan order. `None` if there is a
    /// cycle.
    pub fn topological(&self) -> Option<Vec<InstanceId>> {
        let mut order = Vec::with_capacity(self.instances.len());
        let mut state = vec![0u8; self.instances.len()];
        for id in self.ids() {
            let mut stack = vec![(id, 0)];
            while let Some((at, next)) = stack.pop() {
                if state[at.0] == 2 {
                    continue;
                }
                state[at.0] = 1;
                match self.wires[at.0].get(next) {
                    Some(wire) => {
                        stack.push((at, next + 1));
                        if let Some(Source::Plug(plug)) = &wire.source {
                            match state[plug.instance.0] {
                                0 => stack.push((plug.instance, 0)),
                                1 => return None,
                                _ => {}
                            }
                        }
                    }
                    None => {
                        state[at.0] = 2;
                        order.push(at);
                    }
                }
            }
        }
        Some(order)
    }
}
