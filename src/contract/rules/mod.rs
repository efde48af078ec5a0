//! The catalogue of rules, one file for each area.

pub mod alias;
pub mod enums;
pub mod flags;
pub mod function;
pub mod gate;
pub mod interface;
pub mod parameter;
pub mod record;
pub mod resource;
pub mod result;
pub mod types;
pub mod uses;
pub mod variant;
pub mod world;
pub mod world_export;
pub mod world_import;

use super::rule::Rule;

/// Every area with rules, in the order of the manual.
static AREAS: &[&[&Rule]] = &[
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
    world_export::RULES,
    world::RULES,
    gate::RULES,
];

/// Every rule, in the order of the manual.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    AREAS.iter().flat_map(|rules| rules.iter().copied())
}

/// The rule of an id.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}
