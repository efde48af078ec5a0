//! A rule for programs: one object on one line, described in docs/diagnostics.md.

use crate::contract::lint::is_pedantic;
use crate::contract::rule::{Effects, Example, Kind, Rule};
use crate::diag::json_line;
use serde::Serialize;

/// The version of the form.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Form<'a> {
    format: u32,
    r#type: &'static str,
    id: &'a str,
    area: &'static str,
    level: &'static str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bump: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effects: Option<EffectsForm>,
    on_demand: bool,
    says: &'a str,
    why: &'a str,
    fix: &'a str,
    examples: Vec<ExampleForm<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct EffectsForm {
    old_consumer: &'static str,
    new_consumer: &'static str,
    old_provider: &'static str,
    host: &'static str,
    consumer_source: &'static str,
    provider_source: &'static str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum ExampleForm<'a> {
    Config { config: &'a str, old: &'a str, new: &'a str },
    Change { old: &'a str, new: &'a str },
    Lint { bad: &'a str, good: &'a str },
}

/// The rule, ended by a newline.
pub fn json(rule: &Rule) -> String {
    let (kind, severity, bump, effects) = match rule.kind {
        Kind::Change { effects, bump } => ("change", None, Some(bump.word()), Some(effects_form(effects))),
        Kind::Policy(severity) => ("policy", Some(severity.word()), None, None),
        Kind::Lint(severity) => ("lint", Some(severity.word()), None, None),
    };
    let example = |example: &'static Example| match example {
        Example::Config { config, old, new } => ExampleForm::Config { config, old, new },
        Example::Change { old, new } => ExampleForm::Change { old, new },
        Example::Lint { bad, good } => ExampleForm::Lint { bad, good },
    };
    json_line(&Form {
        format: FORMAT,
        r#type: "rule",
        id: rule.id,
        area: rule.area.word(),
        level: rule.level.word(),
        kind,
        severity,
        bump,
        effects,
        on_demand: is_pedantic(rule),
        says: rule.says,
        why: rule.why,
        fix: rule.fix,
        examples: rule.examples.iter().map(example).collect(),
    })
}

fn effects_form(effects: Effects) -> EffectsForm {
    EffectsForm {
        old_consumer: effects.old_consumer.word(),
        new_consumer: effects.new_consumer.word(),
        old_provider: effects.old_provider.word(),
        host: effects.host.word(),
        consumer_source: effects.consumer_source.word(),
        provider_source: effects.provider_source.word(),
    }
}
