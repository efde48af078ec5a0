//! How large the result will be in the numbers hosts limit, so that a plan can be told how far it is from a limit.
//!
//! Counted as the linker encodes: an instance index for each instantiation, each open or made-up instance, each exported
//! instance of another that is used (once, however often), and each instance the result exports.

use crate::model::component::{ComponentId, Components, Digest};
use crate::model::plan::{Plan, Plug, Socket, Source};
use crate::model::sizes::{Limited, Sizes};
use crate::types::reached::Within;
use crate::types::shape::Entity;
use std::collections::BTreeSet;

/// The numbers of the result's own index spaces, and of all that is inside it.
pub fn of(plan: &Plan, components: &Components) -> Sizes {
    let embedded = embedded(plan, components);
    Sizes {
        instances: instances(plan, components),
        modules: 0,
        components: embedded.len(),
        inner: embedded
            .iter()
            .map(|component| components.get(*component).sizes.of(Limited::ModulesAndComponents))
            .sum(),
        tables: 0,
    }
}

/// Each distinct component is embedded once, with all that is inside it.
pub fn embedded(plan: &Plan, components: &Components) -> Vec<ComponentId> {
    let mut seen: BTreeSet<Digest> = BTreeSet::new();
    let used: BTreeSet<ComponentId> = plan.instances.iter().map(|instance| instance.component).collect();
    let made = used.into_iter().filter(|id| !components.get(*id).declares);
    made.filter(|id| seen.insert(components.get(*id).digest)).collect()
}

fn instances(plan: &Plan, components: &Components) -> usize {
    let is_instance = |entity: &Entity| matches!(entity, Entity::Instance(_));
    let import = |socket: Socket| {
        let shape = &components.get(plan.instance(socket.instance).component).shape;
        is_instance(&shape.imports[socket.import].entity)
    };
    let export = |plug: &Plug| {
        let shape = &components.get(plan.instance(plug.instance).component).shape;
        shape.export(plug.export).is_some_and(|(_, item)| is_instance(&item.entity))
    };
    let mut plugs: BTreeSet<Plug> = plan.exports.iter().map(|export| export.plug).collect();
    // Inside of an export: what is around it is taken out too. A whole instance is there already, and so is an import.
    let around = |plug: Plug| {
        let shape = &components.get(plan.instance(plug.instance).component).shape;
        match shape.reached_at(plug.export).map(|reached| reached.within) {
            None => (true, None),
            Some(Within::Export(export)) => (true, Some(Plug { export, ..plug })),
            Some(Within::Whole | Within::Import(_)) => (false, None),
        }
    };
    let mut made_up = 0;
    for instance in plan.ids() {
        for (at, wire) in plan.wires[instance.0].iter().enumerate() {
            match &wire.source {
                Some(Source::Plug(plug)) => {
                    plugs.insert(*plug);
                }
                Some(Source::Synthesised) => {
                    let shape = &components.get(plan.instance(instance).component).shape;
                    made_up += nested(&shape.imports[at].entity);
                }
                _ => {}
            }
        }
    }
    let open = plan.open.iter().filter_map(|open| open.sockets.first()).filter(|socket| import(**socket)).count();
    let exported = plan.exports.iter().filter(|exported| export(&exported.plug)).count();
    let mut left: Vec<Plug> = plugs.iter().copied().collect();
    while let Some(plug) = left.pop() {
        let (taken_out, outer) = around(plug);
        if !taken_out {
            plugs.remove(&plug);
        }
        left.extend(outer.filter(|outer| plugs.insert(*outer)));
    }
    let made = plan.instances.iter().filter(|instance| !components.get(instance.component).declares).count();
    made + open + made_up + plugs.iter().filter(|plug| export(plug)).count() + exported
}

/// How many instances an item is made of.
fn nested(entity: &Entity) -> usize {
    match entity {
        Entity::Instance(items) => 1 + items.values().map(|item| nested(&item.entity)).sum::<usize>(),
        _ => 0,
    }
}
