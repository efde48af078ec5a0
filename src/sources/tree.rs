//! Where the files of a WIT package are: on the disk, or in a revision that a repository remembers.

use super::file::{Failure, ReadFile, read};
use super::stamp::Stamp;
use super::wit::sorted_entries;
use crate::model::component::Fingerprint;
use bytes::Bytes;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// Folders and files, whoever keeps them.
pub(super) trait Tree {
    /// Whether there is a folder at the path.
    fn is_folder(&self, path: &Path) -> bool;
    /// The entries of a folder with their paths, in the order of their names.
    fn entries(&self, folder: &Path) -> io::Result<Vec<(String, PathBuf)>>;
    /// A file.
    fn read(&self, path: &Path) -> Result<TreeFile, Failure>;
}

/// A file of a tree.
pub(super) struct TreeFile {
    pub bytes: Bytes,
    pub fingerprint: Fingerprint,
    /// What the file was like, if it can change.
    pub stamp: Option<Stamp>,
}

/// The disk.
pub(super) struct Disk;

impl Tree for Disk {
    fn is_folder(&self, path: &Path) -> bool {
        path.is_dir()
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
        sorted_entries(folder)
    }

    fn read(&self, path: &Path) -> Result<TreeFile, Failure> {
        let ReadFile { bytes, fingerprint, stamp } = read(path)?;
        Ok(TreeFile { bytes, fingerprint, stamp: Some(stamp) })
    }
}

/// Files with their contents, by paths below one place, which is the empty path; a single file is that place itself.
#[derive(Debug, Default)]
pub(super) struct Remembered {
    pub files: BTreeMap<PathBuf, Bytes>,
}

impl Tree for Remembered {
    fn is_folder(&self, path: &Path) -> bool {
        self.files.keys().any(|file| file != path && file.starts_with(path))
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
        let below = self.files.keys().filter_map(|file| file.strip_prefix(folder).ok());
        let mut names: Vec<_> = below.filter_map(|rest| rest.components().next()).collect();
        names.dedup();
        let entry = |name: std::path::Component<'_>| {
            (name.as_os_str().to_string_lossy().into_owned(), folder.join(name.as_os_str()))
        };
        Ok(names.into_iter().map(entry).collect())
    }

    fn read(&self, path: &Path) -> Result<TreeFile, Failure> {
        let bytes = self.files.get(path).ok_or(Failure::Missing)?.clone();
        Ok(TreeFile { fingerprint: Fingerprint::of(&bytes), bytes, stamp: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_has_folders_and_files() {
        let file = |path: &str| (PathBuf::from(path), Bytes::from(path.to_owned()));
        let tree = Remembered { files: ["a.wit", "deps/io/b.wit", "deps/io/c.wit", "deps/z.wit"].map(file).into() };
        let names = |folder: &str| -> Vec<String> {
            tree.entries(Path::new(folder)).expect("entries").into_iter().map(|(name, _)| name).collect()
        };
        assert_eq!(names(""), ["a.wit", "deps"]);
        assert_eq!(names("deps"), ["io", "z.wit"]);
        assert_eq!(names("deps/io"), ["b.wit", "c.wit"]);
        assert!(tree.is_folder(Path::new("")) && tree.is_folder(Path::new("deps")));
        assert!(!tree.is_folder(Path::new("a.wit")) && !tree.is_folder(Path::new("dep")));
        assert_eq!(*tree.read(Path::new("deps/z.wit")).unwrap_or_else(|_| panic!("a file")).bytes, *b"deps/z.wit");
        assert!(matches!(tree.read(Path::new("deps")), Err(Failure::Missing)));
    }
}
