//! The only reader of inputs: files, folders of WIT, standard input, memory.
//!
//! What comes out are bytes with a name, a digest and, for WIT, the names in it; whether the bytes are a component is
//! for `decode` to say. Files are read in parallel and each only once, however many names it goes by. An empty file is
//! read like any other, so that `decode` can say what it lacks.

pub mod diags;
mod file;
mod naming;
mod offer;
mod packages;
mod stamp;
#[cfg(test)]
mod tests;
mod text;
mod wit;
mod world;

use crate::diag::{Diagnostic, Sink, Source};
use crate::model::component::Digest;
use crate::model::near::nearest;
use crate::model::request::{Input, InputFrom, Offer, Request, Written};
use diags::{
    InputChanged, InputMissing, InputSpecial, InputTooLarge, InputUnreadable, NothingOffered, Special, StdinTwice,
};
use file::{Failure, ReadFile};
use naming::Nameless;
pub(crate) use offer::is_component_file;
pub use packages::located;
use rayon::prelude::*;
pub(crate) use stamp::FileId;
pub use stamp::Stamp;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use wit::Fault;
pub use world::World;

/// Everything that was read.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// The inputs: first those that the user named, in their order, then those on offer.
    pub files: Vec<InputFile>,
    /// The world that the result must conform to.
    pub world: Option<World>,
    /// Every file that was read: what the user calls it, where it is, and what it was like.
    pub read: Vec<(String, PathBuf, Stamp)>,
    /// The offered folders: as written, and where they are.
    pub offers: Vec<(String, PathBuf)>,
}

/// One input.
#[derive(Debug, Clone)]
pub struct InputFile {
    /// Its name: given, or made from the file's name. A legal name, and no other component has it.
    pub name: String,
    /// What the user calls it: the path as written, `<stdin>`, or the name for bytes from memory.
    pub origin: String,
    /// Where it was written.
    pub written: Option<Written>,
    /// Whether the user named it; otherwise it was found in an offered folder.
    pub named: bool,
    /// Its bytes, text translated; empty for WIT.
    pub bytes: Arc<[u8]>,
    /// The SHA-256 of the bytes; for WIT, over the digests of its files.
    pub digest: Digest,
    /// What it is, as far as its place and its ending tell.
    pub kind: InputKind,
}

/// What an input is, as far as can be said without looking into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputKind {
    /// To be decoded.
    Bytes,
    /// A WIT package as text: its name and the interfaces it describes, as `ns:pkg/iface@version`.
    Wit {
        /// `ns:pkg@version`.
        package: String,
        /// The interfaces.
        interfaces: Vec<String>,
    },
}

/// An input before it is read.
struct Wanted {
    given: Option<Written>,
    origin: String,
    written: Option<Written>,
    named: bool,
    from: From,
}

enum From {
    File(PathBuf),
    Wit(PathBuf),
    Bytes(Arc<[u8]>),
    Fault(Box<Diagnostic>),
}

/// Reads everything that a request names. Paths are taken as they stand in it, relative ones to the process's folder.
/// Faults go to the sink; inputs that have one are left out.
pub fn load(request: &Request, sink: &mut Sink) -> Inputs {
    load_with(request, &mut std::io::stdin().lock(), sink)
}

/// The same with another standard input.
pub fn load_with(request: &Request, stdin: &mut dyn Read, sink: &mut Sink) -> Inputs {
    let mut inputs = Inputs::default();
    let request = &*packages::located(request, sink);
    let wanted = wanted(request, stdin, &mut inputs);
    let files = read_distinct(&wanted);

    let mut loaded = Vec::with_capacity(wanted.len());
    for wanted in &wanted {
        match load_one(wanted, &files, &mut inputs.read) {
            Ok(file) => loaded.push((file, wanted.given.as_ref())),
            Err(diagnostic) => sink.report(*diagnostic),
        }
    }
    let nameless: Vec<_> = loaded
        .iter()
        .map(|(file, given)| Nameless { given: *given, origin: &file.origin, component: file.kind == InputKind::Bytes })
        .collect();
    let names = naming::names(&nameless, sink);
    inputs.files = loaded
        .into_iter()
        .zip(names)
        .map(|((mut file, _), name)| {
            file.name = name;
            file
        })
        .collect();
    inputs.world = load_world(request, &mut inputs.read, sink);
    inputs
}

/// Whether every file is still what it was when it was read; each that is not is reported. To be asked right before the
/// output is written.
pub fn verify_unchanged(inputs: &Inputs, sink: &mut Sink) -> bool {
    let mut unchanged = true;
    for (origin, path, stamp) in &inputs.read {
        if std::fs::metadata(path).map(|metadata| Stamp::of(&metadata)).ok().as_ref() != Some(stamp) {
            sink.report(InputChanged { origin, while_reading: false });
            unchanged = false;
        }
    }
    unchanged
}

/// Reads a text such as the manifest; `origin` is what messages call it.
pub fn read_text(path: &Path, origin: &str, sink: &mut Sink) -> Option<Arc<Source>> {
    let read = file::read(path).map_err(|failure| Box::new(describe(failure, origin, None, path)));
    match read.and_then(|file| text::utf8(origin, None, &file.bytes)) {
        Ok(source) => Some(source),
        Err(diagnostic) => {
            sink.report(*diagnostic);
            None
        }
    }
}

fn wanted(request: &Request, stdin: &mut dyn Read, inputs: &mut Inputs) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    let mut stdin_taken = false;
    for Input { name, from } in &request.inputs {
        let given = name.clone();
        let named = true;
        wanted.push(match from {
            InputFrom::Path { written, path } => {
                let is_wit = path.is_dir() || path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("wit"));
                let from = if is_wit { From::Wit(path.clone()) } else { From::File(path.clone()) };
                Wanted { given, origin: written.text.clone(), written: Some(written.clone()), named, from }
            }
            InputFrom::Stdin(written) => {
                let mut bytes = Vec::new();
                let from = if stdin_taken {
                    From::Fault(Box::new(StdinTwice { written }.into()))
                } else if let Err(error) = stdin.read_to_end(&mut bytes) {
                    let facts = InputUnreadable { origin: "<stdin>", written: Some(written), error: &error };
                    From::Fault(Box::new(facts.into()))
                } else {
                    From::Bytes(bytes.into())
                };
                stdin_taken = true;
                Wanted { given, origin: "<stdin>".into(), written: Some(written.clone()), named, from }
            }
            InputFrom::Package(_) => unreachable!("packages were located"),
            InputFrom::Memory { origin, bytes } => {
                Wanted { given, origin: origin.clone(), written: None, named, from: From::Bytes(bytes.clone()) }
            }
        });
    }

    // A file that is named is not on offer besides: it would compete with itself.
    let mut seen: BTreeSet<PathBuf> = wanted
        .iter()
        .filter_map(|wanted| if let From::File(path) = &wanted.from { path.canonicalize().ok() } else { None })
        .collect();
    for offer in &request.offers {
        let (origin, written) = (&offer.written.text, Some(&offer.written));
        if offer.path.exists() && !offer.path.is_dir() {
            wanted.push(fault(offer, InputSpecial { origin, written, special: Special::NotAFolder }.into()));
            continue;
        }
        match offer::offered(offer) {
            Err(error) => wanted.push(fault(offer, describe(error.into(), origin, written, &offer.path))),
            Ok(offered) => {
                inputs.offers.push((origin.clone(), offer.path.clone()));
                if offered.files.is_empty() {
                    let facts = NothingOffered { written: &offer.written, deeper: offered.deeper };
                    wanted.push(fault(offer, facts.into()));
                }
                for (origin, path) in offered.files {
                    if path.canonicalize().is_ok_and(|real| !seen.insert(real)) {
                        continue;
                    }
                    let from = From::File(path);
                    wanted.push(Wanted { given: None, origin, written: None, named: false, from });
                }
            }
        }
    }
    wanted
}

/// Something to say in the place of inputs.
fn fault(offer: &Offer, diagnostic: Diagnostic) -> Wanted {
    let (origin, written) = (offer.written.text.clone(), Some(offer.written.clone()));
    Wanted { given: None, origin, written, named: false, from: From::Fault(Box::new(diagnostic)) }
}

type Loaded = Result<ReadFile, Failure>;

fn read_distinct(wanted: &[Wanted]) -> BTreeMap<&Path, Loaded> {
    let distinct: BTreeSet<&Path> = wanted
        .iter()
        .filter_map(|wanted| if let From::File(path) = &wanted.from { Some(path.as_path()) } else { None })
        .collect();
    distinct.into_par_iter().map(|path| (path, file::read(path))).collect()
}

fn load_one(
    wanted: &Wanted,
    files: &BTreeMap<&Path, Loaded>,
    read: &mut Vec<(String, PathBuf, Stamp)>,
) -> Result<InputFile, Box<Diagnostic>> {
    let (origin, written) = (&wanted.origin, wanted.written.as_ref());
    let file = |bytes, digest, kind| InputFile {
        name: String::new(),
        origin: origin.clone(),
        written: wanted.written.clone(),
        named: wanted.named,
        bytes,
        digest,
        kind,
    };
    let binary = |path: Option<&Path>, bytes: &Arc<[u8]>, digest| {
        if !text::is_wat(path, bytes) {
            return Ok(file(bytes.clone(), digest, InputKind::Bytes));
        }
        let translated: Arc<[u8]> = text::translate(&text::utf8(origin, written, bytes)?)?.into();
        let digest = file::digest(&translated);
        Ok(file(translated, digest, InputKind::Bytes))
    };
    match &wanted.from {
        From::Fault(diagnostic) => Err(diagnostic.clone()),
        From::Bytes(bytes) => binary(None, bytes, file::digest(bytes)),
        From::File(path) => match &files[path.as_path()] {
            Ok(file) => {
                read.push((origin.clone(), path.clone(), file.stamp.clone()));
                binary(Some(path), &file.bytes, file.digest)
            }
            Err(failure) => Err(Box::new(describe(failure.again(), origin, written, path))),
        },
        From::Wit(path) => {
            let package = wit::package(path, origin, written)
                .map_err(|fault| Box::new(describe_fault(fault, origin, written, path)))?;
            read.extend(package.files.iter().map(|(path, stamp)| (origin.clone(), path.clone(), stamp.clone())));
            let (name, digest) = (package.name().to_string(), package.digest);
            let (resolve, _, packages) = package.resolve(Vec::new())?;
            let interfaces = wit::interfaces(&resolve, &packages);
            Ok(file(Arc::new([]), digest, InputKind::Wit { package: name, interfaces }))
        }
    }
}

fn load_world(request: &Request, read: &mut Vec<(String, PathBuf, Stamp)>, sink: &mut Sink) -> Option<World> {
    let packages = world::packages(request, &mut |wanted, fault| {
        sink.report(describe_fault(fault, &wanted.written.text, Some(&wanted.written), &wanted.path));
    });
    let mut note = |package: &wit::Package| {
        read.extend(package.files.iter().map(|(path, stamp)| (package.origin.clone(), path.clone(), stamp.clone())));
    };
    packages.iter().for_each(&mut note);
    let wanted = request.world.as_ref()?;
    let (origin, written) = (&wanted.written.text, Some(&wanted.written));
    let found = wit::package(&wanted.path, origin, written)
        .map_err(|fault| Box::new(describe_fault(fault, origin, written, &wanted.path)))
        .and_then(|package| {
            note(&package);
            world::world(wanted, package, packages)
        });
    found.map_err(|diagnostic| sink.report(*diagnostic)).ok()
}

fn describe_fault(fault: Fault, origin: &str, written: Option<&Written>, path: &Path) -> Diagnostic {
    match fault {
        Fault::Text(diagnostic) => *diagnostic,
        Fault::File(inner, failure) if inner == origin => describe(failure, origin, written, path),
        Fault::File(inner, failure) => describe(failure, &inner, None, Path::new(&inner)),
    }
}

fn describe(failure: Failure, origin: &str, written: Option<&Written>, path: &Path) -> Diagnostic {
    match failure {
        Failure::Missing => {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            InputMissing { origin, written, near: near_file(origin, folder), folder_exists: folder.is_dir() }.into()
        }
        Failure::Unreadable(error) => InputUnreadable { origin, written, error: &error }.into(),
        Failure::Special(special) => InputSpecial { origin, written, special }.into(),
        Failure::TooLarge(size) => InputTooLarge { origin, written, size }.into(),
        Failure::Changed => InputChanged { origin, while_reading: true }.into(),
    }
}

fn near_file(origin: &str, folder: &Path) -> Option<String> {
    let entries = wit::sorted_entries(folder).ok()?;
    let file = Path::new(origin).file_name()?.to_str()?;
    let near = nearest(file, entries.iter().map(|(name, _)| name.as_str()))?;
    Some(Path::new(origin).with_file_name(near).display().to_string())
}
