//! Whether a shape that was not made by reading a validated component can be walked at all.
//!
//! [`super::read`] makes only sound shapes; one that comes from outside of the process may point anywhere. Soundness is
//! about indices, not about meaning: whether a component of that type may exist is for the validator to say.

use super::shape::{Entity, FuncType, Item, Place, Shape, Side, TypeDef, TypeId, ValType};
use indexmap::IndexMap;

/// Instances of instances deeper than this are taken for damage; WIT has one level.
const DEEPEST: usize = 100;

/// Whether all types, resources and places that a shape mentions are in it, and each type mentions only earlier ones.
pub fn is_sound(shape: &Shape) -> bool {
    let count = shape.types.len();
    let ids = (0..u32::try_from(count).unwrap_or(u32::MAX)).map(TypeId);
    let types = ids.into_iter().all(|id| {
        let resource = match shape.def(id) {
            TypeDef::Resource(resource) => (resource.0 as usize) < shape.resources.len(),
            TypeDef::Own(of) | TypeDef::Borrow(of) => of.0 < id.0 && shape.resource(*of).is_some(),
            _ => true,
        };
        shape.mentions(id).iter().all(|mentioned| mentioned.0 < id.0) && resource
    });
    // What follows looks types up.
    types
        && items_are_sound(&shape.imports, count, 0)
        && items_are_sound(&shape.exports, count, 0)
        && shape.resources.iter().all(|place| place_is_sound(shape, place).is_some())
        && shape.bindings.iter().all(|(id, places)| {
            (id.0 as usize) < count && places.iter().all(|place| place_is_sound(shape, place) == Some(Some(*id)))
        })
}

fn items_are_sound(items: &IndexMap<String, Item>, types: usize, depth: usize) -> bool {
    depth < DEEPEST
        && items.values().all(|item| match &item.entity {
            Entity::Func(func) => func_is_sound(func, types),
            Entity::Instance(items) => items_are_sound(items, types, depth + 1),
            Entity::Type { created } => (created.0 as usize) < types,
            Entity::Unsupported(_) => true,
        })
}

fn func_is_sound(func: &FuncType, types: usize) -> bool {
    func.val_types().all(|ty| match ty {
        ValType::Primitive(_) => true,
        ValType::Type(id) => (id.0 as usize) < types,
    })
}

/// The type that a place names, if it is one; `None` if the place leads nowhere.
fn place_is_sound(shape: &Shape, place: &Place) -> Option<Option<TypeId>> {
    let side = match place.side {
        Side::Import => &shape.imports,
        Side::Export => &shape.exports,
    };
    let mut item = side.get_index(place.item)?.1;
    for name in &place.path {
        let Entity::Instance(items) = &item.entity else { return None };
        item = items.get(name)?;
    }
    Some(match &item.entity {
        Entity::Type { created } => Some(*created),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::samples;
    use crate::types::shape::ResourceId;

    fn sample() -> Shape {
        samples::wat(r#"(component (import "a:b/c" (instance (export "r" (type (sub resource))))))"#)
    }

    #[test]
    fn a_shape_that_was_read_is_sound() {
        assert!(is_sound(&sample()));
        assert!(is_sound(&Shape::default()));
    }

    #[test]
    fn a_type_that_leads_nowhere_or_forward_is_not() {
        let mut forward = sample();
        forward.types.push(TypeDef::Alias(TypeId(9)));
        let mut itself = sample();
        let own = TypeId(u32::try_from(itself.types.len()).expect("few"));
        itself.types.push(TypeDef::List(ValType::Type(own), None));
        let mut resource = sample();
        resource.types.push(TypeDef::Resource(ResourceId(5)));
        for shape in [forward, itself, resource] {
            assert!(!is_sound(&shape), "{shape:?}");
        }
    }

    #[test]
    fn a_place_that_leads_nowhere_is_not() {
        let (mut item, mut path) = (sample(), sample());
        item.resources[0].item = 4;
        path.resources[0].path = vec!["s".into()];
        for shape in [item, path] {
            assert!(!is_sound(&shape), "{shape:?}");
        }
    }
}
