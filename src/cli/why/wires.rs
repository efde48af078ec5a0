//! Imports of instances, and the instances themselves.

use super::answer::{FilledBy, InstanceAnswer, RejectedAnswer, SocketAnswer, Step};
use super::{Name, Question, result};
use crate::diag::words;
use crate::emit::plan::reason_word;
use crate::model::component::Components;
use crate::model::plan::{InstanceId, Plan, Reason, Rejected, Socket, Source};
use crate::types::shape::Side;
use std::collections::VecDeque;

/// The imports of that name, of all instances or of the one that is named.
pub(super) fn sockets_called(question: &Question<'_>, name: &Name<'_>) -> Vec<Socket> {
    let (plan, components) = (&question.planned.plan, &question.planned.components);
    let made = |id: &InstanceId| !components.get(plan.instance(*id).component).declares;
    let of_instance = plan.ids().filter(made).filter(|id| name.is_of(question, *id)).flat_map(|id| sockets(plan, id));
    of_instance
        .filter(|socket| {
            let component = components.get(plan.instance(socket.instance).component);
            let (import, item) = component.extern_at(Side::Import, socket.import);
            name.means(&import, Some(item))
        })
        .collect()
}

/// The imports of an instance.
pub(super) fn sockets(plan: &Plan, instance: InstanceId) -> impl Iterator<Item = Socket> + use<> {
    (0..plan.wires[instance.0].len()).map(move |import| Socket { instance, import })
}

pub(super) fn instances_called(question: &Question<'_>, name: &str) -> Vec<InstanceAnswer> {
    let (plan, components) = (&question.planned.plan, &question.planned.components);
    let called = plan.ids().filter(|id| plan.instance(*id).name == name);
    called
        .map(|id| InstanceAnswer {
            instance: name.to_owned(),
            component: components.get(plan.instance(id).component).origin.clone(),
            root: id.0 == 0,
            way: way(plan, components, id),
            used_by: users(plan, components, id),
            exported: plan
                .exports
                .iter()
                .filter(|export| export.plug.instance == id)
                .map(|export| export.name.to_string())
                .collect(),
            imports: sockets(plan, id).map(|socket| socket_answer(question, socket)).collect(),
        })
        .collect()
}

pub(super) fn socket_answer(question: &Question<'_>, socket: Socket) -> SocketAnswer {
    let (plan, components) = (&question.planned.plan, &question.planned.components);
    let wire = &plan.wires[socket.instance.0][socket.import];
    let needed_by = match (&wire.source, &wire.reason) {
        (Some(Source::Open(open)), Reason::TypesOnly) => result::needed_by(question, &plan.open[open.0]),
        _ => Vec::new(),
    };
    SocketAnswer {
        instance: plan.instance(socket.instance).name.clone(),
        import: words::import_name(plan, components, socket),
        filled_by: filled_by(plan, components, socket),
        filled_by_words: words::source(plan, components, socket),
        reason: reason_word(&wire.reason),
        because: words::because(wire),
        needed_by,
        rejected: wire
            .rejected
            .iter()
            // By a pin or a chain it may have been taken after all.
            .filter(|rejected| !takes(question, wire.source.as_ref(), rejected))
            .map(|rejected| RejectedAnswer {
                component: components.get(rejected.component).name.clone(),
                export: rejected.export.clone(),
                because: words::rejected(rejected),
            })
            .collect(),
    }
}

fn filled_by(plan: &Plan, components: &Components, socket: Socket) -> FilledBy {
    match plan.source(socket) {
        Some(Source::Plug(plug)) => match plan.behind(components, *plug) {
            Some((open, inner)) => FilledBy::Host { of: plan.open[open.0].name.to_string(), inner },
            None => FilledBy::Instance {
                instance: plan.instance(plug.instance).name.clone(),
                export: words::export_name(plan, components, *plug),
            },
        },
        Some(Source::Open(open)) => FilledBy::Host { of: plan.open[open.0].name.to_string(), inner: Vec::new() },
        Some(Source::TypeOf { import, path }) => {
            let of = words::import_name(plan, components, Socket { import: *import, ..socket });
            FilledBy::TypeOf { of, path: path.clone() }
        }
        Some(Source::Synthesised) => FilledBy::Synthesised,
        None => FilledBy::Nothing,
    }
}

/// Whether a source is the plug of a rejection.
fn takes(question: &Question<'_>, source: Option<&Source>, rejected: &Rejected) -> bool {
    let (plan, components) = (&question.planned.plan, &question.planned.components);
    let Some(Source::Plug(plug)) = source else { return false };
    let id = plan.instance(plug.instance).component;
    let export = components.get(id).extern_at(Side::Export, plug.export).0.to_string();
    id == rejected.component && export == rejected.export
}

/// A socket as a step.
pub(super) fn step(plan: &Plan, components: &Components, socket: Socket) -> Step {
    Step { instance: plan.instance(socket.instance).name.clone(), import: words::import_name(plan, components, socket) }
}

/// Every import that an instance fills.
fn users(plan: &Plan, components: &Components, of: InstanceId) -> Vec<Step> {
    let fed = |socket: &Socket| matches!(plan.source(*socket), Some(Source::Plug(plug)) if plug.instance == of);
    let all = plan.ids().flat_map(|id| sockets(plan, id));
    all.filter(fed).map(|socket| step(plan, components, socket)).collect()
}

/// The shortest way from the root, by the wires; empty for the root itself and for what only an export reaches.
fn way(plan: &Plan, components: &Components, to: InstanceId) -> Vec<Step> {
    let mut reached: Vec<Option<Socket>> = vec![None; plan.instances.len()];
    let mut queue = VecDeque::from([InstanceId(0)]);
    while let Some(at) = queue.pop_front() {
        for socket in sockets(plan, at) {
            if let Some(Source::Plug(plug)) = plan.source(socket)
                && plug.instance.0 != 0
                && reached[plug.instance.0].is_none()
            {
                reached[plug.instance.0] = Some(socket);
                queue.push_back(plug.instance);
            }
        }
    }
    let mut steps = Vec::new();
    let mut at = to;
    while let Some(socket) = reached[at.0] {
        steps.push(step(plan, components, socket));
        at = socket.instance;
    }
    steps.reverse();
    steps
}
