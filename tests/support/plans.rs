//! Plans made by hand for tests: every socket is wired as told, or else left open under its own name.

#![allow(unreachable_pub, dead_code, reason = "shared by tests that each use a part")]

use component_compose::model::component::{self, Component, ComponentId, Components, item_name};
use component_compose::model::name::ExternName;
use component_compose::model::plan::*;
use component_compose::model::sizes::Sizes;
use component_compose::types::shape::Shape;
use sha2::{Digest as _, Sha256};

/// Components of bytes with names; shapes are read by `shape`.
pub fn components(inputs: &[(&str, Vec<u8>)], shape: impl Fn(&[u8]) -> Shape) -> Components {
    let component = |(name, bytes): &(&str, Vec<u8>)| Component {
        name: (*name).into(),
        origin: format!("{name}.wasm"),
        named: true,
        digest: component::Digest(Sha256::digest(bytes).into()),
        shape: shape(bytes),
        bytes: bytes.clone().into(),
        declares: false,
        sizes: Sizes::default(),
    };
    Components { items: inputs.iter().map(component).collect(), ..Components::default() }
}

/// A plan over `instances` (name, component), the first being the root whose exports are exported. `wires` are
/// (instance, import, provider, export); a provider `""` names an import that is opened under the name `export`.
pub fn plan(components: &Components, instances: &[(&str, &str)], wires: &[(&str, &str, &str, &str)]) -> Plan {
    let id = |name: &str| {
        InstanceId(instances.iter().position(|(other, _)| *other == name).unwrap_or_else(|| panic!("no {name}")))
    };
    let component = |name: &str| {
        ComponentId(components.items.iter().position(|it| it.name == name).unwrap_or_else(|| panic!("no {name}")))
    };
    let mut plan = Plan::default();
    for (name, of) in instances {
        plan.instances.push(Instance { name: (*name).into(), component: component(of) });
    }
    for instance in plan.ids().collect::<Vec<_>>() {
        let shape = &components.get(plan.instance(instance).component).shape;
        let mut row = Vec::new();
        for (import, (name, item)) in shape.imports.iter().enumerate() {
            let told = wires.iter().find(|wire| id(wire.0) == instance && wire.1 == name);
            let (source, reason) = match told {
                Some((_, _, provider, export)) if !provider.is_empty() => {
                    let provider = id(provider);
                    let exports = &components.get(plan.instance(provider).component).shape.exports;
                    let export = exports.get_index_of(*export).unwrap_or_else(|| panic!("no {export}"));
                    (Source::Plug(Plug { instance: provider, export }), Reason::Pin(String::new()))
                }
                _ => {
                    let as_name = told.map_or(name.as_str(), |wire| wire.3);
                    let name = if told.is_some() { ExternName::parse(as_name, None) } else { item_name(name, item) };
                    let attrs = item.attrs.clone();
                    let open = plan.open.iter().position(|open| open.name == name).unwrap_or_else(|| {
                        let open = OpenImport {
                            name,
                            attrs,
                            sockets: Vec::new(),
                            types_only: None,
                            kept: Default::default(),
                            merged: Vec::new(),
                        };
                        plan.open.push(open);
                        plan.open.len() - 1
                    });
                    plan.open[open].sockets.push(Socket { instance, import });
                    (Source::Open(OpenId(open)), Reason::Allowed("*".into()))
                }
            };
            row.push(Wire { source: Some(source), reason, rejected: Vec::new() });
        }
        plan.wires.push(row);
    }
    let root = &components.get(plan.instance(InstanceId(0)).component).shape;
    for (export, (name, item)) in root.exports.iter().enumerate() {
        let plug = Plug { instance: InstanceId(0), export };
        plan.exports.push(PlanExport { name: item_name(name, item), attrs: item.attrs.clone(), plug });
    }
    plan
}
