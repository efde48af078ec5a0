//! A plan as a graph.

use crate::model::component::{Components, Digest};
use crate::model::graph::{End, Graph, GraphExport, HostImport, Node, Wire, group};
use crate::model::plan::{InstanceId, Plan, Plug, Socket, Source};
use crate::types::shape::{Entity, Side};
use std::collections::BTreeMap;

/// The wiring of a plan; wires that the resolver could not fill lead to nothing.
pub fn of_plan(plan: &Plan, components: &Components) -> Graph {
    // Components of equal bytes are one in an artifact, under the name of the first.
    let mut names: BTreeMap<Digest, &str> = BTreeMap::new();
    for instance in &plan.instances {
        let component = components.get(instance.component);
        names.entry(component.digest).or_insert(&component.name);
    }
    // What only describes imports of the result is no instance of it.
    let made: Vec<InstanceId> =
        plan.ids().filter(|id| !components.get(plan.instance(*id).component).declares).collect();
    let end = |plug: &Plug| match plan.behind(components, *plug) {
        Some((open, _)) => End::Host(open.0),
        None => {
            let at = made.iter().position(|id| *id == plug.instance).expect("what is no description is an instance");
            End::Instance(at, export(plan, components, *plug))
        }
    };
    let instances = made.iter().copied().map(|id| {
        let instance = plan.instance(id);
        let component = components.get(instance.component);
        let wires = component.shape.imports.iter().enumerate().filter_map(|(import, (_, item))| {
            let from = match plan.source(Socket { instance: id, import }) {
                _ if matches!(item.entity, Entity::Type { .. }) => return None,
                Some(Source::Synthesised | Source::TypeOf { .. }) => return None,
                Some(Source::Plug(plug)) => end(plug),
                Some(Source::Open(open)) => End::Host(open.0),
                None => End::Nothing,
            };
            Some(Wire { import: component.extern_at(Side::Import, import).0.to_string(), from })
        });
        Node { name: instance.name.clone(), component: names[&component.digest].to_owned(), wires: wires.collect() }
    });
    let exports =
        plan.exports.iter().map(|export| GraphExport { name: export.name.to_string(), from: end(&export.plug) });
    let imports = plan.open.iter().map(|open| HostImport {
        name: open.name.to_string(),
        group: group(&open.name, open.attrs.implements.as_deref()),
        types_only: plan.asks_nothing(components, open),
    });
    Graph { instances: instances.collect(), imports: imports.collect(), exports: exports.collect() }.in_order()
}

fn export(plan: &Plan, components: &Components, plug: Plug) -> String {
    let component = components.get(plan.instance(plug.instance).component);
    match component.shape.reached_at(plug.export) {
        None => component.extern_at(Side::Export, plug.export).0.to_string(),
        Some(_) => component.shape.export_path(plug.export).unwrap_or_default(),
    }
}
