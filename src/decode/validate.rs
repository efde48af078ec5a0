//! One pass of the validator over one file.

use super::bodies::{self, Module};
use super::sizes;
use crate::model::sizes::Sizes;
use crate::types::read::{self, MOST_ITEMS};
use crate::types::shape::Shape;
use wasmparser::{Encoding, Parser, Payload, ValidPayload, Validator, WasmFeatures};

/// What validation keeps of a component.
#[derive(Debug)]
pub struct Validated {
    /// Its type.
    pub shape: Shape,
    /// What hosts limit.
    pub sizes: Sizes,
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
    let (validated, modules) = all_but_bodies(bytes, features, most)?;
    bodies::validate(modules)?;
    Ok(validated)
}

/// The same, but gives back the core modules whose function bodies other files may well have too, with these not yet
/// validated.
pub(super) fn all_but_shared(bytes: &[u8], features: WasmFeatures) -> Result<(Validated, Vec<Module<'_>>), Invalid> {
    let (validated, modules) = all_but_bodies(bytes, features, MOST_ITEMS)?;
    let (shared, own): (Vec<_>, Vec<_>) = modules.into_iter().partition(Module::is_worth_sharing);
    match bodies::validate(own) {
        Ok(()) => Ok((validated, shared)),
        // As above, the error nearest to the start is given.
        Err(own) => match bodies::validate(shared) {
            Err(other) if other.offset() < own.offset() => Err(other.into()),
            _ => Err(own.into()),
        },
    }
}

fn all_but_bodies(bytes: &[u8], features: WasmFeatures, most: usize) -> Result<(Validated, Vec<Module<'_>>), Invalid> {
    let mut validator = Validator::new_with_features(features);
    let mut parser = Parser::new(0);
    parser.set_features(features);
    let mut stack: Vec<Encoding> = Vec::new();
    let mut sizes = Sizes::default();
    let (mut imports, mut exports) = (Vec::new(), Vec::new());
    let mut modules = Vec::new();
    let mut module = None;
    let mut types = None;
    for payload in parser.parse_all(bytes) {
        let payload = payload?;
        match &payload {
            Payload::Version { encoding: Encoding::Module, .. } if stack.is_empty() => return Err(Invalid::CoreModule),
            Payload::Version { encoding, .. } => {
                stack.push(*encoding);
                module = (*encoding == Encoding::Module).then(Module::default);
            }
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => sizes.inner += 1,
            Payload::ComponentTypeSection(section) => sizes::types(&mut sizes, section.clone())?,
            Payload::ComponentImportSection(section) if stack.len() == 1 => {
                for import in section.clone() {
                    imports.push(import?.name.name);
                }
            }
            Payload::ComponentExportSection(section) if stack.len() == 1 => {
                for export in section.clone() {
                    exports.push(export?.name.name);
                }
            }
            Payload::End(_) => modules.extend(module.take()),
            _ => {}
        }
        if let Some(module) = &mut module {
            module.section(&payload, bytes);
        }
        match (validator.payload(&payload)?, &mut module) {
            (ValidPayload::Func(func, body), Some(module)) => module.body((func, body)),
            (ValidPayload::End(end), _) => {
                let encoding = stack.pop().expect("what ends has begun");
                sizes::ended(&mut sizes, encoding, end.as_ref());
                types = Some(end);
            }
            _ => {}
        }
    }
    let types = types.expect("the parser ends with the end of the outermost component");
    let shape = read::shape(types.as_ref(), imports, exports, most).ok_or(Invalid::TooManyItems)?;
    Ok((Validated { shape, sizes }, modules))
}

impl From<wasmparser::BinaryReaderError> for Invalid {
    fn from(error: wasmparser::BinaryReaderError) -> Self {
        Self::Refused { offset: error.offset(), message: error.message().into() }
    }
}
