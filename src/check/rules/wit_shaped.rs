//! WIT can describe the result: no core module, component or value among its imports and exports, and no instance in an
//! instance.
//!
//! Components are free to have such things; inside the composition they pass. At its surface nobody who works by WIT
//! (bindings, contracts, hosts) could use them.

use super::super::Facts;
use super::super::diags::NotWitShaped;
use crate::diag::Sink;
use crate::model::plan::InstanceId;
use crate::types::shape::{Entity, Side};

/// Reports imports and exports that WIT cannot describe.
pub(in crate::check) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let shape = |instance: InstanceId| &facts.components.get(facts.plan.instance(instance).component).shape;
    for open in &facts.plan.open {
        let Some(socket) = open.sockets.first() else { continue };
        let entity = &shape(socket.instance).imports[socket.import].entity;
        if let Some(what) = foreign(entity) {
            let instance = &facts.plan.instance(socket.instance).name;
            sink.report(NotWitShaped { side: Side::Import, name: &open.name.to_string(), instance, what });
        }
    }
    for export in &facts.plan.exports {
        let item = shape(export.plug.instance).export(export.plug.export);
        if let Some(what) = item.and_then(|(_, item)| foreign(&item.entity)) {
            let instance = &facts.plan.instance(export.plug.instance).name;
            sink.report(NotWitShaped { side: Side::Export, name: &export.name.to_string(), instance, what });
        }
    }
}

/// What of an item WIT does not have.
fn foreign(entity: &Entity) -> Option<&'static str> {
    match entity {
        Entity::Unsupported(_) => Some(entity.word()),
        Entity::Instance(items) => items.values().find_map(|item| match &item.entity {
            Entity::Instance(_) => Some("instance inside an instance"),
            Entity::Unsupported(_) => Some(item.entity.word()),
            _ => None,
        }),
        Entity::Func(_) | Entity::Type { .. } => None,
    }
}
