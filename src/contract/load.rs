//! From a word of the user's to a side: WIT is taken as it is, what is encoded is decoded and printed as WIT first.

use super::diags::ContractUndecodable;
use super::side::Side;
use crate::decode;
use crate::decode::memory::Memory;
use crate::diag::caught::caught;
use crate::diag::{Diagnostic, Sink, Source};
use crate::model::component::{Component, Fingerprint};
use crate::model::host::HostProfile;
use crate::model::request::Written;
use crate::sources::{self, FoundContract, InputFile, InputKind, Inputs, WitTexts};
use bytes::Bytes;
use std::sync::Arc;
use wit_component::{DecodedWasm, WitPrinter};
use wit_parser::{PackageName, Resolve};

/// A side, and the component that it was read from, if it was one.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The side.
    pub side: Side,
    /// The component.
    pub component: Option<Component>,
}

/// How components are decoded.
#[derive(Clone, Copy)]
pub struct Decoding<'a> {
    /// The features and limits that components are held against.
    pub profile: &'a HostProfile,
    /// What earlier runs found out.
    pub memory: &'a dyn Memory,
}

/// Reads what a word names; `None` if it cannot be read, which is in the sink.
pub fn load(written: &Written, decoding: Decoding<'_>, sink: &mut Sink) -> Option<Loaded> {
    match sources::contract(written) {
        Ok(FoundContract::Wit(texts)) => {
            let WitTexts { resolve, packages, texts } = *texts;
            let side = Side { origin: written.text.clone(), resolve, packages, component: None, texts };
            Some(Loaded { side, component: None })
        }
        Ok(FoundContract::Encoded(bytes)) => encoded(written, bytes, decoding, sink),
        Err(diagnostic) => {
            sink.report(*diagnostic);
            None
        }
    }
}

/// The side of a component, or of a WIT package in its binary form.
pub fn encoded(written: &Written, bytes: Bytes, decoding: Decoding<'_>, sink: &mut Sink) -> Option<Loaded> {
    let fingerprint = Fingerprint::of(&bytes);
    let file = InputFile {
        name: "contract".into(),
        renamed: false,
        origin: written.text.clone(),
        written: Some(written.clone()),
        named: true,
        bytes: bytes.clone(),
        fingerprint,
        kind: InputKind::Bytes,
    };
    let inputs = Inputs { files: vec![file], ..Inputs::default() };
    let mut components = decode::run(&inputs, decoding.profile, decoding.memory, sink);
    let component = components.items.pop();
    if component.is_none() && components.wit_packages.is_empty() {
        return None;
    }
    match caught(|| printed(&written.text, &bytes)).and_then(|side| side) {
        Ok(side) => Some(Loaded { side, component }),
        Err(message) => {
            sink.report(Diagnostic::from(ContractUndecodable { written, message: &message }));
            None
        }
    }
}

/// Decodes, prints, and reads what was printed, so that every item has a place.
fn printed(origin: &str, bytes: &[u8]) -> Result<Side, String> {
    let words = |error: &dyn std::fmt::Display| format!("{error:#}");
    let decoded = wit_component::decode(bytes).map_err(|error| words(&error))?;
    let (resolve, main, world) = match &decoded {
        DecodedWasm::WitPackage(resolve, package) => (resolve, *package, None),
        DecodedWasm::Component(resolve, world) => {
            let world = &resolve.worlds[*world];
            (resolve, world.package.ok_or("its world has no package")?, Some(world.name.clone()))
        }
    };
    let names = |resolve: &Resolve| -> Vec<PackageName> {
        resolve.packages.iter().map(|(_, package)| package.name.clone()).collect()
    };
    let others: Vec<_> = resolve.packages.iter().map(|(id, _)| id).filter(|id| *id != main).collect();
    let mut printer = WitPrinter::default();
    printer.print(resolve, main, &others).map_err(|error| words(&error))?;
    let text = printer.output.to_string();
    let name = format!("{origin} (decoded)");
    let mut side = Side::of_text(&name, &text)?;
    side.origin = origin.into();
    side.texts = vec![Arc::new(Source::new(name, text))];
    let id_of = |name: &PackageName| side.resolve.package_names.get(name).copied();
    let main = id_of(&resolve.packages[main].name).ok_or("its package is lost")?;
    match world {
        Some(world) => {
            side.component = side.resolve.packages[main].worlds.get(&world).copied();
            let all = names(resolve);
            side.packages = all.iter().filter_map(id_of).filter(|id| *id != main).collect();
        }
        None => side.packages = vec![main],
    }
    Ok(side)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::memory::Forgetful;
    use crate::model::host::PROFILES;

    #[test]
    fn a_component_is_a_side_with_places() {
        let text = r#"(component (import "acme:name/name@1.0.0" (instance (export "length" (func (result u32))))))"#;
        let bytes = wat::parse_str(text).expect("a component");
        let mut sink = Sink::default();
        let decoding = Decoding { profile: &PROFILES[0](), memory: &Forgetful };
        let loaded = encoded(&Written::new("a.wasm"), bytes.into(), decoding, &mut sink).expect("a side");
        let side = &loaded.side;
        assert!(loaded.component.is_some() && side.component.is_some() && sink.diagnostics().is_empty());
        assert_eq!(side.packages.iter().map(|id| side.package_name(*id)).collect::<Vec<_>>(), ["acme:name"]);
        let interface = side.resolve.packages[side.packages[0]].interfaces["name"];
        let function = &side.resolve.interfaces[interface].functions["length"];
        let (source, span) = side.at(function.span).expect("a place");
        assert_eq!((source.name.as_str(), &source.text[span]), ("a.wasm (decoded)", "length"));
    }
}
