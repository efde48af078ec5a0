//! Packages that are asked for by name: the first place that has one.
//!
//! By `wac`'s layout a package `ns:pkg` is `ns/pkg` with the ending `.wat` or `.wasm`, or a folder of WIT; a version is
//! one folder more. Nothing is ever fetched.

use super::beside::folder_beside;
use super::diags::PackageNotFound;
use super::wit::sorted_entries;
use crate::diag::{Diagnostic, Sink};
use crate::model::near::nearest;
use crate::model::request::{InputFrom, PackagePlace, PackageRequest, Request, WitRequest, Written};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The endings a package's file may have, in the order to look.
const ENDINGS: [&str; 3] = ["wat", "wasm", "wit"];

/// The request with the paths of its packages, and with all that a search by names finds. What is nowhere is reported;
/// a package that is nowhere stays in the request as it is.
pub fn located<'r>(request: &'r Request, sink: &mut Sink) -> Cow<'r, Request> {
    if request.search.is_none() && request.packages().next().is_none() {
        return Cow::Borrowed(request);
    }
    let mut request = request.clone();
    for input in &mut request.inputs {
        if let InputFrom::Package(package) = &input.from
            && let Some((written, path)) = find(package, sink)
        {
            input.from = InputFrom::Path { written, path };
        }
    }
    for import in &mut request.declared {
        if let Some(package) = import.package.take()
            && !request.wit.iter().any(|known| known.package.text == package.package.text)
            && let Some((written, path)) = find(&package, sink)
        {
            request.wit.push(WitRequest { package: package.package, written, path });
        }
    }
    if let Some(search) = request.search.take() {
        super::search::expand(&search, &mut request, sink);
    }
    if let Some(mut world) = request.world.take() {
        request.world = match world.package.take() {
            None => Some(world),
            Some(package) => find(&package, sink).map(|(written, path)| {
                (world.written, world.path) = (written, path);
                world
            }),
        };
    }
    Cow::Owned(request)
}

fn find(package: &PackageRequest, sink: &mut Sink) -> Option<(Written, PathBuf)> {
    let found = package.places.iter().find_map(at);
    if found.is_none() {
        sink.report(not_found(package));
    }
    let (text, path) = found?;
    Some((Written { text, ..package.package.clone() }, path))
}

/// What a place has of the package.
fn at(place: &PackagePlace) -> Option<(String, PathBuf)> {
    if place.folder.is_none() {
        // Whether it is there is for the reader to say, which knows what lies beside it.
        return Some((place.written.clone(), place.path.clone()));
    }
    if has_wit(&place.path) {
        return Some((place.written.clone(), place.path.clone()));
    }
    let with = |ending: &str| {
        let path = PathBuf::from(format!("{}.{ending}", place.path.display()));
        path.exists().then(|| (format!("{}.{ending}", place.written), path))
    };
    ENDINGS.iter().find_map(|ending| with(ending))
}

/// Whether it is a folder of WIT; a folder of that name may also hold the versions of the package.
fn has_wit(folder: &Path) -> bool {
    sorted_entries(folder).is_ok_and(|entries| entries.iter().any(|(name, _)| name.ends_with(".wit")))
}

fn not_found(package: &PackageRequest) -> Diagnostic {
    let name = package.package.text.split('@').next().unwrap_or(&package.package.text);
    let mut known: Vec<(String, String)> = Vec::new();
    for (written, folder) in package.places.iter().filter_map(|place| place.folder.as_ref()) {
        // Namespaces, the package, and its versions.
        let depth = name.split(':').count() + 1;
        walk(folder, written.trim_end_matches('/'), "", depth, &mut known);
    }
    known.sort();
    known.dedup();
    let found = known.iter().map(|(name, _)| name.split('@').next().unwrap_or(name));
    let names: Vec<&str> = found.chain(package.given.iter().map(String::as_str)).collect();
    // The package may be there without the version, or with another one.
    let other = known.iter().find(|(known, _)| known.split('@').next() == Some(name)).map(|(_, path)| path.as_str());
    let is_missing = |folder: &&(String, PathBuf)| !folder.1.is_dir();
    let missing: BTreeMap<&str, Option<String>> = package
        .places
        .iter()
        .filter_map(|place| place.folder.as_ref())
        .filter(is_missing)
        .map(|(written, path)| (written.as_str(), folder_beside(path)))
        .collect();
    PackageNotFound {
        package: &package.package,
        missing,
        places: package.places.iter().map(|place| place.written.as_str()).collect(),
        endings: &ENDINGS,
        near: nearest(name, names),
        other,
    }
    .into()
}

/// The packages below a folder: their names and the paths of their files.
fn walk(folder: &Path, written: &str, name: &str, depth: usize, known: &mut Vec<(String, String)>) {
    for (entry, path) in sorted_entries(folder).unwrap_or_default() {
        let written = format!("{written}/{entry}");
        let join = |part: &str| match (name.is_empty(), part.starts_with(|first: char| first.is_ascii_digit())) {
            (true, _) => part.to_owned(),
            (false, true) => format!("{name}@{part}"),
            (false, false) => format!("{name}:{part}"),
        };
        if path.is_dir() {
            if depth > 1 {
                walk(&path, &written, &join(&entry), depth - 1, known);
            }
        } else if let Some((stem, ending)) = entry.rsplit_once('.')
            && ENDINGS.contains(&ending)
        {
            known.push((join(stem), written));
        }
    }
}
