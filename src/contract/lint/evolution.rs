//! Lints of what will want to grow.

use crate::contract::fault::{Detail, Fault};
use crate::contract::rules::lint_evolution::{
    ENUM_LIKELY_TO_GROW, ERROR_TYPE_CLOSED, ERROR_TYPE_IS_STRING, FLAGS_NEAR_LIMIT, INTERFACE_MIXES,
    RECORD_OPTIONS_IN_PARAMS, TYPE_INLINE_DUPLICATE,
};
use crate::contract::text;
use crate::contract::walk::{TypeAt, Walk};
use crate::contract::wit_types::{kind, peel, resource};
use std::collections::{BTreeMap, BTreeSet};
use wit_parser::{Resolve, Type, TypeDefKind, TypeId};

/// With so many of 32 flags the end is near.
const NEARLY_ALL_FLAGS: usize = 28;
/// With one flag more than these, flags take more bytes.
const FULL_FLAGS: [usize; 2] = [8, 16];

pub(super) fn check(walk: &Walk<'_>, faults: &mut Vec<Fault>) {
    let resolve = walk.resolve();
    let errors = errors(walk, faults);
    let options = options(walk);
    for ty in &walk.types {
        let fault = |rule| Fault::new(rule, ty.path.clone(), walk.said(&ty.path, ty.def.span));
        if let Some(functions) = errors.get(&ty.id)
            && is_closed(resolve, &ty.def.kind)
        {
            faults.push(fault(&ERROR_TYPE_CLOSED).with(Detail::SpokenOfBy(functions.clone())));
        }
        match &ty.def.kind {
            TypeDefKind::Enum(_) if !errors.contains_key(&ty.id) && grows(ty) && is_closed(resolve, &ty.def.kind) => {
                faults.push(fault(&ENUM_LIKELY_TO_GROW));
            }
            TypeDefKind::Record(record) => {
                let optional = record.fields.iter().filter(|field| is_option(resolve, field.ty)).count();
                if let Some(functions) = options.get(&ty.id)
                    && (optional >= 2 || says_options(ty))
                {
                    faults.push(fault(&RECORD_OPTIONS_IN_PARAMS).with(Detail::SpokenOfBy(functions.clone())));
                }
            }
            TypeDefKind::Flags(flags) => {
                let count = flags.flags.len();
                if count >= NEARLY_ALL_FLAGS || FULL_FLAGS.contains(&count) {
                    faults.push(fault(&FLAGS_NEAR_LIMIT).with(Detail::Count(count)));
                }
            }
            _ => {}
        }
    }
    duplicates(walk, faults);
    mixes(walk, faults);
}

/// Types that functions fail with, and the functions; those that fail with a string are told.
fn errors(walk: &Walk<'_>, faults: &mut Vec<Fault>) -> BTreeMap<TypeId, Vec<String>> {
    let resolve = walk.resolve();
    let mut errors: BTreeMap<TypeId, Vec<String>> = BTreeMap::new();
    for function in &walk.functions {
        let Some(result) = function.def.result else { continue };
        let Some(TypeDefKind::Result(parts)) = kind(resolve, result) else { continue };
        let Some(err) = parts.err else { continue };
        match peel(resolve, err) {
            Type::String => {
                let said = walk.said(&function.path, function.def.span);
                let returns = Detail::Result(Some(text::ty(resolve, result)));
                faults.push(Fault::new(&ERROR_TYPE_IS_STRING, function.path.clone(), said).with(returns));
            }
            Type::Id(id) => errors.entry(id).or_default().push(function.path.to_string()),
            _ => {}
        }
    }
    errors
}

/// Whether cases cannot stand for anything that is not known yet.
fn is_closed(resolve: &Resolve, kind: &TypeDefKind) -> bool {
    let words = ["other", "unknown", "unspecified", "unexpected", "internal", "custom", "generic"];
    let is_open = |name: &str| name.split('-').any(|word| words.contains(&word));
    match kind {
        TypeDefKind::Enum(of) => !of.cases.iter().any(|case| is_open(&case.name)),
        // A case with a resource, or with an error context, can carry any error.
        TypeDefKind::Variant(variant) => !variant.cases.iter().any(|case| {
            let opaque = |ty: Type| resource(resolve, ty).is_some() || peel(resolve, ty) == Type::ErrorContext;
            is_open(&case.name) || case.ty.is_some_and(opaque)
        }),
        _ => false,
    }
}

fn last_word<'a>(ty: &'a TypeAt<'_>) -> &'a str {
    ty.def.name.as_deref().and_then(|name| name.rsplit('-').next()).unwrap_or_default()
}

fn grows(ty: &TypeAt<'_>) -> bool {
    ["kind", "action", "code"].contains(&last_word(ty))
}

fn says_options(ty: &TypeAt<'_>) -> bool {
    ["options", "opts", "config", "configuration", "settings"].contains(&last_word(ty))
}

fn is_option(resolve: &Resolve, ty: Type) -> bool {
    matches!(kind(resolve, ty), Some(TypeDefKind::Option(_)))
}

/// Records that functions take by themselves or as an option, and the functions.
fn options(walk: &Walk<'_>) -> BTreeMap<TypeId, Vec<String>> {
    let resolve = walk.resolve();
    let mut options: BTreeMap<TypeId, Vec<String>> = BTreeMap::new();
    for function in &walk.functions {
        for param in function.params() {
            let ty = match kind(resolve, param.ty) {
                Some(TypeDefKind::Option(of)) => *of,
                _ => param.ty,
            };
            if let Type::Id(id) = peel(resolve, ty) {
                options.entry(id).or_default().push(function.path.to_string());
            }
        }
    }
    options
}

/// Structures that stand in several interfaces under one name.
fn duplicates(walk: &Walk<'_>, faults: &mut Vec<Fault>) {
    let resolve = walk.resolve();
    let mut first: BTreeMap<String, &TypeAt<'_>> = BTreeMap::new();
    for ty in &walk.types {
        let members = match &ty.def.kind {
            TypeDefKind::Record(record) => record.fields.len(),
            TypeDefKind::Variant(variant) => variant.cases.len(),
            TypeDefKind::Enum(of) => of.cases.len(),
            TypeDefKind::Flags(of) => of.flags.len(),
            _ => 0,
        };
        if members < 2 {
            continue;
        }
        let earlier = first.entry(text::plain_definition(resolve, ty.id)).or_insert(ty);
        if earlier.interface != ty.interface {
            let other = Detail::Other(earlier.path.to_string());
            let said = walk.said(&ty.path, ty.def.span);
            faults.push(Fault::new(&TYPE_INLINE_DUPLICATE, ty.path.clone(), said).with(other));
        }
    }
}

/// Interfaces with functions whose types others use.
fn mixes(walk: &Walk<'_>, faults: &mut Vec<Fault>) {
    let resolve = walk.resolve();
    for interface in walk.interfaces.iter().filter(|interface| !interface.def.functions.is_empty()) {
        let users: BTreeSet<String> = walk
            .types
            .iter()
            .filter(|ty| ty.interface != Some(interface.id))
            .filter(|ty| {
                let used = ty.used(resolve);
                used.is_some_and(|of| {
                    // A resource cannot be separated from its functions.
                    interface.def.types.values().any(|own| *own == of)
                        && !matches!(resolve.types[of].kind, TypeDefKind::Resource)
                })
            })
            .filter_map(|ty| ty.path.interface())
            .collect();
        if !users.is_empty() {
            let said = walk.said(&interface.path, interface.def.span);
            let users = Detail::SpokenOfBy(users.into_iter().collect());
            faults.push(Fault::new(&INTERFACE_MIXES, interface.path.clone(), said).with(users));
        }
    }
}
