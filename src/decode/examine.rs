//! One file alone, for looking into it: a component or a core module, judged with every feature that is known.
//!
//! Unlike the stage, which asks whether a host takes an input, this only asks whether the bytes are sound.

use super::diags::NotWasm;
use super::diags::limits::of_validator;
use super::run::{Refused, about};
use super::sniff::{Kind, sniff};
use super::validate::{Invalid, Validated, validate};
use crate::diag::Diagnostic;
use crate::model::host::tools_0_263;
use crate::sources::{InputFile, InputKind};
use wasmparser::{Validator, WasmFeatures};

/// What a file is.
#[derive(Debug)]
pub enum Examined {
    /// A component.
    Component(Box<Validated>),
    /// A core module.
    Module,
}

/// Judges a file; what is wrong with it is the same diagnostic as when it is composed.
pub fn examine(file: &InputFile) -> Result<Examined, Box<Diagnostic>> {
    let bytes = &*file.bytes;
    if let InputKind::Wit { .. } = file.kind {
        return Err(Box::new(NotWasm { about: about(file), kind: Kind::Wit, bytes }.into()));
    }
    let refused = match sniff(bytes) {
        Kind::Component => match validate(bytes, WasmFeatures::all()) {
            Ok(validated) => return Ok(Examined::Component(Box::new(validated))),
            Err(Invalid::Refused { offset, message }) => match of_validator(&message) {
                Some((limited, max)) => Refused::AboveValidator { limited, max },
                None => Refused::Invalid { offset, message, module: false },
            },
            Err(Invalid::CoreModule) => return Ok(Examined::Module),
            Err(Invalid::TooManyItems) => Refused::TooManyItems,
        },
        Kind::CoreModule => match Validator::new_with_features(WasmFeatures::all()).validate_all(bytes) {
            Ok(_) => return Ok(Examined::Module),
            Err(error) => Refused::Invalid { offset: error.offset(), message: error.message().into(), module: true },
        },
        other => Refused::NoWasm(other),
    };
    Err(Box::new(refused.describe(file, &tools_0_263())))
}
