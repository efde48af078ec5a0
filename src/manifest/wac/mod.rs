//! `.wac` documents → [`Request`].
//!
//! A document says everything itself: each `new` is an instance, each argument a pin, and what is exported stands in
//! `export`. So nothing is wired by the rule, nothing of a root is exported by itself, and `...` leaves to the host what
//! no argument fills; without it an import that nothing fills is an error.
//!
//! Only the parser of `wac` is used, and only here. Which export an argument means is often known only when the
//! components are (`store: kv.store`, `...kv`), so the names go into the request as they stand and the resolver, which
//! knows the components, follows them. What a document declares besides imports (types, interfaces, worlds) is refused.

mod arguments;
pub mod diags;
mod finish;
mod imports;
mod lower;
mod names;
mod packages;
mod syntax;
#[cfg(test)]
mod tests;

pub use packages::{GivenPackage, Packages};

use crate::diag::{Sink, Source};
use crate::model::request::Request;
use std::sync::Arc;

/// Reads a document.
///
/// `name` is what messages call it. Everything wrong with it goes to the sink, in the order of the text; a request comes
/// back only if nothing was.
pub fn parse(text: &str, name: &str, packages: &Packages, sink: &mut Sink) -> Option<Request> {
    let source = Arc::new(Source::new(name, text));
    let lowered = match syntax::read(&source) {
        Ok(document) => lower::lower(&source, &document, packages),
        Err(fault) => Err(vec![*fault]),
    };
    match lowered {
        Ok(request) => Some(request),
        Err(mut found) => {
            found.sort_by_key(|diagnostic| diagnostic.labels.first().map_or(usize::MAX, |label| label.span.start));
            found.into_iter().for_each(|diagnostic| sink.report(diagnostic));
            None
        }
    }
}
