//! Compiled components that runs leave for later runs: one file each, which is mapped and run where it lies.
//!
//! What is mapped is machine code, so a file is used only if it is this user's own, nobody else can write it, it lies in a
//! folder of which the same holds, and the checksum at its end is that of all before it and of the key it is found by.
//! Whatever is not so is not there. All of them together stay below a size; those that were not used for longest go.

use super::place;
use crate::model::component::Fingerprint;
use crate::sources::open_file;
use std::fs;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// All images together.
const MOST: u64 = 1 << 30;
/// The checksum at the end of a file.
const SUM: u64 = 32;
/// Unfinished files begin so.
const UNFINISHED: &str = ".new-";

/// A folder of images.
#[derive(Debug)]
pub struct Images {
    path: PathBuf,
    most: u64,
}

impl Images {
    /// Opens the folder `images` in the cache, making both if need be.
    ///
    /// # Errors
    /// If one cannot be made, or is not private.
    pub fn open(cache: &Path) -> io::Result<Self> {
        place::make_private(cache)?;
        let path = cache.join("images");
        place::make_private(&path)?;
        Ok(Self { path, most: MOST })
    }

    fn file(&self, key: &Fingerprint) -> PathBuf {
        self.path.join(key.0.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
    }

    /// The file of an image, if there is one that is whole. The image stands at its beginning.
    pub fn find(&self, key: &Fingerprint) -> Option<PathBuf> {
        let path = self.file(key);
        let (mut file, metadata) = open_file(&path)?;
        // What a link points to may lie where others write.
        let links = fs::symlink_metadata(&path).ok()?.is_symlink();
        if links || !place::is_own_file(&metadata) {
            return None;
        }
        // Larger than all together may be, it was never kept here; what is known by its length is not read.
        let length = metadata.len().checked_sub(SUM).filter(|length| *length <= self.most);
        let Some(length) = length else {
            let _ = fs::remove_file(&path);
            return None;
        };
        let found = sum(key, &mut (&file).take(length)).ok()?;
        let mut claimed = [0; SUM as usize];
        file.seek(SeekFrom::Start(length)).and_then(|_| file.read_exact(&mut claimed)).ok()?;
        if found != claimed {
            // It would be in the way for ever.
            let _ = fs::remove_file(&path);
            return None;
        }
        // That it was used; only what stays longer depends on it.
        let _ = file.set_modified(SystemTime::now());
        Some(path)
    }

    /// Keeps an image, and gives its file.
    ///
    /// # Errors
    /// If it cannot be written, or is larger than all together may be.
    pub fn keep(&self, key: &Fingerprint, image: &[u8]) -> io::Result<PathBuf> {
        if image.len() as u64 > self.most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let path = self.file(key);
        // A file makes way for another one, a folder does not, and it would be in the way for ever. All that is in here is
        // this tool's own.
        if fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_dir()) {
            fs::remove_dir_all(&path)?;
        }
        // A name of its own for each writer: several threads, or processes that know nothing of each other, may make the same.
        let mut unfinished = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(&self.path)?;
        unfinished.write_all(image)?;
        unfinished.write_all(&sum(key, &mut &*image)?)?;
        unfinished.persist(&path)?;
        let _ = self.thin(&path);
        Ok(path)
    }

    /// Removes an image that turned out to be of no use.
    pub fn forget(&self, key: &Fingerprint) {
        let _ = fs::remove_file(self.file(key));
    }

    /// Removes what was not used for longest until the rest is small enough; what was just made stays.
    fn thin(&self, new: &Path) -> io::Result<()> {
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            let entry = entry?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let ours = name.starts_with(UNFINISHED) || name.len() == 64 && name.chars().all(|c| c.is_ascii_hexdigit());
            let Ok(metadata) = entry.metadata() else { continue };
            if ours && entry.path() != new {
                files.push((metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH), metadata.len(), entry.path()));
            }
        }
        let own = fs::metadata(new)?.len();
        let mut together = files.iter().map(|(_, length, _)| length).sum::<u64>().saturating_add(own);
        files.sort();
        for (_, length, path) in files {
            if together <= self.most {
                break;
            }
            // Whoever has it mapped keeps what it needs.
            let _ = fs::remove_file(path);
            together = together.saturating_sub(length);
        }
        Ok(())
    }
}

/// The checksum of an image under its key.
fn sum(key: &Fingerprint, image: &mut impl io::Read) -> io::Result<[u8; SUM as usize]> {
    let mut hasher = blake3::Hasher::new_keyed(&key.0);
    let mut piece = vec![0; 1 << 18];
    loop {
        match image.read(&mut piece)? {
            0 => return Ok(*hasher.finalize().as_bytes()),
            length => hasher.update(&piece[..length]),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn images() -> (tempfile::TempDir, Images) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let images = Images::open(&folder.path().join("cache")).expect("it can be made");
        (folder, images)
    }

    #[test]
    fn what_is_kept_is_found_under_its_key_only() {
        let (_folder, images) = images();
        let key = Fingerprint::of(b"key");
        assert_eq!(images.find(&key), None);
        let path = images.keep(&key, b"code").expect("it can be written");
        assert_eq!(images.find(&key), Some(path.clone()));
        let other = Fingerprint::of(b"other");
        assert_eq!(images.find(&other), None);
        fs::copy(&path, images.file(&other)).expect("it can be copied");
        assert_eq!(images.find(&other), None, "an image in the place of another");
    }

    #[test]
    fn a_damaged_one_is_not_there() {
        let (_folder, images) = images();
        let key = Fingerprint::of(b"key");
        let path = images.keep(&key, b"some code").expect("it can be written");
        let whole = fs::read(&path).expect("it is there");
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 1;
            fs::write(&path, &flipped).expect("it can be written");
            assert_eq!(images.find(&key), None, "byte {at}");
            fs::write(&path, &whole[..at]).expect("it can be written");
            assert_eq!(images.find(&key), None, "cut at {at}");
        }
        images.keep(&key, b"some code").expect("it can be written");
        assert!(images.find(&key).is_some());
    }

    #[test]
    fn a_folder_in_the_place_of_an_image_makes_way() {
        let (_folder, images) = images();
        let key = Fingerprint::of(b"key");
        fs::create_dir_all(images.file(&key).join("deep")).expect("it is ours");
        assert_eq!(images.find(&key), None);
        let path = images.keep(&key, b"code").expect("it can be written");
        assert_eq!(images.find(&key), Some(path));
    }

    #[test]
    fn what_is_larger_than_all_together_may_be_is_neither_read_nor_kept() {
        let (_folder, images) = images();
        let key = Fingerprint::of(b"key");
        // A hole, which would take minutes to read.
        let path = images.keep(&key, b"code").expect("it can be written");
        let file = fs::File::options().write(true).open(&path).expect("it is ours");
        file.set_len(1 << 40).expect("a hole takes no room");
        drop(file);
        assert_eq!(images.find(&key), None);
        assert!(!path.exists(), "it would be in the way for ever");
        let images = Images { path: images.path, most: 3 };
        assert!(images.keep(&key, b"code").is_err());
        assert!(!path.exists());
    }

    #[test]
    fn several_who_keep_the_same_do_not_meet() {
        let (_folder, images) = images();
        let key = Fingerprint::of(b"key");
        let code = vec![7; 1 << 20];
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let path = images.keep(&key, &code).expect("it can be written");
                    assert_eq!(fs::read(path).expect("it is there").len() as u64, code.len() as u64 + SUM);
                });
            }
        });
        assert!(images.find(&key).is_some());
        assert_eq!(fs::read_dir(&images.path).expect("it is there").count(), 1, "nothing unfinished stays");
    }

    #[test]
    fn those_not_used_for_longest_go() {
        let (_folder, mut images) = images();
        images.most = 3 * (100 + SUM);
        let keys: Vec<Fingerprint> = (0..5_u8).map(|number| Fingerprint::of(&[number])).collect();
        for (at, key) in keys[..3].iter().enumerate() {
            let path = images.keep(key, &[0; 100]).expect("it can be written");
            let file = fs::File::options().write(true).open(path).expect("it is there");
            let then = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(at as u64);
            file.set_modified(then).expect("it can be dated");
        }
        assert!(images.find(&keys[0]).is_some());
        images.keep(&keys[3], &[0; 100]).expect("it can be written");
        let there = |key| images.find(key).is_some();
        assert_eq!(keys.iter().map(there).collect::<Vec<_>>(), [true, false, true, true, false]);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_may_write_or_reach_is_not_used() {
        use std::os::unix::fs::PermissionsExt as _;
        let (folder, images) = images();
        let key = Fingerprint::of(b"key");
        let path = images.keep(&key, b"code").expect("it can be written");
        assert_eq!(fs::metadata(&path).expect("it is there").permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o620)).expect("it is ours");
        assert_eq!(images.find(&key), None);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("it is ours");
        fs::hard_link(&path, folder.path().join("elsewhere")).expect("a link");
        assert_eq!(images.find(&key), None, "it has another name in another folder");
        fs::remove_file(&path).expect("it is there");
        std::os::unix::fs::symlink(folder.path().join("elsewhere"), &path).expect("a link");
        assert_eq!(images.find(&key), None, "it is only pointed to");
        fs::remove_file(&path).expect("it is there");
        fs::set_permissions(&images.path, fs::Permissions::from_mode(0o770)).expect("it is ours");
        assert!(Images::open(&folder.path().join("cache")).is_err());
    }
}
