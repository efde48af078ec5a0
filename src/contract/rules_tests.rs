//! The catalogue against the validator: for each example of a rule about changes, everything that can be used of either
//! version is linked with the other, and comes out as the rules say.

use super::compare::{self, Comparing};
use super::example::sides;
use super::rule::Kind;
use super::rules;
use super::version::{self, Pair};
use super::witness::{Extent, confirm};

#[test]
fn every_change_that_a_difference_is_called_is_a_rule_of_changes() {
    for word in crate::types::change::WORDS {
        let rule = super::rules::find(word).unwrap_or_else(|| panic!("no rule is called `{word}`"));
        assert!(matches!(rule.kind, super::rule::Kind::Change { .. }), "{word}");
    }
}

#[test]
fn the_validator_agrees_with_every_rule() {
    let (mut examples, mut asked, mut wrong) = (0, 0, Vec::new());
    for rule in rules::all().filter(|rule| matches!(rule.kind, Kind::Change { .. })) {
        // Versions are taken off before anything is linked, for names are matched before types.
        if rules::version::RULES.contains(&rule) && rule.id != "package-renamed" {
            continue;
        }
        for (number, sides) in rule.examples.iter().filter_map(|example| sides(rule, example)).enumerate() {
            let (old, new) = sides.unwrap_or_else(|error| panic!("{rule} ({number}): {error}"));
            let mut changes = compare::run(&old, &new, Comparing { window: 0, witness: false }).baseline.changes;
            changes.extend(version::pairs(&old, &new).iter().flat_map(Pair::changes));
            assert!(changes.iter().any(|change| change.rule == rule), "{rule} ({number}) is not found");
            let witnessed = confirm(&old, &new, &changes, Extent::AllAndGuests);
            examples += 1;
            asked += witnessed.asked;
            wrong.extend(
                witnessed.disagreements.iter().map(|disagreement| format!("{rule} ({number}): {disagreement:?}")),
            );
            wrong.extend(witnessed.unmade.iter().map(|unmade| format!("{rule} ({number}): {unmade:?}")));
        }
    }
    println!("{examples} examples, {asked} pairs of components linked");
    assert!(wrong.is_empty(), "of {asked} pairs:\n  {}", wrong.join("\n  "));
}
