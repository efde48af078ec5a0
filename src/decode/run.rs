//! The stage: every input that is a component, with its shape.
//!
//! Equal bytes are validated once, different files in parallel; what an earlier run validated is remembered. What cannot
//! be used is reported and left out, and the rest goes on.

use super::bodies::{self, Module};
use super::declared;
use super::diags::limits::{AboveValidator, of_validator};
use super::diags::{
    About, CoreModule, EmptyInput, FeatureNotSupported, InvalidComponent, NotWasm, TooManyItems, UnsupportedExtern,
};
use super::memory::{Known, Memory, recall, remember};
use super::sniff::{Kind, sniff};
use super::validate::{Invalid, Validated, all_but_shared, validate};
use super::whereabouts;
use crate::diag::caught::caught;
use crate::diag::watch::{Counted, Watcher};
use crate::diag::{Diagnostic, Sink};
use crate::model::component::{Component, Components, Digest, Fingerprint, WitPackage};
use crate::model::host::{HostProfile, PROFILES};
use crate::model::sizes::Limited;
use crate::sources::{InputFile, InputKind, Inputs};
use crate::types::shape::{Entity, Item, Shape, Side, Unsupported};
use indexmap::IndexMap;
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use wasmparser::{Parser, Payload, WasmFeatures};
use wit_component::DecodedWasm;

/// Decodes all inputs; those that `memory` knows need not be validated again.
pub fn run(inputs: &Inputs, profile: &HostProfile, memory: &dyn Memory, sink: &mut Sink) -> Components {
    let distinct: BTreeMap<Fingerprint, &InputFile> =
        inputs.files.iter().filter(|file| file.kind == InputKind::Bytes).map(|file| (file.fingerprint, file)).collect();
    let judged = judge(&Vec::from_iter(distinct.into_values()), profile, memory, &sink.watcher());

    let mut components = Components { more_on_offer: inputs.unread_offers, ..Components::default() };
    for file in &inputs.files {
        if let InputKind::Wit { interfaces, .. } = &file.kind {
            let (origin, interfaces) = (file.origin.clone(), interfaces.clone());
            components.wit_packages.push(WitPackage { origin, interfaces });
            continue;
        }
        match &judged[&file.fingerprint] {
            Ok(Decoded::Component(known)) => {
                report_unsupported(file, &known.shape, sink);
                components.items.push(component(file, known));
            }
            Ok(Decoded::Wit(interfaces)) => {
                let (origin, interfaces) = (file.origin.clone(), interfaces.clone());
                components.wit_packages.push(WitPackage { origin, interfaces });
            }
            Err(refused) => sink.report(refused.describe(file, profile)),
        }
    }
    components.items.extend(inputs.declared.as_ref().and_then(|world| declared::component(world, sink)));
    components
}

/// What bytes turned out to be.
enum Decoded {
    Component(Box<Known>),
    /// A WIT package in its binary form: the interfaces it describes.
    Wit(Vec<String>),
}

/// Why bytes cannot be used.
pub(super) enum Refused {
    NoWasm(Kind),
    CoreModule,
    TooManyItems,
    Invalid {
        offset: u64,
        message: String,
        module: bool,
    },
    NeedsFeature {
        offset: u64,
        message: String,
    },
    /// More of something than the validator takes.
    AboveValidator {
        limited: Limited,
        max: usize,
    },
}

/// Judges distinct files: first all of each but its large core modules, then these, which several may have in common.
fn judge(
    files: &[&InputFile],
    profile: &HostProfile,
    memory: &dyn Memory,
    watcher: &Watcher,
) -> BTreeMap<Fingerprint, Result<Decoded, Refused>> {
    watcher.expects(Counted::Files, files.len());
    let begun: Vec<_> = files.par_iter().map(|file| begin(file, profile, memory)).collect();
    let (begun, modules): (Vec<_>, Vec<_>) = begun.into_iter().unzip();
    let valid = bodies::validate_shared(modules, profile.features, memory);
    let finish = |((file, begun), valid): ((&&InputFile, Result<Begun, Refused>), bool)| {
        let judged = begun.and_then(|begun| finish(file, begun, valid, profile, memory));
        watcher.done(Counted::Files, 1);
        watcher.done(Counted::Bytes, file.bytes.len());
        (file.fingerprint, judged)
    };
    files.par_iter().zip(begun).zip(valid).map(finish).collect()
}

/// What is known of a component before its large core modules are judged.
enum Begun {
    /// Everything.
    Remembered(Box<Known>),
    /// That all the rest of it is valid.
    Validated(Box<Known>),
}

fn begin<'i>(
    file: &'i InputFile,
    profile: &HostProfile,
    memory: &dyn Memory,
) -> (Result<Begun, Refused>, Vec<Module<'i>>) {
    if let Some(known) = recall(memory, file.fingerprint, profile.features) {
        return (Ok(Begun::Remembered(Box::new(known))), Vec::new());
    }
    let bytes = &*file.bytes;
    match sniff(bytes) {
        Kind::Component => {}
        Kind::CoreModule => return (Err(Refused::CoreModule), Vec::new()),
        other => return (Err(Refused::NoWasm(other)), Vec::new()),
    }
    let (judged, digest) =
        rayon::join(|| all_but_shared(bytes, profile.features), || Digest(Sha256::digest(bytes).into()));
    match judged {
        Ok((Validated { shape, sizes }, modules)) => {
            (Ok(Begun::Validated(Box::new(Known { digest, sizes, shape }))), modules)
        }
        Err(invalid) => (Err(refused(bytes, invalid)), Vec::new()),
    }
}

fn finish(
    file: &InputFile,
    begun: Begun,
    valid: bool,
    profile: &HostProfile,
    memory: &dyn Memory,
) -> Result<Decoded, Refused> {
    let bytes = &*file.bytes;
    let known = match begun {
        Begun::Remembered(known) => return Ok(Decoded::Component(known)),
        Begun::Validated(known) => known,
    };
    if !valid && let Err(invalid) = validate(bytes, profile.features) {
        return Err(refused(bytes, invalid));
    }
    if describes_only(&known.shape)
        && let Ok(Ok(DecodedWasm::WitPackage(resolve, package))) = caught(|| wit_component::decode(bytes))
    {
        let interfaces = resolve.packages[package].interfaces.values();
        return Ok(Decoded::Wit(interfaces.filter_map(|id| resolve.id_of(*id)).collect()));
    }
    remember(memory, file.fingerprint, profile.features, &known);
    Ok(Decoded::Component(known))
}

fn refused(bytes: &[u8], invalid: Invalid) -> Refused {
    match invalid {
        Invalid::CoreModule => Refused::CoreModule,
        Invalid::TooManyItems => Refused::TooManyItems,
        Invalid::Refused { offset, message } => {
            if let Some((limited, max)) = of_validator(&message) {
                return Refused::AboveValidator { limited, max };
            }
            match validate(bytes, WasmFeatures::all()) {
                Ok(_) | Err(Invalid::TooManyItems) => Refused::NeedsFeature { offset, message },
                Err(_) => Refused::Invalid { offset, message, module: false },
            }
        }
    }
}

/// Whether a component has nothing but types of components and instances, as a WIT package in binary form has.
fn describes_only(shape: &Shape) -> bool {
    shape.imports.is_empty()
        && !shape.exports.is_empty()
        && shape.exports.values().all(|item| item.entity == Entity::Unsupported(Unsupported::TypeOfItem))
}

fn component(file: &InputFile, known: &Known) -> Component {
    Component {
        name: file.name.clone(),
        origin: file.origin.clone(),
        named: file.named,
        digest: known.digest,
        bytes: file.bytes.clone(),
        shape: known.shape.clone(),
        declares: false,
        sizes: known.sizes,
    }
}

/// Imports and exports of a kind that shapes do not describe.
fn report_unsupported(file: &InputFile, shape: &Shape, sink: &mut Sink) {
    for side in [Side::Import, Side::Export] {
        unsupported(file, side, shape.side(side), &mut Vec::new(), sink);
    }
}

fn unsupported<'a>(
    file: &InputFile,
    side: Side,
    items: &'a IndexMap<String, Item>,
    path: &mut Vec<&'a str>,
    sink: &mut Sink,
) {
    for (name, item) in items {
        path.push(name);
        match &item.entity {
            Entity::Unsupported(_) => {
                let name = path.join("#");
                let side = if side == Side::Import { "import" } else { "export" };
                sink.report(UnsupportedExtern { about: about(file), side, name: &name, what: item.entity.word() });
            }
            Entity::Instance(items) => unsupported(file, side, items, path, sink),
            Entity::Func(_) | Entity::Type { .. } => {}
        }
        path.pop();
    }
}

impl Refused {
    pub(super) fn describe(&self, file: &InputFile, profile: &HostProfile) -> Diagnostic {
        let (about, bytes) = (about(file), &*file.bytes);
        match self {
            Self::NoWasm(Kind::Empty) => EmptyInput { about }.into(),
            Self::NoWasm(kind) => NotWasm { about, kind: *kind, bytes }.into(),
            Self::CoreModule => {
                let (preview1, typed) = core_module(bytes);
                CoreModule { about, preview1, typed }.into()
            }
            Self::TooManyItems => TooManyItems { about }.into(),
            Self::Invalid { offset, message, module } => {
                let len = bytes.len() as u64;
                let place = whereabouts::at(bytes, *offset);
                let place = place.as_deref();
                InvalidComponent { about, offset: *offset, len, message, module: *module, place }.into()
            }
            Self::AboveValidator { limited, max } => {
                AboveValidator { about, limited: *limited, max: *max, host: profile }.into()
            }
            Self::NeedsFeature { offset, message } => {
                let other =
                    PROFILES.iter().map(|profile| profile()).find(|other| validate(bytes, other.features).is_ok());
                let other = other.map(|other| other.name);
                let place = whereabouts::at(bytes, *offset);
                let (host, place) = (profile.name, place.as_deref());
                FeatureNotSupported { about, feature: message, offset: *offset, place, host, other }.into()
            }
        }
    }
}

pub(super) fn about(file: &InputFile) -> About<'_> {
    About { origin: &file.origin, written: file.written.as_ref() }
}

/// Whether a core module imports the first preview of WASI, and whether it carries the type of a component. As far as it
/// can be read: it may be damaged as well.
fn core_module(bytes: &[u8]) -> (bool, bool) {
    let (mut preview1, mut typed) = (false, false);
    for payload in Parser::new(0).parse_all(bytes).map_while(Result::ok) {
        match payload {
            Payload::ImportSection(section) => {
                let mut imports = section.into_imports().map_while(Result::ok);
                preview1 |= imports.any(|import| import.module == "wasi_snapshot_preview1");
            }
            Payload::CustomSection(section) => typed |= section.name().starts_with("component-type"),
            _ => {}
        }
    }
    (preview1, typed)
}
