//! Where an output goes, judged before any work is done for it.
//!
//! A regular file is replaced by renaming. What cannot be replaced that way, such as `/dev/null` or a pipe, is written
//! to as it is; renaming over a device would destroy it. A symbolic link stays one: the file it leads to is replaced.

use super::diags::{MissingFolder, NotWritten, OutputIsInput, OutputIsSpecial, Overlap, ToTerminal, Why};
use crate::diag::Sink;
use crate::model::request::Written;
use crate::sources::{FileId, is_component_file};
use std::borrow::Cow;
use std::io::{ErrorKind, IsTerminal as _};
use std::path::{Component, Path, PathBuf};

/// Where output goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Standard output.
    Stdout,
    /// A file, or what stands in the place of one, such as `/dev/null`.
    File {
        /// As the user wrote it.
        written: Written,
        /// Where that is.
        path: PathBuf,
        /// Whether folders on the way may be made; only for a place that the user did not name, since a slip in a path
        /// would leave folders behind.
        make_folders: bool,
        /// The option that names the place, for help; empty if that is more than a word.
        option: &'static str,
    },
}

/// What an output may not overwrite: what the user calls each, and where it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Protected<'a> {
    /// Files that were read: inputs, the manifest.
    pub files: &'a [(&'a str, &'a Path)],
    /// Offered folders: a component written into one would be on offer in the next run.
    pub offers: &'a [(&'a str, &'a Path)],
    /// Folders of WIT that were read: a text written into one would be read in the next run.
    pub folders: &'a [(&'a str, &'a Path)],
}

/// A target that was judged and may be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Standard output.
    Stdout,
    /// A file, new or to be replaced; links are followed.
    File(PathBuf),
    /// A device or a pipe.
    Stream(PathBuf),
}

impl Target {
    /// What messages call it.
    pub(super) fn written(&self) -> Cow<'_, Written> {
        match self {
            Self::Stdout => Cow::Owned(Written::new("<stdout>")),
            Self::File { written, .. } => Cow::Borrowed(written),
        }
    }

    /// Whether one would replace the other.
    pub fn meets(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Stdout, Self::Stdout) => true,
            (Self::File { path: one, .. }, Self::File { path: other, .. }) => is_same_path(one, other),
            _ => false,
        }
    }

    /// Whether it may be written, and how. May be asked early, so that nothing is done in vain; [`super::write::write`]
    /// asks again. Makes the folder of the output if that is allowed. `None` if it may not; the sink says why.
    pub fn judge(&self, protected: Protected<'_>, sink: &mut Sink) -> Option<Place> {
        let Self::File { written, path, make_folders, option } = self else {
            return stdout(std::io::stdout().is_terminal(), sink);
        };
        let text = path.to_string_lossy();
        if text.ends_with('/') || text.ends_with("/.") || text.ends_with("/..") {
            sink.report(OutputIsSpecial { output: written, folder: true, option });
            return None;
        }
        let path = follow(path);
        match std::fs::metadata(&path) {
            Ok(metadata) if metadata.is_file() => {
                if !is_free((written, option), &path, protected, sink) {
                    return None;
                }
                if metadata.permissions().readonly() {
                    sink.report(NotWritten { output: written, why: Why::ReadOnly });
                    return None;
                }
                Some(Place::File(path))
            }
            // A pipe in a place that the user did not name could be waited for without end.
            Ok(metadata) if metadata.is_dir() || *make_folders || !is_stream(&metadata) => {
                sink.report(OutputIsSpecial { output: written, folder: metadata.is_dir(), option });
                None
            }
            Ok(_) => Some(Place::Stream(path)),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                let free = is_free((written, option), &path, protected, sink);
                (has_folder(written, &path, *make_folders, sink) && free).then_some(Place::File(path))
            }
            Err(error) => {
                sink.report(NotWritten { output: written, why: Why::Refused(&error) });
                None
            }
        }
    }
}

/// Whether two paths lead to one file, which may still have to be made: through whatever links and folders, and also if
/// it has two names.
fn is_same_path(one: &Path, other: &Path) -> bool {
    let id_of = |path: &Path| std::fs::metadata(path).ok().and_then(|metadata| FileId::of(&metadata));
    let same_file = id_of(one).is_some_and(|id| id_of(other) == Some(id));
    same_file || real(&follow(one)) == real(&follow(other))
}

/// The path without links, as far as it exists.
fn real(path: &Path) -> PathBuf {
    let mut real = PathBuf::new();
    for part in std::path::absolute(path).as_deref().unwrap_or(path).components() {
        if part == Component::ParentDir {
            real.pop();
        } else {
            real.push(part);
            real = real.canonicalize().unwrap_or(real);
        }
    }
    real
}

/// Standard output, unless it is a terminal.
pub(super) fn stdout(is_terminal: bool, sink: &mut Sink) -> Option<Place> {
    if is_terminal {
        sink.report(ToTerminal);
        return None;
    }
    Some(Place::Stdout)
}

/// The folder of a path, `.` for a bare name.
pub(super) fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.into(),
        _ => PathBuf::from("."),
    }
}

/// Follows symbolic links, also one that leads nowhere yet.
fn follow(path: &Path) -> PathBuf {
    let mut path = path.to_path_buf();
    // Longer chains are loops, and the system says so when the path is used.
    for _ in 0..40 {
        match std::fs::read_link(&path) {
            Ok(target) => path = folder_of(&path).join(target),
            Err(_) => break,
        }
    }
    path
}

#[cfg(unix)]
fn is_stream(metadata: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    metadata.file_type().is_char_device() || metadata.file_type().is_fifo()
}

#[cfg(not(unix))]
fn is_stream(_: &std::fs::Metadata) -> bool {
    false
}

fn has_folder(output: &Written, path: &Path, make: bool, sink: &mut Sink) -> bool {
    let folder = folder_of(path);
    if make && let Err(error) = std::fs::create_dir_all(&folder) {
        sink.report(NotWritten { output, why: Why::Refused(&error) });
        return false;
    }
    if !folder.is_dir() {
        sink.report(MissingFolder { output, folder: &folder });
        return false;
    }
    true
}

fn is_free((output, option): (&Written, &'static str), path: &Path, protected: Protected<'_>, sink: &mut Sink) -> bool {
    let id_of = |path: &Path| std::fs::metadata(path).ok().and_then(|metadata| FileId::of(&metadata));
    let (real, id) = (path.canonicalize().ok(), id_of(path));
    let same = |other: &Path| match id {
        Some(_) => id == id_of(other),
        None => real.is_some() && real == other.canonicalize().ok(),
    };
    if let Some((input, _)) = protected.files.iter().find(|(_, other)| same(other)) {
        sink.report(OutputIsInput { output, overlap: Overlap::File(input), option });
        return false;
    }
    let folder = folder_of(path).canonicalize().ok();
    let offered = |offer: &Path| is_component_file(path) && folder.is_some() && folder == offer.canonicalize().ok();
    if let Some((offer, _)) = protected.offers.iter().find(|(_, offer)| offered(offer)) {
        sink.report(OutputIsInput { output, overlap: Overlap::Offer(offer), option });
        return false;
    }
    let read_with = |wit: &Path| folder.as_ref().is_some_and(|folder| is_of_wit(folder, path, wit));
    if let Some((wit, _)) = protected.folders.iter().find(|(_, wit)| read_with(wit)) {
        sink.report(OutputIsInput { output, overlap: Overlap::Wit(wit), option });
        return false;
    }
    true
}

/// Whether a file in a folder is read with a folder of WIT: the texts in it, and whatever its dependencies may be.
fn is_of_wit(folder: &Path, file: &Path, wit: &Path) -> bool {
    let Ok(wit) = wit.canonicalize() else { return false };
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    match folder == wit {
        true => ending == "wit",
        false => folder.starts_with(wit.join("deps")) && ["wit", "wasm", "wat"].contains(&ending),
    }
}
