//! The lock of contracts that a manifest names, as a text. What stands in it is read by `contract`.

use super::file::{self, Failure};
use super::stamp::Stamp;
use super::{describe, text};
use crate::diag::{Sink, Source};
use crate::model::request::{Request, Written};
use std::path::PathBuf;
use std::sync::Arc;

/// A lock of contracts that was asked for.
#[derive(Debug, Clone)]
pub struct Recordings {
    /// Where it was asked for.
    pub written: Written,
    /// Its text, or none if there is no such file: what that means is not for the reader to say.
    pub text: Option<Arc<Source>>,
}

/// The lock, if one is asked for and can be read. It counts among the inputs: no output replaces it, and it must not change
/// before the result is written.
pub(super) fn load(request: &Request, read: &mut Vec<(String, PathBuf, Stamp)>, sink: &mut Sink) -> Option<Recordings> {
    let (written, path) = request.contracts.as_ref()?.lock.as_ref()?;
    let origin = &path.display().to_string();
    let found = match file::read(path) {
        Err(Failure::Missing) => return Some(Recordings { written: written.clone(), text: None }),
        Err(failure) => Err(Box::new(describe(failure, origin, Some(written), path))),
        Ok(file) => {
            read.push((origin.clone(), path.clone(), file.stamp));
            text::utf8(origin, Some(written), &file.bytes)
        }
    };
    match found {
        Ok(text) => Some(Recordings { written: written.clone(), text: Some(text) }),
        Err(diagnostic) => {
            sink.report(*diagnostic);
            None
        }
    }
}
