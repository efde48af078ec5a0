//! Lints of shapes of functions: features, tasks, handles.

use crate::contract::fault::{Detail, Fault};
use crate::contract::rules::lint_function::{
    ASYNC_CALLBACK_CYCLE, FEATURE_NEEDS_FLAG, HANDLE_LEAK_SHAPE, SYNC_FUNC_BLOCKS,
};
use crate::contract::statements::Statements;
use crate::contract::text;
use crate::contract::walk::Walk;
use crate::contract::wit_types::{children, kind, reached, resource};
use wit_parser::{Resolve, Type, TypeDefKind, WorldItem};

/// First words of functions that wait for something.
const WAITS: [&str; 9] = ["wait", "await", "block", "blocking", "sleep", "poll", "receive", "recv", "join"];

pub(super) fn check(walk: &Walk<'_>, faults: &mut Vec<Fault>) {
    let resolve = walk.resolve();
    for function in &walk.functions {
        let fault = |rule| Fault::new(rule, function.path.clone(), walk.said(&function.path, function.def.span));
        let accessor = function.def.kind.accessor().map(|_| ACCESSORS);
        if let Some(feature) = accessor.or_else(|| feature(resolve, function.written_types())) {
            faults.push(fault(&FEATURE_NEEDS_FLAG).with(Detail::Feature(feature)));
        }
        let first = function.def.item_name().split('-').next().unwrap_or_default();
        if WAITS.contains(&first) && !function.def.kind.is_async() {
            faults.push(fault(&SYNC_FUNC_BLOCKS));
        }
        if let Some(result) = function.def.result
            && gives_many_handles(resolve, result)
            && !["drop", "close", "release"].iter().any(|word| function.docs().contains(word))
        {
            let text = text::ty(resolve, result);
            faults.push(fault(&HANDLE_LEAK_SHAPE).with(Detail::Result(Some(text))));
        }
    }
    for ty in walk.types.iter().filter(|ty| ty.used(resolve).is_none()) {
        if let Some(feature) = feature(resolve, [Type::Id(ty.id)]) {
            let said = walk.said(&ty.path, ty.def.span);
            faults.push(Fault::new(&FEATURE_NEEDS_FLAG, ty.path.clone(), said).with(Detail::Feature(feature)));
        }
    }
    for world in &walk.worlds {
        let statements = Statements::of(walk.side, world.id);
        for (key, item) in &world.def.imports {
            let WorldItem::Interface { id, .. } = item else { continue };
            let is_async = resolve.interfaces[*id].functions.values().any(|function| function.kind.is_async());
            if is_async && world.def.exports.contains_key(key) {
                let said = statements.said(world.def.name.clone(), "import", key, item);
                let name = Detail::Other(resolve.name_world_key(key));
                faults.push(Fault::new(&ASYNC_CALLBACK_CYCLE, world.path.clone(), said).with(name));
            }
        }
    }
}

const FIXED: &str = "fixed-length lists";
const ERROR_CONTEXT: &str = "`error-context`";
const ACCESSORS: &str = "accessors";

/// What hosts do not have switched on, in what is written here: named types tell for themselves.
fn feature(resolve: &Resolve, types: impl IntoIterator<Item = Type>) -> Option<&'static str> {
    let mut left: Vec<(Type, bool)> = types.into_iter().map(|ty| (ty, true)).collect();
    while let Some((ty, outermost)) = left.pop() {
        let id = match ty {
            Type::ErrorContext => return Some(ERROR_CONTEXT),
            Type::Id(id) => id,
            _ => continue,
        };
        let def = &resolve.types[id];
        let declared_here =
            outermost && matches!(def.owner, wit_parser::TypeOwner::Interface(_) | wit_parser::TypeOwner::World(_));
        if def.name.is_some() && !declared_here {
            continue;
        }
        if let TypeDefKind::FixedLengthList(..) = def.kind {
            return Some(FIXED);
        }
        left.extend(children(&def.kind).into_iter().map(|ty| (ty, false)));
    }
    None
}

/// Whether a list, map or stream with handles of resources comes out.
fn gives_many_handles(resolve: &Resolve, result: Type) -> bool {
    reached(resolve, [result]).into_iter().any(|ty| {
        let of: Vec<Type> = match kind(resolve, ty) {
            Some(TypeDefKind::List(of) | TypeDefKind::FixedLengthList(of, _)) => vec![*of],
            Some(TypeDefKind::Stream(Some(of))) => vec![*of],
            Some(TypeDefKind::Map(_, value)) => vec![*value],
            _ => Vec::new(),
        };
        of.into_iter().any(|of| reached(resolve, [of]).into_iter().any(|inner| resource(resolve, inner).is_some()))
    })
}
