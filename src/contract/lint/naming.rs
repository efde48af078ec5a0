//! Lints of names and signatures.

use super::keywords::languages;
use crate::contract::change::ItemPath;
use crate::contract::fault::{Detail, Fault};
use crate::contract::rules::lint_naming::{
    BOOL_PARAM, KEYWORD_COLLISION, MANY_PARAMS, NAME_DIFFERS_ONLY, RESERVED_PREFIX,
};
use crate::contract::walk::Walk;
use crate::contract::wit_types::peel;
use std::collections::BTreeMap;
use wit_parser::{Span, Type, TypeDefKind};

/// So many arguments by position are enough.
const ENOUGH_PARAMS: usize = 5;
/// Words of one language alone are its generator's affair.
const SEVERAL: usize = 2;

/// A name and the names that it must differ from: those of one scope and kind.
struct Name {
    path: ItemPath,
    span: Span,
    scope: (ItemPath, &'static str),
}

pub(super) fn check(walk: &Walk<'_>, faults: &mut Vec<Fault>) {
    for function in &walk.functions {
        let params = function.params();
        let is_bool = |ty| peel(walk.resolve(), ty) == Type::Bool;
        for param in params.iter().filter(|param| params.len() > 1 && is_bool(param.ty)) {
            let path = function.path.below(&param.name);
            let said = walk.said(&path, param.span);
            faults.push(Fault::new(&BOOL_PARAM, path, said));
        }
        if params.len() > ENOUGH_PARAMS {
            let said = walk.said(&function.path, function.def.span);
            faults.push(Fault::new(&MANY_PARAMS, function.path.clone(), said).with(Detail::Count(params.len())));
        }
    }
    let names = names(walk);
    for name in &names {
        let word = name.path.names.last().map_or("", String::as_str);
        let languages = languages(word);
        if languages.len() >= SEVERAL {
            let said = walk.said(&name.path, name.span);
            faults.push(Fault::new(&KEYWORD_COLLISION, name.path.clone(), said).with(Detail::Languages(languages)));
        }
    }
    look_alikes(walk, &names, faults);
    pairs(walk, &names, faults);
}

/// Every name that becomes one in bindings.
fn names(walk: &Walk<'_>) -> Vec<Name> {
    let mut names = Vec::new();
    let mut add = |path: &ItemPath, span: Span, kind: &'static str| {
        let mut scope = path.clone();
        scope.names.pop();
        names.push(Name { path: path.clone(), span, scope: (scope, kind) });
    };
    for interface in &walk.interfaces {
        add(&interface.path, interface.def.span, "interface");
    }
    for world in &walk.worlds {
        add(&world.path, world.def.span, "world");
    }
    for function in &walk.functions {
        // Constructors have no name of their own, and accessors come in pairs of one.
        if function.def.kind.accessor().is_none()
            && !matches!(function.def.kind, wit_parser::FunctionKind::Constructor(_))
        {
            add(&function.path, function.def.span, "function");
        }
        for param in function.params() {
            add(&function.path.below(&param.name), param.span, "parameter");
        }
    }
    for ty in walk.types.iter().filter(|ty| ty.used(walk.resolve()).is_none()) {
        add(&ty.path, ty.def.span, "type");
        let mut inside = |name: &str, span: Span| add(&ty.path.below(name), span, "member");
        match &ty.def.kind {
            TypeDefKind::Record(record) => record.fields.iter().for_each(|field| inside(&field.name, field.span)),
            TypeDefKind::Variant(variant) => variant.cases.iter().for_each(|case| inside(&case.name, case.span)),
            TypeDefKind::Enum(of) => of.cases.iter().for_each(|case| inside(&case.name, case.span)),
            TypeDefKind::Flags(of) => of.flags.iter().for_each(|flag| inside(&flag.name, flag.span)),
            _ => {}
        }
    }
    names
}

fn look_alikes(walk: &Walk<'_>, names: &[Name], faults: &mut Vec<Fault>) {
    let mut first: BTreeMap<(&(ItemPath, &str), String), &Name> = BTreeMap::new();
    for name in names {
        let word = name.path.names.last().map_or("", String::as_str);
        let folded = word.replace('-', "").to_lowercase();
        let earlier = first.entry((&name.scope, folded)).or_insert(name);
        if earlier.path != name.path {
            let other = earlier.path.names.last().cloned().unwrap_or_default();
            let said = walk.said(&name.path, name.span);
            faults.push(Fault::new(&NAME_DIFFERS_ONLY, name.path.clone(), said).with(Detail::Other(other)));
        }
    }
}

/// `get-x` beside `set-x`.
fn pairs(walk: &Walk<'_>, names: &[Name], faults: &mut Vec<Fault>) {
    let functions = || names.iter().filter(|name| name.scope.1 == "function");
    let word = |name: &Name| name.path.names.last().cloned().unwrap_or_default();
    for name in functions() {
        let Some(rest) = word(name).strip_prefix("get-").map(str::to_owned) else { continue };
        let setter = format!("set-{rest}");
        if functions().any(|other| other.scope == name.scope && word(other) == setter) {
            let said = walk.said(&name.path, name.span);
            faults.push(Fault::new(&RESERVED_PREFIX, name.path.clone(), said).with(Detail::Other(setter)));
        }
    }
}
