//! One type with a name: what it was and what it is.

use super::interface::Body;
use super::kinds::{self, Both};
use super::reference::{self, is_nominal};
use super::{Differ, Which, gates, origins, text};
use crate::contract::change::ItemPath;
use crate::contract::gate::is_unstable;
use crate::contract::rule::{Area, Bump, Effect, Rule};
use crate::contract::rules::{alias, gate, record, resource, types as rules, uses, world};
use crate::contract::wit_types::ground;
use wit_parser::{Handle, Resolve, Type, TypeDefKind, TypeId};

/// How a type is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// `use other.{r}`.
    Use,
    /// `type a = …`.
    Alias,
    Record,
    Variant,
    Enum,
    Flags,
    Resource,
}

pub(super) fn form(resolve: &Resolve, id: TypeId) -> Form {
    let def = &resolve.types[id];
    match &def.kind {
        TypeDefKind::Type(Type::Id(target)) if resolve.types[*target].owner != def.owner => {
            // Types without names are owned by nobody.
            if resolve.types[*target].name.is_some() { Form::Use } else { Form::Alias }
        }
        TypeDefKind::Record(_) => Form::Record,
        TypeDefKind::Variant(_) => Form::Variant,
        TypeDefKind::Enum(_) => Form::Enum,
        TypeDefKind::Flags(_) => Form::Flags,
        TypeDefKind::Resource => Form::Resource,
        _ => Form::Alias,
    }
}

/// The path of a type by its name on one side.
fn path(differ: &Differ<'_>, which: Which, body: &Body, id: TypeId) -> ItemPath {
    body.paths[which as usize].below(differ.resolve(which).types[id].name.as_deref().unwrap_or_default())
}

/// Everything that changed in a type that both sides have.
pub(super) fn compare(differ: &mut Differ<'_>, body: &Body, old: TypeId, new: TypeId) {
    let (was, is) = (&differ.before().types[old], &differ.after().types[new]);
    let gated = is_unstable(&was.stability) == is_unstable(&is.stability);
    if was.name == is.name
        && was.external_id == is.external_id
        && gated
        && differ.names.definition(Which::Old, old) == differ.names.definition(Which::New, new)
    {
        return;
    }
    let start = differ.changes.len();
    let both = kinds::both(differ, path(differ, Which::Old, body, old), old, new);
    if was.name != is.name {
        let rule = match form(differ.before(), old) {
            Form::Use => &uses::USE_RENAMED,
            Form::Alias => &alias::ALIAS_RENAMED,
            Form::Record => &record::RECORD_RENAMED,
            Form::Resource => &resource::RESOURCE_RENAMED,
            Form::Variant | Form::Enum | Form::Flags => &rules::TYPE_RENAMED,
        };
        differ.push(rule, both.item.clone(), both.old.clone(), both.new.clone());
    }
    if was.external_id != is.external_id {
        differ.push(&rules::TYPE_EXTERNAL_ID_CHANGED, both.item.clone(), both.old.clone(), both.new.clone());
    }
    contents(differ, &both, old, new);
    if body.is_world() {
        fold(differ, start, &both, &world::WORLD_TYPE_CHANGED, Area::Docs);
    } else if !used(differ, old) && form(differ.before(), old) != Form::Resource {
        // A handle may be dropped by whoever has one, so a resource is used without any function.
        let breaking = |change: &crate::contract::change::Change| change.effects.old_consumer == Effect::Breaks;
        if differ.changes[start..].iter().any(breaking) {
            let old_provider = old_provider(differ, start);
            let new_consumer = differ.changes[start..].iter().map(|change| change.effects.new_consumer).max();
            let is_used = differ.usage[1].is_used(new);
            fold(differ, start, &both, &rules::TYPE_UNUSED_CHANGED, Area::Use);
            for change in &mut differ.changes[start..] {
                change.effects.old_provider = old_provider;
                // What used the same type from elsewhere may use this one now.
                let new_consumer = new_consumer.filter(|_| is_used).unwrap_or(Effect::Fine);
                change.effects.new_consumer = new_consumer.min(Effect::IfUsed);
            }
        }
    } else if !used_by_stable(differ, old, new) {
        for change in &mut differ.changes[start..] {
            only_if_used(change);
        }
    }
    let old_provider = old_provider(differ, start);
    gates::of_type(differ, body, &both, (old, new), start);
    if used_by_stable(differ, old, new) {
        // Something that nobody needs a feature for asks for it.
        for change in &mut differ.changes[start..] {
            change.effects.old_provider = change.effects.old_provider.max(old_provider);
        }
    }
    if differ.changes.len() == start {
        return;
    }
    let reaches = reaches(differ, &both.item, old, new);
    for change in &mut differ.changes[start..] {
        change.reaches.clone_from(&reaches);
    }
    differ.follow(start, &both.item, &path(differ, Which::New, body, new));
}

/// Replaces all changes from `start` on by one, if there are any besides those of an area.
fn fold(differ: &mut Differ<'_>, start: usize, both: &Both, rule: &'static Rule, but: Area) {
    if differ.changes[start..].iter().any(|change| change.rule.area != but) {
        differ.changes.truncate(start);
        differ.push(rule, both.item.clone(), both.old.clone(), both.new.clone());
    }
}

/// What all changes from `start` on do to providers compiled before.
fn old_provider(differ: &Differ<'_>, start: usize) -> Effect {
    differ.changes[start..].iter().map(|change| change.effects.old_provider).max().unwrap_or(Effect::Fine)
}

/// What breaks everybody breaks those who have the feature.
fn only_if_used(change: &mut crate::contract::change::Change) {
    for effect in [&mut change.effects.old_consumer, &mut change.effects.new_consumer, &mut change.effects.host] {
        if *effect == Effect::Breaks {
            *effect = Effect::IfUsed;
        }
    }
}

/// A type matters to compiled consumers if functions of the old side speak of it: what is used only from here on is in no
/// old binary, and the functions that use it are changes themselves.
fn used(differ: &Differ<'_>, old: TypeId) -> bool {
    differ.usage[0].is_used(old)
}

fn used_by_stable(differ: &Differ<'_>, old: TypeId, new: TypeId) -> bool {
    differ.usage[0].is_used_by_stable(old) && (differ.usage[1].is_used_by_stable(new) || !differ.usage[1].is_used(new))
}

/// Others who speak of the type.
pub(super) fn reaches(differ: &Differ<'_>, item: &ItemPath, old: TypeId, new: TypeId) -> Vec<String> {
    let mut places = differ.reach[0].from([old]);
    places.extend(differ.reach[1].from([new]));
    let own = item.interface();
    places.into_iter().filter(|place| Some(place) != own.as_ref()).collect()
}

/// What the declarations say besides the name.
pub(super) fn contents(differ: &mut Differ<'_>, both: &Both, old: TypeId, new: TypeId) {
    if differ.names.definition(Which::Old, old) == differ.names.definition(Which::New, new) {
        return;
    }
    let forms = (form(differ.before(), old), form(differ.after(), new));
    let (was, is) = (ground(differ.before(), old), ground(differ.after(), new));
    let (was_kind, is_kind) = (&differ.before().types[was].kind, &differ.after().types[is].kind);
    let same = differ.names.structure(Which::Old, Type::Id(old)) == differ.names.structure(Which::New, Type::Id(new));
    let handles = [was_kind, is_kind].map(|kind| matches!(kind, TypeDefKind::Handle(Handle::Own(_))));
    let rule: &'static Rule = match forms {
        _ if same && handles[0] == handles[1] => match forms {
            (Form::Use, _) | (_, Form::Use) if origins::are_led_elsewhere(differ, old, new) => {
                return origins::moved(differ, both, old, new);
            }
            (_, Form::Use) => &uses::USE_SOURCE_MOVED_VALUE,
            (Form::Use, _) => &uses::USE_SOURCE_INLINED,
            (one, other) if one == other && one != Form::Alias => {
                return inside(differ, both, (old, new));
            }
            _ => {
                let types = (types_of(was_or(differ.before(), old)), types_of(was_or(differ.after(), new)));
                let said = (both.old.clone(), both.new.clone());
                return reference::respelled(
                    differ,
                    &both.item,
                    (&types.0, &types.1),
                    &said,
                    &alias::ALIAS_TARGET_EQUIVALENT,
                );
            }
        },
        (Form::Use, _) | (_, Form::Use)
            if !matches!(was_kind, TypeDefKind::Resource) && differ.names.same_but_resources(old, new) =>
        {
            return origins::moved(differ, both, old, new);
        }
        _ if is_nominal(was_kind) && is_nominal(is_kind) && forms.0 != Form::Alias && forms.1 != Form::Alias => {
            return inside(differ, both, (old, new));
        }
        (Form::Resource, _) | (_, Form::Resource) => &resource::RESOURCE_KIND_CHANGED,
        (Form::Alias | Form::Use, Form::Alias | Form::Use) => {
            reference::specific(differ, Type::Id(old), Type::Id(new)).unwrap_or(&alias::ALIAS_TARGET_CHANGED)
        }
        _ => &rules::TYPE_KIND_CHANGED,
    };
    if rule == &resource::RESOURCE_KIND_CHANGED {
        differ.moved.extend([(Which::Old, old), (Which::New, new)]);
    }
    differ.push(rule, both.item.clone(), both.old.clone(), both.new.clone());
}

fn was_or(resolve: &Resolve, id: TypeId) -> &TypeDefKind {
    &resolve.types[id].kind
}

fn types_of(kind: &TypeDefKind) -> Vec<Type> {
    crate::contract::wit_types::children(kind)
}

/// Two types that are records, variants, enums, flags or resources, whether declared here or used from elsewhere.
fn inside(differ: &mut Differ<'_>, both: &Both, (one, other): (TypeId, TypeId)) {
    let (old, new) = (ground(differ.before(), one), ground(differ.after(), other));
    let (was, is) = (&differ.before().types[old].kind, &differ.after().types[new].kind);
    match (was, is) {
        (TypeDefKind::Record(was), TypeDefKind::Record(is)) => kinds::records(differ, both, was, is),
        (TypeDefKind::Variant(was), TypeDefKind::Variant(is)) => {
            let error = differ.usage[0].is_error(old) || differ.usage[1].is_error(new);
            kinds::variants(differ, both, (was, is), error);
        }
        (TypeDefKind::Enum(was), TypeDefKind::Enum(is)) => kinds::enums(differ, both, was, is),
        (TypeDefKind::Flags(was), TypeDefKind::Flags(is)) => kinds::flags(differ, both, was, is),
        (TypeDefKind::Resource, TypeDefKind::Resource) => origins::moved(differ, both, one, other),
        (TypeDefKind::Resource, _) | (_, TypeDefKind::Resource) => {
            differ.moved.extend([(Which::Old, old), (Which::New, new)]);
            differ.push(&resource::RESOURCE_KIND_CHANGED, both.item.clone(), both.old.clone(), both.new.clone());
        }
        _ => {
            differ.push(&rules::TYPE_KIND_CHANGED, both.item.clone(), both.old.clone(), both.new.clone());
        }
    }
}

/// A type that went.
pub(super) fn removed(differ: &mut Differ<'_>, body: &Body, id: TypeId) {
    let resolve = differ.before();
    let def = &resolve.types[id];
    let used = differ.usage[0].is_used(id);
    let rule = if gates::is_unstable_in(body, Which::Old, &def.stability) {
        &gate::UNSTABLE_ITEM_REMOVED
    } else if body.is_world() {
        &world::WORLD_TYPE_REMOVED
    } else if differ.stands_for[0].contains(&id) {
        &alias::ALIAS_INLINED
    } else {
        match (form(resolve, id), used) {
            (Form::Resource, _) => &resource::RESOURCE_REMOVED,
            (Form::Use, false) => &uses::USE_REMOVED_UNUSED,
            (Form::Use, true) => &uses::USE_REMOVED,
            (Form::Record, false) => &record::RECORD_REMOVED_UNUSED,
            (_, false) => &rules::TYPE_REMOVED_UNUSED,
            (_, true) => &rules::TYPE_REMOVED,
        }
    };
    let item = path(differ, Which::Old, body, id);
    let said = differ.said(Which::Old, text::definition(resolve, id), def.span);
    let own = item.interface();
    let reaches = differ.reach[0].from([id]).into_iter().filter(|place| Some(place) != own.as_ref()).collect();
    differ.push(rule, item, said, None).reaches = reaches;
}

/// A type that came.
pub(super) fn added(differ: &mut Differ<'_>, body: &Body, id: TypeId) {
    let resolve = differ.after();
    let def = &resolve.types[id];
    let used = differ.usage[1].is_used(id);
    let form = form(resolve, id);
    let rule = if body.is_world() {
        let unused = form == Form::Use && !super::world::speaks_of(resolve, body, id);
        if unused { &world::WORLD_USE_ADDED_UNUSED } else { &world::WORLD_TYPE_ADDED }
    } else if differ.stands_for[1].contains(&id) {
        &alias::ALIAS_INTRODUCED
    } else {
        match (form, used) {
            (Form::Resource, _) => &resource::RESOURCE_ADDED,
            (Form::Use, false) => &uses::USE_ADDED_UNUSED,
            (Form::Use, true) => &uses::USE_ADDED,
            (Form::Record, false) => &record::RECORD_ADDED,
            (_, false) => &rules::TYPE_ADDED_UNUSED,
            (_, true) => &rules::TYPE_ADDED,
        }
    };
    let item = path(differ, Which::New, body, id);
    let said = differ.said(Which::New, text::definition(resolve, id), def.span);
    let unstable = gates::is_unstable_in(body, Which::New, &def.stability);
    let change = differ.push(rule, item, None, said);
    if unstable {
        gates::free(change);
        change.bump = change.bump.min(Bump::Patch);
    }
}
