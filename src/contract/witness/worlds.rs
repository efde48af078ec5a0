//! Worlds as wholes: a guest of one version where the world of another is asked for.
//!
//! What is inside of interfaces is asked about interface by interface, so here each has one function that never changes:
//! whether a guest fits is then a matter of what a world imports and exports, of its own functions and types, and of
//! interfaces that are written inside of it.

use super::parts::{encode, of_bytes, of_tracks, without_unstable};
use super::touched::Touched;
use crate::contract::change::ItemPath;
use crate::contract::gate::is_unstable;
use crate::contract::side::Side;
use crate::contract::wit_types::{id_of, reached};
use indexmap::IndexMap;
use std::collections::BTreeSet;
use wasm_encoder::ComponentType;
use wit_parser::{
    Docs, Function, FunctionKind, Interface, InterfaceId, ManglingAndAbi, PackageId, Resolve, Span, Stability, Type,
    TypeId, TypeOwner, World, WorldId, WorldItem, WorldKey,
};

/// The worlds of a side.
pub(super) struct Worlds {
    resolve: Resolve,
    /// Those that are judged and stable.
    all: BTreeSet<WorldId>,
}

impl Worlds {
    /// The worlds that are judged, without what is unstable; `own` has no version.
    pub(super) fn new(side: &Side, own: Option<PackageId>) -> Self {
        let mut resolve = side.resolve.clone();
        without_unstable(&mut resolve);
        of_tracks(&mut resolve, own);
        let judged = side.packages.iter().flat_map(|id| side.resolve.packages[*id].worlds.values());
        let judged = judged.chain(&side.component).filter(|id| !is_unstable(&side.resolve.worlds[**id].stability));
        let all: BTreeSet<WorldId> = judged.copied().collect();
        for id in &all {
            let stable = |resolve: &Resolve, item: &WorldItem| {
                let of = match item {
                    WorldItem::Interface { id, .. } => Some(&resolve.interfaces[*id].stability),
                    WorldItem::Function(_) | WorldItem::Type { .. } => None,
                };
                ![Some(item.stability(resolve)), of].into_iter().flatten().any(is_unstable)
            };
            let World { mut imports, mut exports, .. } = resolve.worlds[*id].clone();
            imports.retain(|_, item| stable(&resolve, item));
            exports.retain(|_, item| stable(&resolve, item));
            let world = &mut resolve.worlds[*id];
            (world.imports, world.exports) = (imports, exports);
        }
        let spoken_of: BTreeSet<_> = all.iter().flat_map(|id| own_types(&resolve, *id)).collect();
        let owned: BTreeSet<_> = spoken_of.iter().map(|ty| resolve.types[*ty].owner).filter_map(interface_of).collect();
        let labelled: BTreeSet<_> = all.iter().flat_map(|id| under_labels(&resolve, *id)).collect();
        let named =
            |(id, interface): &(InterfaceId, &mut Interface)| interface.name.is_some() && !labelled.contains(id);
        for (id, interface) in resolve.interfaces.iter_mut().filter(named) {
            interface.functions = IndexMap::from([("witness".to_owned(), function())]);
            if !owned.contains(&id) {
                interface.types.clear();
            }
        }
        Self { resolve, all }
    }

    /// Whether a world is judged and stable.
    pub(super) fn has(&self, world: WorldId) -> bool {
        self.all.contains(&world)
    }

    /// A guest of a world.
    pub(super) fn guest(&self, world: WorldId) -> Result<Vec<u8>, String> {
        let module = wit_component::dummy_module(&self.resolve, world, ManglingAndAbi::Standard32);
        encode(&self.resolve, module, world)
    }

    /// The type of such a guest.
    pub(super) fn contract(&self, world: WorldId) -> Result<ComponentType, String> {
        of_bytes(&self.guest(world)?)
    }

    /// What would have to be asked about interfaces that stand under labels, and about the types that exports written inside
    /// of the world use: those are never left out, used or not. With a change there, guests are not asked about.
    pub(super) fn beside(&self, side: &Side, world: WorldId) -> Touched {
        let linked = side.resolve.interfaces.iter().map(|(id, _)| id).collect();
        let labelled = Touched::by_interfaces(side, under_labels(&self.resolve, world), &linked, |_| true);
        labelled.or(Touched::by_mentioned(side, mentioned(&self.resolve, &self.resolve.worlds[world].exports)))
    }

    /// What concerns a guest of a world.
    pub(super) fn touched(&self, side: &Side, path: &ItemPath, world: WorldId) -> Touched {
        Touched::by_world(side, path, mentioned(&self.resolve, &self.resolve.worlds[world].imports))
    }
}

fn interface_of(owner: TypeOwner) -> Option<InterfaceId> {
    match owner {
        TypeOwner::Interface(id) => Some(id),
        TypeOwner::World(_) | TypeOwner::None => None,
    }
}

/// Interfaces with names that a world has under labels, where their contents and not their names are compared.
fn under_labels(resolve: &Resolve, world: WorldId) -> Vec<InterfaceId> {
    let world = &resolve.worlds[world];
    let items = world.imports.iter().chain(&world.exports);
    let labelled = items.filter_map(|(key, item)| match (key, item) {
        (WorldKey::Name(_), WorldItem::Interface { id, .. }) => Some(*id),
        _ => None,
    });
    labelled.filter(|id| resolve.interfaces[*id].name.is_some()).collect()
}

/// The types that a world's own functions, types and inline interfaces speak of.
fn own_types(resolve: &Resolve, world: WorldId) -> BTreeSet<TypeId> {
    let world = &resolve.worlds[world];
    let mut types = mentioned(resolve, &world.imports);
    types.extend(mentioned(resolve, &world.exports));
    types
}

fn mentioned(resolve: &Resolve, items: &IndexMap<WorldKey, WorldItem>) -> BTreeSet<TypeId> {
    let of_function = |function: &Function| -> Vec<Type> { function.parameter_and_result_types().collect() };
    let direct = items.iter().flat_map(|(key, item)| match item {
        WorldItem::Function(function) => of_function(function),
        WorldItem::Type { id, .. } => vec![Type::Id(*id)],
        WorldItem::Interface { id, .. }
            if matches!(key, WorldKey::Name(_)) && resolve.interfaces[*id].name.is_none() =>
        {
            let interface = &resolve.interfaces[*id];
            let types = interface.types.values().copied().map(Type::Id);
            types.chain(interface.functions.values().flat_map(of_function)).collect()
        }
        WorldItem::Interface { .. } => Vec::new(),
    });
    reached(resolve, direct).into_iter().filter_map(id_of).collect()
}

/// A function that takes and gives nothing.
fn function() -> Function {
    Function {
        name: "witness".into(),
        kind: FunctionKind::Freestanding,
        params: Vec::new(),
        result: None,
        docs: Docs::default(),
        stability: Stability::Unknown,
        span: Span::default(),
        external_id: None,
    }
}
