//! A plan as people read it: the instances and what fills their imports, and what the result asks of its host.
//!
//! What stays open is always said, grouped by what it lets the result do (filesystem, sockets, http), because that is
//! the question of whoever runs it.

use crate::diag::words;
use crate::diag::{visible, visible_line};
use crate::model::component::Components;
use crate::model::graph;
use crate::model::host::HostProfile;
use crate::model::plan::{OpenImport, Plan, Socket, Source};
use crate::model::sizes::{Limited, Sizes};
use crate::pipeline::Planned;
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};

/// The whole plan.
pub(super) fn plan(plan: &Plan, components: &Components, reasons: bool) -> String {
    let mut out = String::new();
    for id in plan.ids() {
        let instance = plan.instance(id);
        let component = components.get(instance.component);
        if component.declares {
            continue;
        }
        let root = if id.0 == 0 { ", the root" } else { "" };
        out.push_str(&format!("{} ({}{root})\n", instance.name, one_line(&component.origin)));
        for (import, wire) in plan.wires[id.0].iter().enumerate() {
            let socket = Socket { instance: id, import };
            // The groups below say what goes to the host; only what is wired, or asked for in full, is shown here.
            if matches!(wire.source, Some(Source::Open(_) | Source::TypeOf { .. } | Source::Synthesised)) && !reasons {
                continue;
            }
            let (name, source) =
                (words::import_name(plan, components, socket), words::source(plan, components, socket));
            out.push_str(&format!("  {name} from {source}\n"));
            if reasons {
                out.push_str(&format!("    because {}\n", words::because(wire)));
                for rejected in &wire.rejected {
                    let component = &components.get(rejected.component).name;
                    let why = words::rejected(rejected);
                    out.push_str(&format!("    not `{}` of `{component}`: {why}\n", rejected.export));
                }
            }
        }
    }
    out.push_str(if asks_nothing(plan, components) { "\nasks nothing of the host\n" } else { "\nleft to the host\n" });
    out.push_str(&open(plan, components));
    let exports: Vec<String> = plan
        .exports
        .iter()
        .map(|export| {
            let from = words::plug(plan, components, export.plug, &export.name.to_string());
            format!("  {} from {from}\n", export.name)
        })
        .collect();
    if !exports.is_empty() {
        out.push_str("\nexports\n");
        out.extend(exports);
    }
    visible(&out)
}

/// What counts against the limits of the host, on one line.
pub(super) fn margins(sizes: &Sizes, host: &HostProfile) -> String {
    let part = |limited: Limited| {
        let (what, needed) = (limited.words(), sizes.of(limited));
        match host.limit(limited) {
            Some(max) => format!("{what} {needed} of {max}"),
            None => format!("{what} {needed}, which it does not count"),
        }
    };
    let parts = [Limited::Instances, Limited::ModulesAndComponents].map(part);
    format!("\nof what `{}` takes: {}\n", host.name, parts.join(", "))
}

/// Whether nothing but types stays open.
pub(super) fn asks_nothing(plan: &Plan, components: &Components) -> bool {
    plan.open.iter().all(|import| plan.asks_nothing(components, import))
}

/// What stays open, name by name in groups, and what was merged.
pub(super) fn open(plan: &Plan, components: &Components) -> String {
    let (groups, types) = groups(plan, components);
    let mut out = String::new();
    for (group, imports) in &groups {
        out.push_str(&format!("  {group}\n"));
        for import in imports {
            out.push_str(&format!("    {}{}\n", import.name, merged(import)));
        }
    }
    if !types.is_empty() {
        out.push_str("  types only, which ask nothing\n");
        for import in types {
            out.push_str(&format!("    {}{}\n", import.name, merged(import)));
        }
    }
    out
}

/// One line of what stays open: `left to the host: cli, filesystem, http (14 imports)`.
pub(super) fn open_line(plan: &Plan, components: &Components) -> String {
    let (groups, _) = groups(plan, components);
    let count: usize = groups.values().map(Vec::len).sum();
    if count == 0 {
        return "asks nothing of the host\n".into();
    }
    let plural = if count == 1 { "" } else { "s" };
    let names: Vec<&str> = groups.keys().map(String::as_str).collect();
    format!("left to the host: {} ({count} import{plural})\n", names.join(", "))
}

/// What was merged, in lines: the imports of the result that stand for several versions, those of many together.
pub(super) fn merged_lines(plan: &Plan) -> String {
    let mut by_versions: IndexMap<&[String], Vec<&OpenImport>> = IndexMap::new();
    for import in plan.open.iter().filter(|import| import.merged.len() > 1) {
        by_versions.entry(&import.merged).or_default().push(import);
    }
    let mut out = String::new();
    for (versions, imports) in by_versions {
        let versions = versions.join(", ");
        if imports.len() <= MERGED_APART {
            out.extend(imports.iter().map(|import| format!("merged: {} for {versions}\n", import.name)));
        } else {
            let groups: BTreeSet<String> = imports.iter().map(|import| group(import)).collect();
            let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
            out.push_str(&format!("merged: {} imports of {} for {versions}\n", imports.len(), groups.join(", ")));
        }
    }
    out
}

/// How many imports that were merged for the same versions are told one by one.
const MERGED_APART: usize = 3;

/// One line for each component of the plan whose name is not just the stem of its file.
pub(super) fn renamed_lines(planned: &Planned) -> String {
    let used: BTreeSet<&str> =
        planned.plan.instances.iter().map(|of| planned.components.get(of.component).name.as_str()).collect();
    let files = planned.inputs.files.iter();
    let shown = files.filter(|file| file.renamed && (file.named || used.contains(file.name.as_str())));
    shown.map(|file| format!("called `{}`: {}\n", file.name, one_line(&file.origin))).collect()
}

fn merged(import: &OpenImport) -> String {
    if import.merged.len() < 2 { String::new() } else { format!(" for {}", import.merged.join(", ")) }
}

/// The open imports by group, and apart those of types only.
fn groups<'p>(plan: &'p Plan, components: &Components) -> (BTreeMap<String, Vec<&'p OpenImport>>, Vec<&'p OpenImport>) {
    let (mut groups, mut types): (BTreeMap<String, Vec<&OpenImport>>, Vec<&OpenImport>) = Default::default();
    for import in &plan.open {
        match plan.asks_nothing(components, import) {
            true => types.push(import),
            false => groups.entry(group(import)).or_default().push(import),
        }
    }
    (groups, types)
}

/// `filesystem` for WASI's package of that name, `ns:pkg` for others, and one group for what has a plain name.
fn group(import: &OpenImport) -> String {
    graph::group(&import.name, import.attrs.implements.as_deref())
}

/// `842 bytes`, `36.7 MB`.
pub(super) fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.1} KB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// A name of the user's files, fit to stand in a line of a terminal.
pub(super) fn one_line(name: &str) -> String {
    visible_line(name)
}
