//! The numbers of a component that hosts limit, and what they are numbers of.
//!
//! A host judges each component inside an artifact by itself, however deep it stands: most limits are those of one index
//! space, and only the largest of a kind counts. What is counted over the whole file is said to be so.

use serde::{Deserialize, Serialize};

/// What hosts limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limited {
    /// Instances in the index space of one component, of components and of core modules together.
    Instances,
    /// Core modules in the index space of one component.
    Modules,
    /// Components in the index space of one component.
    Components,
    /// Core modules and components in the whole file, which counts itself.
    ModulesAndComponents,
    /// Tables in the index space of one core module.
    Tables,
}

impl Limited {
    /// Everything, in the order in which it is told.
    pub const ALL: [Self; 5] =
        [Self::Instances, Self::Modules, Self::Components, Self::ModulesAndComponents, Self::Tables];

    /// The words for so many of them.
    pub fn words(self) -> &'static str {
        match self {
            Self::Instances => "instances",
            Self::Modules => "core modules",
            Self::Components => "components",
            Self::ModulesAndComponents => "modules and components",
            Self::Tables => "tables",
        }
    }

    /// The words for one of them.
    pub fn word(self) -> &'static str {
        match self {
            Self::Instances => "instance",
            Self::Modules => "core module",
            Self::Components => "component",
            Self::ModulesAndComponents => "module or component",
            Self::Tables => "table",
        }
    }

    /// Where they are, after the words.
    pub fn place(self) -> &'static str {
        match self {
            Self::Instances | Self::Modules | Self::Components => " in one component",
            Self::ModulesAndComponents => " in all",
            Self::Tables => " in one core module",
        }
    }
}

/// The numbers of one file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sizes {
    /// The most instances in the index space of one component.
    pub instances: usize,
    /// The most core modules in the index space of one component.
    pub modules: usize,
    /// The most components in the index space of one component.
    pub components: usize,
    /// Core modules and components inside, nested ones included, itself not.
    pub inner: usize,
    /// The most tables in one core module.
    pub tables: usize,
}

impl Sizes {
    /// The number that a limit is held against.
    pub fn of(&self, limited: Limited) -> usize {
        match limited {
            Limited::Instances => self.instances,
            Limited::Modules => self.modules,
            Limited::Components => self.components,
            Limited::ModulesAndComponents => self.inner.saturating_add(1),
            Limited::Tables => self.tables,
        }
    }
}
