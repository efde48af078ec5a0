//! Documentation for the WIT of a result: components carry none of the worlds they were made of, so it is taken from the
//! WIT packages that were given, wherever these describe the same item.
//!
//! An interface is described by a package of its name, of the same version if there is one, else of the same track; an
//! item by one of its name. Whether the types agree is not asked: documentation decides nothing.

use crate::model::name::InterfaceName;
use std::sync::Arc;
use wit_parser::{Docs, Interface, Resolve, TypeDef, TypeDefKind};

/// Adds documentation to whatever has none.
pub(super) fn add(to: &mut Resolve, from: &[Arc<Resolve>]) {
    let ids: Vec<_> = to.interfaces.iter().map(|(id, _)| id).collect();
    for id in ids {
        let Some(name) = to.id_of(id).and_then(|name| InterfaceName::parse(&name, None)) else { continue };
        let Some((source, described)) = describing(&name, from) else { continue };
        let (interfaces, types) = (&mut to.interfaces, &mut to.types);
        let interface = &mut interfaces[id];
        copy(&mut interface.docs, &described.docs);
        for (name, function) in &mut interface.functions {
            if let Some(described) = described.functions.get(name) {
                copy(&mut function.docs, &described.docs);
            }
        }
        for (name, id) in &interface.types {
            if let Some(described) = described.types.get(name) {
                copy_type(&mut types[*id], &source.types[*described]);
            }
        }
    }
}

/// The description of an interface, and the packages it stands in.
fn describing<'a>(name: &InterfaceName, from: &'a [Arc<Resolve>]) -> Option<(&'a Resolve, &'a Interface)> {
    let all =
        from.iter().flat_map(|resolve| resolve.interfaces.iter().map(move |(id, interface)| (resolve, id, interface)));
    let mut found = None;
    for (resolve, id, interface) in all {
        let Some(other) = resolve.id_of(id).and_then(|name| InterfaceName::parse(&name, None)) else { continue };
        if other == *name {
            return Some((resolve, interface));
        }
        if found.is_none() && other.unversioned() == name.unversioned() && other.same_track(name) {
            found = Some((&**resolve, interface));
        }
    }
    found
}

fn copy_type(to: &mut TypeDef, from: &TypeDef) {
    copy(&mut to.docs, &from.docs);
    match (&mut to.kind, &from.kind) {
        (TypeDefKind::Record(to), TypeDefKind::Record(from)) => named(
            to.fields.iter_mut().map(|field| (&*field.name, &mut field.docs)),
            from.fields.iter().map(|field| (&*field.name, &field.docs)),
        ),
        (TypeDefKind::Variant(to), TypeDefKind::Variant(from)) => named(
            to.cases.iter_mut().map(|case| (&*case.name, &mut case.docs)),
            from.cases.iter().map(|case| (&*case.name, &case.docs)),
        ),
        (TypeDefKind::Enum(to), TypeDefKind::Enum(from)) => named(
            to.cases.iter_mut().map(|case| (&*case.name, &mut case.docs)),
            from.cases.iter().map(|case| (&*case.name, &case.docs)),
        ),
        (TypeDefKind::Flags(to), TypeDefKind::Flags(from)) => named(
            to.flags.iter_mut().map(|flag| (&*flag.name, &mut flag.docs)),
            from.flags.iter().map(|flag| (&*flag.name, &flag.docs)),
        ),
        _ => {}
    }
}

/// Copies between parts of one name.
fn named<'a, 'b>(
    to: impl Iterator<Item = (&'a str, &'a mut Docs)>,
    from: impl Iterator<Item = (&'b str, &'b Docs)> + Clone,
) {
    for (name, docs) in to {
        if let Some((_, described)) = from.clone().find(|(other, _)| *other == name) {
            copy(docs, described);
        }
    }
}

fn copy(to: &mut Docs, from: &Docs) {
    if to.contents.is_none() {
        to.contents.clone_from(&from.contents);
    }
}
