//! Which plugs on offer could fill a socket that neither a pin nor a chain fills.
//!
//! By name first: the same interface on the same semver track, or the same plain name, of any shared instance but the
//! socket's own and the root. Then by shape, which alone decides whether 0.2.3 may stand for 0.2.6 or the reverse. Which
//! of several is taken is not decided here.

use super::Context;
use super::instances::{Instances, Kind, Port};
use super::labels;
use crate::model::name::{ExternName, match_key};
use crate::model::plan::{InstanceId, Plug, Reason, Rejected, RejectedWhy, Socket};
use crate::types::fit::{Mismatch, fits};
use std::collections::BTreeMap;

/// The exports of all shared instances, by interface (without version) and by plain name.
pub(super) struct Offers {
    by_name: BTreeMap<String, Vec<Plug>>,
}

impl Offers {
    /// Reads what is on offer. Plugs of one name stand in the order of their instances' names, not of the inputs.
    pub(super) fn new(instances: &Instances<'_>) -> Self {
        let mut shared: Vec<InstanceId> = instances.ids().filter(|id| *instances.kind(*id) == Kind::Shared).collect();
        shared.sort_by_key(|id| instances.name(*id));
        let mut by_name: BTreeMap<String, Vec<Plug>> = BTreeMap::new();
        for plug in shared.into_iter().flat_map(|id| instances.plugs(id)) {
            by_name.entry(key(&instances.export(plug))).or_default().push(plug);
        }
        Self { by_name }
    }

    /// The plugs of an interface or plain name.
    pub(super) fn get(&self, key: &str) -> &[Plug] {
        self.by_name.get(key).map_or(&[], Vec::as_slice)
    }

    /// How many names there are.
    pub(super) fn len(&self) -> usize {
        self.by_name.len()
    }

    /// Every plug on offer, by name.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &[Plug])> {
        self.by_name.iter().map(|(name, plugs)| (name.as_str(), plugs.as_slice()))
    }
}

/// What ports must share to be compared at all.
pub(super) fn key(port: &Port<'_>) -> String {
    match_key(port.interface().as_ref(), port.text)
}

/// What was found for a socket.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Plugs that fit.
    pub(super) fitting: Vec<Plug>,
    /// Plugs of the right name and the wrong type.
    pub(super) misfits: Vec<(Plug, Mismatch)>,
    /// Unlabelled plugs for one of several labelled sockets of one interface.
    pub(super) unlabelled: Vec<Plug>,
    /// What was passed over, and why.
    pub(super) rejected: Vec<Rejected>,
    /// Why a single fitting plug would be taken.
    pub(super) reason: Option<Reason>,
}

impl Found {
    /// Notes a plug that was passed over.
    pub(super) fn reject(&mut self, instances: &Instances<'_>, plug: Plug, why: RejectedWhy) {
        self.rejected.push(rejected(instances, plug, why));
    }

    fn try_all(&mut self, context: &Context<'_>, socket: &Port<'_>, plugs: &[Plug], reason: Reason) {
        for plug in plugs {
            match fits(context.instances.export(*plug).view(), socket.view()) {
                Ok(_) => self.fitting.push(*plug),
                Err(mismatch) => {
                    self.reject(&context.instances, *plug, RejectedWhy::Shape(mismatch.to_string()));
                    self.misfits.push((*plug, mismatch));
                }
            }
        }
        self.reason = Some(reason);
    }
}

/// A plug that was passed over.
pub(super) fn rejected(instances: &Instances<'_>, plug: Plug, why: RejectedWhy) -> Rejected {
    Rejected {
        component: instances.get(plug.instance).component,
        export: instances.export(plug).name().to_string(),
        why,
    }
}

/// Looks at everything on offer for a socket.
pub(super) fn find(context: &Context<'_>, socket: Socket) -> Found {
    let (instances, port) = (&context.instances, context.instances.import(socket));
    let mut found = Found::default();
    let mut by_name = Vec::new();
    for plug in context.offers.get(&key(&port)) {
        if !same_kind_of_name(&port, &instances.export(*plug)) {
            found.reject(instances, *plug, RejectedWhy::Track);
        } else if plug.instance == socket.instance {
            found.reject(instances, *plug, RejectedWhy::Itself);
        } else if plug.instance == context.root {
            found.reject(instances, *plug, RejectedWhy::Root);
        } else if context.chains.excludes(context, socket, plug.instance) {
            found.reject(instances, *plug, RejectedWhy::Overruled);
        } else {
            by_name.push(*plug);
        }
    }
    let sorted = labels::sort(context, socket, by_name, &mut found);
    found.try_all(context, &port, &sorted.plugs, sorted.reason);
    prefer_equal_version(instances, &port, &mut found);
    found
}

/// What would fit a socket, of any other instance: for a socket that nothing was said about where nothing is wired by
/// itself. By the names of the instances.
pub(super) fn anywhere(context: &Context<'_>, socket: Socket) -> Vec<Plug> {
    let (instances, port) = (&context.instances, context.instances.import(socket));
    let mut others: Vec<InstanceId> = instances.ids().filter(|id| *id != socket.instance).collect();
    others.sort_by_key(|id| instances.name(*id));
    let fitting = |plug: &Plug| {
        let export = instances.export(*plug);
        same_kind_of_name(&port, &export) && fits(export.view(), port.view()).is_ok()
    };
    others.into_iter().flat_map(|id| instances.plugs(id)).filter(fitting).collect()
}

/// Whether the names mean the same, up to the version within a track.
pub(super) fn same_kind_of_name(socket: &Port<'_>, plug: &Port<'_>) -> bool {
    match (socket.interface(), plug.interface()) {
        (Some(socket), Some(plug)) => socket.same_track(&plug),
        (None, None) => matches!((socket.name(), plug.name()), (ExternName::Plain(a), ExternName::Plain(b)) if a == b),
        _ => false,
    }
}

/// An instance that exports several versions of one track fills a socket with the version it asks for.
fn prefer_equal_version(instances: &Instances<'_>, port: &Port<'_>, found: &mut Found) {
    let Some(wanted) = port.interface().and_then(|name| name.full_version().cloned()) else { return };
    let equal = |plug: &Plug| {
        instances.export(*plug).interface().and_then(|name| name.full_version().cloned()).as_ref() == Some(&wanted)
    };
    let all = found.fitting.clone();
    found
        .fitting
        .retain(|plug| equal(plug) || !all.iter().any(|other| other.instance == plug.instance && equal(other)));
    for plug in all {
        if !found.fitting.contains(&plug) {
            found.reject(instances, plug, RejectedWhy::Overruled);
        }
    }
}
