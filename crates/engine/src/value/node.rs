//! What a text says, with the places where it says it: a value, or a pattern with holes in it.

use std::ops::Range;
use wasmtime::component::Val;

/// A value or pattern, and the bytes of the text that say so.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(super) at: Range<usize>,
    pub(super) kind: Kind,
}

/// What can be said. `open` and `rest` are the holes that `..` leaves.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// `_`
    Any,
    /// A value without parts.
    Leaf(Val),
    /// `"a" .. "b"`
    Text(Vec<Piece>),
    /// A list, of a fixed length if `fixed`, or a tuple; `rest` is how many items stand before the `..`.
    Items {
        items: Vec<Node>,
        rest: Option<usize>,
        of: Sequence,
    },
    /// All fields in the order of the type, unless it is open.
    Record {
        fields: Vec<(String, Node)>,
        open: bool,
    },
    Variant(String, Option<Box<Node>>),
    Option(Option<Box<Node>>),
    Result(Result<Option<Box<Node>>, Option<Box<Node>>>),
    Flags {
        names: Vec<String>,
        open: bool,
    },
    Map {
        entries: Vec<(Node, Node)>,
        open: bool,
    },
}

/// What has items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sequence {
    List,
    Fixed,
    Tuple,
}

/// A part of the pattern of a string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Literal(String),
    Hole,
}

impl Node {
    /// The value, if there are no holes in it.
    pub(super) fn value(self) -> Option<Val> {
        let boxed = |node: Option<Box<Node>>| match node {
            Some(node) => node.value().map(|value| Some(Box::new(value))),
            None => Some(None),
        };
        Some(match self.kind {
            Kind::Any | Kind::Text(_) => return None,
            Kind::Leaf(value) => value,
            Kind::Items { items, rest: None, of } => {
                let items = items.into_iter().map(Node::value).collect::<Option<_>>()?;
                match of {
                    Sequence::List => Val::List(items),
                    Sequence::Fixed => Val::FixedLengthList(items),
                    Sequence::Tuple => Val::Tuple(items),
                }
            }
            Kind::Record { fields, open: false } => {
                Val::Record(fields.into_iter().map(|(name, node)| Some((name, node.value()?))).collect::<Option<_>>()?)
            }
            Kind::Variant(case, node) => Val::Variant(case, boxed(node)?),
            Kind::Option(node) => Val::Option(boxed(node)?),
            Kind::Result(Ok(node)) => Val::Result(Ok(boxed(node)?)),
            Kind::Result(Err(node)) => Val::Result(Err(boxed(node)?)),
            Kind::Flags { names, open: false } => Val::Flags(names),
            Kind::Map { entries, open: false } => Val::Map(
                entries.into_iter().map(|(key, node)| Some((key.value()?, node.value()?))).collect::<Option<_>>()?,
            ),
            Kind::Items { .. } | Kind::Record { .. } | Kind::Flags { .. } | Kind::Map { .. } => return None,
        })
    }
}
