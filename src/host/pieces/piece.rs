//! One piece: a plan of its own over some instances of a plan, linked by the ordinary linker and judged like any result.
//!
//! What other pieces provide becomes an import under a label, one for each socket, so that the host knows who calls; where
//! resources pass, the sockets of one provider share an import, since they share the resources. What others need becomes
//! an export under a label. Types that such an import or export speaks of, and that nothing else names, are kept by an
//! import of types alone, which asks nothing of anybody.

use super::Piece;
use super::known::Known;
use crate::check;
use crate::diag::Sink;
use crate::link;
use crate::model::name::ExternName;
use crate::model::plan::{
    Instance, InstanceId, OpenId, OpenImport, Plan, PlanExport, Plug, Reason, Socket, Source, Wire,
};
use crate::resolve::types_only::{Outside, named_outside};
use crate::types::shape::{Attrs, Entity, Side, TypeId, ValType};
use compose_engine::{Between, Site};
use std::collections::{BTreeMap, BTreeSet};

/// Makes the piece of `order[at]`.
pub(super) fn make(known: &Known<'_>, order: &[Vec<InstanceId>], at: usize, sink: &mut Sink) -> Option<Piece> {
    let mut sub = Sub::new(known, &order[at], at + 1 == order.len());
    sub.wire(order);
    sub.export(order, at);
    sub.keep_types();
    let Sub { plan, between, .. } = sub;
    let planned = known.planned;
    let checked = check::run(&plan, &planned.components, &planned.profile, sink)?;
    let options = link::Options { canonical_names: planned.profile.canonical_names, ..link::Options::default() };
    let linked = link::run(&plan, checked.identity(), &planned.components, &options);
    let linked = linked.map_err(|broken| sink.report(broken)).ok()?;
    let verified = link::verify::run(&linked, &plan, checked.identity(), &planned.components, &planned.profile);
    verified.map_err(|broken| sink.report(broken)).ok()?;
    let instances = order[at].iter().map(|id| known.name(*id).to_owned()).collect();
    Some(Piece { instances, bytes: linked.to_bytes(), between })
}

/// The label of what a plug exports.
fn plug_label(plug: Plug) -> String {
    format!("plug-i{}-e{}", plug.instance.0, plug.export)
}

struct Sub<'s, 'k> {
    known: &'s Known<'k>,
    root: bool,
    /// The instances, by their numbers in the whole plan.
    members: Vec<InstanceId>,
    new: BTreeMap<InstanceId, InstanceId>,
    plan: Plan,
    between: Vec<Between>,
    /// Imports of the piece, by what they stand for.
    open: BTreeMap<Opened, OpenId>,
    unfilled: BTreeSet<Socket>,
}

/// What an import of a piece stands for.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Opened {
    /// An import of the whole.
    Host(OpenId),
    /// A provider in another piece or in nobody, for all that share its resources.
    Plug(Plug),
    /// One socket.
    Socket(Socket),
}

impl<'s, 'k> Sub<'s, 'k> {
    fn new(known: &'s Known<'k>, group: &[InstanceId], root: bool) -> Self {
        let whole = &known.planned.plan;
        let mut members = group.to_vec();
        let mut describing: BTreeSet<InstanceId> = BTreeSet::new();
        for wire in group.iter().flat_map(|id| &whole.wires[id.0]) {
            if let Some(Source::Plug(plug)) = &wire.source {
                describing.insert(plug.instance);
            }
        }
        if root {
            describing.extend(whole.exports.iter().map(|export| export.plug.instance));
        }
        members.extend(describing.into_iter().filter(|id| super::declares(known.planned, *id)));
        let new = members.iter().enumerate().map(|(at, id)| (*id, InstanceId(at))).collect();
        let instances = members.iter().map(|id| whole.instance(*id));
        let instances =
            instances.map(|Instance { name, component }| Instance { name: name.clone(), component: *component });
        let plan = Plan { instances: instances.collect(), ..Plan::default() };
        let (between, open, unfilled) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
        Sub { known, root, members, new, plan, between, open, unfilled }
    }

    fn wire(&mut self, order: &[Vec<InstanceId>]) {
        for at in 0..self.members.len() {
            let instance = self.members[at];
            let mut wires = Vec::new();
            for import in 0..self.known.planned.plan.wires[instance.0].len() {
                let socket = Socket { instance, import };
                let source = self.source(socket, Socket { instance: InstanceId(at), import }, order);
                wires.push(Wire { source, reason: Reason::Declared, rejected: Vec::new() });
            }
            self.plan.wires.push(wires);
        }
    }

    fn source(&mut self, socket: Socket, new: Socket, order: &[Vec<InstanceId>]) -> Option<Source> {
        let known = self.known;
        let whole = &known.planned.plan;
        let is_instance = matches!(known.import(socket).1, Entity::Instance(_));
        match whole.source(socket)? {
            Source::Plug(plug) if self.new.contains_key(&plug.instance) && !known.is_answered(socket) => {
                Some(Source::Plug(Plug { instance: self.new[&plug.instance], ..*plug }))
            }
            Source::Plug(_) | Source::Open(_) | Source::Synthesised if is_instance && known.is_types_only(socket) => {
                self.unfilled.insert(new);
                None
            }
            Source::Plug(plug) => {
                let shared = known.resources(socket).is_empty();
                let opened = if shared { Opened::Socket(socket) } else { Opened::Plug(*plug) };
                let piece = order.iter().position(|group| group.contains(&plug.instance));
                let provider = piece.filter(|_| !known.is_answered(socket)).map(|piece| (piece, plug_label(*plug)));
                Some(self.labelled(opened, socket, new, Some(known.name(plug.instance)), provider))
            }
            Source::Open(_) if known.is_answered(socket) && known.resources(socket).is_empty() => {
                Some(self.labelled(Opened::Socket(socket), socket, new, None, None))
            }
            Source::Open(open) => Some(self.of_host(*open, socket, new)),
            Source::Synthesised => Some(Source::Synthesised),
            Source::TypeOf { import, path } => Some(Source::TypeOf { import: *import, path: path.clone() }),
        }
    }

    /// An import under a label, for one socket or for those that share resources.
    fn labelled(
        &mut self,
        opened: Opened,
        socket: Socket,
        new: Socket,
        to: Option<&str>,
        provider: Option<(usize, String)>,
    ) -> Source {
        let known = self.known;
        let label = format!("wire-i{}-s{}", socket.instance.0, socket.import);
        let site = Site {
            import: known.import(socket).0.to_owned(),
            from: known.name(socket.instance).to_owned(),
            to: to.map(str::to_owned),
        };
        let id = match self.open.get(&opened) {
            Some(id) => {
                // All who import it by one name are told as one.
                let import = self.plan.open[id.0].name.to_string();
                if let Some(between) = self.between.iter_mut().find(|between| between.import == import) {
                    between.site.from = format!("{}, {}", between.site.from, site.from);
                }
                *id
            }
            None => {
                let resources = known.numbered(socket);
                self.between.push(Between { import: label.clone(), site, provider, resources });
                self.add(opened, ExternName::parse(&label, None), Attrs::default())
            }
        };
        self.plan.open[id.0].sockets.push(new);
        Source::Open(id)
    }

    /// An import of the whole, which the host has, or somebody in its place.
    fn of_host(&mut self, open: OpenId, socket: Socket, new: Socket) -> Source {
        let known = self.known;
        let import = &known.planned.plan.open[open.0];
        let id = match self.open.get(&Opened::Host(open)) {
            Some(id) => *id,
            None => {
                if import.sockets.iter().any(|socket| known.is_answered(*socket)) {
                    let name = import.name.to_string();
                    let from = known.name(socket.instance).to_owned();
                    let site = Site { import: name.clone(), from, to: None };
                    let resources = known.numbered(socket);
                    self.between.push(Between { import: name, site, provider: None, resources });
                }
                self.add(Opened::Host(open), import.name.clone(), import.attrs.clone())
            }
        };
        self.plan.open[id.0].sockets.push(new);
        Source::Open(id)
    }

    fn add(&mut self, opened: Opened, name: ExternName, attrs: Attrs) -> OpenId {
        let id = OpenId(self.plan.open.len());
        let (sockets, types_only, kept, merged) = (Vec::new(), None, BTreeMap::new(), Vec::new());
        self.plan.open.push(OpenImport { name, attrs, sockets, types_only, kept, merged });
        self.open.insert(opened, id);
        id
    }

    /// What others need of the piece, and the result's exports.
    fn export(&mut self, order: &[Vec<InstanceId>], at: usize) {
        let known = self.known;
        if self.root {
            for export in &known.planned.plan.exports {
                if let Some(instance) = self.new.get(&export.plug.instance) {
                    let plug = Plug { instance: *instance, ..export.plug };
                    self.plan.exports.push(PlanExport { plug, ..export.clone() });
                }
            }
        }
        let mut needed: Vec<Plug> = Vec::new();
        for socket in known.sockets() {
            if let Some(plug) = known.provider(socket)
                && order[at].contains(&plug.instance)
                && !order[at].contains(&socket.instance)
            {
                needed.push(plug);
            }
        }
        let mut done = BTreeSet::new();
        while let Some(plug) = needed.pop() {
            if !done.insert(plug) {
                continue;
            }
            needed.extend(self.homes(plug));
        }
        for plug in done {
            let new = Plug { instance: self.new[&plug.instance], ..plug };
            let name = ExternName::parse(&plug_label(plug), None);
            self.plan.exports.push(PlanExport { name, attrs: Attrs::default(), plug: new });
        }
    }

    /// Other exports of the same instance, in which types have their names that an export speaks of.
    fn homes(&self, plug: Plug) -> Vec<Plug> {
        let shape = self.known.shape(plug.instance);
        let Some((_, item)) = shape.export(plug.export) else { return Vec::new() };
        let mut left = mentioned(&item.entity);
        let (mut seen, mut homes) = (BTreeSet::new(), Vec::new());
        while let Some(ty) = left.pop() {
            if !seen.insert(ty) {
                continue;
            }
            left.extend(shape.mentions(ty));
            let places = shape.bindings.get(&ty).into_iter().flatten();
            if places.clone().any(|place| place.side == Side::Export && place.item == plug.export) {
                continue;
            }
            let others = places.filter(|place| place.side == Side::Export && place.item < shape.exports.len());
            homes.extend(others.map(|place| Plug { export: place.item, ..plug }));
        }
        homes
    }

    /// Imports of types for what has no other name.
    fn keep_types(&mut self) {
        let known = self.known;
        let open = self.plan.open.iter().flat_map(|open| open.sockets.iter().copied()).collect();
        let members = &self.members;
        let shape = |instance: InstanceId| known.shape(members[instance.0]);
        let kept = named_outside(Outside { shape: &shape, plan: &self.plan, open, unfilled: self.unfilled.clone() });
        for (socket, paths) in kept {
            let id = OpenId(self.plan.open.len());
            let name = ExternName::parse(&format!("types-i{}-s{}", socket.instance.0, socket.import), None);
            let wire = &mut self.plan.wires[socket.instance.0][socket.import];
            wire.source.get_or_insert(Source::Open(id));
            self.plan.open.push(OpenImport {
                name,
                attrs: Attrs::default(),
                sockets: vec![socket],
                types_only: Some(paths.clone()),
                kept: BTreeMap::from([(socket, paths)]),
                merged: Vec::new(),
            });
        }
        for socket in &self.unfilled {
            self.plan.wires[socket.instance.0][socket.import].source.get_or_insert(Source::Synthesised);
        }
    }
}

fn mentioned(entity: &Entity) -> Vec<TypeId> {
    match entity {
        Entity::Func(func) => {
            let types = func.val_types().filter_map(|ty| if let ValType::Type(ty) = ty { Some(ty) } else { None });
            types.collect()
        }
        Entity::Instance(items) => items.values().flat_map(|item| mentioned(&item.entity)).collect(),
        Entity::Type { created } => vec![*created],
        Entity::Unsupported(_) => Vec::new(),
    }
}
