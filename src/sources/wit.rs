//! WIT packages: the files that belong to one, and what is in it.
//!
//! The files are read here and not by the WIT reader, so that there is one place that reads inputs, so that a changed
//! file is noticed, and so that faults can be shown in the text. The layout is the usual one: `*.wit` of a folder are one
//! package, `deps/` holds packages as folders or files; a package encoded as WebAssembly will do for either.

use super::diags::{Special, WitSyntax};
use super::file::Failure;
use super::stamp::Stamp;
use super::text::{is_wat, translate, utf8};
use super::tree::{Disk, Tree, TreeFile};
use crate::diag::caught::caught;
use crate::diag::{Diagnostic, Source};
use crate::model::component::Fingerprint;
use crate::model::near::nearest;
use crate::model::request::Written;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use wit_parser::decoding::{DecodedWasm, decode};
use wit_parser::{PackageId, PackageName, Resolve, ResolveError, ResolveErrorKind, SourceMap, UnresolvedPackageGroup};

/// A package as it was found.
pub(super) struct Package {
    /// What the user calls it.
    pub origin: String,
    /// Where it was written.
    pub written: Option<Written>,
    /// Itself.
    pub main: Part,
    /// The packages in its `deps`.
    pub deps: Vec<Part>,
    /// The texts, for faults.
    pub texts: Vec<Arc<Source>>,
    /// Parts of the first text that were written elsewhere, in their order.
    pub quoted: Vec<Quoted>,
    /// Every file that was read.
    pub files: Vec<(PathBuf, Stamp)>,
    /// The fingerprint over those of the files.
    pub fingerprint: Fingerprint,
}

/// A part of a made-up text, and what the user wrote for it.
pub(super) type Quoted = (Range<usize>, Written);

/// A package before names are looked up across packages.
pub(super) enum Part {
    /// From text.
    Text(Box<UnresolvedPackageGroup>, Fingerprint),
    /// From its encoded form, complete.
    Encoded(Box<Resolve>, PackageId),
}

/// Why a package could not be had.
pub(super) enum Fault {
    /// A file of it could not be read.
    File(String, Failure),
    /// It was read and is wrong.
    Text(Box<Diagnostic>),
}

impl From<Box<Diagnostic>> for Fault {
    fn from(diagnostic: Box<Diagnostic>) -> Self {
        Self::Text(diagnostic)
    }
}

impl From<Diagnostic> for Fault {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Text(Box::new(diagnostic))
    }
}

/// What is collected on the way.
struct Reading<'a> {
    tree: &'a dyn Tree,
    origin: &'a str,
    written: Option<&'a Written>,
    texts: Vec<Arc<Source>>,
    quoted: Vec<Quoted>,
    files: Vec<(PathBuf, Stamp)>,
    fingerprints: Vec<u8>,
}

/// Reads the package of a file or folder on the disk.
pub(super) fn package(path: &Path, origin: &str, written: Option<&Written>) -> Result<Package, Fault> {
    package_in(&Disk, path, origin, written)
}

/// Reads the package of a file or folder.
pub(super) fn package_in(
    tree: &dyn Tree,
    path: &Path,
    origin: &str,
    written: Option<&Written>,
) -> Result<Package, Fault> {
    let (texts, quoted, files) = (Vec::new(), Vec::new(), Vec::new());
    let mut reading = Reading { tree, origin, written, texts, quoted, files, fingerprints: Vec::new() };
    let mut deps = Vec::new();
    let main = if tree.is_folder(path) {
        let main = reading.folder(path, origin)?;
        let folder = path.join("deps");
        if tree.is_folder(&folder) {
            for (name, path) in reading.entries(&folder, &format!("{origin}/deps"))? {
                let origin = format!("{origin}/deps/{name}");
                if tree.is_folder(&path) {
                    deps.push(reading.folder(&path, &origin)?);
                } else if [".wit", ".wat", ".wasm"].iter().any(|ending| name.ends_with(ending)) {
                    deps.push(reading.file(&path, &origin)?);
                }
            }
        }
        main
    } else {
        reading.file(path, origin)?
    };
    let Reading { texts, files, fingerprints, .. } = reading;
    Ok(Package {
        origin: origin.into(),
        written: written.cloned(),
        main,
        deps,
        texts,
        quoted: Vec::new(),
        files,
        fingerprint: Fingerprint::of(&fingerprints),
    })
}

/// The package of a text that is in no file and made of what the user wrote elsewhere; its name is what messages call it.
pub(super) fn package_of_text(source: Arc<Source>, quoted: Vec<Quoted>) -> Result<Package, Box<Diagnostic>> {
    let origin = source.name.clone();
    let mut map = SourceMap::new();
    map.push_str(&origin, source.text.clone());
    let (texts, files, fingerprints) = (vec![source], Vec::new(), Vec::new());
    let reading = Reading { tree: &Disk, origin: &origin, written: None, texts, quoted, files, fingerprints };
    match reading.parse(map, 0) {
        Ok(main) => {
            let (texts, quoted, fingerprint) = (reading.texts.clone(), reading.quoted.clone(), Fingerprint::of(&[]));
            Ok(Package { origin, written: None, main, deps: Vec::new(), texts, quoted, files: Vec::new(), fingerprint })
        }
        Err(Fault::Text(diagnostic)) => Err(diagnostic),
        Err(Fault::File(..)) => unreachable!("no file is read"),
    }
}

impl Reading<'_> {
    /// The entries of a folder, sorted by name.
    fn entries(&self, folder: &Path, origin: &str) -> Result<Vec<(String, PathBuf)>, Fault> {
        self.tree.entries(folder).map_err(|error| Fault::File(origin.into(), error.into()))
    }

    fn bytes(&mut self, path: &Path, origin: &str) -> Result<TreeFile, Fault> {
        let file = self.tree.read(path).map_err(|failure| Fault::File(origin.into(), failure))?;
        self.files.extend(file.stamp.clone().map(|stamp| (path.into(), stamp)));
        self.fingerprints.extend(file.fingerprint.0);
        Ok(file)
    }

    fn text(&mut self, origin: &str, bytes: &[u8]) -> Result<Arc<Source>, Fault> {
        let source = utf8(origin, self.written, bytes)?;
        self.texts.push(source.clone());
        Ok(source)
    }

    fn folder(&mut self, folder: &Path, origin: &str) -> Result<Part, Fault> {
        let mut map = SourceMap::new();
        let mut found = 0;
        let first = self.fingerprints.len();
        let entries = self.entries(folder, origin)?;
        for (name, path) in &entries {
            if name.ends_with(".wit") && !self.tree.is_folder(path) {
                let origin = format!("{origin}/{name}");
                let file = self.bytes(path, &origin)?;
                let source = self.text(&origin, &file.bytes)?;
                map.push_str(&origin, source.text.clone());
                found += 1;
            }
        }
        if found == 0 {
            let of_components = entries.iter().any(|(name, _)| name.ends_with(".wasm") || name.ends_with(".wat"));
            let special = if of_components { Special::FolderOfComponents } else { Special::FolderWithoutWit };
            return Err(Fault::File(origin.into(), Failure::Special(special)));
        }
        self.parse(map, first)
    }

    fn file(&mut self, path: &Path, origin: &str) -> Result<Part, Fault> {
        let first = self.fingerprints.len();
        let file = self.bytes(path, origin)?;
        let is_text = is_wat(Some(path), &file.bytes);
        if is_text || file.bytes.starts_with(b"\0asm") {
            let translated = if is_text { Some(translate(&utf8(origin, self.written, &file.bytes)?)?) } else { None };
            let bytes = translated.as_deref().unwrap_or(&file.bytes);
            let decoded = caught(|| decode(bytes).map_err(|error| error.to_string())).and_then(|decoded| decoded);
            return match decoded {
                Ok(DecodedWasm::WitPackage(resolve, id)) => Ok(Part::Encoded(Box::new(resolve), id)),
                Ok(DecodedWasm::Component(..)) => {
                    Err(self.fault(None, "it is a component, where a WIT package is meant", None).into())
                }
                Err(error) => Err(self.fault(None, &error, None).into()),
            };
        }
        let mut map = SourceMap::new();
        let source = self.text(origin, &file.bytes)?;
        map.push_str(origin, source.text.clone());
        self.parse(map, first)
    }

    fn parse(&self, map: SourceMap, first: usize) -> Result<Part, Fault> {
        let parsed = caught(|| map.parse()).map_err(|panic| Fault::from(self.fault(None, &panic, None)))?;
        let group = parsed.map_err(|(map, error)| {
            let place = located(&self.texts, &self.quoted, &map.render_location(error.kind().span()));
            Fault::from(self.fault(place, &error.to_string(), None))
        })?;
        Ok(Part::Text(Box::new(group), Fingerprint::of(&self.fingerprints[first..])))
    }

    fn fault(&self, place: Option<(Arc<Source>, Range<usize>)>, message: &str, lacks: Option<String>) -> Diagnostic {
        WitSyntax { origin: self.origin, written: self.written, place, message, lacks, near: None }.into()
    }
}

/// The entries of a folder by name, in the order of the names.
pub(super) fn sorted_entries(folder: &Path) -> std::io::Result<Vec<(String, PathBuf)>> {
    let mut entries = Vec::new();
    for entry in folder.read_dir()? {
        let entry = entry?;
        entries.push((entry.file_name().to_string_lossy().into_owned(), entry.path()));
    }
    entries.sort();
    Ok(entries)
}

impl Package {
    /// Puts the package and everything it uses into one set; `others` are packages that it may use besides its `deps`.
    /// Copies of one package with the same text are one.
    pub(super) fn resolve(self, others: Vec<Self>) -> Result<(Resolve, PackageId, Vec<PackageName>), Box<Diagnostic>> {
        self.resolve_into(Resolve::default(), others)
    }

    /// The same, with what is gated and left out by default.
    pub(super) fn resolve_with_unstable(self) -> Result<(Resolve, PackageId, Vec<PackageName>), Box<Diagnostic>> {
        self.resolve_into(Resolve { all_features: true, ..Resolve::default() }, Vec::new())
    }

    fn resolve_into(
        self,
        mut resolve: Resolve,
        others: Vec<Self>,
    ) -> Result<(Resolve, PackageId, Vec<PackageName>), Box<Diagnostic>> {
        let Self { origin, written, main, mut deps, mut texts, quoted, .. } = self;
        for other in others {
            texts.extend(other.texts);
            deps.push(other.main);
            deps.extend(other.deps);
        }
        let fault = |resolve: &Resolve, error: &ResolveError| {
            let place = located(&texts, &quoted, &resolve.render_location(error.kind().span()));
            let lacks = match error.kind() {
                ResolveErrorKind::PackageNotFound { requested, .. } => Some(requested.to_string()),
                _ => None,
            };
            let message = error.to_string();
            let near = near(resolve, error.kind());
            let facts = WitSyntax { origin: &origin, written: written.as_ref(), place, message: &message, lacks, near };
            Box::new(Diagnostic::from(facts))
        };
        let plain = |message: &str| {
            let (written, place, lacks, near) = (written.as_ref(), None, None, None);
            Box::new(Diagnostic::from(WitSyntax { origin: &origin, written, place, message, lacks, near }))
        };

        let mut groups = Vec::new();
        let mut seen: Vec<(PackageName, Fingerprint)> = Vec::new();
        for dep in deps {
            match dep {
                Part::Encoded(encoded, _) => {
                    resolve.merge(*encoded).map_err(|error| plain(&error.to_string()))?;
                }
                Part::Text(group, fingerprint) => {
                    let key = (group.main.name.clone(), fingerprint);
                    if !seen.contains(&key) {
                        seen.push(key);
                        groups.push(*group);
                    }
                }
            }
        }
        match main {
            Part::Encoded(encoded, id) => {
                let name = encoded.packages[id].name.clone();
                let remap = resolve.merge(*encoded).map_err(|error| plain(&error.to_string()))?;
                Ok((resolve, remap.packages[id.index()], vec![name]))
            }
            Part::Text(group, _) => {
                let mut names = vec![group.main.name.clone()];
                names.extend(group.nested.iter().map(|nested| nested.name.clone()));
                match caught(|| resolve.push_groups(*group, groups)).map_err(|panic| plain(&panic))? {
                    Ok(id) => Ok((resolve, id, names)),
                    Err(error) => Err(fault(&resolve, &error)),
                }
            }
        }
    }

    /// The name of the package.
    pub(super) fn name(&self) -> &PackageName {
        match &self.main {
            Part::Text(group, _) => &group.main.name,
            Part::Encoded(resolve, id) => &resolve.packages[*id].name,
        }
    }
}

/// The interfaces that packages describe, as `ns:pkg/iface@version`.
pub(super) fn interfaces(resolve: &Resolve, packages: &[PackageName]) -> Vec<String> {
    packages
        .iter()
        .filter_map(|name| resolve.package_names.get(name))
        .flat_map(|id| resolve.packages[*id].interfaces.values())
        .filter_map(|interface| resolve.id_of(*interface))
        .collect()
}

/// The interface or world of a package that is nearest to one it does not have.
fn near(resolve: &Resolve, fault: &ResolveErrorKind) -> Option<String> {
    let of = |package| resolve.package_names.get(package).map(|id| &resolve.packages[*id]);
    let (text, known): (&str, Vec<&str>) = match fault {
        ResolveErrorKind::InterfaceNotFound { requested, package, .. } => {
            (requested, of(package)?.interfaces.keys().map(String::as_str).collect())
        }
        ResolveErrorKind::WorldNotFound { requested, package, .. } => {
            (requested, of(package)?.worlds.keys().map(String::as_str).collect())
        }
        _ => return None,
    };
    nearest(text, known).map(str::to_owned)
}

/// The place of `name:line:column` in one of the texts, or where it was written that is quoted there.
fn located(texts: &[Arc<Source>], quoted: &[Quoted], location: &str) -> Option<(Arc<Source>, Range<usize>)> {
    let (source, span) = in_text(texts, location)?;
    // The fault may be told at the end of what is quoted or just before it.
    let (_, written) = match quoted.iter().take_while(|(part, _)| part.start <= span.start).last().or(quoted.first()) {
        Some(quoted) => quoted,
        None => return Some((source, span)),
    };
    written.at.clone()
}

fn in_text(texts: &[Arc<Source>], location: &str) -> Option<(Arc<Source>, Range<usize>)> {
    let mut parts = location.rsplitn(3, ':');
    let column: usize = parts.next()?.parse().ok()?;
    let line: usize = parts.next()?.parse().ok()?;
    let name = parts.next()?;
    let source = texts.iter().find(|source| source.name == name)?;
    let start: usize = source.text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let rest = source.text.get(start..)?;
    let skipped: usize = rest.chars().take(column.checked_sub(1)?).map(char::len_utf8).sum();
    let rest = &rest[skipped..];
    let word = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '-').unwrap_or(rest.len());
    let width = if word > 0 { word } else { rest.chars().next().map_or(0, char::len_utf8) };
    Some((source.clone(), start + skipped..start + skipped + width))
}
