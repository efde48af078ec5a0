//! Changes, versions and exceptions in words: the sentences of findings, and what can be wrong with a configuration.

use super::change::{Change, ItemPath, Said};
use super::finding::{Declared, Finding, Verdict};
use super::judge::{Free, Weighed};
use super::policy::Ignore;
use super::rule::{Bump, Effect, Effects, Rule, Severity};
use super::rules::version as rules;
use super::side::Side;
use super::version::Pair;
use super::witness::{Disagreement, Witnessed};
use crate::diag::{Code, Diagnostic, Label, Placed, Source};
use crate::model::listed::{listed, quoted};
use crate::model::request::Written;
use semver::Version;
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
            .help("compare the WIT that it was made from; `compose contract check` compares components by their types alone")
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

/// What a witness did not confirm.
pub(super) fn unconfirmed(witnessed: &Witnessed) -> Vec<String> {
    let unmade =
        witnessed.unmade.iter().map(|(item, why)| format!("no component could be made that uses `{item}`: {why}"));
    let disagree = witnessed.disagreements.iter().map(|disagreement| {
        let Disagreement { item, direction, rules, refused } = disagreement;
        let said = match refused {
            Some(refused) => format!("the validator refuses it ({refused}), and no rule says so"),
            None => format!("the validator takes it, and {} says that it breaks", quoted(rules)),
        };
        format!("`{item}`, {}: {said}; this is a mistake of compose", direction.words())
    });
    unmade.chain(disagree).collect()
}

/// The longest declaration that is said in a line with others.
const LONGEST_SAID: usize = 60;

/// A change as a finding, without places.
pub(super) fn of_change(weighed: &Weighed, severity: Severity) -> Finding {
    let Weighed { change, .. } = weighed;
    let mut message = format!("`{}`: {}", change.item, change.rule.says);
    let short = |said: &Option<Said>| {
        said.as_ref().map(|said| said.text.clone()).filter(|text| text.chars().count() <= LONGEST_SAID)
    };
    if let (Some(old), Some(new)) = (short(&change.old), short(&change.new))
        && old != new
    {
        message.push_str(&format!(" from `{old}` to `{new}`"));
    }
    let mut finding = Finding::new(change.rule, severity, change.item.clone(), message);
    match weighed.free {
        Some(Free::Unstable) => finding.notes.push("the item is unstable, so it is free to change".into()),
        Some(Free::Private) => finding.notes.push("the interface is not public, so nobody else is concerned".into()),
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
    if !change.rule.fix.is_empty() && severity != Severity::Note {
        finding.help.push(change.rule.fix.into());
    }
    finding
}

/// Whom a change breaks, as a phrase.
pub fn broken(effects: &Effects) -> String {
    let mut parts: Vec<&str> = Vec::new();
    match effects.old_consumer {
        Effect::Fine => {}
        Effect::IfUsed => parts.push("compiled consumers that use it"),
        Effect::Breaks => parts.push("compiled consumers"),
    }
    if effects.old_provider != Effect::Fine {
        parts.push("compiled providers where all of the new contract is asked for");
    }
    match effects.new_consumer {
        Effect::Fine => {}
        Effect::IfUsed => parts.push("new consumers that use it, with an old provider"),
        Effect::Breaks => parts.push("new consumers with an old provider"),
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
        parts => format!("breaks {}{hosts}", listed(parts, |part| (*part).to_owned()).replace(", with", " with")),
    }
}

/// Gives the finding of a change its two places. What went is shown where it would stand now.
pub(super) fn label_change(finding: &mut Finding, change: &Change, old: &Side, new: &Side) {
    let label = |said: &Option<Said>, text: &str| {
        let (source, span) = said.as_ref()?.at.clone()?;
        Some(Label { source, span, text: text.into() })
    };
    let (before, after) = match (&change.old, &change.new) {
        (Some(_), None) => ("removed", ""),
        (None, Some(_)) => ("", "added"),
        _ => ("before", "after"),
    };
    finding.old = label(&change.old, before);
    finding.new = label(&change.new, after);
    if change.new.is_none() {
        let around = |text: &str| Some((new.around(&change.item)?, text.to_owned()));
        finding.new = around("no longer in here").map(|((source, span), text)| Label { source, span, text });
    }
    debug_assert!(change.old.is_some() || change.new.is_some() || old.packages.is_empty(), "a change is somewhere");
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
    } else {
        format!("`{package}` goes from {old} to {new}: {}", rule.says)
    };
    let mut finding = Finding::new(rule, severity, ItemPath::package(package), message);
    finding.notes.push(rule.why.into());
    match &verdict.next {
        Some(next) if rule != &rules::VERSION_MISSING && severity != Severity::Note => {
            finding.help.push(format!("package {package}@{next};"));
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
    let mut finding = Finding::new(rule, Severity::Error, ItemPath::package(&first.new.name), message);
    finding.notes.push(format!("the others are {}", {
        let others = pairs.iter().filter(|pair| Some(&pair.new.version) == latest);
        quoted(others.map(|pair| pair.new.whole()))
    }));
    finding.notes.push(rule.why.into());
    if let Some(Some(latest)) = latest {
        finding.help.push(format!("package {}@{latest};", first.new.name));
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
