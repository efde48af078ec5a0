//! Whether the result conforms to the world that the manifest names: it imports no more than the world offers, and
//! exports at least what the world asks for.
//!
//! Names match as wires do, by interface and version track; the types by shape. Everything that differs is reported.

use super::diags::{Breach, WorldBreach};
use crate::diag::Sink;
use crate::model::component::{item_interface, item_name};
use crate::types::fit::{View, fits};
use crate::types::shape::{Item, Shape, Side};

/// Reports where `result` does not conform to `target`, a world called `world`.
pub fn conforms(result: &Shape, target: &Shape, world: &str, sink: &mut Sink) {
    for (name, item) in &result.imports {
        // What only names value types asks nothing of the host.
        if !result.is_types_only(&item.entity) {
            judge(Side::Import, (target, result), (name, item), world, sink);
        }
    }
    for (name, item) in &target.exports {
        judge(Side::Export, (result, target), (name, item), world, sink);
    }
}

/// Looks for what fills `wanted` of the second shape among the first one's items of that side.
fn judge(side: Side, (offering, asking): (&Shape, &Shape), wanted: (&str, &Item), world: &str, sink: &mut Sink) {
    let (name, item) = wanted;
    let offered = offering.side(side).iter().find(|(other_name, other)| same(name, item, other_name, other));
    let breach = match offered {
        None => Breach::Missing,
        Some((other_name, other)) => {
            let plug = View { shape: offering, entity: &other.entity };
            match fits(plug, View { shape: asking, entity: &item.entity }) {
                Ok(_) => return,
                Err(mismatch) => Breach::Differs(item_name(other_name, other).to_string(), mismatch),
            }
        }
    };
    sink.report(WorldBreach { side, name: &item_name(name, item).to_string(), world, breach });
}

fn same(name: &str, item: &Item, other_name: &str, other: &Item) -> bool {
    if name == other_name {
        return true;
    }
    let labelled = item.attrs.implements.is_some() || other.attrs.implements.is_some();
    match (item_interface(name, item), item_interface(other_name, other)) {
        (Some(one), Some(two)) => !labelled && one.same_track(&two),
        _ => false,
    }
}
