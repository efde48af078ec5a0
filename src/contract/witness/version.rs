//! One of the two versions that are asked about: which of its packages is compared with which of the other, and what its
//! components are made of.
//!
//! Packages that are compared with one of another track are named differently on the two sides. Each of them has parts of
//! its own in which it has no version, made when they are asked for; all others share theirs.

use super::parts::Parts;
use super::worlds::Worlds;
use crate::contract::change::ItemPath;
use crate::contract::counterpart::{Part, part};
use crate::contract::diff;
use crate::contract::side::Side;
use crate::model::name::Track;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use wit_parser::{InterfaceId, PackageId, WorldId};

/// A package by what both sides call it: the same number for two that are compared.
pub(super) type Number = usize;

/// The number of a component's own world.
const OF_COMPONENT: Number = Number::MAX;

/// Which packages are compared.
pub(super) struct Compared {
    /// Of the old side and the new one, the judged packages with their numbers.
    numbers: [BTreeMap<PackageId, Number>; 2],
    /// Those whose version is no name that both sides know.
    apart: BTreeSet<Number>,
    /// Which of the two are components.
    components: [bool; 2],
}

impl Compared {
    pub(super) fn new(old: &Side, new: &Side) -> Self {
        let mut numbers = [BTreeMap::new(), BTreeMap::new()];
        let mut apart = BTreeSet::new();
        for (number, (one, other)) in diff::packages(old, new).into_iter().enumerate() {
            numbers[0].insert(one, number);
            numbers[1].insert(other, number);
            let track = |side: &Side, id: PackageId| Track::of(side.resolve.packages[id].name.version.as_ref());
            if track(old, one) != track(new, other) || is_doubled(old, one) || is_doubled(new, other) {
                apart.insert(number);
            }
        }
        // Those without a partner have numbers that the other side does not know.
        let first = numbers[0].len();
        for (which, side) in [old, new].into_iter().enumerate() {
            for (at, package) in side.packages.iter().enumerate() {
                numbers[which].entry(*package).or_insert(first + 2 * at + which);
            }
        }
        Self { numbers, apart, components: [old, new].map(|side| side.component.is_some()) }
    }
}

/// Whether a side has two versions of a package on one track.
fn is_doubled(side: &Side, of: PackageId) -> bool {
    let packages = &side.resolve.packages;
    let name = &packages[of].name;
    packages.iter().any(|(id, package)| {
        let is_it = (&package.name.namespace, &package.name.name) == (&name.namespace, &name.name);
        id != of && is_it && Track::of(package.name.version.as_ref()) == Track::of(name.version.as_ref())
    })
}

/// A side and the components made of it.
pub(super) struct Version<'s> {
    pub(super) side: &'s Side,
    /// Whether one of the two is a component: nothing in it says what is unstable.
    pub(super) binary: bool,
    shared: Made<'s>,
    apart: BTreeMap<Number, Made<'s>>,
    /// Its interfaces and worlds by name without version.
    pub(super) interfaces: BTreeMap<(ItemPath, Number), InterfaceId>,
    pub(super) worlds: BTreeMap<(ItemPath, Number), WorldId>,
}

impl<'s> Version<'s> {
    /// The old side, or the new one.
    pub(super) fn new(side: &'s Side, compared: &Compared, which: usize) -> Self {
        let numbers = &compared.numbers[which];
        let judged: Vec<_> = side.packages.iter().filter_map(|id| Some((*id, *numbers.get(id)?))).collect();
        let apart = judged.iter().filter(|(_, number)| compared.apart.contains(number));
        let package = |id: PackageId| &side.resolve.packages[id];
        let interfaces = judged.iter().flat_map(|(id, number)| {
            let all = package(*id).interfaces.values();
            all.filter_map(|id| Some(((side.interface_path(*id)?, *number), *id)))
        });
        let worlds = judged.iter().flat_map(|(id, number)| {
            let all = package(*id).worlds.values();
            all.filter_map(|id| Some(((side.world_path(*id)?, *number), *id)))
        });
        let own = side.component.and_then(|id| Some(((side.world_path(id)?, OF_COMPONENT), id)));
        // Of a component that matters which both can have in full, or what it uses of WIT.
        let both = compared.components == [true, true];
        let meant = |id: InterfaceId| match part(side, id) {
            _ if side.component.is_none() => true,
            Some(Part::Whole) => true,
            Some(Part::Used) => !both,
            None => false,
        };
        Self {
            side,
            binary: compared.components.contains(&true),
            shared: Made::new(side, None),
            apart: apart.map(|(id, number)| (*number, Made::new(side, Some(*id)))).collect(),
            interfaces: interfaces.filter(|(_, id)| meant(*id)).collect(),
            worlds: worlds.chain(own).collect(),
        }
    }

    /// What components are made of that ask about a package.
    pub(super) fn made(&self, number: Number) -> &Made<'s> {
        self.apart.get(&number).unwrap_or(&self.shared)
    }

    /// What there is without any feature, whatever it is called.
    pub(super) fn stable(&self) -> &Parts {
        self.shared.parts(self.binary)
    }

    /// Whether it has of an interface only what it uses, which is no provider of it.
    pub(super) fn has_used(&self, key: &(ItemPath, Number)) -> bool {
        let id = self.interfaces.get(key).filter(|_| self.side.component.is_some());
        id.is_some_and(|id| part(self.side, *id) == Some(Part::Used))
    }
}

/// What components are made of, when they are.
pub(super) struct Made<'s> {
    side: &'s Side,
    /// The package that has no version.
    own: Option<PackageId>,
    stable: OnceLock<Parts>,
    all: OnceLock<Parts>,
    worlds: OnceLock<Worlds>,
}

impl<'s> Made<'s> {
    fn new(side: &'s Side, own: Option<PackageId>) -> Self {
        Self { side, own, stable: OnceLock::new(), all: OnceLock::new(), worlds: OnceLock::new() }
    }

    /// With what needs a feature, or without.
    pub(super) fn parts(&self, unstable: bool) -> &Parts {
        let parts = if unstable { &self.all } else { &self.stable };
        parts.get_or_init(|| Parts::new(self.side, unstable, self.own))
    }

    pub(super) fn worlds(&self) -> &Worlds {
        self.worlds.get_or_init(|| Worlds::new(self.side, self.own))
    }
}
