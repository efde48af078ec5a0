//! The host's limits. It judges the result and every component inside by itself, and counts some things in all.
//!
//! Above the chosen host's limits is an error; above those of another host that `compose` knows is a warning, since an
//! artifact travels.

use super::super::Facts;
use super::super::diags::{OtherHostRefuses, TooMany};
use super::super::margins;
use crate::diag::Sink;
use crate::model::host::PROFILES;
use crate::model::sizes::Limited;

/// Reports limits that the plan exceeds.
pub(in crate::check) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    // With all candidates in it a plan says nothing about the size of the result.
    if !facts.plan.undecided.is_empty() {
        return;
    }
    let whole = margins::of(facts.plan, facts.components);
    // There are no fewer instances than components in the result's own index spaces.
    for limited in [Limited::Instances, Limited::ModulesAndComponents] {
        judge(facts, None, limited, whole.of(limited), sink);
    }
    for component in margins::embedded(facts.plan, facts.components) {
        let component = facts.components.get(component);
        for limited in Limited::ALL.into_iter().filter(|limited| *limited != Limited::ModulesAndComponents) {
            judge(facts, Some(&component.origin), limited, component.sizes.of(limited), sink);
        }
    }
}

/// Holds a number of the result, or of an input, against the limits.
fn judge(facts: &Facts<'_>, input: Option<&str>, limited: Limited, needed: usize, sink: &mut Sink) {
    let hosts: Vec<_> = PROFILES.iter().map(|profile| profile()).collect();
    if let Some(max) = facts.profile.exceeded(limited, needed) {
        let takes = hosts.iter().find(|host| host.exceeded(limited, needed).is_none()).map(|host| host.name);
        let target = facts.plan.places.target.as_ref();
        sink.report(TooMany { host: facts.profile.name, target, input, limited, needed, max, takes });
        return;
    }
    for other in hosts.iter().filter(|other| other.name != facts.profile.name) {
        if let Some(max) = other.exceeded(limited, needed) {
            sink.report(OtherHostRefuses { host: other.name, input, limited, needed, max });
        }
    }
}
