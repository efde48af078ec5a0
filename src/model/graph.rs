//! The wiring as a picture has it: instances, what the host fills, what is exported, and what leads where.
//!
//! A plan and a finished artifact both give this one form, and for one build they give equal ones; so it holds only
//! what both know. Types that travel with their interface (`use`) and instances made of types alone are no wires.

use super::name::ExternName;
use std::collections::{BTreeSet, VecDeque};

/// A wiring.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Graph {
    /// The instances: those that exports lead to first, then what they lead to, then the rest by name.
    pub instances: Vec<Node>,
    /// The imports of the whole, by name.
    pub imports: Vec<HostImport>,
    /// The exports of the whole, by name.
    pub exports: Vec<GraphExport>,
}

/// An instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its name.
    pub name: String,
    /// The name of its component.
    pub component: String,
    /// What fills its imports, in the order of its component.
    pub wires: Vec<Wire>,
}

/// What fills an import of an instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wire {
    /// The import, with its whole version.
    pub import: String,
    /// What fills it.
    pub from: End,
}

/// Where a wire comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// An instance, by its position, and its export.
    Instance(usize, String),
    /// An import of the whole, by its position.
    Host(usize),
    /// The component around the instance itself, which has code of its own.
    Around,
    /// Nothing: the composition has an error there.
    Nothing,
}

/// An import of the whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct HostImport {
    /// Its name, with its whole version.
    pub name: String,
    /// What it lets the whole do, see [`group`].
    pub group: String,
    /// Whether it asks for types only and thus nothing of the host.
    pub types_only: bool,
}

/// An export of the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphExport {
    /// Its name, with its whole version.
    pub name: String,
    /// What is exported.
    pub from: End,
}

/// The group of an import: `filesystem` for WASI's package of that name, `ns:pkg` for others, and one for what has a
/// plain name. `implements` is the interface of a label.
pub fn group(name: &ExternName, implements: Option<&str>) -> String {
    let labelled = implements.map(|name| ExternName::parse(name, None));
    match labelled.as_ref().unwrap_or(name).interface() {
        Some(interface) if interface.namespace == "wasi" => interface.package.clone(),
        Some(interface) => interface.package_id(),
        None => "plain names".into(),
    }
}

impl Graph {
    /// The same wiring in the order that this form promises, whatever order it was gathered in.
    pub fn in_order(mut self) -> Self {
        let mut imports: Vec<usize> = (0..self.imports.len()).collect();
        imports.sort_by(|one, other| self.imports[*one].cmp(&self.imports[*other]));
        self.exports.sort_by(|one, other| one.name.cmp(&other.name));
        let instances = self.reached();
        let place = |order: &[usize]| {
            let mut place = vec![0; order.len()];
            order.iter().enumerate().for_each(|(new, old)| place[*old] = new);
            place
        };
        let (import_at, instance_at) = (place(&imports), place(&instances));
        let move_end = |end: &mut End| match end {
            End::Instance(instance, _) => *instance = instance_at[*instance],
            End::Host(import) => *import = import_at[*import],
            End::Around | End::Nothing => {}
        };
        self.instances.iter_mut().flat_map(|node| &mut node.wires).for_each(|wire| move_end(&mut wire.from));
        self.exports.iter_mut().for_each(|export| move_end(&mut export.from));
        self.imports = imports.into_iter().map(|old| self.imports[old].clone()).collect();
        self.instances = instances.into_iter().map(|old| self.instances[old].clone()).collect();
        self
    }

    /// The instances in the order in which exports lead to them, level by level; then what nothing leads to, by name.
    fn reached(&self) -> Vec<usize> {
        let mut rest: Vec<usize> = (0..self.instances.len()).collect();
        rest.sort_by(|one, other| self.instances[*one].name.cmp(&self.instances[*other].name));
        let mut order = Vec::with_capacity(rest.len());
        let mut seen = BTreeSet::new();
        self.follow(self.exports.iter().filter_map(|export| export.from.instance()), &mut seen, &mut order);
        for start in rest {
            self.follow([start], &mut seen, &mut order);
        }
        order
    }

    /// What can be reached from some instances, themselves first.
    fn follow(&self, from: impl IntoIterator<Item = usize>, seen: &mut BTreeSet<usize>, order: &mut Vec<usize>) {
        let mut queue: VecDeque<usize> = from.into_iter().filter(|at| seen.insert(*at)).collect();
        while let Some(at) = queue.pop_front() {
            order.push(at);
            let next = self.instances[at].wires.iter().filter_map(|wire| wire.from.instance());
            queue.extend(next.filter(|next| seen.insert(*next)));
        }
    }

    /// The instances that no wire leads to: pictures begin with them. Where there are none, since all stand in loops,
    /// the first.
    pub fn roots(&self) -> Vec<usize> {
        let fed: BTreeSet<usize> =
            self.instances.iter().flat_map(|node| &node.wires).filter_map(|wire| wire.from.instance()).collect();
        let exported = |at: &usize| self.exports.iter().any(|export| export.from.instance() == Some(*at));
        let mut roots: Vec<usize> = (0..self.instances.len()).filter(|at| exported(at) || !fed.contains(at)).collect();
        if roots.is_empty() && !self.instances.is_empty() {
            roots.push(0);
        }
        roots
    }
}

impl End {
    /// The instance, if it is one.
    pub fn instance(&self) -> Option<usize> {
        match self {
            Self::Instance(instance, _) => Some(*instance),
            _ => None,
        }
    }
}
