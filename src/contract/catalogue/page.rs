//! Pages in Markdown: of one rule, and of all.

use super::example::lines;
use super::{listed, weight};
use crate::contract::lint::is_pedantic;
use crate::contract::rule::{Area, Effects, Example, Kind, Level, Rule};

/// The page of a rule.
pub fn page(rule: &Rule) -> String {
    let heading = |text: &str| format!("## {text}");
    format!("# {}: {}\n\n{}", rule.id, rule.says, sections(rule, &heading))
}

/// The page of the manual with all rules.
pub fn manual() -> String {
    let mut out = String::from(INTRODUCTION);
    let areas = Area::ALL.into_iter().map(|area| (area, listed(Some(area))));
    let areas: Vec<_> = areas.filter(|(_, rules)| !rules.is_empty()).collect();
    for (area, rules) in &areas {
        out.push_str(&format!("\n## {}\n\n| rule | asks | what |\n|---|---|---|\n", title(*area)));
        for rule in rules {
            out.push_str(&format!("| [`{0}`](#{0}) | {1} | {2} |\n", rule.id, weight(rule), cell(rule.says)));
        }
        for rule in rules {
            let heading = |text: &str| format!("**{text}**");
            out.push_str(&format!("\n### {}\n\n{}.\n\n{}", rule.id, capital(rule.says), sections(rule, &heading)));
        }
    }
    out
}

const INTRODUCTION: &str = "\
# The rules of contracts

Made of the catalogue in the sources; `compose contract rules` lists the same rules, `compose contract explain RULE` prints one.
Every example is a test.

A rule about a change says by which *bump* the version must announce it, whom it breaks, and where that shows first: when
components are *linked*, on a *host*, when *sources* are built again, or in the *behaviour* alone. Other rules have a
*severity*: `note`, `warning` or `error`.

Whom a change breaks is told in six columns: an *old consumer* (compiled before the change) with a new provider; a *new consumer* with
an old provider; an *old provider* where all of the new contract is asked for; an old consumer *on a host* that has the new contract;
and the *sources* of both, built again. *If used* means those whose binary has what was changed: consumers import only what they call.
";

fn sections(rule: &Rule, heading: &dyn Fn(&str) -> String) -> String {
    let mut out = format!(
        "{}\n\n{}\n{}\n\n{}\n{}\n",
        kind(rule),
        heading("Why"),
        para(rule.why),
        heading("What to do"),
        para(rule.fix)
    );
    if let Kind::Change { effects, .. } = rule.kind {
        out.push_str(&format!("\n{}\n\n{}", heading("Whom it breaks"), table(effects)));
    }
    for example in rule.examples {
        if let Example::Config { config, .. } = example {
            out.push_str(&format!("\n{}\n\n```toml\n{config}```\n", heading("In contracts.toml")));
        }
        let ((first, one), (second, other)) = match example {
            Example::Config { old, new, .. } | Example::Change { old, new } => (("Before", *old), ("After", *new)),
            Example::Lint { bad, good } => (("With the fault", *bad), ("Without", *good)),
        };
        for (title, text) in [(first, one), (second, other)] {
            out.push_str(&format!("\n{}\n\n```wit\n{}```\n", heading(title), lines(text)));
        }
    }
    out
}

/// So wide are lines of pages.
const WIDTH: usize = 100;

/// A paragraph below a heading, broken to the width; code is never broken.
fn para(text: &str) -> String {
    let mut out = String::from("\n");
    let mut width = 0;
    let mut pieces: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match pieces.last_mut() {
            Some(open) if open.matches('`').count() % 2 == 1 => {
                open.push(' ');
                open.push_str(word);
            }
            _ => pieces.push(word.to_owned()),
        }
    }
    for piece in pieces {
        let length = piece.chars().count();
        if width > 0 && width + 1 + length > WIDTH {
            out.push('\n');
            width = 0;
        } else if width > 0 {
            out.push(' ');
            width += 1;
        }
        out.push_str(&piece);
        width += length;
    }
    out
}

fn kind(rule: &Rule) -> String {
    let shows = match rule.level {
        Level::Link => "when components are linked",
        Level::Host => "on a host",
        Level::Source => "when sources are built again, or read",
        Level::Behaviour => "in behaviour alone",
    };
    let asks = match rule.kind {
        Kind::Change { .. } => format!("A change of bump *{}*", weight(rule)),
        Kind::Policy(_) if rule.area == Area::Link => format!("Between a consumer and a provider: *{}*", weight(rule)),
        Kind::Policy(_) => format!("A policy about two versions: *{}*", weight(rule)),
        Kind::Lint(_) => format!("A lint: *{}*", weight(rule)),
    };
    let demand = if is_pedantic(rule) { " Asked only with `--pedantic`." } else { "" };
    format!("{asks}. It shows {shows}.{demand}")
}

fn table(effects: Effects) -> String {
    let columns = [
        ("old consumer", effects.old_consumer),
        ("new consumer", effects.new_consumer),
        ("old provider", effects.old_provider),
        ("on a host", effects.host),
        ("source of consumers", effects.consumer_source),
        ("source of providers", effects.provider_source),
    ];
    let row = |cells: [&str; 6]| format!("| {} |\n", cells.join(" | "));
    let words = columns.map(|(_, effect)| effect.word());
    format!("{}|---|---|---|---|---|---|\n{}", row(columns.map(|(who, _)| who)), row(words))
}

fn title(area: Area) -> &'static str {
    match area {
        Area::Package => "Packages and versions",
        Area::Interface => "Interfaces",
        Area::Function => "Functions",
        Area::Parameter => "Parameters",
        Area::Result => "Results",
        Area::Record => "Records",
        Area::Variant => "Variants",
        Area::Enum => "Enums",
        Area::Flags => "Flags",
        Area::Resource => "Resources",
        Area::Type => "Types and aliases",
        Area::Use => "Use of other interfaces",
        Area::WorldImport => "Imports of worlds",
        Area::WorldExport => "Exports of worlds",
        Area::World => "Worlds",
        Area::Stability => "Stability and deprecation",
        Area::Docs => "Documentation",
        Area::RemoteLink => "Links over a network",
        Area::Naming => "Names",
        Area::Evolution => "Room to grow",
        Area::Capability => "Capabilities",
        Area::Dependency => "Dependencies",
        Area::Link => "Links between components",
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A bar would end a cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
