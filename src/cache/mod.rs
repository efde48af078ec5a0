//! The folder in which runs leave for later runs what they found out about inputs.
//!
//! One small file an entry, named by its key and written by renaming, so that runs side by side cannot harm each other.
//! The folder is private: one that belongs to or can be written by somebody else is not used. Nothing here is an error,
//! since a run without the cache gives the same result, only later. When there are very many entries the older half goes.

pub mod images;
mod place;

pub use place::default_folder;

use crate::decode::memory::Memory;
use crate::model::component::Fingerprint;
use crate::sources::open_file;
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// More entries than that are thinned out; a few kilobytes each.
const MANY: usize = 8192;
/// Entries are shapes: none comes near this, and what does is not worth its memory.
const LARGEST: u64 = 1 << 28;
/// Unfinished entries begin so.
const UNFINISHED: &str = ".new-";

/// A folder of entries.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    build: Fingerprint,
    stored: AtomicUsize,
}

impl Folder {
    /// Opens the folder, making it if need be. `build` tells builds of this tool apart that do not differ in version.
    ///
    /// # Errors
    /// If it cannot be made, or is not private.
    pub fn open(path: &Path, build: &str) -> io::Result<Self> {
        place::make_private(path)?;
        Ok(Self { path: path.into(), build: Fingerprint::of(build.as_bytes()), stored: AtomicUsize::new(0) })
    }

    fn entry(&self, key: &Fingerprint) -> String {
        let name = Fingerprint::of(&[self.build.0, key.0].concat());
        name.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn store(&self, key: &Fingerprint, entry: &[u8]) -> io::Result<()> {
        let name = self.entry(key);
        let unfinished = self.path.join(format!("{UNFINISHED}{}-{name}", std::process::id()));
        // What a run of the same number left behind, or what somebody put there, which might be waited for.
        let _ = fs::remove_file(&unfinished);
        let written = fs::File::create_new(&unfinished)
            .and_then(|mut file| file.write_all(entry))
            .and_then(|()| fs::rename(&unfinished, self.path.join(name)));
        if written.is_err() {
            let _ = fs::remove_file(&unfinished);
        }
        written
    }

    /// Removes the older half of very many entries.
    fn thin(&self) -> io::Result<()> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            let entry = entry?;
            if is_ours(&entry.file_name().to_string_lossy()) {
                entries.push(entry);
            }
        }
        if entries.len() <= MANY {
            return Ok(());
        }
        let mut dated: Vec<_> =
            entries.iter().filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path()))).collect();
        dated.sort();
        for (_, path) in dated.iter().take(entries.len() / 2) {
            // Another run may have removed it already.
            let _ = fs::remove_file(path);
        }
        Ok(())
    }
}

/// Whether a file of that name is an entry, finished or not; the folder may have others in it.
fn is_ours(name: &str) -> bool {
    let hex = |letter: char| letter.is_ascii_hexdigit();
    name.starts_with(UNFINISHED) || name.len() == 64 && name.chars().all(hex)
}

impl Memory for Folder {
    fn get(&self, key: &Fingerprint) -> Option<Vec<u8>> {
        // Whatever else has taken the place of an entry is none: a pipe could be waited for without end.
        let (file, metadata) = open_file(&self.path.join(self.entry(key)))?;
        if metadata.len() > LARGEST {
            return None;
        }
        let mut entry = Vec::new();
        file.take(LARGEST).read_to_end(&mut entry).ok()?;
        Some(entry)
    }

    fn put(&self, key: &Fingerprint, entry: &[u8]) {
        // A full disk is no reason to fail: the result does not depend on it.
        if self.store(key, entry).is_ok() {
            self.stored.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if *self.stored.get_mut() > 0 {
            let _ = self.thin();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, PathBuf) {
        let outer = tempfile::tempdir().expect("a temporary folder");
        let path = outer.path().join("a/b");
        (outer, path)
    }

    #[test]
    fn what_is_put_is_got_by_the_same_build_only() {
        let (_outer, path) = folder();
        let key = Fingerprint::of(b"key");
        let cache = Folder::open(&path, "one").expect("it can be made");
        assert_eq!(cache.get(&key), None);
        cache.put(&key, b"entry");
        assert_eq!(Folder::open(&path, "one").expect("it is there").get(&key).as_deref(), Some(&b"entry"[..]));
        assert_eq!(Folder::open(&path, "two").expect("it is there").get(&key), None);
        assert_eq!(cache.get(&Fingerprint::of(b"other")), None);
    }

    #[test]
    fn very_many_entries_are_thinned_out_when_the_run_ends() {
        let (_outer, path) = folder();
        let cache = Folder::open(&path, "build").expect("it can be made");
        for index in 0..=MANY {
            fs::write(path.join(format!("{index:064x}")), b"old").expect("a file");
        }
        drop(cache);
        fs::write(path.join("notes.txt"), b"not ours").expect("a file");
        let count = || fs::read_dir(&path).expect("a folder").count();
        assert_eq!(count(), MANY + 2, "nothing was stored, so nobody looked");
        let cache = Folder::open(&path, "build").expect("it is there");
        cache.put(&Fingerprint::of(b"key"), b"entry");
        drop(cache);
        assert_eq!(count(), MANY / 2 + 2);
        assert!(path.join("notes.txt").exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_in_the_place_of_an_entry_is_not_waited_for() {
        use rustix::fs::{CWD, FileType, Mode, mknodat};
        let (_outer, path) = folder();
        let key = Fingerprint::of(b"key");
        let cache = Folder::open(&path, "build").expect("it can be made");
        let entry = cache.entry(&key);
        for name in [format!("{UNFINISHED}{}-{entry}", std::process::id()), entry] {
            mknodat(CWD, path.join(name), FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("a pipe");
        }
        assert_eq!(cache.get(&key), None);
        cache.put(&key, b"entry");
        assert_eq!(cache.get(&key).as_deref(), Some(&b"entry"[..]));
        assert_eq!(fs::read_dir(&path).expect("a folder").count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_others_may_write_is_not_used() {
        use std::os::unix::fs::PermissionsExt as _;
        let (_outer, path) = folder();
        Folder::open(&path, "build").expect("it can be made");
        assert_eq!(fs::metadata(&path).expect("it is there").permissions().mode() & 0o777, 0o700);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o770)).expect("it is ours");
        assert!(Folder::open(&path, "build").is_err());
        fs::remove_dir(&path).expect("it is empty");
        fs::write(&path, "a file").expect("a file");
        assert!(Folder::open(&path, "build").is_err());
    }
}
