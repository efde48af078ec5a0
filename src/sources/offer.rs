//! What is on offer in a folder: each `*.wasm` and `*.wat` directly in it, in the order of the names. As for a shell, `*`
//! is for no hidden file: editors leave such ones, and links that lead nowhere among them.

use super::wit::sorted_entries;
use crate::model::request::Offer;
use std::path::{Path, PathBuf};

/// What an offered folder has.
pub(super) struct Offered {
    /// What to call each file, and where it is.
    pub files: Vec<(String, PathBuf)>,
    /// A folder inside that has components, if the folder itself has none.
    pub deeper: Option<String>,
}

/// Looks into an offered folder.
pub(super) fn offered(offer: &Offer) -> std::io::Result<Offered> {
    let written = offer.written.text.trim_end_matches('/');
    let files = components_in(&offer.path)?;
    let deeper = if files.is_empty() {
        let folders = sorted_entries(&offer.path)?.into_iter().filter(|(_, path)| path.is_dir());
        let mut with_components = folders.filter(|(_, path)| components_in(path).is_ok_and(|found| !found.is_empty()));
        with_components.next().map(|(name, _)| name)
    } else {
        None
    };
    let files = files.into_iter().map(|(name, path)| (format!("{written}/{name}"), path)).collect();
    Ok(Offered { files, deeper })
}

fn components_in(folder: &Path) -> std::io::Result<Vec<(String, PathBuf)>> {
    let mut entries = sorted_entries(folder)?;
    entries.retain(|(name, path)| is_component_file(path) && !name.starts_with('.') && !path.is_dir());
    Ok(entries)
}

/// Whether a file of that name in an offered folder is on offer.
pub(crate) fn is_component_file(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ending.eq_ignore_ascii_case("wasm") || ending.eq_ignore_ascii_case("wat")
}
