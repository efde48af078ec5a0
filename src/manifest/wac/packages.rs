//! Where the packages of a document may be: what was given by hand, else folders by `wac`'s layout,
//! `deps/ns/pkg.wasm` and `deps/ns/pkg/1.0.0.wasm`.
//!
//! Nothing is looked up here; the places go into the request, and the stage that reads files takes the first that exists.

use super::diags::PackageWithoutUse;
use crate::diag::Sink;
use crate::model::near::nearest;
use crate::model::request::{PackagePlace, PackageRequest, Request, Written};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Where to look for packages.
#[derive(Debug, Clone, Default)]
pub struct Packages {
    /// Folders with packages: what messages call them, and where they are.
    pub folders: Vec<(String, PathBuf)>,
    /// Packages whose place was given by hand; they go before what lies in folders.
    pub given: Vec<GivenPackage>,
}

/// The place of one package.
#[derive(Debug, Clone)]
pub struct GivenPackage {
    /// What was said of it, as it was written.
    pub word: Written,
    /// `ns:pkg`.
    pub name: String,
    /// Its version, if it is for that version only.
    pub version: Option<String>,
    /// The path as messages call it.
    pub written: String,
    /// Where that is.
    pub path: PathBuf,
}

impl Packages {
    /// Reports the places that were given for packages which a document does not ask for.
    pub fn report_unused(&self, request: &Request, sink: &mut Sink) {
        let asked: Vec<&PackageRequest> = request.packages().collect();
        let name = |package: &PackageRequest| package.package.text.split('@').next().map(str::to_owned);
        let known: BTreeSet<String> = asked.iter().filter_map(|package| name(package)).collect();
        for given in &self.given {
            let is_place = |place: &PackagePlace| place.folder.is_none() && place.path == given.path;
            let is_used = |package: &&PackageRequest| {
                name(package).as_ref() == Some(&given.name) && package.places.iter().any(is_place)
            };
            if !asked.iter().any(is_used) {
                let near = nearest(&given.name, known.iter().map(String::as_str));
                sink.report(PackageWithoutUse { given, near, known: &known });
            }
        }
    }

    /// Where a package may be. A place that was given for its very version goes before one for all versions, and a
    /// reference without version takes what is the only one given.
    pub(super) fn request(&self, package: Written, name: &str, version: Option<&str>) -> PackageRequest {
        let of_name: Vec<&GivenPackage> = self.given.iter().filter(|given| given.name == name).collect();
        let exact = of_name.iter().find(|given| given.version.as_deref() == version);
        let for_all = || of_name.iter().find(|given| given.version.is_none());
        let only = || if let ([only], None) = (of_name.as_slice(), version) { Some(only) } else { None };
        let places = match exact.or_else(for_all).or_else(only) {
            Some(given) => {
                vec![PackagePlace { written: given.written.clone(), path: given.path.clone(), folder: None }]
            }
            None => self.folders.iter().map(|(written, folder)| in_folder(written, folder, name, version)).collect(),
        };
        let given = self.given.iter().map(|given| given.name.clone()).collect();
        PackageRequest { package, places, given }
    }
}

fn in_folder(written: &str, folder: &Path, name: &str, version: Option<&str>) -> PackagePlace {
    let parts = || name.split(':').chain(version);
    let path = parts().fold(folder.to_owned(), |path, part| path.join(part));
    let below = parts().fold(written.trim_end_matches('/').to_owned(), |path, part| format!("{path}/{part}"));
    PackagePlace { written: below, path, folder: Some((written.into(), folder.into())) }
}
