//! The catalogue of rules, one file for each area.

pub mod alias;
pub mod component;
pub mod enums;
pub mod exception;
pub mod flags;
pub mod function;
pub mod gate;
pub mod interface;
pub mod link;
pub mod lint_capability;
pub mod lint_dependency;
pub mod lint_docs;
pub mod lint_evolution;
pub mod lint_function;
pub mod lint_naming;
pub mod lint_remote;
pub mod lint_unused;
pub mod parameter;
pub mod record;
pub mod resource;
pub mod result;
pub mod stability;
pub mod types;
pub mod uses;
pub mod variant;
pub mod version;
pub mod world;
pub mod world_export;
pub mod world_import;

use super::rule::Rule;

/// Every area with rules, in the order of the manual.
static AREAS: &[&[&Rule]] = &[
    version::RULES,
    interface::RULES,
    function::RULES,
    parameter::RULES,
    result::RULES,
    record::RULES,
    variant::RULES,
    enums::RULES,
    flags::RULES,
    resource::RULES,
    types::RULES,
    alias::RULES,
    uses::RULES,
    world_import::RULES,
    component::RULES,
    world_export::RULES,
    world::RULES,
    gate::RULES,
    stability::RULES,
    link::RULES,
    lint_dependency::RULES,
    lint_docs::RULES,
    lint_evolution::RULES,
    lint_function::RULES,
    lint_naming::RULES,
    lint_unused::RULES,
    lint_capability::RULES,
    lint_remote::RULES,
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
