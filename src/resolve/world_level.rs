//! Functions and types that a component imports at world level, not inside an interface.
//!
//! A *type* that the world uses from an interface (`use e.{error}`) is not provided by anyone of its own: it has to come
//! from the same instance as the interface, or a resource would get two owners. So the chain of its names is followed to
//! the import that it was used from. Functions, and types that the world declares itself, are matched by their plain
//! names like everything else (`candidates`).

use crate::types::shape::{Entity, Shape, Side, TypeDef, TypeId};

/// The other import, and the names below it, that a type imported at world level was used from.
pub(super) fn used_from(shape: &Shape, import: usize) -> Option<(usize, Vec<String>)> {
    let (_, item) = shape.imports.get_index(import)?;
    let Entity::Type { created } = item.entity else { return None };
    let mut at = created;
    loop {
        if let Some(found) = bound_in_another_import(shape, at, import) {
            return Some(found);
        }
        let TypeDef::Alias(of) = shape.def(at) else { return None };
        at = *of;
    }
}

/// The first other import, and the names below it, where a type got its name.
fn bound_in_another_import(shape: &Shape, ty: TypeId, import: usize) -> Option<(usize, Vec<String>)> {
    shape
        .bindings
        .get(&ty)?
        .iter()
        .find(|place| place.side == Side::Import && place.item != import)
        .map(|place| (place.item, place.path.clone()))
}
