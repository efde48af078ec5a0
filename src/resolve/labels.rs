//! Labels: an import `primary: acme:kv/store` asks for the interface under a name of its own.
//!
//! A labelled socket takes, in this order, a plug of the same label, an instance named like the label, and an unlabelled
//! plug only if its component imports the interface once: two labelled sockets never silently share one plug, since
//! labels exist to keep them apart. An unlabelled socket takes unlabelled plugs only.

use super::Context;
use super::candidates::Found;
use crate::model::name::InterfaceName;
use crate::model::plan::{InstanceId, Plug, Reason, RejectedWhy, Socket};

/// The plugs that a socket's label leaves, and why one of them would be taken.
pub(super) struct Sorted {
    /// The plugs.
    pub(super) plugs: Vec<Plug>,
    /// The reason.
    pub(super) reason: Reason,
}

/// Sorts the plugs of the right interface by the socket's label.
pub(super) fn sort(context: &Context<'_>, socket: Socket, plugs: Vec<Plug>, found: &mut Found) -> Sorted {
    let instances = &context.instances;
    let port = instances.import(socket);
    let (labelled, plain): (Vec<Plug>, Vec<Plug>) =
        plugs.into_iter().partition(|plug| instances.export(*plug).label().is_some());
    let (Some(label), Some(interface)) = (port.label(), port.interface()) else {
        labelled.into_iter().for_each(|plug| found.reject(instances, plug, RejectedWhy::Label));
        return Sorted { plugs: plain, reason: Reason::OnlyCandidate };
    };
    let (same, other): (Vec<Plug>, Vec<Plug>) =
        labelled.into_iter().partition(|plug| instances.export(*plug).label() == Some(label));
    other.into_iter().for_each(|plug| found.reject(instances, plug, RejectedWhy::Label));
    if !same.is_empty() {
        plain.into_iter().for_each(|plug| found.reject(instances, plug, RejectedWhy::Label));
        return Sorted { plugs: same, reason: Reason::Label };
    }
    let named_like = instances.find(label).filter(|id| *id != socket.instance && *id != context.root);
    let of_it = named_like.map(|id| plugs_of(context, id, &interface)).unwrap_or_default();
    if !of_it.is_empty() {
        for plug in plain.into_iter().filter(|plug| !of_it.contains(plug)) {
            found.reject(instances, plug, RejectedWhy::Label);
        }
        return Sorted { plugs: of_it, reason: Reason::InstanceNamedLike };
    }
    if times_imported(context, socket.instance, &interface) == 1 {
        return Sorted { plugs: plain, reason: Reason::OnlyCandidate };
    }
    plain.iter().for_each(|plug| found.reject(instances, *plug, RejectedWhy::Label));
    found.unlabelled = plain;
    Sorted { plugs: Vec::new(), reason: Reason::OnlyCandidate }
}

/// The unlabelled exports of an interface that an instance has.
fn plugs_of(context: &Context<'_>, id: InstanceId, interface: &InterfaceName) -> Vec<Plug> {
    let unlabelled = |plug: &Plug| {
        let port = context.instances.export(*plug);
        port.label().is_none() && port.interface().is_some_and(|name| name.same_track(interface))
    };
    context.instances.plugs(id).filter(unlabelled).collect()
}

fn times_imported(context: &Context<'_>, id: InstanceId, interface: &InterfaceName) -> usize {
    let same =
        |socket: &Socket| context.instances.import(*socket).interface().is_some_and(|name| name.same_track(interface));
    context.instances.sockets(id).filter(same).count()
}
