//! From changes to a report: which of them are bad in this run, and what the versions should be.
//!
//! A change is an error if it breaks those whom the mode speaks of; without a mode if it asks for a larger version than was
//! made. What nobody may rely on (unstable items), what nobody else uses (interfaces that are not public), and what an
//! exception covers asks nothing of the version.

use super::change::Change;
use super::component;
use super::diags;
use super::fault::Fault;
use super::finding::{Finding, Report, Verdict};
use super::lint;
use super::policy::Policy;
use super::rule::{Bump, Effect, Kind, Rule, Severity};
use super::rules::version as rules;
use super::settle::{self, Scope};
use super::side::Side;
use super::unstable::Unstable;
use super::version::{self, Pair, Step};
use std::collections::{BTreeMap, BTreeSet};

/// An old side, and what changed from it to the new one.
#[derive(Debug)]
pub struct Baseline<'a> {
    /// The side.
    pub side: &'a Side,
    /// The changes, without those of names and versions.
    pub changes: Vec<Change>,
    /// What else is to be said of the two.
    pub faults: Vec<Fault>,
}

/// A change with what the policy makes of it.
#[derive(Debug)]
pub(super) struct Weighed {
    pub(super) change: Change,
    /// The bump it asks for, in the role that its interface has.
    pub(super) bump: Bump,
    pub(super) free: Option<Free>,
    /// Whether others implement it.
    pub(super) implemented: bool,
    /// Whether nobody could rely on it before.
    pub(super) was_unstable: bool,
}

/// Why a change asks nothing of anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Free {
    /// The item is unstable.
    Unstable,
    /// Nobody else uses the interface.
    Private,
    /// It is what a component needs.
    Need,
}

/// Judges changes. The first baseline is the one that came right before; a mode that is not transitive asks no other.
pub fn judge(baselines: Vec<Baseline<'_>>, new: &Side, policy: &Policy) -> Report {
    let mut report =
        Report { command: "contract diff", mode: policy.mode.map(|mode| mode.word()), ..Report::default() };
    report.subjects = baselines.iter().map(|baseline| baseline.side.origin.clone()).collect();
    report.subjects.push(new.origin.clone());
    let sides: Vec<&Side> = baselines.iter().map(|baseline| baseline.side).chain([new]).collect();
    super::roles::of_changes(&mut report, policy, &sides);
    let all_pairs: Vec<Vec<Pair>> = baselines.iter().map(|baseline| version::pairs(baseline.side, new)).collect();
    let measure = measure(&all_pairs);
    let mut packages: BTreeSet<String> = new.packages.iter().map(|package| new.package_name(*package)).collect();
    for baseline in &baselines {
        packages.extend(baseline.side.packages.iter().map(|package| baseline.side.package_name(*package)));
    }
    for (index, (baseline, pairs)) in baselines.into_iter().zip(&all_pairs).enumerate() {
        let is_measure = index == measure;
        if !is_measure && !policy.mode.is_some_and(|mode| mode.transitive) {
            continue;
        }
        let changes = pairs.iter().flat_map(Pair::changes).chain(baseline.changes);
        let mut required: BTreeMap<String, Bump> = BTreeMap::new();
        let mut found = Vec::new();
        let unstable = [baseline.side, new].map(Unstable::of);
        for change in changes {
            let weighed = weigh(change, (baseline.side, new), &unstable, policy);
            let announced = announced(pairs, &weighed.change, [baseline.side, new]);
            let breaks = breaks(&weighed, policy);
            let severity = severity(&weighed, announced, breaks, policy);
            let mut finding = finding(&weighed, severity, baseline.side, new);
            finding.fingerprint = settle::fingerprint(&finding);
            let asks = if settle::waived(&finding, policy).is_some() { Bump::None } else { asks(&weighed, policy) };
            for package in concerned(pairs, &weighed.change, [baseline.side, new]) {
                let of_package = required.entry(package).or_insert(Bump::None);
                *of_package = asks.max(*of_package);
            }
            if is_measure {
                found.push(finding);
            } else if breaks && !knows(&report.findings, &finding) {
                finding.notes.insert(0, diags::against(&baseline.side.origin));
                found.push(finding);
            }
        }
        report.findings.extend(found);
        if is_measure {
            report.findings.extend(baseline.faults.iter().map(|fault| objection(fault, new, policy)));
            let is_component = baseline.side.component.is_some() || new.component.is_some();
            versions(&mut report, (pairs, is_component), &all_pairs, &required, policy);
        }
    }
    let doubled = version::doubled_tracks(new);
    report.findings.extend(doubled.iter().map(|found| diags::doubled_track(new, found)));
    let packages: Vec<String> = packages.into_iter().collect();
    settle::settle(&mut report, policy, Scope { packages: &packages, asks: settle::of_changes });
    report
}

/// The baseline that versions are held against: the first on the track of the new side, else the first.
fn measure(all: &[Vec<Pair>]) -> usize {
    let on_track = |pairs: &Vec<Pair>| {
        let main = pairs.first();
        main.is_some_and(|pair| pair.old.track() == pair.new.track())
    };
    all.iter().position(on_track).unwrap_or(0)
}

/// What the versions announce about a change. A package without a counterpart came or went as a whole; the world of a
/// component has no version.
fn announced(pairs: &[Pair], change: &Change, sides: [&Side; 2]) -> Bump {
    let package = &change.item.package;
    if let Some(pair) = pairs.iter().find(|pair| [&pair.new.name, &pair.old.name].contains(&package)) {
        return pair.announced();
    }
    if let Some(came) = whole(change, sides) {
        // Nobody used what was not there, and no version tells those who used what is gone.
        return if came { Bump::Major } else { Bump::None };
    }
    let is_own = |side: &Side| {
        let own = side.component.and_then(|world| side.resolve.worlds[world].package);
        own.is_some_and(|own| side.package_name(own) == *package)
    };
    match sides.into_iter().any(is_own) {
        true => Bump::Minor,
        // An interface that a component exported, of a package that it has no more to do with.
        false if sides.into_iter().all(|side| side.component.is_some()) => Bump::None,
        // Before the first version nobody used it.
        false if sides[0].packages.is_empty() => Bump::Major,
        false => pairs.first().map_or(Bump::None, Pair::announced),
    }
}

/// Whether a change is about a package of WIT that only one side has, beside others: whether it came.
fn whole(change: &Change, sides: [&Side; 2]) -> Option<bool> {
    if sides.iter().any(|side| side.component.is_some() || side.packages.is_empty()) {
        return None;
    }
    let has = |side: &Side| side.packages.iter().any(|package| side.package_name(*package) == change.item.package);
    match sides.map(has) {
        [true, false] => Some(false),
        [false, true] => Some(true),
        _ => None,
    }
}

/// The packages whose versions announce a change: its own, else those that use what was changed. One that comes or goes
/// whole asks nothing of others.
fn concerned(pairs: &[Pair], change: &Change, sides: [&Side; 2]) -> BTreeSet<String> {
    let is_judged =
        |package: &&str| pairs.iter().any(|pair| [&pair.new.name, &pair.old.name].iter().any(|name| name == package));
    let reached = change.reaches.iter().filter_map(|interface| interface.split_once('/')).map(|(package, _)| package);
    let all = [change.item.package.as_str()].into_iter().chain(reached);
    let concerned: BTreeSet<String> = all.filter(is_judged).map(str::to_owned).collect();
    match concerned.is_empty() && whole(change, sides).is_none() {
        true => pairs.first().map(|pair| pair.new.name.clone()).into_iter().collect(),
        false => concerned,
    }
}

fn weigh(change: Change, (old, new): (&Side, &Side), unstable: &[Unstable<'_>; 2], policy: &Policy) -> Weighed {
    let interface = change.item.interface();
    let about = |is: &dyn Fn(&str) -> bool| interface.as_deref().is_some_and(is);
    let implemented = about(&|interface| policy.is_implemented(interface));
    let bump = match change.bump {
        _ if implemented && change.effects.old_provider == Effect::Breaks => Bump::Major,
        bump => bump,
    };
    let private = interface.is_some() && {
        let mut speaking = change.reaches.iter().chain(&interface);
        !speaking.any(|interface| policy.is_public(interface))
    };
    let gated = |side: &Unstable<'_>, there: bool| !policy.unstable_is_checked && there && side.has(&change.item);
    let (was, is) = (gated(&unstable[0], change.old.is_some()), gated(&unstable[1], change.new.is_some()));
    // What becomes stable is new to everybody else.
    let bump = if was && change.new.is_some() && !is { bump.min(Bump::Minor) } else { bump };
    let unstable = (was || change.old.is_none()) && (is || change.new.is_none());
    let free = match (unstable, private) {
        _ if component::is_need(old, new, &change) => Some(Free::Need),
        (true, _) => Some(Free::Unstable),
        (_, true) => Some(Free::Private),
        _ => None,
    };
    let bump = if free == Some(Free::Need) { Bump::None } else { bump };
    Weighed { change, bump, free, implemented, was_unstable: was }
}

/// Whether a change breaks those whom the mode speaks of.
fn breaks(weighed: &Weighed, policy: &Policy) -> bool {
    let effects = &weighed.change.effects;
    let Some((backward, forward)) = policy.asks().filter(|_| weighed.free.is_none()) else { return false };
    let old_provider = weighed.implemented && effects.old_provider != Effect::Fine;
    backward && (effects.old_consumer != Effect::Fine && !weighed.was_unstable || old_provider)
        || forward && effects.new_consumer != Effect::Fine
}

fn severity(weighed: &Weighed, announced: Bump, breaks: bool, policy: &Policy) -> Severity {
    if weighed.free.is_some() {
        return Severity::Note;
    }
    let bad = match policy.mode {
        Some(_) => breaks,
        // No version tells those who ask for the old name.
        None => weighed.bump > announced || weighed.change.rule == &rules::PACKAGE_RENAMED,
    };
    if bad { Severity::Error } else { Severity::Note }
}

/// The bump that a change asks for. One that the configuration does not count as an error asks for no more than any.
fn asks(weighed: &Weighed, policy: &Policy) -> Bump {
    let mild = match policy.severities.get(weighed.change.rule.id) {
        Some(severity) => *severity != Some(Severity::Error),
        None => false,
    };
    if mild || weighed.free.is_some() { weighed.bump.min(Bump::Patch) } else { weighed.bump }
}

fn finding(weighed: &Weighed, severity: Severity, old: &Side, new: &Side) -> Finding {
    let change = &weighed.change;
    let mut finding = diags::of_change(weighed, severity);
    finding.declared = diags::declared(change);
    let free = weighed.free.is_some();
    finding.effects = Some(change.effects);
    finding.bump = if free { weighed.bump.min(Bump::Patch) } else { weighed.bump };
    finding.reaches.clone_from(&change.reaches);
    diags::label_change(&mut finding, change, old, new);
    finding
}

/// What a policy objects to. Of what nobody else uses it is only mentioned.
fn objection(fault: &Fault, new: &Side, policy: &Policy) -> Finding {
    let mut finding = lint::diags::finding(fault);
    if finding.item.interface().is_some_and(|interface| !policy.is_public(&interface)) {
        finding.severity = Severity::Note;
    }
    if finding.new.is_none() {
        finding.new = diags::around(new, &finding.item);
    }
    finding
}

/// Whether a finding of another baseline is the same change.
fn knows(findings: &[Finding], finding: &Finding) -> bool {
    let same = |known: &Finding| {
        known.rule == finding.rule && known.item == finding.item && known.declared.new == finding.declared.new
    };
    findings.iter().any(same)
}

/// The verdicts, and what is wrong with the versions.
fn versions(
    report: &mut Report,
    (pairs, is_component): (&[Pair], bool),
    all: &[Vec<Pair>],
    required: &BTreeMap<String, Bump>,
    policy: &Policy,
) {
    // A package that has another name begins anew.
    for pair in pairs.iter().filter(|pair| pair.old.name == pair.new.name) {
        let required = required.get(&pair.new.name).copied().unwrap_or(Bump::None);
        let old = pair.old.version.as_ref().filter(|_| required > Bump::None);
        let of_package = all.iter().flatten().filter(|other| other.new.name == pair.new.name);
        let known = of_package.flat_map(|other| &other.known);
        let verdict = Verdict {
            package: pair.new.name.clone(),
            old: pair.old.version.as_ref().map(ToString::to_string),
            new: pair.new.version.as_ref().map(ToString::to_string),
            required,
            made: match pair.step() {
                Step::Up(bump) => Some(bump),
                _ => None,
            },
            next: old.and_then(|old| version::next_free(old, required, known)).map(|next| next.to_string()),
        };
        // A component mentions of a package what it uses: that shows what its versions break, and not what they need not.
        if is_component && required < Bump::Minor {
            continue;
        }
        for (rule, severity) in faults(pair, all, required, policy) {
            report.findings.push(diags::of_version(rule, severity, pair, &verdict));
        }
        report.verdicts.push(verdict);
    }
    if is_component {
        return;
    }
    report.findings.extend(version::torn_releases(pairs).iter().map(|torn| diags::torn_release(torn)));
}

/// What is wrong with a version.
fn faults(pair: &Pair, all: &[Vec<Pair>], required: Bump, policy: &Policy) -> Vec<(&'static Rule, Severity)> {
    let as_rule = |rule: &'static Rule| match rule.kind {
        Kind::Policy(severity) => (rule, severity),
        _ => (rule, Severity::Note),
    };
    // Who asks for a mode asks about components; versions that promise too much are worth a word then.
    let promises = |rule, severity: Severity| {
        (rule, if policy.mode.is_some() { severity.min(Severity::Warning) } else { severity })
    };
    let mut found = Vec::new();
    match pair.step() {
        Step::Unversioned => found.push(as_rule(&rules::VERSION_MISSING)),
        Step::Added | Step::Gone => {}
        Step::Decreased => found.push(as_rule(&rules::VERSION_DECREASED)),
        Step::Up(Bump::None) => match required {
            Bump::None => {}
            Bump::Patch => found.push(promises(&rules::VERSION_UNCHANGED, Severity::Warning)),
            Bump::Minor | Bump::Major => found.push(promises(&rules::VERSION_UNCHANGED, Severity::Error)),
        },
        Step::Up(made) if made < required => {
            let rule = match is_reused(pair, all) {
                true => &rules::VERSION_TRACK_REUSED,
                false => &rules::VERSION_BUMP_TOO_SMALL,
            };
            found.push(promises(rule, Severity::Error));
        }
        Step::Up(made) => {
            // The smallest step is never too large.
            let below_one = pair.new.version.as_ref().is_some_and(|version| version.major == 0);
            let smallest = if below_one { Bump::Minor } else { Bump::Patch };
            if made > required.max(smallest) && !pair.is_trackless() {
                found.push(as_rule(&rules::VERSION_BUMP_LARGER));
            }
        }
    }
    let versions = [&pair.old.version, &pair.new.version].into_iter().flatten();
    if !matches!(pair.step(), Step::Up(Bump::None)) && pair.old.version.is_some() && pair.new.version.is_some() {
        let versions: Vec<_> = versions.collect();
        if versions.iter().any(|version| !version.pre.is_empty()) {
            let (rule, severity) = as_rule(&rules::VERSION_PRERELEASE_CHANGED);
            found.push((rule, if pair.is_final() { Severity::Note } else { severity }));
        } else if versions.iter().any(|version| (version.major, version.minor) == (0, 0)) {
            found.push(as_rule(&rules::VERSION_ZERO_ZERO));
        }
    }
    found
}

/// Whether a later track is there already, so that this one is an older one taken up again.
fn is_reused(pair: &Pair, all: &[Vec<Pair>]) -> bool {
    let known = all.iter().flatten().filter(|other| other.new.name == pair.new.name);
    let later = |other: &Pair| other.latest.as_ref().is_some_and(|latest| Some(latest) > pair.new.version.as_ref());
    known.into_iter().any(later)
}
