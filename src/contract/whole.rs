//! Contracts that come or go as a whole: before the first version, or after the last, there is nothing.
//!
//! What is in them is not looked into: whoever reads of an interface that came reads it there.

use super::change::Change;
use super::diff;
use super::rule::Rule;
use super::rules::interface::{INTERFACE_ADDED, INTERFACE_REMOVED};
use super::rules::world::{WORLD_ADDED, WORLD_REMOVED};
use super::side::Side;
use std::collections::BTreeSet;
use wit_parser::PackageId;

/// The interfaces and worlds of one side, if there is nothing on the other.
pub fn changes(old: &Side, new: &Side) -> Option<Vec<Change>> {
    match (old.packages.is_empty(), new.packages.is_empty()) {
        (true, false) => Some(added(new, new.packages.iter())),
        (false, true) => Some(removed(old, old.packages.iter())),
        _ => None,
    }
}

/// The interfaces and worlds of packages that only one side has, beside others that both have. Of components nothing is said: they
/// mention packages and have none.
pub fn packages(old: &Side, new: &Side) -> Vec<Change> {
    if old.component.is_some() || new.component.is_some() {
        return Vec::new();
    }
    let (olds, news): (BTreeSet<_>, BTreeSet<_>) = diff::packages(old, new).into_iter().unzip();
    let mut changes = removed(old, old.packages.iter().filter(|id| !olds.contains(id)));
    changes.extend(added(new, new.packages.iter().filter(|id| !news.contains(id))));
    changes
}

fn added<'a>(side: &Side, packages: impl Iterator<Item = &'a PackageId>) -> Vec<Change> {
    all(side, packages, [&INTERFACE_ADDED, &WORLD_ADDED], true)
}

fn removed<'a>(side: &Side, packages: impl Iterator<Item = &'a PackageId>) -> Vec<Change> {
    all(side, packages, [&INTERFACE_REMOVED, &WORLD_REMOVED], false)
}

fn all<'a>(
    side: &Side,
    packages: impl Iterator<Item = &'a PackageId>,
    [interface, world]: [&'static Rule; 2],
    added: bool,
) -> Vec<Change> {
    let resolve = &side.resolve;
    let change = |rule, path: Option<_>, said| {
        let (old, new) = if added { (None, Some(said)) } else { (Some(said), None) };
        path.map(|path| Change::new(rule, path, old, new))
    };
    let mut found = Vec::new();
    for package in packages {
        let package = &resolve.packages[*package];
        for (name, id) in &package.interfaces {
            let said = side.said(format!("interface {name}"), resolve.interfaces[*id].span);
            found.extend(change(interface, side.interface_path(*id), said));
        }
        for (name, id) in &package.worlds {
            let said = side.said(format!("world {name}"), resolve.worlds[*id].span);
            found.extend(change(world, side.world_path(*id), said));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_that_goes_or_comes_beside_others_is_told_by_its_interfaces() {
        let side = |text: &str| Side::of_text("a.wit", text).expect("WIT");
        let one =
            side("package a:b@1.0.0; interface z { q: func(); } package c:d@1.0.0 { interface i { f: func(); } }");
        let other =
            side("package a:b@1.0.0; interface z { q: func(); } package e:f@1.0.0 { interface i { f: func(); } }");
        let told = packages(&one, &other);
        let told: Vec<String> = told.iter().map(|change| format!("{} {}", change.rule, change.item)).collect();
        assert_eq!(told, ["interface-removed c:d/i", "interface-added e:f/i"]);
        assert_eq!(packages(&one, &one), []);
    }
}
