//! One function on both sides: its name, its kind, and by way of `signature` what it takes and gives.

use super::interface::{Body, resource_rule};
use super::{Differ, Which, gates, signature, text};
use crate::contract::change::ItemPath;
use crate::contract::rule::{Area, Rule};
use crate::contract::rules::{function as rules, resource};
use wit_parser::{Function, FunctionKind};

/// What kind of function it is, `async` aside.
pub(super) fn kind(kind: &FunctionKind) -> &'static str {
    match kind {
        FunctionKind::Freestanding | FunctionKind::AsyncFreestanding => "func",
        FunctionKind::Getter => "get",
        FunctionKind::Setter => "set",
        FunctionKind::Method(_) | FunctionKind::AsyncMethod(_) => "method",
        FunctionKind::MethodGetter(_) => "method get",
        FunctionKind::MethodSetter(_) => "method set",
        FunctionKind::Static(_) | FunctionKind::AsyncStatic(_) => "static",
        FunctionKind::StaticGetter(_) => "static get",
        FunctionKind::StaticSetter(_) => "static set",
        FunctionKind::Constructor(_) => "constructor",
    }
}

/// Where a function stands, by its name on the side it is from.
pub(super) fn path(differ: &Differ<'_>, which: Which, body: &Body, function: &Function) -> ItemPath {
    differ.side(which).function_path(&body.paths[which as usize], function)
}

/// The rule for a function that came.
pub(super) fn added(function: &Function) -> &'static Rule {
    resource_rule(function, true).unwrap_or(&rules::FUNC_ADDED)
}

/// The rule for a function that went.
pub(super) fn removed(function: &Function) -> &'static Rule {
    resource_rule(function, false).unwrap_or(&rules::FUNC_REMOVED)
}

/// Everything that changed in a function that both sides have.
pub(super) fn compare(differ: &mut Differ<'_>, body: &Body, old: &Function, new: &Function) {
    let start = differ.changes.len();
    let item = path(differ, Which::Old, body, old);
    parts(differ, &item, old, new);
    let said =
        |differ: &Differ<'_>| [signature::said(differ, Which::Old, old), signature::said(differ, Which::New, new)];
    let around =
        [(Which::Old, old), (Which::New, new)].map(|(which, function)| gates::is_around(differ, body, which, function));
    gates::item(differ, around, &item, (&old.stability, &new.stability), said, start);
    differ.follow(start, &item, &path(differ, Which::New, body, new));
}

/// The parts of a function, gates aside.
pub(super) fn parts(differ: &mut Differ<'_>, item: &ItemPath, old: &Function, new: &Function) {
    let said =
        |differ: &Differ<'_>| (signature::said(differ, Which::Old, old), signature::said(differ, Which::New, new));
    let tell = |differ: &mut Differ<'_>, rule: &'static Rule| {
        let (was, is) = said(differ);
        differ.push(rule, item.clone(), was, is);
    };
    let kinds = (kind(&old.kind), kind(&new.kind));
    if kinds.0 != kinds.1 {
        // The parameters of a method count its object and those of a function do not, so they say nothing more.
        let swapped = matches!(kinds, ("method", "static") | ("static", "method"));
        tell(differ, if swapped { &resource::RESOURCE_METHOD_STATIC_CHANGED } else { &rules::FUNC_KIND_CHANGED });
        return;
    }
    if old.item_name() != new.item_name() {
        tell(differ, &rules::FUNC_RENAMED);
    }
    let of_resource = old.kind.resource().is_some();
    match (old.kind.is_async(), new.kind.is_async()) {
        (before, after) if before == after => {}
        _ if of_resource => tell(differ, &resource::RESOURCE_METHOD_ASYNC_CHANGED),
        (false, _) => tell(differ, &rules::FUNC_ASYNC_ADDED),
        (true, _) => tell(differ, &rules::FUNC_ASYNC_REMOVED),
    }
    if old.external_id != new.external_id {
        tell(differ, &rules::FUNC_EXTERNAL_ID_CHANGED);
    }
    if !matches!(old.kind, FunctionKind::Constructor(_)) {
        signature::params(differ, item, old, new);
        signature::result(differ, item, old, new);
        return;
    }
    let start = differ.changes.len();
    signature::params(differ, item, old, new);
    let broken = differ.changes.drain(start..).any(|change| change.rule.area == Area::Parameter);
    if broken {
        tell(differ, &resource::RESOURCE_CONSTRUCTOR_PARAMS_CHANGED);
    } else if text::function(differ.before(), old) != text::function(differ.after(), new) {
        // Same types under other names.
        signature::params(differ, item, old, new);
    }
    match (old.is_constructor_shorthand(differ.before()), new.is_constructor_shorthand(differ.after())) {
        (true, false) => tell(differ, &resource::RESOURCE_CONSTRUCTOR_MADE_FALLIBLE),
        _ => signature::result(differ, item, old, new),
    }
}
