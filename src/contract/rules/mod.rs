//! The catalogue of rules, one file for each area.

pub mod exception;
pub mod function;
pub mod link;
pub mod lint_capability;
pub mod lint_dependency;
pub mod lint_docs;
pub mod lint_evolution;
pub mod lint_function;
pub mod lint_naming;
pub mod lint_remote;
pub mod lint_unused;
pub mod stability;
pub mod version;

use super::rule::Rule;

/// Every area with rules, in the order of the manual.
static AREAS: &[&[&Rule]] = &[
    version::RULES,
    function::RULES,
    stability::RULES,
    lint_dependency::RULES,
    lint_docs::RULES,
    lint_evolution::RULES,
    lint_function::RULES,
    lint_naming::RULES,
    lint_unused::RULES,
    lint_capability::RULES,
    lint_remote::RULES,
    link::RULES,
    exception::RULES,
];

/// Every rule, in the order of the manual.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    AREAS.iter().flat_map(|rules| rules.iter().copied())
}

/// The rule of an id.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}
