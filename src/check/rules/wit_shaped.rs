//! WIT can describe the result: no core module, component or value among its imports and exports, no instance in an
//! instance, and under the name of an interface nothing but an instance.
//!
//! Components are free to have such things; inside the composition they pass. At its surface nobody who works by WIT
//! (bindings, contracts, hosts) could use them.

use super::super::Facts;
use super::super::diags::{Foreign, NotWitShaped};
use crate::diag::Sink;
use crate::model::name::ExternName;
use crate::model::plan::InstanceId;
use crate::types::shape::{Entity, Side};

/// Reports imports and exports that WIT cannot describe.
pub(in crate::check) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let shape = |instance: InstanceId| &facts.components.get(facts.plan.instance(instance).component).shape;
    for open in &facts.plan.open {
        let Some(socket) = open.sockets.first() else { continue };
        let entity = &shape(socket.instance).imports[socket.import].entity;
        if let Some(foreign) = foreign(&open.name, entity) {
            let instance = &facts.plan.instance(socket.instance).name;
            sink.report(NotWitShaped { side: Side::Import, name: &open.name.to_string(), instance, foreign });
        }
    }
    for export in &facts.plan.exports {
        let item = shape(export.plug.instance).export(export.plug.export);
        if let Some(foreign) = item.and_then(|(_, item)| foreign(&export.name, &item.entity)) {
            let instance = &facts.plan.instance(export.plug.instance).name;
            sink.report(NotWitShaped { side: Side::Export, name: &export.name.to_string(), instance, foreign });
        }
    }
}

/// What of an item WIT does not have.
fn foreign(name: &ExternName, entity: &Entity) -> Option<Foreign> {
    let interface_name = name.interface().is_some();
    match entity {
        Entity::Unsupported(_) => Some(Foreign::Is(entity.word())),
        Entity::Instance(items) => items.values().find_map(|item| match &item.entity {
            Entity::Instance(_) => Some(Foreign::Has("instance inside an instance")),
            Entity::Unsupported(_) => Some(Foreign::Has(item.entity.word())),
            _ => None,
        }),
        Entity::Func(_) if interface_name => Some(Foreign::Is("function under the name of an interface")),
        Entity::Type { .. } if interface_name => Some(Foreign::Is("type under the name of an interface")),
        Entity::Func(_) | Entity::Type { .. } => None,
    }
}
