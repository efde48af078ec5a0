//! Which resources of a finished plan are one, and who owns them.
//!
//! A resource type is known under many names: each instance numbers its own, each open import has names for its own.
//! A wire says that two of them are one: the pairs of [`fit`](super::fit) for a wire to a plug, equal item paths for a
//! wire to an open import. The classes of that relation are found once, over the whole plan, so the order of instances,
//! wires and inputs cannot matter. An instance owns what its component first shows on the export side; a host owns what
//! comes in through an open import. A class with two owners is a *split*: some component holds as one type what two
//! makers made, and no artifact can be built. Two open imports are one owner only where a single component's own
//! imports say so (by `use`): that two components were wired together does not make two host interfaces one, and neither
//! does it that one of them uses from one interface what another uses from a second.

use super::fit::{View, fits};
use super::shape::*;
use crate::model::component::Components;
use crate::model::plan::{InstanceId, OpenId, Plan, Plug, Socket, Source};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Who makes a resource.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    /// An instance of the plan.
    Instance {
        /// The instance.
        instance: InstanceId,
        /// The resource in its component's shape.
        resource: ResourceId,
    },
    /// The host, through an open import.
    Host {
        /// The import that introduces it.
        open: OpenId,
        /// The names below the import that lead to the resource; empty for a type at world level.
        path: Vec<String>,
    },
}

/// A resource that one component holds as one and two owners made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The instance where both meet.
    pub holder: InstanceId,
    /// What the holder calls the resource: `wasi:io/streams@0.2.0.{input-stream}`.
    pub resource: String,
    /// The two owners with the ways that lead to them.
    pub sides: [OwnerChain; 2],
}

/// One owner of a split resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerChain {
    /// The owner.
    pub owner: Owner,
    /// What the owner calls the resource.
    pub resource: String,
    /// The wires from the holder to the owner.
    pub chain: Vec<Link>,
}

/// One wire on the way from a holder of a resource to its owner.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Link {
    /// The socket.
    pub socket: Socket,
    /// What fills it.
    pub to: LinkTo,
    /// Whether the way leads from the plug's side to the socket's: the owner is then further along the socket's
    /// instance.
    pub backwards: bool,
}

/// What a link of a chain leads to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LinkTo {
    /// An export of another instance.
    Plug(Plug),
    /// An open import.
    Open(OpenId),
    /// Another import of the same instance, which the type was used from.
    TypeOf(usize),
}

/// What is known of the resources of a plan.
#[derive(Debug, Clone, Default)]
pub struct Identity {
    owners: BTreeMap<(InstanceId, ResourceId), Owner>,
    open: BTreeMap<(OpenId, Vec<String>), Owner>,
    /// The splits, sorted by names alone.
    pub splits: Vec<Split>,
}

impl Identity {
    /// Who makes a resource of an instance; `None` only if a wire is broken, or for a resource in a split.
    pub fn owner(&self, instance: InstanceId, resource: ResourceId) -> Option<&Owner> {
        self.owners.get(&(instance, resource))
    }

    /// Who makes the resource at a path below an open import.
    pub fn owner_of_open(&self, open: OpenId, path: &[String]) -> Option<&Owner> {
        self.open.get(&(open, path.to_vec()))
    }
}

/// Judges the resources of a plan. Wires that are broken or do not fit are passed over: others report them.
pub fn judge(plan: &Plan, components: &Components) -> Identity {
    let graph = Graph::new(plan, components);
    let mut identity = Identity::default();
    let mut seen = BTreeSet::new();
    for node in graph.edges.keys() {
        if seen.contains(node) {
            continue;
        }
        let class = graph.class(node);
        seen.extend(class.iter().cloned());
        let owners = graph.owners(&class);
        if let [owner] = owners.as_slice() {
            for node in class {
                match node {
                    Node::Instance(instance, resource) => {
                        identity.owners.insert((instance, resource), owner.clone());
                    }
                    Node::Open(open, path) => {
                        identity.open.insert((open, path), owner.clone());
                    }
                }
            }
        } else if let [first, rest @ ..] = owners.as_slice() {
            identity.splits.extend(rest.iter().map(|other| graph.split(first, other)));
        }
    }
    let name =
        |split: &Split| (split.resource.clone(), graph.name_of(split.holder), split.sides.clone().map(|s| s.resource));
    identity.splits.sort_by_key(name);
    identity
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    Instance(InstanceId, ResourceId),
    Open(OpenId, Vec<String>),
}

struct Graph<'a> {
    plan: &'a Plan,
    components: &'a Components,
    edges: BTreeMap<Node, Vec<(Link, Node)>>,
}

impl<'a> Graph<'a> {
    fn new(plan: &'a Plan, components: &'a Components) -> Self {
        let mut graph = Self { plan, components, edges: BTreeMap::new() };
        for instance in plan.ids() {
            let shape = graph.shape(instance);
            for resource in 0..shape.resources.len() {
                graph.edges.entry(Node::Instance(instance, number(resource))).or_default();
            }
            for import in 0..plan.wires[instance.0].len() {
                graph.wire(Socket { instance, import });
            }
        }
        // Ties on the shortest way are broken by names, so that the plan's numbering does not show.
        let keys: BTreeMap<Node, (String, String)> =
            graph.edges.keys().map(|node| (node.clone(), graph.key(node))).collect();
        for edges in graph.edges.values_mut() {
            edges.sort_by(|(_, one), (_, other)| keys[one].cmp(&keys[other]));
        }
        graph
    }

    fn wire(&mut self, socket: Socket) {
        let shape = self.shape(socket.instance);
        let Some((_, item)) = shape.imports.get_index(socket.import) else { return };
        match self.plan.source(socket) {
            Some(Source::Plug(plug)) => {
                let provider = self.shape(plug.instance);
                let Some((_, offered)) = provider.export(plug.export) else { return };
                let socket_view = View { shape, entity: &item.entity };
                let Ok(map) = fits(View { shape: provider, entity: &offered.entity }, socket_view) else { return };
                for (ours, theirs) in map {
                    let link = Link { socket, to: LinkTo::Plug(*plug), backwards: false };
                    self.edge(Node::Instance(socket.instance, ours), link, Node::Instance(plug.instance, theirs));
                }
            }
            Some(Source::Open(open)) => {
                for (path, resource) in named_resources(shape, &item.entity) {
                    let link = Link { socket, to: LinkTo::Open(*open), backwards: false };
                    self.edge(Node::Instance(socket.instance, resource), link, Node::Open(*open, path));
                }
            }
            Some(Source::TypeOf { import, path }) => {
                let Some((_, from)) = shape.imports.get_index(*import) else { return };
                let theirs = named_resources(shape, &from.entity).into_iter().find(|(at, _)| at == path);
                let ours = named_resources(shape, &item.entity);
                if let (Some((_, theirs)), [(_, ours)]) = (theirs, ours.as_slice())
                    && theirs != *ours
                {
                    let link = Link { socket, to: LinkTo::TypeOf(*import), backwards: false };
                    let instance = socket.instance;
                    self.edge(Node::Instance(instance, *ours), link, Node::Instance(instance, theirs));
                }
            }
            Some(Source::Synthesised) | None => {}
        }
    }

    fn edge(&mut self, from: Node, link: Link, to: Node) {
        let back = Link { backwards: true, ..link.clone() };
        self.edges.entry(from.clone()).or_default().push((link, to.clone()));
        self.edges.entry(to).or_default().push((back, from));
    }

    fn class(&self, start: &Node) -> BTreeSet<Node> {
        let mut class = BTreeSet::from([start.clone()]);
        let mut stack = vec![start];
        while let Some(node) = stack.pop() {
            for (_, next) in &self.edges[node] {
                if class.insert(next.clone()) {
                    stack.push(next);
                }
            }
        }
        class
    }

    /// The owners in a class, sorted by names.
    fn owners(&self, class: &BTreeSet<Node>) -> Vec<Owner> {
        let mut owners = Vec::new();
        let mut hosts: BTreeSet<&Node> = BTreeSet::new();
        for node in class {
            match node {
                Node::Instance(instance, resource) => {
                    if self.first_shown(*instance, *resource).side == Side::Export {
                        owners.push(Owner::Instance { instance: *instance, resource: *resource });
                    }
                }
                Node::Open(..) => {
                    hosts.insert(node);
                }
            }
        }
        while let Some(start) = hosts.pop_first() {
            let group = self.host_group(start);
            hosts.retain(|node| !group.contains(*node));
            owners.extend(self.introduced(&group).into_iter().filter_map(|node| match node {
                Node::Open(open, path) => Some(Owner::Host { open: *open, path: path.clone() }),
                Node::Instance(..) => None,
            }));
        }
        owners.sort_by_key(|owner| self.key(&node_of(owner)));
        owners
    }

    /// The open imports that single components say are the same resource as `start`.
    fn host_group(&self, start: &Node) -> BTreeSet<Node> {
        let mut group = BTreeSet::from([start.clone()]);
        let mut stack = vec![start];
        while let Some(open) = stack.pop() {
            for (_, holder) in &self.edges[open] {
                for (_, next) in &self.edges[holder] {
                    if matches!(next, Node::Open(..)) && group.insert(next.clone()) {
                        stack.push(next);
                    }
                }
            }
        }
        group
    }

    /// The members of a host's group that introduce a resource: which no component says is used from another. Where
    /// components say so in a circle, the first by name. More than one is a contradiction: what one component uses from
    /// here, another uses from there.
    fn introduced<'n>(&self, group: &'n BTreeSet<Node>) -> Vec<&'n Node> {
        let of_its_own = |open: &&Node| {
            self.edges[*open].iter().all(|(link, holder)| {
                let (Node::Instance(instance, resource), Node::Open(_, path)) = (holder, open) else { return false };
                let place = self.first_shown(*instance, *resource);
                place.side == Side::Import && place.item == link.socket.import && place.path == *path
            })
        };
        let introduced: Vec<&Node> = group.iter().filter(of_its_own).collect();
        if introduced.is_empty() {
            group.iter().min_by_key(|node| self.key(node)).into_iter().collect()
        } else {
            introduced
        }
    }

    fn split(&self, one: &Owner, other: &Owner) -> Split {
        let (start, end) = (node_of(one), node_of(other));
        let way = self.way(&start, &end);
        // The way climbs from an owner to those it is plugged into; where it turns, both owners are held as one.
        let peak = way.iter().position(|(link, _)| !link.backwards).unwrap_or(way.len());
        let Some((_, holder @ Node::Instance(instance, _))) = peak.checked_sub(1).map(|last| &way[last]) else {
            unreachable!("an owner is plugged into instances and never holds what another made");
        };
        let mut to_one: Vec<Link> = way[..peak].iter().map(|(link, _)| turned(link)).collect();
        to_one.reverse();
        let to_other = way[peak..].iter().map(|(link, _)| link.clone()).collect();
        let side =
            |owner: &Owner, chain| OwnerChain { owner: owner.clone(), resource: self.key(&node_of(owner)).1, chain };
        Split { holder: *instance, resource: self.key(holder).1, sides: [side(one, to_one), side(other, to_other)] }
    }

    /// A shortest way between two nodes of a class.
    fn way(&self, start: &Node, end: &Node) -> Vec<(Link, Node)> {
        let mut from: BTreeMap<&Node, (&Node, &Link)> = BTreeMap::new();
        let mut queue = VecDeque::from([start]);
        while let Some(node) = queue.pop_front() {
            for (link, next) in &self.edges[node] {
                if next != start && !from.contains_key(next) {
                    from.insert(next, (node, link));
                    queue.push_back(next);
                }
            }
        }
        let mut way = Vec::new();
        let mut at = end;
        while let Some((before, link)) = from.get(at) {
            way.push(((*link).clone(), at.clone()));
            at = before;
        }
        way.reverse();
        way
    }

    fn shape(&self, instance: InstanceId) -> &'a Shape {
        &self.components.get(self.plan.instance(instance).component).shape
    }

    fn first_shown(&self, instance: InstanceId, resource: ResourceId) -> &'a Place {
        &self.shape(instance).resources[resource.0 as usize]
    }

    fn name_of(&self, instance: InstanceId) -> String {
        self.plan.instance(instance).name.clone()
    }

    /// What a node is sorted by and called: the instance (empty for the host), and the resource.
    fn key(&self, node: &Node) -> (String, String) {
        match node {
            Node::Instance(instance, resource) => {
                let shape = self.shape(*instance);
                let place = self.first_shown(*instance, *resource);
                (self.name_of(*instance), spelled(shape.head(place).0, &place.path))
            }
            Node::Open(open, path) => {
                let name = match &self.plan.open[open.0].name {
                    crate::model::name::ExternName::Interface(name) => name.to_string(),
                    crate::model::name::ExternName::Plain(name) => name.clone(),
                };
                (String::new(), spelled(&name, path))
            }
        }
    }
}

fn spelled(head: &str, path: &[String]) -> String {
    match path.split_last() {
        None => head.into(),
        Some((name, [])) => format!("{head}.{{{name}}}"),
        Some((name, path)) => format!("{head}/{}.{{{name}}}", path.join("/")),
    }
}

fn node_of(owner: &Owner) -> Node {
    match owner {
        Owner::Instance { instance, resource } => Node::Instance(*instance, *resource),
        Owner::Host { open, path } => Node::Open(*open, path.clone()),
    }
}

fn turned(link: &Link) -> Link {
    Link { backwards: !link.backwards, ..link.clone() }
}

fn number(index: usize) -> ResourceId {
    ResourceId(u32::try_from(index).expect("resource ids were made from such numbers"))
}

/// The resources that an item names, with the names that lead to them.
pub fn named_resources(shape: &Shape, entity: &Entity) -> Vec<(Vec<String>, ResourceId)> {
    match entity {
        Entity::Type { created } => {
            shape.resource(*created).map(|resource| (Vec::new(), resource)).into_iter().collect()
        }
        Entity::Instance(items) => items
            .iter()
            .flat_map(|(name, item)| {
                named_resources(shape, &item.entity).into_iter().map(move |(mut path, resource)| {
                    path.insert(0, name.clone());
                    (path, resource)
                })
            })
            .collect(),
        Entity::Func(_) | Entity::Unsupported(_) => Vec::new(),
    }
}
