//! Shapes of WIT and WAT texts, for the unit tests of this layer.

use super::guests::guest;
use super::shape::Shape;
use crate::decode::validate::validate;
use wasmparser::WasmFeatures;

/// The shape of a component around the only world of a WIT text.
pub(crate) fn wit(text: &str) -> Shape {
    of(&guest(text, None))
}

/// The shape of a component in text form.
pub(crate) fn wat(text: &str) -> Shape {
    of(&wat::parse_str(text).unwrap_or_else(|error| panic!("{error}")))
}

/// The shape of a component.
pub(crate) fn of(bytes: &[u8]) -> Shape {
    validate(bytes, WasmFeatures::all()).unwrap_or_else(|error| panic!("{error:?}")).shape
}
