//! Which package, interface and world of one side is compared with which of the other.
//!
//! Packages are matched by name: with the same version if there is one, else of the same track, else in the order of their
//! versions. Interfaces and worlds are matched by name; what has no partner and has most of its items in common with
//! another that has none was renamed.

use super::{Which, text};
use crate::contract::counterpart::{self, Part};
use crate::contract::side::Side;
use crate::model::name::Track;
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use wit_parser::{Interface, InterfaceId, PackageId, PackageName, Resolve, World, WorldId, WorldItem, WorldKey};

/// How much of two interfaces must be the same for one to be the other under a new name, in percent.
const SAME: usize = 80;

/// Two things that are compared, or one without partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Met<Id> {
    Both(Id, Id),
    Renamed(Id, Id),
    Removed(Id),
    Added(Id),
}

/// Two packages.
#[derive(Debug, Clone, Copy)]
pub(super) struct PackagePair {
    pub(super) old: PackageId,
    pub(super) new: PackageId,
    /// Whether their changes are told; the others are there because these use them.
    pub(super) judged: bool,
}

/// Everything that was matched.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    pub(super) packages: Vec<PackagePair>,
    /// Of judged packages.
    pub(super) interfaces: Vec<Met<InterfaceId>>,
    /// Of all others: only those that both sides have.
    pub(super) foreign: Vec<(InterfaceId, InterfaceId)>,
    /// Of judged packages.
    pub(super) worlds: Vec<Met<WorldId>>,
    /// The partner of an old interface, those inside of worlds included.
    pub(super) new_of: HashMap<InterfaceId, InterfaceId>,
}

pub(super) fn pair(old: &Side, new: &Side) -> Pairs {
    let mut pairs = Pairs::default();
    let component = old.component.is_some() || new.component.is_some();
    let judged = [judged(old), judged(new)];
    for (one, other) in packages(old, new) {
        let is_judged = component || judged[0].contains(&one) && judged[1].contains(&other);
        pairs.packages.push(PackagePair { old: one, new: other, judged: is_judged });
        let (was, is) = (&old.resolve.packages[one], &new.resolve.packages[other]);
        let items = (
            |id: &InterfaceId| interface_items(&old.resolve, &old.resolve.interfaces[*id]),
            |id: &InterfaceId| interface_items(&new.resolve, &new.resolve.interfaces[*id]),
        );
        let met = by_name(&was.interfaces, &is.interfaces, items);
        if component {
            let parts = Parts { sides: [old, new] };
            for met in met.into_iter().flat_map(|met| parts.apart(met)) {
                match met {
                    _ if parts.told(met) => pairs.interfaces.push(met),
                    Met::Both(one, other) => pairs.foreign.push((one, other)),
                    _ => {}
                }
            }
        } else if is_judged {
            pairs.interfaces.extend(met);
            let items = (|id: &WorldId| world_items(&old.resolve, *id), |id: &WorldId| world_items(&new.resolve, *id));
            pairs.worlds.extend(by_name(&was.worlds, &is.worlds, items));
        } else {
            pairs.foreign.extend(met.into_iter().filter_map(|met| match met {
                Met::Both(one, other) => Some((one, other)),
                _ => None,
            }));
        }
    }
    if let (Some(one), Some(other)) = (old.component, new.component) {
        let parts = Parts { sides: [old, new] };
        pairs.interfaces.extend(parts.unpaired(&pairs.packages));
        pairs.worlds.push(Met::Both(one, other));
    }
    for met in &pairs.interfaces {
        if let Met::Both(one, other) | Met::Renamed(one, other) = met {
            pairs.new_of.insert(*one, *other);
        }
    }
    pairs.new_of.extend(pairs.foreign.iter().copied());
    inline(&mut pairs, old, new);
    pairs
}

/// Two sides of which one or both are components.
struct Parts<'a> {
    sides: [&'a Side; 2],
}

impl Parts<'_> {
    /// Two interfaces under other names are one only where both are there in full.
    fn apart(&self, met: Met<InterfaceId>) -> Vec<Met<InterfaceId>> {
        let [was, is] = self.of(met);
        match met {
            Met::Renamed(one, other) if was != Some(Part::Whole) || is != Some(Part::Whole) => {
                vec![Met::Removed(one), Met::Added(other)]
            }
            Met::Both(one, other) if self.components() && was.max(is) == Some(Part::Whole) && was != is => {
                if was == Some(Part::Whole) { vec![Met::Removed(one)] } else { vec![Met::Added(other)] }
            }
            _ => vec![met],
        }
    }

    /// Whether it is told what changed there. Between components that is what they export; what they import are needs. What
    /// WIT has is missing in a component only if that exports others of its package.
    fn told(&self, met: Met<InterfaceId>) -> bool {
        let parts = self.of(met);
        if self.components() {
            return parts.iter().all(|part| *part != Some(Part::Used)) && parts.contains(&Some(Part::Whole));
        }
        let (of_wit, other, lacks) = match met {
            Met::Both(..) | Met::Renamed(..) => return parts.iter().all(Option::is_some),
            Met::Removed(id) => (self.sides[0], self.sides[1], id),
            Met::Added(id) => (self.sides[1], self.sides[0], id),
        };
        let interface = &of_wit.resolve.interfaces[lacks];
        let provided = interface.package.is_some_and(|id| counterpart::provides(other, &of_wit.package_name(id)));
        let present = parts.iter().any(Option::is_some);
        present && (of_wit.component.is_some() || !interface.functions.is_empty() && provided)
    }

    /// What components export of packages that only one of them has.
    fn unpaired(&self, packages: &[PackagePair]) -> Vec<Met<InterfaceId>> {
        let of = |which: usize, met: fn(InterfaceId) -> Met<InterfaceId>| {
            let all = self.sides[which].resolve.packages.iter();
            let alone = all.filter(move |(id, _)| packages.iter().all(|pair| [pair.old, pair.new][which] != *id));
            alone.flat_map(move |(_, package)| package.interfaces.values().map(move |id| met(*id)))
        };
        of(0, Met::Removed).chain(of(1, Met::Added)).filter(|met| self.told(*met)).collect()
    }

    fn components(&self) -> bool {
        self.sides.iter().all(|side| side.component.is_some())
    }

    fn of(&self, met: Met<InterfaceId>) -> [Option<Part>; 2] {
        let part = |which: usize, id: InterfaceId| counterpart::part(self.sides[which], id);
        match met {
            Met::Both(one, other) | Met::Renamed(one, other) => [part(0, one), part(1, other)],
            Met::Removed(one) => [part(0, one), None],
            Met::Added(other) => [None, part(1, other)],
        }
    }
}

/// The packages of a side that are judged. The package that a component's world is printed in is none.
fn judged(side: &Side) -> BTreeSet<PackageId> {
    match side.component {
        None => side.packages.iter().copied().collect(),
        Some(world) => {
            let own = side.resolve.worlds[world].package;
            side.resolve.packages.iter().map(|(id, _)| id).filter(|id| Some(*id) != own).collect()
        }
    }
}

/// Packages by name, and those of one name by version.
fn packages(old: &Side, new: &Side) -> Vec<(PackageId, PackageId)> {
    let mut names: BTreeMap<(&str, &str), [Vec<PackageId>; 2]> = BTreeMap::new();
    for (which, side) in [old, new].into_iter().enumerate() {
        for (id, package) in side.resolve.packages.iter() {
            let key = (package.name.namespace.as_str(), package.name.name.as_str());
            names.entry(key).or_default()[which].push(id);
        }
    }
    let mut pairs = Vec::new();
    for [mut olds, mut news] in names.into_values() {
        let name = |which: Which, id: PackageId| match which {
            Which::Old => &old.resolve.packages[id].name,
            Which::New => &new.resolve.packages[id].name,
        };
        olds.sort_by_key(|id| &name(Which::Old, *id).version);
        news.sort_by_key(|id| &name(Which::New, *id).version);
        let tests: [fn(&PackageName, &PackageName) -> bool; 3] =
            [|one, other| one.version == other.version, |one, other| track(one) == track(other), |_, _| true];
        for test in tests {
            olds.retain(|one| {
                let partner = news.iter().position(|other| test(name(Which::Old, *one), name(Which::New, *other)));
                if let Some(partner) = partner {
                    pairs.push((*one, news.remove(partner)));
                }
                partner.is_none()
            });
        }
    }
    pairs.extend(counterpart::renamed(old, new));
    pairs.sort();
    pairs
}

/// The judged packages that are compared with each other.
pub(super) fn judged_packages(old: &Side, new: &Side) -> Vec<(PackageId, PackageId)> {
    let judged = [judged(old), judged(new)];
    let pairs = packages(old, new).into_iter();
    pairs.filter(|(one, other)| judged[0].contains(one) && judged[1].contains(other)).collect()
}

/// What versions of a package that can stand in for each other have in common.
pub(super) fn track(name: &PackageName) -> Track {
    Track::of(name.version.as_ref())
}

/// By name first; what is left over by how much is the same.
fn by_name<Id: Copy + Eq>(
    old: &IndexMap<String, Id>,
    new: &IndexMap<String, Id>,
    items: (impl Fn(&Id) -> BTreeSet<String>, impl Fn(&Id) -> BTreeSet<String>),
) -> Vec<Met<Id>> {
    let mut met: Vec<Met<Id>> = old.iter().filter_map(|(name, id)| Some(Met::Both(*id, *new.get(name)?))).collect();
    let gone: Vec<Id> = old.iter().filter(|(name, _)| !new.contains_key(*name)).map(|(_, id)| *id).collect();
    let come: Vec<Id> = new.iter().filter(|(name, _)| !old.contains_key(*name)).map(|(_, id)| *id).collect();
    let was: Vec<BTreeSet<String>> = gone.iter().map(items.0).collect();
    let is: Vec<BTreeSet<String>> = come.iter().map(items.1).collect();
    let mut taken = [vec![false; gone.len()], vec![false; come.len()]];
    for (_, from, to) in alike(&was, &is) {
        if !taken[0][from] && !taken[1][to] {
            (taken[0][from], taken[1][to]) = (true, true);
            met.push(Met::Renamed(gone[from], come[to]));
        }
    }
    let left = |ids: Vec<Id>, taken: &[bool]| ids.into_iter().zip(taken.to_vec()).filter(|(_, taken)| !taken);
    met.extend(left(gone, &taken[0]).map(|(id, _)| Met::Removed(id)));
    met.extend(left(come, &taken[1]).map(|(id, _)| Met::Added(id)));
    met
}

/// Pairs that have enough items in common, the most alike first: how many percent are not the same, and the two.
fn alike(old: &[BTreeSet<String>], new: &[BTreeSet<String>]) -> BTreeSet<(usize, usize, usize)> {
    let mut holders: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, items) in new.iter().enumerate() {
        for item in items {
            holders.entry(item).or_default().push(at);
        }
    }
    let mut found = BTreeSet::new();
    for (at, items) in old.iter().enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for holder in items.iter().filter_map(|item| holders.get(item.as_str())).flatten() {
            *shared.entry(*holder).or_default() += 1;
        }
        for (to, count) in shared {
            let percent = count * 100 / items.len().max(new[to].len());
            if percent >= SAME {
                found.insert((100 - percent, at, to));
            }
        }
    }
    found
}

pub(super) fn interface_items(resolve: &Resolve, interface: &Interface) -> BTreeSet<String> {
    let functions = interface.functions.values().map(|function| {
        let text = text::function(resolve, function);
        let of = function.kind.resource().and_then(|of| resolve.types[of].name.clone()).unwrap_or_default();
        format!("{of}.{text}")
    });
    interface.types.values().map(|id| text::definition(resolve, *id)).chain(functions).collect()
}

fn world_items(resolve: &Resolve, id: WorldId) -> BTreeSet<String> {
    let world: &World = &resolve.worlds[id];
    let sides = [("import", &world.imports), ("export", &world.exports)];
    let texts = sides.into_iter().flat_map(|(word, items)| {
        items.iter().flat_map(move |(key, item)| {
            let inner = match (key, item) {
                (WorldKey::Name(_), WorldItem::Interface { id, .. }) => {
                    interface_items(resolve, &resolve.interfaces[*id])
                }
                _ => BTreeSet::new(),
            };
            let head = format!("{word} {}", text::world_item(resolve, id, word, key, item));
            inner.into_iter().map(|text| format!("{word} {text}")).chain([head]).collect::<Vec<_>>()
        })
    });
    texts.collect()
}

/// Interfaces that are written inside of worlds, by the name they are imported or exported under.
fn inline(pairs: &mut Pairs, old: &Side, new: &Side) {
    for met in &pairs.worlds {
        let (Met::Both(one, other) | Met::Renamed(one, other)) = met else { continue };
        let (was, is) = (&old.resolve.worlds[*one], &new.resolve.worlds[*other]);
        for (was, is) in [(&was.imports, &is.imports), (&was.exports, &is.exports)] {
            for (key, item) in was {
                let WorldKey::Name(_) = key else { continue };
                if let (WorldItem::Interface { id: one, .. }, Some(WorldItem::Interface { id: other, .. })) =
                    (item, is.get(key))
                {
                    let inline =
                        old.resolve.interfaces[*one].name.is_none() && new.resolve.interfaces[*other].name.is_none();
                    if inline {
                        pairs.new_of.insert(*one, *other);
                    }
                }
            }
        }
    }
}
