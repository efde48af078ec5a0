//! Texts that need not be files: pipes, devices, standard input. Whoever names one is ready to wait for it, so this is for words
//! of the command line alone; inputs of a composition are files.

use super::{describe, file, read_text, text};
use crate::diag::{Sink, Source};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

/// Reads a text from a file, or from a pipe, which is read to its end; what has no end is refused when it is longer than any
/// text.
pub fn read_stream(path: &Path, origin: &str, sink: &mut Sink) -> Option<Arc<Source>> {
    match file::open_stream(path) {
        Some(stream) => text_of(stream, origin, sink),
        None => read_text(path, origin, sink),
    }
}

/// Reads a text to its end.
pub fn text_of(stream: impl Read, origin: &str, sink: &mut Sink) -> Option<Arc<Source>> {
    let read = file::to_the_end(stream).map_err(|failure| Box::new(describe(failure, origin, None, Path::new(origin))));
    match read.and_then(|bytes| text::utf8(origin, None, &bytes)) {
        Ok(source) => Some(source),
        Err(diagnostic) => {
            sink.report(*diagnostic);
            None
        }
    }
}
