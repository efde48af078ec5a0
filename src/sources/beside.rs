//! What may have been meant by a path that leads nowhere: something of almost that name in the same folder.

use super::wit::sorted_entries;
use crate::model::near::nearest;
use std::path::Path;

/// The folder that a path is in.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file or folder beside an input that is not there, which is called `origin`; as the command line takes it.
pub(super) fn near_file(origin: &str, folder: &Path) -> Option<String> {
    let path = near_entry(Path::new(origin), folder, |_| true)?;
    // On the command line a name would stand before the `=`.
    let looks_named = path.split_once('=').is_some_and(|(before, _)| !before.contains(['/', '\\', '.']));
    Some(if looks_named { format!("./{path}") } else { path })
}

/// A folder beside one that is not there.
pub(crate) fn folder_beside(missing: &Path) -> Option<String> {
    near_entry(missing, folder_of(missing), Path::is_dir)
}

fn near_entry(missing: &Path, folder: &Path, keep: impl Fn(&Path) -> bool) -> Option<String> {
    let entries = sorted_entries(folder).ok()?;
    let names = entries.iter().filter(|(_, path)| keep(path)).map(|(name, _)| name.as_str());
    let near = nearest(missing.file_name()?.to_str()?, names)?;
    Some(missing.with_file_name(near).display().to_string())
}
