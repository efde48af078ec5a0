//! Components made from WIT for tests: the world's imports and exports around a module whose functions trap.

#![allow(unreachable_pub, dead_code, reason = "shared by tests that each use a part")]

use wit_component::{ComponentEncoder, StringEncoding, dummy_module, embed_component_metadata};
use wit_parser::{LiftLowerAbi, ManglingAndAbi, Resolve, WorldId};

/// A component of the world in a WIT text; without a name, the text's only world. Packages nested in the text work.
pub fn guest(wit: &str, world: Option<&str>) -> Vec<u8> {
    let mut resolve = Resolve { all_features: true, ..Resolve::default() };
    let package = resolve.push_str("test.wit", wit).unwrap_or_else(|error| panic!("{error:?}\n{wit}"));
    let world = resolve.select_world(&[package], world).unwrap_or_else(|error| panic!("{error:?}\n{wit}"));
    guest_of(&resolve, world, false).unwrap_or_else(|error| panic!("{error:?}\n{wit}"))
}

/// A component of a world; `canonical` spells versions the canonical way.
pub fn guest_of(resolve: &Resolve, world: WorldId, canonical: bool) -> Result<Vec<u8>, String> {
    let mut module = dummy_module(resolve, world, ManglingAndAbi::Legacy(LiftLowerAbi::Sync));
    embed_component_metadata(&mut module, resolve, world, StringEncoding::UTF8, canonical)
        .map_err(|error| format!("{error:?}"))?;
    let mut encoder = ComponentEncoder::default();
    encoder.emit_canonical_names(canonical).module(&module).map_err(|error| format!("{error:?}"))?;
    encoder.encode().map_err(|error| format!("{error:?}"))
}
