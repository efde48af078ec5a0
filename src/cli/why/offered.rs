//! What is there and not used: exports that nobody takes, inputs that nothing is made of.

use super::answer::{OfferedAnswer, UnusedAnswer, UnusedExport, Verdict};
use super::{Name, Question};
use crate::diag::words;
use crate::model::component::{Component, ComponentId};
use crate::model::plan::{Plug, Socket, Source};
use crate::types::shape::Side;

/// Exports of that name of which the rest of an answer says nothing: no import that is shown takes them or looked at
/// them, and the result does not export them.
pub(super) fn offered(question: &Question<'_>, name: &Name<'_>, shown: &[Socket]) -> Vec<OfferedAnswer> {
    let (plan, components) = (&question.planned.plan, &question.planned.components);
    let mut offered = Vec::new();
    for id in components.ids() {
        let component = components.get(id);
        if name.instance.is_some_and(|instance| instance != component.name) {
            continue;
        }
        for export in 0..component.shape.exports.len() {
            let (own, item) = component.extern_at(Side::Export, export);
            if !name.means(&own, Some(item)) {
                continue;
            }
            let is_it = |plug: &Plug| plug.export == export && plan.instance(plug.instance).component == id;
            let text = own.to_string();
            let told = shown.iter().any(|socket| {
                let wire = &plan.wires[socket.instance.0][socket.import];
                matches!(&wire.source, Some(Source::Plug(plug)) if is_it(plug))
                    || wire.rejected.iter().any(|rejected| rejected.component == id && rejected.export == text)
            });
            if told || plan.exports.iter().any(|exported| is_it(&exported.plug)) {
                continue;
            }
            let users = (plan.wires.iter().flatten())
                .filter(|wire| matches!(&wire.source, Some(Source::Plug(plug)) if is_it(plug)))
                .count();
            offered.push(OfferedAnswer {
                component: component.name.clone(),
                in_plan: plan.instances.iter().any(|instance| instance.component == id),
                because: match (shown.is_empty(), users) {
                    (_, 1..) => "the result does not export it, since it is not the root's".into(),
                    (true, 0) => "nothing imports it, and the result does not export it".into(),
                    (false, 0) => "the imports of that name are filled otherwise".into(),
                },
                help: format!("in compose.toml `[exports]` with `\"{text}\" = \"{}\"`", component.name),
                export: text,
            });
        }
    }
    offered
}

/// Inputs of that name that no instance is made of.
pub(super) fn unused_called(question: &Question<'_>, name: &str) -> Vec<UnusedAnswer> {
    let (plan, components) = (&question.planned.plan, &question.planned.components);
    let unused = |id: &ComponentId| plan.instances.iter().all(|instance| instance.component != *id);
    let called = components.ids().filter(|id| components.get(*id).name == name).filter(unused);
    called
        .map(|id| {
            let component = components.get(id);
            UnusedAnswer {
                component: component.name.clone(),
                origin: component.origin.clone(),
                exports: exports(question, id, component),
            }
        })
        .collect()
}

fn exports(question: &Question<'_>, id: ComponentId, component: &Component) -> Vec<UnusedExport> {
    let (plan, components) = (&question.planned.plan, &question.planned.components);
    let export = |export: usize| {
        let name = component.extern_at(Side::Export, export).0.to_string();
        let mut passed_over = Vec::new();
        for at in plan.ids() {
            for (import, wire) in plan.wires[at.0].iter().enumerate() {
                for rejected in wire.rejected.iter().filter(|it| it.component == id && it.export == name) {
                    passed_over.push(Verdict {
                        instance: plan.instance(at).name.clone(),
                        import: words::import_name(plan, components, Socket { instance: at, import }),
                        candidate: component.name.clone(),
                        export: Some(name.clone()),
                        taken: false,
                        because: words::rejected(rejected),
                    });
                }
            }
        }
        UnusedExport { export: name, passed_over }
    };
    (0..component.shape.exports.len()).map(export).collect()
}
