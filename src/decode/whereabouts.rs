//! What stands at a byte of a component, in the words of whoever made it: an import, an export, a part inside.
//!
//! For bytes that a validator refused, so it goes as far as they can be read and may find nothing. Types have no names of
//! their own in a binary; one is told by the import that needs it, directly or by way of other types.

use std::collections::BTreeSet;
use std::ops::Range;
use wasmparser::{
    ComponentAlias, ComponentDefinedType, ComponentExternalKind, ComponentOuterAliasKind, ComponentType,
    ComponentTypeDeclaration, ComponentTypeRef, ComponentValType, FromReader, InstanceTypeDeclaration, KnownCustom,
    Name, Parser, Payload, SectionLimited, TypeBounds, WasmFeatures,
};

/// What stands there, to follow "in"; `None` if nothing can be said.
pub(super) fn at(bytes: &[u8], offset: u64) -> Option<String> {
    let mut parser = Parser::new(0);
    parser.set_features(WasmFeatures::all());
    let (mut depth, mut modules, mut components, mut types) = (0, 0, 0, 0);
    let mut wanted = None;
    for payload in parser.parse_all(bytes).map_while(Result::ok) {
        match &payload {
            Payload::Version { .. } => depth += 1,
            Payload::End(_) => depth -= 1,
            Payload::ModuleSection { unchecked_range: range, .. } if depth == 1 => {
                if range.contains(&offset) {
                    return Some(format!("the core module {modules}{}", own_name(bytes, range)));
                }
                modules += 1;
            }
            Payload::ComponentSection { unchecked_range: range, .. } if depth == 1 => {
                if range.contains(&offset) {
                    return Some(format!("the component {components} inside{}", own_name(bytes, range)));
                }
                components += 1;
            }
            _ if depth != 1 => {}
            Payload::ComponentTypeSection(section) => {
                let at = item(section, offset);
                wanted = wanted.or(at.map(|at| types + at));
                types += section.count();
            }
            Payload::ComponentImportSection(section) => {
                for (index, import) in section.clone().into_iter().map_while(Result::ok).enumerate() {
                    if item(section, offset) == u32::try_from(index).ok() {
                        return Some(format!("the import `{}`", import.name.name));
                    }
                    types += u32::from(matches!(import.ty, ComponentTypeRef::Type(_)));
                }
            }
            Payload::ComponentExportSection(section) => {
                for (index, export) in section.clone().into_iter().map_while(Result::ok).enumerate() {
                    if item(section, offset) == u32::try_from(index).ok() {
                        return Some(format!("the export `{}`", export.name.name));
                    }
                    types += u32::from(export.kind == ComponentExternalKind::Type);
                }
            }
            Payload::ComponentAliasSection(section) => {
                types += aliased(section.clone());
                if section.range().contains(&offset) {
                    return Some("its aliases".into());
                }
            }
            Payload::ComponentCanonicalSection(section) if section.range().contains(&offset) => {
                return Some("its canonical functions".into());
            }
            Payload::ComponentInstanceSection(section) if section.range().contains(&offset) => {
                return Some("the instances that it makes".into());
            }
            _ => {}
        }
    }
    let wanted = wanted?;
    Some(match needs(bytes, wanted) {
        Some(import) => format!("a type of the import `{import}`"),
        None => format!("the type {wanted}"),
    })
}

/// The item of a section that a byte is in.
fn item<'a, T: FromReader<'a>>(section: &SectionLimited<'a, T>, offset: u64) -> Option<u32> {
    if !section.range().contains(&offset) {
        return None;
    }
    let starts = section.clone().into_iter_with_offsets().map_while(Result::ok).map(|(start, _)| start);
    let before = starts.take_while(|start| *start <= offset).count();
    // The last one that could be read may not be the one that could not.
    u32::try_from(before).ok()?.checked_sub(1)
}

/// The name that a part has for itself.
fn own_name(bytes: &[u8], range: &Range<u64>) -> String {
    let part = usize::try_from(range.start).ok().zip(usize::try_from(range.end).ok());
    let part = part.and_then(|(start, end)| bytes.get(start..end.min(bytes.len()))).unwrap_or_default();
    let mut name = None;
    for payload in Parser::new(0).parse_all(part).map_while(Result::ok) {
        let Payload::CustomSection(section) = payload else { continue };
        let KnownCustom::Name(names) = section.as_known() else { continue };
        let own = names.into_iter().map_while(Result::ok).find_map(|name| match name {
            Name::Module { name, .. } if !name.is_empty() => Some(name.to_owned()),
            _ => None,
        });
        name = name.or(own);
    }
    name.map_or_else(String::new, |name| format!(" (`{name}`)"))
}

fn aliased(section: SectionLimited<'_, ComponentAlias<'_>>) -> u32 {
    let is_type = |alias: &ComponentAlias<'_>| {
        matches!(
            alias,
            ComponentAlias::InstanceExport { kind: ComponentExternalKind::Type, .. }
                | ComponentAlias::Outer { kind: ComponentOuterAliasKind::Type, .. }
        )
    };
    let count = section.into_iter().map_while(Result::ok).filter(is_type).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The first import whose type is the wanted one, or needs it.
fn needs(bytes: &[u8], wanted: u32) -> Option<String> {
    let mut parser = Parser::new(0);
    parser.set_features(WasmFeatures::all());
    let (mut depth, mut types) = (0, 0);
    let mut needing = BTreeSet::from([wanted]);
    for payload in parser.parse_all(bytes).map_while(Result::ok) {
        match payload {
            Payload::Version { .. } => depth += 1,
            Payload::End(_) => depth -= 1,
            _ if depth != 1 => {}
            Payload::ComponentTypeSection(section) => {
                for ty in section.into_iter().map_while(Result::ok) {
                    if mentions(&ty).iter().any(|mentioned| needing.contains(mentioned)) {
                        needing.insert(types);
                    }
                    types += 1;
                }
            }
            Payload::ComponentImportSection(section) => {
                for import in section.into_iter().map_while(Result::ok) {
                    let is_type = matches!(import.ty, ComponentTypeRef::Type(_));
                    if of_reference(import.ty).is_some_and(|ty| needing.contains(&ty)) {
                        return Some(import.name.name.to_owned());
                    }
                    types += u32::from(is_type);
                }
            }
            Payload::ComponentExportSection(section) => {
                let exports = section.into_iter().map_while(Result::ok);
                types += exports.map(|export| u32::from(export.kind == ComponentExternalKind::Type)).sum::<u32>();
            }
            Payload::ComponentAliasSection(section) => types += aliased(section),
            _ => {}
        }
    }
    None
}

fn of_reference(ty: ComponentTypeRef) -> Option<u32> {
    match ty {
        ComponentTypeRef::Func(ty)
        | ComponentTypeRef::Instance(ty)
        | ComponentTypeRef::Component(ty)
        | ComponentTypeRef::Type(TypeBounds::Eq(ty))
        | ComponentTypeRef::Value(ComponentValType::Type(ty)) => Some(ty),
        _ => None,
    }
}

/// The types around it that a type speaks of.
fn mentions(ty: &ComponentType<'_>) -> Vec<u32> {
    let outer = |alias: &ComponentAlias<'_>| match alias {
        ComponentAlias::Outer { kind: ComponentOuterAliasKind::Type, count: 1, index } => Some(*index),
        _ => None,
    };
    match ty {
        ComponentType::Defined(ty) => of_defined(ty),
        ComponentType::Func(func) => values(func.params.iter().map(|(_, ty)| *ty).chain(func.result)),
        ComponentType::Component(inside) => inside
            .iter()
            .filter_map(|inside| match inside {
                ComponentTypeDeclaration::Alias(alias) => outer(alias),
                _ => None,
            })
            .collect(),
        ComponentType::Instance(inside) => inside
            .iter()
            .filter_map(|inside| match inside {
                InstanceTypeDeclaration::Alias(alias) => outer(alias),
                _ => None,
            })
            .collect(),
        ComponentType::Resource { .. } => Vec::new(),
    }
}

fn of_defined(ty: &ComponentDefinedType<'_>) -> Vec<u32> {
    use ComponentDefinedType as Defined;
    match ty {
        Defined::Record(fields) => values(fields.iter().map(|(_, ty)| *ty)),
        Defined::Variant(cases) => values(cases.iter().filter_map(|case| case.ty)),
        Defined::Tuple(parts) => values(parts.iter().copied()),
        Defined::List(ty) | Defined::FixedLengthList(ty, _) | Defined::Option(ty) => values([*ty]),
        Defined::Map(key, value) => values([*key, *value]),
        Defined::Result { ok, err } => values(ok.iter().chain(err).copied()),
        Defined::Future(ty) | Defined::Stream(ty) => values(*ty),
        Defined::Own(ty) | Defined::Borrow(ty) => vec![*ty],
        Defined::Primitive(_) | Defined::Flags(_) | Defined::Enum(_) => Vec::new(),
    }
}

fn values(types: impl IntoIterator<Item = ComponentValType>) -> Vec<u32> {
    let named = |ty| match ty {
        ComponentValType::Type(ty) => Some(ty),
        ComponentValType::Primitive(_) => None,
    };
    types.into_iter().filter_map(named).collect()
}
