//! Changes, versions and exceptions in words: the sentences of findings, and what can be wrong with a configuration.

use super::change::{Change, ItemPath, Said};
use super::counterpart::Strangers;
use super::finding::{Declared, Finding, Verdict};
use super::judge::{Free, Weighed};
use super::policy::Ignore;
use super::rule::{Bump, Effect, Effects, Rule, Severity};
use super::rules::version as rules;
use super::side::Side;
use super::version::Pair;
use super::witness::{Disagreement, Witnessed};
use crate::diag::{Code, Diagnostic, Label, Placed, Source};
use crate::model::item_pattern::ItemPattern;
use crate::model::listed::quoted;
use crate::model::request::Written;
use semver::Version;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;
use wit_parser::WorldId;

/// C0904: a component cannot be written as WIT, so it cannot be compared by its WIT.
#[derive(Debug)]
pub struct ContractUndecodable<'a> {
    /// The component.
    pub written: &'a Written,
    /// Why not, in the words of the decoder.
    pub message: &'a str,
}

impl From<ContractUndecodable<'_>> for Diagnostic {
    fn from(facts: ContractUndecodable<'_>) -> Self {
        let origin = &facts.written.text;
        Diagnostic::new(Code::ContractUndecodable, format!("the types of `{origin}` cannot be written as WIT"))
            .at(facts.written, "no form in WIT")
            .note(format!("the decoder of WIT says: {}", facts.message))
            .help("compare the WIT that it was made from")
            .fact("contract", origin)
    }
}

/// C0910: a rule that nobody knows.
#[derive(Debug)]
pub struct UnknownRule<'a> {
    /// What was written.
    pub rule: &'a str,
    /// Where.
    pub at: Option<&'a (Arc<Source>, Range<usize>)>,
    /// The nearest that exists.
    pub near: Option<&'a str>,
}

impl From<UnknownRule<'_>> for Diagnostic {
    fn from(facts: UnknownRule<'_>) -> Self {
        struct At<'a>(Option<&'a (Arc<Source>, Range<usize>)>);
        impl Placed for At<'_> {
            fn place(&self) -> Option<&(Arc<Source>, Range<usize>)> {
                self.0
            }
        }
        let diagnostic = Self::new(Code::UnknownRule, format!("no rule is called `{}`", facts.rule))
            .at(At(facts.at), "not known")
            .fact("rule", facts.rule);
        match facts.near {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help("`compose contract rules` lists them"),
        }
    }
}

/// C0911: two files of one folder say what counts as bad.
#[derive(Debug)]
pub struct TwoConfigurations<'a> {
    /// `contracts.toml`.
    pub alone: &'a str,
    /// `compose.toml`.
    pub manifest: &'a str,
}

impl From<TwoConfigurations<'_>> for Diagnostic {
    fn from(facts: TwoConfigurations<'_>) -> Self {
        let (alone, manifest) = (facts.alone, facts.manifest);
        let message = format!("both `{alone}` and `{manifest}` say what counts as bad");
        Self::new(Code::TwoConfigurations, message)
            .note("they stand in one folder, so neither goes before the other")
            .help(format!("put all of it into `[contracts]` of `{manifest}`, and remove `{alone}`"))
            .fact("file", alone)
            .fact("file", manifest)
    }
}

/// The longest declaration that is said in a line with others.
const LONGEST_SAID: usize = 60;

/// A change as a finding, without places.
pub(super) fn of_change(weighed: &Weighed, severity: Severity) -> Finding {
    let Weighed { change, .. } = weighed;
    // What is said of an item, and what happened to it.
    let says = change.rule.says;
    let colon = if ["is ", "has "].iter().any(|verb| says.starts_with(verb)) { "" } else { ":" };
    let mut message = format!("`{}`{colon} {says}", change.item);
    let Declared { old, new } = declared(change);
    let is_short = |text: &String| !text.is_empty() && text.chars().count() <= LONGEST_SAID;
    match (old.filter(is_short), new.filter(is_short)) {
        (Some(old), Some(new)) if old != new => message.push_str(&format!(", from `{old}` to `{new}`")),
        (Some(text), None) | (None, Some(text)) if is_part(change) => message.push_str(&format!(", `{text}`")),
        _ => {}
    }
    let mut finding = Finding::new(change.rule, severity, change.item.clone(), message);
    match weighed.free {
        Some(Free::Unstable) => finding.notes.push("the item is unstable, so it is free to change".into()),
        Some(Free::Private) => finding.notes.push("the interface is not public, so nobody else is concerned".into()),
        Some(Free::Need) => {
            let need = "it is what the component needs: who calls it does not notice, and who runs it provides it";
            finding.notes.push(need.into());
        }
        None => finding.notes.push(broken(&change.effects)),
    }
    if weighed.implemented && change.effects.old_provider == Effect::Breaks {
        let interface = change.item.interface().unwrap_or_default();
        finding.notes.push(format!("others implement `{interface}`, and what they have compiled lacks this"));
    }
    if !change.reaches.is_empty() {
        let verb = if change.reaches.len() == 1 { "speaks" } else { "speak" };
        finding.notes.push(format!("{} {verb} of it", quoted(&change.reaches)));
    }
    if !change.rule.why.is_empty() {
        finding.notes.push(change.rule.why.into());
    }
    if severity != Severity::Note {
        // The rule itself thinks of those who call.
        let fix = match weighed.bump > change.bump {
            true => "Release it as a major version, or put it into a new interface that nobody has to implement.",
            false => change.rule.fix,
        };
        finding.help.push(fix.into());
    }
    finding
}

/// The declarations of what came, went or changed. Of what came or went in something, the differ also tells where, and that
/// is no declaration of it.
pub(super) fn declared(change: &Change) -> Declared {
    let text = |said: &Option<Said>| said.as_ref().map(|said| said.text.clone());
    let is_around = |text: &Option<String>| {
        let [.., around, name] = change.item.names.as_slice() else { return false };
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
        let words = text.as_deref().unwrap_or_default().split(|letter| !is_part(letter));
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).take(2).collect();
        words.contains(&around.as_str()) && !words.contains(&name.as_str())
    };
    let (old, new) = (text(&change.old), text(&change.new));
    match (old.is_some() && new.is_some() && !change.rule.id.ends_with("-renamed"), is_around(&old), is_around(&new)) {
        (true, true, false) => Declared { old: None, new },
        (true, false, true) => Declared { old, new: None },
        _ => Declared { old, new },
    }
}

/// Whether a change is about something inside of what has a name of its own.
fn is_part(change: &Change) -> bool {
    change.item.names.len() > 2
}

/// Whom a change breaks, as a phrase.
pub fn broken(effects: &Effects) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let all = [effects.old_consumer, effects.new_consumer, effects.old_provider];
    if all.iter().all(|effect| *effect == Effect::Breaks) {
        parts.push("every mix of old and new components");
    } else {
        match effects.old_consumer {
            Effect::Fine => {}
            Effect::IfUsed => parts.push("compiled consumers that use it"),
            Effect::Breaks => parts.push("compiled consumers"),
        }
        match effects.new_consumer {
            Effect::Fine => {}
            Effect::IfUsed => parts.push("new consumers that use it where the provider is old"),
            Effect::Breaks => parts.push("new consumers where the provider is old"),
        }
        if effects.old_provider != Effect::Fine {
            parts.push("compiled providers where all of the new contract is asked for");
        }
    }
    match (effects.consumer_source, effects.provider_source) {
        (Effect::Fine, Effect::Fine) => {}
        (Effect::Fine, _) => parts.push("the source of providers"),
        (_, Effect::Fine) => parts.push("the source of consumers"),
        _ => parts.push("the source of both"),
    }
    let hosts = match (effects.old_consumer, effects.host) {
        (Effect::IfUsed | Effect::Breaks, Effect::Fine) => "; a host that implements it does not notice",
        (Effect::Fine, Effect::IfUsed | Effect::Breaks) => "; on hosts, compiled consumers break too",
        _ => "",
    };
    match parts.as_slice() {
        [] => format!("breaks nobody{hosts}"),
        [first @ .., last] if !first.is_empty() => format!("breaks {}, and {last}{hosts}", first.join(", ")),
        parts => format!("breaks {}{hosts}", parts.concat()),
    }
}

/// Gives the finding of a change its two places. What went is shown where it would stand now.
pub(super) fn label_change(finding: &mut Finding, change: &Change, old: &Side, new: &Side) {
    let label = |said: &Option<Said>, text: &str| {
        let (source, span) = said.as_ref()?.at.clone()?;
        Some(Label { source, span, text: text.into() })
    };
    let Declared { old: was, new: is } = declared(change);
    let (before, after) = match (was, is) {
        (Some(_), None) => ("removed", "no longer in here"),
        (None, Some(_)) => ("not in here", "added"),
        _ => ("before", "after"),
    };
    finding.old = label(&change.old, before);
    finding.new = label(&change.new, after);
    if change.new.is_none() {
        finding.new = around(new, &change.item);
    }
    debug_assert!(change.old.is_some() || change.new.is_some() || old.packages.is_empty(), "a change is somewhere");
}

/// The place where something would be that is not there any more.
pub(super) fn around(new: &Side, item: &ItemPath) -> Option<Label> {
    let (source, span) = new.around(item)?;
    Some(Label { source, span, text: "no longer in here".into() })
}

/// The words for a baseline that is not the one right before.
pub(super) fn against(origin: &str) -> String {
    format!("this is a change since `{origin}`")
}

/// A fault of a version.
pub(super) fn of_version(rule: &'static Rule, severity: Severity, pair: &Pair, verdict: &Verdict) -> Finding {
    let package = &pair.new.name;
    let version = |version: &Option<Version>| version.as_ref().map(ToString::to_string).unwrap_or_default();
    let (old, new) = (version(&pair.old.version), version(&pair.new.version));
    let required = verdict.required.word();
    let message = if rule == &rules::VERSION_MISSING {
        format!("`{package}` has no version")
    } else if rule == &rules::VERSION_UNCHANGED {
        format!("`{package}` is still {new}, and its content changed")
    } else if rule == &rules::VERSION_BUMP_TOO_SMALL {
        format!("`{package}` goes from {old} to {new}, and its changes ask for a {required} version")
    } else if rule == &rules::VERSION_TRACK_REUSED {
        format!("`{package}` {new} is on the track of {old} and does not fit it")
    } else if rule == &rules::VERSION_BUMP_LARGER {
        let asked = match verdict.required {
            Bump::None => "nothing changed".to_owned(),
            _ => format!("a {required} version is all that its changes ask for"),
        };
        format!("`{package}` goes from {old} to {new}, and {asked}")
    } else if rule == &rules::VERSION_DECREASED {
        format!("`{package}` goes from {old} down to {new}")
    } else if pair.is_final() {
        format!("`{package}` {new} is released: what was built against {old} does not link with it")
    } else {
        format!("`{package}` goes from {old} to {new}: {}", rule.says)
    };
    let mut finding = Finding::new(rule, severity, ItemPath::package(package), message);
    finding.notes.push(rule.why.into());
    match &verdict.next {
        Some(next) if rule != &rules::VERSION_MISSING && severity != Severity::Note => {
            finding.help.push(format!("`package {package}@{next};`"));
        }
        _ if severity != Severity::Note => finding.help.push(rule.fix.into()),
        _ => {}
    }
    let label = |named: &super::version::Named, text: &str| {
        named.at.clone().map(|(source, span)| Label { source, span, text: text.into() })
    };
    finding.old = label(&pair.old, "before");
    finding.new = label(&pair.new, "after");
    finding.declared = Declared { old: Some(pair.old.said().text), new: Some(pair.new.said().text) };
    finding.bump = verdict.required;
    finding
}

/// Packages of one release with several versions.
pub(super) fn torn_release(pairs: &[&Pair]) -> Finding {
    let latest = pairs.iter().map(|pair| &pair.new.version).max();
    let behind: Vec<&&Pair> = pairs.iter().filter(|pair| Some(&pair.new.version) != latest).collect();
    let first = behind.first().copied().unwrap_or(&pairs[0]);
    let version = first.old.version.as_ref().map(ToString::to_string).unwrap_or_default();
    let names = quoted(behind.iter().map(|pair| pair.new.whole()));
    let message = format!("packages that were released together as {version} no longer have one version: {names}");
    let rule = &rules::VERSION_SET_INCONSISTENT;
    let mut finding = Finding::new(rule, Severity::Warning, ItemPath::package(&first.new.name), message);
    finding.notes.push(format!("the others are {}", {
        let others = pairs.iter().filter(|pair| Some(&pair.new.version) == latest);
        quoted(others.map(|pair| pair.new.whole()))
    }));
    finding.notes.push(rule.why.into());
    if let Some(Some(latest)) = latest {
        finding.help.push(format!("`package {}@{latest};`", first.new.name));
    }
    finding.new = first.new.at.clone().map(|(source, span)| Label { source, span, text: "left behind".into() });
    finding.declared = Declared { old: Some(first.old.said().text), new: Some(first.new.said().text) };
    finding
}

/// A world with two versions of one track.
pub(super) fn doubled_track(side: &Side, (world, package, versions): &(WorldId, String, Vec<Version>)) -> Finding {
    let rule = &rules::VERSION_DUPLICATE_TRACK;
    let item = side.world_path(*world).unwrap_or_else(|| ItemPath::package(package));
    let versions = quoted(versions.iter().map(|version| format!("{package}@{version}")));
    let message = format!("`{item}` speaks of two versions of one track: {versions}");
    let mut finding = Finding::new(rule, Severity::Warning, item, message);
    finding.notes.push(rule.why.into());
    finding.help.push(rule.fix.into());
    let place = side.at(side.resolve.worlds[*world].span);
    finding.new = place.map(|(source, span)| Label { source, span, text: "in this world".into() });
    finding.declared.new = Some(versions);
    finding
}

/// What has no counterpart.
pub(super) fn strangers(old: &Side, new: &Side, strangers: &Strangers) -> String {
    let packages = |side: &Side| {
        let names: BTreeSet<String> = side.packages.iter().map(|package| side.package_name(*package)).collect();
        match side.component.is_some() && names.is_empty() {
            true => "no package".to_owned(),
            false => quoted(names),
        }
    };
    let (was, is) = (&old.origin, &new.origin);
    match strangers {
        Strangers::All => format!("`{was}` ({}) and `{is}` ({}) have nothing in common", packages(old), packages(new)),
        Strangers::Main(package) => format!("`{package}` of `{was}` has nothing in common with any package of `{is}`"),
    }
}

/// What a witness did not confirm.
pub(super) fn unconfirmed(witnessed: &Witnessed) -> Vec<String> {
    // The same fault hinders all that it is in; it is told of the innermost that was tried first.
    let mut told = BTreeSet::new();
    let unmade = witnessed.unmade.iter().map(|(item, why)| (item, words_of_encoder(why)));
    let unmade = unmade.filter(|(_, why)| told.insert(why.clone()));
    let unmade: Vec<String> =
        unmade.map(|(item, why)| format!("no component could be made that uses `{item}`: {why}")).collect();
    let disagree = witnessed.disagreements.iter().map(|disagreement| {
        let Disagreement { item, direction, rules, refused } = disagreement;
        let said = match refused {
            Some(refused) => format!("the validator refuses it ({refused}), and no rule says so"),
            None => format!("the validator takes it, and {} says that it breaks", quoted(rules)),
        };
        format!("`{item}`, {}: {said}; this is a mistake of compose", direction.words())
    });
    unmade.into_iter().chain(disagree).collect()
}

/// What the encoder says, without the section and the offset that it was at.
fn words_of_encoder(why: &str) -> String {
    let why = why.strip_prefix("decoding custom section component-type: ").unwrap_or(why);
    why.rsplit_once(" (at offset 0x").map_or(why, |(why, _)| why).to_owned()
}

/// A pattern of a role that matches nothing.
pub(super) fn of_pattern(
    rule: &'static Rule,
    role: &str,
    pattern: &ItemPattern,
    (item, severity): (ItemPath, Severity),
    near: Option<&str>,
    written: Option<&Written>,
) -> Finding {
    let text = pattern.text();
    let mut finding = Finding::new(rule, severity, item, format!("`{text}`, which is to be `{role}`, matches nothing"));
    finding.notes.push(rule.why.into());
    finding.help.push(near.map_or_else(|| rule.fix.into(), |near| format!("did you mean `{near}`?")));
    let place = written.and_then(|written| written.at.clone());
    finding.new = place.map(|(source, span)| Label { source, span, text: "this pattern".into() });
    finding.declared.new = Some(format!("{role} {text}"));
    finding
}

/// A gate that is open since nothing stands behind it.
pub(super) fn nothing_public(patterns: &[ItemPattern]) -> String {
    let listed = quoted(patterns.iter().map(ItemPattern::text));
    format!(
        "nothing here is public, so no change counts: `public` is {listed} and matches no interface of these versions"
    )
}

/// An exception that is over or that nothing needs.
pub(super) fn of_ignore(rule: &'static Rule, severity: Severity, ignore: &Ignore, covers: usize) -> Finding {
    let (of, item, expires) = (ignore.rule.id, ignore.item.text(), ignore.expires);
    let message = match severity {
        Severity::Error => format!("the exception from `{of}` for `{item}` expired on {expires}"),
        _ => format!("the exception from `{of}` for `{item}` covers nothing"),
    };
    let (package, names) = item.split_once('/').unwrap_or((item, ""));
    let names = names.split('.').filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let mut finding = Finding::new(rule, severity, ItemPath { package: package.into(), names }, message);
    finding.notes.push(format!("it was granted for: {}", ignore.reason));
    if severity == Severity::Error {
        let counted = match covers {
            0 => "it would cover nothing any more".into(),
            1 => "what it covered counts again: 1 finding".into(),
            covers => format!("what it covered counts again: {covers} findings"),
        };
        finding.notes.push(counted);
    }
    finding.help.push(rule.fix.into());
    let place = ignore.written.at.clone();
    finding.new = place.map(|(source, span)| Label { source, span, text: "this exception".into() });
    finding.declared.new = Some(format!("{of} {item} {expires}"));
    finding
}
