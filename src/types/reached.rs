//! What a composition may take of a component besides its exports: the component's instance as a whole, what stands
//! inside an export, and, where an import of the result is described by a component that is never made, that import.
//!
//! Each is counted on behind the exports, so a plug is an instance and a number whatever it takes, and has its place in
//! `bindings` like an export, so the types below it have names. Only what is asked for is there.

use super::shape::{Attrs, Entity, Item, Place, Shape, Side};
use indexmap::IndexMap;

/// Something that is taken of a component besides its exports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// Where it is.
    pub within: Within,
    /// Its name there; empty for a whole.
    pub name: String,
    /// What it is.
    pub item: Item,
}

/// Where something that is taken of a component is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// It is the instance itself.
    Whole,
    /// Inside an export, or inside something reached, by its number.
    Export(usize),
    /// It is an import, passed on.
    Import(usize),
}

impl Shape {
    /// The name and item of an export, or of what is reached behind them.
    pub fn export(&self, number: usize) -> Option<(&str, &Item)> {
        match self.exports.get_index(number) {
            Some((name, item)) => Some((name, item)),
            None => self.reached_at(number).map(|reached| (reached.name.as_str(), &reached.item)),
        }
    }

    /// What is reached under a number; `None` for an export.
    pub fn reached_at(&self, number: usize) -> Option<&Reached> {
        self.reached.get(number.checked_sub(self.exports.len())?)
    }

    /// The names that lead to an export or to what is reached, joined by `#`; `None` for a whole.
    pub fn export_path(&self, number: usize) -> Option<String> {
        let (name, _) = self.export(number)?;
        match self.reached_at(number).map(|reached| reached.within) {
            None | Some(Within::Import(_)) => Some(name.to_owned()),
            Some(Within::Whole) => None,
            Some(Within::Export(outer)) => Some(format!("{}#{name}", self.export_path(outer)?)),
        }
    }

    /// The instance as a whole, all its exports as one.
    pub fn reach_whole(&mut self) -> usize {
        let item = Item { entity: Entity::Instance(self.exports.clone()), attrs: Attrs::default() };
        self.reach(Reached { within: Within::Whole, name: String::new(), item })
    }

    /// What has a name inside an export, or inside something reached; `None` if there is nothing.
    pub fn reach_inside(&mut self, number: usize, name: &str) -> Option<usize> {
        let Entity::Instance(items) = &self.export(number)?.1.entity else { return None };
        let item = items.get(name)?.clone();
        Some(self.reach(Reached { within: Within::Export(number), name: name.to_owned(), item }))
    }

    /// An import, passed on.
    pub fn reach_import(&mut self, import: usize) -> Option<usize> {
        let (name, item) = self.imports.get_index(import)?;
        let (name, item) = (name.clone(), item.clone());
        Some(self.reach(Reached { within: Within::Import(import), name, item }))
    }

    fn reach(&mut self, reached: Reached) -> usize {
        let same = |known: &Reached| known.within == reached.within && known.name == reached.name;
        if let Some(at) = self.reached.iter().position(same) {
            return self.exports.len() + at;
        }
        let number = self.exports.len() + self.reached.len();
        self.bind(&reached.item.entity, &mut Place { side: Side::Export, item: number, path: Vec::new() });
        self.reached.push(reached);
        number
    }

    fn bind(&mut self, entity: &Entity, place: &mut Place) {
        match entity {
            Entity::Type { created } => self.bindings.entry(*created).or_default().push(place.clone()),
            Entity::Instance(items) => self.bind_all(items, place),
            Entity::Func(_) | Entity::Unsupported(_) => {}
        }
    }

    fn bind_all(&mut self, items: &IndexMap<String, Item>, place: &mut Place) {
        for (name, item) in items {
            place.path.push(name.clone());
            self.bind(&item.entity, place);
            place.path.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::types::samples;

    #[test]
    fn what_is_reached_is_counted_behind_the_exports_once_and_its_types_have_places() {
        let mut shape = samples::wit(
            "package t:t; interface i { resource r; get: func() -> r; } world w { export i; export run: func(); }",
        );
        let whole = shape.reach_whole();
        assert_eq!((shape.exports.len(), whole, shape.reach_whole()), (2, 2, 2));
        let [i, run] = ["t:t/i", "run"].map(|name| shape.exports.get_index_of(name).expect("it is exported"));
        let get = shape.reach_inside(i, "get").expect("it is there");
        assert_eq!((get, shape.reach_inside(i, "put"), shape.reach_inside(run, "get")), (3, None, None));
        assert_eq!(shape.export(get).map(|(name, _)| name), Some("get"));
        assert_eq!(shape.export_path(get).as_deref(), Some("t:t/i#get"));
        assert_eq!((shape.export_path(whole), shape.export(4)), (None, None));
        let nested = shape.reach_inside(whole, "t:t/i").and_then(|inner| shape.reach_inside(inner, "r"));
        let places = shape.bindings.values().flatten().filter(|place| Some(place.item) == nested);
        assert_eq!(places.count(), 1);
    }
}
