//! One import as it is recorded: its name, its WIT, and the shape that the WIT stands for.
//!
//! What is written is read again before it is kept, and has to be the same shape: so a recording says what the binary
//! imports or there is none.

use crate::diag::caught::caught;
use crate::types::of_wit::{self, Described};
use crate::types::shape::{Place, Shape, Side};
use crate::types::slice::only_import;
use crate::types::wit_text::import_text;
use crate::types::world_text::canonical_text;
use std::collections::BTreeMap;
use std::ops::Range;
use wit_parser::{Resolve, SourceMap};

/// An import with the types it speaks of, and its text.
#[derive(Debug, Clone)]
pub struct Used {
    /// The name, with the whole version.
    pub import: String,
    /// The import and what it takes types from.
    pub shape: Shape,
    /// The position of the import in the shape.
    pub at: usize,
    /// The same as WIT.
    pub wit: String,
    /// Where in the WIT the name of each item stands.
    pub spans: BTreeMap<Place, Range<usize>>,
}

/// What a component imports at a position; or what there has no form in WIT, as a phrase.
pub fn used(shape: &Shape, import: usize) -> Result<Used, String> {
    let slice = only_import(shape, import).ok_or("there is no such import")?;
    let Some((name, _)) = slice.imports.last() else { return Err("there is no such import".into()) };
    let wit = import_text(&slice).map_err(|no| no.0)?;
    let read = read(name, wit)?;
    if canonical_text(&read.shape) != canonical_text(&slice) {
        return Err("types whose names WIT gives another meaning".into());
    }
    Ok(read)
}

/// Reads what was written; the error is that of the WIT reader.
pub fn read(import: &str, wit: String) -> Result<Used, String> {
    let (shape, spans) = caught(|| described(&wit)).and_then(|described| described)?;
    let at = shape.imports.get_index_of(import).ok_or_else(|| format!("`{import}` is not described"))?;
    Ok(Used { import: import.into(), shape, at, wit, spans })
}

fn described(wit: &str) -> Result<(Shape, BTreeMap<Place, Range<usize>>), String> {
    let mut map = SourceMap::new();
    map.push_str("wit", wit);
    let group = map.parse().map_err(|(_, error)| error.to_string())?;
    let mut resolve = Resolve { all_features: true, ..Resolve::default() };
    let main = resolve.push_group(group).map_err(|error| error.to_string())?;
    let Described { shape, spans } = match resolve.packages[main].worlds.values().next() {
        Some(world) => of_wit::imports(&resolve, *world),
        None => of_wit::interfaces(&resolve, resolve.interfaces.iter().map(|(id, _)| id)),
    };
    let range = |span| resolve.source_map.resolve_span(span).map(|location| location.range);
    let spans = spans.into_iter().filter_map(|(place, span)| Some((place, range(span)?))).collect();
    Ok((shape, spans))
}

/// Says which use it is, whatever the WIT around it looks like: a digest over the shape, and over what it was recorded as.
pub fn hash(parts: &[&str], shape: &Shape) -> String {
    let mut hasher = blake3::Hasher::new();
    let text = canonical_text(shape);
    for part in parts.iter().copied().chain([text.as_str()]) {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

/// The imports of a component that somebody has to fill, each as it is recorded, or why it cannot be.
pub fn all(shape: &Shape) -> Vec<(String, Result<Used, String>)> {
    let asked = |(_, (_, item)): &(usize, (&String, &crate::types::shape::Item))| !shape.is_types_only(&item.entity);
    let imports = shape.imports.iter().enumerate().filter(asked);
    let name = |at| shape.head(&Place { side: Side::Import, item: at, path: Vec::new() }).0.to_owned();
    imports.map(|(at, _)| (name(at), used(shape, at))).collect()
}
