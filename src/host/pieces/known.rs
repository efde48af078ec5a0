//! What is known of each wire of a plan: whether calls pass it, whether the host can stand there, whose resources it has.

use super::Cuts;
use crate::model::plan::{InstanceId, Plug, Socket, Source};
use crate::pipeline::Planned;
use crate::types::identity::{Identity, Owner, judge};
use crate::types::shape::{Entity, Shape, TypeDef, TypeId, ValType};
use std::collections::{BTreeMap, BTreeSet};

/// A plan, and what is known of it.
pub(super) struct Known<'k> {
    pub(super) planned: &'k Planned,
    pub(super) cuts: &'k Cuts,
    identity: Identity,
    /// Numbers of the resources that pass between pieces.
    numbers: BTreeMap<Owner, u32>,
    /// The instances that are made.
    pub(super) live: Vec<InstanceId>,
}

impl<'k> Known<'k> {
    pub(super) fn new(planned: &'k Planned, cuts: &'k Cuts) -> Self {
        let identity = judge(&planned.plan, &planned.components);
        let mut known = Known { planned, cuts, identity, numbers: BTreeMap::new(), live: Vec::new() };
        known.live = known.reached();
        let mut owners = BTreeSet::new();
        for socket in known.sockets() {
            let made = |(_, owner): &(String, Owner)| known.is_exchanged(owner);
            owners.extend(known.resources(socket).into_iter().filter(made).map(|(_, owner)| owner));
        }
        known.numbers = owners.into_iter().zip(0..).collect();
        known
    }

    /// The instances that the exports need when the answered sockets need nobody.
    fn reached(&self) -> Vec<InstanceId> {
        let plan = &self.planned.plan;
        let mut seen: BTreeSet<InstanceId> = BTreeSet::new();
        let mut left: Vec<InstanceId> = plan.exports.iter().map(|export| export.plug.instance).collect();
        left.extend(plan.ids().next());
        while let Some(instance) = left.pop() {
            if super::declares(self.planned, instance) || !seen.insert(instance) {
                continue;
            }
            let sockets = (0..plan.wires[instance.0].len()).map(|import| Socket { instance, import });
            left.extend(sockets.filter_map(|socket| self.provider(socket)).map(|plug| plug.instance));
        }
        seen.into_iter().collect()
    }

    /// Every socket of every instance that is made.
    pub(super) fn sockets(&self) -> Vec<Socket> {
        let each = |instance: &InstanceId| {
            let instance = *instance;
            (0..self.planned.plan.wires[instance.0].len()).map(move |import| Socket { instance, import })
        };
        self.live.iter().flat_map(each).collect()
    }

    pub(super) fn shape(&self, instance: InstanceId) -> &'k Shape {
        &self.planned.components.get(self.planned.plan.instance(instance).component).shape
    }

    pub(super) fn name(&self, instance: InstanceId) -> &'k str {
        &self.planned.plan.instance(instance).name
    }

    pub(super) fn import(&self, socket: Socket) -> (&'k str, &'k Entity) {
        let found = self.shape(socket.instance).imports.get_index(socket.import);
        let (name, item) = found.expect("a socket points at an import of its component");
        (name, &item.entity)
    }

    pub(super) fn is_answered(&self, socket: Socket) -> bool {
        self.cuts.answered.contains(&socket) && !self.is_types_only(socket)
    }

    pub(super) fn is_types_only(&self, socket: Socket) -> bool {
        self.shape(socket.instance).is_types_only(self.import(socket).1)
    }

    /// The plug of another instance that fills a socket, unless somebody else answers it or only types pass.
    pub(super) fn provider(&self, socket: Socket) -> Option<Plug> {
        match self.planned.plan.source(socket) {
            Some(Source::Plug(plug)) if !super::declares(self.planned, plug.instance) => {
                let calls = !self.is_answered(socket) && !self.is_types_only(socket);
                calls.then_some(*plug)
            }
            _ => None,
        }
    }

    /// What cannot pass a wire by the host's hand, if something that it carries cannot.
    pub(super) fn obstacle(&self, socket: Socket) -> Option<&'static str> {
        let (_, entity) = self.import(socket);
        let shape = self.shape(socket.instance);
        // Streams and futures pass as they are, and so do handles of the host within them; nobody sees the elements, so
        // handles that would have to be exchanged cannot.
        obstacle(shape, entity, |ty| {
            let owner = shape.resource(ty).and_then(|resource| self.identity.owner(socket.instance, resource));
            owner.is_none_or(|owner| self.is_exchanged(owner))
        })
    }

    /// The resources that an import names, and who makes them.
    pub(super) fn resources(&self, socket: Socket) -> Vec<(String, Owner)> {
        let shape = self.shape(socket.instance);
        let Entity::Instance(items) = self.import(socket).1 else { return Vec::new() };
        let mut found = Vec::new();
        for (name, item) in items {
            let Entity::Type { created } = &item.entity else { continue };
            let Some(resource) = shape.resource(*created) else { continue };
            found.extend(self.identity.owner(socket.instance, resource).map(|owner| (name.clone(), owner.clone())));
        }
        found
    }

    /// Whether handles of a resource are exchanged: one made by an instance, or by a mock in the place of the host.
    fn is_exchanged(&self, owner: &Owner) -> bool {
        match owner {
            Owner::Instance { .. } => true,
            Owner::Host { open, .. } => {
                self.planned.plan.open[open.0].sockets.iter().any(|socket| self.cuts.answered.contains(socket))
            }
        }
    }

    /// The numbers of the resources that an import names.
    pub(super) fn numbered(&self, socket: Socket) -> BTreeMap<String, u32> {
        let resources = self.resources(socket).into_iter();
        resources.filter_map(|(name, owner)| Some((name, *self.numbers.get(&owner)?))).collect()
    }
}

fn obstacle(shape: &Shape, entity: &Entity, is_exchanged: impl Fn(TypeId) -> bool) -> Option<&'static str> {
    let mut left: Vec<TypeId> = Vec::new();
    let mut entities = vec![entity];
    while let Some(entity) = entities.pop() {
        match entity {
            Entity::Func(func) => left.extend(func.val_types().filter_map(|ty| match ty {
                ValType::Type(ty) => Some(ty),
                ValType::Primitive(_) => None,
            })),
            Entity::Instance(items) => {
                if items.values().any(|item| matches!(item.entity, Entity::Instance(_))) {
                    return Some("an instance inside");
                }
                entities.extend(items.values().map(|item| &item.entity));
            }
            Entity::Type { .. } => {}
            Entity::Unsupported(_) => return Some("what is no value"),
        }
    }
    let (mut seen, mut within) = (BTreeSet::new(), Vec::new());
    while let Some(ty) = left.pop() {
        if seen.insert(ty) {
            let into =
                if matches!(shape.def(ty), TypeDef::Stream(_) | TypeDef::Future(_)) { &mut within } else { &mut left };
            into.extend(shape.mentions(ty));
        }
    }
    seen.clear();
    while let Some(ty) = within.pop() {
        match shape.def(ty) {
            TypeDef::Own(of) | TypeDef::Borrow(of) if is_exchanged(*of) => {
                return Some("handles in streams or futures");
            }
            TypeDef::Own(_) | TypeDef::Borrow(_) => {}
            _ if seen.insert(ty) => within.extend(shape.mentions(ty)),
            _ => {}
        }
    }
    None
}
