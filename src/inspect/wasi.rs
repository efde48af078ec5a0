//! Which versions of WASI a file speaks.
//!
//! Told apart: what the file itself asks for or gives, and what only components inside it speak, which a composition may
//! have settled among them. Preview 1 is a core module's affair and comes with an adapter.

use super::anatomy::{Anatomy, Port};
use crate::model::name::InterfaceName;
use std::collections::{BTreeMap, BTreeSet};

/// The module names under which core modules import preview 1.
const PREVIEW_1: [&str; 2] = ["wasi_snapshot_preview1", "wasi_unstable"];

/// What a file speaks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wasi {
    /// By version, the packages in the file's own imports and exports.
    pub outside: BTreeMap<String, BTreeSet<String>>,
    /// By version, the packages that only components inside have.
    pub inside: BTreeMap<String, BTreeSet<String>>,
    /// Whether a core module is written for preview 1.
    pub preview_1: bool,
}

impl Wasi {
    /// Whether there is anything to say.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Looks at all imports and exports in a file.
pub fn of(anatomy: &Anatomy) -> Wasi {
    let mut wasi = Wasi::default();
    for id in anatomy.ids() {
        let part = anatomy.part(id);
        if let Some(module) = part.module() {
            wasi.preview_1 |= module.imports.iter().any(|(module, _)| PREVIEW_1.contains(&module.as_str()));
        }
        let Some(component) = part.component() else { continue };
        let ports = component.imports.iter().chain(component.exports.iter().map(|(port, _)| port));
        for (version, package) in ports.filter_map(wasi_package) {
            let side = if id.0 == 0 { &mut wasi.outside } else { &mut wasi.inside };
            side.entry(version).or_default().insert(package);
        }
    }
    for (version, packages) in &wasi.outside {
        if let Some(inside) = wasi.inside.get_mut(version) {
            inside.retain(|package| !packages.contains(package));
        }
    }
    wasi.inside.retain(|_, packages| !packages.is_empty());
    wasi
}

fn wasi_package(port: &Port) -> Option<(String, String)> {
    let name = port.attrs.implements.as_deref().unwrap_or(&port.name);
    let interface = InterfaceName::parse(name, port.attrs.version_suffix.as_deref())?;
    let text = interface.to_string();
    let version = text.split_once('@').map_or("without a version", |(_, version)| version);
    (interface.namespace == "wasi").then(|| (version.to_owned(), interface.package.clone()))
}
