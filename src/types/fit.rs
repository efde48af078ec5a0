//! Whether a plug fits a socket, up to renaming of resources, and if not, where the first difference is.
//!
//! The rule is the validator's (wasmparser 0.263): an instance may have more items than are asked for, everything else
//! must be equal, down to the names of parameters and the order of flags. What the validator checks by substituting the
//! plug's resources into the socket is done here by one functional map from the socket's resources to the plug's: two of
//! the socket's may be one of the plug's, not the other way round. Resources that an item names are paired by name
//! before anything is compared, as instantiation does it; others are paired where they first meet, and whether that pair
//! is right for a whole plan is `identity`'s question.

pub use super::mismatch::{Difference, Members, Mismatch, Step};
use super::print::Printer;
use super::shape::*;
use indexmap::IndexMap;
use std::collections::{BTreeMap, HashSet};

/// An item together with the shape its types live in.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The shape.
    pub shape: &'a Shape,
    /// The item.
    pub entity: &'a Entity,
}

/// Which resource of the plug's shape each resource of the socket's shape is, if the two are wired.
pub type ResourceMap = BTreeMap<ResourceId, ResourceId>;

/// Whether `plug` can fill `socket`: `Ok` with the renaming of resources, or the first difference.
pub fn fits(plug: View<'_>, socket: View<'_>) -> Result<ResourceMap, Mismatch> {
    let mut fit = Fit::new(plug.shape, socket.shape);
    fit.pair(plug.entity, socket.entity);
    fit.entity(plug.entity, socket.entity)?;
    Ok(fit.resources)
}

/// Every difference: the first of each item for instances, else the one there is. Empty exactly if [`fits`] is `Ok`.
pub fn differences(plug: View<'_>, socket: View<'_>) -> Vec<Mismatch> {
    let mut fit = Fit::new(plug.shape, socket.shape);
    fit.pair(plug.entity, socket.entity);
    fit.all(plug.entity, socket.entity)
}

/// Every difference that is not just another one seen again: what speaks of a type that the items name and that differs
/// is not told for it. Types go first. Empty exactly if [`fits`] is `Ok`.
pub fn root_differences(plug: View<'_>, socket: View<'_>) -> Vec<Mismatch> {
    let mut fit = Fit::new(plug.shape, socket.shape);
    fit.pair(plug.entity, socket.entity);
    fit.roots(plug.entity, socket.entity)
}

struct Fit<'a> {
    plug: &'a Shape,
    socket: &'a Shape,
    resources: ResourceMap,
    /// Pairs that were found equal; the map of resources only grows on success, so they stay equal.
    equal: HashSet<(TypeId, TypeId)>,
    /// Pairs whose difference was told and is not looked into again.
    told: HashSet<(TypeId, TypeId)>,
    /// The innermost items that are being compared.
    around: Option<(&'a Entity, &'a Entity)>,
    /// The records, variants, flags and enums that are being compared, the innermost last.
    within: Vec<(TypeId, TypeId)>,
    path: Vec<Step>,
}

type Judged = Result<(), Mismatch>;

impl<'a> Fit<'a> {
    fn new(plug: &'a Shape, socket: &'a Shape) -> Self {
        Self {
            plug,
            socket,
            resources: ResourceMap::new(),
            equal: HashSet::new(),
            told: HashSet::new(),
            around: None,
            within: Vec::new(),
            path: Vec::new(),
        }
    }

    /// Pairs the resources that the socket names with those of the same name in the plug.
    fn pair(&mut self, plug: &Entity, socket: &Entity) {
        match (plug, socket) {
            (Entity::Type { created: plug }, Entity::Type { created: socket }) => {
                if let (Some(plug), Some(socket)) = (self.plug.resource(*plug), self.socket.resource(*socket)) {
                    self.resources.entry(socket).or_insert(plug);
                }
            }
            (Entity::Instance(plug), Entity::Instance(socket)) => {
                for (name, item) in socket {
                    if let Some(other) = plug.get(name) {
                        self.pair(&other.entity, &item.entity);
                    }
                }
            }
            _ => {}
        }
    }

    fn all(&mut self, plug: &'a Entity, socket: &'a Entity) -> Vec<Mismatch> {
        let (Entity::Instance(plug_items), Entity::Instance(socket_items)) = (plug, socket) else {
            let before = self.resources.clone();
            return match self.entity(plug, socket) {
                Ok(()) => Vec::new(),
                Err(mismatch) => {
                    self.resources = before;
                    // What was equal may have been so by a pair that is gone.
                    self.equal.clear();
                    vec![mismatch]
                }
            };
        };
        let mut out = Vec::new();
        for (name, item) in socket_items {
            self.path.push(Step::Item(name.clone()));
            match plug_items.get(name) {
                Some(other) => out.extend(self.all(&other.entity, &item.entity)),
                None => out.push(self.missing(&item.entity)),
            }
            self.path.pop();
        }
        out
    }

    fn roots(&mut self, plug: &'a Entity, socket: &'a Entity) -> Vec<Mismatch> {
        let (Entity::Instance(plug_items), Entity::Instance(socket_items)) = (plug, socket) else {
            let found = self.all(plug, socket);
            if let (Entity::Type { created: plug }, Entity::Type { created: socket }, false) =
                (plug, socket, found.is_empty())
            {
                self.told.insert((self.plug.peel(*plug), self.socket.peel(*socket)));
            }
            return found;
        };
        let is_type = |item: &Item| matches!(item.entity, Entity::Type { .. });
        // A type that mentions others comes after them.
        let number = |item: &Item| match item.entity {
            Entity::Type { created } => (0, created.0),
            _ => (1, 0),
        };
        let mut order: Vec<_> = socket_items.iter().collect();
        order.sort_by_key(|(_, item)| number(item));
        let mut out = Vec::new();
        for (name, item) in order {
            self.path.push(Step::Item(name.clone()));
            match plug_items.get(name) {
                Some(other) => out.extend(self.roots(&other.entity, &item.entity)),
                // Functions of a resource that is not there are not there either.
                None if !is_type(item) && self.without_resource(name, plug_items, socket_items) => {}
                None => out.push(self.missing(&item.entity)),
            }
            self.path.pop();
        }
        out
    }

    /// Whether a function belongs to a resource that only the socket has.
    fn without_resource(&self, name: &str, plug: &IndexMap<String, Item>, socket: &IndexMap<String, Item>) -> bool {
        let of = name.strip_prefix('[').and_then(|rest| rest.split_once(']'));
        let resource = of.map(|(_, rest)| rest.split_once('.').map_or(rest, |(resource, _)| resource));
        resource.is_some_and(|resource| socket.contains_key(resource) && !plug.contains_key(resource))
    }

    fn entity(&mut self, plug: &'a Entity, socket: &'a Entity) -> Judged {
        let outer = self.around.replace((plug, socket));
        match (plug, socket) {
            (Entity::Func(plug), Entity::Func(socket)) => self.func(plug, socket)?,
            (Entity::Instance(plug), Entity::Instance(socket)) => self.instance(plug, socket)?,
            (Entity::Type { created: plug }, Entity::Type { created: socket }) => self.ty(*plug, *socket)?,
            (Entity::Unsupported(one), Entity::Unsupported(other)) if one == other => {
                return Err(self.mismatch(Difference::Unsupported(plug.word())));
            }
            _ => return Err(self.mismatch(Difference::Kind(plug.word(), socket.word()))),
        }
        self.around = outer;
        Ok(())
    }

    fn instance(&mut self, plug: &'a IndexMap<String, Item>, socket: &'a IndexMap<String, Item>) -> Judged {
        for (name, item) in socket {
            let step = Step::Item(name.clone());
            match plug.get(name) {
                Some(other) => self.at(step, |fit| fit.entity(&other.entity, &item.entity))?,
                None => return self.at(step, |fit| Err(fit.missing(&item.entity))),
            }
        }
        Ok(())
    }

    fn func(&mut self, plug: &FuncType, socket: &FuncType) -> Judged {
        if plug.is_async != socket.is_async {
            return Err(self.mismatch(Difference::Async { plug: plug.is_async }));
        }
        if plug.params.len() != socket.params.len() {
            return Err(self.mismatch(Difference::ParamCount(plug.params.len(), socket.params.len())));
        }
        for (index, ((plug_name, plug), (name, socket))) in plug.params.iter().zip(&socket.params).enumerate() {
            self.at(Step::Param(index + 1, name.clone()), |fit| {
                if plug_name != name {
                    return Err(fit.mismatch(Difference::ParamName(plug_name.clone(), name.clone())));
                }
                fit.val(*plug, *socket)
            })?;
        }
        match (plug.result, socket.result) {
            (None, None) => Ok(()),
            (Some(plug), Some(socket)) => self.at(Step::Result, |fit| fit.val(plug, socket)),
            (plug, socket) => {
                let (plug, socket) = self.printed(plug, socket);
                Err(self.mismatch(Difference::ResultPresence(plug, socket)))
            }
        }
    }

    fn val(&mut self, plug: ValType, socket: ValType) -> Judged {
        match (plug, socket) {
            (ValType::Type(plug), ValType::Type(socket)) => self.ty(plug, socket),
            _ if self.primitive(self.plug, plug).is_some()
                && self.primitive(self.plug, plug) == self.primitive(self.socket, socket) =>
            {
                Ok(())
            }
            _ => Err(self.other_type(plug, socket)),
        }
    }

    fn primitive(&self, shape: &Shape, ty: ValType) -> Option<Primitive> {
        match ty {
            ValType::Primitive(primitive) => Some(primitive),
            ValType::Type(id) => match shape.def(shape.peel(id)) {
                TypeDef::Primitive(primitive) => Some(*primitive),
                _ => None,
            },
        }
    }

    fn ty(&mut self, plug: TypeId, socket: TypeId) -> Judged {
        let key = (self.plug.peel(plug), self.socket.peel(socket));
        if self.equal.contains(&key) || self.told.contains(&key) {
            return Ok(());
        }
        let depth = self.within.len();
        self.within.push((plug, socket));
        let judged = self.structure(plug, socket, self.plug.def(key.0), self.socket.def(key.1));
        self.within.truncate(depth);
        judged?;
        self.equal.insert(key);
        Ok(())
    }

    fn structure(&mut self, plug_id: TypeId, socket_id: TypeId, plug: &'a TypeDef, socket: &'a TypeDef) -> Judged {
        match (plug, socket) {
            (TypeDef::Resource(plug), TypeDef::Resource(socket)) => self.resource(*plug, *socket),
            (TypeDef::Primitive(plug), TypeDef::Primitive(socket)) if plug == socket => Ok(()),
            (TypeDef::Record(plug), TypeDef::Record(socket)) => {
                self.names(Members::Fields, plug.iter().map(|(name, _)| name), socket.iter().map(|(name, _)| name))?;
                plug.iter().zip(socket).try_for_each(|((name, plug), (_, socket))| {
                    self.at(Step::Field(name.clone()), |fit| fit.val(*plug, *socket))
                })
            }
            (TypeDef::Variant(plug), TypeDef::Variant(socket)) => {
                self.names(Members::Cases, plug.iter().map(|(name, _)| name), socket.iter().map(|(name, _)| name))?;
                plug.iter()
                    .zip(socket)
                    .try_for_each(|((name, plug), (_, socket))| self.payload(Step::Case(name.clone()), *plug, *socket))
            }
            (TypeDef::Flags(plug), TypeDef::Flags(socket)) => self.names(Members::Flags, plug.iter(), socket.iter()),
            (TypeDef::Enum(plug), TypeDef::Enum(socket)) => self.names(Members::EnumCases, plug.iter(), socket.iter()),
            (TypeDef::List(_, plug), TypeDef::List(_, socket)) if plug != socket => {
                Err(self.mismatch(Difference::ListLength(*plug, *socket)))
            }
            (TypeDef::List(plug, _), TypeDef::List(socket, _)) => self.at(Step::Element, |fit| fit.val(*plug, *socket)),
            (TypeDef::Map(plug_key, plug), TypeDef::Map(socket_key, socket)) => {
                self.at(Step::Key, |fit| fit.val(*plug_key, *socket_key))?;
                self.at(Step::Value, |fit| fit.val(*plug, *socket))
            }
            (TypeDef::Tuple(plug), TypeDef::Tuple(socket)) => {
                if plug.len() != socket.len() {
                    return Err(self.mismatch(Difference::TupleLength(plug.len(), socket.len())));
                }
                plug.iter().zip(socket).enumerate().try_for_each(|(index, (plug, socket))| {
                    self.at(Step::Member(index + 1), |fit| fit.val(*plug, *socket))
                })
            }
            (TypeDef::Option(plug), TypeDef::Option(socket)) => self.at(Step::Some, |fit| fit.val(*plug, *socket)),
            (TypeDef::Result(plug_ok, plug_err), TypeDef::Result(socket_ok, socket_err)) => {
                self.payload(Step::Ok, *plug_ok, *socket_ok)?;
                self.payload(Step::Err, *plug_err, *socket_err)
            }
            (TypeDef::Own(plug), TypeDef::Own(socket)) | (TypeDef::Borrow(plug), TypeDef::Borrow(socket)) => {
                self.ty(*plug, *socket)
            }
            (TypeDef::Own(_), TypeDef::Borrow(_)) | (TypeDef::Borrow(_), TypeDef::Own(_)) => {
                let (plug, socket) = self.printed(Some(ValType::Type(plug_id)), Some(ValType::Type(socket_id)));
                Err(self.mismatch(Difference::Handle(plug.unwrap_or_default(), socket.unwrap_or_default())))
            }
            (TypeDef::Stream(plug), TypeDef::Stream(socket)) => self.payload(Step::Stream, *plug, *socket),
            (TypeDef::Future(plug), TypeDef::Future(socket)) => self.payload(Step::Future, *plug, *socket),
            _ => Err(self.other_type(ValType::Type(plug_id), ValType::Type(socket_id))),
        }
    }

    fn payload(&mut self, step: Step, plug: Option<ValType>, socket: Option<ValType>) -> Judged {
        self.at(step, |fit| match (plug, socket) {
            (None, None) => Ok(()),
            (Some(plug), Some(socket)) => fit.val(plug, socket),
            (plug, socket) => {
                let (plug, socket) = fit.printed(plug, socket);
                Err(fit.mismatch(Difference::Payload(plug, socket)))
            }
        })
    }

    fn resource(&mut self, plug: ResourceId, socket: ResourceId) -> Judged {
        let paired = *self.resources.entry(socket).or_insert(plug);
        if paired == plug {
            return Ok(());
        }
        let name = |shape: &Shape, resource: ResourceId| resource_name(shape, resource);
        let (plug, paired) = (name(self.plug, plug), name(self.plug, paired));
        Err(self.mismatch(Difference::Resource { plug, socket: name(self.socket, socket), paired }))
    }

    fn names<'n>(
        &self,
        what: Members,
        plug: impl Iterator<Item = &'n String> + Clone,
        socket: impl Iterator<Item = &'n String> + Clone,
    ) -> Judged {
        if plug.clone().eq(socket.clone()) {
            return Ok(());
        }
        let only = |one: Vec<&String>, other: HashSet<&String>| -> Vec<String> {
            one.into_iter().filter(|name| !other.contains(name)).cloned().collect()
        };
        let additional = only(plug.clone().collect(), socket.clone().collect());
        let missing = only(socket.clone().collect(), plug.clone().collect());
        Err(self.mismatch(if additional.is_empty() && missing.is_empty() {
            Difference::Order { what, plug: plug.cloned().collect(), socket: socket.cloned().collect() }
        } else {
            Difference::Names { what, additional, missing }
        }))
    }

    fn at(&mut self, step: Step, judge: impl FnOnce(&mut Self) -> Judged) -> Judged {
        self.path.push(step);
        let judged = judge(self);
        self.path.pop();
        judged
    }

    fn other_type(&self, plug: ValType, socket: ValType) -> Mismatch {
        let (printed_plug, printed_socket) = self.printed(Some(plug), Some(socket));
        let (mut plug_text, mut socket_text) = (printed_plug.unwrap_or_default(), printed_socket.unwrap_or_default());
        // Two types of one name: only their structure shows the difference.
        if plug_text == socket_text {
            let structure = |printer: Printer<'_>, ty| match ty {
                ValType::Type(id) => printer.structure(id),
                ValType::Primitive(_) => printer.val(ty),
            };
            let (plug_printer, socket_printer) = self.printers();
            plug_text = structure(plug_printer, plug);
            socket_text = structure(socket_printer, socket);
        }
        self.mismatch(Difference::Type(plug_text, socket_text))
    }

    fn printed(&self, plug: Option<ValType>, socket: Option<ValType>) -> (Option<String>, Option<String>) {
        let (plug_printer, socket_printer) = self.printers();
        (plug.map(|ty| plug_printer.val(ty)), socket.map(|ty| socket_printer.val(ty)))
    }

    fn printers(&self) -> (Printer<'a>, Printer<'a>) {
        let (plug, socket) = self.around.expect("types are compared inside items");
        (Printer::around(self.plug, plug).0, Printer::around(self.socket, socket).0)
    }

    fn missing(&self, socket: &Entity) -> Mismatch {
        let socket = self.declared(self.socket, socket);
        Mismatch { path: self.path.clone(), difference: Box::new(Difference::Missing), plug: None, socket }
    }

    fn mismatch(&self, difference: Difference) -> Mismatch {
        let (plug, socket) = self.around.expect("differences are found inside items");
        let (mut plug, mut socket) = (self.declared(self.plug, plug), self.declared(self.socket, socket));
        // Items that read the same differ in a type that they name.
        if plug == socket {
            let (plug_printer, socket_printer) = self.printers();
            let shown = self.within.iter().rev().find_map(|(plug, socket)| {
                Some((plug_printer.definition(*plug)?, socket_printer.definition(*socket)?))
            });
            if let Some((of_plug, of_socket)) = shown {
                plug = format!("{plug}\n{of_plug}");
                socket = format!("{socket}\n{of_socket}");
            }
        }
        Mismatch { path: self.path.clone(), difference: Box::new(difference), plug: Some(plug), socket }
    }

    fn declared(&self, shape: &Shape, entity: &Entity) -> String {
        let (printer, place) = Printer::around(shape, entity);
        let in_path = || {
            let item = |step: &'_ Step| if let Step::Item(name) = step { Some(name.clone()) } else { None };
            self.path.iter().rev().find_map(item).unwrap_or_else(|| "_".into())
        };
        let of = |place: &Place| place.path.last().map_or(shape.head(place).0, String::as_str).to_owned();
        let name = &place.as_ref().map_or_else(in_path, of);
        printer.item(name, entity, place.as_ref())
    }
}

fn resource_name(shape: &Shape, resource: ResourceId) -> String {
    let ty = shape.bindings.keys().find(|id| shape.resource(**id) == Some(resource));
    ty.and_then(|ty| Printer::new(shape, super::print::Home::World).name(*ty))
        .unwrap_or_else(|| format!("resource#{}", resource.0))
}
