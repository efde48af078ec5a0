//! From the steps of a difference to the places on one side: the item that is compared, the definition of the type that the
//! difference is in, and the word in its declaration.

use crate::types::fit::{Difference, Step};
use crate::types::shape::{Entity, Place, Shape, Side, TypeDef, TypeId, ValType};
use std::ops::Range;

/// What lies on the way.
pub(super) struct Way {
    /// The innermost item that is there.
    pub(super) item: Place,
    /// Where the innermost type with a name is defined, if that is another place.
    pub(super) defined: Option<Place>,
}

/// Walks from an import or export along the steps. `whole` says that the last type is told by its definition and not by
/// what mentions it.
pub(super) fn way(shape: &Shape, start: &Place, steps: &[Step], whole: bool) -> Way {
    let mut walk = Walk { shape, side: start.side, way: Way { item: start.clone(), defined: None } };
    let mut entity = &shape.item(start).entity;
    let mut val: Option<ValType> = None;
    for step in steps {
        if let (Entity::Instance(items), Step::Item(name)) = (entity, step) {
            let Some(item) = items.get(name) else { return walk.way };
            walk.way.item.path.push(name.clone());
            entity = &item.entity;
            continue;
        }
        val = match (entity, step) {
            (Entity::Func(func), Step::Param(number, _)) => {
                func.params.get(number.saturating_sub(1)).map(|(_, ty)| *ty)
            }
            (Entity::Func(func), Step::Result) => func.result,
            (Entity::Type { created }, step) => walk.inward(val.unwrap_or(ValType::Type(*created)), step),
            (_, step) => val.and_then(|val| walk.inward(val, step)),
        };
        if val.is_none() {
            return walk.way;
        }
    }
    let last = match (val, entity) {
        (Some(val), _) => Some(val),
        (None, Entity::Type { created }) => Some(ValType::Type(*created)),
        _ => None,
    };
    if let (Some(ValType::Type(last)), true) = (last, whole) {
        walk.enter(last);
    }
    walk.way
}

struct Walk<'a> {
    shape: &'a Shape,
    side: Side,
    way: Way,
}

impl Walk<'_> {
    /// A type that the way goes into.
    fn enter(&mut self, ty: TypeId) {
        let mut at = ty;
        loop {
            let places = self.shape.bindings.get(&at).into_iter().flatten();
            // The definition is behind all other names; one on the same side is the nearer text.
            if let Some(place) = places.min_by_key(|place| place.side != self.side) {
                self.way.defined = Some(place.clone());
            }
            match self.shape.def(at) {
                TypeDef::Alias(of) => at = *of,
                _ => break,
            }
        }
    }

    fn inward(&mut self, val: ValType, step: &Step) -> Option<ValType> {
        let ValType::Type(ty) = val else { return None };
        let def = self.shape.def(self.shape.peel(ty));
        if matches!(def, TypeDef::Record(_) | TypeDef::Variant(_)) || self.shape.bindings.contains_key(&ty) {
            self.enter(ty);
        }
        let find =
            |items: &[(String, ValType)], name: &str| items.iter().find(|(own, _)| own == name).map(|(_, ty)| *ty);
        match (def, step) {
            (TypeDef::Record(fields), Step::Field(name)) => find(fields, name),
            (TypeDef::Variant(cases), Step::Case(name)) => {
                cases.iter().find(|(own, _)| own == name).and_then(|(_, ty)| *ty)
            }
            (TypeDef::List(of, _), Step::Element) | (TypeDef::Option(of), Step::Some) => Some(*of),
            (TypeDef::Map(key, _), Step::Key) => Some(*key),
            (TypeDef::Map(_, value), Step::Value) => Some(*value),
            (TypeDef::Tuple(members), Step::Member(number)) => members.get(number.saturating_sub(1)).copied(),
            (TypeDef::Result(ok, _), Step::Ok) => *ok,
            (TypeDef::Result(_, err), Step::Err) => *err,
            (TypeDef::Stream(of), Step::Stream) | (TypeDef::Future(of), Step::Future) => *of,
            _ => None,
        }
    }
}

/// Whether a difference is one of the definition of the last type.
pub(super) fn of_definition(difference: &Difference) -> bool {
    matches!(difference, Difference::Names { .. } | Difference::Order { .. })
}

/// The part of a declaration that a difference is about: of the plug's or of the socket's.
pub(super) fn word(line: &str, steps: &[Step], difference: &Difference, of_plug: bool) -> Option<Range<usize>> {
    match difference {
        Difference::Names { additional, missing, .. } => {
            let own = if of_plug { additional } else { missing };
            return own.first().and_then(|name| named(line, name, ""));
        }
        Difference::ParamName(plug, socket) => return named(line, if of_plug { plug } else { socket }, ":"),
        Difference::Async { .. } => return named(line, "async", " ").or_else(|| named(line, "func", "(")),
        Difference::ParamCount(..) => {
            let start = line.find("func(")? + 4;
            return Some(start..start + closing(&line[start..])?);
        }
        Difference::Missing | Difference::Kind(..) | Difference::ResultPresence(..) | Difference::Order { .. } => {
            return None;
        }
        _ => {}
    }
    let named_step = |step: &Step| match step {
        Step::Param(_, name) | Step::Field(name) => Some((name.clone(), ":")),
        Step::Case(name) => Some((name.clone(), "(")),
        Step::Result => Some((String::new(), "")),
        _ => None,
    };
    match steps.iter().rev().find_map(named_step)? {
        (name, _) if name.is_empty() => line.find("-> ").map(|at| at..line.len()),
        (name, after) => named(line, &name, after).or_else(|| named(line, &name, "")),
    }
}

/// Where a name stands in a declaration behind the name of what is declared, followed by `after`.
fn named(line: &str, name: &str, after: &str) -> Option<Range<usize>> {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '-';
    let mut from = line.find(['{', '(']).or_else(|| line.find(": ")).unwrap_or(0);
    while let Some(found) = line[from..].find(name) {
        let (start, end) = (from + found, from + found + name.len());
        let alone = !line[..start].ends_with(is_word) && !line[end..].starts_with(is_word);
        if alone && line[end..].starts_with(after) {
            return Some(start..end);
        }
        from = end;
    }
    None
}

/// The byte behind the bracket that closes the one a text begins with.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' if depth == 1 => return Some(at + 1),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}
