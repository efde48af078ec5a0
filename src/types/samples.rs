//! Shapes of WIT and WAT texts, for the unit tests of this layer.

use super::guests::guest;
use super::shape::Shape;
use wasmparser::{Parser, Payload, Validator, WasmFeatures};

/// The shape of a component around the only world of a WIT text.
pub(crate) fn wit(text: &str) -> Shape {
    of(&guest(text, None))
}

/// The shape of a component around a world of a WIT text.
pub(crate) fn world(text: &str, world: &str) -> Shape {
    of(&guest(text, Some(world)))
}

/// The shape of a component in text form.
pub(crate) fn wat(text: &str) -> Shape {
    of(&wat::parse_str(text).unwrap_or_else(|error| panic!("{error}")))
}

/// The shape of a component.
pub(crate) fn of(bytes: &[u8]) -> Shape {
    let types = Validator::new_with_features(WasmFeatures::all()).validate_all(bytes).expect("a valid component");
    let (mut imports, mut exports, mut depth) = (Vec::new(), Vec::new(), 0);
    for payload in Parser::new(0).parse_all(bytes) {
        match payload.expect("a valid component") {
            Payload::Version { .. } => depth += 1,
            Payload::End(_) => depth -= 1,
            Payload::ComponentImportSection(section) if depth == 1 => {
                imports.extend(section.into_iter().map(|import| import.expect("valid").name.name));
            }
            Payload::ComponentExportSection(section) if depth == 1 => {
                exports.extend(section.into_iter().map(|export| export.expect("valid").name.name));
            }
            _ => {}
        }
    }
    super::read::shape(types.as_ref(), imports, exports)
}
