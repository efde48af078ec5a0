//! Whether a plug fits a socket, up to renaming of resources, and if not, where the first difference is.

use super::shape::{Entity, ResourceId, Shape};
use std::collections::BTreeMap;

/// An item together with the shape its types live in.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The shape.
    pub shape: &'a Shape,
    /// The item.
    pub entity: &'a Entity,
}

/// Which resource of the plug's shape each resource of the socket's shape is, if the two are wired.
pub type ResourceMap = BTreeMap<ResourceId, ResourceId>;

/// The first difference between a plug and a socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The steps that lead to it, outermost first.
    pub path: Vec<Step>,
}

/// One step on the way to a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// An item of an instance, by name.
    Item(String),
}

/// Whether `plug` can fill `socket`: `Ok` with the renaming of resources, or the first difference.
pub fn fits(plug: View<'_>, socket: View<'_>) -> Result<ResourceMap, Mismatch> {
    let _ = (plug, socket);
    Err(Mismatch { path: Vec::new() })
}
