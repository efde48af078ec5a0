//! Gates, deprecation and documentation between two versions of a contract: what was promised in words and marks.
//!
//! Items are matched by their paths; that something has another path now is known from the changes that were found.

use super::change::{Change, ItemPath, Said};
use super::counterpart;
use super::fault::{Detail, Fault, gathered};
use super::gate::{self, deprecated, is_deprecated};
use super::lint::gates;
use super::rules::stability::{
    DEPRECATED_ADDED, DEPRECATED_REMOVED, DOCS_BEHAVIOUR_CHANGED, DOCS_CHANGED, DOCS_REMOVED,
    REMOVED_WITHOUT_DEPRECATION, SINCE_CHANGED, SINCE_MISSING_ON_NEW_ITEM, SINCE_REMOVED, SINCE_VERSION_MISMATCH,
};
use super::side::Side;
use super::walk::Walk;
use semver::Version;
use std::collections::{BTreeMap, BTreeSet};
use wit_parser::{Docs, Span, Stability, TypeDefKind};

/// What was found.
#[derive(Debug, Default)]
pub struct Promises {
    /// Changes that break nobody, and ask for a version all the same.
    pub changes: Vec<Change>,
    /// What policies object to.
    pub faults: Vec<Fault>,
}

/// An item with what is said of it.
struct Item<'a> {
    stability: &'a Stability,
    docs: &'a Docs,
    said: Said,
}

/// What happened to promises. `window` is for how many releases an item has to be deprecated before it may go; with 0 it may go
/// at any time. `changes` says what has another name.
pub fn run(old: &Side, new: &Side, changes: &[Change], window: u64) -> Promises {
    let (before, after) = (Walk::new(old), Walk::new(new));
    let mut promises = Promises::default();
    let contradicted: BTreeSet<_> = gates(old).into_iter().map(|fault| (fault.rule.id, fault.item)).collect();
    let is_new = |fault: &Fault| !contradicted.contains(&(fault.rule.id, fault.item.clone()));
    promises.faults.extend(gates(new).into_iter().filter(is_new));
    let (were, are) = (items(&before), items(&after));
    let gated: BTreeSet<&str> = were
        .iter()
        .chain(&are)
        .filter(|(_, item)| !item.stability.is_unknown())
        .map(|(path, _)| &*path.package)
        .collect();
    let told: BTreeSet<ItemPath> = promises.faults.iter().map(|fault| fault.item.clone()).collect();
    let moves = moves(old, new, changes);
    let was_at: BTreeMap<ItemPath, &ItemPath> = were.keys().map(|path| (moved(&moves, path), path)).collect();
    // A declaration and a `use` of the same name are the same to everybody else.
    let names = |walk: &Walk<'_>| walk.types.iter().map(|at| at.path.clone()).collect::<BTreeSet<_>>();
    let (had, has) = (names(&before), names(&after));
    let had: BTreeSet<ItemPath> = had.iter().map(|path| moved(&moves, path)).collect();
    for (path, item) in &are {
        match was_at.get(path).map(|old| (old, &were[*old])) {
            None if had.contains(path) => {}
            None => {
                let fault = came((&before, &after), path, item, gated.contains(&*path.package));
                // Where its gate contradicts what it is in, that is told already.
                let fault = fault.filter(|fault| fault.rule != &SINCE_VERSION_MISMATCH || !told.contains(path));
                promises.faults.extend(fault);
            }
            Some((old, was)) => stayed((old, path), was, item, &mut promises),
        }
    }
    let is_there = |path: &ItemPath| {
        let path = moved(&moves, path);
        are.contains_key(&path) || has.contains(&path)
    };
    for (path, was) in were.iter().filter(|(path, _)| !is_there(path)) {
        // What goes with the interface or resource that it is in is told with that.
        let around = |path: &ItemPath| (1..path.names.len()).map(|end| within(path, end)).collect::<Vec<_>>();
        let with_parent = around(path).iter().any(|parent| were.contains_key(parent) && !is_there(parent));
        if !with_parent && window > 0 {
            went(&before, path, was, window, &mut promises);
        }
    }
    Change::sort(&mut promises.changes);
    promises.faults = gathered(promises.faults, &SINCE_MISSING_ON_NEW_ITEM);
    Fault::sort(&mut promises.faults);
    promises
}

fn within(path: &ItemPath, names: usize) -> ItemPath {
    ItemPath { package: path.package.clone(), names: path.names[..names].to_vec() }
}

/// What has another path now, by the old one: the package, and what was renamed in it.
fn moves(old: &Side, new: &Side, changes: &[Change]) -> BTreeMap<ItemPath, ItemPath> {
    let package = counterpart::renamed(old, new);
    let package = package.map(|(one, other)| (old.package_name(one), new.package_name(other)));
    let package = package.map(|(one, other)| (ItemPath::package(one), ItemPath::package(other)));
    let renamed = changes.iter().filter_map(|change| Some((change.item.clone(), change.became.clone()?)));
    package.into_iter().chain(renamed).collect()
}

/// Where an item is now: by itself, or by what it is in.
fn moved(moves: &BTreeMap<ItemPath, ItemPath>, path: &ItemPath) -> ItemPath {
    let found = (0..=path.names.len()).rev().find_map(|end| Some((end, moves.get(&within(path, end))?)));
    found.map_or_else(
        || path.clone(),
        |(end, to)| {
            let names = to.names.iter().chain(&path.names[end..]).cloned().collect();
            ItemPath { package: to.package.clone(), names }
        },
    )
}

/// What is to be said against the gate of something new, in a package that has gates or has none.
fn came((before, after): (&Walk<'_>, &Walk<'_>), path: &ItemPath, item: &Item<'_>, gated: bool) -> Option<Fault> {
    let fault = |rule| Fault::new(rule, path.clone(), item.said.clone());
    match item.stability {
        // Members of types have no gates of their own.
        Stability::Unknown if item.said.text.is_empty() => None,
        Stability::Unknown if gated => Some(fault(&SINCE_MISSING_ON_NEW_ITEM)),
        Stability::Stable { since, .. } => {
            // Of a package that was not there before nothing is known; nor of one without versions.
            let (was, version) = (before.version(path)?, after.version(path)?);
            let detail = Detail::Gates { has: gate::written(item.stability), against: version.to_string() };
            (since <= was && was < version).then(|| fault(&SINCE_VERSION_MISMATCH).with(detail))
        }
        Stability::Unknown | Stability::Unstable { .. } => None,
    }
}

fn stayed((old, path): (&ItemPath, &ItemPath), was: &Item<'_>, is: &Item<'_>, promises: &mut Promises) {
    let between = |rule, detail| Fault {
        rule,
        item: path.clone(),
        old: Some(was.said.clone()),
        new: Some(is.said.clone()),
        detail,
    };
    let change = |rule| {
        let change = Change::new(rule, old.clone(), Some(was.said.clone()), Some(is.said.clone()));
        Change { became: (old != path).then(|| path.clone()), ..change }
    };
    match (was.stability, is.stability) {
        (Stability::Stable { since, .. }, Stability::Stable { since: now, .. }) if since != now => {
            let detail = Detail::Gates {
                has: gate::written(is.stability),
                against: gate::written(was.stability).unwrap_or_default(),
            };
            promises.faults.push(between(&SINCE_CHANGED, detail));
        }
        (Stability::Stable { .. }, Stability::Unknown) => {
            let detail = Detail::Gates { has: None, against: gate::written(was.stability).unwrap_or_default() };
            promises.faults.push(between(&SINCE_REMOVED, detail));
        }
        _ => {}
    }
    match (is_deprecated(was.stability), is_deprecated(is.stability)) {
        (false, true) => promises.changes.push(change(&DEPRECATED_ADDED)),
        (true, false) => promises.changes.push(change(&DEPRECATED_REMOVED)),
        _ => {}
    }
    match (&was.docs.contents, &is.docs.contents) {
        (Some(_), None) => promises.changes.push(change(&DOCS_REMOVED)),
        (Some(was), Some(is)) if words(was) != words(is) => {
            let rule = if speaks_of_behaviour(was, is) { &DOCS_BEHAVIOUR_CHANGED } else { &DOCS_CHANGED };
            promises.changes.push(change(rule));
        }
        _ => {}
    }
}

fn went(before: &Walk<'_>, path: &ItemPath, was: &Item<'_>, window: u64, promises: &mut Promises) {
    // What was not stable may go at any time.
    if matches!(was.stability, Stability::Unstable { .. }) || was.said.text.is_empty() {
        return;
    }
    let had = match (deprecated(was.stability), before.version(path)) {
        (Some(since), Some(version)) => releases(since, version),
        // Without versions nobody can count.
        (Some(_), None) => window,
        (None, _) => 0,
    };
    if had < window {
        let detail = Detail::Releases { had, wanted: window };
        let fault = Fault {
            rule: &REMOVED_WITHOUT_DEPRECATION,
            item: path.clone(),
            old: Some(was.said.clone()),
            new: None,
            detail,
        };
        promises.faults.push(fault);
    }
}

/// In how many releases, up to this one, something was deprecated, as far as versions tell: minor ones, below 1.0.0 patches.
/// Across a break there was at least one, and nobody knows how many.
fn releases(since: &Version, until: &Version) -> u64 {
    if since > until {
        return 0;
    }
    match (since.major == until.major, until.major, since.minor == until.minor) {
        (true, 0, true) => until.patch.saturating_sub(since.patch).saturating_add(1),
        (true, 1.., _) => until.minor.saturating_sub(since.minor).saturating_add(1),
        _ => u64::MAX,
    }
}

/// Every item, and members of types, which have documentation and no gate: their declaration is empty.
fn items<'a>(walk: &Walk<'a>) -> BTreeMap<ItemPath, Item<'a>> {
    let mut items = BTreeMap::new();
    let mut add = |path: &ItemPath, stability: &'a Stability, docs: &'a Docs, span: Span| {
        items.insert(path.clone(), Item { stability, docs, said: walk.said(path, span) });
    };
    for at in &walk.interfaces {
        add(&at.path, &at.def.stability, &at.def.docs, at.def.span);
    }
    for at in &walk.worlds {
        add(&at.path, &at.def.stability, &at.def.docs, at.def.span);
    }
    for at in &walk.functions {
        add(&at.path, &at.def.stability, &at.def.docs, at.def.span);
    }
    let mut members: Vec<(ItemPath, &'a Docs, Span)> = Vec::new();
    for at in walk.types.iter().filter(|at| at.used(walk.resolve()).is_none()) {
        add(&at.path, &at.def.stability, &at.def.docs, at.def.span);
        let mut member = |name: &str, docs: &'a Docs, span: Span| members.push((at.path.below(name), docs, span));
        match &at.def.kind {
            TypeDefKind::Record(record) => record.fields.iter().for_each(|it| member(&it.name, &it.docs, it.span)),
            TypeDefKind::Variant(variant) => variant.cases.iter().for_each(|it| member(&it.name, &it.docs, it.span)),
            TypeDefKind::Enum(of) => of.cases.iter().for_each(|it| member(&it.name, &it.docs, it.span)),
            TypeDefKind::Flags(of) => of.flags.iter().for_each(|it| member(&it.name, &it.docs, it.span)),
            _ => {}
        }
    }
    for (path, docs, span) in members {
        let said = Said { text: String::new(), at: walk.side.at(span) };
        items.entry(path).or_insert(Item { stability: &Stability::Unknown, docs, said });
    }
    items
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// Whether sentences that came or went say what is promised or demanded.
fn speaks_of_behaviour(was: &str, is: &str) -> bool {
    const WORDS: [&str; 22] = [
        "must",
        "shall",
        "should",
        "may",
        "never",
        "always",
        "error",
        "errors",
        "fail",
        "fails",
        "trap",
        "traps",
        "panic",
        "panics",
        "undefined",
        "block",
        "blocks",
        "guarantee",
        "guaranteed",
        "required",
        "default",
        "ignored",
    ];
    let sentences = |text: &str| -> BTreeSet<String> {
        let text = words(text).join(" ").to_lowercase();
        text.split(['.', ';', '!', '?']).map(|sentence| sentence.trim().to_owned()).collect()
    };
    let (was, is) = (sentences(was), sentences(is));
    was.symmetric_difference(&is)
        .flat_map(|sentence| sentence.split(|letter: char| !letter.is_alphanumeric()))
        .any(|word| WORDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::rule::Example;
    use crate::contract::{diff, rules};

    /// The rules that two versions break.
    fn broken(old: &str, new: &str) -> Vec<&'static str> {
        let versioned = |text: &str, version: &str| match text.starts_with("package ") {
            true => text.to_owned(),
            false => format!("package a:b@{version};\n{text}"),
        };
        let side = |name: &str, text: &str| Side::of_text(name, text).unwrap_or_else(|error| panic!("{error}"));
        let (old, new) = (side("old.wit", &versioned(old, "1.0.0")), side("new.wit", &versioned(new, "1.0.1")));
        let promises = run(&old, &new, &diff::run(&old, &new), 1);
        let changes = promises.changes.iter().map(|change| change.rule.id);
        changes.chain(promises.faults.iter().map(|fault| fault.rule.id)).collect()
    }

    #[test]
    fn every_example_shows_its_rule_and_no_other() {
        for rule in rules::stability::RULES {
            for example in rule.examples {
                let Example::Change { old, new } = example else { panic!("{rule}: an example of lint") };
                assert_eq!(broken(old, new), [rule.id]);
                assert_eq!(broken(old, old), [""; 0], "{rule}");
                assert_eq!(broken(new, new), [""; 0], "{rule}");
            }
        }
    }

    fn version(text: &str) -> Version {
        Version::parse(text).expect("a version")
    }

    #[test]
    fn releases_are_counted_in_the_part_that_grows() {
        let between = |since, until| releases(&version(since), &version(until));
        assert_eq!(between("1.2.0", "1.2.5"), 1);
        assert_eq!(between("1.2.0", "1.4.0"), 3);
        assert_eq!(between("0.2.1", "0.2.4"), 4);
        assert_eq!(between("2.0.0", "1.4.0"), 0);
        assert_eq!(between("1.2.0", "2.0.0"), u64::MAX);
        assert_eq!(between("0.1.0", "0.2.0"), u64::MAX);
        assert_eq!(between("1.0.0", "1.18446744073709551615.0"), u64::MAX);
        assert_eq!(between("1.2.0-rc.1", "1.2.0"), 1);
    }

    #[test]
    fn the_window_decides_when_something_may_go() {
        let old = "package a:b@1.2.0;\ninterface i { @since(version = 1.0.0) @deprecated(version = 1.1.0) f: func(); @since(version = 1.0.0) g: func(); }";
        let new = "package a:b@2.0.0;\ninterface i { @since(version = 1.0.0) g: func(); }";
        let (old, new) = (Side::of_text("old.wit", old).expect("WIT"), Side::of_text("new.wit", new).expect("WIT"));
        let told = |window| run(&old, &new, &[], window).faults.len();
        assert_eq!([told(0), told(1), told(2), told(3)], [0, 0, 0, 1]);
    }

    #[test]
    fn what_has_another_name_or_place_is_still_there() {
        let told = |old: &str, new: &str| {
            let (old, new) = (Side::of_text("old.wit", old).expect("WIT"), Side::of_text("new.wit", new).expect("WIT"));
            let promises = run(&old, &new, &diff::run(&old, &new), 1);
            promises.faults.iter().map(|fault| format!("{} {}", fault.rule, fault.item)).collect::<Vec<_>>()
        };
        let gate = "@since(version = 1.0.0)";
        let item = |package: &str, items: &str| format!("package a:{package};\n{gate} interface i {{ {items} }}");
        let both = format!("{gate} record r {{ x: u32 }} {gate} get: func() -> r;");
        assert_eq!(told(&item("b@1.4.0", &both), &item("c@1.5.0", &both)), [""; 0], "the package");
        let other = format!("{gate} record s {{ x: u32 }} {gate} fetch: func() -> s;");
        assert_eq!(told(&item("b@1.4.0", &both), &item("b@2.0.0", &other)), [""; 0], "type and function");
        let used = format!(
            "{} {gate} interface t {{ {gate} record r {{ x: u32 }} }}",
            item("b@2.0.0", &format!("{gate} use t.{{r}}; {gate} get: func() -> r;"))
        );
        assert_eq!(
            told(&item("b@1.4.0", &both), &used),
            ["since-version-mismatch a:b/t", "since-version-mismatch a:b/t.r"]
        );
    }

    #[test]
    fn what_goes_with_its_interface_is_told_once() {
        let old = "package a:b@1.0.0;\ninterface i { record r { x: u32 } f: func() -> r; } interface j { g: func(); }";
        let new = "package a:b@2.0.0;\ninterface j { g: func(); }";
        let (old, new) = (Side::of_text("old.wit", old).expect("WIT"), Side::of_text("new.wit", new).expect("WIT"));
        let items: Vec<String> = run(&old, &new, &[], 1).faults.iter().map(|fault| fault.item.to_string()).collect();
        assert_eq!(items, ["a:b/i"]);
    }
}
