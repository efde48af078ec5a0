//! One pass of the validator over one file.

use crate::types::read::{self, MOST_ITEMS};
use crate::types::shape::Shape;
use rayon::prelude::*;
use wasmparser::{
    Encoding, FuncToValidate, FuncValidatorAllocations, FunctionBody, Parser, Payload, ValidPayload, Validator,
    ValidatorResources, WasmFeatures,
};

/// What validation keeps of a component.
#[derive(Debug)]
pub struct Validated {
    /// Its type.
    pub shape: Shape,
    /// Core modules and components inside, nested ones included, itself not.
    pub inner_count: usize,
}

/// Why bytes are no component that may be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invalid {
    /// The bytes are a core module.
    CoreModule,
    /// Its imports and exports have more in them than [`MOST_ITEMS`].
    TooManyItems,
    /// The validator refuses them.
    Refused {
        /// Where, in bytes from the start.
        offset: u64,
        /// The validator's words.
        message: String,
    },
}

/// Validates a component in full and reads its shape.
pub fn validate(bytes: &[u8], features: WasmFeatures) -> Result<Validated, Invalid> {
    validate_up_to(bytes, features, MOST_ITEMS)
}

/// The same with another limit of items.
pub fn validate_up_to(bytes: &[u8], features: WasmFeatures, most: usize) -> Result<Validated, Invalid> {
    let mut validator = Validator::new_with_features(features);
    let mut parser = Parser::new(0);
    parser.set_features(features);
    let mut depth = 0usize;
    let mut inner_count = 0;
    let (mut imports, mut exports) = (Vec::new(), Vec::new());
    let mut bodies = Vec::new();
    let mut types = None;
    for payload in parser.parse_all(bytes) {
        let payload = payload?;
        match &payload {
            Payload::Version { encoding: Encoding::Module, .. } if depth == 0 => return Err(Invalid::CoreModule),
            Payload::Version { .. } => depth += 1,
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => inner_count += 1,
            Payload::ComponentImportSection(section) if depth == 1 => {
                for import in section.clone() {
                    imports.push(import?.name.name);
                }
            }
            Payload::ComponentExportSection(section) if depth == 1 => {
                for export in section.clone() {
                    exports.push(export?.name.name);
                }
            }
            Payload::End(_) => depth -= 1,
            _ => {}
        }
        match validator.payload(&payload)? {
            ValidPayload::Func(func, body) => bodies.push((func, body)),
            ValidPayload::End(end) => types = Some(end),
            ValidPayload::Ok | ValidPayload::Parser(_) => {}
        }
    }
    validate_bodies(bodies)?;
    let types = types.expect("the parser ends with the end of the outermost component");
    let shape = read::shape(types.as_ref(), imports, exports, most).ok_or(Invalid::TooManyItems)?;
    Ok(Validated { shape, inner_count })
}

type Body<'a> = (FuncToValidate<ValidatorResources>, FunctionBody<'a>);

/// Validates function bodies on all threads. Of several errors the one nearest to the start of the file is given, so
/// that the answer does not depend on timing.
fn validate_bodies(bodies: Vec<Body<'_>>) -> Result<(), Invalid> {
    // Work is handed out in runs: a body is often too small to be worth the hand-over.
    const RUN: usize = 128;
    let runs: Vec<Vec<Body<'_>>> = {
        let mut runs = Vec::with_capacity(bodies.len() / RUN + 1);
        let mut rest = bodies.into_iter();
        loop {
            let run: Vec<_> = rest.by_ref().take(RUN).collect();
            if run.is_empty() {
                break runs;
            }
            runs.push(run);
        }
    };
    let first_error = runs
        .into_par_iter()
        .map(|run| {
            let mut allocations = FuncValidatorAllocations::default();
            for (func, body) in run {
                let mut validator = func.into_validator(std::mem::take(&mut allocations));
                validator.validate(&body)?;
                allocations = validator.into_allocations();
            }
            Ok(())
        })
        .filter_map(Result::<(), wasmparser::BinaryReaderError>::err)
        .min_by_key(wasmparser::BinaryReaderError::offset);
    first_error.map_or(Ok(()), |error| Err(error.into()))
}

impl From<wasmparser::BinaryReaderError> for Invalid {
    fn from(error: wasmparser::BinaryReaderError) -> Self {
        Self::Refused { offset: error.offset(), message: error.message().into() }
    }
}
