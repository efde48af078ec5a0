//! Which imports of a world an item speaks of: those whose types it names.
//!
//! This is what makes an import necessary that has nothing but types: some function, or some other type, is written with
//! them.

use super::shape::*;
use std::collections::BTreeSet;

/// The imports whose types an import or export names, by position, itself not. Only what it names itself: what those
/// imports speak of in turn is their own affair.
pub fn speaks_of(shape: &Shape, side: Side, item: usize) -> BTreeSet<usize> {
    let mut left = Vec::new();
    if let Some((_, item)) = shape.side(side).get_index(item) {
        named(&item.entity, &mut left);
    }
    let (mut seen, mut found) = (BTreeSet::new(), BTreeSet::new());
    while let Some(ty) = left.pop() {
        if !seen.insert(ty) {
            continue;
        }
        let places = shape.bindings.get(&ty).into_iter().flatten();
        let of_other = |place: &&Place| place.side == Side::Import && !(side == Side::Import && place.item == item);
        match places.filter(of_other).map(|place| place.item).min() {
            Some(import) => drop(found.insert(import)),
            None => left.extend(shape.mentions(ty)),
        }
    }
    found
}

fn named(entity: &Entity, into: &mut Vec<TypeId>) {
    match entity {
        Entity::Func(func) => into.extend(func.val_types().filter_map(|ty| match ty {
            ValType::Type(id) => Some(id),
            ValType::Primitive(_) => None,
        })),
        Entity::Instance(items) => items.values().for_each(|item| named(&item.entity, into)),
        Entity::Type { created } => into.push(*created),
        Entity::Unsupported(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::samples::wit;

    #[test]
    fn types_are_followed_to_the_import_that_names_them() {
        let shape = wit("package t:t;
            interface a { record r { x: u8 } }
            interface b { use a.{r}; record s { r: r } }
            interface c { use b.{s}; f: func(s: list<s>); }
            interface d { g: func(); }
            world w { import d; import c; use b.{s}; import h: func(s: s); export c; export i: func() -> u8; }");
        let at = |name: &str| shape.imports.get_index_of(name).unwrap_or_else(|| panic!("{name}"));
        let of = |side, name: &str| {
            let item = shape.side(side).get_index_of(name).unwrap_or_else(|| panic!("{name}"));
            let found = speaks_of(&shape, side, item).into_iter();
            found.map(|import| shape.imports.get_index(import).expect("an import").0.as_str()).collect::<Vec<_>>()
        };
        // Only what it names itself: that `b` speaks of `a` is an affair of `b`.
        assert_eq!(of(Side::Import, "t:t/b"), ["t:t/a"]);
        assert_eq!(of(Side::Import, "t:t/c"), ["t:t/b"]);
        assert_eq!(of(Side::Import, "t:t/d"), [""; 0]);
        assert_eq!(of(Side::Export, "t:t/c"), ["t:t/b"]);
        assert_eq!(of(Side::Export, "i"), [""; 0]);
        // A function of the world speaks of a type of the world or of the interface it comes from, whichever is first.
        assert_eq!(speaks_of(&shape, Side::Import, at("h")).len(), 1);
    }
}
