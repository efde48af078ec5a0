//! What goes into a call and what comes out of it.

use super::book::Book;
use crate::value::{self, BadValue, Mismatch};
use std::time::Duration;
use wasmtime::component::{Type, Val};

/// An argument.
#[derive(Debug, Clone, Copy)]
pub enum Argument<'a> {
    /// Its WAVE text.
    Wave(&'a str),
    /// Its JSON.
    Json(&'a serde_json::Value),
}

/// What a call gave.
#[derive(Debug, Clone)]
pub struct Returned {
    /// The function, by the name that only this one has.
    pub function: String,
    /// What it returned; `None` if it returns nothing.
    pub value: Option<Value>,
    /// The units of fuel it took, if they were counted.
    pub fuel: Option<u64>,
    /// The bytes of linear memory that the instance has by now.
    pub memory: u64,
    /// How long it took.
    pub time: Duration,
    /// What was written to standard output since the call before, if that is captured.
    pub stdout: Vec<u8>,
    /// What was written to standard error since the call before, if that is captured.
    pub stderr: Vec<u8>,
}

/// A value that a call returned. Handles in it are written by the names that they have when it is asked for its text.
#[derive(Clone)]
pub struct Value {
    pub(super) val: Val,
    pub(super) ty: Type,
    pub(super) book: Book,
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.wave())
    }
}

impl Value {
    /// WAVE on one line; one value has one text.
    pub fn wave(&self) -> String {
        value::wave(&self.val, &self.book)
    }

    /// WAVE over several lines where it is long.
    pub fn pretty(&self) -> String {
        value::pretty(&self.val, &self.book)
    }

    /// JSON.
    pub fn json(&self) -> serde_json::Value {
        value::to_json(&self.val, &self.book)
    }

    /// Its type in WIT.
    pub fn ty(&self) -> String {
        value::wit(&self.ty, &self.book)
    }

    /// Whether it is an `err(…)`.
    pub fn is_err(&self) -> bool {
        matches!(self.val, Val::Result(Err(_)))
    }

    /// Whether it is as a pattern says: WAVE in which `_` stands for anything and `..` for a rest. A pattern without them is
    /// that very value.
    ///
    /// # Errors
    /// If the text is no pattern for values of this type.
    pub fn matches(&self, pattern: &str) -> Result<Result<(), Box<Mismatch>>, BadValue> {
        let node = value::pattern(pattern, &self.ty, &self.book)?;
        Ok(node.matches(&self.val, pattern, &self.book))
    }

    /// Whether it is the value that this JSON stands for.
    ///
    /// # Errors
    /// If it stands for no value of this type.
    pub fn equals(&self, json: &serde_json::Value) -> Result<bool, BadValue> {
        Ok(value::from_json(json, &self.ty, &self.book)? == self.val)
    }
}
