//! Whether a function that one program exports has the type of one that another imports: held against each other part by part,
//! names of parameters, fields and cases included, as whoever composes the two for good would.
//!
//! Resources of two programs are never the same types, so a handle is like any other of its kind.

use crate::imported::Imported;
use crate::program::Program;
use crate::session::Types;
use crate::value::signature;
use wasmtime::component::Type;
use wasmtime::component::types::{ComponentFunc, ComponentItem};

/// The most parts that are held against each other; a type is a tree of any size once it is walked.
const MOST: usize = 100_000;

/// How an export is no such function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unlike {
    /// There is none of its name.
    Missing,
    /// It has another type, which is this in WIT.
    Other(String),
}

impl Program {
    /// How what an export of this program has differs from a function that another one imports: the export is an interface
    /// with the function in it, or the function itself. `None` if it does not.
    pub fn unlike(&self, export: &str, wanted: &Imported) -> Option<Unlike> {
        let engine = &self.engine.engine;
        let ty = self.component.component_type();
        let item = ty.exports(engine).find(|(name, _)| *name == export).map(|(_, item)| item.ty);
        let given = match item {
            Some(ComponentItem::ComponentFunc(ty)) => Some(ty),
            Some(ComponentItem::ComponentInstance(instance)) => {
                instance.exports(engine).find_map(|(name, item)| match item.ty {
                    ComponentItem::ComponentFunc(ty) if name == wanted.name => Some(ty),
                    _ => None,
                })
            }
            _ => None,
        };
        let Some(given) = given else { return Some(Unlike::Missing) };
        let same = alike(&wanted.ty, &given);
        (!same).then(|| Unlike::Other(signature(&given, &Types::of(&self.component))))
    }
}

fn alike(one: &ComponentFunc, other: &ComponentFunc) -> bool {
    let mut walk = Walk { left: MOST };
    let params = one.params().len() == other.params().len()
        && one.params().zip(other.params()).all(|((a, one), (b, other))| a == b && walk.same(&one, &other));
    let results = one.results().len() == other.results().len()
        && one.results().zip(other.results()).all(|(one, other)| walk.same(&one, &other));
    params && results && one.async_() == other.async_()
}

struct Walk {
    left: usize,
}

impl Walk {
    fn same(&mut self, one: &Type, other: &Type) -> bool {
        if self.left == 0 {
            return true;
        }
        self.left -= 1;
        match (one, other) {
            (Type::List(one), Type::List(other)) => self.same(&one.ty(), &other.ty()),
            (Type::FixedLengthList(one), Type::FixedLengthList(other)) => {
                one.len() == other.len() && self.same(&one.ty(), &other.ty())
            }
            (Type::Map(one), Type::Map(other)) => {
                self.same(&one.key(), &other.key()) && self.same(&one.value(), &other.value())
            }
            (Type::Record(one), Type::Record(other)) => {
                let (mut one, mut other) = (one.fields(), other.fields());
                one.len() == other.len()
                    && one.by_ref().zip(other.by_ref()).all(|(a, b)| a.name == b.name && self.same(&a.ty, &b.ty))
            }
            (Type::Tuple(one), Type::Tuple(other)) => {
                one.types().len() == other.types().len()
                    && one.types().zip(other.types()).all(|(one, other)| self.same(&one, &other))
            }
            (Type::Variant(one), Type::Variant(other)) => {
                one.cases().len() == other.cases().len()
                    && one.cases().zip(other.cases()).all(|(a, b)| a.name == b.name && self.both(a.ty, b.ty))
            }
            (Type::Enum(one), Type::Enum(other)) => one.names().eq(other.names()),
            (Type::Flags(one), Type::Flags(other)) => one.names().eq(other.names()),
            (Type::Option(one), Type::Option(other)) => self.same(&one.ty(), &other.ty()),
            (Type::Result(one), Type::Result(other)) => {
                self.both(one.ok(), other.ok()) && self.both(one.err(), other.err())
            }
            (Type::Future(one), Type::Future(other)) => self.both(one.ty(), other.ty()),
            (Type::Stream(one), Type::Stream(other)) => self.both(one.ty(), other.ty()),
            (Type::Own(_), Type::Own(_)) | (Type::Borrow(_), Type::Borrow(_)) => true,
            (one, other) => std::mem::discriminant(one) == std::mem::discriminant(other),
        }
    }

    fn both(&mut self, one: Option<Type>, other: Option<Type>) -> bool {
        match (one, other) {
            (Some(one), Some(other)) => self.same(&one, &other),
            (one, other) => one.is_none() && other.is_none(),
        }
    }
}
