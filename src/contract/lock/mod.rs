//! Recordings of what consumers really import, so that a provider can be checked against consumers that are not there.
//!
//! `compose.contracts.lock` has one block for each import of each consumer, sorted, so that recordings of different
//! consumers touch different lines. A block says everything by itself: who was recorded, for which environment, how many
//! imports the consumer has, the import as WIT, and a digest over all of that. A list of the consumers, one a line, stands
//! before the blocks, so that none of them is lost with all its blocks. What is not as it was recorded is refused as a
//! whole: half a recording would say "fine" of what it lost.

pub mod diags;
mod read;
mod record;
#[cfg(test)]
mod tests;
pub mod used;
mod verify;
mod write;

pub use read::{Who, read};
pub use record::{Recorded, is_hosts, record, retire};
pub use verify::{ELSEWHERE, HOST, Scope, verify};
pub use write::text;

use crate::diag::Source;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use used::Used;

/// The name of the file.
pub const FILE: &str = "compose.contracts.lock";
/// The version of its form.
pub const VERSION: i64 = 2;

/// Everything that was recorded, sorted by environment, consumer and import.
#[derive(Debug, Clone, Default)]
pub struct Lock {
    /// The blocks.
    pub blocks: Vec<Block>,
    /// Recordings that were not whole and that are replaced, with how many blocks they had.
    pub damaged: BTreeMap<Who, usize>,
    /// Whether marks of a merge were passed over.
    pub merged: bool,
}

/// One import of one consumer in one environment.
#[derive(Debug, Clone)]
pub struct Block {
    /// Where the consumer runs, if recordings are kept apart by that.
    pub environment: Option<String>,
    /// Who imports.
    pub consumer: String,
    /// How many imports of it are recorded.
    pub imports: usize,
    /// What is imported.
    pub used: Used,
    /// Where the WIT stands in the file that was read.
    pub at: Option<(Arc<Source>, Range<usize>)>,
}

impl Block {
    /// What blocks are sorted and known by.
    pub fn key(&self) -> (&Option<String>, &str, &str) {
        (&self.environment, &self.consumer, &self.used.import)
    }

    /// The digest that says whether the block is what was recorded.
    pub fn hash(&self) -> String {
        let environment = self.environment.as_deref().map_or_else(String::new, |name| format!("in {name}"));
        let imports = self.imports.to_string();
        used::hash(&["1", &environment, &self.consumer, &self.used.import, &imports], &self.used.shape)
    }

    /// The consumer as reports call it.
    pub fn party(&self) -> String {
        match &self.environment {
            None => self.consumer.clone(),
            Some(environment) => format!("{} ({environment})", self.consumer),
        }
    }
}
