//! The imports of the result.
//!
//! Written in plan order, except that an import whose types another one uses comes first.

use super::encode::{Broken, Context, Encoder};
use super::names::extern_name;
use super::open::{Merged, What, introduces};
use super::scope::Holder;
use crate::model::plan::OpenId;
use crate::types::shape::{Entity, TypeId};
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
            return Err(Broken("imports use one another's types in a circle".into()));
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
            What::Leaf(other) => return Err(Broken(format!("a {} cannot stay open", other.word()))),
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
                What::Leaf(other) => return Err(Broken(format!("a {} cannot stay open", other.word()))),
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
        if introduces(self.origins, cx, &Entity::Type { created }, path) {
            return match cx.ascribed {
                None => Ok(TypeBounds::SubResource),
                Some(instance) => {
                    let found = self.scopes.find(Holder::Instance(instance), path);
                    found.map(TypeBounds::Eq).ok_or_else(|| Broken(format!("no resource `{}`", path.join("."))))
                }
            };
        }
        // Mostly a further name of a type that has one. But the validator forgets that when it renews the resources in both.
        Ok(TypeBounds::Eq(self.structure(cx, created)?))
    }
}
