//! Patterns of roles (`public`, `implemented`, `remote`, `capabilities`) that match nothing: a gate that is misspelt would
//! do nothing without a word.
//!
//! A pattern of the command line is meant for the run, so it has to match. One of the configuration may be for another
//! contract: it is a warning if it is about a package of the run, or nearly, or if it can match nothing at all. Of the roles
//! that decide what counts as a change it is also one if the role has no pattern that matches and this one is of the
//! namespace of the run; any other of theirs is mentioned. Where nothing is public nothing is checked.

use super::change::ItemPath;
use super::diags;
use super::finding::{Finding, Report};
use super::policy::Policy;
use super::rule::Severity;
use super::rules::exception::PATTERN_UNUSED;
use super::side::Side;
use crate::model::item_pattern::ItemPattern;
use crate::model::near::nearest;
use std::collections::BTreeSet;

/// What a pattern of a role has to match.
#[derive(Clone, Copy)]
enum Asked {
    /// An interface, or something that may be in it.
    Inside,
    /// A whole interface or world. The flag says whether another pattern of the role does: those that are about other
    /// contracts are told as well.
    Whole(bool),
}

/// What is wrong with the roles that decide which changes count.
pub(super) fn of_changes(report: &mut Report, policy: &Policy, sides: &[&Side]) {
    let roles = [("public", policy.public.as_slice()), ("implemented", policy.implemented.as_slice())];
    let (mut items, packages) = known(sides.iter().copied());
    items.extend(sides.iter().flat_map(|side| worlds(side)));
    for (role, patterns) in roles {
        let works = patterns.iter().any(|pattern| items.iter().any(|item| pattern.covers(item)));
        report.findings.extend(unmatched((role, patterns), policy, (&items, &packages), Asked::Whole(works)));
    }
    if !items.is_empty() && !items.iter().any(|item| policy.is_public(item)) {
        report.unchecked.push(diags::nothing_public(&policy.public));
    }
}

/// The patterns of some roles that match none of the interfaces of these sides, though they are about them.
pub fn unused<'a>(
    roles: &[(&'static str, &[ItemPattern])],
    policy: &Policy,
    sides: impl Iterator<Item = &'a Side> + Clone,
) -> Vec<Finding> {
    let (items, packages) = known(sides);
    roles.iter().flat_map(|role| unmatched(*role, policy, (&items, &packages), Asked::Inside)).collect()
}

fn unmatched(
    (role, patterns): (&'static str, &[ItemPattern]),
    policy: &Policy,
    (items, packages): (&BTreeSet<String>, &BTreeSet<String>),
    asked: Asked,
) -> Vec<Finding> {
    let matches = |pattern: &ItemPattern| match asked {
        Asked::Inside => items.iter().any(|item| pattern.may_match(item)),
        Asked::Whole(_) => items.iter().any(|item| pattern.covers(item)),
    };
    let mut found = Vec::new();
    for pattern in patterns.iter().filter(|pattern| !matches(pattern)) {
        // Who names what is in an interface may mean the interface.
        let around = items.iter().find(|item| pattern.may_match(item)).map(String::as_str);
        let near = around.or_else(|| nearest(pattern.text(), items.iter().chain(packages).map(String::as_str)));
        let is_about = packages.iter().any(|package| pattern.is_about(package));
        // Every item begins with a namespace and a package.
        let is_hopeless = !pattern.text().contains([':', '*']);
        let namespace = pattern.text().split(':').next();
        let is_kin = packages.iter().any(|package| package.split(':').next() == namespace);
        let is_fault = policy.told.contains(pattern) || near.is_some() || is_about || is_hopeless;
        let severity = match asked {
            _ if is_fault => Severity::Warning,
            Asked::Whole(false) if is_kin => Severity::Warning,
            Asked::Whole(_) => Severity::Note,
            Asked::Inside => continue,
        };
        let (package, names) = pattern.text().split_once('/').unwrap_or((pattern.text(), ""));
        let names = names.split('.').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let item = ItemPath { package: package.into(), names };
        let written = policy.written.iter().find(|(of, written)| *of == role && written.text == pattern.text());
        let written = written.map(|(_, written)| written);
        found.push(diags::of_pattern(&PATTERN_UNUSED, role, pattern, (item, severity), near, written));
    }
    found
}

/// The interfaces of all packages, with what worlds import and export besides; and the packages.
fn known<'a>(sides: impl Iterator<Item = &'a Side> + Clone) -> (BTreeSet<String>, BTreeSet<String>) {
    let items: BTreeSet<String> = sides.clone().flat_map(interfaces).collect();
    let judged = sides.flat_map(|side| side.packages.iter().map(|package| side.package_name(*package)));
    let packages = judged.chain(items.iter().filter_map(|item| Some(item.split_once('/')?.0.to_owned()))).collect();
    (items, packages)
}

fn interfaces(side: &Side) -> Vec<String> {
    let known = side.resolve.interfaces.iter();
    known.filter_map(|(id, _)| Some(side.interface_path(id)?.to_string())).collect()
}

fn worlds(side: &Side) -> Vec<String> {
    side.resolve.worlds.iter().filter_map(|(id, _)| Some(side.world_path(id)?.to_string())).collect()
}
