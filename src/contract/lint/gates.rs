//! Gates (`@since`, `@unstable`) that contradict each other within one contract. The specification forbids these; the reader of
//! WIT accepts them.

use crate::contract::change::ItemPath;
use crate::contract::fault::{Detail, Fault};
use crate::contract::gate::{self, is_unstable};
use crate::contract::rules::stability::{DEPRECATED_VERSION_FUTURE, GATE_INCONSISTENT_USE, SINCE_WEAKER_THAN_PARENT};
use crate::contract::side::Side;
use crate::contract::walk::Walk;
use crate::contract::wit_types::{children, named};
use wit_parser::{Span, Stability, Type};

/// The contradictions, sorted by item and rule.
pub fn gates(side: &Side) -> Vec<Fault> {
    let walk = Walk::new(side);
    let mut faults = Vec::new();
    let mut items: Vec<(&ItemPath, &Stability, Option<&Stability>, Span)> = Vec::new();
    items.extend(walk.interfaces.iter().map(|at| (&at.path, &at.def.stability, None, at.def.span)));
    items.extend(walk.worlds.iter().map(|at| (&at.path, &at.def.stability, None, at.def.span)));
    items.extend(walk.functions.iter().map(|at| (&at.path, &at.def.stability, Some(at.parent), at.def.span)));
    let own = walk.types.iter().filter(|ty| ty.used(walk.resolve()).is_none());
    items.extend(own.map(|at| (&at.path, &at.def.stability, Some(at.parent), at.def.span)));
    for (path, stability, parent, span) in items {
        let fault = |rule| Fault::new(rule, path.clone(), walk.said(path, span));
        if let Some(parent) = parent.filter(|parent| is_weaker(stability, parent)) {
            let against = gate::written(parent).unwrap_or_default();
            faults
                .push(fault(&SINCE_WEAKER_THAN_PARENT).with(Detail::Gates { has: gate::written(stability), against }));
        }
        if let (Some(deprecated), Some(version)) = (gate::deprecated(stability), walk.version(path))
            && deprecated > version
        {
            let has = Some(format!("@deprecated(version = {deprecated})"));
            let detail = Detail::Gates { has, against: version.to_string() };
            faults.push(fault(&DEPRECATED_VERSION_FUTURE).with(detail));
        }
    }
    uses(&walk, &mut faults);
    super::sorted(faults)
}

/// Whether an item says that it was there before what it is in, or is stable in what is not.
fn is_weaker(item: &Stability, parent: &Stability) -> bool {
    match (item, parent) {
        (Stability::Stable { since, .. }, Stability::Stable { since: around, .. }) => since < around,
        (Stability::Stable { .. }, Stability::Unstable { .. }) => true,
        _ => false,
    }
}

/// Items that speak of types which they could be there without.
fn uses(walk: &Walk<'_>, faults: &mut Vec<Fault>) {
    let resolve = walk.resolve();
    let functions = walk
        .functions
        .iter()
        .map(|at| (&at.path, [&at.def.stability, at.parent], at.def.span, at.written_types().collect::<Vec<Type>>()));
    let types =
        walk.types.iter().map(|at| (&at.path, [&at.def.stability, at.parent], at.def.span, children(&at.def.kind)));
    for (path, own, span, types) in functions.chain(types) {
        for ty in named(resolve, types) {
            let of = &resolve.types[ty].stability;
            let Some(item) = walk.side.type_path(ty).filter(|item| item.package == path.package) else { continue };
            let unstable = is_unstable(of) && !own.into_iter().any(is_unstable);
            let later = match (own.into_iter().find_map(gate::since), of) {
                (Some(since), Stability::Stable { since: of, .. }) => since < of,
                _ => false,
            };
            if unstable || later {
                let detail = Detail::Gates {
                    has: own.into_iter().find_map(gate::written),
                    against: format!("{item} {}", gate::written(of).unwrap_or_default()),
                };
                faults.push(Fault::new(&GATE_INCONSISTENT_USE, path.clone(), walk.said(path, span)).with(detail));
            }
        }
    }
}
