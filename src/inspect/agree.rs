//! The plan inside an artifact against its bytes: components by digest, instances by name, wires one by one; what it is made
//! of besides is judged by `made_of`.
//!
//! Everything that differs is gathered, so that a changed artifact is told once and whole.

use super::anatomy::{Anatomy, Composite, Instance, Of, Port, PortKind, Source};
use super::diags::{Difference, DigestsDiffer, PartsDiffer, WiresDiffer};
use super::made_of;
use super::plan_section::{PlanSection, PlannedExport, PlannedFrom, WireEntry};
use crate::diag::Sink;
use std::collections::{BTreeMap, BTreeSet};

/// Reports where the plan and the bytes disagree.
pub(super) fn check(origin: &str, anatomy: &Anatomy, plan: &PlanSection, sink: &mut Sink) {
    let Some(whole) = anatomy.file().component() else { return };
    let planned: BTreeMap<&str, &str> =
        plan.components.iter().map(|component| (component.name.as_str(), component.sha256.as_str())).collect();
    let instances: BTreeMap<&str, &Instance> =
        whole.instances.iter().map(|instance| (instance.name.as_str(), instance)).collect();
    let mut digests = Vec::new();
    let mut differences = Vec::new();
    for entry in &plan.instances {
        let Some(instance) = instances.get(entry.name.as_str()) else {
            differences.push(Difference::NoInstance(&entry.name));
            continue;
        };
        let actual = match instance.of {
            Of::Part(part) => anatomy.part(part).digest.to_string(),
            Of::Elsewhere => "no component of the file".into(),
        };
        let claimed = planned.get(entry.component.as_str()).copied().unwrap_or("nothing");
        if actual != claimed {
            digests.push((entry.name.as_str(), claimed, actual));
        }
        let planned: BTreeSet<&str> = entry.imports.iter().map(|wire| wire.import.as_str()).collect();
        for wire in &entry.imports {
            let actual = instance.wire(&wire.import).map(|wire| &wire.from);
            if actual.is_none() {
                differences.push(Difference::NoSocket { instance: &entry.name, import: &wire.import });
            } else if !agrees(whole, instance, wire, actual) {
                differences.push(Difference::Wire {
                    instance: &entry.name,
                    import: &wire.import,
                    planned: said(&wire.from),
                    actual: actual.map_or_else(|| "nothing".into(), |actual| seen(whole, actual)),
                });
            }
        }
        for wire in &instance.wires {
            if !planned.contains(wire.import.as_str()) {
                differences.push(Difference::Wire {
                    instance: &entry.name,
                    import: &wire.import,
                    planned: "nothing".into(),
                    actual: seen(whole, &wire.from),
                });
            }
        }
    }
    let known: BTreeSet<&str> = plan.instances.iter().map(|instance| instance.name.as_str()).collect();
    for instance in whole.instances.iter().filter(|instance| !known.contains(instance.name.as_str())) {
        differences.push(Difference::MoreInstances(&instance.name));
    }
    names(whole, plan, &mut differences);
    let parts = made_of::differences(anatomy, whole, plan);
    if !parts.is_empty() {
        sink.report(PartsDiffer { origin, differences: &parts });
    }
    if !digests.is_empty() {
        sink.report(DigestsDiffer { origin, digests: &digests });
    }
    if !differences.is_empty() {
        sink.report(WiresDiffer { origin, differences: &differences });
    }
}

/// Imports and exports of the whole.
fn names<'a>(whole: &Composite, plan: &'a PlanSection, differences: &mut Vec<Difference<'a>>) {
    let claimed: BTreeSet<&str> = plan.open.iter().map(|open| open.name.as_str()).collect();
    let actual: BTreeSet<String> = whole.imports.iter().map(Port::display).collect();
    for name in claimed.iter().filter(|name| !actual.contains(**name)) {
        differences.push(Difference::NoImport((*name).to_owned()));
    }
    for name in actual.iter().filter(|name| !claimed.contains(name.as_str())) {
        differences.push(Difference::MoreImports(name.clone()));
    }
    // The first of a name counts, should there be several.
    let exports: BTreeMap<String, &(Port, Source)> =
        whole.exports.iter().rev().map(|export| (export.0.display(), export)).collect();
    for export in &plan.exports {
        let found = exports.get(&export.name);
        let source = |source: &Source| match &export.from {
            PlannedExport::Instance { instance, export } => is_export(whole, source, instance, export),
            PlannedExport::Open { open, inner } => is_import(whole, source, open, inner),
        };
        if !found.is_some_and(|(_, from)| source(from)) {
            let planned = match &export.from {
                PlannedExport::Instance { instance, export } => said_of_instance(instance, export),
                PlannedExport::Open { open, inner } => said_of_import(open, inner),
            };
            differences.push(Difference::Export {
                export: export.name.clone(),
                planned,
                actual: found.map_or_else(|| "nothing".into(), |(_, from)| seen(whole, from)),
            });
        }
    }
    let planned: BTreeSet<&str> = plan.exports.iter().map(|export| export.name.as_str()).collect();
    for (port, from) in &whole.exports {
        let name = port.display();
        if !planned.contains(name.as_str()) {
            differences.push(Difference::Export { export: name, planned: "nothing".into(), actual: seen(whole, from) });
        }
    }
}

fn is_export(whole: &Composite, source: &Source, instance: &str, export: &str) -> bool {
    match source {
        // Without a name it is the instance as a whole.
        Source::Instance(at, path) => whole.instances[*at].name == instance && path.join("#") == export,
        _ => false,
    }
}

fn is_import(whole: &Composite, source: &Source, import: &str, inner: &[String]) -> bool {
    match source {
        Source::Import(at, path) => path == inner && whole.imports[*at].display() == import,
        _ => false,
    }
}

/// Whether the bytes do what the plan says of a wire.
fn agrees(whole: &Composite, instance: &Instance, planned: &WireEntry, actual: Option<&Source>) -> bool {
    match &planned.from {
        PlannedFrom::Instance { instance, export } => {
            actual.is_some_and(|actual| is_export(whole, actual, instance, export))
        }
        PlannedFrom::Open { name, inner } => actual.is_some_and(|actual| is_import(whole, actual, name, inner)),
        PlannedFrom::TypeOf { of, path } => {
            let of = instance.wire(of).map(|wire| &wire.from);
            let expected = of.and_then(|of| whole.below(of, path));
            // A type of an instance that is made of types alone may be written anew; it is the same structure.
            let own = of.is_some_and(|of| is_types(whole, of));
            actual.is_some() && (own || actual == expected.as_ref())
        }
        PlannedFrom::Synthesised => actual.is_some_and(|actual| is_types(whole, actual)),
        // In an artifact everything is filled.
        PlannedFrom::Nothing => false,
    }
}

/// Whether something is made here, and of nothing but types.
pub fn is_types(whole: &Composite, source: &Source) -> bool {
    match source {
        Source::Own => true,
        Source::Bag(bag) => whole.bags_of_types[*bag],
        _ => false,
    }
}

/// For each bag, whether it has nothing but types. One may stand in many others, so each is looked at once; it has only
/// earlier ones in it.
pub(super) fn bags_of_types(bags: &[Vec<(String, PortKind, Source)>]) -> Vec<bool> {
    let mut known: Vec<bool> = Vec::with_capacity(bags.len());
    for bag in bags {
        let is_types = |(_, kind, item): &(String, PortKind, Source)| match (kind, item) {
            (PortKind::Type, _) | (PortKind::Instance, Source::Own) => true,
            (PortKind::Instance, Source::Bag(inner)) => known.get(*inner).copied().unwrap_or(false),
            _ => false,
        };
        let all = bag.iter().all(is_types);
        known.push(all);
    }
    known
}

fn said(from: &PlannedFrom) -> String {
    match from {
        PlannedFrom::Instance { instance, export } => said_of_instance(instance, export),
        PlannedFrom::Open { name, inner } => said_of_import(name, inner),
        PlannedFrom::TypeOf { of, path } => format!("the type `{}` of `{of}`", path.join(".")),
        PlannedFrom::Synthesised => "types of its own".into(),
        PlannedFrom::Nothing => "nothing".into(),
    }
}

fn said_of_instance(instance: &str, export: &str) -> String {
    if export.is_empty() { format!("`{instance}`") } else { format!("`{export}` of `{instance}`") }
}

fn said_of_import(name: &str, inner: &[String]) -> String {
    match inner {
        [] => format!("the host, as `{name}`"),
        inner => format!("`{}` of the host, as `{name}`", inner.join("#")),
    }
}

fn seen(whole: &Composite, from: &Source) -> String {
    let within = |path: &[String], of: &str| match path.is_empty() {
        true => of.to_owned(),
        false => format!("`{}` of {of}", path.join(".")),
    };
    match from {
        Source::Import(import, path) => within(path, &format!("the host, as `{}`", whole.imports[*import].display())),
        Source::Instance(instance, path) => within(path, &format!("`{}`", whole.instances[*instance].name)),
        Source::Bag(_) if is_types(whole, from) => "types of its own".into(),
        Source::Bag(_) => "an instance put together of several".into(),
        Source::Part(_) => "a component or module of the file".into(),
        Source::Own => "something made in place".into(),
        Source::Outer => "something around it".into(),
    }
}
