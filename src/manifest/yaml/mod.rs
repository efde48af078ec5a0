//! The YAML of `wasm-tools compose` → [`Request`].
//!
//! A configuration says little by itself: an import is filled by the component that is called like it, wherever it is
//! found. So what is read here is what to look for and where; the stage that reads files looks, and then everything is
//! said by pins as in any other request.

mod config;
pub mod diags;
#[cfg(test)]
mod tests;
mod tree;

use crate::diag::{Sink, Source};
use crate::model::request::{Input, Request};
use std::path::Path;
use std::sync::Arc;

/// Reads a configuration.
///
/// `name` is what messages call it, `base` the folder its paths are relative to, `root` the component that stands beside
/// it on the command line. Everything wrong with it goes to the sink, in the order of the text; a request comes back only
/// if nothing was.
pub fn parse(text: &str, name: &str, base: &Path, root: Option<Input>, sink: &mut Sink) -> Option<Request> {
    let source = Arc::new(Source::new(name, text));
    let mut found = Vec::new();
    let search = match tree::read(&source) {
        Ok(tree) => config::read(&source, tree.as_ref(), base, root, &mut found),
        Err(fault) => {
            found.push(*fault);
            None
        }
    };
    found.sort_by_key(|diagnostic| diagnostic.labels.first().map_or(usize::MAX, |label| label.span.start));
    let clean = found.is_empty();
    found.into_iter().for_each(|diagnostic| sink.report(diagnostic));
    let search = search.filter(|_| clean)?;
    Some(Request { auto_wire: false, allow: Vec::new(), search: Some(search), ..Request::new() })
}
