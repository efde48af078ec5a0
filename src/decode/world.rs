//! The shape of a world in WIT: that of a component of this world, whatever it does.

use super::validate::{Invalid, Validated, validate};
use crate::diag::caught::caught;
use crate::sources::World;
use crate::types::read::MOST_ITEMS;
use crate::types::shape::Shape;
use wasmparser::WasmFeatures;
use wit_component::{ComponentEncoder, StringEncoding, dummy_module, embed_component_metadata};
use wit_parser::ManglingAndAbi;

/// The shape, or why the world cannot be made a component of, in the words of the encoder.
pub fn shape(world: &World) -> Result<Shape, String> {
    caught(|| component_of(world)).and_then(|shape| shape)
}

fn component_of(world: &World) -> Result<Shape, String> {
    let mut module = dummy_module(&world.resolve, world.id, ManglingAndAbi::Standard32);
    embed_component_metadata(&mut module, &world.resolve, world.id, StringEncoding::UTF8, false)
        .map_err(|error| format!("{error:#}"))?;
    let mut encoder = ComponentEncoder::default();
    let bytes = encoder.module(&module).and_then(|encoder| encoder.encode()).map_err(|error| format!("{error:#}"))?;
    match validate(&bytes, WasmFeatures::all()) {
        Ok(Validated { shape, .. }) => Ok(shape),
        Err(Invalid::CoreModule) => Err("the encoder made a core module of it".into()),
        Err(Invalid::TooManyItems) => Err(format!("it has more than {MOST_ITEMS} items")),
        Err(Invalid::Refused { message, .. }) => Err(message),
    }
}
