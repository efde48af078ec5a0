//! The difference between a plug and a socket: the way to it, what differs, and both sides in WIT syntax.
//!
//! Facts with their short words; the diagnostics that quote them are made by the stages. Here "socket" is the side that
//! asks and "plug" the one that offers, also where the two are a newer and an older definition of one interface.

use crate::model::listed::quoted;
use std::fmt;

/// The first difference between a plug and a socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The steps that lead to it, outermost first; empty if the two differ as a whole.
    pub path: Vec<Step>,
    /// What differs at its end.
    pub difference: Box<Difference>,
    /// The innermost item around the difference (function, type or instance), as the plug declares it, in WIT syntax; on
    /// a second line the type inside that differs, if the item reads the same on both sides. `None` if the plug has no
    /// such item.
    pub plug: Option<String>,
    /// The same item as the socket declares it.
    pub socket: String,
}

/// One step on the way to a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// An item of an instance, by name.
    Item(String),
    /// A parameter of a function, counted from 1.
    Param(usize, String),
    /// The result of a function.
    Result,
    /// A field of a record.
    Field(String),
    /// A case of a variant.
    Case(String),
    /// The element of a list.
    Element,
    /// The key of a map.
    Key,
    /// The value of a map.
    Value,
    /// What an option holds.
    Some,
    /// A member of a tuple, counted from 1.
    Member(usize),
    /// The good case of a result.
    Ok,
    /// The bad case of a result.
    Err,
    /// What a stream carries.
    Stream,
    /// What a future carries.
    Future,
}

/// What differs. Of two values the first is the plug's and the second the socket's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// The plug lacks the item.
    Missing,
    /// The item is of another kind: `function`, `instance`, `type`, …
    Kind(&'static str, &'static str),
    /// Neither side is a thing this crate can compare (core modules, components, values).
    Unsupported(&'static str),
    /// The plug's function is async (or not) and the socket's is not (or is).
    Async {
        /// Whether the plug's function is async.
        plug: bool,
    },
    /// Another number of parameters.
    ParamCount(usize, usize),
    /// A parameter of another name.
    ParamName(String, String),
    /// Only one side has a result; both in WIT syntax.
    ResultPresence(Option<String>, Option<String>),
    /// The types differ as a whole: another primitive or another constructor; both in WIT syntax.
    Type(String, String),
    /// Fields, cases, flags or names of an enum differ.
    Names {
        /// What they are.
        what: Members,
        /// Those only the plug has.
        additional: Vec<String>,
        /// Those only the socket has.
        missing: Vec<String>,
    },
    /// The same fields, cases or flags in another order.
    Order {
        /// What they are.
        what: Members,
        /// In the order of the plug.
        plug: Vec<String>,
        /// In the order of the socket.
        socket: Vec<String>,
    },
    /// Only one side carries a type (a variant's case, `ok`, `err`, a stream or a future); both in WIT syntax.
    Payload(Option<String>, Option<String>),
    /// Another number of tuple members.
    TupleLength(usize, usize),
    /// A fixed-length list of another length, or one side is not fixed.
    ListLength(Option<u32>, Option<u32>),
    /// An owned handle against a borrowed one.
    Handle(String, String),
    /// Another resource than the one the rest of the item pairs.
    Resource {
        /// The plug's resource here.
        plug: String,
        /// The socket's resource here.
        socket: String,
        /// The plug's resource that the socket's was paired with before.
        paired: String,
    },
}

/// What the names of a type stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Members {
    /// The fields of a record.
    Fields,
    /// The cases of a variant.
    Cases,
    /// The cases of an enum.
    EnumCases,
    /// Flags.
    Flags,
}

impl fmt::Display for Members {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fields => "fields",
            Self::Cases | Self::EnumCases => "cases",
            Self::Flags => "flags",
        })
    }
}

impl Mismatch {
    /// The way to the difference in words: `get-price: parameter 2 (currency): field code`; empty for the whole.
    pub fn place(&self) -> String {
        self.path.iter().map(ToString::to_string).collect::<Vec<_>>().join(": ")
    }

    /// The item of the compared instance that the difference is in, if it is in one.
    pub fn item(&self) -> Option<&str> {
        match self.path.first() {
            Some(Step::Item(name)) => Some(name),
            _ => None,
        }
    }
}

impl fmt::Display for Mismatch {
    /// One line: the way, then what differs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in &self.path {
            write!(f, "{step}: ")?;
        }
        self.difference.fmt(f)
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Item(name) => write!(f, "`{name}`"),
            Self::Param(index, name) => write!(f, "parameter {index} (`{name}`)"),
            Self::Result => f.write_str("result"),
            Self::Field(name) => write!(f, "field `{name}`"),
            Self::Case(name) => write!(f, "case `{name}`"),
            Self::Element => f.write_str("list element"),
            Self::Key => f.write_str("map key"),
            Self::Value => f.write_str("map value"),
            Self::Some => f.write_str("option"),
            Self::Member(index) => write!(f, "tuple member {index}"),
            Self::Ok => f.write_str("ok"),
            Self::Err => f.write_str("err"),
            Self::Stream => f.write_str("stream"),
            Self::Future => f.write_str("future"),
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("missing"),
            Self::Kind(plug, socket) => write!(f, "expected {}, found {}", article(socket), article(plug)),
            Self::Unsupported(word) => write!(f, "{} cannot be compared", article(word)),
            Self::Async { plug: true } => f.write_str("expected a sync function, found an async one"),
            Self::Async { plug: false } => f.write_str("expected an async function, found a sync one"),
            Self::ParamCount(plug, socket) => write!(f, "expected {socket} parameter{}, found {plug}", plural(*socket)),
            Self::ParamName(plug, socket) => write!(f, "expected the name `{socket}`, found `{plug}`"),
            Self::ResultPresence(plug, socket) => match (plug, socket) {
                (Some(plug), _) => write!(f, "expected no result, found `{plug}`"),
                (None, socket) => write!(f, "expected a result `{}`, found none", socket.as_deref().unwrap_or("")),
            },
            Self::Type(plug, socket) | Self::Handle(plug, socket) => write!(f, "expected `{socket}`, found `{plug}`"),
            Self::Names { what, additional, missing } => match (additional.as_slice(), missing.as_slice()) {
                (additional, []) => write!(f, "additional {what} {}", quoted(additional)),
                ([], missing) => write!(f, "missing {what} {}", quoted(missing)),
                (additional, missing) => {
                    write!(f, "missing {what} {}, additional {}", quoted(missing), quoted(additional))
                }
            },
            Self::Order { what, plug, socket } => {
                write!(f, "expected {what} in the order {}, found {}", quoted(socket), quoted(plug))
            }
            Self::Payload(plug, socket) => match (plug, socket) {
                (Some(plug), _) => write!(f, "expected no type, found `{plug}`"),
                (None, socket) => write!(f, "expected `{}`, found no type", socket.as_deref().unwrap_or("")),
            },
            Self::TupleLength(plug, socket) => write!(f, "expected {socket} member{}, found {plug}", plural(*socket)),
            Self::ListLength(plug, socket) => write!(f, "expected {}, found {}", length(*socket), length(*plug)),
            Self::Resource { plug, socket, paired } => {
                write!(f, "found resource `{plug}`, but `{socket}` is `{paired}` elsewhere in this item")
            }
        }
    }
}

fn article(word: &str) -> String {
    format!("{} {word}", if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" })
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

fn length(length: Option<u32>) -> String {
    length.map_or("a list of any length".into(), |length| format!("a list of length {length}"))
}
