//! An answer as data; this is also its JSON form, described in docs/inspect.md.

use super::Question;
use crate::diag::json_line;
use serde::Serialize;

/// The version of the JSON form.
pub(super) const FORMAT: u32 = 1;

/// All that is known of a name.
#[derive(Debug, Serialize, PartialEq, Eq)]
pub(in crate::cli) struct Answer {
    pub(super) format: u32,
    pub(super) asked: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) not: Option<String>,
    /// Instances of that name.
    pub(super) instances: Vec<InstanceAnswer>,
    /// Imports of instances.
    pub(super) sockets: Vec<SocketAnswer>,
    /// Imports of the result.
    pub(super) open: Vec<OpenAnswer>,
    /// Exports of the result.
    pub(super) exports: Vec<ExportAnswer>,
    /// Exports that nobody takes.
    pub(super) offered: Vec<OfferedAnswer>,
    /// Inputs that nothing is made of.
    pub(super) unused: Vec<UnusedAnswer>,
    /// Why a candidate does not fill imports.
    pub(super) candidate: Vec<Verdict>,
}

#[derive(Debug, Serialize, PartialEq, Eq)]
pub(super) struct InstanceAnswer {
    pub(super) instance: String,
    pub(super) component: String,
    pub(super) root: bool,
    /// From the root: each step an instance on the way and its import that leads on. Empty for the root, and for an
    /// instance that only an export of the result reaches.
    pub(super) way: Vec<Step>,
    /// Every import that it fills.
    pub(super) used_by: Vec<Step>,
    /// What the result exports of it.
    pub(super) exported: Vec<String>,
    pub(super) imports: Vec<SocketAnswer>,
}

#[derive(Debug, Serialize, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) instance: String,
    pub(super) import: String,
}

#[derive(Debug, Serialize, PartialEq, Eq)]
pub(super) struct SocketAnswer {
    pub(super) instance: String,
    pub(super) import: String,
    pub(super) filled_by: FilledBy,
    /// The same as a phrase.
    #[serde(skip)]
    pub(super) filled_by_words: String,
    /// The word that plans have for the reason.
    pub(super) reason: &'static str,
    pub(super) because: String,
    /// For types only: what of the result names them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) needed_by: Vec<Needed>,
    pub(super) rejected: Vec<RejectedAnswer>,
}

/// What fills an import. Names have their whole version.
#[derive(Debug, Serialize, PartialEq, Eq)]
#[serde(tag = "from", rename_all = "kebab-case")]
pub(super) enum FilledBy {
    /// An export, or without one the instance as a whole.
    Instance {
        instance: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        export: Option<String>,
    },
    /// An import of the result, or what the names in `inner` lead to in it.
    Host {
        of: String,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        inner: Vec<String>,
    },
    /// A type inside of what fills another import.
    TypeOf { of: String, path: Vec<String> },
    /// Types that nobody has to provide.
    Synthesised,
    /// The composition has errors.
    Nothing,
}

/// An import or export of the result that names types.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub(super) struct Needed {
    /// `import` or `export`.
    pub(super) side: &'static str,
    pub(super) name: String,
}

#[derive(Debug, Serialize, PartialEq, Eq)]
pub(super) struct RejectedAnswer {
    pub(super) component: String,
    pub(super) export: String,
    pub(super) because: String,
}

#[derive(Debug, Serialize, PartialEq, Eq)]
pub(super) struct OpenAnswer {
    pub(super) import: String,
    pub(super) types_only: bool,
    /// Whose imports it fills, with the name that each has for it.
    pub(super) fills: Vec<Step>,
    /// The versions that are one here, if there are several.
    pub(super) merged: Vec<String>,
    /// What of the result names its types.
    pub(super) needed_by: Vec<Needed>,
}

#[derive(Debug, Serialize, PartialEq, Eq)]
pub(super) struct ExportAnswer {
    pub(super) export: String,
    pub(super) instance: String,
    /// The name that the instance has for it.
    pub(super) its_export: String,
    pub(super) because: String,
}

#[derive(Debug, Serialize, PartialEq, Eq)]
pub(super) struct OfferedAnswer {
    pub(super) component: String,
    pub(super) export: String,
    /// Whether an instance of the component is in the plan.
    pub(super) in_plan: bool,
    pub(super) because: String,
    /// What would make the result export it.
    pub(super) help: String,
}

#[derive(Debug, Serialize, PartialEq, Eq)]
pub(super) struct UnusedAnswer {
    pub(super) component: String,
    pub(super) origin: String,
    pub(super) exports: Vec<UnusedExport>,
}

#[derive(Debug, Serialize, PartialEq, Eq)]
pub(super) struct UnusedExport {
    pub(super) export: String,
    /// Who looked at it and did not take it.
    pub(super) passed_over: Vec<Verdict>,
}

#[derive(Debug, Serialize, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) instance: String,
    pub(super) import: String,
    /// The candidate, and its export if it has one of that interface.
    pub(super) candidate: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) export: Option<String>,
    pub(super) taken: bool,
    pub(super) because: String,
}

impl Answer {
    /// An answer that says nothing yet.
    pub(super) fn new(question: &Question<'_>) -> Self {
        Self {
            format: FORMAT,
            asked: question.what.to_owned(),
            not: question.not.map(str::to_owned),
            instances: Vec::new(),
            sockets: Vec::new(),
            open: Vec::new(),
            exports: Vec::new(),
            offered: Vec::new(),
            unused: Vec::new(),
            candidate: Vec::new(),
        }
    }

    /// Whether nothing has the name.
    pub(super) fn is_empty(&self) -> bool {
        self.instances.is_empty()
            && self.sockets.is_empty()
            && self.open.is_empty()
            && self.exports.is_empty()
            && self.offered.is_empty()
            && self.unused.is_empty()
            && self.candidate.is_empty()
    }

    /// For machines: one object on one line.
    pub(in crate::cli) fn json(&self) -> String {
        json_line(self)
    }
}
