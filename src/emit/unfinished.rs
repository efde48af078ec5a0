//! An output while it is being written.
//!
//! Where the system can do that (Linux, on most file systems), the file has no name until it is whole: a process that is
//! killed in between leaves nothing, however it is killed. Elsewhere it is called `.compose-*.tmp` and stands in a
//! list, from which `discard` removes it when the process is told to end; only a process that cannot be told leaves it.
//!
//! Taking the place of an older file needs a name in any case, for the moment of the renaming.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tempfile::TempPath;

/// How the name of an unfinished output begins and ends, where it has one.
pub const UNFINISHED: (&str, &str) = (".compose-", ".tmp");

/// The unfinished outputs of this process.
static PENDING: Mutex<Pending> = Mutex::new(Pending { epoch: 0, named: Vec::new() });

struct Pending {
    /// What was begun in an older one must not take its place any more.
    epoch: u64,
    named: Vec<PathBuf>,
}

fn pending() -> MutexGuard<'static, Pending> {
    PENDING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Gives up the unfinished outputs of this process. For handlers of signals, right before the end.
pub(super) fn discard() {
    let mut pending = pending();
    pending.epoch += 1;
    for path in pending.named.drain(..) {
        // Nothing is left to be done about a file that cannot be removed.
        let _ = std::fs::remove_file(path);
    }
}

/// A file being written. If it is dropped before it took its place, nothing of it stays.
#[derive(Debug)]
pub(super) struct Unfinished {
    pub(super) file: File,
    /// Its name, if it has one, which is in [`PENDING`] for as long.
    name: Option<TempPath>,
    folder: PathBuf,
    epoch: u64,
}

impl Unfinished {
    /// A new file in a folder, with the permissions that new files get.
    pub(super) fn create(folder: &Path) -> io::Result<Self> {
        Self::begin(folder, nameless::create(folder))
    }

    fn begin(folder: &Path, nameless: Option<File>) -> io::Result<Self> {
        // The list is held while the file is made, so that no handler comes in between.
        let mut pending = pending();
        let (file, name) = match nameless {
            Some(file) => (file, None),
            None => {
                let (file, name) = named().tempfile_in(folder)?.into_parts();
                pending.named.push(name.to_path_buf());
                (file, Some(name))
            }
        };
        Ok(Self { file, name, folder: folder.into(), epoch: pending.epoch })
    }

    /// Takes its place, in one step.
    pub(super) fn place(mut self, to: &Path) -> io::Result<()> {
        let mut pending = pending();
        if pending.epoch != self.epoch {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let name = match self.name.take() {
            Some(name) => {
                pending.named.retain(|path| *path != *name);
                name
            }
            None => match nameless::link(&self.file, to) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    named().make_in(&self.folder, |path| nameless::link(&self.file, path))?.into_temp_path()
                }
                // There was nothing to be replaced.
                done => return done,
            },
        };
        name.persist(to).map_err(|failed| failed.error)
    }
}

impl Drop for Unfinished {
    /// On each way out that is not a success, a panic while the pieces are made included. The name removes its file.
    fn drop(&mut self) {
        if let Some(name) = self.name.take() {
            let mut pending = pending();
            pending.named.retain(|path| **path != *name);
            drop(name);
        }
    }
}

fn named() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED.0).suffix(UNFINISHED.1).rand_bytes(6);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // What a new file gets; the system takes away what the user's umask says.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder
}

#[cfg(target_os = "linux")]
mod nameless {
    //! Files without a name, which get one when they are whole.

    use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat, open};
    use std::fs::File;
    use std::io;
    use std::os::fd::AsRawFd as _;
    use std::path::Path;

    /// A file in the folder; `None` if the system or the file system cannot do it, or could not name it later.
    pub(super) fn create(folder: &Path) -> Option<File> {
        let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
        let file = File::from(open(folder, flags, Mode::from_raw_mode(0o666)).ok()?);
        Path::new(&through_proc(&file)).symlink_metadata().is_ok().then_some(file)
    }

    /// Gives it a name that is free.
    pub(super) fn link(file: &File, to: &Path) -> io::Result<()> {
        Ok(linkat(CWD, through_proc(file), CWD, to, AtFlags::SYMLINK_FOLLOW)?)
    }

    fn through_proc(file: &File) -> String {
        format!("/proc/self/fd/{}", file.as_raw_fd())
    }
}

#[cfg(not(target_os = "linux"))]
mod nameless {
    //! Elsewhere every file has a name.

    use std::fs::File;
    use std::io;
    use std::path::Path;

    pub(super) fn create(_: &Path) -> Option<File> {
        None
    }

    pub(super) fn link(_: &File, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn entries(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).expect("a folder");
        let mut names: Vec<_> =
            entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn with_a_name_and_without_one_takes_its_place_whole_or_goes() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let folder = folder.path();
        let output = folder.join("out");
        let begin = |named: bool| Unfinished::begin(folder, if named { None } else { nameless::create(folder) });
        for (named, old) in [(true, false), (true, true), (false, true), (false, false)] {
            let before = if old { vec!["out"] } else { Vec::new() };
            if !old {
                let _ = std::fs::remove_file(&output);
            }
            let mut given_up = begin(named).expect("a file");
            given_up.file.write_all(b"half").expect("room");
            assert_eq!(entries(folder).len(), before.len() + usize::from(given_up.name.is_some()));
            drop(given_up);
            assert_eq!(entries(folder), before);

            let mut whole = begin(named).expect("a file");
            whole.file.write_all(if named { b"named" } else { b"nameless" }).expect("room");
            whole.place(&output).expect("a place");
            assert_eq!(std::fs::read(&output).expect("the output"), if named { &b"named"[..] } else { b"nameless" });
            assert_eq!(entries(folder), ["out"]);
        }
    }
}
