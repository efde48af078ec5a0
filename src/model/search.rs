//! A composition that is found by names, as `wasm-tools compose` does: an import is filled by the component that is called
//! like it, wherever that lies.

use super::request::{Input, Written};
use std::path::PathBuf;

/// What to look for, and where.
#[derive(Debug, Clone)]
pub struct SearchRequest {
    /// The root; without it the component called `root`.
    pub root: Option<Input>,
    /// Components whose exports fill every import of that very name, before anything else is looked for.
    pub definitions: Vec<(Written, PathBuf)>,
    /// Folders to look for components in: what messages call them, and where they are.
    pub folders: Vec<(String, PathBuf)>,
    /// Components whose place is given: the name, the path as written, and where that is.
    pub dependencies: Vec<(Written, Written, PathBuf)>,
    /// What is said of single instances.
    pub instantiations: Vec<Instantiation>,
    /// Whether an import may stay open.
    pub open: bool,
}

/// What is said of one instance.
#[derive(Debug, Clone)]
pub struct Instantiation {
    /// Its name; `root` for the root.
    pub name: Written,
    /// The component it is made of; without it the one of its name.
    pub dependency: Option<Written>,
    /// What fills its imports.
    pub arguments: Vec<Argument>,
}

/// What fills one import.
#[derive(Debug, Clone)]
pub struct Argument {
    /// The import.
    pub import: Written,
    /// The instance.
    pub instance: Written,
    /// Its export; without it whatever of it fits.
    pub export: Option<Written>,
}
