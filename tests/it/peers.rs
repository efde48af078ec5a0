//! The same wiring through other composers: where one of them gives a valid component, its world has the same imports
//! and exports, and each fits the other both ways.
//!
//! They cannot do all that is asked for: what they refuse, panic on or get wrong by the validator's word is counted.
//! Attributes and `use` relations, which they lose, are not compared.

use crate::family::family;
use crate::plans::components;
use crate::worlds::{caught, linked, shape};
use component_compose::check;
use component_compose::decode::validate::validate;
use component_compose::diag::Sink;
use component_compose::model::component::Components;
use component_compose::model::host::HostProfile;
use component_compose::model::plan::{InstanceId, Plan, Socket, Source};
use component_compose::model::request::{Request, Written};
use component_compose::resolve;
use component_compose::types::fit::{View, fits};
use component_compose::types::shape::Shape;
use std::collections::BTreeMap;
use wasmparser::WasmFeatures;

/// Composes by wac-graph.
pub(crate) fn wac(plan: &Plan, components: &Components) -> Result<Vec<u8>, String> {
    let mut graph = wac_graph::CompositionGraph::new();
    let mut packages = Vec::new();
    for component in &components.items {
        let name = format!("test:{}", component.name);
        let package = wac_types::Package::from_bytes(&name, None, component.bytes.to_vec(), graph.types_mut());
        packages.push(graph.register_package(package.map_err(|error| error.to_string())?).map_err(|e| e.to_string())?);
    }
    let order = plan.topological().expect("checked");
    let mut nodes = BTreeMap::new();
    for id in order {
        let node = graph.instantiate(packages[plan.instance(id).component.0]);
        for (import, name) in names(&shape_of(plan, components, id).imports).enumerate() {
            if let Some(Source::Plug(plug)) = plan.source(Socket { instance: id, import }) {
                let export =
                    shape_of(plan, components, plug.instance).exports.get_index(plug.export).expect("checked").0;
                let alias = graph.alias_instance_export(nodes[&plug.instance], export).map_err(|e| e.to_string())?;
                graph.set_instantiation_argument(node, name, alias).map_err(|error| error.to_string())?;
            }
        }
        nodes.insert(id, node);
    }
    for export in &plan.exports {
        let name =
            shape_of(plan, components, export.plug.instance).exports.get_index(export.plug.export).expect("one").0;
        let alias = graph.alias_instance_export(nodes[&export.plug.instance], name).map_err(|e| e.to_string())?;
        graph.export(alias, name).map_err(|error| error.to_string())?;
    }
    graph.encode(wac_graph::EncodeOptions { validate: false, ..Default::default() }).map_err(|error| error.to_string())
}

/// Composes by wasm-compose, which exports all of one instance.
pub(crate) fn wasm_compose(plan: &Plan, components: &Components) -> Result<Vec<u8>, String> {
    use wasm_compose::graph::{Component, CompositionGraph, EncodeOptions};
    let mut graph = CompositionGraph::new();
    let mut validator = wasmparser::Validator::new_with_features(WasmFeatures::all());
    let mut ids = Vec::new();
    for component in &components.items {
        let made = Component::from_bytes(&mut validator, component.name.clone(), component.bytes.to_vec());
        ids.push(graph.add_component(made.map_err(|e| format!("{e:#}"))?).map_err(|error| format!("{error:#}"))?);
    }
    let instance = |id: InstanceId| ids[plan.instance(id).component.0];
    let mut nodes = BTreeMap::new();
    for id in plan.ids() {
        nodes.insert(id, graph.instantiate(instance(id)).map_err(|error| format!("{error:#}"))?);
    }
    for id in plan.ids() {
        for (import, name) in names(&shape_of(plan, components, id).imports).enumerate() {
            let Some(Source::Plug(plug)) = plan.source(Socket { instance: id, import }) else { continue };
            let export = shape_of(plan, components, plug.instance).exports.get_index(plug.export).expect("checked").0;
            let from = graph.get_component(instance(plug.instance)).expect("added").export_by_name(export);
            let to = graph.get_component(instance(id)).expect("added").import_by_name(name);
            let (from, to) = (from.expect("it exports it").0, to.expect("it imports it").0);
            graph.connect(nodes[&plug.instance], Some(from), nodes[&id], to).map_err(|error| format!("{error:#}"))?;
        }
    }
    let options = EncodeOptions { define_components: true, export: Some(nodes[&InstanceId(0)]), validate: false };
    graph.encode(options).map_err(|error| format!("{error:#}"))
}

fn shape_of<'a>(plan: &Plan, components: &'a Components, id: InstanceId) -> &'a Shape {
    &components.get(plan.instance(id).component).shape
}

fn names<V>(side: &indexmap::IndexMap<String, V>) -> impl Iterator<Item = &str> {
    side.keys().map(String::as_str)
}

/// How a peer's world differs from ours, if it does.
pub(crate) fn difference(ours: &Shape, theirs: &Shape) -> Option<String> {
    difference_but(ours, theirs, &[])
}

/// The same, where the peer may have imports of those names besides ours.
pub(crate) fn difference_but(ours: &Shape, theirs: &Shape, besides: &[&str]) -> Option<String> {
    for (word, ours_side, theirs_side) in
        [("import", &ours.imports, &theirs.imports), ("export", &ours.exports, &theirs.exports)]
    {
        if let Some(name) = ours_side.keys().find(|name| !theirs_side.contains_key(*name)) {
            return Some(format!("lacks the {word} {name}"));
        }
        let known =
            |name: &String| ours_side.contains_key(name) || word == "import" && besides.contains(&name.as_str());
        if let Some(name) = theirs_side.keys().find(|name| !known(name)) {
            return Some(format!("has the {word} {name} besides"));
        }
        for (name, item) in ours_side {
            let one = View { shape: ours, entity: &item.entity };
            let other = View { shape: theirs, entity: &theirs_side[name].entity };
            for (plug, socket) in [(one, other), (other, one)] {
                if let Err(mismatch) = fits(plug, socket) {
                    return Some(format!("{word} {name}: {mismatch}"));
                }
            }
        }
    }
    None
}

type Compose = fn(&Plan, &Components) -> Result<Vec<u8>, String>;

fn compare(peer: &str, compose: Compose) {
    let (mut figures, mut others, mut tried) = (BTreeMap::<&str, usize>::new(), Vec::new(), 0);
    for seed in 0..4000 {
        let family = family(seed, 2);
        let inputs: Vec<_> = family.members.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
        let components = components(&inputs, shape);
        let mut request = Request::new();
        (request.allow, request.allow_unused) = (vec![Written::new("*")], true);
        let mut sink = Sink::default();
        let plan = resolve::run(&request, &components, &mut sink);
        let profile = HostProfile::named("tools-0.263").expect("a known profile");
        let filled = plan.wires.iter().flatten().any(|wire| matches!(wire.source, Some(Source::Plug(_))));
        if check::run(&plan, &components, &profile, &mut sink).is_none() || !filled {
            continue;
        }
        // What the others have no word for: types of the world, and types that are kept or made up.
        let plain = |wire: &component_compose::model::plan::Wire| {
            matches!(wire.source, Some(Source::Plug(_) | Source::Open(_)))
        };
        if !plan.wires.iter().flatten().all(plain) || plan.open.iter().any(|open| !open.kept.is_empty()) {
            continue;
        }
        let ours = linked(&plan, &components).unwrap_or_else(|why| panic!("seed {seed}: {why}"));
        tried += 1;
        let word = match caught(|| compose(&plan, &components)) {
            Err(_) => "panics",
            Ok(Err(_)) => "refused",
            Ok(Ok(bytes)) => match validate(&bytes, WasmFeatures::all()) {
                Err(_) => "not valid",
                Ok(made) => match difference(&ours, &made.shape) {
                    None => "the same world",
                    // wac-graph gives a labelled import the items of the interface's other import.
                    Some(how) if how.starts_with("import") && how.ends_with(": missing") => "asks the host for more",
                    Some(how) => {
                        others.push(format!("seed {seed}: {how}"));
                        "another world"
                    }
                },
            },
        };
        *figures.entry(word).or_default() += 1;
        if tried == 200 {
            break;
        }
    }
    println!("{peer}: {tried} compositions: {figures:?}");
    assert!(others.is_empty(), "{peer} makes other worlds: {others:#?}");
    assert!(figures.get("the same world").is_some_and(|count| *count > 10), "{peer}: {figures:?}");
}

#[test]
fn wac_graph_agrees_where_it_can() {
    compare("wac-graph", wac);
}

#[test]
fn wasm_compose_agrees_where_it_can() {
    compare("wasm-compose", wasm_compose);
}
