//! Why one candidate does not fill an import: `compose why acme:kv/store --not kv`.

use super::Question;
use super::answer::Verdict;
use crate::diag::words;
use crate::model::component::{Component, ComponentId, item_interface};
use crate::model::plan::{Socket, Source};
use crate::types::fit::{View, fits};
use crate::types::shape::Side;

/// A word on each of the imports; `None` if there are none, or nothing is called like the candidate.
pub(super) fn verdicts(question: &Question<'_>, candidate: &str, sockets: &[Socket]) -> Option<Vec<Verdict>> {
    let (plan, components) = (&question.planned.plan, &question.planned.components);
    let instance = plan.ids().find(|id| plan.instance(*id).name == candidate);
    let id = match instance {
        Some(instance) => plan.instance(instance).component,
        None => components.ids().find(|id| components.get(*id).name == candidate)?,
    };
    let verdicts: Vec<Verdict> = sockets.iter().map(|socket| verdict(question, candidate, id, *socket)).collect();
    (!verdicts.is_empty()).then_some(verdicts)
}

fn verdict(question: &Question<'_>, candidate: &str, id: ComponentId, socket: Socket) -> Verdict {
    let (plan, components) = (&question.planned.plan, &question.planned.components);
    let wire = &plan.wires[socket.instance.0][socket.import];
    let component = components.get(id);
    let say = |taken: bool, export: Option<String>, because: String| Verdict {
        instance: plan.instance(socket.instance).name.clone(),
        import: words::import_name(plan, components, socket),
        candidate: candidate.to_owned(),
        export,
        taken,
        because,
    };
    if let Some(Source::Plug(plug)) = &wire.source
        && plan.instance(plug.instance).component == id
    {
        let taken = &plan.instance(plug.instance).name;
        let export = Some(component.extern_at(Side::Export, plug.export).0.to_string());
        return match taken == candidate || component.name == candidate {
            true => say(true, export, words::because(wire)),
            false => say(false, export, format!("it is filled by `{taken}`, another instance of the component")),
        };
    }
    if let Some(rejected) = wire.rejected.iter().find(|rejected| rejected.component == id) {
        return say(false, Some(rejected.export.clone()), words::rejected(rejected));
    }
    let Some(export) = same_interface(question, component, socket) else {
        return say(false, None, exports_otherwise(component));
    };
    let name = component.extern_at(Side::Export, export).0.to_string();
    let importer = components.get(plan.instance(socket.instance).component);
    let (_, wanted) = importer.shape.imports.get_index(socket.import).expect("a socket is an import");
    let (_, given) = component.shape.exports.get_index(export).expect("it was found there");
    let plug = View { shape: &component.shape, entity: &given.entity };
    let because = match fits(plug, View { shape: &importer.shape, entity: &wanted.entity }) {
        Err(mismatch) => format!("it does not fit: {}", mismatch.to_string().lines().next().unwrap_or_default()),
        Ok(_) => format!(
            "it would fit, and the import is filled by {} because {}",
            words::source(plan, components, socket),
            words::because(wire)
        ),
    };
    say(false, Some(name), because)
}

/// The export of the import's interface, or of its name.
fn same_interface(question: &Question<'_>, component: &Component, socket: Socket) -> Option<usize> {
    let (plan, components) = (&question.planned.plan, &question.planned.components);
    let importer = components.get(plan.instance(socket.instance).component);
    let (name, item) = importer.shape.imports.get_index(socket.import)?;
    let wanted = item_interface(name, item).map_or_else(|| name.clone(), |interface| interface.unversioned());
    component.shape.exports.iter().position(|(name, item)| {
        item_interface(name, item).map_or_else(|| name.clone(), |interface| interface.unversioned()) == wanted
    })
}

fn exports_otherwise(component: &Component) -> String {
    let exports: Vec<String> = (0..component.shape.exports.len())
        .map(|export| format!("`{}`", component.extern_at(Side::Export, export).0))
        .collect();
    match exports.is_empty() {
        true => "it exports nothing".into(),
        false => format!("it does not export that; it exports {}", exports.join(", ")),
    }
}
