//! Texts among the inputs: UTF-8 checked, WebAssembly text translated, faults shown in the text itself.

use super::diags::{TextNotUtf8, WatSyntax};
use crate::diag::{Diagnostic, Source};
use crate::model::request::Written;
use std::path::Path;
use std::sync::Arc;

/// The bytes as text; a mark of the byte order at the start is none of it.
pub(super) fn utf8(origin: &str, written: Option<&Written>, bytes: &[u8]) -> Result<Arc<Source>, Box<Diagnostic>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Arc::new(Source::new(origin, text))),
        Err(error) => {
            let at = error.valid_up_to();
            let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            Err(Box::new(
                TextNotUtf8 { origin, written, line, byte: bytes.get(at).copied().unwrap_or_default() }.into(),
            ))
        }
    }
}

/// Whether the bytes are WebAssembly text: by the ending of the file, or, where that says nothing, by how they begin.
/// An empty file is no text, though the text format would take it for an empty module.
pub(super) fn is_wat(path: Option<&Path>, bytes: &[u8]) -> bool {
    let ending = path.and_then(Path::extension).and_then(|ending| ending.to_str()).unwrap_or_default();
    match ending.to_ascii_lowercase().as_str() {
        _ if bytes.is_empty() => false,
        "wat" => !bytes.starts_with(b"\0asm"),
        "wasm" => false,
        _ => {
            let start = bytes.trim_ascii_start();
            start.starts_with(b"(") || start.starts_with(b";;")
        }
    }
}

/// The binary of a text.
pub(super) fn translate(source: &Arc<Source>) -> Result<Vec<u8>, Box<Diagnostic>> {
    let fault = |error: wast::Error| {
        let text = &source.text;
        let start = error.span().offset().min(text.len());
        let rest = &text.as_bytes()[start..];
        let word = rest.iter().take_while(|byte| !byte.is_ascii_whitespace() && !b"()".contains(byte)).count();
        let mut end = start + word.max(usize::from(!rest.is_empty()));
        while !text.is_char_boundary(end) {
            end += 1;
        }
        Box::new(Diagnostic::from(WatSyntax { source, span: start..end, message: &error.message() }))
    };
    let buffer = wast::parser::ParseBuffer::new(&source.text).map_err(fault)?;
    let mut wat = wast::parser::parse::<wast::Wat<'_>>(&buffer).map_err(fault)?;
    wat.encode().map_err(fault)
}
