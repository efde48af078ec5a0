//! The comments of a manifest that `init` writes: how everything resolves, and what is left to decide.
//!
//! Lines that could stand in the manifest are written as such behind a `#`; the rest is prose. Taking the `#` away from
//! any of them keeps the composition as it is, or settles what is not.

use super::plan_text;
use crate::diag::words;
use crate::diag::{Code, Diagnostic, Severity, Sink};
use crate::manifest::write::{Text, plug, string, wires_table};
use crate::model::component::Components;
use crate::model::name::before_version;
use crate::model::plan::{InstanceId, Plan, Plug, Reason, Socket, Source};
use crate::model::request::Request;
use crate::pipeline::Planned;
use crate::types::shape::Side;
use std::collections::BTreeSet;

/// Puts the comments into a manifest that says what was asked for.
pub(super) fn annotate(text: &mut Text, request: &Request, planned: &Planned, sink: &Sink) {
    let (plan, components) = (&planned.plan, &planned.components);
    text.above("composition", "Written by `compose init`.");
    unsettled(text, sink);
    text.above("composition", "");
    if wires(text, request, plan, components) {
        text.above(
            "wires",
            "How the imports are filled. Nothing here has to be said; a line without its `#` is a pin.",
        );
    }
    for ambiguous in sink.diagnostics().iter().filter(|diagnostic| diagnostic.code == Code::AmbiguousImport) {
        let members: Vec<String> = facts(ambiguous, "chain-member").map(string).collect();
        if let (Some(interface), false) = (facts(ambiguous, "interface").next(), members.is_empty()) {
            text.suggest(
                "chains",
                interface,
                &format!("[{}]", members.join(", ")),
                "as middleware, the outermost first",
            );
        }
    }
    open(text, request, (plan, components), sink);
}

/// What is wrong, one line each.
fn unsettled(text: &mut Text, sink: &Sink) {
    let errors: Vec<_> = sink.diagnostics().iter().filter(|found| found.severity == Severity::Error).collect();
    if errors.is_empty() {
        return;
    }
    text.above("composition", "\nNot settled yet (`compose check` tells more):");
    for error in errors {
        text.above("composition", &format!("  {}: {}", error.code, error.message.replace('\n', " ")));
    }
}

/// What fills the imports of each instance; whether there was anything to say.
fn wires(text: &mut Text, request: &Request, plan: &Plan, components: &Components) -> bool {
    let declared: BTreeSet<&str> = request.instances.iter().map(|wanted| wanted.name.text.as_str()).collect();
    let is_component = |name: &str| components.items.iter().any(|component| component.name == name);
    let mut any = false;
    for id in plan.ids() {
        let name = plan.instance(id).name.as_str();
        // A copy made by a chain has no name of its own that a manifest could use.
        let nameable = declared.contains(name) || is_component(name);
        for import in 0..plan.wires[id.0].len() {
            any |= wire(text, &wires_table(name), nameable, Socket { instance: id, import }, plan, components);
        }
    }
    any
}

fn wire(text: &mut Text, table: &str, nameable: bool, socket: Socket, plan: &Plan, components: &Components) -> bool {
    let import = words::import_name(plan, components, socket);
    let wire = &plan.wires[socket.instance.0][socket.import];
    match (&wire.source, &wire.reason) {
        // It stands there already.
        (_, Reason::Pin(_) | Reason::PinnedOpen(_)) => return false,
        (Some(Source::Plug(to)), Reason::Chain(_)) => {
            let to = &plan.instance(to.instance).name;
            let line = format!("  {import} of `{}` from `{to}`", name(plan, socket.instance));
            text.above("chains", &line);
            return false;
        }
        (Some(Source::Plug(to)), reason) => {
            let (value, as_export) = value(plan, components, *to, &import);
            let word = format!("{as_export}{}", words::reason(reason));
            match nameable {
                true => text.suggest(table, &import, &value, &word),
                false => text.above(table, &format!("  {import} of `{}`: {value}", name(plan, socket.instance))),
            }
        }
        (None, _) => match plan.undecided.iter().find(|(undecided, _)| *undecided == socket) {
            Some((_, candidates)) => {
                text.note(table, "To decide, one of:");
                for candidate in candidates {
                    let (value, as_export) = value(plan, components, *candidate, &import);
                    text.suggest(table, &import, &value, as_export.trim_end_matches("; "));
                }
            }
            None => text.note(table, &format!("Nothing fills {import}.")),
        },
        // What goes to the host is told by groups below; types ask nothing of anybody.
        (Some(Source::Open(_) | Source::Synthesised | Source::TypeOf { .. }), _) => return false,
    }
    true
}

fn name(plan: &Plan, id: InstanceId) -> &str {
    &plan.instance(id).name
}

/// The right side of a pin to a plug, and how the export is called if not like the import.
fn value(plan: &Plan, components: &Components, to: Plug, import: &str) -> (String, String) {
    let instance = plan.instance(to.instance);
    let component = components.get(instance.component);
    let export = component.extern_at(Side::Export, to.export).0.to_string();
    let exports = 0..component.shape.side(Side::Export).len();
    let of_name = exports
        .filter(|at| before_version(&component.extern_at(Side::Export, *at).0.to_string()) == before_version(import));
    let as_export = if export == import { String::new() } else { format!("its export {export}; ") };
    match before_version(&export) == before_version(import) && of_name.count() == 1 {
        true => (string(&instance.name), as_export),
        false => (plug(&instance.name, &export), as_export),
    }
}

/// What stays open, and what would let more do so.
fn open(text: &mut Text, request: &Request, (plan, components): (&Plan, &Components), sink: &Sink) {
    let title =
        if plan_text::asks_nothing(plan, components) { "Nothing is asked of the host." } else { "Left to the host:" };
    text.above("imports", title);
    text.above("imports", &plan_text::open(plan, components));
    let allowed: Vec<&str> = request.allow.iter().map(|pattern| pattern.text.as_str()).collect();
    let missing = sink.diagnostics().iter().filter(|diagnostic| diagnostic.code == Code::UnresolvedImport);
    let missing: BTreeSet<&str> = missing.flat_map(|diagnostic| facts(diagnostic, "import")).collect();
    if missing.is_empty() {
        return;
    }
    let patterns: Vec<String> = allowed.into_iter().chain(missing).map(string).collect();
    text.suggest("imports", "allow", &format!("[{}]", patterns.join(", ")), "if the host provides what is missing");
}

fn facts<'d>(diagnostic: &'d Diagnostic, role: &'static str) -> impl Iterator<Item = &'d str> {
    diagnostic.facts.iter().filter(move |(of, _)| *of == role).map(|(_, value)| value.as_str())
}
