//! What the resolver has to say: facts in structs, and their words.
//!
//! `names` is about names the user wrote, `sockets` about imports that nothing fills, `misfit` about what was to fill them
//! and does not fit, `result` about the plan as a whole.
//! Here stand the facts they share: a socket with the way its instance came into the plan, and the lines that can be
//! pasted.

mod misfit;
mod names;
mod result;
mod sockets;

pub(super) use misfit::*;
pub(super) use names::*;
pub(super) use result::*;
pub(super) use sockets::*;

use super::Context;
use super::assemble::Draft;
use super::instances::Port;
use crate::diag::{Diagnostic, Source, option};
use crate::model::listed::{MOST, quoted};
use crate::model::name::ExternName;
use crate::model::plan::{InstanceId, Plug, Socket};
use crate::types::print::Printer;
use std::ops::Range;
use std::sync::Arc;

/// The way by which an instance came into the plan, from where the plan begins.
#[derive(Debug, Clone)]
pub(super) struct Way {
    /// The instance it leads to.
    name: String,
    /// Importing instance and import, outermost first; of a long way the last ones.
    steps: Vec<(String, String)>,
    /// How many steps come before them.
    before: usize,
}

impl Way {
    /// The way to the instance of a socket (in the plan's numbering).
    pub(super) fn to(draft: &Draft<'_, '_>, context: &Context<'_>, socket: Socket) -> Self {
        let mut steps = Vec::new();
        let mut left_out = 0;
        let mut at = socket.instance;
        while let Some(via) = draft.via[at.0] {
            if steps.len() < MOST {
                let import = context.instances.import(before(draft, via)).name().to_string();
                steps.push((draft.plan.instance(via.instance).name.clone(), import));
            } else {
                left_out += 1;
            }
            at = via.instance;
        }
        steps.reverse();
        Self { name: draft.plan.instance(socket.instance).name.clone(), steps, before: left_out }
    }

    fn note(&self) -> Option<String> {
        let (first, _) = self.steps.first()?;
        let mut text = match self.before {
            0 => format!("`{first}`"),
            before => format!("after {before} others `{first}`"),
        };
        for (at, (_, import)) in self.steps.iter().enumerate() {
            let to = self.steps.get(at + 1).map_or(&self.name, |(next, _)| next);
            text.push_str(&format!(" ← `{to}` (by `{import}`)"));
        }
        Some(format!("how `{}` came into the plan: {text}", self.name))
    }
}

/// A socket of the plan in the numbering of `instances`.
pub(super) fn before(draft: &Draft<'_, '_>, socket: Socket) -> Socket {
    Socket { instance: draft.origin[socket.instance.0], ..socket }
}

/// A socket with all that can be said about where it is.
#[derive(Debug, Clone)]
pub(super) struct SocketFacts<'c> {
    /// The instance.
    pub(super) instance: String,
    /// What the user calls its component.
    pub(super) origin: &'c str,
    /// The import.
    pub(super) port: Port<'c>,
    /// How the instance came into the plan.
    pub(super) way: Way,
}

impl<'c> SocketFacts<'c> {
    /// The facts about a socket of the plan.
    pub(super) fn new(context: &Context<'c>, draft: &Draft<'_, '_>, socket: Socket) -> Self {
        let old = before(draft, socket);
        Self {
            instance: draft.plan.instance(socket.instance).name.clone(),
            origin: &context.components.get(draft.plan.instance(socket.instance).component).origin,
            port: context.instances.import(old),
            way: Way::to(draft, context, socket),
        }
    }

    fn name(&self) -> ExternName {
        self.port.name()
    }

    /// Labels the import, or an item in it, in its WIT text.
    fn label(&self, diagnostic: Diagnostic, item: Option<&str>, text: &str) -> Diagnostic {
        let (source, span) = decoded(&self.port, self.origin, "import", item);
        diagnostic.label(&source, span, text)
    }

    fn finish(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        if let Some(way) = self.way.note() {
            diagnostic = diagnostic.note(way);
        }
        diagnostic.fact("instance", &self.instance).fact("component", self.origin).fact("import", self.name())
    }
}

/// A plug with its names.
#[derive(Debug, Clone)]
pub(super) struct PlugFacts<'c> {
    /// The instance.
    pub(super) instance: String,
    /// What the user calls its component.
    pub(super) origin: &'c str,
    /// The export.
    pub(super) port: Port<'c>,
}

impl<'c> PlugFacts<'c> {
    /// The facts about a plug in the numbering of `instances`.
    pub(super) fn new(context: &Context<'c>, plug: Plug) -> Self {
        Self {
            instance: context.instances.name(plug.instance).to_owned(),
            origin: &context.instances.component(plug.instance).origin,
            port: context.instances.export(plug),
        }
    }

    fn name(&self) -> ExternName {
        self.port.name()
    }
}

/// An instance in the numbering of `instances` with what the user calls its component.
pub(super) fn instance_facts<'c>(context: &Context<'c>, id: InstanceId) -> (String, &'c str) {
    (context.instances.name(id).to_owned(), &context.instances.component(id).origin)
}

/// A port in WIT syntax, and the bytes of its name, or of an item of it, in that text.
fn decoded(port: &Port<'_>, origin: &str, side: &str, item: Option<&str>) -> (Arc<Source>, Range<usize>) {
    let (printer, place) = Printer::around(port.shape, &port.item.entity);
    let name = port.name().to_string();
    let text = format!("{side} {}\n", printer.item(&name, &port.item.entity, place.as_ref()));
    let of_item = item.and_then(|item| {
        let mut start = 0;
        text.lines().find_map(|line| {
            let at = line.find(item).filter(|at| {
                let rest = &line[at + item.len()..];
                line[..*at].trim_start().split(' ').all(|word| word.chars().all(char::is_alphanumeric))
                    && !rest.starts_with(|letter: char| letter.is_alphanumeric() || letter == '-')
            });
            let found = at.map(|at| start + at..start + at + item.len());
            start += line.len() + 1;
            found
        })
    });
    let of_name = || text.find(&name).map_or(0..0, |at| at..at + name.len());
    let span = of_item.unwrap_or_else(of_name);
    (Arc::new(Source::new(format!("{origin} (decoded)"), text)), span)
}

/// A pin as a line of the manifest and as an option.
fn pin_lines(instance: &str, import: &str, to: &str) -> String {
    let option = option("--wire", &format!("{instance}:{import}={to}"));
    format!("{option}, or in compose.toml `[wires.{instance}]` with `\"{import}\" = \"{to}\"`")
}

/// A pin to an export of another name.
fn pin_to_export(instance: &str, import: &str, to: &str, export: &str) -> String {
    let option = option("--wire", &format!("{instance}:{import}={to}.{export}"));
    format!(
        "{option}, or in compose.toml `[wires.{instance}]` with \
         `\"{import}\" = {{ instance = \"{to}\", export = \"{export}\" }}`"
    )
}

/// A pin that leaves an import open.
fn open_lines(instance: &str, import: &str) -> String {
    let option = option("--wire", &format!("{instance}:{import}=open"));
    format!("{option}, or in compose.toml `[wires.{instance}]` with `\"{import}\" = {{ open = true }}`")
}

/// A chain as an option and as a line of the manifest.
fn chain_lines(interface: &str, members: &[&str]) -> String {
    let list: Vec<String> = members.iter().map(|member| format!("\"{member}\"")).collect();
    let option = option("--chain", &format!("{interface}={}", members.join(",")));
    format!("{option}, or in compose.toml `[chains]` with `\"{interface}\" = [{}]`", list.join(", "))
}
