//! What a function takes and gives.

use super::members::{self, Member};
use super::reference::{self, At};
use super::{Differ, Which, text};
use crate::contract::change::{ItemPath, Said};
use crate::contract::rule::{Effect, Rule};
use crate::contract::rules::{parameter as rules, result};
use crate::contract::wit_types::{self, kind, peel};
use wit_parser::{Function, Param, Resolve, Result_, Type, TypeDefKind};

/// A function as it is declared.
pub(super) fn said(differ: &Differ<'_>, which: Which, function: &Function) -> Option<Said> {
    differ.said(which, text::function(differ.resolve(which), function), function.span)
}

fn said_param(differ: &Differ<'_>, which: Which, param: &Param) -> Option<Said> {
    differ.said(which, text::labelled(differ.resolve(which), &param.name, param.ty), param.span)
}

/// The parameters of a function that both sides have.
pub(super) fn params(differ: &mut Differ<'_>, item: &ItemPath, old: &Function, new: &Function) {
    let (was, is) = (text::params(old), text::params(new));
    let names = [was, is].map(|params| params.iter().map(|param| param.name.as_str()).collect::<Vec<_>>());
    let found = members::compare(&names[0], &names[1], members::Types::Always, |from, to| {
        same(differ, was[from].ty, is[to].ty)
    });
    if found.reordered {
        let types = [(Which::Old, was), (Which::New, is)].map(|(which, params)| {
            params.iter().map(|param| differ.names.structure(which, param.ty)).collect::<Vec<_>>()
        });
        let (one, other) = (said(differ, Which::Old, old), said(differ, Which::New, new));
        let change = differ.push(&rules::PARAM_REORDERED, item.clone(), one, other);
        if types[0] == types[1] {
            // Hosts compare types and no names: it links there, and each value arrives as the other.
            change.effects.host = Effect::Fine;
        }
    }
    for member in found.members {
        match member {
            // Most are the same, and then nothing needs to be written down.
            Member::Kept(from, to) if reference::compare(differ, was[from].ty, is[to].ty) == At::Same => {}
            Member::Kept(from, to) => {
                let said = (said_param(differ, Which::Old, &was[from]), said_param(differ, Which::New, &is[to]));
                param(differ, item.below(&was[from].name), (was[from].ty, is[to].ty), said);
            }
            Member::Renamed(from, to) => {
                let (one, other) =
                    (said_param(differ, Which::Old, &was[from]), said_param(differ, Which::New, &is[to]));
                differ.push(&rules::PARAM_RENAMED, item.below(&was[from].name), one.clone(), other.clone());
                param(differ, item.below(&was[from].name), (was[from].ty, is[to].ty), (one, other));
            }
            Member::Removed(from) => {
                let one = said_param(differ, Which::Old, &was[from]);
                let other = said(differ, Which::New, new);
                differ.push(&rules::PARAM_REMOVED, item.below(&was[from].name), one, other);
            }
            Member::Added(to) => {
                let optional = matches!(kind(differ.after(), is[to].ty), Some(TypeDefKind::Option(_)));
                let rule = if optional { &rules::PARAM_ADDED_OPTION } else { &rules::PARAM_ADDED };
                let one = said(differ, Which::Old, old);
                let other = said_param(differ, Which::New, &is[to]);
                differ.push(rule, item.below(&is[to].name), one, other);
            }
        }
    }
}

/// Whether two types are written alike or are the same.
fn same(differ: &mut Differ<'_>, old: Type, new: Type) -> bool {
    reference::compare(differ, old, new) != At::Changed
}

fn param(differ: &mut Differ<'_>, item: ItemPath, (old, new): (Type, Type), said: (Option<Said>, Option<Said>)) {
    if reference::settled(differ, &item, (old, new), &said) {
        return;
    }
    let rule = reference::made_option(differ, old, new)
        .then_some(&rules::PARAM_MADE_OPTION)
        .or_else(|| reference::ownership(differ, old, new).then_some(&rules::PARAM_OWNERSHIP_CHANGED))
        .or_else(|| reference::specific(differ, old, new))
        .or_else(|| widened(differ, old, new).then_some(&rules::PARAM_TYPE_WIDENED))
        .unwrap_or(&rules::PARAM_TYPE_CHANGED);
    differ.push(rule, item, said.0, said.1);
}

/// Whether every old value has its place in the new type.
fn widened(differ: &Differ<'_>, old: Type, new: Type) -> bool {
    let rank = |resolve: &Resolve, ty: Type| {
        Some(match peel(resolve, ty) {
            Type::U8 => ('u', 8),
            Type::U16 => ('u', 16),
            Type::U32 => ('u', 32),
            Type::U64 => ('u', 64),
            Type::S8 => ('s', 8),
            Type::S16 => ('s', 16),
            Type::S32 => ('s', 32),
            Type::S64 => ('s', 64),
            Type::F32 => ('f', 32),
            Type::F64 => ('f', 64),
            Type::Char => ('c', 1),
            Type::String => ('c', 2),
            _ => return None,
        })
    };
    match (rank(differ.before(), old), rank(differ.after(), new)) {
        (Some((one, narrow)), Some((other, wide))) => (one == other || (one, other) == ('u', 's')) && narrow < wide,
        _ => false,
    }
}

/// The result of a function that both sides have.
pub(super) fn result(differ: &mut Differ<'_>, item: &ItemPath, old: &Function, new: &Function) {
    match (old.result, new.result) {
        (None, None) => return,
        (Some(was), Some(is)) if reference::compare(differ, was, is) == At::Same => return,
        _ => {}
    }
    let said = (said(differ, Which::Old, old), said(differ, Which::New, new));
    let rule = match (old.result, new.result) {
        (None, None) => return,
        (Some(was), Some(is)) => {
            if reference::settled(differ, item, (was, is), &said) {
                return;
            }
            changed(differ, was, is)
        }
        (None, Some(is)) => match kind(differ.after(), is) {
            Some(TypeDefKind::Result(Result_ { ok: None, .. })) => &result::RESULT_MADE_FALLIBLE,
            _ => &result::RESULT_ADDED,
        },
        (Some(was), None) => match kind(differ.before(), was) {
            Some(TypeDefKind::Result(Result_ { ok: None, .. })) => &result::RESULT_MADE_INFALLIBLE,
            _ => &result::RESULT_REMOVED,
        },
    };
    differ.push(rule, item.clone(), said.0, said.1);
}

fn changed(differ: &mut Differ<'_>, old: Type, new: Type) -> &'static Rule {
    let (was, is) = (kind(differ.before(), old).cloned(), kind(differ.after(), new).cloned());
    let fallible = |differ: &mut Differ<'_>, ok: Option<Type>, other: Type, old: bool| {
        ok.is_some_and(|ok| if old { same(differ, ok, other) } else { same(differ, other, ok) })
    };
    match (&was, &is) {
        (Some(TypeDefKind::Result(one)), Some(TypeDefKind::Result(other))) => {
            let same_ok = match (one.ok, other.ok) {
                (None, None) => true,
                (Some(one), Some(other)) => same(differ, one, other),
                _ => false,
            };
            match (one.err, other.err) {
                (None, Some(_)) if same_ok => return &result::RESULT_ERROR_ADDED,
                (Some(_), _) if same_ok => return &result::RESULT_ERROR_TYPE_CHANGED,
                _ => {}
            }
        }
        (Some(TypeDefKind::Option(_)), Some(TypeDefKind::Result(_))) => return &result::RESULT_OPTION_TO_RESULT,
        (_, Some(TypeDefKind::Result(other))) if fallible(differ, other.ok, old, false) => {
            return &result::RESULT_MADE_FALLIBLE;
        }
        (Some(TypeDefKind::Result(one)), _) if fallible(differ, one.ok, new, true) => {
            return &result::RESULT_MADE_INFALLIBLE;
        }
        _ => {}
    }
    if let Some(rule) = reference::specific(differ, old, new) {
        return rule;
    }
    let later = |resolve: &Resolve, kind: &Option<TypeDefKind>| match kind {
        Some(TypeDefKind::Tuple(tuple)) => tuple.types.iter().any(|ty| comes_later(wit_types::kind(resolve, *ty))),
        kind => comes_later(kind.as_ref()),
    };
    if later(differ.after(), &is) && !later(differ.before(), &was) {
        return &result::RESULT_MADE_FUTURE_OR_STREAM;
    }
    &result::RESULT_TYPE_CHANGED
}

fn comes_later(kind: Option<&TypeDefKind>) -> bool {
    matches!(kind, Some(TypeDefKind::Future(_) | TypeDefKind::Stream(_)))
}
