//! The instances of the result and what is passed to each.

use super::encode::{Broken, Encoder};
use super::origin::Context;
use super::scope::Holder;
use crate::model::component::ComponentId;
use crate::model::plan::{InstanceId, Plug, Socket, Source};
use crate::types::reached::Within;
use crate::types::shape::{Entity, Item, Side};
use indexmap::IndexMap;
use std::collections::BTreeMap;
use wasm_encoder::{Alias, ComponentExportKind};

impl Encoder<'_> {
    /// Instantiates everything, in dependency order. `indices` are the components in the result's index space.
    pub(super) fn instantiate_all(&mut self, indices: &BTreeMap<ComponentId, u32>) -> Result<(), Broken> {
        let plan = self.origins.plan;
        let order = plan.topological().ok_or_else(|| Broken::Mistake("the plan has a cycle".into()))?;
        // What only describes imports is no instance of the result.
        for id in order.into_iter().filter(|id| indices.contains_key(&plan.instance(*id).component)) {
            let component = plan.instance(id).component;
            let shape = self.origins.shape(id);
            let mut args = Vec::with_capacity(shape.imports.len());
            for (import, (name, item)) in shape.imports.iter().enumerate() {
                let index = self.argument(Socket { instance: id, import }, item)?;
                args.push((name.as_str(), kind(&item.entity)?, index));
            }
            let index = self.scopes.component().instantiate(None, indices[&component], args);
            self.instances.insert(id, index);
        }
        Ok(())
    }

    fn argument(&mut self, socket: Socket, item: &Item) -> Result<u32, Broken> {
        match self.origins.plan.source(socket) {
            None => Err(Broken::Mistake("a socket without a source passed the gate".into())),
            Some(Source::Open(open)) => Ok(self.open[open]),
            Some(Source::Plug(plug)) => self.plug(*plug),
            Some(Source::Synthesised) => self.synthesise(socket, &item.entity),
            Some(Source::TypeOf { import, path }) => {
                let (from, path) = self.used_from(Socket { import: *import, ..socket }, path.clone());
                if let Some(Source::Synthesised) = self.origins.plan.source(from) {
                    return self.synthesise(socket, &item.entity);
                }
                let holder = self.holder(from)?;
                self.scopes.find(holder, &path).ok_or_else(|| Broken::Mistake(format!("no type `{}`", path.join("."))))
            }
        }
    }

    /// An export of an instance, taken out of it once.
    pub(super) fn plug(&mut self, plug: Plug) -> Result<u32, Broken> {
        if let Some(known) = self.plugs.get(&plug) {
            return Ok(*known);
        }
        let shape = self.origins.shape(plug.instance);
        let (name, item) = shape.export(plug.export).expect("a plug points at an export of its component");
        let instance = match shape.reached_at(plug.export).map(|reached| reached.within) {
            None => self.instances[&plug.instance],
            Some(Within::Export(export)) => self.plug(Plug { export, ..plug })?,
            Some(Within::Whole) => return Ok(self.instances[&plug.instance]),
            Some(Within::Import(import)) => return self.argument(Socket { instance: plug.instance, import }, item),
        };
        let kind = kind(&item.entity)?;
        let index = self.scopes.component().alias(None, Alias::InstanceExport { instance, kind, name });
        self.plugs.insert(plug, index);
        Ok(index)
    }

    /// The socket that fills what a type was used from, if that is itself a type that was used from somewhere.
    fn used_from(&self, mut socket: Socket, mut path: Vec<String>) -> (Socket, Vec<String>) {
        while let Some(Source::TypeOf { import, path: above }) = self.origins.plan.source(socket) {
            socket.import = *import;
            path = above.iter().cloned().chain(path).collect();
        }
        (socket, path)
    }

    /// What a socket's types are found below.
    fn holder(&mut self, socket: Socket) -> Result<Holder, Broken> {
        match self.origins.plan.source(socket) {
            Some(Source::Open(open)) => Ok(Holder::Open(*open)),
            Some(Source::Plug(plug)) => {
                let index = self.plug(*plug)?;
                let holder = Holder::Instance(index);
                self.top().instances.insert((holder, Vec::new()), index);
                Ok(holder)
            }
            _ => Err(Broken::Mistake("a type is used from an import that is not filled".into())),
        }
    }

    /// An instance, or a type, made of value types alone.
    fn synthesise(&mut self, socket: Socket, entity: &Entity) -> Result<u32, Broken> {
        let cx = Context::new(socket.instance, Side::Import, socket.import);
        match entity {
            Entity::Type { created } => self.type_index(cx, *created),
            Entity::Instance(items) => self.bag(cx, items),
            other => Err(Broken::Mistake(format!("a {} cannot be synthesised", other.word()))),
        }
    }

    fn bag(&mut self, cx: Context, items: &IndexMap<String, Item>) -> Result<u32, Broken> {
        let mut exports = Vec::with_capacity(items.len());
        for (name, item) in items {
            let index = match &item.entity {
                Entity::Type { created } => self.type_index(cx, *created)?,
                Entity::Instance(items) => self.bag(cx, items)?,
                other => return Err(Broken::Mistake(format!("a {} cannot be synthesised", other.word()))),
            };
            exports.push((super::names::inner_name(name, &item.attrs), kind(&item.entity)?, index));
        }
        Ok(self.scopes.component().instantiate_exports(None, exports))
    }
}

pub(super) fn kind(entity: &Entity) -> Result<ComponentExportKind, Broken> {
    match entity {
        Entity::Func(_) => Ok(ComponentExportKind::Func),
        Entity::Instance(_) => Ok(ComponentExportKind::Instance),
        Entity::Type { .. } => Ok(ComponentExportKind::Type),
        Entity::Unsupported(_) => Err(Broken::Mistake(format!("a {} cannot be passed on", entity.word()))),
    }
}

/// The instance ids with their indices.
pub(super) fn numbered(encoder: &Encoder<'_>) -> impl Iterator<Item = (InstanceId, u32)> + use<> {
    encoder.instances.clone().into_iter()
}
