//! From a plan to a checked plan: whether what was resolved can be built, and whether the chosen host takes it.
//!
//! Rules stand one to a file in `rules/`, listed in `rules::RULES`; each looks at the whole plan and reports. A
//! [`CheckedPlan`] comes only from a sink without errors, whichever stage they came from: this is the gate before linking.

pub(crate) mod diags;
pub mod margins;
mod rules;
pub mod target;
pub mod world;

use crate::diag::Sink;
use crate::model::component::Components;
use crate::model::host::HostProfile;
use crate::model::plan::Plan;
use crate::types::identity::{Identity, judge};

/// A plan that may be linked, with what is known of its resources.
#[derive(Debug)]
pub struct CheckedPlan<'p> {
    plan: &'p Plan,
    identity: Identity,
}

impl<'p> CheckedPlan<'p> {
    /// The plan.
    pub fn plan(&self) -> &'p Plan {
        self.plan
    }

    /// Who owns the plan's resources.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }
}

/// What the rules look at.
struct Facts<'f> {
    plan: &'f Plan,
    components: &'f Components,
    profile: &'f HostProfile,
    identity: &'f Identity,
}

/// Applies every rule; gives the checked plan if there is no error in the sink, from here or from before.
pub fn run<'p>(
    plan: &'p Plan,
    components: &Components,
    profile: &HostProfile,
    sink: &mut Sink,
) -> Option<CheckedPlan<'p>> {
    let identity = judge(plan, components);
    let facts = Facts { plan, components, profile, identity: &identity };
    for rule in rules::RULES {
        rule(&facts, sink);
    }
    (!sink.has_errors()).then_some(CheckedPlan { plan, identity })
}

#[cfg(test)]
mod tests;
