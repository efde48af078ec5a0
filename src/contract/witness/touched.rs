//! Which changes a consumer meets that uses one function or resource of an interface and nothing else.

use crate::contract::change::{Change, ItemPath};
use crate::contract::side::Side;
use crate::contract::wit_types::{holds_resource, id_of, reached};
use std::collections::{BTreeMap, BTreeSet};
use wit_parser::{Function, InterfaceId, Type, TypeDefKind, TypeId, TypeOwner};

/// The interfaces of a side that both components of a pair have. What only one of them has is not linked with the other: who
/// asks for it takes it from a provider of its own version.
pub(super) type Linked = BTreeSet<InterfaceId>;

/// What a consumer's binary speaks of.
#[derive(Debug, Clone, Default)]
pub(super) struct Touched {
    /// Items that concern it with all that is below them: its function, its types.
    whole: BTreeSet<ItemPath>,
    /// Items that concern it by themselves: its interfaces, its resources.
    alone: BTreeSet<ItemPath>,
}

impl Touched {
    /// By a function of an interface.
    pub(super) fn by_function(
        side: &Side,
        (interface, linked): (InterfaceId, &Linked),
        path: &ItemPath,
        function: &Function,
    ) -> Self {
        // Functions of a resource are found by it, even if they take and give none.
        let types = function.parameter_and_result_types().chain(function.kind.resource().map(Type::Id));
        let mut touched = Self::by_types(side, (interface, linked), types.filter_map(id_of).collect());
        touched.whole.insert(path.clone());
        touched
    }

    /// By some types of an interface.
    pub(super) fn by_types(side: &Side, (interface, linked): (InterfaceId, &Linked), types: Vec<TypeId>) -> Self {
        let mut touched = Self::default();
        let own = side.interface_path(interface);
        touched.alone.extend(own.iter().map(|path| ItemPath::package(&path.package)));
        touched.alone.extend(own);
        let package = side.resolve.interfaces[interface].package.map(|id| side.package_name(id)).unwrap_or_default();
        touched.types(side, types.into_iter(), |of| of == interface || linked.contains(&of), &package);
        touched
    }

    /// By types and all that they mention. Values are the same wherever they come from, so that what happened to them matters
    /// only where they are linked; a resource is another one if it does not come from where it should, and that is told where it
    /// is declared if its package, which is not `package`, is another version.
    fn types(
        &mut self,
        side: &Side,
        types: impl Iterator<Item = TypeId>,
        is_linked: impl Fn(InterfaceId) -> bool,
        package: &str,
    ) {
        for ty in reached(&side.resolve, types.map(Type::Id)).into_iter().filter_map(id_of) {
            let Some(path) = side.type_path(ty) else { continue };
            let def = &side.resolve.types[ty];
            let home = ItemPath { names: path.names[..1].to_vec(), ..path.clone() };
            let is_resource = matches!(def.kind, TypeDefKind::Resource);
            match def.owner {
                TypeOwner::Interface(of) if !is_linked(of) => {
                    if holds_resource(&side.resolve, ty) {
                        self.alone.insert(home);
                    }
                    if is_resource && path.package != package {
                        self.alone.insert(path);
                    }
                }
                _ => {
                    self.alone.insert(home);
                    let list = if is_resource { &mut self.alone } else { &mut self.whole };
                    list.insert(path);
                }
            }
        }
    }

    /// By some interfaces and what their types speak of: by all of those that are asked for in full, of others as far as these
    /// speak of it.
    pub(super) fn by_interfaces(
        side: &Side,
        interfaces: impl IntoIterator<Item = InterfaceId>,
        linked: &Linked,
        in_full: impl Fn(InterfaceId) -> bool,
    ) -> Self {
        let mut touched = Self::default();
        let mut packages: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
        for id in interfaces {
            let interface = &side.resolve.interfaces[id];
            let package = interface.package.map(|id| side.package_name(id)).unwrap_or_default();
            touched.alone.insert(ItemPath::package(&package));
            if !in_full(id) {
                touched.alone.extend(side.interface_path(id));
                continue;
            }
            touched.whole.extend(side.interface_path(id));
            let of_functions = interface.functions.values();
            let of_functions =
                of_functions.flat_map(|function| function.parameter_and_result_types().filter_map(id_of));
            packages.entry(package).or_default().extend(interface.types.values().copied().chain(of_functions));
        }
        for (package, types) in packages {
            touched.types(side, types.into_iter(), |of| linked.contains(&of), &package);
        }
        touched
    }

    /// By types of interfaces, without the interfaces as wholes.
    pub(super) fn by_mentioned(side: &Side, types: impl IntoIterator<Item = TypeId>) -> Self {
        let mut touched = Self::default();
        touched.types(side, types.into_iter(), |_| true, "");
        touched
    }

    /// By what a world has besides interfaces with names.
    pub(super) fn by_world(side: &Side, path: &ItemPath, types: impl IntoIterator<Item = TypeId>) -> Self {
        let mut touched = Self::default();
        touched.types(side, types.into_iter(), |_| true, "");
        touched.alone.clear();
        touched.alone.insert(ItemPath::package(&path.package));
        touched.whole.insert(path.clone());
        touched
    }

    /// What concerns either.
    pub(super) fn or(mut self, other: Self) -> Self {
        self.whole.extend(other.whole);
        self.alone.extend(other.alone);
        self
    }

    /// The changes that concern the consumer, in their order.
    pub(super) fn of<'c>(&self, changes: &Changes<'c>) -> Vec<&'c Change> {
        let alone = self.alone.iter().filter_map(|item| changes.by_item.get(item)).flatten().copied();
        let whole = self.whole.iter().flat_map(|item| {
            let inside = |found: &ItemPath| found.package == item.package && found.names.starts_with(&item.names);
            changes
                .by_item
                .range::<ItemPath, _>(item..)
                .take_while(move |(found, _)| inside(found))
                .flat_map(|(_, at)| at)
                .copied()
        });
        let found: BTreeSet<usize> = alone.chain(whole).collect();
        found.into_iter().map(|at| &changes.all[at]).collect()
    }
}

/// Changes, to be found by their items.
pub(super) struct Changes<'c> {
    all: &'c [Change],
    /// Where the changes of an item stand, what it became included.
    by_item: BTreeMap<&'c ItemPath, Vec<usize>>,
}

impl<'c> Changes<'c> {
    pub(super) fn new(all: &'c [Change]) -> Self {
        let mut by_item: BTreeMap<&ItemPath, Vec<usize>> = BTreeMap::new();
        for (at, change) in all.iter().enumerate() {
            for item in [Some(&change.item), change.became.as_ref()].into_iter().flatten() {
                by_item.entry(item).or_default().push(at);
            }
        }
        Self { all, by_item }
    }
}
