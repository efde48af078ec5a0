//! Each rule about changes against its own examples: exactly that change is found, with the effects of the rule.

use super::run;
use crate::contract::change::Change;
use crate::contract::example::sides;
use crate::contract::rule::{Area, Example, Kind, Rule};
use crate::contract::rules;

/// Changes that never come alone: what they are about comes or goes with the function that needs it.
const WITH: &[(&str, &str)] = &[
    ("type-added", "func-added"),
    ("type-removed", "func-removed"),
    ("use-added", "func-added"),
    ("use-removed", "func-removed"),
];
/// Examples, by their number, whose effects are their own and not those of the rule.
const OWN: &[(&str, usize)] = &[
    ("world-import-export-swapped", 1),
    ("resource-origin-moved", 1),
    ("resource-origin-moved", 2),
    ("unstable-to-stable", 1),
];

/// The rules that the differ finds. Those about packages, versions, deprecation and docs are found elsewhere.
fn own_rules() -> impl Iterator<Item = &'static Rule> {
    let elsewhere = |rule: &&Rule| {
        let gates = rules::gate::RULES.contains(rule);
        matches!(rule.area, Area::Package | Area::Stability | Area::Docs) && !gates
    };
    rules::all().filter(|rule| matches!(rule.kind, Kind::Change { .. })).filter(move |rule| !elsewhere(rule))
}

fn found(rule: &'static Rule, example: &Example) -> Option<Result<Vec<Change>, String>> {
    Some(sides(rule, example)?.map(|(old, new)| run(&old, &new)))
}

#[test]
fn every_example_is_found_by_its_rule_alone() {
    let (mut examples, mut wrong) = (0, Vec::new());
    for rule in own_rules() {
        assert!(!rule.examples.is_empty(), "{rule} has no example");
        for (number, example) in rule.examples.iter().enumerate() {
            let Some(changes) = found(rule, example) else { continue };
            examples += 1;
            let changes = match changes {
                Ok(changes) => changes,
                Err(error) => {
                    wrong.push(format!("{rule} ({number}): {error}"));
                    continue;
                }
            };
            let mut ids: Vec<&str> = changes.iter().map(|change| change.rule.id).collect();
            ids.sort_unstable();
            let mut expected = vec![rule.id];
            expected.extend(WITH.iter().filter(|(of, _)| *of == rule.id).map(|(_, with)| *with));
            expected.sort_unstable();
            let effects = changes
                .iter()
                .filter(|change| change.rule == rule)
                .all(|change| OWN.contains(&(rule.id, number)) || rule.change() == Some((change.effects, change.bump)));
            if ids != expected || !effects {
                wrong.push(format!("{rule} ({number}): {ids:?}{}", if effects { "" } else { ", other effects" }));
            }
            for change in &changes {
                let places = [&change.old, &change.new].into_iter().flatten();
                assert!(places.clone().all(|said| said.at.is_some()), "{rule} has no place: {change:?}");
                assert!(places.count() > 0, "{rule} says nothing");
            }
        }
    }
    assert!(wrong.is_empty(), "of {examples} examples:\n  {}", wrong.join("\n  "));
    println!("{examples} examples");
}
