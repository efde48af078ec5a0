//! Two components, linked as a composer would link them, and what the validator says.

use wasm_encoder::{
    Alias, Component, ComponentAliasSection, ComponentExportKind, ComponentExportSection, ComponentImportSection,
    ComponentInstanceSection, ComponentSectionId, ComponentType, ComponentTypeRef, ComponentTypeSection, RawSection,
};
use wasmparser::{Parser, Payload, Validator, WasmFeatures};

/// A consumer whose imports are filled with the exports of the same name. What the provider lacks comes from another one that
/// is of the consumer's version, as interfaces of types alone would be left to the host; but not the interface that is asked
/// for.
pub(super) fn consumer_with(consumer: &[u8], provider: &[u8], other: &[u8], asked_for: &str) -> Vec<u8> {
    let offered = names(provider, ComponentSectionId::Export);
    let asked = names(consumer, ComponentSectionId::Import);
    let filled: Vec<(u32, &String)> = asked
        .iter()
        .filter_map(|name| match offered.contains(name) {
            true => Some((0, name)),
            false if name == asked_for => None,
            false => Some((1, name)),
        })
        .collect();
    // The other one is only there where something is taken of it.
    let inner: Vec<&[u8]> = match filled.iter().any(|(instance, _)| *instance == 1) {
        true => vec![provider, other, consumer],
        false => vec![provider, consumer],
    };
    let (mut instances, mut aliases) = (ComponentInstanceSection::new(), ComponentAliasSection::new());
    let none: [(&str, ComponentExportKind, u32); 0] = [];
    let mut component = Component::new();
    for inner in &inner {
        embed(&mut component, inner);
    }
    let providers = inner.iter().zip(0..).map(|(_, at)| at).take(inner.len() - 1);
    let mut next = 0;
    for at in providers {
        instances.instantiate(at, none);
        next = at + 1;
    }
    for (instance, name) in &filled {
        aliases.alias(Alias::InstanceExport { instance: *instance, kind: ComponentExportKind::Instance, name });
    }
    // The providers' instances are first, what is taken of them follows; the consumer is the component behind theirs.
    let mut made = ComponentInstanceSection::new();
    let args = filled.iter().zip(next..).map(|((_, name), at)| (name.as_str(), ComponentExportKind::Instance, at));
    made.instantiate(next, args.collect::<Vec<_>>());
    component.section(&instances).section(&aliases).section(&made);
    component.finish()
}

/// A provider where a component of a type is asked for. What it lacks besides the interface that is asked for comes from another
/// one that is of the asking version.
pub(super) fn provider_as(provider: &[u8], other: &[u8], contract: &ComponentType, asked_for: &str) -> Vec<u8> {
    let own = names(provider, ComponentSectionId::Export);
    let others = names(other, ComponentSectionId::Export);
    let lacking = others.into_iter().filter(|name| !own.contains(name) && name != asked_for);
    let taken: Vec<(u32, String)> =
        own.iter().map(|name| (0, name.clone())).chain(lacking.map(|name| (1, name))).collect();
    let (mut instances, mut aliases) = (ComponentInstanceSection::new(), ComponentAliasSection::new());
    let none: [(&str, ComponentExportKind, u32); 0] = [];
    instances.instantiate(0, none).instantiate(1, none);
    let mut exports = ComponentExportSection::new();
    for ((instance, name), index) in taken.iter().zip(2..) {
        aliases.alias(Alias::InstanceExport { instance: *instance, kind: ComponentExportKind::Instance, name });
        exports.export(name.as_str(), ComponentExportKind::Instance, index, None);
    }
    let mut whole = Component::new();
    embed(&mut whole, provider);
    embed(&mut whole, other);
    whole.section(&instances).section(&aliases);
    whole.section(&exports);

    component_as(&whole.finish(), contract)
}

/// A component where one of a type is asked for.
pub(super) fn component_as(offered: &[u8], contract: &ComponentType) -> Vec<u8> {
    let mut types = ComponentTypeSection::new();
    types.component(contract);
    let mut imports = ComponentImportSection::new();
    imports.import("offered", ComponentTypeRef::Component(0));
    let mut asking = Component::new();
    asking.section(&types).section(&imports);
    let mut instances = ComponentInstanceSection::new();
    instances.instantiate(1, [("offered", ComponentExportKind::Component, 0)]);
    let mut component = Component::new();
    embed(&mut component, offered);
    embed(&mut component, &asking.finish());
    component.section(&instances);
    component.finish()
}

/// What the validator has against a component.
pub(super) fn refused(bytes: &[u8]) -> Option<String> {
    Validator::new_with_features(WasmFeatures::all()).validate_all(bytes).err().map(|error| error.message().to_owned())
}

fn embed(component: &mut Component, inner: &[u8]) {
    component.section(&RawSection { id: ComponentSectionId::Component.into(), data: inner });
}

/// The names of imports or exports of a component.
fn names(component: &[u8], section: ComponentSectionId) -> Vec<String> {
    let mut names = Vec::new();
    let mut depth = 0;
    for payload in Parser::new(0).parse_all(component).map_while(Result::ok) {
        match payload {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) => depth -= 1,
            Payload::ComponentImportSection(reader) if depth == 0 && section == ComponentSectionId::Import => {
                names.extend(reader.into_iter().flatten().map(|import| import.name.name.to_owned()));
            }
            Payload::ComponentExportSection(reader) if depth == 0 && section == ComponentSectionId::Export => {
                names.extend(reader.into_iter().flatten().map(|export| export.name.name.to_owned()));
            }
            _ => {}
        }
    }
    names
}
