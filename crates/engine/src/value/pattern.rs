//! Whether a value is as a pattern says, and if not, the first place where it differs.

use super::fault::Mismatch;
use super::names::Names;
use super::node::{Kind, Node, Piece};
use super::write::wave;
use wasmtime::component::Val;

impl Node {
    /// Compares. `text` is the one that the pattern was read from.
    pub(crate) fn matches(&self, value: &Val, text: &str, names: &dyn Names) -> Result<(), Box<Mismatch>> {
        Matcher { text, names, path: String::new() }.node(self, value)
    }
}

struct Matcher<'p> {
    text: &'p str,
    names: &'p dyn Names,
    path: String,
}

type Matched = Result<(), Box<Mismatch>>;

impl Matcher<'_> {
    fn differs(&self, node: &Node, found: String) -> Matched {
        let expected = self.text.get(node.at.clone()).unwrap_or_default();
        let expected = if node.at.is_empty() || matches!(expected, "}" | "{}") { "none" } else { expected };
        Err(Box::new(Mismatch { path: self.path.clone(), at: node.at.clone(), expected: expected.into(), found }))
    }

    /// The same one step further in.
    fn within(&mut self, step: &str, node: &Node, value: &Val) -> Matched {
        let length = self.path.len();
        self.path.push_str(step);
        self.node(node, value)?;
        self.path.truncate(length);
        Ok(())
    }

    fn payload(&mut self, step: &str, node: &Node, inner: Option<&Node>, value: &Val, found: Option<&Val>) -> Matched {
        match (inner, found) {
            (Some(inner), Some(found)) => self.within(step, inner, found),
            (None, None) => Ok(()),
            _ => self.differs(node, wave(value, self.names)),
        }
    }

    fn node(&mut self, node: &Node, value: &Val) -> Matched {
        let same = match (&node.kind, value) {
            (Kind::Any, _) => true,
            (Kind::Leaf(leaf), value) => leaf == value,
            (Kind::Text(pieces), Val::String(text)) => fits(pieces, text),
            (Kind::Items { items, rest, .. }, Val::List(found) | Val::FixedLengthList(found) | Val::Tuple(found)) => {
                return self.items(node, items, *rest, found, value);
            }
            (Kind::Record { fields, .. }, Val::Record(found)) => {
                for (name, field) in fields {
                    let there = found.iter().find(|(found, _)| found == name);
                    match there {
                        Some((_, there)) => self.within(&format!(".{name}"), field, there)?,
                        None => return self.differs(field, "nothing".into()),
                    }
                }
                true
            }
            (Kind::Variant(case, inner), Val::Variant(found, payload)) if case == found => {
                return self.payload(&format!(".{case}"), node, inner.as_deref(), value, payload.as_deref());
            }
            (Kind::Option(inner), Val::Option(payload)) => {
                return self.payload("", node, inner.as_deref(), value, payload.as_deref());
            }
            (Kind::Result(Ok(inner)), Val::Result(Ok(payload))) => {
                return self.payload(".ok", node, inner.as_deref(), value, payload.as_deref());
            }
            (Kind::Result(Err(inner)), Val::Result(Err(payload))) => {
                return self.payload(".err", node, inner.as_deref(), value, payload.as_deref());
            }
            (Kind::Flags { names, open }, Val::Flags(found)) => {
                names.iter().all(|name| found.contains(name))
                    && (*open || found.iter().all(|name| names.contains(name)))
            }
            (Kind::Map { entries, open }, Val::Map(found)) => return self.map(node, entries, *open, found, value),
            _ => false,
        };
        if same { Ok(()) } else { self.differs(node, wave(value, self.names)) }
    }

    fn items(&mut self, node: &Node, items: &[Node], rest: Option<usize>, found: &[Val], value: &Val) -> Matched {
        let enough = if rest.is_some() { found.len() >= items.len() } else { found.len() == items.len() };
        let ahead = rest.unwrap_or(items.len());
        // The first that differ are told before the number of them is.
        for (at, (item, found)) in items[..ahead].iter().zip(found).enumerate() {
            self.within(&format!("[{at}]"), item, found)?;
        }
        if !enough {
            return self.differs(node, wave(value, self.names));
        }
        let behind = &items[ahead..];
        let start = found.len() - behind.len();
        for (at, (item, found)) in behind.iter().zip(&found[start..]).enumerate() {
            self.within(&format!("[{}]", start + at), item, found)?;
        }
        Ok(())
    }

    /// In whatever order; of entries with one key the last one counts.
    fn map(&mut self, node: &Node, entries: &[(Node, Node)], open: bool, found: &[(Val, Val)], value: &Val) -> Matched {
        // One by one first: a key may be there twice.
        let mut each = entries.iter().zip(found);
        let same = |(key, entry): &(Node, Node), (at, there): &(Val, Val)| {
            let mut matcher = Matcher { text: self.text, names: self.names, path: String::new() };
            matcher.node(key, at).is_ok() && matcher.node(entry, there).is_ok()
        };
        if entries.len() == found.len() && each.all(|(entry, found)| same(entry, found)) {
            return Ok(());
        }
        for (key, entry) in entries {
            let there = found.iter().rev().find(|(found, _)| {
                let mut matcher = Matcher { text: self.text, names: self.names, path: String::new() };
                matcher.node(key, found).is_ok()
            });
            match there {
                Some((at, there)) => self.within(&format!("[{}]", wave(at, self.names)), entry, there)?,
                None => return self.differs(key, "nothing".into()),
            }
        }
        match open || entries.len() == found.len() {
            true => Ok(()),
            false => self.differs(node, wave(value, self.names)),
        }
    }
}

/// Whether the literals stand in the text in their order, with anything in the holes. Taking each where it first occurs
/// leaves the most room for the rest, so nothing has to be tried twice.
fn fits(pieces: &[Piece], text: &str) -> bool {
    let (mut rest, mut hole) = (text, false);
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Literal(literal) = piece else {
            hole = true;
            continue;
        };
        let last = at + 1 == pieces.len();
        rest = match (hole, last) {
            (true, true) => return rest.ends_with(literal.as_str()),
            (true, false) => match rest.find(literal.as_str()) {
                Some(found) => &rest[found + literal.len()..],
                None => return false,
            },
            (false, _) => match rest.strip_prefix(literal.as_str()) {
                Some(rest) => rest,
                None => return false,
            },
        };
        hole = false;
    }
    hole || rest.is_empty()
}
