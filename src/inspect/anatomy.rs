//! What is inside of a file, as data.
//!
//! A file is told as its distinct *parts* (components and core modules, nested ones included): bytes that stand in it
//! several times are one part with a count. The exception are parts that reach for components or modules around them,
//! since the same bytes mean something else in another place.

use crate::model::component::Digest;
use crate::model::sizes::Sizes;
use crate::types::shape::{Attrs, Shape};
use std::collections::{BTreeMap, VecDeque};

/// Everything that was seen in a file.
#[derive(Debug, Clone)]
pub struct Anatomy {
    /// The parts, the file itself first, each before those that are only inside it.
    pub parts: Vec<Part>,
    /// The type of the file, if it is a component.
    pub shape: Option<Shape>,
    /// What comes to life when the file is instantiated.
    pub counts: Counts,
    /// What hosts limit; nothing for a core module, and for bytes that nobody has judged.
    pub sizes: Sizes,
    /// The plan that the file carries, as its bytes.
    pub plan: Option<Vec<u8>>,
}

/// An index into [`Anatomy::parts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartId(pub usize);

/// A component or a core module.
#[derive(Debug, Clone)]
pub struct Part {
    /// The name that it gives itself.
    pub name: Option<String>,
    /// Its size in bytes.
    pub bytes: usize,
    /// The bytes of it that are in no part inside it.
    pub own_bytes: usize,
    /// The SHA-256 of its bytes.
    pub digest: Digest,
    /// How often it stands in the file.
    pub times: usize,
    /// What it is made of.
    pub body: Body,
    /// Its custom sections, in order.
    pub custom: Vec<Custom>,
    /// Who made it, by field (`language`, `sdk`, `processed-by`): name and version.
    pub producers: Vec<Producer>,
    /// What it says about itself: authors, description, licenses, source, homepage, revision, version.
    pub metadata: Vec<(String, String)>,
}

/// What a part is made of.
#[derive(Debug, Clone)]
pub enum Body {
    /// A core module.
    Module(Module),
    /// A component.
    Component(Composite),
}

/// A custom section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Custom {
    /// Its name.
    pub name: String,
    /// The size of its contents.
    pub bytes: usize,
}

/// A tool that had its hand in a part.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Producer {
    /// `language`, `sdk` or `processed-by`.
    pub field: String,
    /// The tool.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// The parts of a core module that matter here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Module {
    /// Module and name of each import.
    pub imports: Vec<(String, String)>,
    /// The names of the exports.
    pub exports: Vec<String>,
    /// Functions defined in it.
    pub functions: u64,
    /// Memories defined in it.
    pub memories: u64,
    /// Tables defined in it.
    pub tables: u64,
    /// Bytes of code.
    pub code_bytes: usize,
    /// Bytes of data.
    pub data_bytes: usize,
}

/// The parts of a component that matter here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Composite {
    /// Its imports, in order.
    pub imports: Vec<Port>,
    /// Its exports, in order, with what they come from.
    pub exports: Vec<(Port, Source)>,
    /// Where each name stands among the exports.
    pub export_places: BTreeMap<String, usize>,
    /// The components and modules defined directly in it, in order.
    pub inner: Vec<Inner>,
    /// Its instances of components, in order.
    pub instances: Vec<Instance>,
    /// Instances that are put together of single items: name, kind and origin of each.
    pub bags: Vec<Vec<(String, PortKind, Source)>>,
    /// Where each name stands in its bag.
    pub names_in_bags: BTreeMap<(usize, String), usize>,
    /// For each of these, whether it is made here of nothing but types.
    pub bags_of_types: Vec<bool>,
    /// Its instances of core modules.
    pub core_instances: usize,
    /// How many entries its index space of instances has: hosts limit this number.
    pub instance_indices: usize,
    /// Functions that stand between its core modules and components.
    pub canonicals: usize,
    /// Its start functions.
    pub starts: usize,
    /// Whether it turns functions of its own core modules into exports or arguments.
    pub lifts: bool,
}

/// An import or export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Port {
    /// The name as the binary has it, without a suffix of the version.
    pub name: String,
    /// What stands beside the name.
    pub attrs: Attrs,
    /// What it is.
    pub kind: PortKind,
}

/// What an import, an export or an argument is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are those of the component model")]
pub enum PortKind {
    Module,
    Func,
    Value,
    Type,
    Instance,
    Component,
}

/// A component or module defined directly in a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inner {
    /// The name that the component around it gives it.
    pub name: Option<String>,
    /// The part.
    pub part: PartId,
}

/// An instance of a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    /// Its name: that of the name section, else made from the component's; unique in the component around it.
    pub name: String,
    /// Whether the name stands in the file.
    pub named: bool,
    /// What it is an instance of.
    pub of: Of,
    /// What it was given for its imports: in the order of its component's imports, if that is known.
    pub wires: Vec<Wire>,
    /// Where each import stands among the wires.
    pub wire_places: BTreeMap<String, usize>,
    /// Whether it only gives types and names to functions of the component around it, as `wit-component` makes them.
    pub shim: bool,
}

/// What an instance is an instance of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// A component of this file.
    Part(PartId),
    /// A component that is not in the file, or that only comes out of an instance.
    Elsewhere,
}

/// What was given for an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wire {
    /// The name of the import.
    pub import: String,
    /// What stands beside the name of the import, where its component is known.
    pub attrs: Attrs,
    /// What it is.
    pub kind: PortKind,
    /// Where it comes from.
    pub from: Source,
}

/// Where something in a component comes from, with all aliases followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The import of this number, or what the names lead to inside it.
    Import(usize, Vec<String>),
    /// What the names lead to in the instance of this number.
    Instance(usize, Vec<String>),
    /// The instance of this number among those put together here, see [`Composite::bags`].
    Bag(usize),
    /// A component or module of the file.
    Part(PartId),
    /// Made here: a type, or a function of a core module.
    Own,
    /// Something of a component further out.
    Outer,
}

/// What comes to life when the file is instantiated, as far as all is in the file; saturating.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Components in the file, itself included, as often as they stand in it.
    pub components: usize,
    /// Core modules in the file.
    pub modules: usize,
    /// Instances of components, shims not counted.
    pub instances: u64,
    /// Instances of core modules.
    pub core_instances: u64,
    /// Memories.
    pub memories: u64,
    /// Tables.
    pub tables: u64,
}

impl PortKind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Module => "core module",
            Self::Func => "function",
            Self::Value => "value",
            Self::Type => "type",
            Self::Instance => "instance",
            Self::Component => "component",
        }
    }
}

impl Port {
    /// The name with its whole version.
    pub fn display(&self) -> String {
        full_name(&self.name, &self.attrs)
    }
}

/// A name with its whole version; for a label the suffix is that of the interface.
pub fn full_name(name: &str, attrs: &Attrs) -> String {
    let suffix = if attrs.implements.is_some() { None } else { attrs.version_suffix.as_deref() };
    crate::model::name::ExternName::parse(name, suffix).to_string()
}

impl Part {
    /// The component, if it is one.
    pub fn component(&self) -> Option<&Composite> {
        match &self.body {
            Body::Component(component) => Some(component),
            Body::Module(_) => None,
        }
    }

    /// The module, if it is one.
    pub fn module(&self) -> Option<&Module> {
        match &self.body {
            Body::Module(module) => Some(module),
            Body::Component(_) => None,
        }
    }
}

impl Anatomy {
    /// The part of an id.
    pub fn part(&self, id: PartId) -> &Part {
        &self.parts[id.0]
    }

    /// The file itself.
    pub fn file(&self) -> &Part {
        &self.parts[0]
    }

    /// All ids in order.
    pub fn ids(&self) -> impl Iterator<Item = PartId> + use<> {
        (0..self.parts.len()).map(PartId)
    }

    /// Who really provides what stands at a source inside a component, if the instance there only passes on what it was
    /// given itself: the instance or import at the end of the way.
    pub fn passed_on(&self, component: &Composite, from: &Source) -> Option<Source> {
        let mut at = from.clone();
        while let Some(next) = self.one_step(component, &at) {
            at = next;
        }
        (at != *from).then_some(at)
    }

    fn one_step(&self, around: &Composite, from: &Source) -> Option<Source> {
        let Source::Instance(instance, path) = from else { return None };
        let instance = &around.instances[*instance];
        let Of::Part(part) = instance.of else { return None };
        let component = self.part(part).component()?;
        let (first, rest) = path.split_first()?;
        let (_, source) = component.export(first)?;
        let Source::Import(import, inner) = source else { return None };
        let name = &component.imports.get(*import)?.name;
        around.below(&instance.wire(name)?.from, inner.iter().chain(rest))
    }
}

impl Instance {
    /// What it was given for an import, by the name in the binary.
    pub fn wire(&self, import: &str) -> Option<&Wire> {
        self.wires.get(*self.wire_places.get(import)?)
    }
}

impl Composite {
    /// The export of a name, as the binary has it, with what it comes from.
    pub fn export(&self, name: &str) -> Option<&(Port, Source)> {
        self.exports.get(*self.export_places.get(name)?)
    }

    /// Whether it wires components together.
    pub fn is_composition(&self) -> bool {
        self.instances.iter().any(|instance| !instance.shim)
    }

    /// The instances in the order in which one asks for them: those that exports come from, then what fills their
    /// imports, level by level; then what nothing leads to.
    pub fn reading_order(&self) -> Vec<usize> {
        let mut order = Vec::with_capacity(self.instances.len());
        let mut seen = vec![false; self.instances.len()];
        let mut seen_bags = vec![false; self.bags.len()];
        let exported = self.exports.iter().map(|(_, source)| source);
        let mut queue: VecDeque<&Source> = exported.collect();
        let mut rest = (0..self.instances.len()).rev();
        loop {
            let next = match queue.pop_front() {
                Some(Source::Bag(bag)) if !std::mem::replace(&mut seen_bags[*bag], true) => {
                    queue.extend(self.bags[*bag].iter().map(|(.., item)| item));
                    continue;
                }
                Some(Source::Instance(instance, _)) => *instance,
                Some(_) => continue,
                // What is made last asks for what is made before.
                None => match rest.next() {
                    Some(instance) => instance,
                    None => return order,
                },
            };
            if !std::mem::replace(&mut seen[next], true) {
                order.push(next);
                queue.extend(self.instances[next].wires.iter().map(|wire| &wire.from));
            }
        }
    }

    /// What the names lead to inside a source; `None` if there is no such thing to be seen.
    pub fn below<'n>(&self, source: &Source, names: impl IntoIterator<Item = &'n String>) -> Option<Source> {
        let mut at = source.clone();
        for name in names {
            match &mut at {
                Source::Import(_, path) | Source::Instance(_, path) => path.push(name.clone()),
                Source::Bag(bag) => {
                    let item = *self.names_in_bags.get(&(*bag, name.clone()))?;
                    at = self.bags[*bag].get(item)?.2.clone();
                }
                Source::Part(_) | Source::Own | Source::Outer => return None,
            }
        }
        Some(at)
    }
}
