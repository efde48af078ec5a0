//! Faults in words.

use crate::contract::change::Said;
use crate::contract::fault::{Detail, Fault};
use crate::contract::finding::{Declared, Finding};
use crate::contract::rule::{Kind, Severity};
use crate::diag::Label;
use crate::model::listed::{listed, quoted};

/// So many names stand in a line.
const NAMES: usize = 4;

/// A fault as a finding, with the severity that its rule has by itself.
pub fn finding(fault: &Fault) -> Finding {
    let rule = fault.rule;
    let severity = match rule.kind {
        Kind::Policy(severity) | Kind::Lint(severity) => severity,
        Kind::Change { .. } => Severity::Note,
    };
    let detail = detail(&fault.detail).map(|detail| format!(" ({detail})")).unwrap_or_default();
    let label = |said: &Option<Said>, text: &str| {
        let (source, span) = said.as_ref()?.at.clone()?;
        Some(Label { source, span, text: text.into() })
    };
    let (before, after) = if fault.old.is_some() { ("before", "after") } else { ("", "here") };
    let said = |said: &Option<Said>| said.as_ref().map(|said| said.text.clone());
    let mut finding =
        Finding::new(rule, severity, fault.item.clone(), format!("`{}` {}{detail}", fault.item, rule.says));
    finding.old = label(&fault.old, before);
    finding.new = label(&fault.new, after);
    finding.declared = Declared { old: said(&fault.old), new: said(&fault.new) };
    if let Detail::Within(names) = &fault.detail {
        finding.within.clone_from(names);
        finding.notes.push(format!("in it: {}", names_of(names)));
    }
    finding.notes.push(rule.why.into());
    if severity != Severity::Note {
        finding.help.push(match fault.detail {
            Detail::Capability(_) => {
                format!("take a narrower interface, or allow this one: `--allow-capability {}`", fault.item)
            }
            _ => rule.fix.into(),
        });
    }
    finding
}

/// What else is known, as a phrase.
fn detail(detail: &Detail) -> Option<String> {
    Some(match detail {
        Detail::None => return None,
        Detail::Result(Some(text)) => format!("it returns `{text}`"),
        Detail::Result(None) => "it returns nothing".into(),
        Detail::Mentions(text) | Detail::Other(text) => format!("`{text}`"),
        Detail::SpokenOfBy(names) | Detail::Functions(names) => names_of(names),
        Detail::Within(names) => format!("the same for {} in it", plural(names.len() as u64, "item")),
        Detail::Count(count) => count.to_string(),
        Detail::Languages(languages) => listed(languages, |language| (*language).to_owned()),
        Detail::Capability(group) => group.clone(),
        Detail::Feature(feature) => (*feature).to_owned(),
        Detail::BinaryAndWorld { binary, world } => format!("the component `{binary}`, the world `{world}`"),
        Detail::Gates { has: Some(has), against } => format!("`{has}` against `{against}`"),
        Detail::Gates { has: None, against } => format!("it was `{against}`"),
        Detail::Releases { had: 0, wanted } => format!("it never was, and {} wanted", releases(*wanted)),
        Detail::Releases { had, wanted } => {
            format!("it was in {}, of {wanted} that are wanted", plural(*had, "release"))
        }
    })
}

fn releases(count: u64) -> String {
    let verb = if count == 1 { "is" } else { "are" };
    format!("{} {verb}", plural(count, "release"))
}

fn plural(count: u64, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

fn names_of(names: &[String]) -> String {
    match names.len() {
        0..=NAMES => quoted(names),
        count => format!(
            "{} and {} more",
            names[..NAMES].iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "),
            count - NAMES
        ),
    }
}
