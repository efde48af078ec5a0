//! The catalogue of rules as people and programs read it: a list, a page for each rule, the whole as one page of the manual.
//!
//! All of it is made of the rules themselves, so none of it can say anything else than they do.

mod example;
mod json;
mod page;

pub use json::json;
pub use page::{manual, page};

use super::rule::{Area, Kind, Rule};
use super::rules;
use crate::model::near::nearest;

/// Areas with a word for each, as `contract rules --area` takes them.
pub fn area(word: &str) -> Option<Area> {
    Area::ALL.into_iter().find(|area| area.word() == word)
}

/// The rules of an area, or all, area by area.
pub fn listed(only: Option<Area>) -> Vec<&'static Rule> {
    let mut found: Vec<&Rule> = rules::all().filter(|rule| only.is_none_or(|area| rule.area == area)).collect();
    found.sort_by_key(|rule| rule.area);
    found
}

/// The rule of an id, or the one that may have been meant.
///
/// # Errors
/// That there is none, with the nearest that there is.
pub fn find(text: &str) -> Result<&'static Rule, Option<&'static Rule>> {
    let lower = text.trim().to_lowercase().replace('_', "-");
    rules::find(&lower).ok_or_else(|| rules::find(nearest(&lower, rules::all().map(|rule| rule.id))?))
}

/// What a rule asks by itself: the bump of a change, the severity of a fault.
pub fn weight(rule: &Rule) -> &'static str {
    match rule.kind {
        Kind::Change { bump, .. } => bump.word(),
        Kind::Policy(severity) | Kind::Lint(severity) => severity.word(),
    }
}

/// The rules of an area, or all: one a line, in paragraphs with the name of the area above.
pub fn list(only: Option<Area>) -> String {
    let found = listed(only);
    let width = found.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let mut out = String::new();
    let mut before = None;
    for rule in found {
        if before != Some(rule.area) {
            out.push_str(if before.is_some() { "\n" } else { "" });
            out.push_str(&format!("{}\n", rule.area.word()));
            before = Some(rule.area);
        }
        out.push_str(&format!("  {:width$}  {:7}  {}\n", rule.id, weight(rule), rule.says));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_are_single_and_kebab() {
        let ids: Vec<&str> = rules::all().map(|rule| rule.id).collect();
        let single: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), single.len(), "two rules have one id");
        assert!(ids.iter().all(|id| crate::model::name::is_kebab(id) && id.to_lowercase() == **id));
    }

    #[test]
    fn words_are_phrases() {
        for rule in rules::all() {
            let says = rule.says;
            assert!(
                !says.is_empty() && !says.ends_with('.') && !says.starts_with(char::is_uppercase),
                "{rule}: {says}"
            );
            for text in [rule.why, rule.fix] {
                assert!(
                    text.ends_with(['.', '?', ')']) && text.starts_with(|first: char| !first.is_lowercase()),
                    "{rule}: {text}"
                );
                assert!(!text.contains("  "), "{rule}: {text}");
            }
            assert!(!rule.examples.is_empty(), "{rule} has no example");
        }
    }

    #[test]
    fn every_area_is_in_the_list_of_areas() {
        for rule in rules::all() {
            assert_eq!(area(rule.area.word()), Some(rule.area));
        }
        assert!(Area::ALL.is_sorted());
    }

    #[test]
    fn finds_what_was_meant() {
        assert_eq!(find("func-added").map(|rule| rule.id), Ok("func-added"));
        assert_eq!(find("Func_Added").map(|rule| rule.id), Ok("func-added"));
        assert_eq!(find("func-aded").map_err(|near| near.map(|rule| rule.id)), Err(Some("func-added")));
        assert_eq!(find("nothing-like-it").map_err(|near| near.map(|rule| rule.id)), Err(None));
    }
}
