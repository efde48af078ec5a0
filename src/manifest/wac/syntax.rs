//! Text → the document as `wac`'s parser sees it.
//!
//! The parser calls itself for what is nested, so a text that is nested beyond any use is refused before it gets there.

use super::diags::WacSyntax;
use crate::diag::{Diagnostic, Source};
use crate::manifest::diags::Spot;
use crate::model::near::nearest;
use std::ops::Range;
use std::sync::Arc;
use wac_parser::{Document, Error};

/// Deeper than anybody writes, and far from what a thread's stack can hold.
const DEEPEST: usize = 100;

/// The words of the language that a composition may need.
const WORDS: [&str; 7] = ["package", "targets", "import", "let", "export", "new", "as"];

/// Parses a document.
pub(super) fn read(source: &Arc<Source>) -> Result<Document<'_>, Box<Diagnostic>> {
    if let Some(at) = too_deep(&source.text) {
        let spot = Spot { source, span: at..at + 1 };
        let facts = WacSyntax { spot, message: &format!("nested more than {DEEPEST} levels deep"), near: None };
        return Err(Box::new(facts.into()));
    }
    Document::parse(&source.text).map_err(|error| {
        let span = span_of(&source.text, &error);
        let near = nearest(&source.text[span.clone()], WORDS);
        Box::new(WacSyntax { spot: Spot { source, span }, message: &error.to_string(), near }.into())
    })
}

/// Where brackets are open too deep.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.bytes().enumerate().find_map(|(at, byte)| {
        match byte {
            b'(' | b'{' | b'<' | b'[' => depth += 1,
            b')' | b'}' | b'>' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth > DEEPEST).then_some(at)
    })
}

/// The bytes that an error speaks of; the end of the text if there is nothing left to point at.
fn span_of(text: &str, error: &Error) -> Range<usize> {
    let span = match error {
        Error::Lexer { span, .. }
        | Error::Expected { span, .. }
        | Error::ExpectedEither { span, .. }
        | Error::ExpectedMultiple { span, .. }
        | Error::EmptyType { span, .. }
        | Error::InvalidVersion { span, .. } => super::lower::range(*span),
    };
    let end = text.trim_end().len();
    if text.get(span.clone()).is_some() && span.start < end { span } else { end..end }
}
