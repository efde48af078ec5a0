//! Where the cache lies, and whether it may be trusted.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The folder that the user's environment gives: `COMPOSE_CACHE`, else `compose` in the system's folder for caches
/// (XDG Base Directory Specification 0.8; on macOS and Windows what is usual there). `None` if there is none, or if
/// `COMPOSE_CACHE` is set and empty.
pub fn default_folder(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    if let Some(told) = variable("COMPOSE_CACHE") {
        return (!told.is_empty()).then(|| told.into());
    }
    let absolute = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let caches = if cfg!(windows) {
        absolute("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        absolute("HOME").map(|home| home.join("Library/Caches"))
    } else {
        absolute("XDG_CACHE_HOME").or_else(|| absolute("HOME").map(|home| home.join(".cache")))
    };
    Some(caches?.join("compose"))
}

/// Makes the folder if it is not there, for this user alone, and makes sure that it is this user's alone.
pub(super) fn make_private(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(path)?;
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() && is_private(&metadata) { Ok(()) } else { Err(io::ErrorKind::PermissionDenied.into()) }
}

#[cfg(unix)]
fn is_private(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    metadata.uid() == rustix::process::geteuid().as_raw() && metadata.mode() & 0o022 == 0
}

/// Whether a file is this user's own, writable by nobody else, and has no other name somewhere.
#[cfg(unix)]
pub(super) fn is_own_file(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    is_private(metadata) && metadata.nlink() == 1
}

#[cfg(not(unix))]
pub(super) fn is_own_file(_: &fs::Metadata) -> bool {
    true
}

// Elsewhere the folders of a user are private as they are.
#[cfg(not(unix))]
fn is_private(_: &fs::Metadata) -> bool {
    true
}

#[cfg(all(test, unix, not(target_os = "macos")))]
mod tests {
    use super::*;

    fn given(set: &[(&str, &str)]) -> Option<PathBuf> {
        default_folder(|name| set.iter().find(|(other, _)| *other == name).map(|(_, value)| value.into()))
    }

    #[test]
    fn the_environment_says_where() {
        let home = ("HOME", "/ada");
        assert_eq!(given(&[]), None);
        assert_eq!(given(&[home]), Some("/ada/.cache/compose".into()));
        assert_eq!(given(&[home, ("XDG_CACHE_HOME", "/caches")]), Some("/caches/compose".into()));
        assert_eq!(given(&[home, ("XDG_CACHE_HOME", "not/absolute")]), Some("/ada/.cache/compose".into()));
        assert_eq!(given(&[home, ("COMPOSE_CACHE", "here")]), Some("here".into()));
        assert_eq!(given(&[home, ("COMPOSE_CACHE", "")]), None);
    }
}
