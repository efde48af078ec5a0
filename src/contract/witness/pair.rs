//! Two components, linked as a composer would link them, and what the validator says.

use wasm_encoder::{
    Alias, Component, ComponentAliasSection, ComponentExportKind, ComponentExportSection, ComponentImportSection,
    ComponentInstanceSection, ComponentSectionId, ComponentType, ComponentTypeRef, ComponentTypeSection, RawSection,
};
use wasmparser::{Parser, Payload, Validator, WasmFeatures};

/// A consumer whose imports are filled with the exports of the same name; what the provider lacks is left out.
pub(super) fn consumer_with(consumer: &[u8], provider: &[u8]) -> Vec<u8> {
    let offered = names(provider, ComponentSectionId::Export);
    let asked = names(consumer, ComponentSectionId::Import);
    let filled: Vec<&String> = asked.iter().filter(|name| offered.contains(name)).collect();
    let mut instances = ComponentInstanceSection::new();
    let none: [(&str, ComponentExportKind, u32); 0] = [];
    instances.instantiate(0, none);
    let mut aliases = ComponentAliasSection::new();
    for name in &filled {
        aliases.alias(Alias::InstanceExport { instance: 0, kind: ComponentExportKind::Instance, name });
    }
    let mut made = ComponentInstanceSection::new();
    // The provider's own instance is the first, its exports follow.
    let args = filled.iter().zip(1..).map(|(name, index)| (name.as_str(), ComponentExportKind::Instance, index));
    made.instantiate(1, args.collect::<Vec<_>>());
    let mut component = Component::new();
    embed(&mut component, provider);
    embed(&mut component, consumer);
    component.section(&instances).section(&aliases).section(&made);
    component.finish()
}

/// A provider where a component of a type is asked for.
pub(super) fn provider_as(provider: &[u8], contract: &ComponentType) -> Vec<u8> {
    let mut types = ComponentTypeSection::new();
    types.component(contract);
    let mut imports = ComponentImportSection::new();
    imports.import("provider", ComponentTypeRef::Component(0));
    let mut asking = Component::new();
    asking.section(&types).section(&imports);
    let mut instances = ComponentInstanceSection::new();
    instances.instantiate(1, [("provider", ComponentExportKind::Component, 0)]);
    let mut component = Component::new();
    embed(&mut component, provider);
    embed(&mut component, &asking.finish());
    component.section(&instances);
    component.finish()
}

/// A provider with those exports of others that it lacks.
pub(super) fn beside(provider: Vec<u8>, others: Vec<Vec<u8>>) -> Vec<u8> {
    let mut offered: Vec<String> = names(&provider, ComponentSectionId::Export);
    let lacks = |other: &Vec<u8>| names(other, ComponentSectionId::Export).iter().any(|name| !offered.contains(name));
    if !others.iter().any(lacks) {
        return provider;
    }
    let mut component = Component::new();
    let mut instances = ComponentInstanceSection::new();
    let mut aliases = ComponentAliasSection::new();
    let mut exports = ComponentExportSection::new();
    let none: [(&str, ComponentExportKind, u32); 0] = [];
    let all: Vec<&Vec<u8>> = [&provider].into_iter().chain(&others).collect();
    let count = u32::try_from(all.len()).expect("fewer than are linked");
    let mut next = count;
    for (number, of) in (0..).zip(all) {
        embed(&mut component, of);
        instances.instantiate(number, none);
        for name in names(of, ComponentSectionId::Export) {
            if number > 0 && offered.contains(&name) {
                continue;
            }
            aliases.alias(Alias::InstanceExport { instance: number, kind: ComponentExportKind::Instance, name: &name });
            exports.export(&name, ComponentExportKind::Instance, next, None);
            next += 1;
            offered.push(name);
        }
    }
    component.section(&instances).section(&aliases).section(&exports);
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
