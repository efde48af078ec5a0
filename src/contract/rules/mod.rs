//! The catalogue of rules, one file for each area.

pub mod function;
pub mod link;

use super::rule::Rule;

/// Every area with rules, in the order of the manual.
static AREAS: &[&[&Rule]] = &[function::RULES, link::RULES];

/// Every rule, in the order of the manual.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    AREAS.iter().flat_map(|rules| rules.iter().copied())
}

/// The rule of an id.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}
