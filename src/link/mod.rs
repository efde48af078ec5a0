//! From a plan to the bytes of one component.
//!
//! The result is flat: the distinct components byte for byte, then imports, instances and exports of our own. That own
//! part is small, so it is what gets verified: it is written as a component that takes the inner components from
//! outside, and those are given to the validator as their types alone (the *skeleton*). The bytes of the own part are
//! the same in the skeleton and in the artifact.
//!
//! Not decided here: what is wired to what, what stays open and what is exported.

mod diags;
mod encode;
mod exports;
mod imports;
mod instances;
mod names;
mod open;
mod origin;
pub mod predict;
mod scope;
mod shape_type;
#[cfg(test)]
mod tests;
pub mod verify;

pub use encode::Broken;
pub(crate) use shape_type::{component_type, component_type_with};

use crate::model::component::{ComponentId, Components, Digest};
use crate::model::plan::Plan;
use crate::types::identity::Identity;
use bytes::Bytes;
use encode::Encoder;
use std::collections::BTreeMap;
use wasm_encoder::{Alias, ComponentOuterAliasKind, ComponentSectionId, Encode, Section};

/// A linked component: its bytes in pieces, so that the inner components need not be copied.
#[derive(Debug, Clone)]
pub struct Linked {
    /// The pieces, in order.
    pub pieces: Vec<Piece>,
    /// The components that are embedded, each distinct one once, in order.
    pub embedded: Vec<ComponentId>,
    /// Our own part, written so that it takes the inner components from the component around it: alias `n` is
    /// `embedded[n]`.
    pub skeleton: Vec<u8>,
}

/// A part of the output.
#[derive(Debug, Clone)]
pub enum Piece {
    /// Bytes made here.
    Own(Vec<u8>),
    /// Bytes of an input.
    Shared(Bytes),
}

/// What is wanted of the result besides the plan.
#[derive(Debug, Clone, Default)]
pub struct Options<'a> {
    /// The name in the component's name section.
    pub name: Option<&'a str>,
    /// Whether canonical names are written as such; otherwise versions are written out in full.
    pub canonical_names: bool,
    /// Custom sections to append: name and contents.
    pub sections: Vec<(&'a str, Vec<u8>)>,
}

/// Encodes a plan whose every socket has a source and whose resources agree; `identity` says who owns them.
pub fn run(plan: &Plan, identity: &Identity, components: &Components, options: &Options<'_>) -> Result<Linked, Broken> {
    let (embedded, indices) = distinct(plan, components);
    let shapes: Vec<_> = plan.instances.iter().map(|instance| &components.get(instance.component).shape).collect();
    let renamed = origin::Renamed::new(plan, &shapes, identity);
    let origins = origin::Origins { plan, shapes: &shapes, renamed: &renamed };
    let merged = open::merge(origins);
    let top = scope::Top::Component(Box::default());
    let mut encoder = Encoder::new(origins, &merged, scope::Scopes::new(top), options.canonical_names);
    for index in 0..embedded.len() {
        let index = u32::try_from(index).expect("the number of inputs is far below");
        let alias = Alias::Outer { kind: ComponentOuterAliasKind::Component, count: 1, index };
        encoder.scopes.component().alias(None, alias);
    }
    encoder.open_imports()?;
    encoder.instantiate_all(&indices)?;
    encoder.export_all()?;
    let numbered = instances::numbered(&encoder);
    let skeleton = encoder.scopes.finish();

    let mut tail = after_first_section(&skeleton).to_vec();
    for (name, data) in &options.sections {
        let section = wasm_encoder::CustomSection { name: (*name).into(), data: data.into() };
        section.append_to(&mut tail);
    }
    names::section(options.name, plan, components, &embedded, numbered).as_custom().append_to(&mut tail);

    let mut pieces = vec![Piece::Own(wasm_encoder::Component::HEADER.to_vec())];
    for id in &embedded {
        let bytes = &components.get(*id).bytes;
        let mut head = vec![ComponentSectionId::Component.into()];
        bytes.len().encode(&mut head);
        pieces.push(Piece::Own(head));
        pieces.push(Piece::Shared(bytes.clone()));
    }
    pieces.push(Piece::Own(tail));
    Ok(Linked { pieces, embedded, skeleton })
}

/// The components that the result instantiates, identical bytes once, in plan order.
fn distinct(plan: &Plan, components: &Components) -> (Vec<ComponentId>, BTreeMap<ComponentId, u32>) {
    let mut embedded = Vec::new();
    let mut by_digest: BTreeMap<Digest, u32> = BTreeMap::new();
    let mut indices = BTreeMap::new();
    for instance in plan.instances.iter().filter(|instance| !components.get(instance.component).declares) {
        let id = instance.component;
        let index = *by_digest.entry(components.get(id).digest).or_insert_with(|| {
            embedded.push(id);
            u32::try_from(embedded.len() - 1).expect("the number of inputs is far below")
        });
        indices.insert(id, index);
    }
    (embedded, indices)
}

/// What follows the header and the first section of a component.
fn after_first_section(component: &[u8]) -> &[u8] {
    let header = wasm_encoder::Component::HEADER.len();
    let mut reader = wasmparser::BinaryReader::new(&component[header + 1..], 0);
    let size = reader.read_var_u32().expect("this crate wrote the section") as usize;
    &reader.read_bytes(reader.bytes_remaining()).expect("what remains can be read")[size..]
}

impl Piece {
    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Own(bytes) => bytes,
            Self::Shared(bytes) => bytes,
        }
    }
}

impl Linked {
    /// All bytes in one, for users without a file to write to.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.pieces.iter().flat_map(|piece| piece.as_bytes()).copied().collect()
    }

    /// The size in bytes.
    pub fn size(&self) -> usize {
        self.pieces.iter().map(|piece| piece.as_bytes().len()).sum()
    }
}
