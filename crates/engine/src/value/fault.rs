//! What is wrong with a text that was to be a value, and where a value differs from a pattern: facts for whoever words them.

use std::ops::Range;

/// Why a text is no value of its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadValue {
    /// The bytes of the text that do not make sense; empty at its end. In JSON, nothing.
    pub at: Range<usize>,
    /// In JSON, the way to the place: `.lines[2].sku`; else empty.
    pub path: String,
    /// What could have stood there, as a phrase: "a closing `]`", "a `u8`, from 0 to 255".
    pub expected: String,
    /// What stands there, as a phrase.
    pub found: String,
    /// The names that could have stood there, if it was to be one.
    pub known: Vec<String>,
    /// The name that does stand there, if it is one.
    pub name: Option<String>,
    /// The type of what is there, in WIT.
    pub ty: String,
}

impl std::fmt::Display for BadValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "expected {}, found {}", self.expected, self.found)
    }
}

/// The first place where a value differs from a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The way to it in the value: `.lines[2].sku`; empty for the value as a whole.
    pub path: String,
    /// The bytes of the pattern that it differs from.
    pub at: Range<usize>,
    /// That part of the pattern.
    pub expected: String,
    /// What is there in the value, in WAVE, or a phrase: "nothing".
    pub found: String,
}
