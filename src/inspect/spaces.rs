//! The index spaces of one component, and where each entry comes from.
//!
//! Aliases and exports make new indices for old things; they are followed when they are read, so that an entry always
//! says where the thing itself comes from.

use super::anatomy::{Port, PortKind};
use crate::types::shape::Attrs;
use std::collections::BTreeMap;
use wasmparser::{
    ComponentAlias, ComponentExport, ComponentExternName, ComponentExternalKind, ComponentImport, ComponentInstance,
    ComponentOuterAliasKind, Encoding,
};

/// Where an entry of an index space comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    /// The import of this number, or what the names lead to inside it.
    Import(usize, Vec<String>),
    /// What the names lead to in the instantiation of this number; no names for the instance itself.
    Instantiation(usize, Vec<String>),
    /// The instance of this number that is put together here.
    Bag(usize),
    /// A component or module defined in the file, by the number of its occurrence.
    Inner(usize),
    /// Made here.
    Own,
    /// Something further out.
    Outer,
}

/// A component being instantiated.
#[derive(Debug)]
pub(super) struct Instantiation {
    /// What is instantiated.
    pub component: Origin,
    /// The index of the component, and that of the instance: both may have names.
    pub component_index: u32,
    pub index: u32,
    /// What is given: name, kind and origin.
    pub args: Vec<(String, PortKind, Origin)>,
}

/// All index spaces that matter.
#[derive(Debug, Default)]
pub(super) struct Spaces {
    pub imports: Vec<Port>,
    pub exports: Vec<(Port, Origin)>,
    pub instantiations: Vec<Instantiation>,
    pub bags: Vec<Vec<(String, PortKind, Origin)>>,
    /// Where each name stands in its bag.
    pub names_in_bags: BTreeMap<(usize, String), usize>,
    /// The modules of the core instances.
    pub core_instances: Vec<Origin>,
    /// The inner components and modules by their index in the index space: for their names.
    pub inner_indices: BTreeMap<usize, (InnerKind, u32)>,
    /// Functions that stand between core modules and components, and start functions.
    pub canonicals: usize,
    pub starts: usize,
    pub lifts: bool,
    entries: BTreeMap<PortKind, Vec<Origin>>,
}

/// Component or module; the parser's own word has no order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum InnerKind {
    Module,
    Component,
}

impl Spaces {
    fn push(&mut self, kind: PortKind, origin: Origin) -> u32 {
        let space = self.entries.entry(kind).or_default();
        space.push(origin);
        u32::try_from(space.len() - 1).unwrap_or(u32::MAX)
    }

    fn at(&self, kind: PortKind, index: u32) -> Origin {
        let space = self.entries.get(&kind).map_or(&[][..], Vec::as_slice);
        space.get(index as usize).cloned().unwrap_or(Origin::Outer)
    }

    /// How many instances there are indices for.
    pub(super) fn instance_indices(&self) -> usize {
        self.entries.get(&PortKind::Instance).map_or(0, Vec::len)
    }

    /// A component or module that is defined here.
    pub(super) fn define_inner(&mut self, encoding: Encoding, number: usize) {
        let (kind, encoding) = match encoding {
            Encoding::Module => (PortKind::Module, InnerKind::Module),
            Encoding::Component => (PortKind::Component, InnerKind::Component),
        };
        let index = self.push(kind, Origin::Inner(number));
        self.inner_indices.insert(number, (encoding, index));
    }

    /// The component or module of an index, if it is defined in the file.
    pub(super) fn inner_at(&self, kind: ComponentOuterAliasKind, index: u32) -> Option<usize> {
        let kind = match kind {
            ComponentOuterAliasKind::CoreModule => PortKind::Module,
            ComponentOuterAliasKind::Component => PortKind::Component,
            ComponentOuterAliasKind::CoreType | ComponentOuterAliasKind::Type => return None,
        };
        match self.at(kind, index) {
            Origin::Inner(number) => Some(number),
            _ => None,
        }
    }

    /// Whether an outer alias is for a component or a module, and not for a type.
    pub(super) fn is_code(kind: ComponentOuterAliasKind) -> bool {
        matches!(kind, ComponentOuterAliasKind::CoreModule | ComponentOuterAliasKind::Component)
    }

    /// An alias; `outer` is what an outer one leads to, if that is a component or module of the file.
    pub(super) fn alias(&mut self, alias: ComponentAlias<'_>, outer: Option<usize>) {
        match alias {
            ComponentAlias::InstanceExport { kind, instance_index, name } => {
                let origin = self.below(self.at(PortKind::Instance, instance_index), name);
                self.push(port_kind(kind), origin);
            }
            ComponentAlias::CoreInstanceExport { .. } => {}
            ComponentAlias::Outer { kind, .. } => {
                let origin = outer.map_or(Origin::Outer, Origin::Inner);
                match kind {
                    ComponentOuterAliasKind::CoreModule => self.push(PortKind::Module, origin),
                    ComponentOuterAliasKind::Component => self.push(PortKind::Component, origin),
                    ComponentOuterAliasKind::Type => self.push(PortKind::Type, Origin::Own),
                    ComponentOuterAliasKind::CoreType => return,
                };
            }
        }
    }

    /// What is found under a name inside an instance.
    fn below(&self, instance: Origin, name: &str) -> Origin {
        let longer = |mut path: Vec<String>| {
            path.push(name.to_owned());
            path
        };
        match instance {
            Origin::Import(import, path) => Origin::Import(import, longer(path)),
            Origin::Instantiation(number, path) => Origin::Instantiation(number, longer(path)),
            Origin::Bag(bag) => {
                let at = self.names_in_bags.get(&(bag, name.to_owned()));
                let item = at.and_then(|at| self.bags.get(bag)?.get(*at));
                item.map_or(Origin::Outer, |(_, _, origin)| origin.clone())
            }
            other => other,
        }
    }

    /// An import.
    pub(super) fn import(&mut self, import: &ComponentImport<'_>) {
        let kind = port_kind(import.ty.kind());
        self.push(kind, Origin::Import(self.imports.len(), Vec::new()));
        self.imports.push(port(&import.name, kind));
    }

    /// An export, which is a new index as well.
    pub(super) fn export(&mut self, export: &ComponentExport<'_>) {
        let kind = port_kind(export.kind);
        let origin = self.at(kind, export.index);
        self.push(kind, origin.clone());
        self.exports.push((port(&export.name, kind), origin));
    }

    /// An instance of a component, or one that is put together.
    pub(super) fn instance(&mut self, instance: &ComponentInstance<'_>) {
        match instance {
            ComponentInstance::Instantiate { component_index, args } => {
                let args = args.iter().map(|arg| {
                    let kind = port_kind(arg.kind);
                    (arg.name.to_owned(), kind, self.at(kind, arg.index))
                });
                let (args, component) = (args.collect(), self.at(PortKind::Component, *component_index));
                let index = self.push(PortKind::Instance, Origin::Instantiation(self.instantiations.len(), Vec::new()));
                let component_index = *component_index;
                self.instantiations.push(Instantiation { component, component_index, index, args });
            }
            ComponentInstance::FromExports(items) => {
                let items = items.iter().map(|item| {
                    let kind = port_kind(item.kind);
                    (item.name.name.to_owned(), kind, self.at(kind, item.index))
                });
                let items: Vec<_> = items.collect();
                let bag = self.bags.len();
                for (at, (name, ..)) in items.iter().enumerate() {
                    self.names_in_bags.entry((bag, name.clone())).or_insert(at);
                }
                self.push(PortKind::Instance, Origin::Bag(self.bags.len()));
                self.bags.push(items);
            }
        }
    }

    /// An instance of a core module.
    pub(super) fn core_instance(&mut self, module: u32) {
        self.core_instances.push(self.at(PortKind::Module, module));
    }

    /// A type.
    pub(super) fn define_type(&mut self) {
        self.push(PortKind::Type, Origin::Own);
    }

    /// A function of a core module as a function of the component.
    pub(super) fn lift(&mut self) {
        self.lifts = true;
        self.push(PortKind::Func, Origin::Own);
    }

    /// The results of the start function.
    pub(super) fn start(&mut self, results: u32) {
        self.starts += 1;
        for _ in 0..results {
            self.push(PortKind::Value, Origin::Own);
        }
    }
}

fn port(name: &ComponentExternName<'_>, kind: PortKind) -> Port {
    let attrs = Attrs {
        implements: name.implements.map(str::to_owned),
        version_suffix: name.version_suffix.map(str::to_owned),
        external_id: name.external_id.map(str::to_owned),
    };
    Port { name: name.name.to_owned(), attrs, kind }
}

fn port_kind(kind: ComponentExternalKind) -> PortKind {
    match kind {
        ComponentExternalKind::Module => PortKind::Module,
        ComponentExternalKind::Func => PortKind::Func,
        ComponentExternalKind::Value => PortKind::Value,
        ComponentExternalKind::Type => PortKind::Type,
        ComponentExternalKind::Instance => PortKind::Instance,
        ComponentExternalKind::Component => PortKind::Component,
    }
}
