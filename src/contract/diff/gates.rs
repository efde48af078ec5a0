//! Gates: what became stable or unstable, and that unstable items are free to change.

use super::interface::{self, Body};
use super::usage::is_unstable;
use super::{Differ, Which};
use crate::contract::change::{Change, ItemPath, Said};
use crate::contract::rule::{Bump, Effect};
use crate::contract::rules::{gate as rules, interface as interfaces};
use wit_parser::{InterfaceId, Stability};

/// Whether an item of a body is there only with a feature.
pub(super) fn is_unstable_in(body: &Body, which: Which, own: &Stability) -> bool {
    body.unstable[which as usize] || is_unstable(own)
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

/// Replaces what was told of an item since `start` by what its gates say, where they say something.
pub(super) fn item(
    differ: &mut Differ<'_>,
    body: &Body,
    item: &ItemPath,
    (old, new): (&Stability, &Stability),
    said: impl FnOnce(&Differ<'_>) -> [Option<Said>; 2],
    start: usize,
) {
    let rule = match (is_unstable(old), is_unstable(new)) {
        (true, false) => &rules::UNSTABLE_TO_STABLE,
        // What changes besides is told too: it was promised.
        (false, true) if !body.unstable[0] => {
            let [was, is] = said(differ);
            differ.push(&rules::STABLE_TO_UNSTABLE, item.clone(), was, is);
            return;
        }
        _ if is_unstable_in(body, Which::Old, old) && differ.changes.len() > start => &rules::UNSTABLE_ITEM_CHANGED,
        _ => return,
    };
    let [was, is] = said(differ);
    differ.changes.truncate(start);
    differ.push(rule, item.clone(), was, is);
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
