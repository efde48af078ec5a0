//! Which executable a component is put into: the one that is named, else the first of those for the target that are there.

use super::opened;
use crate::sources::{NotRead, read_plain};
use bytes::Bytes;
use compose_engine::sealed::note::{Stub, TRIPLE};
use std::path::{Path, PathBuf};

/// The variable that names a folder with stubs, in folders named by their target.
pub const FOLDER: &str = "COMPOSE_STUB_DIR";
/// What a stub is called.
pub const NAME: &str = if cfg!(windows) { "compose-stub.exe" } else { "compose-stub" };

include!(concat!(env!("OUT_DIR"), "/embedded_stubs.rs"));

/// Where a stub was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// In this file.
    File(PathBuf),
    /// Inside of `compose`.
    Embedded,
    /// It is `compose` itself.
    Own(PathBuf),
}

/// A stub that was found.
#[derive(Debug)]
pub struct Found {
    /// Where.
    pub origin: Origin,
    /// What it says of itself; `None` if it says nothing, and is none.
    pub says: Option<Stub>,
    bytes: Option<Bytes>,
}

/// Why there is none.
#[derive(Debug)]
pub enum Missing {
    /// A file cannot be read.
    Unreadable(PathBuf, NotRead),
    /// There is none for this target; in the folder of stubs it would have been there.
    Nowhere(Option<PathBuf>),
}

/// What is asked of the surroundings.
#[derive(Debug, Default)]
pub struct Places {
    /// Stubs in memory, by their target.
    pub embedded: &'static [(&'static str, &'static [u8])],
    /// The folder of [`FOLDER`].
    pub folder: Option<PathBuf>,
    /// This executable.
    pub own: Option<PathBuf>,
}

impl Places {
    /// Those of this process.
    pub fn here() -> Self {
        let folder = std::env::var_os(FOLDER).filter(|folder| !folder.is_empty()).map(PathBuf::from);
        Places { embedded: EMBEDDED, folder, own: std::env::current_exe().ok() }
    }
}

/// Looks for a stub of that target, the machine's own if none is said: the file that is named, the folder, what is
/// embedded, the file beside `compose`, `compose` itself.
///
/// # Errors
/// If there is none, or the one that was named cannot be read.
pub fn find(named: Option<&Path>, target: Option<&str>, places: &Places) -> Result<Found, Missing> {
    let triple = target.unwrap_or(TRIPLE);
    if let Some(path) = named {
        return file(path);
    }
    let mut looked = None;
    if let Some(folder) = &places.folder {
        let path = folder.join(triple).join(NAME);
        if path.is_file() {
            return file(&path);
        }
        looked = Some(path);
    }
    if let Some((_, bytes)) = places.embedded.iter().find(|(of, _)| *of == triple) {
        let says = opened::note(bytes).map(|(says, _)| says);
        return Ok(Found { origin: Origin::Embedded, says, bytes: Some(Bytes::from_static(bytes)) });
    }
    if let Some(own) = &places.own {
        let beside = own.with_file_name(NAME);
        if beside.is_file() {
            let found = file(&beside)?;
            if found.says.as_ref().is_some_and(|says| says.triple == triple) {
                return Ok(found);
            }
        }
        if triple == TRIPLE {
            return Ok(Found { origin: Origin::Own(own.clone()), says: Some(Stub::own()), bytes: None });
        }
    }
    Err(Missing::Nowhere(looked))
}

fn file(path: &Path) -> Result<Found, Missing> {
    let bytes = read_plain(path).map_err(|why| Missing::Unreadable(path.into(), why))?;
    let says = opened::note(&bytes).map(|(says, _)| says);
    Ok(Found { origin: Origin::File(path.into()), says, bytes: Some(bytes) })
}

impl Origin {
    /// The file it is, if it is one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) | Self::Own(path) => Some(path),
            Self::Embedded => None,
        }
    }
}

impl Found {
    /// Its bytes.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn bytes(self) -> Result<Bytes, Missing> {
        match (self.bytes, self.origin) {
            (Some(bytes), _) => Ok(bytes),
            (None, Origin::Own(path) | Origin::File(path)) => {
                read_plain(&path).map_err(|why| Missing::Unreadable(path, why))
            }
            (None, Origin::Embedded) => Ok(Bytes::new()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_stub_is_taken() {
        let folder = tempfile::tempdir().expect("a folder");
        let own = Some(folder.path().join("compose"));
        let places = Places { embedded: &[], folder: Some(folder.path().into()), own };
        let found = find(None, None, &places).expect("compose itself");
        assert_eq!(found.origin, Origin::Own(folder.path().join("compose")));
        assert_eq!(found.says, Some(Stub::own()));
        // What says nothing of itself is no stub for anything.
        std::fs::write(folder.path().join(NAME), "no stub").expect("written");
        assert!(matches!(find(None, None, &places).expect("itself").origin, Origin::Own(_)));
        std::fs::create_dir(folder.path().join(TRIPLE)).expect("made");
        let in_folder = folder.path().join(TRIPLE).join(NAME);
        std::fs::write(&in_folder, "no stub").expect("written");
        let found = find(None, None, &places).expect("in the folder");
        assert_eq!((found.origin, found.says), (Origin::File(in_folder), None));
        // What is embedded counts less than that folder, and more than what stands beside it.
        let embedded: &[(&str, &[u8])] = &[("s390x-none", b"another"), (TRIPLE, b"no stub")];
        let places = Places { embedded, ..places };
        let found = find(None, None, &places).expect("in the folder");
        assert_eq!(found.origin, Origin::File(folder.path().join(TRIPLE).join(NAME)));
        let found = find(None, Some("s390x-none"), &places).expect("embedded");
        assert_eq!((found.origin, found.bytes.as_deref()), (Origin::Embedded, Some(&b"another"[..])));
        let places = Places { folder: None, ..places };
        let found = find(None, None, &places).expect("embedded");
        assert_eq!((found.origin, found.bytes.as_deref()), (Origin::Embedded, Some(&b"no stub"[..])));
        let places = Places { embedded: &[], folder: Some(folder.path().into()), ..places };
        let named = folder.path().join("named");
        assert!(matches!(find(Some(&named), None, &places), Err(Missing::Unreadable(path, _)) if path == named));
        assert!(
            matches!(find(None, Some("s390x-none"), &places), Err(Missing::Nowhere(looked)) if looked == Some(folder.path().join("s390x-none").join(NAME)))
        );
    }
}
