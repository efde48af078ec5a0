//! What an artifact is made of against what its plan says it is made of: components by digest and size, everything else
//! that has code, and what the plan says of names, imports and exports besides the wires.
//!
//! A composition of ours has components and wires. Whatever else brings code to life at the top, such as a core module
//! with a start function, somebody put there later, and the plan vouches for it only in the eyes of who reads nothing else.

use super::anatomy::{Anatomy, Composite, Instance, Of, PartId, Port, Source};
use super::diags::PartDifference;
use super::plan_section::PlanSection;
use crate::model::name::{ExternName, InterfaceName};
use std::collections::{BTreeMap, BTreeSet};

/// Everything in which the two differ.
pub(super) fn differences<'a>(
    anatomy: &'a Anatomy,
    whole: &'a Composite,
    plan: &'a PlanSection,
) -> Vec<PartDifference<'a>> {
    let mut found = Vec::new();
    code(whole, &mut found);
    components(anatomy, whole, plan, &mut found);
    if let (Some(planned), actual) = (&plan.name, &anatomy.file().name)
        && Some(planned) != actual.as_ref()
    {
        let actual = actual.as_ref().map_or_else(|| "without a name".into(), |name| format!("`{name}`"));
        found.push(PartDifference::Said { what: "the composition".into(), planned: format!("`{planned}`"), actual });
    }
    // The first of a name counts, should there be several.
    let imports: BTreeMap<String, usize> =
        whole.imports.iter().enumerate().rev().map(|(at, port)| (port.display(), at)).collect();
    let filled = versions(whole);
    for open in &plan.open {
        let Some(at) = imports.get(&open.name) else { continue };
        let port = &whole.imports[*at];
        let mut said = |planned: &str, actual: &str| {
            let what = format!("the open import `{}`", open.name);
            found.push(PartDifference::Said { what, planned: planned.into(), actual: actual.into() });
        };
        // More care than is due is no lie: what has types only may be open like all else.
        if open.types_only && !asks_nothing(anatomy, port) {
            said("types only, which ask nothing of the host", "more than that");
        }
        if open.implements != implements(port) {
            said(&of_interface(open.implements.as_deref()), &of_interface(implements(port).as_deref()));
        }
        let actual = &filled[*at];
        if !is_merged(&open.merged, actual, port) {
            said(&for_versions(open.merged.iter()), &for_versions(actual.iter()));
        }
    }
    let exports: BTreeMap<String, &Port> = whole.exports.iter().rev().map(|(port, _)| (port.display(), port)).collect();
    for export in &plan.exports {
        let Some(port) = exports.get(&export.name) else { continue };
        if export.implements != implements(port) {
            found.push(PartDifference::Said {
                what: format!("the export `{}`", export.name),
                planned: of_interface(export.implements.as_deref()),
                actual: of_interface(implements(port).as_deref()),
            });
        }
    }
    twice(plan, &mut found);
    found
}

/// Code at the top that is in no component.
fn code(whole: &Composite, found: &mut Vec<PartDifference<'_>>) {
    let counted = [
        (whole.core_instances, "an instance of a core module", "instances of core modules"),
        (
            whole.canonicals,
            "a function between core modules and components",
            "functions between core modules and components",
        ),
        (whole.starts, "a start function", "start functions"),
    ];
    for (count, one, more) in counted {
        match count {
            0 => {}
            1 => found.push(PartDifference::MoreCode(one.into())),
            count => found.push(PartDifference::MoreCode(format!("{count} {more}"))),
        }
    }
}

fn components<'a>(
    anatomy: &'a Anatomy,
    whole: &'a Composite,
    plan: &'a PlanSection,
    found: &mut Vec<PartDifference<'a>>,
) {
    let planned: BTreeSet<&str> = plan.components.iter().map(|component| component.sha256.as_str()).collect();
    // Of what, an instance that both have is judged by the digest, elsewhere and once.
    let named: BTreeMap<&str, &Instance> = whole.instances.iter().map(|made| (made.name.as_str(), made)).collect();
    let both = || plan.instances.iter().filter_map(|entry| Some((entry, *named.get(entry.name.as_str())?)));
    let judged: BTreeSet<PartId> = both()
        .filter_map(|(_, made)| match made.of {
            Of::Part(part) => Some(part),
            Of::Elsewhere => None,
        })
        .collect();
    let judged_names: BTreeSet<&str> = both().map(|(entry, _)| entry.component.as_str()).collect();
    let mut inside: BTreeMap<String, PartId> = BTreeMap::new();
    for inner in &whole.inner {
        let part = anatomy.part(inner.part);
        let (digest, name) = (part.digest.to_string(), inner.name.as_deref().or(part.name.as_deref()));
        if part.module().is_some() {
            found.push(PartDifference::MoreParts { kind: "core module", name, digest });
        } else if inside.insert(digest.clone(), inner.part).is_some()
            || !planned.contains(digest.as_str()) && !judged.contains(&inner.part)
        {
            found.push(PartDifference::MoreParts { kind: "component", name, digest });
        }
    }
    let used: BTreeSet<&str> = plan.instances.iter().map(|instance| instance.component.as_str()).collect();
    for component in &plan.components {
        let Some(part) = inside.get(&component.sha256) else {
            if !judged_names.contains(component.name.as_str()) {
                found.push(PartDifference::NoComponent { name: &component.name, digest: &component.sha256 });
            }
            continue;
        };
        let bytes = anatomy.part(*part).bytes;
        if component.bytes != bytes {
            found.push(PartDifference::Said {
                what: format!("the size in bytes of `{}`", component.name),
                planned: component.bytes.to_string(),
                actual: bytes.to_string(),
            });
        }
        if !used.contains(component.name.as_str()) {
            found.push(PartDifference::Unused(&component.name));
        }
    }
}

/// What the plan says twice, so that it depends on the reader what it says.
fn twice<'a>(plan: &'a PlanSection, found: &mut Vec<PartDifference<'a>>) {
    let mut tell = |what, names: &mut dyn Iterator<Item = &'a str>| {
        let mut seen = BTreeSet::new();
        let again: BTreeSet<&str> = names.filter(|name| !seen.insert(*name)).collect();
        found.extend(again.into_iter().map(|name| PartDifference::Twice { what, name, of: None }));
    };
    tell("component", &mut plan.components.iter().map(|component| component.name.as_str()));
    tell("instance", &mut plan.instances.iter().map(|instance| instance.name.as_str()));
    tell("open import", &mut plan.open.iter().map(|open| open.name.as_str()));
    tell("export", &mut plan.exports.iter().map(|export| export.name.as_str()));
    for instance in &plan.instances {
        let mut seen = BTreeSet::new();
        let again: BTreeSet<&str> =
            instance.imports.iter().map(|wire| wire.import.as_str()).filter(|import| !seen.insert(*import)).collect();
        let of = Some(instance.name.as_str());
        found.extend(again.into_iter().map(|name| PartDifference::Twice { what: "import", name, of }));
    }
}

fn asks_nothing(anatomy: &Anatomy, port: &Port) -> bool {
    let item = anatomy.shape.as_ref().and_then(|shape| Some((shape, shape.imports.get(&port.name)?)));
    item.is_some_and(|(shape, item)| shape.is_types_only(&item.entity))
}

fn implements(port: &Port) -> Option<String> {
    let interface = port.attrs.implements.as_deref()?;
    Some(ExternName::parse(interface, port.attrs.version_suffix.as_deref()).to_string())
}

fn of_interface(interface: Option<&str>) -> String {
    interface
        .map_or_else(|| "no implementation of an interface".into(), |name| format!("an implementation of `{name}`"))
}

/// For each import of the whole, the versions of an interface that instances import and that it fills.
fn versions(whole: &Composite) -> Vec<BTreeSet<String>> {
    let mut versions = vec![BTreeSet::new(); whole.imports.len()];
    for wire in whole.instances.iter().flat_map(|instance| &instance.wires) {
        let Source::Import(import, path) = &wire.from else { continue };
        if path.is_empty() {
            let name = wire.attrs.implements.as_deref().unwrap_or(&wire.import);
            let interface = InterfaceName::parse(name, wire.attrs.version_suffix.as_deref());
            versions[*import].extend(interface.and_then(|name| Some(name.version?.as_spelled())));
        }
    }
    versions
}

/// Whether the plan tells all versions, if there are several, and none that could not have been merged. Imports that the
/// result declares by itself have versions too, which are not to be seen any more.
fn is_merged(planned: &[String], actual: &BTreeSet<String>, port: &Port) -> bool {
    let told: BTreeSet<&String> = planned.iter().collect();
    let complete = actual.len() < 2 || actual.iter().all(|version| told.contains(version));
    let interface = port.attrs.implements.as_deref().unwrap_or(&port.name);
    let own = InterfaceName::parse(interface, port.attrs.version_suffix.as_deref());
    complete
        && planned.iter().all(|version| {
            let whole = version.replace(['[', ']'], "");
            let other =
                own.as_ref().and_then(|own| InterfaceName::parse(&format!("{}@{whole}", own.unversioned()), None));
            actual.contains(version) || own.as_ref().zip(other).is_some_and(|(own, other)| own.same_track(&other))
        })
}

fn for_versions<'v>(versions: impl Iterator<Item = &'v String>) -> String {
    let versions: Vec<&str> = versions.map(String::as_str).collect();
    if versions.is_empty() { "for no several versions".into() } else { format!("for {}", versions.join(", ")) }
}
