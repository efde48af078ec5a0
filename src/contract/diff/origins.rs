//! Types whose resources come from elsewhere, or are found through other interfaces.
//!
//! Whom that breaks is a matter of where a compiled component has each resource from. It asks for it by the name that its
//! home has for it, and of the interfaces on its way; whoever offers the type must have all of these, and the same resource
//! under that name.

use super::Differ;
use super::kinds::Both;
use crate::contract::rule::{Effect, Effects};
use crate::contract::rules::resource::RESOURCE_ORIGIN_MOVED;
use crate::contract::wit_types::{children, ground, holds_resource, id_of, needed, reached};
use std::collections::HashSet;
use wit_parser::{Handle, InterfaceId, Resolve, Type, TypeDefKind, TypeId, TypeOwner};

/// Whether the resources of a type, though the same, are found through other interfaces.
pub(super) fn are_led_elsewhere(differ: &Differ<'_>, old: TypeId, new: TypeId) -> bool {
    holds_resource(differ.before(), old) && found(differ, old, new, &[]).is_some_and(|found| found != [true; 2])
}

/// A resource that is declared elsewhere now, or a type that is the same but for those in it.
pub(super) fn moved(differ: &mut Differ<'_>, both: &Both, old: TypeId, new: TypeId) {
    let found = found(differ, old, new, &resources(differ, old, new));
    let change = differ.push(&RESOURCE_ORIGIN_MOVED, both.item.clone(), both.old.clone(), both.new.clone());
    if let Some([old_finds, new_finds]) = found {
        let broken = |finds| if finds { Effect::Fine } else { Effect::Breaks };
        let Effects { old_consumer, new_consumer, old_provider, host, .. } = &mut change.effects;
        (*old_consumer, *host) = (broken(old_finds), broken(old_finds));
        (*new_consumer, *old_provider) = (broken(new_finds), broken(new_finds));
    }
}

/// Whether the old side finds its resources in what the new one offers, and the other way round. `None` outside of interfaces.
fn found(differ: &Differ<'_>, old: TypeId, new: TypeId, resources: &[(TypeId, TypeId)]) -> Option<[bool; 2]> {
    let (before, after) = (differ.before(), differ.after());
    let TypeOwner::Interface(one) = before.types[old].owner else { return None };
    let TypeOwner::Interface(other) = after.types[new].owner else { return None };
    let same = |was: InterfaceId, is: InterfaceId| {
        differ.became(was) == Some(is) && before.interfaces[was].name == after.interfaces[is].name
    };
    let (was, is) = (needed(before, one), needed(after, other));
    let in_new = |id: InterfaceId| is.iter().copied().find(|is| same(id, *is));
    let in_old = |id: InterfaceId| was.iter().copied().find(|was| same(*was, id));
    let old_finds = homes(before, old).into_iter().all(|home| in_new(home).is_some())
        && resources.iter().all(|(was, is)| is_under_its_name(before, *was, in_new, after, *is));
    let new_finds = homes(after, new).into_iter().all(|home| in_old(home).is_some())
        && resources.iter().all(|(was, is)| is_under_its_name(after, *is, in_old, before, *was));
    Some([old_finds, new_finds])
}

/// The interfaces through which a type leads to its resources.
fn homes(resolve: &Resolve, ty: TypeId) -> Vec<InterfaceId> {
    let types = reached(resolve, [Type::Id(ty)]).into_iter().filter_map(id_of);
    types.filter(|ty| holds_resource(resolve, *ty)).filter_map(|ty| home(resolve, ty)).collect()
}

fn home(resolve: &Resolve, ty: TypeId) -> Option<InterfaceId> {
    match resolve.types[ty].owner {
        TypeOwner::Interface(id) => Some(id),
        TypeOwner::World(_) | TypeOwner::None => None,
    }
}

/// Whether the interface that is a resource's home has, on the other side, that other resource under its name.
fn is_under_its_name(
    resolve: &Resolve,
    resource: TypeId,
    there: impl Fn(InterfaceId) -> Option<InterfaceId>,
    others: &Resolve,
    other: TypeId,
) -> bool {
    let named = || {
        let interface = &others.interfaces[there(home(resolve, resource)?)?];
        interface.types.get(resolve.types[resource].name.as_ref()?).copied()
    };
    named().is_some_and(|found| ground(others, found) == other)
}

/// The resources of two types that differ by nothing else, each with the one in its place.
fn resources(differ: &Differ<'_>, old: TypeId, new: TypeId) -> Vec<(TypeId, TypeId)> {
    let (before, after) = (differ.before(), differ.after());
    let (mut left, mut seen, mut found) = (vec![(Type::Id(old), Type::Id(new))], HashSet::new(), Vec::new());
    while let Some((was, is)) = left.pop() {
        let (Some(was), Some(is)) = (behind(before, was), behind(after, is)) else { continue };
        if !seen.insert((was, is)) {
            continue;
        }
        match (&before.types[was].kind, &after.types[is].kind) {
            (TypeDefKind::Resource, TypeDefKind::Resource) => found.push((was, is)),
            (one, other) => left.extend(children(one).into_iter().zip(children(other))),
        }
    }
    found
}

/// What a type is behind its names, where a resource that is owned is one.
fn behind(resolve: &Resolve, ty: Type) -> Option<TypeId> {
    let mut id = id_of(ty)?;
    loop {
        id = match resolve.types[id].kind {
            TypeDefKind::Type(of) => id_of(of)?,
            TypeDefKind::Handle(Handle::Own(of)) => of,
            _ => return Some(id),
        };
    }
}
