//! One resource has one owner: a component that holds as one type what two makers made cannot be built.
//!
//! The judgement is `types::identity`'s, over the whole plan; here it is told with both ways to the makers and the wire
//! that would make them one.

use super::super::Facts;
use super::super::diags::{Maker, ResourceSplit, Step};
use crate::diag::Sink;
use crate::model::component::{item_interface, item_name};
use crate::model::plan::{InstanceId, Plug, Socket};
use crate::types::identity::{LinkTo, Owner, OwnerChain};

/// Reports every split.
pub(in crate::check) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for split in &facts.identity.splits {
        let mut makers = split.sides.each_ref().map(|side| maker(facts, side));
        for (this, other) in [(0, 1), (1, 0)] {
            if let (Owner::Instance { instance, .. }, Some(link)) =
                (&split.sides[this].owner, split.sides[other].chain.last())
            {
                makers[this].could_serve = could_serve(facts, *instance, link.socket);
            }
        }
        let holder = &facts.plan.instance(split.holder).name;
        let input = facts.plan.places.inputs.get(&facts.plan.instance(split.holder).component);
        sink.report(ResourceSplit { holder, resource: &split.resource, makers, input });
    }
}

fn maker(facts: &Facts<'_>, side: &OwnerChain) -> Maker {
    let steps = side
        .chain
        .iter()
        .map(|link| {
            let instance = facts.plan.instance(link.socket.instance).name.clone();
            let to = match &link.to {
                LinkTo::Plug(plug) => Some((facts.plan.instance(plug.instance).name.clone(), export(facts, *plug))),
                LinkTo::Open(_) | LinkTo::TypeOf(_) => None,
            };
            let word = facts.plan.places.sockets.get(&link.socket).cloned();
            let open = matches!(link.to, LinkTo::Open(_));
            Step { instance, import: import(facts, link.socket), to, open, backwards: link.backwards, word }
        })
        .collect();
    let instance = match &side.owner {
        Owner::Instance { instance, .. } => Some(facts.plan.instance(*instance).name.clone()),
        Owner::Host { .. } => None,
    };
    Maker { instance, resource: side.resource.clone(), steps, could_serve: false }
}

/// Whether an instance exports something by the name of a socket's import.
pub(super) fn could_serve(facts: &Facts<'_>, instance: InstanceId, socket: Socket) -> bool {
    let shape = |instance| &facts.components.get(facts.plan.instance(instance).component).shape;
    let (name, item) = shape(socket.instance).imports.get_index(socket.import).expect("a socket is an index");
    let wanted = item_interface(name, item);
    shape(instance).exports.iter().any(|(other_name, other)| match (&wanted, item_interface(other_name, other)) {
        (Some(wanted), Some(offered)) => wanted.same_track(&offered),
        _ => name == other_name,
    })
}

/// The name of a socket's import.
pub(super) fn import(facts: &Facts<'_>, socket: Socket) -> String {
    let shape = &facts.components.get(facts.plan.instance(socket.instance).component).shape;
    let (name, item) = shape.imports.get_index(socket.import).expect("a socket is an index into the imports");
    item_name(name, item).to_string()
}

/// The name of a plug's export.
pub(super) fn export(facts: &Facts<'_>, plug: Plug) -> String {
    let shape = &facts.components.get(facts.plan.instance(plug.instance).component).shape;
    let (name, item) = shape.export(plug.export).expect("a plug is an index into the exports");
    item_name(name, item).to_string()
}
