//! The host's limits: instances in one index space, and modules and components in all.
//!
//! Above the chosen host's limits is an error; above those of another host that `compose` knows is a warning, since an
//! artifact travels.

use super::super::Facts;
use super::super::diags::{OtherHostRefuses, TooManyComponents, TooManyInstances};
use super::super::margins;
use crate::diag::Sink;
use crate::model::host::PROFILES;

/// Reports limits that the plan exceeds.
pub(in crate::check) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    // With all candidates in it a plan says nothing about the size of the result.
    if !facts.plan.undecided.is_empty() {
        return;
    }
    let target = facts.plan.places.target.as_ref();
    let own = margins::of(facts.plan, facts.components, facts.profile);
    if own.instances > own.max_instances {
        let (needed, max) = (own.instances, own.max_instances);
        sink.report(TooManyInstances { host: facts.profile.name, target, needed, max });
    }
    if let Some(max) = own.max_modules_and_components.filter(|max| own.modules_and_components > *max) {
        sink.report(TooManyComponents { host: facts.profile.name, target, needed: own.modules_and_components, max });
    }
    for other in PROFILES.iter().map(|profile| profile()).filter(|other| other.name != facts.profile.name) {
        let margins = margins::of(facts.plan, facts.components, &other);
        let above = |needed: usize, max: usize| needed > max;
        if above(margins.instances, margins.max_instances) && !above(own.instances, own.max_instances) {
            let (what, needed, max) = ("instances", margins.instances, margins.max_instances);
            sink.report(OtherHostRefuses { host: other.name, what, needed, max });
        }
        let fits_here = own.max_modules_and_components.is_none_or(|max| !above(own.modules_and_components, max));
        if let Some(max) = margins.max_modules_and_components
            && above(margins.modules_and_components, max)
            && fits_here
        {
            let (what, needed) = ("modules and components", margins.modules_and_components);
            sink.report(OtherHostRefuses { host: other.name, what, needed, max });
        }
    }
}
