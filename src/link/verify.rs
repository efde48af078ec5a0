//! The judge of every result: the validator.
//!
//! Every build validates the *skeleton*: our own part of the result, around inner components of which only the types
//! are given. Each inner component was validated in full when it was read, so nothing is left out, and the cost does not
//! grow with the size of the inputs. On demand, all bytes of the result are validated as a host would.

use super::Linked;
use super::encode::Broken;
use super::{predict, shape_type};
use crate::decode::validate::{Invalid, validate_up_to};
use crate::model::component::Components;
use crate::model::host::HostProfile;
use crate::model::plan::Plan;
use crate::types::identity::Identity;
use crate::types::read;
use crate::types::shape::Shape;
use crate::types::world_text::canonical_text;
use wasm_encoder::{
    Component, ComponentImportSection, ComponentSectionId, ComponentTypeRef, ComponentTypeSection, RawSection,
};
use wasmparser::{Validator, WasmFeatures};

/// Verifies a result: its skeleton is valid, and the world the validator sees in it is the one predicted from the plan
/// without the encoder's code.
pub fn run(
    linked: &Linked,
    plan: &Plan,
    identity: &Identity,
    components: &Components,
    profile: &HostProfile,
) -> Result<(), Broken> {
    let actual = skeleton(linked, components, profile.features)?;
    let predicted = predict::world(plan, identity, components, profile.canonical_names);
    let (predicted, actual) = (canonical_text(&predicted), canonical_text(&actual));
    if predicted != actual {
        return Err(Broken::Mistake(format!("predicted world:\n{predicted}\nworld of the result:\n{actual}")));
    }
    Ok(())
}

/// Validates our own part of a result against the types of the inner components, and gives the result's shape as the
/// validator sees it.
pub fn skeleton(linked: &Linked, components: &Components, features: WasmFeatures) -> Result<Shape, Broken> {
    let mut types = ComponentTypeSection::new();
    let mut imports = ComponentImportSection::new();
    for (index, id) in (0u32..).zip(&linked.embedded) {
        types.component(&shape_type::component_type(&components.get(*id).shape)?);
        imports.import(format!("c{index}"), ComponentTypeRef::Component(index));
    }
    let mut around = Component::new();
    around.section(&types);
    around.section(&imports);
    around.section(&RawSection { id: ComponentSectionId::Component.into(), data: &linked.skeleton });
    let around = around.finish();
    match Validator::new_with_features(features).validate_all(&around) {
        Ok(types) => {
            let types = types.as_ref();
            let own = types.component_count() - 1;
            Ok(read::shape_of_inner(types, types.component_at(own)))
        }
        Err(error) => Err(refused(error.message(), error.offset())),
    }
}

/// Validates all bytes of a result and gives its shape.
pub fn full(linked: &Linked, features: WasmFeatures) -> Result<Shape, Broken> {
    // The limit is one of inputs, and the result may be of many.
    match validate_up_to(&linked.to_bytes(), features, usize::MAX) {
        Ok(validated) => Ok(validated.shape),
        Err(Invalid::CoreModule) => Err(Broken::Mistake("the result is a core module".into())),
        Err(Invalid::TooManyItems) => Err(Broken::Mistake("the result has too many items".into())),
        Err(Invalid::Refused { offset, message }) => Err(refused(&message, offset)),
    }
}

/// What the validator has against a result. The limits of the format have no kind of their own there, only words.
fn refused(message: &str, offset: u64) -> Broken {
    let limit = message.contains("count exceeds limit of") || message.contains("size exceeds the limit of");
    let what = format!("{message} (at byte {offset:#x})");
    if limit { Broken::Limit(what) } else { Broken::Mistake(what) }
}
