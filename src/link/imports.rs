//! The imports of the result.
//!
//! Written in plan order, except that an import whose types another one uses comes first.

use super::encode::{Broken, Encoder};
use super::names::extern_name;
use super::open::{Merged, What, introduces};
use super::origin::Context;
use super::origin::Origin;
use super::scope::Holder;
use crate::model::plan::OpenId;
use crate::types::shape::{Entity, Place, TypeDef, TypeId};
use wasm_encoder::{ComponentTypeRef, TypeBounds};

impl Encoder<'_> {
    /// Writes all imports.
    pub(super) fn open_imports(&mut self) -> Result<(), Broken> {
        (0..self.merged.len()).map(OpenId).try_for_each(|open| self.open_import(open))
    }

    /// Writes one import unless that is done already.
    pub(super) fn open_import(&mut self, open: OpenId) -> Result<(), Broken> {
        if self.open.contains_key(&open) {
            return Ok(());
        }
        if self.writing.contains(&open) {
            return Err(Broken::Mistake("imports use one another's types in a circle".into()));
        }
        self.writing.push(open);
        let aside = self.scopes.suspend();
        let index = self.write_import(open)?;
        self.scopes.resume(aside);
        self.writing.pop();
        self.open.insert(open, index);
        Ok(())
    }

    fn write_import(&mut self, open: OpenId) -> Result<u32, Broken> {
        let plan = &self.origins.plan.open[open.0];
        let merged = &self.merged[open.0];
        let holder = Holder::Open(open);
        let ty = match &merged.what {
            What::Instance(_) => ComponentTypeRef::Instance(self.instance_type(holder, merged)?),
            What::Leaf(Entity::Func(ty)) => ComponentTypeRef::Func(self.func(merged.cx, ty)?),
            What::Leaf(Entity::Type { created }) => ComponentTypeRef::Type(self.bounds(merged.cx, &[], *created)?),
            What::Leaf(other) => return Err(Broken::Mistake(format!("a {} cannot stay open", other.word()))),
        };
        let name = extern_name(&plan.name, &plan.attrs, self.canonical_names);
        let index = self.scopes.import(name, ty);
        match ty {
            ComponentTypeRef::Instance(_) => self.top().instances.insert((holder, Vec::new()), index),
            ComponentTypeRef::Type(_) => self.top().types.insert((holder, Vec::new()), index),
            _ => None,
        };
        Ok(index)
    }

    /// The type of an instance, in the innermost index space.
    pub(super) fn instance_type(&mut self, holder: Holder, merged: &Merged<'_>) -> Result<u32, Broken> {
        self.scopes.open();
        self.items(holder, &mut Vec::new(), merged)?;
        Ok(self.scopes.close())
    }

    fn items(&mut self, holder: Holder, path: &mut Vec<String>, merged: &Merged<'_>) -> Result<(), Broken> {
        let What::Instance(items) = &merged.what else { return Ok(()) };
        for (name, item) in items {
            path.push((*name).to_owned());
            let ty = match &item.what {
                What::Instance(_) => {
                    self.scopes.open();
                    self.items(holder, path, item)?;
                    ComponentTypeRef::Instance(self.scopes.close())
                }
                What::Leaf(Entity::Func(ty)) => ComponentTypeRef::Func(self.func(item.cx, ty)?),
                What::Leaf(Entity::Type { created }) => ComponentTypeRef::Type(self.bounds(item.cx, path, *created)?),
                What::Leaf(other) => return Err(Broken::Mistake(format!("a {} cannot stay open", other.word()))),
            };
            self.export_item(holder, path, name, item, ty);
            path.pop();
        }
        Ok(())
    }

    fn export_item(&mut self, holder: Holder, path: &[String], name: &str, item: &Merged<'_>, ty: ComponentTypeRef) {
        let written = self.scopes.instance_type();
        written.export(super::names::inner_name(name, item.attrs), ty);
        let (types, instances) = (written.type_count(), written.instance_count());
        let space = self.scopes.here();
        match ty {
            ComponentTypeRef::Instance(_) => space.instances.insert((holder, path.to_vec()), instances - 1),
            ComponentTypeRef::Type(_) => space.types.insert((holder, path.to_vec()), types - 1),
            _ => None,
        };
    }

    /// How a type is bounded where it gets its name.
    pub(super) fn bounds(&mut self, cx: Context, path: &[String], created: TypeId) -> Result<TypeBounds, Broken> {
        let actual = |encoder: &mut Self, broken| encoder.actual(cx, path).map(TypeBounds::Eq).ok_or(broken);
        if introduces(self.origins, cx, &Entity::Type { created }, path) {
            return match cx.ascribed {
                None => Ok(TypeBounds::SubResource),
                Some(_) => actual(self, Broken::Mistake(format!("no resource `{}`", path.join(".")))),
            };
        }
        // Mostly a further name of a type that has one.
        let shape = self.origins.shape(cx.instance);
        let index = match shape.def(created) {
            TypeDef::Alias(of) => self.type_index(cx, *of),
            // One instance may be passed on as it is, or exported twice: then the very same type got its name before.
            _ => match self.named_before(cx, path, created) {
                Some(origin) => self.index_of(cx, origin),
                // The validator forgets that a type is a further name when it renews the resources in both.
                None => self.structure(cx, created),
            },
        };
        // A resource that the result has no other name for is still that of the instance.
        index.map(TypeBounds::Eq).or_else(|broken| actual(self, broken))
    }

    /// Where the very same type got a name before this place, as the result sees it.
    fn named_before(&self, cx: Context, path: &[String], created: TypeId) -> Option<Origin> {
        let here = Place { side: cx.within.0, item: cx.within.1, path: path.to_vec() };
        let exported = |plug| self.exported.contains_key(&plug);
        let places = self.origins.shape(cx.instance).bindings.get(&created)?;
        let mut before: Vec<&Place> = places.iter().filter(|place| **place < here).collect();
        before.sort();
        before.into_iter().find_map(|place| self.origins.of_place(cx.instance, place, &exported))
    }
}
