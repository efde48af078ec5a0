//! Functions and types that stand in another order. To everybody but a reader it is the same; what components say of their
//! order is their encoder's affair, and worlds are sets.

use super::interface::Body;
use super::pairs::Met;
use super::{Differ, Which};
use crate::contract::change::ItemPath;
use crate::contract::rule::Rule;
use crate::contract::rules::{function, types};
use std::collections::BTreeMap;
use wit_parser::{Function, Span, TypeId, TypeOwner};

/// Tells of a body whose functions stand in another order: those of the interface, and those of each resource.
pub(super) fn functions(differ: &mut Differ<'_>, body: &Body, both: &[(&Function, &Function)]) {
    let mut homes: BTreeMap<Option<TypeId>, Vec<(&Function, &Function)>> = BTreeMap::new();
    for (old, new) in both {
        let (of, is) = (old.kind.resource(), new.kind.resource());
        if of.is_some() == is.is_some() {
            homes.entry(of).or_default().push((old, new));
        }
    }
    for (of, mut both) in homes {
        // The place of a function is where it is written: its spans are of one text as long as its interface is.
        let old = both.iter().map(|(old, _)| name(old)).collect::<Vec<_>>();
        both.sort_by_key(|(_, new)| position(differ, body, new));
        let new = both.iter().map(|(old, _)| name(old)).collect::<Vec<_>>();
        let resource = of.and_then(|of| differ.before().types[of].name.clone());
        let item = resource.map_or_else(|| body.paths[0].clone(), |name| body.paths[0].below(name));
        tell(differ, body, &function::FUNC_REORDERED, item, [old, new]);
    }
}

/// Tells of a body whose types stand in another order.
pub(super) fn types(differ: &mut Differ<'_>, body: &Body) {
    let name = |differ: &Differ<'_>, id: TypeId| differ.before().types[id].name.clone().unwrap_or_default();
    let place = |which: Which| -> BTreeMap<TypeId, usize> {
        body.named(differ, which).into_iter().enumerate().map(|(at, (_, id))| (id, at)).collect()
    };
    let places = [place(Which::Old), place(Which::New)];
    let both = body.types.iter().filter_map(|met| match *met {
        Met::Both(one, other) | Met::Renamed(one, other) => {
            Some((*places[0].get(&one)?, *places[1].get(&other)?, name(differ, one)))
        }
        Met::Removed(_) | Met::Added(_) => None,
    });
    let mut both: Vec<(usize, usize, String)> = both.collect();
    both.sort();
    let old = both.iter().map(|it| it.2.clone()).collect();
    both.sort_by_key(|it| it.1);
    let new = both.into_iter().map(|it| it.2).collect();
    tell(differ, body, &types::TYPE_REORDERED, body.paths[0].clone(), [old, new]);
}

fn name(function: &Function) -> String {
    function.item_name().to_owned()
}

fn position(differ: &Differ<'_>, body: &Body, function: &Function) -> Option<usize> {
    let TypeOwner::Interface(id) = body.owners[1] else { return None };
    differ.after().interfaces[id].functions.get_index_of(&function.name)
}

fn tell(differ: &mut Differ<'_>, body: &Body, rule: &'static Rule, item: ItemPath, [old, new]: [Vec<String>; 2]) {
    let (TypeOwner::Interface(one), TypeOwner::Interface(other)) = (body.owners[0], body.owners[1]) else { return };
    if old == new || differ.sides.iter().any(|side| side.component.is_some()) {
        return;
    }
    let span = |which: Which, names: &[String], span: Span| differ.said(which, names.join(", "), span);
    let was = span(Which::Old, &old, differ.before().interfaces[one].span);
    let is = span(Which::New, &new, differ.after().interfaces[other].span);
    differ.push(rule, item, was, is);
}
