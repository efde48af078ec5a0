//! Every item of a side that is judged, by its path: what lint and stability go through.
//!
//! The differ has no use for it: it goes through pairs, and through packages that are not judged too.

use super::change::{ItemPath, Said};
use super::side::Side;
use super::text;
use std::collections::BTreeSet;
use wit_parser::{
    Function, Interface, InterfaceId, PackageId, Resolve, Span, Stability, Type, TypeDef, TypeDefKind, TypeId,
    TypeOwner, World, WorldId, WorldItem, WorldKey,
};

/// The items of a side.
#[derive(Debug)]
pub(super) struct Walk<'a> {
    pub side: &'a Side,
    pub packages: Vec<PackageId>,
    pub interfaces: Vec<InterfaceAt<'a>>,
    pub worlds: Vec<WorldAt<'a>>,
    pub functions: Vec<FunctionAt<'a>>,
    pub types: Vec<TypeAt<'a>>,
}

/// An interface, one that stands in a world included.
#[derive(Debug)]
pub(super) struct InterfaceAt<'a> {
    pub id: InterfaceId,
    pub path: ItemPath,
    pub def: &'a Interface,
}

#[derive(Debug)]
pub(super) struct WorldAt<'a> {
    pub id: WorldId,
    pub path: ItemPath,
    pub def: &'a World,
}

/// A function of an interface, a resource or a world.
#[derive(Debug)]
pub(super) struct FunctionAt<'a> {
    pub path: ItemPath,
    pub def: &'a Function,
    /// The interface that it is in; `None` for one of a world.
    pub interface: Option<InterfaceId>,
    /// The gate of what it is in: the resource, else the interface or world.
    pub parent: &'a Stability,
}

/// A type that has a name.
#[derive(Debug)]
pub(super) struct TypeAt<'a> {
    pub id: TypeId,
    pub path: ItemPath,
    pub def: &'a TypeDef,
    /// The interface that it is in; `None` for one of a world.
    pub interface: Option<InterfaceId>,
    /// The gate of the interface or world that it is in.
    pub parent: &'a Stability,
}

impl<'a> Walk<'a> {
    pub(super) fn new(side: &'a Side) -> Self {
        let mut walk = Self {
            side,
            packages: if side.component.is_some() { Vec::new() } else { side.packages.clone() },
            interfaces: Vec::new(),
            worlds: Vec::new(),
            functions: Vec::new(),
            types: Vec::new(),
        };
        match side.component {
            Some(world) => walk.exports_of(world),
            None => side.packages.iter().for_each(|package| walk.package(*package)),
        }
        walk
    }

    pub(super) fn resolve(&self) -> &'a Resolve {
        &self.side.resolve
    }

    fn package(&mut self, package: PackageId) {
        let package = &self.resolve().packages[package];
        for id in package.interfaces.values() {
            if let Some(path) = self.side.interface_path(*id) {
                self.interface(*id, path);
            }
        }
        for id in package.worlds.values() {
            if let Some(path) = self.side.world_path(*id) {
                self.world(*id, path);
            }
        }
    }

    /// What a component exports of its own: WASI is nobody's to mend.
    fn exports_of(&mut self, world: WorldId) {
        let mut seen = BTreeSet::new();
        for (key, item) in &self.resolve().worlds[world].exports {
            if let (WorldKey::Interface(_), WorldItem::Interface { id, .. }) = (key, item)
                && let Some(path) = self.side.interface_path(*id)
                && !path.package.starts_with("wasi:")
                && seen.insert(path.clone())
            {
                self.interface(*id, path);
            }
        }
    }

    fn world(&mut self, id: WorldId, path: ItemPath) {
        let def = &self.resolve().worlds[id];
        for (key, item) in def.imports.iter().chain(&def.exports) {
            match (key, item) {
                (WorldKey::Name(name), WorldItem::Interface { id, .. })
                    if self.resolve().interfaces[*id].name.is_none() =>
                {
                    self.interface(*id, path.below(name));
                }
                (_, WorldItem::Function(function)) => self.functions.push(FunctionAt {
                    path: self.side.function_path(&path, function),
                    def: function,
                    interface: None,
                    parent: self.parent(function, &def.stability),
                }),
                (WorldKey::Name(name), WorldItem::Type { id, .. }) => self.types.push(TypeAt {
                    id: *id,
                    path: path.below(name),
                    def: &self.resolve().types[*id],
                    interface: None,
                    parent: &def.stability,
                }),
                _ => {}
            }
        }
        self.worlds.push(WorldAt { id, path, def });
    }

    fn interface(&mut self, id: InterfaceId, path: ItemPath) {
        let def = &self.resolve().interfaces[id];
        for (name, ty) in &def.types {
            self.types.push(TypeAt {
                id: *ty,
                path: path.below(name),
                def: &self.resolve().types[*ty],
                interface: Some(id),
                parent: &def.stability,
            });
        }
        for function in def.functions.values() {
            self.functions.push(FunctionAt {
                path: self.side.function_path(&path, function),
                def: function,
                interface: Some(id),
                parent: self.parent(function, &def.stability),
            });
        }
        self.interfaces.push(InterfaceAt { id, path, def });
    }

    fn parent(&self, function: &Function, home: &'a Stability) -> &'a Stability {
        let resource = function.kind.resource().map(|id| &self.resolve().types[id].stability);
        resource.filter(|stability| !stability.is_unknown()).unwrap_or(home)
    }

    /// The version of the package of an item.
    pub(super) fn version(&self, path: &ItemPath) -> Option<&'a semver::Version> {
        let resolve = self.resolve();
        let package = self.packages.iter().find(|id| self.side.package_name(**id) == path.package)?;
        resolve.packages[*package].name.version.as_ref()
    }

    /// The name of an item with its place.
    pub(super) fn said(&self, path: &ItemPath, span: Span) -> Said {
        self.side.said(path.names.last().unwrap_or(&path.package), span)
    }

    /// A package with the place of its name.
    pub(super) fn said_package(&self, package: PackageId) -> Said {
        let name = self.resolve().packages[package].name.to_string();
        Said { text: name, at: self.side.declared_at(package) }
    }
}

impl<'a> WorldAt<'a> {
    /// What it imports and what it exports, each with that word.
    pub(super) fn ports(&self) -> impl Iterator<Item = (&'static str, &'a WorldKey, &'a WorldItem)> {
        let with = |word| move |(key, item)| (word, key, item);
        self.def.imports.iter().map(with("import")).chain(self.def.exports.iter().map(with("export")))
    }
}

impl FunctionAt<'_> {
    /// The parameters that are written, without the handle of a method.
    pub(super) fn params(&self) -> &[wit_parser::Param] {
        text::params(self.def)
    }

    /// The types of the written parameters, then that of the result.
    pub(super) fn written_types(&self) -> impl Iterator<Item = Type> + '_ {
        self.params().iter().map(|param| param.ty).chain(self.def.result)
    }

    /// What the documentation says, in lower case.
    pub(super) fn docs(&self) -> String {
        self.def.docs.contents.as_deref().unwrap_or_default().to_lowercase()
    }
}

impl TypeAt<'_> {
    /// The type of another interface that a `use` brings here.
    pub(super) fn used(&self, resolve: &Resolve) -> Option<TypeId> {
        match self.def.kind {
            TypeDefKind::Type(Type::Id(of))
                if resolve.types[of].owner != self.def.owner && resolve.types[of].owner != TypeOwner::None =>
            {
                Some(of)
            }
            _ => None,
        }
    }
}
