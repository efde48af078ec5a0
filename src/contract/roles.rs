//! Patterns of roles (`public`, `implemented`, `remote`, `capabilities`) that match nothing: a gate that is misspelt would
//! do nothing without a word.
//!
//! A pattern of the command line is meant for the run, so it has to match. One of the configuration may be for another
//! contract: it is told only if it is about a package of the run, or nearly.

use super::change::ItemPath;
use super::diags;
use super::finding::Finding;
use super::policy::Policy;
use super::rules::exception::PATTERN_UNUSED;
use super::side::Side;
use crate::model::item_pattern::ItemPattern;
use crate::model::near::nearest;
use std::collections::BTreeSet;

/// The patterns of some roles that match none of the interfaces of these sides.
pub fn unused<'a>(
    roles: &[(&'static str, &[ItemPattern])],
    policy: &Policy,
    sides: impl Iterator<Item = &'a Side> + Clone,
) -> Vec<Finding> {
    let items: BTreeSet<String> = sides.clone().flat_map(interfaces).collect();
    let judged = sides.flat_map(|side| side.packages.iter().map(|package| side.package_name(*package)));
    let packages: BTreeSet<String> =
        judged.chain(items.iter().filter_map(|item| Some(item.split_once('/')?.0.to_owned()))).collect();
    let mut found = Vec::new();
    for (role, patterns) in roles {
        for pattern in patterns.iter().filter(|pattern| !items.iter().any(|item| pattern.may_match(item))) {
            let near = nearest(pattern.text(), items.iter().chain(&packages).map(String::as_str));
            let is_about = packages.iter().any(|package| pattern.is_about(package));
            if policy.told.contains(pattern) || near.is_some() || is_about {
                let (package, names) = pattern.text().split_once('/').unwrap_or((pattern.text(), ""));
                let names = names.split('.').filter(|name| !name.is_empty()).map(str::to_owned).collect();
                let item = ItemPath { package: package.into(), names };
                found.push(diags::of_pattern(&PATTERN_UNUSED, role, pattern, item, near));
            }
        }
    }
    found
}

/// The interfaces of all packages, and what worlds import and export besides.
fn interfaces(side: &Side) -> Vec<String> {
    let known = side.resolve.interfaces.iter();
    known.filter_map(|(id, _)| Some(side.interface_path(id)?.to_string())).collect()
}
