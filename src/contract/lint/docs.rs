//! Lints of documentation.

use crate::contract::change::ItemPath;
use crate::contract::fault::Fault;
use crate::contract::rule::Rule;
use crate::contract::rules::lint_docs::{
    MISSING_CASE, MISSING_FUNC, MISSING_INTERFACE, MISSING_PACKAGE, MISSING_TYPE, MISSING_WORLD, SINCE_MISSING,
};
use crate::contract::walk::Walk;
use std::collections::BTreeSet;
use wit_parser::{Docs, Span, Stability, TypeDefKind};

pub(super) fn check(walk: &Walk<'_>, faults: &mut Vec<Fault>) {
    let mut undocumented = |rule: &'static Rule, path: &ItemPath, docs: &Docs, span: Span| {
        if docs.is_empty() {
            faults.push(Fault::new(rule, path.clone(), walk.said(path, span)));
        }
    };
    for interface in &walk.interfaces {
        undocumented(&MISSING_INTERFACE, &interface.path, &interface.def.docs, interface.def.span);
    }
    for world in &walk.worlds {
        undocumented(&MISSING_WORLD, &world.path, &world.def.docs, world.def.span);
    }
    for function in &walk.functions {
        undocumented(&MISSING_FUNC, &function.path, &function.def.docs, function.def.span);
    }
    for ty in walk.types.iter().filter(|ty| ty.used(walk.resolve()).is_none()) {
        undocumented(&MISSING_TYPE, &ty.path, &ty.def.docs, ty.def.span);
        let mut inside = |name: &str, docs: &Docs, span: Span| {
            undocumented(&MISSING_CASE, &ty.path.below(name), docs, span);
        };
        match &ty.def.kind {
            TypeDefKind::Record(record) => record.fields.iter().for_each(|it| inside(&it.name, &it.docs, it.span)),
            TypeDefKind::Variant(variant) => variant.cases.iter().for_each(|it| inside(&it.name, &it.docs, it.span)),
            TypeDefKind::Enum(of) => of.cases.iter().for_each(|it| inside(&it.name, &it.docs, it.span)),
            TypeDefKind::Flags(of) => of.flags.iter().for_each(|it| inside(&it.name, &it.docs, it.span)),
            _ => {}
        }
    }
    for package in &walk.packages {
        if walk.resolve().packages[*package].docs.is_empty() {
            let path = ItemPath::package(walk.side.package_name(*package));
            faults.push(Fault::new(&MISSING_PACKAGE, path, walk.said_package(*package)));
        }
    }
    ungated(walk, faults);
}

/// Items without a gate in packages that have some.
fn ungated(walk: &Walk<'_>, faults: &mut Vec<Fault>) {
    let mut items: Vec<(&ItemPath, &Stability, Span)> = Vec::new();
    let named = walk.interfaces.iter().filter(|interface| interface.def.name.is_some());
    items.extend(named.map(|at| (&at.path, &at.def.stability, at.def.span)));
    items.extend(walk.worlds.iter().map(|at| (&at.path, &at.def.stability, at.def.span)));
    items.extend(walk.functions.iter().map(|at| (&at.path, &at.def.stability, at.def.span)));
    let own = walk.types.iter().filter(|ty| ty.used(walk.resolve()).is_none());
    items.extend(own.map(|at| (&at.path, &at.def.stability, at.def.span)));
    let gated: BTreeSet<&str> = items
        .iter()
        .filter(|(_, stability, _)| !stability.is_unknown())
        .map(|(path, ..)| path.package.as_str())
        .collect();
    for (path, stability, span) in items {
        if stability.is_unknown() && gated.contains(path.package.as_str()) {
            faults.push(Fault::new(&SINCE_MISSING, path.clone(), walk.said(path, span)));
        }
    }
}
