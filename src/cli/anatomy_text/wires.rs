//! The wires of a component in words, and what its parts are called.

use super::{asks_nothing, counted, line};
use crate::inspect::agree;
use crate::inspect::anatomy::{Anatomy, Composite, Instance, Of, Part, PartId, PortKind, Source, full_name};
use crate::inspect::plan_section::PlanSection;
use crate::model::graph::group;
use crate::model::name::ExternName;
use std::collections::BTreeMap;

pub(super) fn wires(
    anatomy: &Anatomy,
    id: PartId,
    component: &Composite,
    plan: Option<&PlanSection>,
    each: bool,
) -> String {
    let mut out = match id.0 {
        0 => String::from("\nwires\n"),
        _ => {
            let mut out = String::from("\n");
            line(&mut out, &format!("wires inside `{}`", part_name(anatomy, id)));
            out
        }
    };
    let reasons = plan.filter(|_| each && id.0 == 0).map(reasons).unwrap_or_default();
    let around = if id.0 == 0 { "the host" } else { "outside" };
    let instances = component.reading_order().into_iter().map(|at| &component.instances[at]);
    for instance in instances.filter(|instance| !instance.shim) {
        let of = match instance.of {
            Of::Part(part) => part_name(anatomy, part),
            Of::Elsewhere => "a component that is not in the file".into(),
        };
        match of == instance.name {
            true => line(&mut out, &format!("  {of}")),
            false => line(&mut out, &format!("  {}, an instance of `{of}`", instance.name)),
        }
        let (mut host, mut shown) = (Vec::new(), 0);
        for wire in &instance.wires {
            let import = full_name(&wire.import, &wire.attrs);
            if !each {
                match &wire.from {
                    Source::Import(import, _) if asks_nothing(anatomy, component, *import) => continue,
                    Source::Import(..) if wire.kind != PortKind::Type => {
                        host.push(group(&ExternName::parse(&wire.import, None), wire.attrs.implements.as_deref()));
                        continue;
                    }
                    from if wire.kind == PortKind::Type || agree::is_types(component, from) => continue,
                    _ => {}
                }
            }
            shown += 1;
            let from = source_text(anatomy, component, &import, &wire.from);
            line(&mut out, &format!("    {} from {from}", import));
            if each && let Some(reason) = reasons.get(&(instance.name.as_str(), wire.import.as_str())) {
                line(&mut out, &format!("      by the plan: {reason}"));
            }
        }
        if !host.is_empty() {
            let count = counted(host.len(), "import");
            host.sort();
            host.dedup();
            line(&mut out, &format!("    {} from {around} ({count})", host.join(", ")));
        } else if shown == 0 {
            out.push_str(if instance.wires.is_empty() { "    imports nothing\n" } else { "    imports types only\n" });
        }
    }
    out
}

/// The reasons that the plan gives, by instance and import; the first counts, should there be several.
fn reasons(plan: &PlanSection) -> BTreeMap<(&str, &str), &str> {
    let entries = plan.instances.iter().rev();
    let wires = entries.flat_map(|entry| entry.imports.iter().rev().map(move |wire| (entry, wire)));
    wires.map(|(entry, wire)| ((entry.name.as_str(), wire.import.as_str()), wire.reason.as_str())).collect()
}

/// Where something comes from; `name` is what it is called there unless said otherwise.
pub(super) fn source_text(anatomy: &Anatomy, component: &Composite, name: &str, source: &Source) -> String {
    let mut out = one_source(anatomy, component, name, source);
    if let Some(end) = anatomy.passed_on(component, source) {
        out.push_str(&format!(", which passes it on from {}", one_source(anatomy, component, name, &end)));
    }
    out
}

fn one_source(anatomy: &Anatomy, component: &Composite, name: &str, source: &Source) -> String {
    let around = if anatomy.file().component().is_some_and(|whole| std::ptr::eq(whole, component)) {
        "the host"
    } else {
        "outside"
    };
    match source {
        Source::Import(import, path) => {
            let import = component.imports[*import].display();
            match (import == name, path.is_empty()) {
                (true, true) => around.to_owned(),
                (false, true) => format!("{around}, as `{import}`"),
                _ => format!("{around}, `{}` of `{import}`", path.join(".")),
            }
        }
        Source::Instance(instance, path) => {
            let instance = &component.instances[*instance];
            let export = match path.as_slice() {
                [export] => export_name(anatomy, instance, export),
                path => path.join("."),
            };
            match (instance.shim, export == name || export.is_empty()) {
                (true, _) => "code of its own".to_owned(),
                (false, true) => format!("`{}`", instance.name),
                (false, false) => format!("`{}`, its export `{export}`", instance.name),
            }
        }
        Source::Bag(_) if agree::is_types(component, source) => "types of its own".to_owned(),
        Source::Bag(bag) => {
            let items = component.bags[*bag].iter().filter(|(_, kind, _)| *kind != PortKind::Type);
            let items: Vec<String> = items
                .map(|(name, _, source)| match source {
                    Source::Bag(_) => format!("`{name}` from several"),
                    _ => format!("`{name}` from {}", one_source(anatomy, component, name, source)),
                })
                .collect();
            format!("several: {}", items.join("; "))
        }
        Source::Part(part) => format!("the {} `{}`", word(anatomy.part(*part)), part_name(anatomy, *part)),
        Source::Own => "code of its own".to_owned(),
        Source::Outer => "a component around it".to_owned(),
    }
}

/// The name of an export with its whole version.
pub(in crate::cli) fn export_name(anatomy: &Anatomy, instance: &Instance, export: &str) -> String {
    let Of::Part(part) = instance.of else { return export.to_owned() };
    let port = anatomy.part(part).component().and_then(|component| component.export(export));
    port.map_or_else(|| export.to_owned(), |(port, _)| port.display())
}

/// What a part is called: by the first component around it that names it, else by itself.
pub(in crate::cli) fn part_name(anatomy: &Anatomy, id: PartId) -> String {
    let given = anatomy.parts.iter().filter_map(Part::component).flat_map(|component| &component.inner);
    let given = given.filter(|inner| inner.part == id).find_map(|inner| inner.name.clone());
    given.or_else(|| anatomy.part(id).name.clone()).unwrap_or_else(|| match anatomy.part(id).module() {
        Some(_) => format!("module {}", id.0),
        None => format!("component {}", id.0),
    })
}

pub(super) fn word(part: &Part) -> &'static str {
    if part.module().is_some() { "core module" } else { "component" }
}
