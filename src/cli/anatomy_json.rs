//! What is inside of a file, for machines: one object on one line, described in docs/inspect.md.

use super::anatomy_text::export_name;
use crate::diag::json_line;
use crate::inspect::anatomy::{Anatomy, Composite, Instance, Of, Part, PartId, Port, PortKind, Source, full_name};
use crate::inspect::{Inspected, wasi};
use crate::model::host::PROFILES;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The version of the form.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    format: u32,
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    wit: Option<&'a str>,
    parts: Vec<PartEntry<'a>>,
    wasi: WasiEntry,
    counts: CountsEntry,
    hosts: Vec<HostEntry>,
    plan: Option<Value>,
}

#[derive(Serialize)]
struct PartEntry<'a> {
    part: usize,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    bytes: usize,
    own_bytes: usize,
    sha256: String,
    times: usize,
    #[serde(flatten)]
    body: BodyEntry<'a>,
    custom: Vec<CustomEntry<'a>>,
    producers: BTreeMap<&'a str, Vec<[&'a str; 2]>>,
    metadata: BTreeMap<&'a str, &'a str>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum BodyEntry<'a> {
    Module(ModuleEntry<'a>),
    Component(Box<ComponentEntry<'a>>),
}

#[derive(Serialize)]
struct ModuleEntry<'a> {
    imports: Vec<ModuleImport<'a>>,
    exports: &'a [String],
    functions: u64,
    memories: u64,
    tables: u64,
    code_bytes: usize,
    data_bytes: usize,
}

#[derive(Serialize)]
struct ModuleImport<'a> {
    module: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct ComponentEntry<'a> {
    composition: bool,
    imports: Vec<PortEntry<'a>>,
    exports: Vec<ExportEntry<'a>>,
    inner: Vec<InnerEntry<'a>>,
    instances: Vec<InstanceEntry<'a>>,
    bags: Vec<Vec<ItemEntry<'a>>>,
    core_instances: usize,
    instance_indices: usize,
}

#[derive(Serialize)]
struct PortEntry<'a> {
    name: String,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    implements: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<&'a str>,
}

#[derive(Serialize)]
struct ExportEntry<'a> {
    #[serde(flatten)]
    port: PortEntry<'a>,
    #[serde(flatten)]
    from: From,
}

#[derive(Serialize)]
struct InnerEntry<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    part: usize,
}

#[derive(Serialize)]
struct InstanceEntry<'a> {
    name: &'a str,
    named: bool,
    part: Option<usize>,
    shim: bool,
    imports: Vec<WireEntry>,
}

#[derive(Serialize)]
struct WireEntry {
    import: String,
    kind: &'static str,
    #[serde(flatten)]
    from: From,
    #[serde(skip_serializing_if = "Option::is_none")]
    passed_on: Option<From>,
}

#[derive(Serialize)]
struct ItemEntry<'a> {
    name: &'a str,
    kind: &'static str,
    #[serde(flatten)]
    from: From,
}

#[derive(Serialize)]
#[serde(tag = "from", rename_all = "kebab-case")]
enum From {
    /// Import of the component around, with what leads to an item inside.
    Import {
        of: String,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        path: Vec<String>,
    },
    Instance {
        instance: String,
        export: String,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        path: Vec<String>,
    },
    Bag {
        bag: usize,
    },
    Part {
        part: usize,
    },
    Own,
    Outer,
}

#[derive(Serialize)]
struct CustomEntry<'a> {
    name: &'a str,
    bytes: usize,
}

#[derive(Serialize)]
struct WasiEntry {
    outside: BTreeMap<String, BTreeSet<String>>,
    inside: BTreeMap<String, BTreeSet<String>>,
    preview_1: bool,
}

#[derive(Serialize)]
struct CountsEntry {
    components: usize,
    modules: usize,
    instance_indices: usize,
    instances: u64,
    core_instances: u64,
    memories: u64,
    tables: u64,
}

#[derive(Serialize)]
struct HostEntry {
    host: &'static str,
    max_instance_indices: usize,
    max_module_indices: usize,
    max_component_indices: usize,
    max_modules_and_components: Option<usize>,
    max_tables_of_a_module: usize,
}

/// The document, with a newline.
pub(super) fn json(origin: &str, inspected: &Inspected, wit: Option<&str>) -> String {
    let Inspected { anatomy, plan } = inspected;
    let wasi = wasi::of(anatomy);
    let counts = anatomy.counts;
    let document = Document {
        format: FORMAT,
        file: origin,
        wit,
        parts: anatomy.ids().map(|id| part(anatomy, id)).collect(),
        wasi: WasiEntry { outside: wasi.outside, inside: wasi.inside, preview_1: wasi.preview_1 },
        counts: CountsEntry {
            components: counts.components,
            modules: counts.modules,
            instance_indices: anatomy.sizes.instances,
            instances: counts.instances,
            core_instances: counts.core_instances,
            memories: counts.memories,
            tables: counts.tables,
        },
        hosts: PROFILES
            .iter()
            .map(|profile| profile())
            .map(|host| HostEntry {
                host: host.name,
                max_instance_indices: host.max_instances,
                max_module_indices: host.max_modules,
                max_component_indices: host.max_components,
                max_modules_and_components: host.max_modules_and_components,
                max_tables_of_a_module: host.max_tables,
            })
            .collect(),
        // As it stands in the file: who reads it knows its form.
        plan: plan.as_ref().and(anatomy.plan.as_deref()).and_then(|plan| serde_json::from_slice(plan).ok()),
    };
    json_line(&document)
}

fn part(anatomy: &Anatomy, id: PartId) -> PartEntry<'_> {
    let part = anatomy.part(id);
    let mut producers: BTreeMap<&str, Vec<[&str; 2]>> = BTreeMap::new();
    for producer in &part.producers {
        producers.entry(&producer.field).or_default().push([&producer.name, &producer.version]);
    }
    PartEntry {
        part: id.0,
        kind: if part.module().is_some() { "module" } else { "component" },
        name: part.name.as_deref(),
        bytes: part.bytes,
        own_bytes: part.own_bytes,
        sha256: part.digest.to_string(),
        times: part.times,
        body: body(anatomy, part),
        custom: part.custom.iter().map(|custom| CustomEntry { name: &custom.name, bytes: custom.bytes }).collect(),
        producers,
        metadata: part.metadata.iter().map(|(key, text)| (key.as_str(), text.as_str())).collect(),
    }
}

fn body<'a>(anatomy: &'a Anatomy, part: &'a Part) -> BodyEntry<'a> {
    if let Some(module) = part.module() {
        return BodyEntry::Module(ModuleEntry {
            imports: module.imports.iter().map(|(module, name)| ModuleImport { module, name }).collect(),
            exports: &module.exports,
            functions: module.functions,
            memories: module.memories,
            tables: module.tables,
            code_bytes: module.code_bytes,
            data_bytes: module.data_bytes,
        });
    }
    let component = part.component().expect("what is no module is a component");
    let from = |source: &Source| from(anatomy, component, source);
    let exports =
        component.exports.iter().map(|(port, source)| ExportEntry { port: port_entry(port), from: from(source) });
    let bags = component.bags.iter().map(|items| {
        items.iter().map(|(name, kind, source)| ItemEntry { name, kind: word(*kind), from: from(source) }).collect()
    });
    BodyEntry::Component(Box::new(ComponentEntry {
        composition: component.is_composition(),
        imports: component.imports.iter().map(port_entry).collect(),
        exports: exports.collect(),
        inner: component
            .inner
            .iter()
            .map(|inner| InnerEntry { name: inner.name.as_deref(), part: inner.part.0 })
            .collect(),
        instances: component.instances.iter().map(|instance| instance_entry(anatomy, component, instance)).collect(),
        bags: bags.collect(),
        core_instances: component.core_instances,
        instance_indices: component.instance_indices,
    }))
}

fn instance_entry<'a>(anatomy: &Anatomy, component: &Composite, instance: &'a Instance) -> InstanceEntry<'a> {
    let imports = instance.wires.iter().map(|wire| WireEntry {
        import: full_name(&wire.import, &wire.attrs),
        kind: word(wire.kind),
        from: from(anatomy, component, &wire.from),
        passed_on: anatomy.passed_on(component, &wire.from).map(|end| from(anatomy, component, &end)),
    });
    InstanceEntry {
        name: &instance.name,
        named: instance.named,
        part: match instance.of {
            Of::Part(part) => Some(part.0),
            Of::Elsewhere => None,
        },
        shim: instance.shim,
        imports: imports.collect(),
    }
}

fn port_entry(port: &Port) -> PortEntry<'_> {
    PortEntry {
        name: port.display(),
        kind: word(port.kind),
        implements: port.attrs.implements.as_deref(),
        external_id: port.attrs.external_id.as_deref(),
    }
}

fn from(anatomy: &Anatomy, component: &Composite, source: &Source) -> From {
    match source {
        Source::Import(import, path) => From::Import { of: component.imports[*import].display(), path: path.clone() },
        Source::Instance(instance, path) => {
            let instance = &component.instances[*instance];
            let (export, path) = match path.split_first() {
                Some((first, rest)) => (export_name(anatomy, instance, first), rest.to_vec()),
                None => (String::new(), Vec::new()),
            };
            From::Instance { instance: instance.name.clone(), export, path }
        }
        Source::Bag(bag) => From::Bag { bag: *bag },
        Source::Part(part) => From::Part { part: part.0 },
        Source::Own => From::Own,
        Source::Outer => From::Outer,
    }
}

fn word(kind: PortKind) -> &'static str {
    match kind {
        PortKind::Module => "module",
        PortKind::Func => "function",
        PortKind::Value => "value",
        PortKind::Type => "type",
        PortKind::Instance => "instance",
        PortKind::Component => "component",
    }
}
