//! Gates: what became stable or unstable, and that unstable items are free to change.

use super::interface::{self, Body};
use super::kinds::Both;
use super::{Differ, Which};
use crate::contract::change::{Change, ItemPath, Said};
use crate::contract::gate::is_unstable;
use crate::contract::rule::{Bump, Effect, Effects};
use crate::contract::rules::{gate as rules, interface as interfaces};
use wit_parser::{Function, InterfaceId, Stability, TypeId};

/// Whether an item of a body is there only with a feature.
pub(super) fn is_unstable_in(body: &Body, which: Which, own: &Stability) -> bool {
    body.unstable[which as usize] || is_unstable(own)
}

/// Whether a function is there only with a feature: one of its own, or that of what it is in.
pub(super) fn is_unstable_function(differ: &Differ<'_>, body: &Body, which: Which, function: &Function) -> bool {
    is_around(differ, body, which, function) || is_unstable(&function.stability)
}

/// Whether what a function is in is there only with a feature.
pub(super) fn is_around(differ: &Differ<'_>, body: &Body, which: Which, function: &Function) -> bool {
    let of = function.kind.resource().map(|of| &differ.resolve(which).types[of].stability);
    body.unstable[which as usize] || of.is_some_and(is_unstable)
}

/// Something unstable came: nobody without the feature sees it.
pub(super) fn free(change: &mut Change) {
    change.bump = Bump::Patch;
    let effects = &mut change.effects;
    for effect in [&mut effects.old_provider, &mut effects.provider_source] {
        if *effect == Effect::Breaks {
            *effect = Effect::IfUsed;
        }
    }
}

/// Replaces what was told of an item since `start` by what its gates say, where they say something. `around` is whether what
/// it is in needs a feature, before and after.
pub(super) fn item(
    differ: &mut Differ<'_>,
    around: [bool; 2],
    item: &ItemPath,
    (old, new): (&Stability, &Stability),
    said: impl FnOnce(&Differ<'_>) -> [Option<Said>; 2],
    start: usize,
) {
    let rule = match (is_unstable(old), is_unstable(new)) {
        // As long as what it is in needs a feature, so does the item.
        (true, false) if !around[1] => &rules::UNSTABLE_TO_STABLE,
        // What changes besides is told too: it was promised.
        (false, true) if !around[0] => {
            let [was, is] = said(differ);
            // Who asks for all that is stable asks for it no more.
            for change in &mut differ.changes[start..] {
                change.effects.old_provider = change.effects.old_provider.min(Effect::IfUsed);
            }
            differ.push(&rules::STABLE_TO_UNSTABLE, item.clone(), was, is);
            return;
        }
        (was, _) if (around[0] || was) && differ.changes.len() > start => &rules::UNSTABLE_ITEM_CHANGED,
        _ => return,
    };
    let [was, is] = said(differ);
    let told: Vec<Change> = differ.changes.drain(start..).collect();
    let change = differ.push(rule, item.clone(), was, is);
    if rule == &rules::UNSTABLE_ITEM_CHANGED {
        change.effects = Effects::NONE;
    }
    for also in told {
        // Who had turned the feature on meets what else changed; nobody else had the item.
        let (effects, also) = (&mut change.effects, also.effects);
        for (effect, also) in [
            (&mut effects.old_consumer, also.old_consumer),
            (&mut effects.new_consumer, also.new_consumer),
            (&mut effects.old_provider, also.old_provider),
            (&mut effects.host, also.host),
            (&mut effects.consumer_source, also.consumer_source),
            (&mut effects.provider_source, also.provider_source),
        ] {
            *effect = (*effect).max(also.min(Effect::IfUsed));
        }
    }
}

/// The gate of a type, which says nothing of links while something stable speaks of the type.
pub(super) fn of_type(differ: &mut Differ<'_>, body: &Body, both: &Both, (old, new): (TypeId, TypeId), start: usize) {
    let (was, is) = (&differ.before().types[old].stability, &differ.after().types[new].stability);
    let rule = match (is_unstable(was), is_unstable(is)) {
        (true, false) if differ.usage[0].stays(old) => Some(&rules::UNSTABLE_TO_STABLE),
        (false, true) if differ.usage[1].stays(new) => Some(&rules::STABLE_TO_UNSTABLE),
        _ => None,
    };
    if let Some(rule) = rule.filter(|_| body.unstable == [false; 2]) {
        let change = differ.push(rule, both.item.clone(), both.old.clone(), both.new.clone());
        let Effects { consumer_source, provider_source, .. } = change.effects;
        change.effects = Effects { consumer_source, provider_source, ..Effects::NONE };
        return;
    }
    let said = |_: &Differ<'_>| [both.old.clone(), both.new.clone()];
    item(differ, body.unstable, &both.item, (was, is), said, start);
}

/// The gate of a whole interface.
pub(super) fn interface(differ: &mut Differ<'_>, old: InterfaceId, new: InterfaceId) {
    let before = is_unstable(&differ.before().interfaces[old].stability);
    let after = is_unstable(&differ.after().interfaces[new].stability);
    let rule = match (before, after) {
        (false, true) => &interfaces::INTERFACE_GATED_UNSTABLE,
        (true, false) => &interfaces::INTERFACE_STABILISED,
        _ => return,
    };
    let Some(item) = differ.side(Which::Old).interface_path(old) else { return };
    let (was, is) = (interface::said(differ, Which::Old, old), interface::said(differ, Which::New, new));
    differ.push(rule, item, was, is);
}
