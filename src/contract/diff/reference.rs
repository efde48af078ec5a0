//! A type where it is used, before and after: the same, the same under other names, or another; and which rule says best
//! what the difference is.

use super::names::Sym;
use super::{Differ, Which};
use crate::contract::change::{ItemPath, Said};
use crate::contract::rule::{Effect, Rule};
use crate::contract::rules::{alias, types as rules};
use crate::contract::wit_types::ground;
use crate::contract::wit_types::{children, kind, peel};
use wit_parser::{Handle, Resolve, Type, TypeDefKind, TypeId};

/// How two uses of types compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    /// Written alike; what changed behind the names is told where the names are declared.
    Same,
    /// The same type by other names.
    Respelled,
    /// Another type.
    Changed,
}

pub(super) fn compare(differ: &mut Differ<'_>, old: Type, new: Type) -> At {
    if differ.names.written(Which::Old, old) == differ.names.written(Which::New, new) {
        At::Same
    } else if differ.names.structure(Which::Old, old) == differ.names.structure(Which::New, new) {
        At::Respelled
    } else {
        At::Changed
    }
}

/// Tells of a type that is the same by other names; `false` if it is another, which is left to tell.
pub(super) fn settled(
    differ: &mut Differ<'_>,
    item: &ItemPath,
    (old, new): (Type, Type),
    said: &(Option<Said>, Option<Said>),
) -> bool {
    match compare(differ, old, new) {
        At::Same => true,
        At::Changed => false,
        At::Respelled => {
            respelled(differ, item, (&[old], &[new]), said, &alias::TYPE_RESPELLED);
            true
        }
    }
}

/// The same types by other names. If one of the names came or went, that is what is told, with the name.
pub(super) fn respelled(
    differ: &mut Differ<'_>,
    item: &ItemPath,
    (old, new): (&[Type], &[Type]),
    said: &(Option<Said>, Option<Said>),
    rule: &'static Rule,
) {
    let was = leaves(differ, Which::Old, old);
    let is = leaves(differ, Which::New, new);
    let gone: Vec<TypeId> =
        was.iter().filter(|(sym, _)| is.iter().all(|(other, _)| other != sym)).map(|it| it.1).collect();
    let come: Vec<TypeId> =
        is.iter().filter(|(sym, _)| was.iter().all(|(other, _)| other != sym)).map(|it| it.1).collect();
    let mut told = false;
    for (which, ids) in [(Which::Old, &gone), (Which::New, &come)] {
        for id in ids {
            if differ.alone[which as usize].contains(id) {
                differ.stands_for[which as usize].insert(*id);
                told = true;
            }
        }
    }
    if told {
        return;
    }
    let nominal =
        |resolve: &Resolve, ids: &[TypeId]| ids.iter().any(|id| is_nominal(&resolve.types[ground(resolve, *id)].kind));
    let source = nominal(differ.before(), &gone) && nominal(differ.after(), &come);
    let change = differ.push(rule, item.clone(), said.0.clone(), said.1.clone());
    if source {
        // Generators make a type of each name.
        change.effects.consumer_source = Effect::Breaks;
        change.effects.provider_source = Effect::Breaks;
    }
}

pub(super) fn is_nominal(kind: &TypeDefKind) -> bool {
    use TypeDefKind::{Enum, Flags, Record, Resource, Variant};
    matches!(kind, Record(_) | Variant(_) | Enum(_) | Flags(_) | Resource)
}

/// The names that a type is written with.
fn leaves(differ: &mut Differ<'_>, which: Which, types: &[Type]) -> Vec<(Sym, TypeId)> {
    let resolve = differ.resolve(which);
    let mut found = Vec::new();
    let mut stack = types.to_vec();
    while let Some(ty) = stack.pop() {
        let Type::Id(id) = ty else { continue };
        if resolve.types[id].name.is_some() {
            found.push((differ.names.written(which, ty), id));
        } else {
            stack.extend(children(&resolve.types[id].kind));
        }
    }
    found
}

/// Whether the new type is an option of the old one.
pub(super) fn made_option(differ: &mut Differ<'_>, old: Type, new: Type) -> bool {
    match kind(differ.after(), new) {
        Some(TypeDefKind::Option(inner)) => {
            let inner = *inner;
            compare(differ, old, inner) != At::Changed
        }
        _ => false,
    }
}

/// Whether one is a resource and the other is it borrowed.
pub(super) fn ownership(differ: &mut Differ<'_>, old: Type, new: Type) -> bool {
    let (Some((one, was)), Some((other, is))) = (handle(differ.before(), old), handle(differ.after(), new)) else {
        return false;
    };
    one != other && compare(differ, Type::Id(was), Type::Id(is)) != At::Changed
}

/// Whether a type is a borrowed resource or one's own, and which.
fn handle(resolve: &Resolve, ty: Type) -> Option<(bool, TypeId)> {
    let Type::Id(id) = ty else { return None };
    match resolve.types[ground(resolve, id)].kind {
        TypeDefKind::Resource => Some((false, id)),
        TypeDefKind::Handle(Handle::Own(id)) => Some((false, id)),
        TypeDefKind::Handle(Handle::Borrow(id)) => Some((true, id)),
        _ => None,
    }
}

/// The rule that says what changed inside of a type, if it is one thing and there is a rule for it.
pub(super) fn specific(differ: &mut Differ<'_>, mut old: Type, mut new: Type) -> Option<&'static Rule> {
    loop {
        let (was, is) = (bare(differ.before(), old), bare(differ.after(), new));
        if let (Bare::Primitive(was), Bare::Primitive(is)) = (was, is) {
            return signedness(was, is).then_some(&rules::INTEGER_SIGNEDNESS_CHANGED);
        }
        let (one, other) = match (was, is) {
            (Bare::Made(one), Bare::Made(other)) => (one, other),
            (Bare::Primitive(Type::String), Bare::Made(TypeDefKind::List(item)))
            | (Bare::Made(TypeDefKind::List(item)), Bare::Primitive(Type::String)) => {
                return (*item == Type::U8).then_some(&rules::STRING_TO_BYTES);
            }
            _ => return None,
        };
        let same = |differ: &mut Differ<'_>, one: Type, other: Type| compare(differ, one, other) != At::Changed;
        let inner = match (one, other) {
            (TypeDefKind::FixedLengthList(one, long), TypeDefKind::FixedLengthList(other, short)) => {
                if long != short {
                    return same(differ, *one, *other).then_some(&rules::LIST_FIXED_LENGTH_CHANGED);
                }
                (*one, *other)
            }
            (TypeDefKind::FixedLengthList(one, _), TypeDefKind::List(other))
            | (TypeDefKind::List(one), TypeDefKind::FixedLengthList(other, _)) => {
                return same(differ, *one, *other).then_some(&rules::LIST_FIXED_TO_LIST);
            }
            (TypeDefKind::FixedLengthList(one, length), TypeDefKind::Tuple(tuple)) => {
                let all = tuple.types.len() == *length as usize;
                return (all && tuple.types.iter().all(|ty| same(differ, *one, *ty)))
                    .then_some(&rules::LIST_FIXED_TO_TUPLE);
            }
            (TypeDefKind::Tuple(tuple), TypeDefKind::FixedLengthList(other, length)) => {
                let all = tuple.types.len() == *length as usize;
                return (all && tuple.types.iter().all(|ty| same(differ, *ty, *other)))
                    .then_some(&rules::LIST_FIXED_TO_TUPLE);
            }
            (TypeDefKind::List(one), TypeDefKind::Map(key, value)) => {
                let Some(TypeDefKind::Tuple(pair)) = kind(differ.before(), *one) else { return None };
                let same =
                    matches!(pair.types[..], [one, other] if same(differ, one, *key) && same(differ, other, *value));
                return same.then_some(&rules::LIST_TO_MAP);
            }
            (TypeDefKind::Map(key, value), TypeDefKind::List(other)) => {
                let Some(TypeDefKind::Tuple(pair)) = kind(differ.after(), *other) else { return None };
                let same =
                    matches!(pair.types[..], [one, other] if same(differ, *key, one) && same(differ, *value, other));
                return same.then_some(&rules::LIST_TO_MAP);
            }
            (TypeDefKind::List(one), TypeDefKind::Stream(Some(other)))
            | (TypeDefKind::Stream(Some(one)), TypeDefKind::List(other)) => {
                return same(differ, *one, *other).then_some(&rules::LIST_TO_STREAM);
            }
            (TypeDefKind::Stream(_), TypeDefKind::Stream(_)) => return Some(&rules::STREAM_ELEMENT_CHANGED),
            (TypeDefKind::Future(_), TypeDefKind::Future(_)) => return Some(&rules::FUTURE_PAYLOAD_CHANGED),
            (TypeDefKind::Tuple(one), TypeDefKind::Tuple(other)) if one.types.len() != other.types.len() => {
                return Some(&rules::TUPLE_ARITY_CHANGED);
            }
            (TypeDefKind::List(one), TypeDefKind::List(other))
            | (TypeDefKind::Option(one), TypeDefKind::Option(other)) => (*one, *other),
            (TypeDefKind::Tuple(_), TypeDefKind::Tuple(_))
            | (TypeDefKind::Map(..), TypeDefKind::Map(..))
            | (TypeDefKind::Result(_), TypeDefKind::Result(_)) => only_difference(differ, one, other)?,
            _ => return None,
        };
        (old, new) = inner;
    }
}

/// A type behind its names.
#[derive(Clone, Copy)]
enum Bare<'a> {
    Primitive(Type),
    Made(&'a TypeDefKind),
}

fn bare(resolve: &Resolve, ty: Type) -> Bare<'_> {
    match kind(resolve, ty) {
        Some(kind) => Bare::Made(kind),
        None => Bare::Primitive(peel(resolve, ty)),
    }
}

/// The only parts of two types that differ, if the types are made alike and it is only one.
fn only_difference(differ: &mut Differ<'_>, old: &TypeDefKind, new: &TypeDefKind) -> Option<(Type, Type)> {
    if let (TypeDefKind::Result(one), TypeDefKind::Result(other)) = (old, new)
        && (one.ok.is_some() != other.ok.is_some() || one.err.is_some() != other.err.is_some())
    {
        return None;
    }
    let pairs = children(old).into_iter().zip(children(new));
    let mut differing = pairs.filter(|(one, other)| compare(differ, *one, *other) == At::Changed).collect::<Vec<_>>();
    (differing.len() == 1).then(|| differing.remove(0))
}

fn signedness(one: Type, other: Type) -> bool {
    use Type::{S8, S16, S32, S64, U8, U16, U32, U64};
    let pairs = [(U8, S8), (U16, S16), (U32, S32), (U64, S64)];
    pairs.iter().any(|pair| *pair == (one, other) || *pair == (other, one))
}
