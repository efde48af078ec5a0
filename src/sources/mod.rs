//! The only reader of inputs: files, folders of WIT, standard input, memory.
//!
//! What comes out are bytes with a name, a fingerprint and, for WIT, the names in it; whether the bytes are a component is
//! for `decode` to say. Files are read in parallel and each only once, however many names it goes by. An empty file is
//! read like any other, so that `decode` can say what it lacks. Of what is on offer only that is read which something asks
//! for by name.

mod beside;
mod contract;
mod declared;
pub mod diags;
mod file;
mod git;
mod naming;
mod needed;
mod offer;
mod packages;
mod recordings;
mod search;
mod skim;
mod stamp;
mod streams;
#[cfg(test)]
mod tests;
mod text;
mod tree;
mod wit;
mod world;
mod worlds;

use crate::diag::watch::{Counted, Watcher};
use crate::diag::{Diagnostic, Sink, Source};
use crate::model::component::Fingerprint;
use crate::model::request::{Input, InputFrom, Offer, Request, Written};
pub(crate) use beside::folder_beside;
use beside::{folder_of, near_file};
use bytes::Bytes;
pub use contract::{FoundContract, WitTexts, contract, names_manifest, names_revision};
pub use declared::DeclaredWorld;
use diags::{
    InputChanged, InputMissing, InputSpecial, InputTooLarge, InputUnreadable, NothingOffered, Special, StdinTwice,
};
pub use file::NotRead;
pub(crate) use file::open_file;
use file::{Failure, ReadFile};
#[cfg(feature = "host")]
pub(crate) use file::{read_plain, read_plain_text};
use naming::Nameless;
pub(crate) use offer::is_component_file;
pub use packages::located;
use rayon::prelude::*;
pub use recordings::Recordings;
pub(crate) use stamp::FileId;
pub use stamp::Stamp;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
pub use streams::{read_stream, text_of};
use wit::Fault;
use wit_parser::Resolve;
pub use world::World;

/// Everything that was read.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// The inputs: first those that the user named, in their order, then those on offer.
    pub files: Vec<InputFile>,
    /// The world that the result must conform to.
    pub world: Option<World>,
    /// The WIT packages that were given, for whatever they document: the inputs that are WIT, those of `[wit]`, that of the world.
    pub wit: Vec<Arc<Resolve>>,
    /// The imports that the result has by themselves.
    pub declared: Option<DeclaredWorld>,
    /// The lock of contracts that the result is held against.
    pub recordings: Option<Recordings>,
    /// Whether something on offer was not read, since nothing asks for it by name.
    pub unread_offers: bool,
    /// Every file that was read or skimmed: what the user calls it, where it is, and what it was like.
    pub read: Vec<(String, PathBuf, Stamp)>,
    /// The offered folders: as written, and where they are.
    pub offers: Vec<(String, PathBuf)>,
}

/// One input.
#[derive(Debug, Clone)]
pub struct InputFile {
    /// Its name: given, or made from the file's name. A legal name, and no other component has it.
    pub name: String,
    /// Whether the name is not just the file's stem, because that is no legal name or because another input has it.
    pub renamed: bool,
    /// What the user calls it: the path as written, `<stdin>`, or the name for bytes from memory.
    pub origin: String,
    /// Where it was written.
    pub written: Option<Written>,
    /// Whether the user named it; otherwise it was found in an offered folder.
    pub named: bool,
    /// Its bytes, text translated; empty for WIT.
    pub bytes: Bytes,
    /// The fingerprint of the bytes; for WIT, over those of its files.
    pub fingerprint: Fingerprint,
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
    Bytes(Bytes),
    Fault(Box<Diagnostic>),
}

impl Wanted {
    /// The file, if the user did not name it.
    fn on_offer(&self) -> Option<&Path> {
        match &self.from {
            From::File(path) if !self.named => Some(path),
            _ => None,
        }
    }

    /// The file as it is now, if the user did not name it.
    fn stamp(&self) -> Option<(String, PathBuf, Stamp)> {
        let path = self.on_offer()?;
        let metadata = std::fs::metadata(path).ok()?;
        Some((self.origin.clone(), path.to_owned(), Stamp::of(&metadata)))
    }

    fn nameless(&self, component: bool) -> Nameless<'_> {
        Nameless { given: self.given.as_ref(), origin: &self.origin, component, named: self.named }
    }
}

/// Reads everything that a request names. Paths are taken as they stand in it, relative ones to the process's folder.
/// Faults go to the sink; inputs that have one are left out.
pub fn load(request: &Request, sink: &mut Sink) -> Inputs {
    load_with(request, &mut std::io::stdin().lock(), sink)
}

/// The same with another standard input.
pub fn load_with(request: &Request, stdin: &mut dyn Read, sink: &mut Sink) -> Inputs {
    let mut inputs = Inputs::default();
    let wanted = wanted(request, stdin, &mut inputs);
    let (offered, given): (Vec<&Wanted>, Vec<&Wanted>) = wanted.iter().partition(|wanted| wanted.on_offer().is_some());
    let files = load_all(&given, &mut inputs, sink);

    // Names are given to all, so that they do not depend on which of them are needed.
    let read = given.iter().zip(&files).filter_map(|(wanted, file)| Some((wanted, file.as_ref()?)));
    let read = read.map(|(wanted, file)| (wanted, file.kind == InputKind::Bytes));
    let nameless = read.chain(offered.iter().map(|wanted| (wanted, true)));
    let nameless = nameless.map(|(wanted, component)| wanted.nameless(component)).collect::<Vec<_>>();
    let names = naming::names(&nameless, sink);
    naming::doubts(&nameless, &names, &needed::of_inputs(request), sink);
    let files: Vec<InputFile> = files.into_iter().flatten().collect();
    let offered_names = &names[files.len()..];

    let stamps: Vec<_> = offered.iter().map(|wanted| wanted.stamp()).collect();
    let needed = needed_of(request, &files, &offered, offered_names);
    // What was only skimmed decides too: by what it does not have.
    let skimmed = (0..offered.len()).filter(|index| !needed.contains(index));
    inputs.read.extend(skimmed.filter_map(|index| stamps[index].clone()));
    inputs.unread_offers = needed.len() < offered.len();
    let further = load_all(&needed.iter().map(|index| offered[*index]).collect::<Vec<_>>(), &mut inputs, sink);
    // Of what is on offer, a copy of a component that is given would only compete with it, unless it is spoken of.
    let (originals, said) = (files.iter().map(|file| file.fingerprint).collect::<BTreeSet<_>>(), needed::said(request));
    let is_copy = |file: &InputFile, index: usize| {
        originals.contains(&file.fingerprint) && !said.contains(offered_names[index].as_str())
    };
    let further: Vec<_> = further
        .into_iter()
        .zip(needed)
        .filter_map(|(file, index)| Some((file?, index)))
        .filter(|(file, index)| !is_copy(file, *index))
        .map(|(file, index)| (file, files.len() + index))
        .collect();
    let all = files.into_iter().enumerate().map(|(index, file)| (file, index)).chain(further);
    inputs.files = all
        .map(|(file, index)| {
            let renamed = nameless[index].given.is_none() && !naming::is_stem(&file.origin, &names[index]);
            InputFile { name: names[index].clone(), renamed, ..file }
        })
        .collect();
    inputs.world = worlds::load(request, &mut inputs, sink);
    inputs.recordings = recordings::load(request, &mut inputs.read, sink);
    inputs.declared = worlds::load_declared(request, &mut inputs.read, sink);
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

/// Reads one executable as it is, whatever it is called and whatever is in it; `None` if it cannot be read, which is in the
/// sink.
pub fn executable(written: &Written, sink: &mut Sink) -> Option<Bytes> {
    let (origin, path) = (written.text.as_str(), Path::new(&written.text));
    let failure = match file::read(path) {
        Ok(file) => return Some(file.bytes),
        Err(failure) => failure,
    };
    let written = Some(written);
    match failure {
        Failure::TooLarge(size) => sink.report(InputTooLarge { origin, written, size, embedded: false }),
        Failure::Special(Special::FolderWithoutWit) => {
            sink.report(InputSpecial { origin, written, special: Special::Folder });
        }
        failure => sink.report(describe(failure, origin, written, path)),
    }
    None
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
            // What could not be located was reported then.
            InputFrom::Package(_) => continue,
            InputFrom::Memory { origin, bytes } => {
                Wanted { given, origin: origin.clone(), written: None, named, from: From::Bytes(bytes.clone()) }
            }
        });
    }

    if request.offers.is_empty() {
        return wanted;
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

/// The positions of the offered components that something asks for. Without a component that is given, and without a root
/// that is named, everything may be meant.
fn needed_of(request: &Request, given: &[InputFile], offered: &[&Wanted], names: &[String]) -> BTreeSet<usize> {
    // Nothing is looked into for the sake of nothing, and no thread is started.
    if offered.is_empty() {
        return BTreeSet::new();
    }
    let given: Vec<_> = given.iter().filter(|file| file.kind == InputKind::Bytes).collect();
    if request.read_whole_offers || given.is_empty() && request.root.is_none() {
        return (0..offered.len()).collect();
    }
    let given: Vec<_> = given.into_iter().filter_map(|file| skim::bytes(&file.bytes)).collect();
    let skimmed: Vec<_> = offered.par_iter().map(|wanted| wanted.on_offer().and_then(skim::file)).collect();
    let offered: Vec<_> = names
        .iter()
        .zip(offered)
        .zip(&skimmed)
        .map(|((name, wanted), names)| needed::OnOffer { name, origin: &wanted.origin, names: names.as_ref() })
        .collect();
    needed::needed(request, &given, &offered)
}

/// Reads each, in parallel; `None` for those that cannot be read, which is said in their order.
fn load_all(wanted: &[&Wanted], inputs: &mut Inputs, sink: &mut Sink) -> Vec<Option<InputFile>> {
    let files = read_distinct(wanted, &sink.watcher());
    let mut load =
        |wanted: &&Wanted| load_one(wanted, &files, inputs).map_err(|diagnostic| sink.report(*diagnostic)).ok();
    wanted.iter().map(&mut load).collect()
}

type Loaded = Result<ReadFile, Failure>;

fn read_distinct<'a>(wanted: &[&'a Wanted], watcher: &Watcher) -> BTreeMap<&'a Path, Loaded> {
    let distinct: BTreeSet<&'a Path> = wanted
        .iter()
        .filter_map(|wanted| if let From::File(path) = &wanted.from { Some(path.as_path()) } else { None })
        .collect();
    watcher.expects(Counted::Files, distinct.len());
    let read = |path| {
        let file = file::read(path);
        watcher.done(Counted::Files, 1);
        watcher.done(Counted::Bytes, file.as_ref().map_or(0, |file| file.bytes.len()));
        (path, file)
    };
    match distinct.len() {
        // Starting the threads takes longer than reading one.
        0 | 1 => distinct.into_iter().map(read).collect(),
        _ => distinct.into_par_iter().map(read).collect(),
    }
}

fn load_one(
    wanted: &Wanted,
    files: &BTreeMap<&Path, Loaded>,
    inputs: &mut Inputs,
) -> Result<InputFile, Box<Diagnostic>> {
    let (origin, written) = (&wanted.origin, wanted.written.as_ref());
    let file = |bytes, fingerprint, kind| InputFile {
        name: String::new(),
        renamed: false,
        origin: origin.clone(),
        written: wanted.written.clone(),
        named: wanted.named,
        bytes,
        fingerprint,
        kind,
    };
    let binary = |path: Option<&Path>, bytes: &Bytes, fingerprint| {
        if !text::is_wat(path, bytes) {
            return Ok(file(bytes.clone(), fingerprint, InputKind::Bytes));
        }
        let translated: Bytes = text::translate(&text::utf8(origin, written, bytes)?)?.into();
        let fingerprint = Fingerprint::of(&translated);
        Ok(file(translated, fingerprint, InputKind::Bytes))
    };
    match &wanted.from {
        From::Fault(diagnostic) => Err(diagnostic.clone()),
        From::Bytes(bytes) => binary(None, bytes, Fingerprint::of(bytes)),
        From::File(path) => match &files[path.as_path()] {
            Ok(file) => {
                inputs.read.push((origin.clone(), path.clone(), file.stamp.clone()));
                binary(Some(path), &file.bytes, file.fingerprint)
            }
            Err(failure) => Err(Box::new(describe(failure.again(), origin, written, path))),
        },
        From::Wit(path) => {
            let package = wit::package(path, origin, written)
                .map_err(|fault| Box::new(describe_fault(fault, origin, written, path)))?;
            inputs.read.extend(package.files.iter().map(|(path, stamp)| (origin.clone(), path.clone(), stamp.clone())));
            let (name, fingerprint) = (package.name().to_string(), package.fingerprint);
            let (resolve, _, packages) = package.resolve(Vec::new())?;
            let interfaces = wit::interfaces(&resolve, &packages);
            inputs.wit.push(Arc::new(resolve));
            Ok(file(Bytes::new(), fingerprint, InputKind::Wit { package: name, interfaces }))
        }
    }
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
            let folder = folder_of(path);
            let link = std::fs::read_link(path).ok().map(|to| to.display().to_string());
            InputMissing { origin, written, near: near_file(origin, folder), folder_exists: folder.is_dir(), link }
                .into()
        }
        Failure::Unreadable(error) => InputUnreadable { origin, written, error: &error }.into(),
        Failure::Special(special) => InputSpecial { origin, written, special }.into(),
        Failure::TooLarge(size) => InputTooLarge { origin, written, size, embedded: true }.into(),
        Failure::Endless => InputSpecial { origin, written, special: Special::Endless }.into(),
        Failure::Changed => InputChanged { origin, while_reading: true }.into(),
    }
}
