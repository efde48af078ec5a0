//! The plan as versioned JSON: the custom section `compose:plan` of an artifact, and `--emit plan`.
//!
//! Canonical: keys in a fixed order, lists in plan order, no spaces, no paths of the machine it was made on; the same
//! plan is the same bytes. Inner components are named by the SHA-256 of their bytes.

use crate::model::component::Components;
use crate::model::name::ExternName;
use crate::model::plan::{InstanceId, Plan, Plug, Reason, Socket, Source};
use crate::types::shape::Attrs;
use indexmap::IndexSet;
use serde::Serialize;

/// The version of the form; a reader refuses one that it does not know.
pub const VERSION: u32 = 1;

/// The name of the custom section.
pub const SECTION: &str = "compose:plan";

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    composer: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    release: Option<&'a str>,
    components: Vec<ComponentEntry<'a>>,
    instances: Vec<InstanceEntry<'a>>,
    open: Vec<OpenEntry>,
    exports: Vec<ExportEntry<'a>>,
}

#[derive(Serialize)]
struct ComponentEntry<'a> {
    name: &'a str,
    sha256: String,
    bytes: usize,
}

#[derive(Serialize)]
struct InstanceEntry<'a> {
    name: &'a str,
    component: &'a str,
    imports: Vec<WireEntry<'a>>,
}

#[derive(Serialize)]
struct WireEntry<'a> {
    import: String,
    #[serde(flatten)]
    from: From<'a>,
    reason: &'static str,
}

#[derive(Serialize)]
#[serde(tag = "from", rename_all = "kebab-case")]
enum From<'a> {
    // Without an export: the instance as a whole.
    Instance {
        instance: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        export: Option<String>,
    },
    // `inner` are the names that lead to what is taken out of the import.
    Open {
        name: String,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        inner: Vec<String>,
    },
    /// `of` is another import of the instance.
    TypeOf {
        of: String,
        path: &'a [String],
    },
    Synthesised,
    Nothing,
}

#[derive(Serialize)]
struct OpenEntry {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    implements: Option<String>,
    types_only: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    merged: Vec<String>,
}

#[derive(Serialize)]
struct ExportEntry<'a> {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    implements: Option<String>,
    #[serde(flatten)]
    from: Exported<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Exported<'a> {
    // Without an export: the instance as a whole.
    Instance {
        instance: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        export: Option<String>,
    },
    // An import of the result, passed on.
    Open {
        open: String,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        inner: Vec<String>,
    },
}

/// The plan as JSON. `name` and `release` are those of the artifact.
pub fn json(plan: &Plan, components: &Components, name: Option<&str>, release: Option<&str>) -> Vec<u8> {
    // In plan order, for that of the inputs must not show.
    let made = |id: &InstanceId| !components.get(plan.instance(*id).component).declares;
    let used: IndexSet<_> = plan.ids().filter(made).map(|id| plan.instance(id).component).collect();
    let document = Document {
        version: VERSION,
        composer: concat!("component-compose ", env!("CARGO_PKG_VERSION")),
        name,
        release,
        components: used
            .into_iter()
            .map(|id| {
                let component = components.get(id);
                let sha256 = component.digest.to_string();
                ComponentEntry { name: &component.name, sha256, bytes: component.bytes.len() }
            })
            .collect(),
        instances: plan.ids().filter(made).map(|id| instance_entry(plan, components, id)).collect(),
        open: plan
            .open
            .iter()
            .map(|open| OpenEntry {
                name: open.name.to_string(),
                implements: implements(&open.attrs),
                types_only: plan.asks_nothing(components, open),
                merged: open.merged.clone(),
            })
            .collect(),
        exports: plan
            .exports
            .iter()
            .map(|export| {
                let from = match from_plug(plan, components, export.plug) {
                    From::Open { name, inner } => Exported::Open { open: name, inner },
                    From::Instance { instance, export } => Exported::Instance { instance, export },
                    From::TypeOf { .. } | From::Synthesised | From::Nothing => unreachable!("a plug is none of these"),
                };
                ExportEntry { name: export.name.to_string(), implements: implements(&export.attrs), from }
            })
            .collect(),
    };
    serde_json::to_vec(&document).expect("strings, numbers and lists always serialize")
}

fn from_plug<'a>(plan: &'a Plan, components: &'a Components, plug: Plug) -> From<'a> {
    if let Some((open, inner)) = plan.behind(components, plug) {
        return From::Open { name: plan.open[open.0].name.to_string(), inner };
    }
    let instance = plan.instance(plug.instance);
    let export = components.get(instance.component).shape.export_path(plug.export);
    From::Instance { instance: &instance.name, export }
}

fn instance_entry<'a>(plan: &'a Plan, components: &'a Components, id: InstanceId) -> InstanceEntry<'a> {
    let instance = plan.instance(id);
    let component = components.get(instance.component);
    let imports = component.shape.imports.keys().enumerate().map(|(import, name)| {
        let socket = Socket { instance: id, import };
        let from = match plan.source(socket) {
            Some(Source::Plug(plug)) => from_plug(plan, components, *plug),
            Some(Source::Open(open)) => From::Open { name: plan.open[open.0].name.to_string(), inner: Vec::new() },
            Some(Source::TypeOf { import, path }) => {
                let (name, _) = component.shape.imports.get_index(*import).expect("it points at an import");
                From::TypeOf { of: name.clone(), path }
            }
            Some(Source::Synthesised) => From::Synthesised,
            None => From::Nothing,
        };
        WireEntry { import: name.clone(), from, reason: reason_word(&plan.wires[id.0][import].reason) }
    });
    InstanceEntry { name: &instance.name, component: &component.name, imports: imports.collect() }
}

fn implements(attrs: &Attrs) -> Option<String> {
    let text = attrs.implements.as_ref()?;
    Some(ExternName::parse(text, attrs.version_suffix.as_deref()).to_string())
}

/// The word for a reason in machine-readable forms.
pub fn reason_word(reason: &Reason) -> &'static str {
    match reason {
        Reason::Pin(_) => "pin",
        Reason::Chain(_) => "chain",
        Reason::OnlyCandidate => "only-candidate",
        Reason::OnlyCompleteWiring => "only-complete-wiring",
        Reason::Label => "label",
        Reason::InstanceNamedLike => "instance-named-like",
        Reason::PinnedOpen(_) => "pinned-open",
        Reason::Allowed(_) => "allowed",
        Reason::Declared => "declared",
        Reason::TypesOnly => "types-only",
        Reason::UsedFrom => "used-from",
        Reason::Failed => "failed",
    }
}
