//! From words of the command line to parties: components by their names, WIT packages by the interfaces they describe.

use super::judging::Subjects;
use crate::cli::grammar::NamedFile;
use crate::cli::load;
use crate::cli::request::Line;
use crate::cli::usage;
use crate::contract::party::{Party, Places};
use crate::contract::target::World;
use crate::decode;
use crate::diag::caught::caught;
use crate::diag::{Sink, Source, visible};
use crate::model::component::Component;
use crate::model::host::tools_0_263;
use crate::model::import_pattern::{ImportPattern, Place};
use crate::model::request::{Request, WorldRequest};
use crate::sources::{self, InputKind};
use crate::types::of_wit::{self, Described};
use crate::types::shape::Side;
use clap::error::ErrorKind;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use wit_component::DecodedWasm;
use wit_parser::Resolve;

/// Who was named.
#[derive(Debug, Default)]
pub(super) struct Parties {
    /// In the order of the words, if all could be read.
    pub(super) all: Vec<Party>,
    /// Those that do not go by the name they would have, because another one has it: name and file.
    pub(super) renamed: Vec<(String, String)>,
    /// The world that was asked for.
    pub(super) world: Option<World>,
    /// Every file that was read.
    pub(super) read: Vec<PathBuf>,
}

impl Parties {
    /// The components.
    pub(super) fn components(&self) -> impl Iterator<Item = &Party> {
        self.all.iter().filter(|party| !party.is_wit())
    }

    /// The WIT packages, which only offer.
    pub(super) fn packages(&self) -> impl Iterator<Item = &Party> {
        self.all.iter().filter(|party| party.is_wit())
    }
}

/// Where a world is: `PATH` or `PATH#NAME`.
pub(super) fn world_word(word: &str) -> Result<String, String> {
    match word.split('#').next() {
        Some("") | None => Err("the path of a WIT package is missing: `wit#world`".into()),
        Some(_) if word.ends_with('#') => Err("the name of the world after `#` is missing".into()),
        Some(_) => Ok(word.into()),
    }
}

/// How reports call what is named, and where it is.
pub(super) fn subjects<'a>(files: impl Iterator<Item = &'a NamedFile> + Clone) -> Subjects {
    let words = files.clone().map(|file| file.word.clone()).collect();
    Subjects { words, files: files.map(|file| file.path().to_owned()).collect() }
}

/// Reads everything, each file once. What cannot be read is in the sink.
pub(super) fn load(
    verb: &str,
    files: &[(Option<&'static str>, &NamedFile)],
    world: Option<&str>,
    no_cache: bool,
    sink: &mut Sink,
) -> Parties {
    let words = files.iter().map(|(option, file)| (*option, file.word.as_str()));
    let line = Line::new(&format!("compose contract {verb}"), words.chain(world.map(|word| (Some("--world"), word))));
    let inputs = files.iter().enumerate().map(|(index, (_, file))| line.input(index, file)).collect();
    let world = world.map(|word| {
        let (path, name) = word.split_once('#').map_or((word, None), |(path, name)| (path, Some(name)));
        let name = name.map(|name| line.part(files.len(), path.len() + 1..path.len() + 1 + name.len()));
        let written = line.part(files.len(), 0..path.len());
        WorldRequest { written, path: PathBuf::from(path), name, package: None }
    });
    let request = Request { inputs, world, ..Request::new() };
    let inputs = sources::load(&request, sink);
    // A contract is no matter of hosts: what any of them reads is read.
    let decoded = decode::run(&inputs, &tools_0_263(), &*load::memory(no_cache), sink);
    let mut components: BTreeMap<String, Component> =
        decoded.items.into_iter().map(|component| (component.name.clone(), component)).collect();
    let mut resolves = inputs.wit.iter();
    let read = inputs.read.iter().map(|(_, path, _)| path.clone());
    let mut found = Parties { read: read.collect(), ..Parties::default() };
    for file in &inputs.files {
        if file.renamed {
            found.renamed.push((file.name.clone(), file.origin.clone()));
        }
        let (name, decoded) = (file.name.as_str(), format!("{} (decoded)", file.origin));
        found.all.extend(match &file.kind {
            InputKind::Wit { interfaces, .. } => resolves.next().map(|resolve| {
                let ids = resolve.interfaces.iter().map(|(id, _)| id);
                let ids = ids.filter(|id| resolve.id_of(*id).is_some_and(|name| interfaces.contains(&name)));
                let text = format!("{} (resolved)", file.origin);
                let described = of_wit::interfaces(resolve, ids);
                let places = places(resolve, &described);
                Party::offering(Side::Import, name, text, described.shape).written(places)
            }),
            InputKind::Bytes => match components.remove(name) {
                Some(component) => Some(Party::new(name, decoded, component.shape)),
                None => encoded_package(name, decoded, &file.bytes),
            },
        });
    }
    found.world = inputs.world.map(|world| {
        let own = &world.resolve.worlds[world.id];
        let name = match own.package {
            Some(package) => world.resolve.id_of_name(package, &own.name),
            None => own.name.clone(),
        };
        let text = format!("{} (resolved)", world.origin);
        let [imports, exports] = [of_wit::imports, of_wit::exports].map(|describe| describe(&world.resolve, world.id));
        let [imports_at, exports_at] = [&imports, &exports].map(|described| places(&world.resolve, described));
        World {
            imports: Party::offering(Side::Import, &name, &text, imports.shape).written(imports_at),
            exports: Party::new(&name, &text, exports.shape).written(exports_at),
        }
    });
    found
}

/// Where the items of WIT are declared, as far as the texts are still where they were read.
fn places(resolve: &Resolve, described: &Described) -> Places {
    let mut texts: BTreeMap<String, Option<Arc<Source>>> = BTreeMap::new();
    let mut places = Places::new();
    for (place, span) in &described.spans {
        let Some(location) = resolve.source_map.resolve_span(*span) else { continue };
        let origin = location.path.to_string();
        // What cannot be read now was read before, so nothing is said of it.
        let text = texts
            .entry(origin)
            .or_insert_with_key(|origin| sources::read_text(Path::new(origin), origin, &mut Sink::default()));
        if let Some(text) = text.as_ref().filter(|text| text.text.get(location.range.clone()).is_some()) {
            places.insert(place.clone(), (text.clone(), location.range));
        }
    }
    places
}

/// A WIT package in its binary form. What is neither that nor a component was reported.
fn encoded_package(name: &str, text: String, bytes: &[u8]) -> Option<Party> {
    let decoded = caught(|| wit_component::decode(bytes)).ok()?.ok()?;
    let DecodedWasm::WitPackage(resolve, package) = decoded else { return None };
    let ids = resolve.packages[package].interfaces.values().copied();
    Some(Party::offering(Side::Import, name, text, of_wit::interfaces(&resolve, ids).shape))
}

/// What the host has, by the words of `--allow-import`.
pub(super) fn host(words: &[&str]) -> Result<Vec<ImportPattern>, clap::Error> {
    let pattern = |text: &&str| {
        ImportPattern::parse(text, Place::Permission).map_err(|_| {
            let text = format!("--allow-import {text}: an interface, `ns:pkg/*` or `ns:*` is meant");
            usage::usage(ErrorKind::ValueValidation, text)
        })
    };
    words.iter().map(pattern).collect()
}

/// A usage error for two consumers of one name.
pub(super) fn one_name(name: &str, file: &str) -> clap::Error {
    let text = format!(
        "`{file}` would be recorded as `{name}`, since another consumer has its name\n\n  tip: say who it is: \
         `NAME={file}`"
    );
    usage::usage(ErrorKind::ArgumentConflict, visible(&text))
}

/// A usage error for too few words.
pub(super) fn too_few(what: &str, tip: &str) -> clap::Error {
    usage::usage(ErrorKind::MissingRequiredArgument, format!("{what}\n\n  tip: {tip}"))
}
