//! Custom sections: names, producers, and what a part says about itself.
//!
//! None of them is judged by the validator, so anything may stand there: what cannot be read is passed over, and its
//! size is told all the same.

use super::anatomy::{Custom, Producer};
use super::read::Occurrence;
use super::spaces::InnerKind;
use std::collections::BTreeMap;
use wasmparser::{ComponentName, CustomSectionReader, KnownCustom, Name, NameMap};

/// Sections of a sentence or two about the part.
const METADATA: &[&str] = &["version", "description", "authors", "licenses", "homepage", "source", "revision"];

/// The names in a name section.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// That of the part itself.
    pub own: Option<String>,
    /// Those of instances of components, by index.
    pub instances: BTreeMap<u32, String>,
    /// Those of components and modules, by index.
    pub inner: BTreeMap<(InnerKind, u32), String>,
}

/// Reads a custom section of a part.
pub(super) fn custom(section: &CustomSectionReader<'_>, part: &mut Occurrence) {
    part.custom.push(Custom { name: section.name().into(), bytes: section.data().len() });
    match section.as_known() {
        KnownCustom::Name(names) => {
            for name in names.into_iter().map_while(Result::ok) {
                if let Name::Module { name, .. } = name {
                    part.names.own = given(name);
                }
            }
        }
        KnownCustom::ComponentName(names) => {
            for name in names.into_iter().map_while(Result::ok) {
                match name {
                    ComponentName::Component { name, .. } => part.names.own = given(name),
                    ComponentName::Instances(map) => part.names.instances.extend(named(map)),
                    ComponentName::Components(map) => {
                        part.names
                            .inner
                            .extend(named(map).into_iter().map(|(index, name)| ((InnerKind::Component, index), name)));
                    }
                    ComponentName::CoreModules(map) => {
                        part.names
                            .inner
                            .extend(named(map).into_iter().map(|(index, name)| ((InnerKind::Module, index), name)));
                    }
                    _ => {}
                }
            }
        }
        KnownCustom::Producers(fields) => {
            for field in fields.into_iter().map_while(Result::ok) {
                for value in field.values.into_iter().map_while(Result::ok) {
                    let (name, version) = (value.name.to_owned(), value.version.to_owned());
                    part.producers.push(Producer { field: field.name.into(), name, version });
                }
            }
        }
        _ if METADATA.contains(&section.name()) => {
            if let Ok(text) = std::str::from_utf8(section.data()) {
                part.metadata.push((section.name().into(), text.trim().into()));
            }
        }
        _ => {}
    }
}

fn named(map: NameMap<'_>) -> BTreeMap<u32, String> {
    let names = map.into_iter().map_while(Result::ok);
    names.filter_map(|naming| Some((naming.index, given(naming.name)?))).collect()
}

fn given(name: &str) -> Option<String> {
    (!name.is_empty()).then(|| name.to_owned())
}
