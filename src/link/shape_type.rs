//! The type of one component, written as a component type.
//!
//! A shape alone is a plan of one instance with every import open and every export exported, so the encoder of results
//! writes it; only that types are written where a result has definitions.

use super::encode::{Broken, Encoder};
use super::names::inner_name;
use super::open::{self, What};
use super::origin::Context;
use super::origin::{Origins, Renamed};
use super::scope::{Holder, Scopes, Top, index_after};
use crate::model::component::{ComponentId, item_name};
use crate::model::places::Places;
use crate::model::plan::{Instance, InstanceId, OpenId, OpenImport, Plan, Plug, Reason, Socket, Source, Wire};
use crate::types::shape::{Entity, Item, Shape, Side};
use std::collections::BTreeMap;
use wasm_encoder::{ComponentType, ComponentTypeRef};

/// The component type of a shape.
pub(crate) fn component_type(shape: &Shape) -> Result<ComponentType, Broken> {
    component_type_with(shape, |_| true)
}

/// The type that a component of a shape has for those who ask for some of its exports. What these speak of must be among them.
pub(crate) fn component_type_with(shape: &Shape, asked: impl Fn(&str) -> bool) -> Result<ComponentType, Broken> {
    let plan = alone(shape);
    let shapes = [shape];
    let renamed = Renamed::default();
    let origins = Origins { plan: &plan, shapes: &shapes, renamed: &renamed };
    let merged = open::merge(origins);
    let mut encoder = Encoder::new(origins, &merged, Scopes::new(Top::Type(ComponentType::new())), true);
    encoder.open_imports()?;
    for (export, (name, item)) in shape.exports.iter().enumerate().filter(|(_, (name, _))| asked(name)) {
        encoder.export_type(Plug { instance: InstanceId(0), export }, name, item)?;
    }
    match encoder.scopes.top {
        Top::Type(ty) => Ok(ty),
        Top::Component(_) => unreachable!("the type of a component was begun"),
    }
}

/// One instance with nothing wired.
fn alone(shape: &Shape) -> Plan {
    let socket = |import| Socket { instance: InstanceId(0), import };
    let open = shape.imports.iter().enumerate().map(|(import, (name, item))| OpenImport {
        name: item_name(name, item),
        attrs: item.attrs.clone(),
        sockets: vec![socket(import)],
        types_only: None,
        kept: BTreeMap::new(),
        merged: Vec::new(),
    });
    let wire = |import| Wire {
        source: Some(Source::Open(OpenId(import))),
        reason: Reason::OnlyCandidate,
        rejected: Vec::new(),
    };
    Plan {
        instances: vec![Instance { name: String::new(), component: ComponentId(0) }],
        wires: vec![(0..shape.imports.len()).map(wire).collect()],
        open: open.collect(),
        exports: Vec::new(),
        undecided: Vec::new(),
        places: Places::default(),
    }
}

impl Encoder<'_> {
    fn export_type(&mut self, plug: Plug, name: &str, item: &Item) -> Result<(), Broken> {
        let cx = Context::new(plug.instance, Side::Export, plug.export);
        let tree = open::tree(cx, item);
        let holder = Holder::Export(plug);
        let ty = match &tree.what {
            What::Instance(_) => ComponentTypeRef::Instance(self.instance_type(holder, &tree)?),
            What::Leaf(Entity::Func(ty)) => ComponentTypeRef::Func(self.func(cx, ty)?),
            What::Leaf(Entity::Type { created }) => ComponentTypeRef::Type(self.bounds(cx, &[], *created)?),
            What::Leaf(other) => return Err(Broken::Mistake(format!("a {} has no place in a shape", other.word()))),
        };
        let Top::Type(top) = &mut self.scopes.top else { unreachable!("the type of a component is being written") };
        top.export(inner_name(name, &item.attrs), ty);
        let index = index_after(top, ty);
        match ty {
            ComponentTypeRef::Instance(_) => self.top().instances.insert((holder, Vec::new()), index),
            ComponentTypeRef::Type(_) => self.top().types.insert((holder, Vec::new()), index),
            _ => None,
        };
        self.exported.insert(plug, index);
        Ok(())
    }
}
