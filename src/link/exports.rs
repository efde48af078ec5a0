//! The exports of the result.
//!
//! An export whose types another export names comes first, because what an export speaks of must have a name by then.

use super::encode::{Broken, Encoder};
use super::instances::kind;
use super::names::extern_name;
use super::open::{self, What};
use super::origin::Context;
use super::origin::Origin;
use super::scope::Holder;
use crate::model::plan::{PlanExport, Plug};
use crate::types::shape::{Entity, Shape, Side, TypeId, ValType};
use std::collections::BTreeSet;
use wasm_encoder::ComponentTypeRef;

impl Encoder<'_> {
    /// Writes all exports.
    pub(super) fn export_all(&mut self) -> Result<(), Broken> {
        let plan = self.origins.plan;
        let mut left: Vec<&PlanExport> = plan.exports.iter().collect();
        while !left.is_empty() {
            let waiting: Vec<Plug> = left.iter().map(|export| export.plug).collect();
            let ready = left
                .iter()
                .position(|export| {
                    let needs = self.exports_named_by(export.plug);
                    needs.iter().all(|plug| *plug == export.plug || !waiting.contains(plug))
                })
                .ok_or_else(|| Broken::Mistake("exports name one another's types in a circle".into()))?;
            let export = left.remove(ready);
            self.export(export)?;
        }
        Ok(())
    }

    fn export(&mut self, export: &PlanExport) -> Result<(), Broken> {
        let shape = self.origins.shape(export.plug.instance);
        let (_, item) = shape.export(export.plug.export).expect("a plug points at an export");
        let index = self.plug(export.plug)?;
        let kind = kind(&item.entity)?;
        let ty = self.ascription(export.plug, index)?;
        let name = extern_name(&export.name, &export.attrs, self.canonical_names);
        let index = self.scopes.component().export(name, kind, index, Some(ty));
        if self.exported.insert(export.plug, index).is_none() {
            let key = (Holder::Export(export.plug), Vec::new());
            match &item.entity {
                Entity::Instance(_) => self.top().instances.insert(key, index),
                Entity::Type { .. } => self.top().types.insert(key, index),
                _ => None,
            };
        }
        Ok(())
    }

    /// The type of an export, spelled out. Inferred types would do for validity, but they forget which types were
    /// used from an import, and two instances of one component would export the very same types, which decoders of WIT
    /// do not expect.
    fn ascription(&mut self, plug: Plug, index: u32) -> Result<ComponentTypeRef, Broken> {
        let shape = self.origins.shape(plug.instance);
        let (_, item) = shape.export(plug.export).expect("a plug points at an export");
        let cx = Context { ascribed: Some(index), ..Context::new(plug.instance, Side::Export, plug.export) };
        let actual = (Holder::Instance(index), Vec::new());
        let tree = open::tree(cx, item);
        Ok(match &tree.what {
            What::Instance(_) => {
                self.top().instances.insert(actual, index);
                ComponentTypeRef::Instance(self.instance_type(Holder::Export(plug), &tree)?)
            }
            What::Leaf(Entity::Func(ty)) => ComponentTypeRef::Func(self.func(cx, ty)?),
            What::Leaf(Entity::Type { created }) => {
                self.top().types.insert(actual, index);
                ComponentTypeRef::Type(self.bounds(cx, &[], *created)?)
            }
            What::Leaf(other) => return Err(Broken::Mistake(format!("a {} cannot be exported", other.word()))),
        })
    }

    /// Exports of the plan whose types the item of a plug names.
    fn exports_named_by(&self, plug: Plug) -> BTreeSet<Plug> {
        let planned: BTreeSet<Plug> = self.origins.plan.exports.iter().map(|export| export.plug).collect();
        let shape = self.origins.shape(plug.instance);
        let mut types = BTreeSet::new();
        let (_, item) = shape.export(plug.export).expect("a plug points at an export");
        types_of(shape, &item.entity, &mut types);
        let within = (Side::Export, plug.export);
        types
            .into_iter()
            .filter_map(|ty| match self.origins.of(plug.instance, ty, within, &|plug| planned.contains(&plug)) {
                Origin::Exported(plug, _) => Some(plug),
                Origin::Open(..) | Origin::Structure(..) => None,
            })
            .collect()
    }
}

/// Every type that an item mentions, directly or not.
fn types_of(shape: &Shape, entity: &Entity, out: &mut BTreeSet<TypeId>) {
    match entity {
        Entity::Func(ty) => ty.val_types().for_each(|ty| {
            if let ValType::Type(ty) = ty {
                reach(shape, ty, out);
            }
        }),
        Entity::Instance(items) => items.values().for_each(|item| types_of(shape, &item.entity, out)),
        Entity::Type { created } => reach(shape, *created, out),
        Entity::Unsupported(_) => {}
    }
}

fn reach(shape: &Shape, ty: TypeId, out: &mut BTreeSet<TypeId>) {
    if out.insert(ty) {
        shape.mentions(ty).into_iter().for_each(|ty| reach(shape, ty, out));
    }
}
