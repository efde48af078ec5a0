//! Two components, linked as a composer would link them, and what the validator says.

use std::collections::BTreeSet;
use wasm_encoder::{
    Alias, Component, ComponentAliasSection, ComponentExportKind, ComponentExportSection, ComponentImportSection,
    ComponentInstanceSection, ComponentOuterAliasKind, ComponentSectionId, ComponentType, ComponentTypeRef,
    ComponentTypeSection, RawSection,
};
use wasmparser::{Parser, Payload, Validator, WasmFeatures};

/// What a component offers: all that matters of it to those that it is linked with. It is told by its type, so that what is in
/// it is judged once and not with each link.
pub(super) struct Offer {
    pub(super) names: BTreeSet<String>,
    pub(super) ty: ComponentType,
}

/// A component that is given others of these types, in this order.
fn given(others: &[&Offer]) -> Component {
    let (mut types, mut imports) = (ComponentTypeSection::new(), ComponentImportSection::new());
    for (other, at) in others.iter().zip(0..) {
        types.component(&other.ty);
        imports.import(format!("given{at}").as_str(), ComponentTypeRef::Component(at));
    }
    let mut component = Component::new();
    component.section(&types).section(&imports);
    component
}

/// A consumer whose imports are filled with the exports of the same name. What the provider lacks comes from another one that
/// is of the consumer's version, as interfaces of types alone would be left to the host; but not the interface that is asked
/// for.
pub(super) fn consumer_with(consumer: &[u8], provider: &Offer, other: &Offer, asked_for: &str) -> Vec<u8> {
    let asked = names(consumer);
    let filled: Vec<(u32, &String)> = asked
        .iter()
        .filter_map(|name| match provider.names.contains(name) {
            true => Some((0, name)),
            false if name == asked_for => None,
            false => Some((1, name)),
        })
        .collect();
    // The other one is only there where something is taken of it.
    let is_two = filled.iter().any(|(instance, _)| *instance == 1);
    let offers: &[&Offer] = if is_two { &[provider, other] } else { &[provider] };
    let count = if is_two { 2 } else { 1 };
    let mut component = given(offers);
    embed(&mut component, consumer);
    let (mut instances, mut aliases) = (ComponentInstanceSection::new(), ComponentAliasSection::new());
    let none: [(&str, ComponentExportKind, u32); 0] = [];
    for at in 0..count {
        instances.instantiate(at, none);
    }
    for (instance, name) in &filled {
        aliases.alias(Alias::InstanceExport { instance: *instance, kind: ComponentExportKind::Instance, name });
    }
    // The providers' instances are first, what is taken of them follows; the consumer is the component behind theirs.
    let mut made = ComponentInstanceSection::new();
    let args = filled.iter().zip(count..).map(|((_, name), at)| (name.as_str(), ComponentExportKind::Instance, at));
    made.instantiate(count, args.collect::<Vec<_>>());
    component.section(&instances).section(&aliases).section(&made);
    component.finish()
}

/// A provider where what another one offers is asked for.
pub(super) fn provider_as(provider: &Offer, contract: &Offer) -> Vec<u8> {
    asked_of(given(&[provider]), &contract.ty, 1)
}

/// The same where the provider lacks some of it, which comes from the other one.
pub(super) fn provider_beside(provider: &Offer, contract: &Offer, lacking: &BTreeSet<&String>) -> Vec<u8> {
    // What is taken of the other one speaks of types that it has elsewhere, so all of it is exported, under labels.
    let of_other: Vec<(&String, String)> =
        contract.names.iter().zip(0..).map(|(name, at)| (name, format!("other{at}"))).collect();
    let labelled = of_other.iter().map(|(name, label)| (1, *name, label));
    let lacking = contract.names.iter().filter(|name| lacking.contains(name));
    let of_provider = provider.names.iter().map(|name| (0, name, name));
    let taken: Vec<(u32, &String, &String)> =
        labelled.chain(of_provider).chain(lacking.map(|name| (1, name, name))).collect();
    let (mut outer, mut instances, mut aliases) =
        (ComponentAliasSection::new(), ComponentInstanceSection::new(), ComponentAliasSection::new());
    let none: [(&str, ComponentExportKind, u32); 0] = [];
    for index in 0..2 {
        outer.alias(Alias::Outer { kind: ComponentOuterAliasKind::Component, count: 1, index });
        instances.instantiate(index, none);
    }
    let mut exports = ComponentExportSection::new();
    for ((instance, name, label), index) in taken.iter().zip(2..) {
        aliases.alias(Alias::InstanceExport { instance: *instance, kind: ComponentExportKind::Instance, name });
        exports.export(label.as_str(), ComponentExportKind::Instance, index, None);
    }
    let mut whole = Component::new();
    whole.section(&outer).section(&instances).section(&aliases).section(&exports);
    let mut component = given(&[provider, contract]);
    embed(&mut component, &whole.finish());
    asked_of(component, &contract.ty, 3)
}

/// A component where one of a type is asked for.
pub(super) fn component_as(offered: &[u8], contract: &ComponentType) -> Vec<u8> {
    let mut component = Component::new();
    embed(&mut component, offered);
    asked_of(component, contract, 1)
}

/// The last of the components of another one, as many as it has by now, where one of a type is asked for.
fn asked_of(mut component: Component, contract: &ComponentType, count: u32) -> Vec<u8> {
    let mut types = ComponentTypeSection::new();
    types.component(contract);
    let mut imports = ComponentImportSection::new();
    imports.import("offered", ComponentTypeRef::Component(0));
    let mut asking = Component::new();
    asking.section(&types).section(&imports);
    embed(&mut component, &asking.finish());
    let mut instances = ComponentInstanceSection::new();
    instances.instantiate(count, [("offered", ComponentExportKind::Component, count - 1)]);
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

/// The names of a component's imports.
fn names(component: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let mut depth = 0;
    for payload in Parser::new(0).parse_all(component).map_while(Result::ok) {
        match payload {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) => depth -= 1,
            Payload::ComponentImportSection(reader) if depth == 0 => {
                names.extend(reader.into_iter().flatten().map(|import| import.name.name.to_owned()));
            }
            _ => {}
        }
    }
    names
}
