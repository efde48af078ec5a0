//! Imports and exports of the result.

use super::answer::{ExportAnswer, Needed, OpenAnswer};
use super::wires::step;
use super::{Name, Question};
use crate::model::component::item_name;
use crate::model::name::InterfaceName;
use crate::model::plan::{InstanceId, OpenId, OpenImport, PlanExport, Source};
use crate::model::request::{ExportRequest, Written};
use crate::types::shape::Side;
use crate::types::speaks_of::speaks_of;

pub(super) fn open_called(question: &Question<'_>, name: &Name<'_>) -> Vec<OpenAnswer> {
    let (plan, components) = (&question.planned.plan, &question.planned.components);
    let called = plan.open.iter().enumerate();
    called
        .filter(|(_, open)| name.means_with(&open.name, open.attrs.implements.as_deref()))
        .map(|(at, open)| OpenAnswer {
            import: open.name.to_string(),
            types_only: plan.asks_nothing(components, open),
            fills: open
                .sockets
                .iter()
                .filter(|socket| plan.source(**socket) == Some(&Source::Open(OpenId(at))))
                .map(|socket| step(plan, components, *socket))
                .collect(),
            merged: if open.merged.len() > 1 { open.merged.clone() } else { Vec::new() },
            needed_by: needed_by(question, open),
        })
        .collect()
}

/// The imports and exports of the result that name types of an open import. Empty if the plan has errors, since there is
/// no result then.
pub(super) fn needed_by(question: &Question<'_>, open: &OpenImport) -> Vec<Needed> {
    let Some(world) = question.world else { return Vec::new() };
    let wanted = open.name.to_string();
    let Some(at) = world.imports.iter().position(|(name, item)| item_name(name, item).to_string() == wanted) else {
        return Vec::new();
    };
    let mut needed = Vec::new();
    for (side, word) in [(Side::Import, "import"), (Side::Export, "export")] {
        for (index, (name, item)) in world.side(side).iter().enumerate() {
            if speaks_of(world, side, index).contains(&at) {
                needed.push(Needed { side: word, name: item_name(name, item).to_string() });
            }
        }
    }
    needed
}

pub(super) fn exports_called(question: &Question<'_>, name: &Name<'_>) -> Vec<ExportAnswer> {
    let (plan, components) = (&question.planned.plan, &question.planned.components);
    let called = plan.exports.iter().filter(|export| name.means_with(&export.name, export.attrs.implements.as_deref()));
    called
        .map(|export| {
            let instance = plan.instance(export.plug.instance);
            let component = components.get(instance.component);
            let (its, _) = component.extern_at(Side::Export, export.plug.export);
            ExportAnswer {
                export: export.name.to_string(),
                instance: instance.name.clone(),
                its_export: its.to_string(),
                because: because(question, export),
            }
        })
        .collect()
}

/// Why the result exports something, to follow "because".
fn because(question: &Question<'_>, export: &PlanExport) -> String {
    let name = export.name.to_string();
    let unversioned = export.name.interface().map(InterfaceName::unversioned);
    let is = |written: &Written| written.text == name || Some(&written.text) == unversioned.as_ref();
    let instance = &question.planned.plan.instance(export.plug.instance).name;
    let asks = |asked: &&ExportRequest| {
        let of_it = asked.instance.text == *instance;
        of_it && asked.name.as_ref().map_or(asked.all || asked.export.as_ref().is_some_and(is), is)
    };
    if let Some(asked) = question.request.exports.iter().find(asks) {
        let document = asked.instance.at.as_ref().map(|(source, _)| source.name.as_str());
        if let Some(document) = document.filter(|name| name.ends_with(".wac")) {
            return format!("`{document}` exports it");
        }
        let name = asked.name.as_ref().map_or("*", |name| name.text.as_str());
        return format!("`[exports]` asks for it by `\"{name}\" = \"{instance}\"`");
    }
    if export.plug.instance == InstanceId(0) {
        return format!("`{instance}` is the root, and the root's exports become the result's");
    }
    let chain = question.request.chains.iter().find(|chain| is(&chain.interface));
    match chain {
        Some(chain) => {
            let members: Vec<&str> = chain.members.iter().map(|member| member.text.as_str()).collect();
            format!("it is the first of the chain `{}={}`", chain.interface.text, members.join(","))
        }
        None => "it stands in the place of the root's".into(),
    }
}
