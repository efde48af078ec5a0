//! Types of both sides in one table of symbols, so that comparing two types is comparing two numbers.
//!
//! A type has two symbols. *Written*: types with names are known by their names, so a change inside of one shows there and
//! nowhere else. *Structure*: everything is followed to the ground, aliases and `use` included; this is what linkers
//! compare. Each distinct type has one node, so types that double with every name cost no more than they take to write,
//! and the walk keeps its own stack.

use super::Which;
use crate::contract::side::Side;
use crate::contract::wit_types::children;
use std::collections::HashMap;
use wit_parser::{Handle, InterfaceId, Resolve, Type, TypeDefKind, TypeId, TypeOwner, WorldId};

/// A type of either side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Sym(u32);

/// What a symbol stands for, one step deep.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Node {
    Primitive(Type),
    Named(Owner, String),
    Resource(Owner, String),
    Own(Sym),
    Borrow(Sym),
    Tuple(Vec<Sym>),
    Option(Sym),
    Result(Option<Sym>, Option<Sym>),
    List(Sym),
    Fixed(Sym, u32),
    Map(Sym, Sym),
    Future(Option<Sym>),
    Stream(Option<Sym>),
    Record(Vec<(String, Sym)>),
    Variant(Vec<(String, Option<Sym>)>),
    Enum(Vec<String>),
    Flags(Vec<String>),
    Unknown,
}

/// An interface or world: the same number on both sides if the two are compared with each other.
type Owner = u32;

/// How far a symbol looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Depth {
    Written,
    Structure,
    /// As structure, and all resources are one.
    Values,
}

/// The table.
pub(super) struct Names<'a> {
    resolves: [&'a Resolve; 2],
    owners: [HashMap<TypeOwner, Owner>; 2],
    /// Old names of types with the new ones.
    renamed: HashMap<(Owner, String), String>,
    table: HashMap<Node, Sym>,
    known: [[Vec<Option<Sym>>; 3]; 2],
}

impl<'a> Names<'a> {
    pub(super) fn new(old: &'a Side, new: &'a Side) -> Self {
        let resolves = [&old.resolve, &new.resolve];
        let mut owners = [HashMap::new(), HashMap::new()];
        let mut next = 0;
        for (resolve, owners) in resolves.iter().zip(&mut owners) {
            let interfaces = resolve.interfaces.iter().map(|(id, _)| TypeOwner::Interface(id));
            let worlds = resolve.worlds.iter().map(|(id, _)| TypeOwner::World(id));
            for owner in interfaces.chain(worlds) {
                owners.insert(owner, next);
                next += 1;
            }
        }
        let known = resolves.map(|resolve| [(); 3].map(|()| vec![None; resolve.types.len()]));
        Self { resolves, owners, renamed: HashMap::new(), table: HashMap::new(), known }
    }

    /// The two interfaces are the same one. Only before symbols are asked for.
    pub(super) fn pair_interfaces(&mut self, old: InterfaceId, new: InterfaceId) {
        let number = self.owners[0][&TypeOwner::Interface(old)];
        self.owners[1].insert(TypeOwner::Interface(new), number);
    }

    /// The two worlds are the same one. Only before symbols are asked for.
    pub(super) fn pair_worlds(&mut self, old: WorldId, new: WorldId) {
        let number = self.owners[0][&TypeOwner::World(old)];
        self.owners[1].insert(TypeOwner::World(new), number);
    }

    /// A type of the old side has another name on the new one. For resources before symbols are asked for, for other
    /// types before written ones are.
    pub(super) fn rename(&mut self, old: TypeId, new_name: &str) {
        let def = &self.resolves[0].types[old];
        if let Some(name) = &def.name {
            self.renamed.insert((self.owners[0][&def.owner], name.clone()), new_name.to_owned());
        }
    }

    /// The name on the new side of a type of the old one, if it was renamed.
    pub(super) fn new_name(&self, old: TypeId) -> Option<&str> {
        let def = &self.resolves[0].types[old];
        let owner = *self.owners[0].get(&def.owner)?;
        self.renamed.get(&(owner, def.name.clone()?)).map(String::as_str)
    }

    /// The type as it is written.
    pub(super) fn written(&mut self, which: Which, ty: Type) -> Sym {
        self.symbol(which, Depth::Written, ty)
    }

    /// The type as linkers see it.
    pub(super) fn structure(&mut self, which: Which, ty: Type) -> Sym {
        self.symbol(which, Depth::Structure, ty)
    }

    /// Whether two types differ by nothing but which resources are in them.
    pub(super) fn same_but_resources(&mut self, old: TypeId, new: TypeId) -> bool {
        self.symbol(Which::Old, Depth::Values, Type::Id(old)) == self.symbol(Which::New, Depth::Values, Type::Id(new))
    }

    /// What the definition of a named type says, as it is written. `own<r>` is another definition than `r`, though it is
    /// the same type where it is used.
    pub(super) fn definition(&mut self, which: Which, id: TypeId) -> Sym {
        for child in children(&self.resolves[which as usize].types[id].kind) {
            self.symbol(which, Depth::Written, child);
        }
        let node = match &self.resolves[which as usize].types[id].kind {
            TypeDefKind::Type(ty) => return self.symbol(which, Depth::Written, *ty),
            _ => self.node(which, Depth::Written, id),
        };
        self.intern(node)
    }

    fn symbol(&mut self, which: Which, depth: Depth, ty: Type) -> Sym {
        let Type::Id(root) = ty else { return self.intern(Node::Primitive(ty)) };
        let resolve = self.resolves[which as usize];
        let mut stack = vec![root];
        while let Some(&id) = stack.last() {
            if self.seen(which, depth, id).is_some() {
                stack.pop();
                continue;
            }
            let def = &resolve.types[id];
            let sym = if depth == Depth::Written && def.name.is_some() {
                Some(self.intern(self.named(which, id, Node::Named)))
            } else {
                let before = stack.len();
                for child in children(&def.kind) {
                    if let Type::Id(child) = child
                        && self.seen(which, depth, child).is_none()
                    {
                        stack.push(child);
                    }
                }
                (stack.len() == before).then(|| match &def.kind {
                    TypeDefKind::Type(ty) => self.child(which, depth, *ty),
                    TypeDefKind::Handle(Handle::Own(id)) => self.child(which, depth, Type::Id(*id)),
                    _ => {
                        let node = self.node(which, depth, id);
                        self.intern(node)
                    }
                })
            };
            if let Some(sym) = sym {
                self.known[which as usize][depth as usize][id.index()] = Some(sym);
                stack.pop();
            }
        }
        self.seen(which, depth, root).expect("the walk ends with its root known")
    }

    fn seen(&self, which: Which, depth: Depth, id: TypeId) -> Option<Sym> {
        self.known[which as usize][depth as usize][id.index()]
    }

    /// The symbol of a type below one whose children are known.
    fn child(&mut self, which: Which, depth: Depth, ty: Type) -> Sym {
        match ty {
            Type::Id(id) => self.seen(which, depth, id).expect("children come first"),
            primitive => self.intern(Node::Primitive(primitive)),
        }
    }

    fn named(&self, which: Which, id: TypeId, node: fn(Owner, String) -> Node) -> Node {
        let def = &self.resolves[which as usize].types[id];
        let owner = self.owners[which as usize].get(&def.owner).copied().unwrap_or(Owner::MAX);
        let name = def.name.clone().unwrap_or_default();
        let name = match which {
            Which::Old => self.renamed.get(&(owner, name.clone())).cloned().unwrap_or(name),
            Which::New => name,
        };
        node(owner, name)
    }

    fn node(&mut self, which: Which, depth: Depth, id: TypeId) -> Node {
        let resolve = self.resolves[which as usize];
        let mut child = |ty: Type| self.child(which, depth, ty);
        match &resolve.types[id].kind {
            TypeDefKind::Resource if depth == Depth::Values => Node::Resource(Owner::MAX, String::new()),
            TypeDefKind::Resource => self.named(which, id, Node::Resource),
            TypeDefKind::Handle(Handle::Own(id)) => Node::Own(child(Type::Id(*id))),
            TypeDefKind::Handle(Handle::Borrow(id)) => Node::Borrow(child(Type::Id(*id))),
            TypeDefKind::Tuple(tuple) => Node::Tuple(tuple.types.iter().map(|ty| child(*ty)).collect()),
            TypeDefKind::Option(ty) => Node::Option(child(*ty)),
            TypeDefKind::Result(result) => Node::Result(result.ok.map(&mut child), result.err.map(child)),
            TypeDefKind::List(ty) => Node::List(child(*ty)),
            TypeDefKind::FixedLengthList(ty, length) => Node::Fixed(child(*ty), *length),
            TypeDefKind::Map(key, value) => Node::Map(child(*key), child(*value)),
            TypeDefKind::Future(ty) => Node::Future(ty.map(child)),
            TypeDefKind::Stream(ty) => Node::Stream(ty.map(child)),
            TypeDefKind::Record(record) => {
                Node::Record(record.fields.iter().map(|field| (field.name.clone(), child(field.ty))).collect())
            }
            TypeDefKind::Variant(variant) => {
                let cases = variant.cases.iter().map(|case| (case.name.clone(), case.ty.map(&mut child)));
                Node::Variant(cases.collect())
            }
            TypeDefKind::Enum(it) => Node::Enum(it.cases.iter().map(|case| case.name.clone()).collect()),
            TypeDefKind::Flags(it) => Node::Flags(it.flags.iter().map(|flag| flag.name.clone()).collect()),
            TypeDefKind::Type(_) | TypeDefKind::Unknown => Node::Unknown,
        }
    }

    fn intern(&mut self, node: Node) -> Sym {
        let next = Sym(u32::try_from(self.table.len()).expect("fewer types than memory holds"));
        *self.table.entry(node).or_insert(next)
    }
}
