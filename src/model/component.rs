//! A component after decoding: its bytes, its shape, and what else was seen in it.

use super::name::ExternName;
use crate::types::shape::{Item, Place, Shape, Side};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The SHA-256 of a file's bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Digest(pub [u8; 32]);

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The BLAKE3 of an input's bytes: tells which inputs are the same, and is quick to make for large ones. It never leaves
/// the machine; what a plan names an input by is its [`Digest`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(pub [u8; 32]);

impl Fingerprint {
    /// The fingerprint of bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }

    /// The fingerprint of several parts; where one ends and the next begins counts.
    pub fn of_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
        Self(*hasher.finalize().as_bytes())
    }
}

/// An index into [`Components::items`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ComponentId(pub usize);

/// One input that is a component.
#[derive(Debug, Clone)]
pub struct Component {
    /// The name it goes by in the plan: given, or made from the file's name; a legal kebab name, unique among all.
    pub name: String,
    /// What the user calls it in messages: the path as given, `<stdin>`, or the name for bytes from memory.
    pub origin: String,
    /// Whether the user named it, so that leaving it unused is an error; otherwise it was found in an offered folder.
    pub named: bool,
    /// The SHA-256 of the bytes.
    pub digest: Digest,
    /// The bytes, as they will be embedded.
    pub bytes: Bytes,
    /// Its type.
    pub shape: Shape,
    /// Whether it only describes imports that the result has by themselves, and is never instantiated.
    pub declares: bool,
    /// Core modules and components inside, nested ones included, itself not.
    pub inner_count: usize,
}

/// All components of a run, in the order they were given.
#[derive(Debug, Clone, Default)]
pub struct Components {
    /// The components.
    pub items: Vec<Component>,
    /// Names of WIT packages that were given for their types only, with what the user calls them; nothing of them is
    /// embedded.
    pub wit_packages: Vec<WitPackage>,
    /// Whether there are more on offer, which nothing asks for by name.
    pub more_on_offer: bool,
}

/// A WIT package among the inputs: it describes interfaces and implements none.
#[derive(Debug, Clone)]
pub struct WitPackage {
    /// What the user calls it in messages.
    pub origin: String,
    /// Names of the interfaces it describes, as `ns:pkg/iface@version`.
    pub interfaces: Vec<String>,
}

impl Components {
    /// Whether an input became a component or a WIT package; by what the user calls it.
    pub fn has(&self, origin: &str) -> bool {
        self.items.iter().any(|component| component.origin == origin)
            || self.wit_packages.iter().any(|package| package.origin == origin)
    }

    /// The component of an id.
    pub fn get(&self, id: ComponentId) -> &Component {
        &self.items[id.0]
    }

    /// All ids in order.
    pub fn ids(&self) -> impl Iterator<Item = ComponentId> + use<> {
        (0..self.items.len()).map(ComponentId)
    }
}

impl Component {
    /// The name and item at a position of a side.
    pub fn extern_at(&self, side: Side, index: usize) -> (ExternName, &Item) {
        let (name, item) = self.shape.head(&Place { side, item: index, path: Vec::new() });
        (item_name(name, item), item)
    }
}

/// The name of an item: its text together with the `version-suffix` that stands beside it. For a labelled item (with
/// `implements`) the suffix belongs to the interface, not to the label.
pub fn item_name(name: &str, item: &Item) -> ExternName {
    let suffix = if item.attrs.implements.is_some() { None } else { item.attrs.version_suffix.as_deref() };
    ExternName::parse(name, suffix)
}

/// The interface that an item offers or asks for: that of `implements` for a labelled item, else its own name's.
pub fn item_interface(name: &str, item: &Item) -> Option<super::name::InterfaceName> {
    match &item.attrs.implements {
        Some(interface) => super::name::InterfaceName::parse(interface, item.attrs.version_suffix.as_deref()),
        None => item_name(name, item).interface().cloned(),
    }
}
