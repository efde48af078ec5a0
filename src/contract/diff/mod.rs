//! What changed between two sides: every change as a fact, each with its places on both sides.
//!
//! | module | what it does |
//! |---|---|
//! | `pairs` | which package, interface and world is compared with which |
//! | `names` | types of both sides as symbols that can be compared |
//! | `renames` | types and functions that have another name |
//! | `interface` | the types and functions of an interface, or of a world itself |
//! | `function`, `signature` | one function; its parameters and result |
//! | `types`, `kinds`, `members` | one type; its fields and cases |
//! | `reference` | a type where it is used: the same, written otherwise, or another, and which rule says so |
//! | `order` | functions and types that stand in another order |
//! | `gates` | what became stable or unstable |
//! | `world`, `implied`, `dependencies` | imports and exports; what the reader adds to them; packages that these use |
//! | `usage`, `reach` | which types functions speak of; whom a change reaches |
//!
//! A change is told where it was made. That a function takes a record which has a new field is no change of the function:
//! types with names are compared by their names wherever they are used, and by what they are only where they are declared.

#[cfg(test)]
mod brought;
mod dependencies;
#[cfg(test)]
mod examples;
mod function;
mod gates;
mod implied;
mod interface;
mod kinds;
mod members;
#[cfg(test)]
mod more;
mod names;
mod order;
mod origins;
mod pairs;
mod reach;
#[cfg(test)]
mod real;
mod reference;
mod renames;
mod signature;
mod types;
mod usage;
mod world;

use super::change::{Change, ItemPath, Said};
use super::rule::Rule;
use super::side::Side;
use super::text;
use names::Names;
use pairs::{Met, Pairs};
use reach::Reach;
use std::collections::HashSet;
use usage::Usage;
use wit_parser::{InterfaceId, PackageId, Resolve, Span, TypeId};

/// One of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Which {
    Old,
    New,
}

/// What all parts of the comparison share.
struct Differ<'a> {
    sides: [&'a Side; 2],
    names: Names<'a>,
    /// The interfaces that have a partner, by the old one.
    pairs: Pairs,
    usage: [Usage; 2],
    reach: [Reach; 2],
    /// Types without a partner, of either side.
    alone: [HashSet<TypeId>; 2],
    /// Those of them that stand where the other side writes out what they mean.
    stands_for: [HashSet<TypeId>; 2],
    /// Resources that are declared elsewhere now, or are none any more: their functions went with them.
    moved: HashSet<(Which, TypeId)>,
    changes: Vec<Change>,
}

/// All changes from one side to the other, sorted by item and rule.
pub fn run(old: &Side, new: &Side) -> Vec<Change> {
    let pairs = pairs::pair(old, new);
    let mut names = Names::new(old, new);
    for (one, other) in &pairs.new_of {
        names.pair_interfaces(*one, *other);
    }
    for met in &pairs.worlds {
        if let Met::Both(one, other) | Met::Renamed(one, other) = met {
            names.pair_worlds(*one, *other);
        }
    }
    let sides = [old, new];
    let mut differ = Differ {
        sides,
        names,
        pairs,
        usage: sides.map(Usage::of),
        reach: sides.map(Reach::of),
        alone: Default::default(),
        stands_for: Default::default(),
        moved: HashSet::new(),
        changes: Vec::new(),
    };
    let mut bodies = interface::bodies(&differ);
    renames::find(&mut differ, &mut bodies);
    for body in &bodies {
        interface::compare(&mut differ, body);
    }
    interface::told(&mut differ);
    world::compare(&mut differ);
    dependencies::compare(&mut differ);
    let mut changes = differ.changes;
    Change::sort(&mut changes);
    changes
}

/// The judged packages of two sides that are compared with each other.
pub(super) fn packages(old: &Side, new: &Side) -> Vec<(PackageId, PackageId)> {
    pairs::judged_packages(old, new)
}

impl<'a> Differ<'a> {
    fn side(&self, which: Which) -> &'a Side {
        self.sides[which as usize]
    }

    fn resolve(&self, which: Which) -> &'a Resolve {
        &self.sides[which as usize].resolve
    }

    fn before(&self) -> &'a Resolve {
        self.resolve(Which::Old)
    }

    fn after(&self) -> &'a Resolve {
        self.resolve(Which::New)
    }

    /// A declaration with its place.
    fn said(&self, which: Which, text: impl Into<String>, span: Span) -> Option<Said> {
        Some(self.side(which).said(text, span))
    }

    /// A change as its rule has it; what is special about it can be set in the value that is given back.
    fn push(&mut self, rule: &'static Rule, item: ItemPath, old: Option<Said>, new: Option<Said>) -> &mut Change {
        self.changes.push(Change::new(rule, item, old, new));
        self.changes.last_mut().expect("it was just pushed")
    }

    /// Says of all changes since `start` where their items are now, if what they are in has another path.
    fn follow(&mut self, start: usize, old: &ItemPath, new: &ItemPath) {
        if old == new {
            return;
        }
        for change in &mut self.changes[start..] {
            if let Some(rest) = change.item.names.get(old.names.len()..) {
                let names = new.names.iter().chain(rest).cloned().collect();
                change.became = Some(ItemPath { package: new.package.clone(), names });
            }
        }
    }

    /// The new interface that an old one became.
    fn became(&self, old: InterfaceId) -> Option<InterfaceId> {
        self.pairs.new_of.get(&old).copied()
    }
}
