//! What is inside of records, variants, enums and flags.

use super::members::{self, Member, Members, Types};
use super::reference::{self, At};
use super::{Differ, Which, text};
use crate::contract::change::{ItemPath, Said};
use crate::contract::rule::Rule;
use crate::contract::rules::{enums, flags, record, variant};
use wit_parser::{Case, Enum, Flags, Record, Span, Type, TypeId, Variant};

/// The rules for members of one kind of type.
struct Rules {
    added: &'static Rule,
    removed: &'static Rule,
    renamed: &'static Rule,
    reordered: &'static Rule,
}

/// A type on both sides.
#[derive(Clone)]
pub(super) struct Both {
    pub(super) item: ItemPath,
    pub(super) old: Option<Said>,
    pub(super) new: Option<Said>,
}

/// A member's name, its declaration and its place.
type Part<'a> = (&'a str, String, Span);

/// Tells of all members that came, went, or have another name or place; `types` tells of the types of the others.
fn told(differ: &mut Differ<'_>, both: &Both, rules: &Rules, (old, new): (&[Part<'_>], &[Part<'_>]), found: &Members) {
    if found.reordered {
        differ.push(rules.reordered, both.item.clone(), both.old.clone(), both.new.clone());
    }
    for member in &found.members {
        let was = |differ: &Differ<'_>, at: usize| differ.said(Which::Old, old[at].1.clone(), old[at].2);
        let is = |differ: &Differ<'_>, at: usize| differ.said(Which::New, new[at].1.clone(), new[at].2);
        match *member {
            Member::Kept(..) => {}
            Member::Renamed(from, to) => {
                let (was, is) = (was(differ, from), is(differ, to));
                differ.push(rules.renamed, both.item.below(old[from].0), was, is);
            }
            Member::Removed(from) => {
                let was = was(differ, from);
                differ.push(rules.removed, both.item.below(old[from].0), was, both.new.clone());
            }
            Member::Added(to) => {
                let is = is(differ, to);
                differ.push(rules.added, both.item.below(new[to].0), both.old.clone(), is);
            }
        }
    }
}

fn names<'a>(parts: &[Part<'a>]) -> Vec<&'a str> {
    parts.iter().map(|part| part.0).collect()
}

pub(super) fn records(differ: &mut Differ<'_>, both: &Both, old: &Record, new: &Record) {
    let parts = |resolve, record: &'_ Record| -> Vec<(String, Span)> {
        record.fields.iter().map(|field| (text::labelled(resolve, &field.name, field.ty), field.span)).collect()
    };
    let (was, is) = (parts(differ.before(), old), parts(differ.after(), new));
    let with = |record: &'_ Record, parts: Vec<(String, Span)>| -> Vec<(String, String, Span)> {
        record.fields.iter().zip(parts).map(|(field, (text, span))| (field.name.clone(), text, span)).collect()
    };
    let (was, is) = (with(old, was), with(new, is));
    let (was, is) = (borrowed(&was), borrowed(&is));
    let found = members::compare(&names(&was), &names(&is), Types::Always, |from, to| {
        reference::compare(differ, old.fields[from].ty, new.fields[to].ty) != At::Changed
    });
    let rules = Rules {
        added: &record::RECORD_FIELD_ADDED,
        removed: &record::RECORD_FIELD_REMOVED,
        renamed: &record::RECORD_FIELD_RENAMED,
        reordered: &record::RECORD_FIELD_REORDERED,
    };
    told(differ, both, &rules, (&was, &is), &found);
    for member in found.members {
        let (Member::Kept(from, to) | Member::Renamed(from, to)) = member else { continue };
        let types = (old.fields[from].ty, new.fields[to].ty);
        if reference::compare(differ, types.0, types.1) == At::Same {
            continue;
        }
        let said = (
            differ.said(Which::Old, was[from].1.clone(), was[from].2),
            differ.said(Which::New, is[to].1.clone(), is[to].2),
        );
        let item = both.item.below(was[from].0);
        if !reference::settled(differ, &item, types, &said) {
            let option = reference::made_option(differ, types.0, types.1);
            let rule = if option {
                &record::RECORD_FIELD_MADE_OPTION
            } else {
                reference::specific(differ, types.0, types.1).unwrap_or(&record::RECORD_FIELD_TYPE_CHANGED)
            };
            differ.push(rule, item, said.0, said.1);
        }
    }
}

fn borrowed(parts: &[(String, String, Span)]) -> Vec<Part<'_>> {
    parts.iter().map(|(name, text, span)| (name.as_str(), text.clone(), *span)).collect()
}

/// `error` says whether the variant is what some function fails with.
pub(super) fn variants(differ: &mut Differ<'_>, both: &Both, (old, new): (&Variant, &Variant), error: bool) {
    fn parts<'v>(resolve: &wit_parser::Resolve, cases: &'v [Case]) -> Vec<Part<'v>> {
        cases.iter().map(|case| (case.name.as_str(), text::case(resolve, &case.name, case.ty), case.span)).collect()
    }
    let (was, is) = (parts(differ.before(), &old.cases), parts(differ.after(), &new.cases));
    let same = |differ: &mut Differ<'_>, one: Option<Type>, other: Option<Type>| match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => reference::compare(differ, one, other) != At::Changed,
        _ => false,
    };
    let found = members::compare(&names(&was), &names(&is), Types::Seldom, |from, to| {
        same(differ, old.cases[from].ty, new.cases[to].ty)
    });
    let rules = Rules {
        added: if error { &variant::VARIANT_ERROR_CASE_ADDED } else { &variant::VARIANT_CASE_ADDED },
        removed: &variant::VARIANT_CASE_REMOVED,
        renamed: &variant::VARIANT_CASE_RENAMED,
        reordered: &variant::VARIANT_CASE_REORDERED,
    };
    told(differ, both, &rules, (&was, &is), &found);
    for member in found.members {
        let (Member::Kept(from, to) | Member::Renamed(from, to)) = member else { continue };
        let said = (
            differ.said(Which::Old, was[from].1.clone(), was[from].2),
            differ.said(Which::New, is[to].1.clone(), is[to].2),
        );
        let item = both.item.below(was[from].0);
        let rule = match (old.cases[from].ty, new.cases[to].ty) {
            (None, None) => continue,
            (None, Some(_)) => &variant::VARIANT_CASE_PAYLOAD_ADDED,
            (Some(_), None) => &variant::VARIANT_CASE_PAYLOAD_REMOVED,
            (Some(one), Some(other)) => {
                if reference::settled(differ, &item, (one, other), &said) {
                    continue;
                }
                reference::specific(differ, one, other).unwrap_or(&variant::VARIANT_CASE_PAYLOAD_CHANGED)
            }
        };
        differ.push(rule, item, said.0, said.1);
    }
}

pub(super) fn enums(differ: &mut Differ<'_>, both: &Both, old: &Enum, new: &Enum) {
    fn parts(it: &Enum) -> Vec<Part<'_>> {
        it.cases.iter().map(|case| (case.name.as_str(), text::name(&case.name), case.span)).collect()
    }
    let rules = Rules {
        added: &enums::ENUM_CASE_ADDED,
        removed: &enums::ENUM_CASE_REMOVED,
        renamed: &enums::ENUM_CASE_RENAMED,
        reordered: &enums::ENUM_CASE_REORDERED,
    };
    let (was, is) = (parts(old), parts(new));
    let found = members::compare(&names(&was), &names(&is), Types::Seldom, |_, _| true);
    told(differ, both, &rules, (&was, &is), &found);
}

pub(super) fn flags(differ: &mut Differ<'_>, both: &Both, old: &Flags, new: &Flags) {
    fn parts(it: &Flags) -> Vec<Part<'_>> {
        it.flags.iter().map(|flag| (flag.name.as_str(), text::name(&flag.name), flag.span)).collect()
    }
    let rules = Rules {
        added: &flags::FLAG_ADDED,
        removed: &flags::FLAG_REMOVED,
        renamed: &flags::FLAG_RENAMED,
        reordered: &flags::FLAG_REORDERED,
    };
    let (was, is) = (parts(old), parts(new));
    let found = members::compare(&names(&was), &names(&is), Types::Seldom, |_, _| true);
    let start = differ.changes.len();
    told(differ, both, &rules, (&was, &is), &found);
    if old.repr() != new.repr() {
        // One flag is the one too many, or the first that is not.
        let came = old.flags.len() < new.flags.len();
        let rule = if came { &flags::FLAG_ADDED } else { &flags::FLAG_REMOVED };
        if let Some(change) = differ.changes[start..].iter_mut().rfind(|change| change.rule == rule) {
            let (item, said) = (change.item.clone(), (change.old.clone(), change.new.clone()));
            *change = crate::contract::change::Change::new(&flags::FLAGS_WIDTH_CROSSED, item, said.0, said.1);
        }
    }
}

/// Declarations of a type on both sides.
pub(super) fn both(differ: &Differ<'_>, item: ItemPath, old: TypeId, new: TypeId) -> Both {
    let said = |which: Which, id: TypeId| {
        let resolve = differ.resolve(which);
        differ.said(which, text::definition(resolve, id), resolve.types[id].span)
    };
    Both { item, old: said(Which::Old, old), new: said(Which::New, new) }
}
