//! One version of a contract as the user names it: WIT on the disk or in a revision of git, or the bytes of something
//! encoded, whatever that turns out to be.

use super::diags::git::{HalfARevision, ManifestInRevision};
use super::git::GitWord;
use super::text::{is_wat, translate, utf8};
use super::tree::{Disk, Tree};
use super::wit::package_in;
use super::{Fault, describe_fault};
use crate::diag::{Diagnostic, Source};
use crate::model::request::Written;
use bytes::Bytes;
use std::path::Path;
use std::sync::Arc;
use wit_parser::{PackageId, Resolve};

/// What was found.
#[derive(Debug)]
pub enum FoundContract {
    /// WIT in text form.
    Wit(Box<WitTexts>),
    /// Bytes that begin as WebAssembly does, text translated.
    Encoded(Bytes),
}

/// WIT packages with their texts.
#[derive(Debug)]
pub struct WitTexts {
    /// The packages and all they use, unstable items included.
    pub resolve: Resolve,
    /// The package that was named and those nested in it.
    pub packages: Vec<PackageId>,
    /// The texts that spans point into.
    pub texts: Vec<Arc<Source>>,
}

/// Reads what a word names: a file or folder, or `git:REV:PATH`.
///
/// # Errors
/// What cannot be read, and WIT that makes no sense, with the place in the WIT.
pub fn contract(written: &Written) -> Result<FoundContract, Box<Diagnostic>> {
    if GitWord::is_meant(&written.text) && names_manifest(&written.text) {
        return Err(Box::new(ManifestInRevision { written }.into()));
    }
    match GitWord::parse(&written.text) {
        None if GitWord::is_meant(&written.text) => Err(Box::new(HalfARevision { written }.into())),
        Some(word) => found(&word.load(written)?, Path::new(""), word.path, written),
        None => found(&Disk, Path::new(&written.text), &written.text, written),
    }
}

/// Whether a word names something in a revision of git.
pub fn names_revision(word: &str) -> bool {
    GitWord::is_meant(word)
}

/// Whether a word names a manifest rather than a contract.
pub fn names_manifest(word: &str) -> bool {
    word.to_ascii_lowercase().ends_with(".toml")
}

/// `path` is where it is in the tree, `named` the user's path, whose ending tells text from bytes.
fn found(tree: &dyn Tree, path: &Path, named: &str, written: &Written) -> Result<FoundContract, Box<Diagnostic>> {
    let origin = &written.text;
    let fault = |fault: Fault| Box::new(describe_fault(fault, origin, Some(written), Path::new(named)));
    if !tree.is_folder(path) && !named.to_ascii_lowercase().ends_with(".wit") {
        let file = tree.read(path).map_err(|failure| fault(Fault::File(origin.clone(), failure)))?;
        if is_wat(Some(Path::new(named)), &file.bytes) {
            let text = utf8(origin, Some(written), &file.bytes)?;
            return Ok(FoundContract::Encoded(translate(&text)?.into()));
        }
        return Ok(FoundContract::Encoded(file.bytes));
    }
    let package = package_in(tree, path, origin, Some(written)).map_err(fault)?;
    let texts = package.texts.clone();
    let (resolve, main, names) = package.resolve_with_unstable()?;
    let nested = names.iter().filter_map(|name| resolve.package_names.get(name).copied()).filter(|id| *id != main);
    let packages = [main].into_iter().chain(nested).collect();
    Ok(FoundContract::Wit(Box::new(WitTexts { resolve, packages, texts })))
}
