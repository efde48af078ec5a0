//! The catalogue against the validator: for each example of a rule about changes, everything that can be used of either
//! version is linked with the other, and comes out as the rules say.

use super::compare::{self, Comparing};
use super::example::{in_full, sides};
use super::rule::{Kind, Level};
use super::rules;
use super::version::{self, Pair};
use super::witness::{Extent, confirm};
use std::collections::BTreeSet;

#[test]
fn every_change_that_a_difference_is_called_is_a_rule_of_changes() {
    for word in crate::types::change::WORDS {
        let rule = super::rules::find(word).unwrap_or_else(|| panic!("no rule is called `{word}`"));
        assert!(matches!(rule.kind, super::rule::Kind::Change { .. }), "{word}");
    }
}

/// Examples of rules about links that touch nothing that is linked: a guest of a world that is there on one side only has no other
/// to be held against.
const NOT_LINKED: &[&str] = &["world-added (0)", "world-removed (0)"];

#[test]
fn the_validator_agrees_with_every_rule() {
    let (mut examples, mut asked, mut touched, mut left_out, mut wrong) = (0, 0, 0, 0, Vec::new());
    let mut unasked = BTreeSet::new();
    for rule in rules::all().filter(|rule| matches!(rule.kind, Kind::Change { .. })) {
        // Versions are taken off before anything is linked, for names are matched before types.
        if rules::version::RULES.contains(&rule) && rule.id != "package-renamed" {
            continue;
        }
        for (number, example) in rule.examples.iter().enumerate() {
            let Some(alone) = sides(rule, example) else { continue };
            let (old, new) = alone.unwrap_or_else(|error| panic!("{rule} ({number}): {error}"));
            let in_full = in_full(rule, example).and_then(Result::ok).expect("it was read before");
            examples += 1;
            // As the manual has it, and with the nested packages judged as those of users are.
            let nested = in_full.0.packages.len() + in_full.1.packages.len() > 2;
            for (old, new) in [Some((old, new)), nested.then_some(in_full)].into_iter().flatten() {
                let mut changes = compare::run(&old, &new, Comparing { window: 0, witness: false }).baseline.changes;
                changes.extend(version::pairs(&old, &new).iter().flat_map(Pair::changes));
                let witnessed = confirm(&old, &new, &changes, Extent::AllAndGuests);
                asked += witnessed.asked;
                touched += witnessed.touched;
                left_out += witnessed.left_out;
                let at = format!("{rule} ({number}), {} packages", old.packages.len());
                wrong.extend(witnessed.disagreements.iter().map(|found| format!("{at}: {found:?}")));
                wrong.extend(witnessed.unmade.iter().map(|unmade| format!("{at}: {unmade:?}")));
                if old.packages.len() == 1 {
                    assert!(changes.iter().any(|change| change.rule == rule), "{rule} ({number}) is not found");
                    if witnessed.touched == 0 && rule.level == Level::Link {
                        unasked.insert(format!("{rule} ({number})"));
                    }
                }
            }
        }
    }
    println!(
        "{examples} examples, {asked} pairs of components linked, {touched} by a change, {left_out} guests left out"
    );
    assert!(wrong.is_empty(), "of {asked} pairs:\n  {}", wrong.join("\n  "));
    assert_eq!(unasked.iter().map(String::as_str).collect::<Vec<_>>(), NOT_LINKED);
}

#[test]
fn what_is_linked_of_two_versions_is_what_a_run_links() {
    for rule in rules::all().filter(|rule| matches!(rule.kind, Kind::Change { .. })) {
        for (number, sides) in rule.examples.iter().filter_map(|example| in_full(rule, example)).enumerate() {
            let (old, new) = sides.unwrap_or_else(|error| panic!("{rule} ({number}): {error}"));
            let compared = compare::run(&old, &new, Comparing { window: 0, witness: true });
            assert_eq!(compared.unchecked, Vec::<String>::new(), "{rule} ({number})");
        }
    }
}
