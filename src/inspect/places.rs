//! Where in a file its core modules stand, and whose they are: for whoever has a position in the file and wants a name.
//!
//! Read from the bytes alone; a plan is not asked, since the name section has the names of the instances too.

use super::read::{Body, read};
use super::spaces::{InnerKind, Origin};
use std::collections::BTreeMap;
use std::ops::Range;
use wasmparser::{ExternalKind, KnownCustom, Name, NameSectionReader, Parser, Payload};

/// Instances are listed up to that many; a file can have more than anybody reads.
const MANY: usize = 64;

/// What `wit-component` begins the names of functions with that only pass a call on, so that a component can be made of
/// modules which need each other.
pub const SHIM: &str = "indirect-";
/// The table of such a shim.
const TABLE: &str = "$imports";

/// A core module at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The bytes that it takes.
    pub range: Range<usize>,
    /// The components around it but for the file itself, the outermost first.
    pub within: Vec<Within>,
    /// The names under which it exports functions, by their numbers; those of a shim with [`SHIM`] before what they stand
    /// for, since they are exported as numbers.
    pub functions: BTreeMap<u32, String>,
}

/// A component inside of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Within {
    /// What the component around it calls it.
    pub name: Option<String>,
    /// The instances of it that the component around it makes.
    pub instances: Vec<String>,
}

/// All core modules of a file, in order; `None` if it cannot be read.
pub fn places(bytes: &[u8]) -> Option<Vec<Place>> {
    let read = read(bytes).ok()?;
    let mut around: Vec<Option<usize>> = vec![None; read.occurrences.len()];
    for (number, occurrence) in read.occurrences.iter().enumerate() {
        for inner in &occurrence.inner {
            around[*inner] = Some(number);
        }
    }
    let mut places = Vec::new();
    for (number, occurrence) in read.occurrences.iter().enumerate() {
        if matches!(occurrence.body, Body::Component(_)) {
            continue;
        }
        let mut within = Vec::new();
        let mut at = around[number];
        while let Some(component) = at {
            let Some(outer) = around[component] else { break };
            let outside = &read.occurrences[outer];
            if let Body::Component(spaces) = &outside.body {
                let names = &outside.names;
                let index = spaces.inner_indices.get(&component);
                let name = index.and_then(|index: &(InnerKind, u32)| names.inner.get(index)).cloned();
                let made = spaces.instantiations.iter().filter(|made| made.component == Origin::Inner(component));
                let instances = made.filter_map(|made| names.instances.get(&made.index).cloned()).take(MANY);
                within.push(Within { name, instances: instances.collect() });
            }
            at = around[component];
        }
        within.reverse();
        let functions = functions(bytes.get(occurrence.range.clone()).unwrap_or_default());
        places.push(Place { range: occurrence.range.clone(), within, functions });
    }
    places.sort_by_key(|place| place.range.start);
    Some(places)
}

/// The exported functions of a core module. Of several names the first counts.
fn functions(module: &[u8]) -> BTreeMap<u32, String> {
    let mut functions = BTreeMap::new();
    let mut shim = false;
    for payload in Parser::new(0).parse_all(module) {
        match payload {
            Ok(Payload::ExportSection(section)) => {
                for export in section.into_iter().flatten() {
                    match export.kind {
                        ExternalKind::Func => {
                            functions.entry(export.index).or_insert_with(|| export.name.to_owned());
                        }
                        ExternalKind::Table => shim |= export.name == TABLE,
                        _ => {}
                    }
                }
                shim &= functions.values().all(|name| name.bytes().all(|letter| letter.is_ascii_digit()));
                if !shim {
                    break;
                }
                functions.values_mut().for_each(|name| SHIM.clone_into(name));
            }
            Ok(Payload::CustomSection(section)) if shim => {
                if let KnownCustom::Name(names) = section.as_known() {
                    name_shims(names, &mut functions);
                }
            }
            Ok(_) => {}
            Err(_) => break,
        }
    }
    functions
}

/// What the functions of a shim stand for.
fn name_shims(names: NameSectionReader<'_>, functions: &mut BTreeMap<u32, String>) {
    for name in names.into_iter().map_while(Result::ok) {
        let Name::Function(names) = name else { continue };
        for naming in names.into_iter().map_while(Result::ok).filter(|naming| naming.name.starts_with(SHIM)) {
            functions.entry(naming.index).and_modify(|name| naming.name.clone_into(name));
        }
    }
}
