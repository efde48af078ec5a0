//! The plan that an artifact carries, read back.
//!
//! It is a claim and no proof: anybody can write the section. `agree` holds it against the bytes.

use serde::Deserialize;

/// The plan as `emit::plan` writes it, version 1.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[expect(missing_docs, reason = "docs/schema/plan.schema.json describes the keys")]
pub struct PlanSection {
    pub composer: String,
    pub name: Option<String>,
    pub release: Option<String>,
    pub components: Vec<ComponentEntry>,
    pub instances: Vec<InstanceEntry>,
    pub open: Vec<OpenEntry>,
    pub exports: Vec<ExportEntry>,
}

/// A component of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[expect(missing_docs, reason = "docs/schema/plan.schema.json describes the keys")]
pub struct ComponentEntry {
    pub name: String,
    pub sha256: String,
    pub bytes: usize,
}

/// An instance of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[expect(missing_docs, reason = "docs/schema/plan.schema.json describes the keys")]
pub struct InstanceEntry {
    pub name: String,
    pub component: String,
    pub imports: Vec<WireEntry>,
}

/// What fills an import, by the plan.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[expect(missing_docs, reason = "docs/schema/plan.schema.json describes the keys")]
pub struct WireEntry {
    pub import: String,
    #[serde(flatten)]
    pub from: PlannedFrom,
    pub reason: String,
}

/// Where a wire of the plan comes from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "from", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "docs/schema/plan.schema.json describes the keys")]
pub enum PlannedFrom {
    Instance {
        instance: String,
        #[serde(default)]
        export: String,
    },
    Open {
        name: String,
        #[serde(default)]
        inner: Vec<String>,
    },
    TypeOf {
        of: String,
        path: Vec<String>,
    },
    Synthesised,
    Nothing,
}

/// An open import of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[expect(missing_docs, reason = "docs/schema/plan.schema.json describes the keys")]
pub struct OpenEntry {
    pub name: String,
    pub implements: Option<String>,
    pub types_only: bool,
    #[serde(default)]
    pub merged: Vec<String>,
}

/// An export of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[expect(missing_docs, reason = "docs/schema/plan.schema.json describes the keys")]
pub struct ExportEntry {
    pub name: String,
    pub implements: Option<String>,
    #[serde(flatten)]
    pub from: PlannedExport,
}

/// Where an export of the plan comes from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
#[expect(missing_docs, reason = "docs/schema/plan.schema.json describes the keys")]
pub enum PlannedExport {
    Instance {
        instance: String,
        #[serde(default)]
        export: String,
    },
    Open {
        open: String,
        #[serde(default)]
        inner: Vec<String>,
    },
}

/// Why a plan cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// It is of a version that this program does not know.
    Version(u64),
    /// It is no plan.
    Form(String),
    /// There are several, and it depends on the reader which one counts.
    Several(usize),
}

#[derive(Deserialize)]
struct Versioned {
    version: u64,
}

/// Reads the contents of the section.
pub fn read(bytes: &[u8]) -> Result<PlanSection, Unreadable> {
    let form = |error: serde_json::Error| Unreadable::Form(error.to_string());
    let Versioned { version } = serde_json::from_slice(bytes).map_err(form)?;
    if version != u64::from(crate::emit::plan::VERSION) {
        return Err(Unreadable::Version(version));
    }
    // Everything has to be readable, also what this version does not look at: it is passed on as it stands.
    serde_json::from_slice::<serde_json::Value>(bytes).map_err(form)?;
    serde_json::from_slice(bytes).map_err(form)
}
