//! Lint: faults of one contract by itself, and of what a component asks for.
//!
//! Everything is judged from what stands in the files. What needs a judgement of who uses the contract is only looked at
//! where the user says so: rules about links over a network ask interfaces that are named remote, those about what a
//! component may do ask components. Some rules are matters of taste and asked only on demand ([`is_pedantic`]).
//!
//! A component has no documentation and no gates, and what it imports is another team's: of a component only what it
//! exports is judged as a contract.

mod capability;
mod dependency;
pub mod diags;
mod docs;
mod drift;
mod evolution;
mod function;
mod gates;
mod keywords;
mod naming;
mod remote;
#[cfg(test)]
mod tests;
mod unused;

pub use drift::drift;
pub use gates::gates;

use super::fault::{Fault, gathered};
use super::rule::{Kind, Rule};
use super::rules::{lint_docs, lint_evolution, lint_function, lint_naming};
use super::side::Side;
use super::walk::Walk;
use crate::model::item_pattern::ItemPattern;
use wit_parser::WorldId;

/// What is asked of a contract.
#[derive(Debug, Clone, Default)]
pub struct LintOptions {
    /// Interfaces that may be reached over a network.
    pub remote: Vec<ItemPattern>,
    /// Capabilities that a component may have.
    pub capabilities: Vec<ItemPattern>,
    /// Whether rules of taste are asked too.
    pub pedantic: bool,
    /// Whether a lockfile names the dependencies; `None` if that cannot be known.
    pub locked: Option<bool>,
}

/// A component, and the world that it was made for.
#[derive(Debug, Clone, Copy)]
pub struct Binary<'a> {
    /// The component.
    pub side: &'a Side,
    /// The world of the contract.
    pub world: WorldId,
}

/// Rules of taste, and those that speak of nearly every contract.
static PEDANTIC: &[&Rule] = &[
    &lint_docs::MISSING_TYPE,
    &lint_docs::MISSING_CASE,
    &lint_naming::BOOL_PARAM,
    &lint_naming::RESERVED_PREFIX,
    &lint_evolution::INTERFACE_MIXES,
    &lint_evolution::TYPE_INLINE_DUPLICATE,
    &lint_function::SYNC_FUNC_BLOCKS,
];

/// Whether a rule is asked only on demand.
pub fn is_pedantic(rule: &Rule) -> bool {
    PEDANTIC.contains(&rule)
}

/// Whether a rule is about one contract by itself.
pub fn is_lint(rule: &Rule) -> bool {
    matches!(rule.kind, Kind::Lint(_))
}

/// The faults of a contract or of a component, sorted by item and rule.
pub fn run(side: &Side, binary: Option<Binary<'_>>, options: &LintOptions) -> Vec<Fault> {
    let walk = Walk::new(side);
    let mut faults = Vec::new();
    remote::check(&walk, options, &mut faults);
    evolution::check(&walk, &mut faults);
    naming::check(&walk, &mut faults);
    function::check(&walk, &mut faults);
    if side.component.is_some() {
        capability::wide(side, options, &mut faults);
    } else {
        docs::check(&walk, &mut faults);
        unused::check(&walk, &mut faults);
        dependency::check(&walk, options, &mut faults);
        faults.extend(gates(side));
    }
    if let Some(binary) = binary {
        capability::against_world(side, binary, &mut faults);
        dependency::used_by(side, binary, &mut faults);
    }
    faults.retain(|fault| options.pedantic || !is_pedantic(fault.rule));
    sorted(gathered(faults, &lint_docs::SINCE_MISSING))
}

/// In the order of reports, each once.
pub(super) fn sorted(mut faults: Vec<Fault>) -> Vec<Fault> {
    Fault::sort(&mut faults);
    faults.dedup_by(|one, other| one.rule == other.rule && one.item == other.item && one.new == other.new);
    faults
}
