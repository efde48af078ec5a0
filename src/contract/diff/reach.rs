//! Whom a change of a type reaches: interfaces and worlds whose functions or types speak of it, however far away.

use crate::contract::change::ItemPath;
use crate::contract::side::Side;
use crate::contract::wit_types::children;
use std::collections::{BTreeSet, HashMap};
use wit_parser::{InterfaceId, Type, TypeId, TypeOwner, WorldItem, WorldKey};

/// Who speaks of which type, directly.
pub(super) struct Reach {
    /// By the index of a type, the types that are made with it.
    types: Vec<Vec<TypeId>>,
    /// By the index of a type, where it is declared and the functions that speak of it stand; numbers of `names`.
    places: Vec<Vec<usize>>,
    names: Vec<String>,
    /// Where interfaces without a name of their own stand.
    inline: HashMap<InterfaceId, ItemPath>,
}

impl Reach {
    pub(super) fn of(side: &Side) -> Self {
        let resolve = &side.resolve;
        let mut inline = HashMap::new();
        for (id, world) in resolve.worlds.iter() {
            let Some(path) = side.world_path(id) else { continue };
            for (key, item) in world.imports.iter().chain(&world.exports) {
                if let (WorldKey::Name(name), WorldItem::Interface { id, .. }) = (key, item)
                    && resolve.interfaces[*id].name.is_none()
                {
                    inline.insert(*id, path.below(name));
                }
            }
        }
        let mut reach = Self {
            types: vec![Vec::new(); resolve.types.len()],
            places: vec![Vec::new(); resolve.types.len()],
            names: Vec::new(),
            inline,
        };
        for (id, def) in resolve.types.iter() {
            for child in children(&def.kind) {
                if let Type::Id(child) = child {
                    reach.types[child.index()].push(id);
                }
            }
        }
        for (id, interface) in resolve.interfaces.iter() {
            let types = interface.types.values().map(|id| Type::Id(*id));
            let spoken = interface.functions.values().flat_map(|function| function.parameter_and_result_types());
            reach.place(side, TypeOwner::Interface(id), types.chain(spoken));
        }
        for (id, world) in resolve.worlds.iter() {
            let spoken = world.imports.values().chain(world.exports.values()).flat_map(|item| match item {
                WorldItem::Function(function) => function.parameter_and_result_types().collect(),
                WorldItem::Type { id, .. } => vec![Type::Id(*id)],
                WorldItem::Interface { .. } => Vec::new(),
            });
            reach.place(side, TypeOwner::World(id), spoken);
        }
        reach
    }

    fn place(&mut self, side: &Side, owner: TypeOwner, types: impl Iterator<Item = Type>) {
        let Some(name) = self.path(side, owner).and_then(|path| path.interface()) else { return };
        let number = self.names.len();
        self.names.push(name);
        for ty in types {
            if let Type::Id(id) = ty
                && self.places[id.index()].last() != Some(&number)
            {
                self.places[id.index()].push(number);
            }
        }
    }

    /// The path of an interface or world, also of one that is written inside of a world.
    pub(super) fn path(&self, side: &Side, owner: TypeOwner) -> Option<ItemPath> {
        match owner {
            TypeOwner::Interface(id) => side.interface_path(id).or_else(|| self.inline.get(&id).cloned()),
            TypeOwner::World(id) => side.world_path(id),
            TypeOwner::None => None,
        }
    }

    /// All who speak of a type.
    pub(super) fn from(&self, origins: impl IntoIterator<Item = TypeId>) -> BTreeSet<String> {
        let mut places = BTreeSet::new();
        let mut seen = vec![false; self.types.len()];
        let mut stack: Vec<TypeId> = origins.into_iter().collect();
        while let Some(id) = stack.pop() {
            if !std::mem::replace(&mut seen[id.index()], true) {
                places.extend(self.places[id.index()].iter().copied());
                stack.extend(&self.types[id.index()]);
            }
        }
        places.into_iter().map(|place| self.names[place].clone()).collect()
    }
}
