//! Contracts that come or go as a whole: before the first version, or after the last, there is nothing.
//!
//! What is in them is not looked into: whoever reads of an interface that came reads it there.

use super::change::Change;
use super::rule::Rule;
use super::rules::interface::{INTERFACE_ADDED, INTERFACE_REMOVED};
use super::rules::world::{WORLD_ADDED, WORLD_REMOVED};
use super::side::Side;

/// The interfaces and worlds of one side, if there is nothing on the other.
pub fn changes(old: &Side, new: &Side) -> Option<Vec<Change>> {
    match (old.packages.is_empty(), new.packages.is_empty()) {
        (true, false) => Some(all(new, [&INTERFACE_ADDED, &WORLD_ADDED], true)),
        (false, true) => Some(all(old, [&INTERFACE_REMOVED, &WORLD_REMOVED], false)),
        _ => None,
    }
}

fn all(side: &Side, [interface, world]: [&'static Rule; 2], added: bool) -> Vec<Change> {
    let resolve = &side.resolve;
    let change = |rule, path: Option<_>, said| {
        let (old, new) = if added { (None, Some(said)) } else { (Some(said), None) };
        path.map(|path| Change::new(rule, path, old, new))
    };
    let mut found = Vec::new();
    for package in &side.packages {
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
