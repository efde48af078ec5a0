//! What a composition changes since an artifact that was built before: facts, for whoever reviews it.
//!
//! The artifact is read as hosts read it, from its sections; so any component will do, whoever composed it, and no plan inside
//! can hide anything. Names without their versions are what is matched, since a version that moves is a change of the same thing.
//! Above all it is told what is asked of the host that was not asked before, and by which way that came in.

pub mod diags;
mod names;
mod ports;
mod wiring;

use super::Inspected;
use super::graph::graph;
use crate::emit::graph::of_plan;
use crate::model::component::Components;
use crate::model::plan::Plan;
use crate::types::shape::Shape;
pub use names::Told;

/// A composition that is to be, or was, linked.
#[derive(Debug, Clone, Copy)]
pub struct Composed<'a> {
    /// The wiring.
    pub plan: &'a Plan,
    /// What is wired.
    pub components: &'a Components,
    /// The world that the result will have.
    pub world: &'a Shape,
}

/// What changed since an artifact.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Since {
    /// What the user calls the artifact.
    pub origin: String,
    /// Its size.
    pub bytes: usize,
    /// What is asked of the host and was not, by name.
    pub opened: Vec<Opened>,
    /// What was asked of the host and is not any more.
    pub closed: Vec<String>,
    /// Imports of which more is asked, and the functions that came.
    pub widened: Vec<(String, Vec<String>)>,
    /// Imports and exports that are there in another version.
    pub moved: Vec<Moved>,
    /// Exports that came.
    pub exported: Vec<String>,
    /// Exports that went.
    pub withdrawn: Vec<String>,
    /// Exports of another type, and how they differ.
    pub retyped: Vec<Retyped>,
    /// Instances that came.
    pub added: Vec<Added>,
    /// Instances that went.
    pub removed: Vec<String>,
    /// Instances that are there with a component of other bytes.
    pub rebuilt: Vec<Rebuilt>,
    /// Imports of instances that something else fills.
    pub rewired: Vec<Rewired>,
}

/// An import of the result that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Its name, with its version.
    pub name: String,
    /// What it lets the whole do.
    pub group: String,
    /// The instances that ask for it, and how they came to.
    pub through: Vec<Through>,
}

/// An instance that asks for something new.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Through {
    /// The instance.
    pub instance: String,
    /// Why it does now.
    pub because: Because,
}

/// Why an instance asks the host for something that it did not ask for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Because {
    /// It is new itself; it was made for the import of an instance, unless it is exported from.
    New(Option<Wanted>),
    /// An instance filled it before.
    WasFilledBy(String),
    /// Its component has other bytes.
    Rebuilt,
    /// Nothing of that.
    Unknown,
}

/// For whom an instance is there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wanted {
    /// The instance.
    pub instance: String,
    /// Its import.
    pub import: String,
}

/// Something that is there in another version.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moved {
    /// Whether it is exported; else it is imported.
    pub exported: bool,
    /// The name before.
    pub old: String,
    /// The name now.
    pub new: String,
}

/// An export of another type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retyped {
    /// Its name now.
    pub name: String,
    /// Where what was compiled against the old one no longer links; empty if it still does.
    pub breaks: Vec<String>,
    /// Items that came.
    pub came: Vec<String>,
}

/// An instance that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// Its name.
    pub instance: String,
    /// The name of its component.
    pub component: String,
    /// For whom it is there.
    pub wanted: Option<Wanted>,
}

/// An instance of a component with other bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebuilt {
    /// Its name.
    pub instance: String,
    /// The size of the component before.
    pub old_bytes: usize,
    /// And now.
    pub new_bytes: usize,
}

/// An import that something else fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewired {
    /// The instance.
    pub instance: String,
    /// Its import.
    pub import: String,
    /// What filled it; `None` if it was not there.
    pub old: Option<Told>,
    /// What fills it; `None` if it is not there any more.
    pub new: Option<Told>,
}

impl Since {
    /// Whether nothing but bytes changed.
    pub fn is_nothing(&self) -> bool {
        let nothing = Self { origin: self.origin.clone(), bytes: self.bytes, ..Self::default() };
        *self == nothing
    }
}

/// An artifact that was built before.
#[derive(Debug, Clone, Copy)]
pub struct Before<'a> {
    /// What the user calls it.
    pub origin: &'a str,
    /// What it is called by the name of its file; a component that wires nothing may have no other.
    pub name: &'a str,
    /// Its size.
    pub bytes: usize,
    /// What is in it.
    pub inspected: &'a Inspected,
}

/// What changes since an artifact; `None` if that is no component.
pub fn compare(old: Before<'_>, new: Composed<'_>) -> Option<Since> {
    let Before { origin, name, bytes, inspected: old } = old;
    let before = graph(&old.anatomy, name)?;
    let world = old.anatomy.shape.as_ref()?;
    let now = of_plan(new.plan, new.components);
    let mut since = Since { origin: origin.to_owned(), bytes, ..Since::default() };
    let sizes = wiring::Sizes { old: wiring::sizes_of(&old.anatomy, &before), new: wiring::sizes_in(new) };
    wiring::compare(&before, &now, &sizes, &mut since);
    ports::imports((&before, world), (&now, new.world), &sizes, &mut since);
    ports::exports(world, new.world, &mut since);
    since.moved.sort();
    Some(since)
}
