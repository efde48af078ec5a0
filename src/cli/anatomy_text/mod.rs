//! What is inside of a file, for people.
//!
//! The order is that of questions: what is it, what does it ask for and give, what is wired to what, what takes the
//! space, who made it, what does it need to run. Wires to the host are gathered in one line, because a component of a
//! real language has a dozen of them; `-v` lists each, and the WIT.

mod facts;
mod inside;
mod wires;

pub(super) use wires::export_name;

use super::plan_text::{one_line, size};
use crate::inspect::anatomy::{Anatomy, Composite, Instance, Of, PartId, Port, PortKind, Source};
use crate::inspect::plan_section::PlanSection;
use crate::inspect::{Inspected, wasi};
use crate::model::graph::group;
use crate::model::name::ExternName;
use facts::{made_with, needs, sections, wasi_versions};
use inside::inside;
use std::collections::{BTreeMap, BTreeSet};
use wires::{source_text, wires};

/// Everything; `wit` is shown if given, and then wires to the host one by one.
pub(in crate::cli) fn text(origin: &str, inspected: &Inspected, wit: Option<&str>) -> String {
    let Inspected { anatomy, plan } = inspected;
    let mut out = String::new();
    out.push_str(&heading(origin, anatomy, plan.as_ref()));
    if let Some(whole) = anatomy.file().component() {
        out.push_str(&imports(anatomy, whole));
        out.push_str(&exports(anatomy, whole));
        for id in anatomy.ids() {
            if let Some(component) = anatomy.part(id).component().filter(|component| component.is_composition()) {
                out.push_str(&wires(anatomy, id, component, plan.as_ref(), wit.is_some()));
            }
        }
    }
    out.push_str(&inside(origin, anatomy, wit.is_some()));
    out.push_str(&sections(anatomy));
    out.push_str(&made_with(anatomy));
    out.push_str(&wasi_versions(&wasi::of(anatomy)));
    out.push_str(&needs(anatomy));
    if let Some(wit) = wit {
        out.push_str(&format!("\nits world\n{}", indented(wit)));
    }
    out
}

fn heading(origin: &str, anatomy: &Anatomy, plan: Option<&PlanSection>) -> String {
    let file = anatomy.file();
    let what = match (&file.component(), anatomy.shape.as_ref()) {
        (None, _) => "a core module, not a component".to_owned(),
        (Some(whole), _) if whole.is_composition() => {
            let living: Vec<&Instance> = whole.instances.iter().filter(|instance| !instance.shim).collect();
            let of: BTreeSet<PartId> = living
                .iter()
                .filter_map(|instance| match instance.of {
                    Of::Part(part) => Some(part),
                    Of::Elsewhere => None,
                })
                .collect();
            format!("a composition, {} of {}", counted(living.len(), "instance"), counted(of.len(), "component"))
        }
        (Some(whole), _) if describes_only(whole) => "WIT in binary form, which has types and no code".to_owned(),
        _ => "a component".to_owned(),
    };
    let mut out = String::new();
    line(&mut out, &format!("{origin}: {what}, {}", size(file.bytes)));
    if let Some(name) = &file.name {
        line(&mut out, &format!("its name is `{}`", name));
    }
    if let Some(plan) = plan {
        let mut words = format!("composed by {}, with its plan inside", plan.composer);
        match (&plan.name, &plan.release) {
            (Some(name), Some(release)) => words.push_str(&format!(": {name} {release}")),
            (Some(name), None) => words.push_str(&format!(": {name}")),
            _ => {}
        }
        line(&mut out, &words);
    }
    for (key, text) in &file.metadata {
        line(&mut out, &format!("{key}: {}", text));
    }
    if let Some(module) = file.module() {
        let numbers = [("functions", module.functions), ("memories", module.memories), ("tables", module.tables)];
        let numbers: Vec<String> = numbers.iter().map(|(word, number)| format!("{word} {number}")).collect();
        line(&mut out, &numbers.join(", "));
        let mut modules: BTreeMap<&str, usize> = BTreeMap::new();
        for (module, _) in &module.imports {
            *modules.entry(module).or_default() += 1;
        }
        if !modules.is_empty() {
            out.push_str("\nimports\n");
            for (module, count) in modules {
                line(&mut out, &format!("  {count} of `{}`", module));
            }
        }
        if !module.exports.is_empty() {
            out.push_str("\nexports\n");
            module.exports.iter().for_each(|name| line(&mut out, &format!("  {}", name)));
        }
    }
    out
}

/// Whether a component has only types of components and instances, as a WIT package in binary form has.
fn describes_only(whole: &Composite) -> bool {
    whole.imports.is_empty()
        && whole.inner.is_empty()
        && !whole.exports.is_empty()
        && whole.exports.iter().all(|(port, _)| port.kind == PortKind::Type)
}

fn imports(anatomy: &Anatomy, whole: &Composite) -> String {
    let mut groups: BTreeMap<(bool, String), Vec<&Port>> = BTreeMap::new();
    for (at, port) in whole.imports.iter().enumerate() {
        let key = match asks_nothing(anatomy, whole, at) {
            true => (true, TYPES_ONLY.to_owned()),
            false => (false, group(&ExternName::parse(&port.name, None), port.attrs.implements.as_deref())),
        };
        groups.entry(key).or_default().push(port);
    }
    let mut out = String::from(if groups.is_empty() { "\nimports nothing\n" } else { "\nimports\n" });
    for ((_, group), ports) in groups {
        line(&mut out, &format!("  {}", group));
        ports.into_iter().for_each(|port| line(&mut out, &format!("    {}", port_text(port))));
    }
    out
}

/// The group of imports that have types only.
const TYPES_ONLY: &str = "types only, which ask nothing";

/// Whether an import of the file itself has types only. Of components inside no types are at hand.
fn asks_nothing(anatomy: &Anatomy, component: &Composite, import: usize) -> bool {
    let (Some(shape), Some(port)) = (&anatomy.shape, component.imports.get(import)) else { return false };
    let is_file = anatomy.file().component().is_some_and(|whole| std::ptr::eq(whole, component));
    is_file && shape.imports.get(&port.name).is_some_and(|item| shape.is_types_only(&item.entity))
}

fn exports(anatomy: &Anatomy, whole: &Composite) -> String {
    let mut out = String::from(if whole.exports.is_empty() { "\nexports nothing\n" } else { "\nexports\n" });
    for (port, source) in &whole.exports {
        let from = match (whole.is_composition(), source) {
            (false, Source::Import(..)) => format!(" from {}", source_text(anatomy, whole, &port.display(), source)),
            (false, _) => String::new(),
            (true, _) => format!(" from {}", source_text(anatomy, whole, &port.display(), source)),
        };
        line(&mut out, &format!("  {}{from}", port_text(port)));
    }
    out
}

/// A name with what it is, where the name does not tell.
fn port_text(port: &Port) -> String {
    let mut out = port.display();
    if let Some(interface) = &port.attrs.implements {
        let interface = ExternName::parse(interface, port.attrs.version_suffix.as_deref());
        out.push_str(&format!(", an implementation of {interface}"));
    } else if port.kind != PortKind::Instance {
        out.push_str(&format!(" ({})", port.kind.word()));
    }
    if let Some(external) = &port.attrs.external_id {
        out.push_str(&format!(", outside called `{}`", external));
    }
    out
}

/// A line with names of others in it. All that have some go through here.
fn line(out: &mut String, text: &str) {
    out.push_str(&one_line(text));
    out.push('\n');
}

fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// With two spaces before each line, and never more than one empty line.
fn indented(text: &str) -> String {
    let mut out = String::new();
    for text in text.lines() {
        match text.is_empty() {
            false => line(&mut out, &format!("  {text}")),
            true if out.ends_with("\n\n") => {}
            true => out.push('\n'),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::anatomy_json;
    use crate::inspect::unjudged;

    /// A component with all that is followed: aliases, instances inside instances, what is put together.
    const WHOLE: &str = r#"(component $whole
        (import "a:b/c" (instance $c (export "f" (func)) (export "t" (type (sub resource)))))
        (component $one (import "a:b/c" (instance (export "f" (func)))) (core module $m (memory 1))
          (core instance (instantiate $m)) (component $in) (instance (instantiate $in)) (instance (instantiate $in)))
        (component $two (alias outer $whole $one (component $o)) (import "x" (func $x)) (export "y" (func $x)))
        (alias export $c "f" (func $f))
        (instance $bag (export "f" (func $f)))
        (instance $i (instantiate $one (with "a:b/c" (instance $bag))))
        (instance $j (instantiate $two (with "x" (func $f))))
        (export "z" (func $j "y"))
        (@producers (sdk "s" "1")) (@custom "authors" "somebody"))"#;

    #[test]
    fn whatever_can_be_read_can_be_shown() {
        let whole = wat::parse_str(WHOLE).expect("it assembles");
        let mut state = 0x5eed_u64;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).expect("31 bits") % below
        };
        let mut shown = 0;
        for round in 0..6_000 {
            let mut bytes = whole.clone();
            for _ in 0..round % 4 {
                let at = next(bytes.len());
                bytes[at] = u8::try_from(next(256)).expect("below 256");
            }
            let Some(anatomy) = unjudged(&bytes) else { continue };
            let inspected = Inspected { anatomy, plan: None };
            assert!(text("x.wasm", &inspected, None).starts_with("x.wasm: "));
            assert!(anatomy_json::json("x.wasm", &inspected, Some("w")).ends_with("}\n"));
            shown += 1;
        }
        assert!(shown > 2_000, "{shown} are too few to prove anything");
    }
}
