//! The words for links that do not fit.

use super::way;
use crate::contract::change::ItemPath;
use crate::contract::finding::{Between, Finding};
use crate::contract::party::{Declared, End, Party};
use crate::contract::rule::{Kind, Rule, Severity};
use crate::contract::rules::{self, link};
use crate::diag::Label;
use crate::model::listed::subject;
use crate::model::name::{ExternName, Track};
use crate::types::change::{change, phrase, same_version};
use crate::types::fit::{Difference, Mismatch, Step};
use crate::types::shape::Side;
use std::cmp::Ordering;

/// An import that what is offered for it does not fit.
pub struct Misfit<'a> {
    /// The import.
    pub asked: End<'a>,
    /// What is offered.
    pub offered: End<'a>,
    /// Where they differ.
    pub mismatch: &'a Mismatch,
    /// Items of the interface that differ too, because they speak of the same type.
    pub also: Vec<String>,
}

/// An import whose interface is there in another version only.
pub struct Apart<'a> {
    /// The import.
    pub asked: End<'a>,
    /// The other version.
    pub offered: End<'a>,
}

/// An import that is filled by an export whose name is spelled in the other way.
pub struct Spelled<'a> {
    /// The import.
    pub asked: End<'a>,
    /// The export.
    pub offered: End<'a>,
}

/// An import that nobody offers.
pub struct Nobody<'a> {
    /// The import.
    pub asked: End<'a>,
    /// Who was asked: the name of the only one, or [`THESE`].
    pub of: &'a str,
    /// The change that made it so, if it is plainly one.
    pub change: Option<&'static str>,
    /// What to do, if it is not what is always to be done.
    pub help: Option<String>,
}

/// An export that a world asks for and that is not there.
pub struct NoExport<'a> {
    /// The export of the world.
    pub asked: End<'a>,
    /// Who lacks it.
    pub component: &'a Party,
}

impl From<Misfit<'_>> for Finding {
    fn from(Misfit { asked, offered, mismatch, also }: Misfit<'_>) -> Self {
        let rule = rule_of(&mismatch.difference, mismatch);
        let (consumer, provider) = (&asked.party.name, &offered.party.name);
        let item = path(&asked, &mismatch.path);
        // The constructor of a resource goes by the name of the resource.
        let is_constructor = |step: &Step| matches!(step, Step::Item(name) if name.starts_with("[constructor]"));
        let of = if mismatch.path.iter().any(is_constructor) { "constructor of " } else { "" };
        let message = match &*mismatch.difference {
            Difference::Missing => {
                format!("`{provider}` has no {of}`{item}`, which `{consumer}` {}", asks(&asked))
            }
            difference => {
                let inside = inside(&mismatch.path);
                let of = if of.is_empty() { String::new() } else { format!("the {of}") };
                format!("{of}`{item}` of `{provider}` is not what `{consumer}` {}: {inside}{difference}", asks(&asked))
            }
        };
        let mut finding = new(rule, item, message, &asked, &offered.party.name);
        let whole = way::of_definition(&mismatch.difference);
        let [of_consumer, of_provider] =
            [&asked, &offered].map(|end| way::way(&end.party.shape, &end.place(), &mismatch.path, whole));
        let said = match &*mismatch.difference {
            Difference::Missing => format!("`{provider}` has nothing of that name here"),
            _ => format!("what `{provider}` has"),
        };
        let wanted = match asked.side {
            Side::Import => format!("what `{consumer}` was built with"),
            Side::Export => format!("what `{consumer}` asks for"),
        };
        finding.old = label(&asked, &of_consumer, mismatch, false, wanted);
        finding.new = label(&offered, &of_provider, mismatch, true, said);
        finding.reaches = also;
        let order = versions(&asked, &offered, &mut finding.notes);
        let newer = order == Ordering::Greater;
        let change = change(mismatch, newer).and_then(rules::find);
        finding.notes.extend(change.map(|change| phrase(change.id)));
        finding.help.push(match change {
            // What is to be done about the contract was done when it changed.
            _ if newer => format!("give `{consumer}` a provider of `{}` or later", asked.name()),
            Some(change) => change.fix.into(),
            None => rule.fix.into(),
        });
        fingerprinted(finding, [mismatch.plug.as_deref().unwrap_or_default(), &mismatch.socket])
    }
}

impl From<Apart<'_>> for Finding {
    fn from(Apart { asked, offered }: Apart<'_>) -> Self {
        let (consumer, provider) = (&asked.party.name, &offered.party.name);
        let (wanted, found) = (asked.name().to_string(), offered.name().to_string());
        let message =
            format!("`{consumer}` imports `{wanted}`, and `{provider}` has `{found}`, which cannot stand in for it");
        let rule = &link::LINK_VERSION_APART;
        let mut finding = new(rule, path(&asked, &[]), message, &asked, provider);
        finding.old = label_at(&asked, format!("what `{consumer}` imports"));
        finding.new = label_at(&offered, format!("what `{provider}` has"));
        let tracks = [&asked, &offered].map(|end| end.interface().map(|name| name.track()));
        finding.notes.push(match tracks {
            [Some(Track::Unversioned), _] | [_, Some(Track::Unversioned)] => {
                "a name without version and one with a version are two names".into()
            }
            [Some(Track::Semver(one)), Some(Track::Semver(other))] => {
                format!("versions of the tracks {one} and {other} are not compatible, whatever the shapes are")
            }
            _ => "the two names are not compatible".into(),
        });
        finding.help.push(rule.fix.into());
        fingerprinted(finding, [&wanted, &found])
    }
}

impl From<Spelled<'_>> for Finding {
    fn from(Spelled { asked, offered }: Spelled<'_>) -> Self {
        let (consumer, provider) = (&asked.party.name, &offered.party.name);
        let spelled = |end: &End<'_>| match end.interface().and_then(|name| Some((name.unversioned(), name.version?))) {
            Some((name, version)) => format!("{name}@{}", version.as_spelled()),
            None => end.spelled().to_owned(),
        };
        let (wanted, found) = (spelled(&asked), spelled(&offered));
        let message = format!("`{consumer}` imports `{wanted}`, and `{provider}` spells it `{found}`");
        let rule = &link::NAME_CANONICAL_MIXED;
        let mut finding = new(rule, path(&asked, &[]), message, &asked, provider);
        finding.old = label_at(&asked, format!("imported as `{wanted}`"));
        finding.new = label_at(&offered, format!("offered as `{found}`"));
        finding.notes.push("linkers that compare names as they are spelled do not link the two".into());
        finding.help.push(rule.fix.into());
        fingerprinted(finding, [&wanted, &found])
    }
}

impl From<Nobody<'_>> for Finding {
    fn from(Nobody { asked, of, change, help }: Nobody<'_>) -> Self {
        let (consumer, wanted) = (&asked.party.name, asked.name().to_string());
        let message = match of {
            THESE => format!("`{consumer}` imports `{wanted}`, which none of {THESE} has"),
            of => format!("`{consumer}` imports `{wanted}`, which `{of}` does not have"),
        };
        let rule = &link::LINK_INTERFACE_MISSING;
        let mut finding = new(rule, path(&asked, &[]), message, &asked, of);
        finding.old = label_at(&asked, format!("imported by `{consumer}`"));
        let change = change.and_then(rules::find);
        finding.notes.extend(change.map(|change| phrase(change.id)));
        finding.help.push(help.unwrap_or_else(|| change.unwrap_or(rule).fix.into()));
        fingerprinted(finding, [&wanted, ""])
    }
}

impl From<NoExport<'_>> for Finding {
    fn from(NoExport { asked, component }: NoExport<'_>) -> Self {
        let (world, wanted) = (&asked.party.name, asked.name().to_string());
        let message = format!("the world `{world}` exports `{wanted}`, and `{}` does not", component.name);
        let rule = &link::LINK_EXPORT_MISSING;
        let mut finding = new(rule, path(&asked, &[]), message, &asked, &component.name);
        finding.old = label_at(&asked, "asked for here".into());
        finding.help.push(rule.fix.into());
        fingerprinted(finding, [&wanted, ""])
    }
}

/// Nothing could be judged, so nothing is fine.
pub const NOTHING_SHARED: &str = "no import of one has a counterpart among the exports of another";

/// None of the recorded imports is of a provider that is there.
pub const NOBODY_CONCERNED: &str = "no recorded consumer imports anything that these providers have";
/// Several providers, where one would be named.
pub const THESE: &str = "these providers";

/// What to do about an import that nobody has.
pub fn host_has(asked: &End<'_>) -> String {
    format!("add a component that exports it, or say that the host has it: `--allow-import '{}'`", unversioned(asked))
}

/// What to do about an import that the world has not.
pub fn into_world(asked: &End<'_>, world: &str) -> String {
    // A function is nothing without its signature, which the printed world of the component has.
    let declared = asked.party.declared(&asked.place()).filter(|_| asked.interface().is_none());
    let line = declared.and_then(|Declared { source, whole, .. }| {
        let start = source.text[..whole.start].rfind('\n').map_or(0, |at| at + 1);
        let line = source.text[start..].lines().next()?.trim().to_owned();
        (line.starts_with("import ") && line.ends_with(';')).then_some(line)
    });
    let line = line.unwrap_or_else(|| format!("import {};", asked.name()));
    let pattern = unversioned(asked);
    format!("write into the world `{world}`: `{line}`, or say that the host has it: `--allow-import '{pattern}'`")
}

fn unversioned(asked: &End<'_>) -> String {
    asked.interface().map_or_else(|| asked.name().to_string(), |name| name.unversioned())
}

/// A WIT package among consumers.
pub fn wit_asks_nothing(package: &Party) -> String {
    format!("`{}` is WIT, and only components import", package.name)
}

/// A WIT package where a component was meant.
pub fn only_wit(package: &Party) -> String {
    format!("`{}` is WIT, and only components conform to worlds", package.name)
}

fn asks(asked: &End<'_>) -> &'static str {
    match asked.side {
        Side::Import => "imports",
        Side::Export => "asks for",
    }
}

/// What a difference cannot be compared for.
pub(super) fn incomparable(mismatch: &Mismatch) -> Option<&'static str> {
    match *mismatch.difference {
        Difference::Unsupported(word) => Some(word),
        _ => None,
    }
}

/// Why a link was not judged.
pub(super) fn unchecked(asked: End<'_>, offered: End<'_>, word: &str) -> String {
    format!(
        "`{}` of `{}` and `{}`: there is a {word} in it, which is not compared",
        asked.name(),
        asked.party.name,
        offered.party.name
    )
}

fn rule_of(difference: &Difference, mismatch: &Mismatch) -> &'static Rule {
    let is_func = mismatch.socket.contains(": func") || mismatch.socket.contains(": async func");
    match difference {
        Difference::Missing if is_func => &link::LINK_FUNC_MISSING,
        Difference::Missing => &link::LINK_TYPE_MISSING,
        Difference::Kind(..) | Difference::Unsupported(_) => &link::LINK_KIND_DIFFERS,
        Difference::Async { .. } => &link::LINK_ASYNC_DIFFERS,
        Difference::ParamCount(..) | Difference::ParamName(..) => &link::LINK_PARAMS_DIFFER,
        Difference::ResultPresence(..) => &link::LINK_RESULT_DIFFERS,
        Difference::Names { .. } | Difference::Order { .. } => &link::LINK_MEMBERS_DIFFER,
        Difference::Handle(..) => &link::LINK_HANDLE_DIFFERS,
        Difference::Resource { .. } => &link::LINK_RESOURCE_DIFFERS,
        Difference::Type(..) | Difference::Payload(..) | Difference::TupleLength(..) | Difference::ListLength(..) => {
            &link::LINK_TYPE_DIFFERS
        }
    }
}

fn new(rule: &'static Rule, item: ItemPath, message: String, asked: &End<'_>, provider: &str) -> Finding {
    let severity = match rule.kind {
        Kind::Policy(severity) | Kind::Lint(severity) => severity,
        Kind::Change { .. } => Severity::Error,
    };
    let between = Some(Between { consumer: asked.party.name.clone(), provider: provider.to_owned() });
    Finding { between, ..Finding::new(rule, severity, item, message) }
}

/// The path of an item by the names that lead to it: the interface without its version, then what is inside.
fn path(asked: &End<'_>, steps: &[Step]) -> ItemPath {
    let mut path = match asked.interface() {
        Some(name) => ItemPath::package(name.package_id()).below(name.interface),
        None => ItemPath::package(match asked.name() {
            ExternName::Interface(name) => name.to_string(),
            ExternName::Plain(name) => name,
        }),
    };
    for step in steps {
        if let Step::Item(name) = step {
            // `[method]bucket.get` is `get` of `bucket`.
            let name = name.split_once(']').map_or(name.as_str(), |(_, name)| name);
            path = name.split('.').fold(path, |path, name| path.below(name));
        }
    }
    path
}

/// The steps behind the items, as a beginning of a phrase.
fn inside(steps: &[Step]) -> String {
    let steps = steps.iter().filter(|step| !matches!(step, Step::Item(_)));
    steps.map(|step| format!("{step}: ")).collect()
}

fn label(end: &End<'_>, way: &way::Way, mismatch: &Mismatch, of_plug: bool, text: String) -> Option<Label> {
    let party = end.party;
    let place = way.defined.as_ref().and_then(|place| party.declared(place)).or_else(|| party.declared(&way.item));
    let Declared { source, shown, whole } = place?;
    let word = way::word(&source.text[whole.clone()], &mismatch.path, &mismatch.difference, of_plug);
    // What goes over several lines is told by its name.
    let word = word.filter(|word| !source.text[whole.clone()][word.clone()].contains('\n'));
    let span = word.map_or(shown, |word| whole.start + word.start..whole.start + word.end);
    Some(Label { source, span, text })
}

fn label_at(end: &End<'_>, text: String) -> Option<Label> {
    let Declared { source, shown, .. } = end.party.declared(&end.place())?;
    Some(Label { source, span: shown, text })
}

/// How the versions of both sides stand to each other, with a note on it.
fn versions(asked: &End<'_>, offered: &End<'_>, notes: &mut Vec<String>) -> Ordering {
    let [wanted, found] = [asked, offered].map(|end| end.interface().and_then(|name| name.full_version().cloned()));
    let (Some(wanted), Some(found)) = (wanted, found) else { return Ordering::Equal };
    let (consumer, provider) = (&asked.party.name, &offered.party.name);
    notes.push(match wanted == found {
        true => same_version(&wanted),
        false => format!(
            "`{consumer}` {} version {wanted}, `{provider}` has {found}",
            if asked.side == Side::Import { "was built with" } else { "asks for" }
        ),
    });
    wanted.cmp(&found)
}

fn fingerprinted(mut finding: Finding, declarations: [&str; 2]) -> Finding {
    let between = finding.between.as_ref().map(|between| format!("{} {}", between.consumer, between.provider));
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let [new, old] = declarations.map(one_line);
    let text = [finding.rule.id, &finding.item.to_string(), &old, &new, &between.unwrap_or_default()].join("\n");
    finding.fingerprint = blake3::hash(text.as_bytes()).to_hex()[..12].to_owned();
    if !finding.reaches.is_empty() {
        let short = finding.reaches.iter().map(|name| name.split_once(']').map_or(name.as_str(), |(_, name)| name));
        let (names, ending) = subject(&short.collect::<Vec<_>>());
        finding.notes.push(format!("{names} use{ending} this type"));
    }
    finding
}
