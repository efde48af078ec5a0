//! The instances there may be: one shared instance per component, those of `[instances]`, and the copies that a chain
//! needs when it names one component twice.
//!
//! Not all of them end up in the plan: only those that a wire or an export reaches. Until then ids count positions
//! here; `assemble` numbers them anew, in the order they are reached. Only shared instances are ever chosen without the
//! user naming them.

use super::diags::{DuplicateInstance, UnknownName, What};
use crate::diag::Sink;
use crate::model::component::{Component, ComponentId, Components, item_interface, item_name};
use crate::model::name::{ExternName, InterfaceName};
use crate::model::near::nearest;
use crate::model::plan::{Instance, InstanceId, Plug, Socket};
use crate::model::request::{DECLARED, InputFrom, InstanceRequest, Request, Written};
use crate::types::fit::View;
use crate::types::reached::{Reached, Within};
use crate::types::shape::{Entity, Item, Shape};
use std::collections::BTreeMap;

/// All instances that may be wired.
pub(super) struct Instances<'a> {
    /// The components they are made of.
    pub(super) components: &'a Components,
    list: Vec<Possible>,
    by_name: BTreeMap<String, InstanceId>,
    /// The number of the last copy of an instance.
    copies: BTreeMap<InstanceId, usize>,
    /// Names of inputs that could not be read; what is said about them was said when reading them.
    lost: Vec<String>,
    /// Whether a folder on offer could not be looked into, so that any name may be that of a component in it.
    offer_lost: bool,
}

/// An instance that may be wired.
pub(super) struct Possible {
    /// Its name and component.
    pub(super) instance: Instance,
    /// How it came to be.
    pub(super) kind: Kind,
}

/// How an instance came to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// The one instance every component has.
    Shared,
    /// Declared by the user.
    Declared(Written),
    /// Made for a chain that names its component twice.
    ChainCopy,
}

impl<'a> Instances<'a> {
    /// The shared and the declared instances.
    pub(super) fn new(request: &Request, components: &'a Components, sink: &mut Sink) -> Self {
        // Without errors before, every input is here, and a name that is not known was misspelt.
        let lost = if sink.is_incomplete() { lost(request, components, sink) } else { Vec::new() };
        let offer_lost = request.offers.iter().any(|offer| told_of(sink).any(|origin| origin == offer.written.text));
        let (list, by_name, copies) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        let mut all = Self { components, list, by_name, copies, lost, offer_lost };
        for component in components.ids() {
            all.add(components.get(component).name.clone(), component, Kind::Shared);
        }
        for InstanceRequest { name, component, .. } in &request.instances {
            let Some(component) = component else {
                if all.find(&name.text).is_none() {
                    all.unknown(name, What::ComponentOfInstance, sink);
                }
                continue;
            };
            if all.by_name.contains_key(&name.text) {
                sink.report(DuplicateInstance { name });
                continue;
            }
            match components.ids().find(|id| components.get(*id).name == component.text) {
                Some(id) => {
                    all.add(name.text.clone(), id, Kind::Declared(name.clone()));
                }
                None => {
                    all.unknown(component, What::ComponentOfInstance, sink);
                    all.lost.push(name.text.clone());
                }
            }
        }
        all
    }

    fn add(&mut self, name: String, component: ComponentId, kind: Kind) -> InstanceId {
        let id = InstanceId(self.list.len());
        self.by_name.insert(name.clone(), id);
        self.list.push(Possible { instance: Instance { name, component }, kind });
        id
    }

    /// A further instance of the component of `of`, named after it.
    pub(super) fn copy(&mut self, of: InstanceId) -> InstanceId {
        let (name, component) = (self.name(of).to_owned(), self.get(of).component);
        // The copies before it have taken the names up to theirs.
        let from = self.copies.get(&of).map_or(2, |last| last + 1);
        let free = (from..).find(|n| !self.by_name.contains_key(&format!("{name}-{n}")));
        let free = free.expect("an endless range has a free name");
        self.copies.insert(of, free);
        self.add(format!("{name}-{free}"), component, Kind::ChainCopy)
    }

    /// The instance of that name; if there is none, that is reported (once: not for inputs that could not be read).
    pub(super) fn named(&self, name: &Written, what: What, sink: &mut Sink) -> Option<InstanceId> {
        let found = self.find(&name.text);
        if found.is_none() {
            self.unknown(name, what, sink);
        }
        found
    }

    /// The instances that are to be in the result whether or not something uses them.
    pub(super) fn kept(&self, request: &Request) -> Vec<InstanceId> {
        let declared = self.ids().filter(|id| self.component(*id).declares);
        let kept = request.instances.iter().filter(|wanted| wanted.keep);
        kept.filter_map(|wanted| self.find(&wanted.name.text)).chain(declared).collect()
    }

    /// The instance of that name.
    pub(super) fn find(&self, name: &str) -> Option<InstanceId> {
        self.by_name.get(name).copied()
    }

    fn unknown(&self, name: &Written, what: What, sink: &mut Sink) {
        // Why there are no declared imports was said when they were read.
        if self.offer_lost || self.lost.contains(&name.text) || name.text == DECLARED {
            return;
        }
        let known = self.by_name.keys().map(String::as_str).filter(|name| *name != DECLARED);
        let known: Vec<&str> = if sink.is_crowded() { Vec::new() } else { known.collect() };
        let wit = self.components.wit_packages.iter().find(|package| stem(&package.origin) == name.text);
        sink.report(UnknownName {
            name,
            what,
            near: nearest(&name.text, known.iter().copied()),
            known,
            wit_package: wit.map(|package| package.origin.as_str()),
        });
    }

    /// All ids.
    pub(super) fn ids(&self) -> impl Iterator<Item = InstanceId> + use<> {
        (0..self.list.len()).map(InstanceId)
    }

    /// How the instance came to be.
    pub(super) fn kind(&self, id: InstanceId) -> &Kind {
        &self.list[id.0].kind
    }

    /// The instance.
    pub(super) fn get(&self, id: InstanceId) -> &Instance {
        &self.list[id.0].instance
    }

    /// Its name.
    pub(super) fn name(&self, id: InstanceId) -> &str {
        &self.get(id).name
    }

    /// Its component.
    pub(super) fn component(&self, id: InstanceId) -> &'a Component {
        self.components.get(self.get(id).component)
    }

    /// Its component's shape.
    pub(super) fn shape(&self, id: InstanceId) -> &'a Shape {
        &self.component(id).shape
    }

    /// All its sockets, in the order of the component's imports.
    pub(super) fn sockets(&self, instance: InstanceId) -> impl Iterator<Item = Socket> + use<> {
        (0..self.shape(instance).imports.len()).map(move |import| Socket { instance, import })
    }

    /// All its plugs, in the order of the component's exports.
    pub(super) fn plugs(&self, instance: InstanceId) -> impl Iterator<Item = Plug> + use<> {
        (0..self.shape(instance).exports.len()).map(move |export| Plug { instance, export })
    }

    /// The instance as a whole, if a pin or an export asks for it.
    pub(super) fn whole(&self, instance: InstanceId) -> Option<Plug> {
        self.reached(instance, |reached| reached.within == Within::Whole)
    }

    /// What has a name inside of a plug.
    pub(super) fn inside(&self, outer: Plug, name: &str) -> Option<Plug> {
        let within = Within::Export(outer.export);
        self.reached(outer.instance, |reached| reached.within == within && reached.name == name)
    }

    fn reached(&self, instance: InstanceId, wanted: impl Fn(&Reached) -> bool) -> Option<Plug> {
        let shape = self.shape(instance);
        let at = shape.reached.iter().position(wanted)?;
        Some(Plug { instance, export: shape.exports.len() + at })
    }

    /// The import of a socket.
    pub(super) fn import(&self, socket: Socket) -> Port<'a> {
        let shape = self.shape(socket.instance);
        let (text, item) = shape.imports.get_index(socket.import).expect("a socket is an index into the imports");
        Port { shape, text, item }
    }

    /// The export of a plug.
    pub(super) fn export(&self, plug: Plug) -> Port<'a> {
        let shape = self.shape(plug.instance);
        let (text, item) = shape.export(plug.export).expect("a plug is an index into the exports");
        Port { shape, text, item }
    }
}

/// An import or export with the shape it stands in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Port<'a> {
    /// The shape.
    pub(super) shape: &'a Shape,
    /// The name as the binary spells it.
    pub(super) text: &'a str,
    /// The item.
    pub(super) item: &'a Item,
}

impl<'a> Port<'a> {
    /// The name it goes by.
    pub(super) fn name(&self) -> ExternName {
        item_name(self.text, self.item)
    }

    /// The interface it asks for or offers.
    pub(super) fn interface(&self) -> Option<InterfaceName> {
        item_interface(self.text, self.item)
    }

    /// The label, if it is a labelled interface.
    pub(super) fn label(&self) -> Option<&'a str> {
        self.item.attrs.implements.is_some().then_some(self.text)
    }

    /// The names inside, if it is an instance.
    pub(super) fn items(&self) -> Vec<String> {
        match &self.item.entity {
            Entity::Instance(items) => items.keys().cloned().collect(),
            _ => Vec::new(),
        }
    }

    /// For comparing types.
    pub(super) fn view(&self) -> View<'a> {
        View { shape: self.shape, entity: &self.item.entity }
    }
}

/// The inputs that something was said of.
fn told_of(sink: &Sink) -> impl Iterator<Item = &str> {
    sink.diagnostics().iter().flat_map(|told| &told.facts).filter(|fact| fact.0 == "input").map(|fact| fact.1.as_str())
}

/// Names that inputs would have had which did not become components.
fn lost(request: &Request, components: &Components, sink: &Sink) -> Vec<String> {
    let offered = |origin: &&str| request.offers.iter().any(|offer| origin.starts_with(&offer.written.text));
    let offered = told_of(sink).filter(offered).map(stem);
    request
        .inputs
        .iter()
        .filter_map(|input| match (&input.name, &input.from) {
            (Some(name), _) => Some(name.text.clone()),
            (None, InputFrom::Path { path, .. }) => Some(stem(&path.to_string_lossy())),
            (None, InputFrom::Memory { origin, .. }) => Some(stem(origin)),
            (None, InputFrom::Stdin(_) | InputFrom::Package(_)) => None,
        })
        .chain(offered)
        .filter(|name| !components.items.iter().any(|component| component.name == *name))
        .filter(|name| !components.wit_packages.iter().any(|package| stem(&package.origin) == *name))
        .collect()
}

/// The file's name up to its first dot.
fn stem(path: &str) -> String {
    let file = path.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or(path);
    file.split('.').next().unwrap_or(file).to_owned()
}
