//! What the versions of two sides say, and what they should be.
//!
//! A version is on a track: the major version, below 1.0 the minor one. Versions of one track stand in for one another, so
//! a track is a promise; `0.0.z` and prereleases have none and stand for themselves alone.

use super::change::{Change, ItemPath, Said};
use super::counterpart;
use super::rule::Bump;
use super::rules::version as rules;
use super::side::Side;
use crate::diag::Source;
use crate::model::name::Track;
use semver::{BuildMetadata, Prerelease, Version};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;
use wit_parser::{WorldId, WorldItem};

/// A package of one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its name without version.
    pub name: String,
    /// Its version.
    pub version: Option<Version>,
    /// Where it is declared, if that is known.
    pub at: Option<(Arc<Source>, Range<usize>)>,
}

/// A package of the new side and the one of the old side that it is held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Before.
    pub old: Named,
    /// After.
    pub new: Named,
    /// The latest version that the old side has of the package.
    pub latest: Option<Version>,
    /// All versions that the old side has of it.
    pub known: BTreeSet<Version>,
}

/// What became of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// There is none and was none.
    Unversioned,
    /// There was none.
    Added,
    /// There is none any more, or the package has another name.
    Gone,
    /// It is lower than before.
    Decreased,
    /// It is the same, or raised so far.
    Up(Bump),
}

/// The packages that are judged, each with what it is held against: the same version, else the latest of its track, else
/// the latest. The differ pairs packages the same way.
pub fn pairs(old: &Side, new: &Side) -> Vec<Pair> {
    let (mut old_packages, mut new_packages) = (named(old), named(new));
    if old.component.is_some() && new.component.is_some() {
        // What both only import is no contract of theirs.
        let given = |named: &Named| [old, new].iter().any(|side| counterpart::provides(side, &named.name));
        old_packages.retain(given);
        new_packages.retain(given);
    }
    let renamed = counterpart::renamed(old, new).is_some();
    let mut pairs = Vec::new();
    for (index, package) in new_packages.iter().enumerate() {
        let same: Vec<&Named> = old_packages.iter().filter(|old| old.name == package.name).collect();
        let latest_of = |is: &dyn Fn(&Named) -> bool| {
            same.iter().copied().filter(|old| is(old)).max_by(|one, other| one.version.cmp(&other.version))
        };
        let nearest = latest_of(&|old| old.version == package.version)
            .or_else(|| latest_of(&|old| old.track() == package.track()))
            .or_else(|| latest_of(&|_| true));
        let renamed = || old_packages.first().filter(|_| index == 0 && renamed);
        if let Some(old) = nearest.or_else(renamed) {
            let known: BTreeSet<Version> = same.iter().filter_map(|old| old.version.clone()).collect();
            pairs.push(Pair { old: old.clone(), new: package.clone(), latest: known.last().cloned(), known });
        }
    }
    pairs
}

/// The packages that a side is judged by. That of a component's own world is a name that nobody gave.
fn named(side: &Side) -> Vec<Named> {
    let own = side.component.and_then(|world| side.resolve.worlds[world].package);
    let packages = side.packages.iter().filter(|package| Some(**package) != own);
    packages
        .map(|package| Named {
            name: side.package_name(*package),
            version: side.resolve.packages[*package].name.version.clone(),
            at: side.declared_at(*package),
        })
        .collect()
}

impl Named {
    /// The name with the version.
    pub fn whole(&self) -> String {
        match &self.version {
            Some(version) => format!("{}@{version}", self.name),
            None => self.name.clone(),
        }
    }

    /// Those it can stand in for are on this.
    pub fn track(&self) -> Track {
        Track::of(self.version.as_ref())
    }

    /// The declaration.
    pub fn said(&self) -> Said {
        Said { text: format!("package {}", self.whole()), at: self.at.clone() }
    }
}

impl Pair {
    /// What became of the version.
    pub fn step(&self) -> Step {
        let (old, new) = match (&self.old.version, &self.new.version) {
            (None, None) => return Step::Unversioned,
            (None, Some(_)) => return Step::Added,
            (Some(_), None) => return Step::Gone,
            (Some(old), Some(new)) => (old, new),
        };
        match new.cmp_precedence(old) {
            std::cmp::Ordering::Less => Step::Decreased,
            std::cmp::Ordering::Equal => Step::Up(Bump::None),
            std::cmp::Ordering::Greater if Track::of(Some(old)) != Track::of(Some(new)) => Step::Up(Bump::Major),
            // Below 1.0 there is one number for both.
            std::cmp::Ordering::Greater if new.major == 0 || new.minor > old.minor => Step::Up(Bump::Minor),
            std::cmp::Ordering::Greater => Step::Up(Bump::Patch),
        }
    }

    /// The largest change that the versions announce. Of a package without versions nobody expects that it announces
    /// additions, and where the version stays nobody expects it of a word in the documentation.
    pub fn announced(&self) -> Bump {
        match self.step() {
            _ if self.old.name != self.new.name => Bump::Major,
            Step::Added => Bump::Major,
            Step::Unversioned | Step::Gone => Bump::Minor,
            Step::Decreased => Bump::None,
            Step::Up(Bump::None) => Bump::Patch,
            Step::Up(bump) => bump,
        }
    }

    /// Whether one of the versions has no track.
    pub fn is_trackless(&self) -> bool {
        let trackless = |version: &Version| !version.pre.is_empty() || (version.major, version.minor) == (0, 0);
        [&self.old.version, &self.new.version].into_iter().flatten().any(trackless)
    }

    /// Whether the old version is a prerelease of the new one.
    pub fn is_final(&self) -> bool {
        let (Some(old), Some(new)) = (&self.old.version, &self.new.version) else { return false };
        let same = (old.major, old.minor, old.patch) == (new.major, new.minor, new.patch);
        same && !old.pre.is_empty() && new.pre.is_empty()
    }

    /// What the names and versions alone change.
    pub fn changes(&self) -> Vec<Change> {
        let rule = match (&self.old.version, &self.new.version) {
            _ if self.old.name != self.new.name => &rules::PACKAGE_RENAMED,
            (None, Some(_)) => &rules::VERSION_ADDED,
            (Some(_), None) => &rules::VERSION_REMOVED,
            (Some(old), Some(new)) if old != new && old.cmp_precedence(new).is_eq() => {
                &rules::VERSION_BUILD_METADATA_CHANGED
            }
            _ => return Vec::new(),
        };
        let (item, after) = (ItemPath::package(&self.old.name), ItemPath::package(&self.new.name));
        let became = (item != after).then_some(after);
        vec![Change { became, ..Change::new(rule, item, Some(self.old.said()), Some(self.new.said())) }]
    }
}

/// The least version after one that announces such a change and that is not behind one that is known already; `None` if
/// there is no number left for it.
pub fn next_free<'v>(
    old: &Version,
    required: Bump,
    known: impl IntoIterator<Item = &'v Version> + Clone,
) -> Option<Version> {
    let mut proposed = next(old, required)?;
    if required == Bump::None {
        return Some(proposed);
    }
    // A patch of an older minor version may still be released; what is new would be missing from the later ones.
    let is_line = |one: &Version, other: &Version| match (required, one.pre.is_empty() && other.pre.is_empty()) {
        (Bump::Patch, true) => (one.major, one.minor) == (other.major, other.minor),
        (_, true) => Track::of(Some(one)) == Track::of(Some(other)),
        (_, false) => (one.major, one.minor, one.patch) == (other.major, other.minor, other.patch),
    };
    loop {
        let behind = |other: &&Version| is_line(other, &proposed) && other.cmp_precedence(&proposed).is_ge();
        // Each round starts from a higher one, so there are no more rounds than versions.
        let Some(latest) = known.clone().into_iter().filter(behind).max() else { return Some(proposed) };
        proposed = next(latest, required)?;
    }
}

/// The next version after one that announces such a change; `None` if there is no number left for it.
fn next(old: &Version, required: Bump) -> Option<Version> {
    let mut next = Version { build: BuildMetadata::EMPTY, ..old.clone() };
    if required == Bump::None {
        return Some(next);
    }
    if !old.pre.is_empty() {
        next.pre = next_prerelease(&old.pre);
        return Some(next);
    }
    match (required, old.major, old.minor) {
        (Bump::Major, 0, 0) | (Bump::Patch, ..) | (Bump::Minor, 0, _) => next.patch = next.patch.checked_add(1)?,
        (Bump::Major, 0, _) | (Bump::Minor, ..) => (next.minor, next.patch) = (next.minor.checked_add(1)?, 0),
        (Bump::Major, ..) => (next.major, next.minor, next.patch) = (next.major.checked_add(1)?, 0, 0),
        (Bump::None, ..) => {}
    }
    Some(next)
}

/// `rc.1` to `rc.2`, `alpha` to `alpha.1`.
fn next_prerelease(old: &Prerelease) -> Prerelease {
    let (head, last) = old.rsplit_once('.').map_or(("", old.as_str()), |(head, last)| (head, last));
    let next = match last.parse::<u64>().ok().and_then(|number| number.checked_add(1)) {
        Some(number) if head.is_empty() => number.to_string(),
        Some(number) => format!("{head}.{number}"),
        None => format!("{old}.1"),
    };
    Prerelease::new(&next).unwrap_or_else(|_| old.clone())
}

/// Packages of one namespace that moved apart: they all had one version, and have several. That two packages had the same
/// version once is chance if one of them stays as it was.
pub fn torn_releases(pairs: &[Pair]) -> Vec<Vec<&Pair>> {
    let mut namespaces: BTreeMap<&str, Vec<&Pair>> = BTreeMap::new();
    for pair in pairs {
        namespaces.entry(pair.new.name.split(':').next().unwrap_or_default()).or_default().push(pair);
    }
    let is_torn = |pairs: &Vec<&Pair>| {
        let names: BTreeSet<&str> = pairs.iter().map(|pair| pair.new.name.as_str()).collect();
        let versions = |of: fn(&Pair) -> &Named| -> BTreeSet<Option<&Version>> {
            pairs.iter().map(|pair| of(pair).version.as_ref()).collect()
        };
        let (old, new) = (versions(|pair| &pair.old), versions(|pair| &pair.new));
        let together = names.len() == pairs.len() && old.len() == 1 && !old.contains(&None);
        let on_purpose = pairs.len() > 2 || pairs.iter().all(|pair| pair.old.version != pair.new.version);
        together && on_purpose && new.len() > 1
    };
    namespaces.into_values().filter(is_torn).collect()
}

/// The worlds of a side that speak of a package in two versions of one track: the world, the package, the versions.
pub fn doubled_tracks(side: &Side) -> Vec<(WorldId, String, Vec<Version>)> {
    let mut found = Vec::new();
    for (world, content) in side.resolve.worlds.iter() {
        if !content.package.is_some_and(|package| side.packages.contains(&package)) {
            continue;
        }
        let mut tracks: BTreeMap<(String, Track), BTreeSet<Version>> = BTreeMap::new();
        for item in content.imports.values().chain(content.exports.values()) {
            let WorldItem::Interface { id, .. } = item else { continue };
            let Some(package) = side.resolve.interfaces[*id].package else { continue };
            let Some(version) = &side.resolve.packages[package].name.version else { continue };
            let track = (side.package_name(package), Track::of(Some(version)));
            tracks.entry(track).or_default().insert(version.clone());
        }
        let doubled = tracks.into_iter().filter(|(_, versions)| versions.len() > 1);
        found.extend(doubled.map(|((package, _), versions)| (world, package, versions.into_iter().collect())));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(old: &str, new: &str) -> Pair {
        let named = |version: &str| Named { name: "a:b".into(), version: Version::parse(version).ok(), at: None };
        Pair { old: named(old), new: named(new), latest: None, known: BTreeSet::new() }
    }

    #[test]
    fn a_version_announces_what_its_track_allows() {
        for (old, new, step) in [
            ("1.2.3", "1.2.3", Step::Up(Bump::None)),
            ("1.2.3", "1.2.3+x", Step::Up(Bump::None)),
            ("1.2.3", "1.2.4", Step::Up(Bump::Patch)),
            ("1.2.3", "1.3.0", Step::Up(Bump::Minor)),
            ("1.2.3", "2.0.0", Step::Up(Bump::Major)),
            ("0.2.3", "0.2.4", Step::Up(Bump::Minor)),
            ("0.2.3", "0.3.0", Step::Up(Bump::Major)),
            ("0.2.3", "1.0.0", Step::Up(Bump::Major)),
            ("0.0.3", "0.0.4", Step::Up(Bump::Major)),
            ("1.0.0-rc.1", "1.0.0-rc.2", Step::Up(Bump::Major)),
            ("1.0.0-rc.1", "1.0.0", Step::Up(Bump::Major)),
            ("1.2.3", "1.2.2", Step::Decreased),
            ("1.0.0", "1.0.0-rc.1", Step::Decreased),
            ("", "1.0.0", Step::Added),
            ("1.0.0", "", Step::Gone),
            ("", "", Step::Unversioned),
        ] {
            assert_eq!(pair(old, new).step(), step, "{old} to {new}");
        }
    }

    #[test]
    fn the_next_version_is_the_least_that_would_do() {
        for (old, required, expected) in [
            ("1.2.3", Bump::None, "1.2.3"),
            ("1.2.3+x", Bump::Patch, "1.2.4"),
            ("1.2.3", Bump::Minor, "1.3.0"),
            ("1.2.3", Bump::Major, "2.0.0"),
            ("0.2.3", Bump::Patch, "0.2.4"),
            ("0.2.3", Bump::Minor, "0.2.4"),
            ("0.2.3", Bump::Major, "0.3.0"),
            ("0.0.3", Bump::Minor, "0.0.4"),
            ("0.0.3", Bump::Major, "0.0.4"),
            ("1.0.0-rc.1", Bump::Minor, "1.0.0-rc.2"),
            ("1.0.0-alpha", Bump::Major, "1.0.0-alpha.1"),
            ("1.0.0-7", Bump::Major, "1.0.0-8"),
        ] {
            let old = Version::parse(old).expect("a version");
            let next = next(&old, required).expect("there are numbers left");
            assert_eq!(next.to_string(), expected, "{old}, {}", required.word());
            let named = |version: Version| Named { name: "a:b".into(), version: Some(version), at: None };
            let announced =
                Pair { old: named(old), new: named(next), latest: None, known: BTreeSet::new() }.announced();
            assert!(announced >= required, "{expected}");
        }
    }

    #[test]
    fn a_version_that_exists_is_not_proposed() {
        let version = |text: &str| Version::parse(text).expect("a version");
        for (old, required, known, expected) in [
            ("1.0.0", Bump::Minor, &["1.0.0", "1.5.0", "2.0.0"][..], Some("1.6.0")),
            ("1.0.0", Bump::Patch, &["1.0.0", "1.0.3", "1.5.0"], Some("1.0.4")),
            ("1.5.0", Bump::Major, &["1.5.0", "2.0.0", "2.3.0", "3.0.0"], Some("4.0.0")),
            ("0.1.0", Bump::Major, &["0.1.0", "0.2.0"], Some("0.3.0")),
            ("0.0.3", Bump::Major, &["0.0.4"], Some("0.0.5")),
            ("1.0.0-rc.1", Bump::Minor, &["1.0.0-rc.1", "1.0.0-rc.2"], Some("1.0.0-rc.3")),
            ("18446744073709551615.0.0", Bump::Major, &[], None),
            ("1.18446744073709551615.0", Bump::Minor, &[], None),
            ("0.2.18446744073709551615", Bump::Minor, &[], None),
            ("1.0.0", Bump::Major, &["2.0.0", "18446744073709551615.0.0"], Some("3.0.0")),
            ("1.0.0-18446744073709551615", Bump::Major, &[], Some("1.0.0-18446744073709551615.1")),
        ] {
            let known: Vec<Version> = known.iter().map(|text| version(text)).collect();
            let next = next_free(&version(old), required, &known);
            assert_eq!(next.map(|next| next.to_string()).as_deref(), expected, "{old}, {}", required.word());
        }
    }

    #[test]
    fn packages_are_torn_if_they_were_released_together() {
        let torn = |versions: &[(&str, &str, &str)]| {
            let named = |name: &str, version: &str| Named {
                name: name.into(),
                version: Version::parse(version).ok(),
                at: None,
            };
            let pair = |(name, old, new): &(&str, &str, &str)| {
                let (old, new) = (named(name, old), named(name, new));
                Pair { old, new, latest: None, known: BTreeSet::new() }
            };
            torn_releases(&versions.iter().map(pair).collect::<Vec<_>>()).len()
        };
        let (b, c) = (("a:b", "1.0.0", "1.1.0"), ("a:c", "1.0.0", "1.0.0"));
        assert_eq!(torn(&[b, c]), 0, "chance");
        assert_eq!(torn(&[b, c, ("a:d", "1.0.0", "1.1.0")]), 1);
        assert_eq!(torn(&[b, c, ("x:d", "1.0.0", "1.1.0")]), 0, "another namespace");
        assert_eq!(torn(&[b, ("a:c", "1.0.0", "1.2.0")]), 1, "both moved");
        assert_eq!(torn(&[b, ("a:c", "1.0.0", "1.1.0")]), 0);
        assert_eq!(torn(&[b, c, ("a:d", "2.0.0", "2.0.0")]), 0, "never together");
    }

    #[test]
    fn packages_are_held_against_the_nearest_version() {
        let old = "package a:b@2.0.0; package a:b@1.0.0 { } package a:b@1.5.0 { } package c:d@1.0.0 { }";
        let old = Side::of_text("old.wit", old).expect("WIT");
        for (new, against) in [("1.0.0", "1.0.0"), ("1.6.0", "1.5.0"), ("2.1.0", "2.0.0"), ("3.0.0", "2.0.0")] {
            let new = Side::of_text("new.wit", &format!("// package a:b@{new};\npackage a:b@{new};")).expect("WIT");
            let pairs = pairs(&old, &new);
            assert_eq!(pairs.iter().map(|pair| pair.old.whole()).collect::<Vec<_>>(), [format!("a:b@{against}")]);
            let (source, span) = pairs[0].new.at.clone().expect("a place");
            assert_eq!(source.place(span.start).line, 2);
        }
        let renamed = Side::of_text("new.wit", "package a:c@2.0.0;").expect("WIT");
        let pairs = pairs(&old, &renamed);
        assert_eq!((pairs[0].old.name.as_str(), pairs[0].changes()[0].rule.id), ("a:b", "package-renamed"));
    }
}
