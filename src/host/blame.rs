//! Which inner component a position in a composed file belongs to.
//!
//! A trap tells positions in the file that ran. The table is made of that file alone, so that it can be made when it is
//! wanted, or sealed beside an image whose file is not at hand. Where a composition ran in pieces, a position is one in a
//! piece, and each piece has a table of its own. Positions in between the modules belong to nobody.

use crate::diag::visible_line;
use crate::inspect::places::{self, Place, SHIM, Within};
use compose_engine::Frame;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Instances that are listed for nested compositions, where each has those of the one around it.
const MANY: usize = 64;

/// A table from positions to inner components.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blame {
    /// The modules, by position.
    modules: Vec<Module>,
    /// The tables of the pieces, if it ran in pieces.
    #[serde(skip)]
    pieces: Vec<Blame>,
}

/// A core module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Module {
    start: usize,
    end: usize,
    culprit: Option<Culprit>,
    functions: BTreeMap<u32, String>,
}

/// An inner component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Culprit {
    /// Its name; in a composition within a composition with the names around it, `outer/inner`.
    pub component: String,
    /// The instances that run its code.
    pub instances: Vec<String>,
}

impl Culprit {
    /// The one instance if there is one, else the component.
    pub fn name(&self) -> &str {
        match self.instances.as_slice() {
            [only] => only,
            _ => &self.component,
        }
    }
}

impl Blame {
    /// The table of a file; empty if it cannot be read.
    pub fn of(bytes: &[u8]) -> Self {
        let places = places::places(bytes).unwrap_or_default();
        Self { modules: places.into_iter().map(module).collect(), pieces: Vec::new() }
    }

    /// The table of a composition in pieces, in their order.
    pub fn of_pieces<'p>(pieces: impl Iterator<Item = &'p [u8]>) -> Self {
        Self { modules: Vec::new(), pieces: pieces.map(Self::of).collect() }
    }

    /// The same table where so many programs, of which nothing is known, come before its own.
    #[must_use]
    pub fn behind(self, others: usize) -> Self {
        let own = match self.pieces.is_empty() {
            // One alone is not numbered.
            true if others == 0 => return self,
            true => vec![self],
            false => self.pieces,
        };
        let others = std::iter::repeat_n(Self::default(), others);
        Self { modules: Vec::new(), pieces: others.chain(own).collect() }
    }

    fn module(&self, frame: &Frame) -> Option<&Module> {
        let offset = frame.offset?;
        let modules = match frame.part {
            Some(part) => &self.pieces.get(part)?.modules,
            None => &self.modules,
        };
        let after = modules.partition_point(|module| module.start <= offset);
        modules[..after].last().filter(|module| offset < module.end)
    }

    /// Whose code runs in a frame; `None` if the file is no composition, or the position is nobody's.
    pub fn culprit(&self, frame: &Frame) -> Option<&Culprit> {
        self.module(frame)?.culprit.as_ref()
    }

    /// What a frame's function is called: by itself, else as what it is exported. What only passes a call on is called by
    /// what it stands for.
    pub fn function(&self, frame: &Frame) -> Option<String> {
        let exported = || self.module(frame)?.functions.get(&frame.index).map(|name| interface_and_function(name));
        let name = frame.function.clone().or_else(exported)?;
        Some(match name.strip_prefix(SHIM) {
            Some("") => "(shim)".to_owned(),
            Some(name) => format!("{} (shim)", visible_line(name)),
            None => visible_line(&name),
        })
    }
}

fn module(Place { range, within, functions }: Place) -> Module {
    Module { start: range.start, end: range.end, culprit: culprit(&within), functions }
}

fn culprit(within: &[Within]) -> Option<Culprit> {
    let (first, rest) = within.split_first()?;
    let mut culprit = own(first);
    for inner in rest {
        let inner = own(inner);
        culprit.component = format!("{}/{}", culprit.component, inner.component);
        let pairs = culprit
            .instances
            .iter()
            .flat_map(|outer| inner.instances.iter().map(move |inner| format!("{outer}/{inner}")));
        culprit.instances = pairs.take(MANY).collect();
    }
    Some(culprit)
}

fn own(within: &Within) -> Culprit {
    let nameless = || within.instances.first().cloned().unwrap_or_else(|| "?".into());
    Culprit { component: within.name.clone().unwrap_or_else(nameless), instances: within.instances.clone() }
}

/// `a:b/c@0.1.0#f` of a core module is `a:b/c.f`, as functions are called by.
fn interface_and_function(export: &str) -> String {
    let name = export.strip_prefix("[async-lift]").unwrap_or(export);
    let name = name.strip_prefix("[async-lift-stackful]").unwrap_or(name);
    match name.split_once('#') {
        Some((interface, function)) => format!("{interface}.{function}"),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(offset: usize, index: u32) -> Frame {
        Frame { module: None, function: None, index, offset: Some(offset), part: None, source: None }
    }

    #[test]
    fn a_position_is_that_of_the_innermost_component_and_its_instances() {
        let bytes = wat::parse_str(
            r#"(component
                (component $outer
                    (component $inner (core module $m (func (export "a:b/c@0.1.0#f"))))
                    (instance $one (instantiate $inner)))
                (core module $own (func))
                (instance $first (instantiate $outer))
                (instance $second (instantiate $outer)))"#,
        )
        .expect("it is a component");
        let blame = Blame::of(&bytes);
        assert_eq!(blame.modules.len(), 2);
        let at = blame.modules[0].start + 8;
        let culprit = blame.culprit(&frame(at, 0)).expect("it is in the inner one");
        assert_eq!(culprit.component, "outer/inner");
        assert_eq!(culprit.instances, ["first/one", "second/one"]);
        assert_eq!(culprit.name(), "outer/inner");
        assert_eq!(blame.function(&frame(at, 0)).as_deref(), Some("a:b/c@0.1.0.f"));
        assert_eq!(blame.function(&frame(at, 1)), None);
        assert_eq!(blame.culprit(&frame(blame.modules[1].start, 0)), None, "the file's own");
        assert_eq!(blame.culprit(&frame(0, 0)), None);
        let sealed = serde_json::to_string(&blame).expect("it has a form");
        assert_eq!(serde_json::from_str::<Blame>(&sealed).expect("it can be read"), blame);
    }

    #[test]
    fn a_position_in_a_piece_is_looked_up_in_that_piece() {
        let piece = |name: &str| {
            let text = format!(
                r#"(component
                (component ${name} (core module $m (func (export "f"))))
                (instance ${name} (instantiate ${name})))"#
            );
            wat::parse_str(text).expect("it is a component")
        };
        let (one, other) = (piece("one"), piece("other"));
        let blame = Blame::of_pieces([one.as_slice(), other.as_slice()].into_iter());
        let offset = blame.pieces[1].modules[0].start + 8;
        let within = |part| blame.culprit(&Frame { part, ..frame(offset, 0) }).map(Culprit::name);
        assert_eq!(within(Some(0)), Some("one"));
        assert_eq!(within(Some(1)), Some("other"));
        assert_eq!(within(Some(2)), None);
        assert_eq!(within(None), None, "it is no position in the whole");
    }

    #[test]
    fn shims_are_called_by_what_they_stand_for() {
        let shim = |names: &str| {
            let text = format!(
                r#"(component (core module $m
                    (table (export "$imports") 1 funcref) (func {names} (export "0")) (func (export "1"))))"#
            );
            let blame = Blame::of(&wat::parse_str(text).expect("it is a component"));
            let at = blame.modules[0].start + 8;
            [0, 1].map(|index| blame.function(&frame(at, index)))
        };
        let bare = Some("(shim)".to_owned());
        let named = Some("a:b/c@1.0.0-f (shim)".to_owned());
        assert_eq!(shim(""), [bare.clone(), bare.clone()]);
        assert_eq!(shim(r#"(@name "indirect-a:b/c@1.0.0-f")"#), [named.clone(), bare]);
        // An engine that knows the name says it.
        let said = Frame { function: Some("indirect-a:b/c@1.0.0-f".into()), ..frame(0, 0) };
        assert_eq!(Blame::default().function(&said), named);
    }

    #[test]
    fn what_cannot_be_read_blames_nobody() {
        assert_eq!(Blame::of(b"no component"), Blame::default());
        assert_eq!(Blame::default().culprit(&frame(7, 0)), None);
    }
}
