//! The wiring of a file as a graph: that of its outermost component.
//!
//! A component that wires nothing together is a graph of one instance: itself.

use super::agree::is_types;
use super::anatomy::{Anatomy, Composite, Inner, Of, PartId, Port, PortKind, Source};
use crate::model::graph::{End, Graph, GraphExport, HostImport, Node, Wire, group};
use crate::model::name::ExternName;
use crate::types::shape::Shape;
use std::collections::BTreeMap;

/// The graph of a file; `name` is what a component without a name is called. `None` for a core module.
pub fn graph(anatomy: &Anatomy, name: &str) -> Option<Graph> {
    let (file, shape) = (anatomy.file(), anatomy.shape.as_ref()?);
    let whole = file.component()?;
    let imports = imports(whole, shape);
    if !whole.is_composition() {
        let name = file.name.clone().unwrap_or_else(|| name.to_owned());
        let sockets = whole.imports.iter().enumerate().filter(|(_, port)| port.kind != PortKind::Type);
        let wires = sockets.map(|(at, port)| Wire { import: port.display(), from: End::Host(at) }).collect();
        let exports = whole
            .exports
            .iter()
            .map(|(port, _)| GraphExport { name: port.display(), from: End::Instance(0, port.display()) });
        let exports = exports.collect();
        return Some(
            Graph { instances: vec![Node { component: name.clone(), name, wires }], imports, exports }.in_order(),
        );
    }
    let inner = whole.inner.iter().rev().map(|inner| (inner.part, inner)).collect();
    let reader = Reader { anatomy, whole, places: places(whole), exports: exports(anatomy), inner };
    let instances = whole.instances.iter().filter(|instance| !instance.shim).map(|instance| {
        let mut wires = Vec::new();
        for wire in instance.wires.iter().filter(|wire| wire.kind != PortKind::Type) {
            let import = super::anatomy::full_name(&wire.import, &wire.attrs);
            reader.ends(import, &wire.from, &mut wires);
        }
        Node { name: instance.name.clone(), component: reader.component(instance.of), wires }
    });
    let instances = instances.collect();
    let mut exports = Vec::new();
    for (port, from) in &whole.exports {
        let from = reader.end(from).unwrap_or(End::Around);
        exports.push(GraphExport { name: port.display(), from });
    }
    Some(Graph { instances, imports, exports }.in_order())
}

fn imports(whole: &Composite, shape: &Shape) -> Vec<HostImport> {
    let import = |port: &super::anatomy::Port| HostImport {
        name: port.display(),
        group: group(&ExternName::parse(&port.name, None), port.attrs.implements.as_deref()),
        types_only: shape.imports.get(&port.name).is_some_and(|item| shape.is_types_only(&item.entity)),
    };
    whole.imports.iter().map(import).collect()
}

/// The position in the graph of each instance; shims have none.
fn places(whole: &Composite) -> Vec<Option<usize>> {
    let mut next = 0;
    let mut place = |shim: bool| {
        let place = (!shim).then_some(next);
        next += usize::from(!shim);
        place
    };
    whole.instances.iter().map(|instance| place(instance.shim)).collect()
}

fn exports(anatomy: &Anatomy) -> BTreeMap<(PartId, &str), &Port> {
    let parts = anatomy.parts.iter().enumerate().filter_map(|(at, part)| Some((PartId(at), part.component()?)));
    let mut exports = BTreeMap::new();
    for (id, component) in parts {
        exports.extend(component.exports.iter().map(|(port, _)| ((id, port.name.as_str()), port)));
    }
    exports
}

struct Reader<'a> {
    anatomy: &'a Anatomy,
    whole: &'a Composite,
    places: Vec<Option<usize>>,
    /// The parts by what the component around calls them, first.
    inner: BTreeMap<PartId, &'a Inner>,
    /// The exports of all parts.
    exports: BTreeMap<(PartId, &'a str), &'a Port>,
}

impl Reader<'_> {
    /// The name of an instance's component: what the component around calls it, else what it calls itself.
    fn component(&self, of: Of) -> String {
        let Of::Part(part) = of else { return "a component from elsewhere".into() };
        let inner = self.inner.get(&part);
        let name = inner.and_then(|inner| inner.name.clone()).or_else(|| self.anatomy.part(part).name.clone());
        name.unwrap_or_else(|| format!("component {}", part.0))
    }

    /// The wires of an import: one, or one for each item of what is put together for it, except for types.
    fn ends(&self, import: String, from: &Source, wires: &mut Vec<Wire>) {
        if is_types(self.whole, from) {
            return;
        }
        match from {
            Source::Bag(bag) => {
                for (name, kind, item) in &self.whole.bags[*bag] {
                    if *kind != PortKind::Type && !is_types(self.whole, item) {
                        let from = self.end(item).unwrap_or(End::Around);
                        wires.push(Wire { import: format!("{import}#{name}"), from });
                    }
                }
            }
            _ => wires.push(Wire { import, from: self.end(from).unwrap_or(End::Around) }),
        }
    }

    fn end(&self, from: &Source) -> Option<End> {
        match from {
            Source::Import(import, _) => Some(End::Host(*import)),
            Source::Instance(instance, path) => {
                let place = self.places[*instance]?;
                Some(End::Instance(place, self.export(*instance, path)))
            }
            _ => None,
        }
    }

    /// The name of an export with its whole version.
    fn export(&self, instance: usize, path: &[String]) -> String {
        let [name] = path else { return path.join("#") };
        let Of::Part(part) = self.whole.instances[instance].of else { return name.clone() };
        self.exports.get(&(part, name.as_str())).map_or_else(|| name.clone(), |port| port.display())
    }
}
