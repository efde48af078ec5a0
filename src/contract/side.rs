//! One version of a contract: WIT packages with their texts, whatever they were loaded from.
//!
//! Two versions are two sides, each with a `Resolve` of its own: putting both into one hides what changed between packages
//! of one version (wit-parser compares named types of merged packages by name only). A component is a side too: its types
//! are printed as WIT and read again, so that every item has a place that can be shown.

use super::change::{ItemPath, Said};
use crate::diag::Source;
use std::ops::Range;
use std::sync::Arc;
use wit_parser::{Function, InterfaceId, PackageId, PackageName, Resolve, Span, TypeId, TypeOwner, WorldId};

/// One version of a contract.
#[derive(Debug, Clone)]
pub struct Side {
    /// What the user calls it: `wit`, `git:main:wit`, `auth.wasm`.
    pub origin: String,
    /// The packages, unstable items included.
    pub resolve: Resolve,
    /// Those that are judged: the main package and those nested in it. The others are there because these use them.
    pub packages: Vec<PackageId>,
    /// The world of a component; its package is no contract of its own then.
    pub component: Option<WorldId>,
    /// The texts that the spans of `resolve` point into.
    pub texts: Vec<Arc<Source>>,
}

impl Side {
    /// A side where there is nothing.
    pub fn empty(origin: &str) -> Self {
        let (packages, texts) = (Vec::new(), Vec::new());
        Self { origin: origin.into(), resolve: Resolve::default(), packages, component: None, texts }
    }

    /// A side from one text, for examples: `name` is what messages call the text.
    ///
    /// # Errors
    /// What the WIT reader says against the text.
    pub fn of_text(name: &str, text: &str) -> Result<Self, String> {
        let mut map = wit_parser::SourceMap::new();
        map.push_str(name, text);
        let group = map.parse().map_err(|(map, error)| error.render(&map))?;
        let names: Vec<PackageName> =
            [&group.main].into_iter().chain(&group.nested).map(|package| package.name.clone()).collect();
        let mut resolve = Resolve { all_features: true, ..Resolve::default() };
        let main = resolve.push_group(group).map_err(|error| error.to_string())?;
        let nested = names.iter().filter_map(|name| resolve.package_names.get(name).copied());
        let packages = [main].into_iter().chain(nested.filter(|id| *id != main)).collect();
        let texts = vec![Arc::new(Source::new(name, text))];
        Ok(Self { origin: name.into(), resolve, packages, component: None, texts })
    }

    /// Where a span stands.
    pub fn at(&self, span: Span) -> Option<(Arc<Source>, Range<usize>)> {
        let location = self.resolve.source_map.resolve_span(span)?;
        let source = self.texts.iter().find(|text| text.name == location.path)?;
        Some((source.clone(), location.range))
    }

    /// A declaration with its place.
    pub fn said(&self, text: impl Into<String>, span: Span) -> Said {
        Said { text: text.into(), at: self.at(span) }
    }

    /// Where the interface, world or package of an item is declared, for an item that is not there itself.
    pub fn around(&self, item: &ItemPath) -> Option<(Arc<Source>, Range<usize>)> {
        let packages = self.packages.iter().filter(|package| self.package_name(**package) == item.package);
        let spans = packages.filter_map(|package| {
            let package = &self.resolve.packages[*package];
            let name = item.names.first()?;
            let interface = package.interfaces.get(name).map(|id| self.resolve.interfaces[*id].span);
            interface.or_else(|| package.worlds.get(name).map(|id| self.resolve.worlds[*id].span))
        });
        spans.filter_map(|span| self.at(span)).next()
    }

    /// The name of a package without its version.
    pub fn package_name(&self, package: PackageId) -> String {
        let name = &self.resolve.packages[package].name;
        format!("{}:{}", name.namespace, name.name)
    }

    /// The path of an interface; `None` for one that is written inside a world.
    pub fn interface_path(&self, interface: InterfaceId) -> Option<ItemPath> {
        let interface = &self.resolve.interfaces[interface];
        let package = ItemPath::package(self.package_name(interface.package?));
        Some(package.below(interface.name.as_deref()?))
    }

    /// The path of a world.
    pub fn world_path(&self, world: WorldId) -> Option<ItemPath> {
        let world = &self.resolve.worlds[world];
        Some(ItemPath::package(self.package_name(world.package?)).below(&world.name))
    }

    /// The path of a function below what it is declared in: a method stands below its resource.
    pub fn function_path(&self, home: &ItemPath, function: &Function) -> ItemPath {
        let resource = function.kind.resource().and_then(|of| self.resolve.types[of].name.as_deref());
        let home = resource.map_or_else(|| home.clone(), |resource| home.below(resource));
        home.below(function.item_name())
    }

    /// Where a package is declared: its name behind `package`. The reader of WIT does not tell.
    pub fn declared_at(&self, package: PackageId) -> Option<(Arc<Source>, Range<usize>)> {
        let name = self.resolve.packages[package].name.to_string();
        self.texts.iter().find_map(|source| {
            let text = &source.text;
            let found = text.match_indices(name.as_str()).map(|(at, _)| at).find(|at| {
                let line = text[..*at].rfind('\n').map_or(0, |end| end + 1);
                let ends = text[at + name.len()..].starts_with([';', ' ', '{', '\n', '\r', '\t']);
                ends && text[..*at].trim_end().ends_with("package") && !text[line..*at].contains("//")
            })?;
            Some((source.clone(), found..found + name.len()))
        })
    }

    /// The path of a type that has a name.
    pub fn type_path(&self, ty: TypeId) -> Option<ItemPath> {
        let def = &self.resolve.types[ty];
        let owner = match def.owner {
            TypeOwner::Interface(interface) => self.interface_path(interface)?,
            TypeOwner::World(world) => self.world_path(world)?,
            TypeOwner::None => return None,
        };
        Some(owner.below(def.name.as_deref()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_have_places_and_names_without_versions() {
        let text = "package a:b@1.0.0;\ninterface i { record r { x: u32 } }\n";
        let side = Side::of_text("old.wit", text).expect("WIT");
        let package = &side.resolve.packages[side.packages[0]];
        let interface = package.interfaces["i"];
        let ty = side.resolve.interfaces[interface].types["r"];
        assert_eq!(side.type_path(ty).expect("a name").to_string(), "a:b/i.r");
        let (source, span) = side.at(side.resolve.types[ty].span).expect("a place");
        assert_eq!((source.name.as_str(), &source.text[span]), ("old.wit", "r"));
    }
}
