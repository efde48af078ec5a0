//! The written rule for one socket: pin, chain, what is on offer, value types, permission to stay open.
//!
//! What is decided here depends on the socket and the inputs alone. Where several plugs fit, the whole graph has to
//! decide (`select`); where none does, the problem is kept and told only if the socket ends up in the plan.

use super::Context;
use super::candidates::{self, Found};
use super::near_miss::{self, NearMiss};
use super::open::Permission;
use super::world_level;
use crate::model::plan::{InstanceId, Plug, Reason, Rejected, RejectedWhy, Socket};
use crate::model::request::{Chain, Pin, Written};
use crate::types::fit::Mismatch;

/// What is known about a socket before the whole graph is looked at.
#[derive(Debug)]
pub(super) struct Decision<'a> {
    /// What may fill it.
    pub(super) choice: Choice<'a>,
    /// What was passed over.
    pub(super) rejected: Vec<Rejected>,
    /// If nothing may: the instances that were looked at, so that they are not called unused as well.
    pub(super) touched: Vec<InstanceId>,
}

/// What may fill a socket.
#[derive(Debug)]
pub(super) enum Choice<'a> {
    /// This plug.
    Wire(Plug, Reason),
    /// One of these.
    Several(Vec<Plug>),
    /// The host.
    Open(Reason),
    /// It has value types only: this plug, unless that would close a loop; else nobody has to provide it.
    TypesOnly(Option<(Plug, Reason)>),
    /// A type that comes from another import of the same instance.
    TypeOf {
        /// The import.
        import: usize,
        /// The names that lead to the type below it.
        path: Vec<String>,
    },
    /// Nothing.
    Broken(Problem<'a>),
}

/// Why nothing fills a socket.
#[derive(Debug)]
pub(super) enum Problem<'a> {
    /// It was told already, as part of something else.
    Silent,
    /// Nobody provides it and it may not stay open.
    Unresolved {
        /// What comes near.
        near: Vec<NearMiss>,
        /// The pattern that forbids it, if it is not merely not allowed.
        denied: Option<&'a Written>,
    },
    /// Nothing is wired by itself, and nothing was said about it.
    NotWired {
        /// What would fit.
        offers: Vec<Plug>,
    },
    /// It is provided with another type.
    Misfit {
        /// The plugs and where each differs first.
        plugs: Vec<(Plug, Mismatch)>,
        /// Who chose them.
        by: By<'a>,
    },
    /// The instance that the user chose does not export it.
    TargetLacks {
        /// How it was chosen.
        by: By<'a>,
        /// The instance.
        target: InstanceId,
    },
    /// A pin wires an instance to itself.
    OwnImport {
        /// The pin.
        pin: &'a Pin,
    },
    /// Several labelled imports of one interface, and only unlabelled plugs.
    Unlabelled {
        /// The plugs.
        plugs: Vec<Plug>,
    },
    /// A pin leaves it open and a pattern forbids that.
    DeniedPin {
        /// The pattern.
        pattern: &'a Written,
        /// The pin.
        pin: String,
    },
}

/// Who chose a plug.
#[derive(Debug, Clone, Copy)]
pub(super) enum By<'a> {
    /// The rule, by the name.
    Name,
    /// A pin.
    Pin(&'a Pin),
    /// A chain.
    Chain(&'a Chain),
}

impl Problem<'_> {
    /// The instances that the problem speaks of.
    fn touched(&self) -> Vec<InstanceId> {
        match self {
            Self::Silent | Self::DeniedPin { .. } | Self::OwnImport { .. } | Self::NotWired { .. } => Vec::new(),
            Self::Unresolved { near, .. } => near.iter().filter_map(NearMiss::instance).collect(),
            Self::Misfit { plugs, .. } => plugs.iter().map(|(plug, _)| plug.instance).collect(),
            Self::TargetLacks { target, .. } => vec![*target],
            Self::Unlabelled { plugs } => plugs.iter().map(|plug| plug.instance).collect(),
        }
    }
}

/// Applies the rule to a socket.
pub(super) fn decide<'a>(context: &Context<'a>, socket: Socket) -> Decision<'a> {
    let instances = &context.instances;
    let port = instances.import(socket);
    if let Some((import, path)) = world_level::used_from(port.shape, socket.import) {
        return Decision { choice: Choice::TypeOf { import, path }, rejected: Vec::new(), touched: Vec::new() };
    }
    if instances.component(socket.instance).declares {
        let choice = match context.permissions.of(&port.name(), port.interface().as_ref()) {
            Permission::Denied(pattern) => unresolved(context, socket, Some(pattern)),
            Permission::Allowed(_) | Permission::Unmentioned => Choice::Open(Reason::Declared),
        };
        return Decision { choice, rejected: Vec::new(), touched: Vec::new() };
    }
    let said = context.pins.choose(instances, socket).or_else(|| context.chains.choose(instances, socket));
    let found = if context.request.auto_wire { candidates::find(context, socket) } else { Found::default() };
    let Found { fitting, misfits, unlabelled, mut rejected, reason } = found;
    if let Some(choice) = said {
        let taken = match &choice {
            Choice::Wire(plug, _) => Some(*plug),
            _ => None,
        };
        let mut touched: Vec<InstanceId> = Vec::new();
        let choice = context.permissions.restrict(choice, &port.name());
        if let Choice::Broken(problem) = &choice {
            touched.extend(problem.touched().into_iter().chain(fitting.iter().map(|plug| plug.instance)));
        }
        for plug in fitting.into_iter().filter(|plug| Some(*plug) != taken) {
            rejected.push(candidates::rejected(instances, plug, RejectedWhy::Overruled));
        }
        return Decision { choice, rejected, touched };
    }
    if !context.request.auto_wire {
        let choice = match context.permissions.of(&port.name(), port.interface().as_ref()) {
            Permission::Allowed(pattern) => Choice::Open(Reason::Allowed(pattern)),
            Permission::Denied(_) | Permission::Unmentioned => {
                Choice::Broken(Problem::NotWired { offers: candidates::anywhere(context, socket) })
            }
        };
        return Decision { choice, rejected, touched: Vec::new() };
    }
    let reason = reason.unwrap_or(Reason::OnlyCandidate);
    let choice = if port.shape.is_types_only(&port.item.entity) {
        Choice::TypesOnly(match fitting.as_slice() {
            [plug] => Some((*plug, reason)),
            // Value types have no owner: with several plugs no choice can be wrong, so none is made.
            _ => {
                for plug in fitting {
                    rejected.push(candidates::rejected(instances, plug, RejectedWhy::Wiring));
                }
                None
            }
        })
    } else {
        match fitting.as_slice() {
            [plug] => Choice::Wire(*plug, reason),
            [] if !misfits.is_empty() => Choice::Broken(Problem::Misfit { plugs: misfits, by: By::Name }),
            [] if !unlabelled.is_empty() => Choice::Broken(Problem::Unlabelled { plugs: unlabelled }),
            [] => match context.permissions.of(&port.name(), port.interface().as_ref()) {
                Permission::Allowed(pattern) => Choice::Open(Reason::Allowed(pattern)),
                Permission::Denied(pattern) => unresolved(context, socket, Some(pattern)),
                Permission::Unmentioned => unresolved(context, socket, None),
            },
            _ => Choice::Several(fitting),
        }
    };
    let touched = match &choice {
        Choice::Broken(problem) => problem.touched(),
        _ => Vec::new(),
    };
    Decision { choice, rejected, touched }
}

fn unresolved<'a>(context: &Context<'a>, socket: Socket, denied: Option<&'a Written>) -> Choice<'a> {
    let near = near_miss::find(context, socket);
    // With an input missing, what it would have provided is missing too; so with a pattern that may have allowed it.
    if (context.incomplete && near.is_empty()) || (context.permissions.faulty && denied.is_none()) {
        return Choice::Broken(Problem::Silent);
    }
    Choice::Broken(Problem::Unresolved { near, denied })
}
