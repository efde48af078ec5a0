//! The answer of `compose why`: as data, as text, as JSON.
//!
//! Asked for an import: every socket of that name, what fills it, the reason, and what was looked at and not taken.
//! Asked for an instance: the way from the root to it, and the same for each of its imports.

use super::words;
use crate::model::component::Components;
use crate::model::name::ExternName;
use crate::model::plan::{InstanceId, Plan, Socket, Source};
use serde::Serialize;
use std::collections::VecDeque;

/// The version of the JSON form.
const FORMAT: u32 = 1;

/// All that the plan knows about a name.
#[derive(Debug, Serialize, PartialEq, Eq)]
pub(super) struct Answer {
    format: u32,
    asked: String,
    instances: Vec<InstanceAnswer>,
    sockets: Vec<SocketAnswer>,
}

#[derive(Debug, Serialize, PartialEq, Eq)]
struct InstanceAnswer {
    instance: String,
    component: String,
    root: bool,
    /// From the root: each step an instance on the way and its import that leads on. Empty for the root, and for an
    /// instance that only an export of the result reaches.
    way: Vec<Step>,
    imports: Vec<SocketAnswer>,
}

#[derive(Debug, Serialize, PartialEq, Eq)]
struct Step {
    instance: String,
    import: String,
}

#[derive(Debug, Serialize, PartialEq, Eq)]
struct SocketAnswer {
    instance: String,
    import: String,
    filled_by: String,
    because: String,
    rejected: Vec<RejectedAnswer>,
}

#[derive(Debug, Serialize, PartialEq, Eq)]
struct RejectedAnswer {
    component: String,
    export: String,
    because: String,
}

/// What the plan knows about the name; `None` if neither an import nor an instance has it.
pub(super) fn answer(what: &str, plan: &Plan, components: &Components) -> Option<Answer> {
    let instances: Vec<InstanceAnswer> = plan
        .ids()
        .filter(|id| plan.instance(*id).name == what)
        .map(|id| InstanceAnswer {
            instance: what.to_owned(),
            component: components.get(plan.instance(id).component).origin.clone(),
            root: id.0 == 0,
            way: way(plan, components, id),
            imports: sockets(plan, id).map(|socket| socket_answer(plan, components, socket)).collect(),
        })
        .collect();
    let sockets: Vec<SocketAnswer> = plan
        .ids()
        .flat_map(|id| sockets(plan, id))
        .filter(|socket| is_meant(what, plan, components, *socket))
        .map(|socket| socket_answer(plan, components, socket))
        .collect();
    if instances.is_empty() && sockets.is_empty() {
        return None;
    }
    Some(Answer { format: FORMAT, asked: what.to_owned(), instances, sockets })
}

/// What may have been meant by a name that the plan does not have.
pub(super) fn near(what: &str, plan: &Plan, components: &Components) -> String {
    if components.items.iter().any(|component| component.name == what) {
        return format!("`{what}` is among the inputs, but nothing in the plan needs it");
    }
    let mut names: Vec<String> = plan.instances.iter().map(|instance| instance.name.clone()).collect();
    let imports = plan.ids().flat_map(|id| sockets(plan, id));
    names.extend(imports.map(|socket| words::import_name(plan, components, socket)));
    names.sort();
    names.dedup();
    let near = names
        .iter()
        .map(|name| (strsim::jaro_winkler(name, what), name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(a, a_name), (b, b_name)| a.total_cmp(b).then(b_name.cmp(a_name)));
    match near {
        Some((_, name)) => format!("did you mean `{name}`?"),
        None => "`compose check -v` shows every instance and every import".into(),
    }
}

fn sockets(plan: &Plan, instance: InstanceId) -> impl Iterator<Item = Socket> + use<> {
    (0..plan.wires[instance.0].len()).map(move |import| Socket { instance, import })
}

/// An import is meant by its name with or without version, and a labelled one also by its interface.
fn is_meant(what: &str, plan: &Plan, components: &Components, socket: Socket) -> bool {
    let component = components.get(plan.instance(socket.instance).component);
    let (name, item) = component.extern_at(crate::types::shape::Side::Import, socket.import);
    let label = item.attrs.implements.as_deref().map(|interface| ExternName::parse(interface, None));
    [Some(name), label].into_iter().flatten().any(|name| {
        name.to_string() == what || name.interface().is_some_and(|interface| interface.unversioned() == what)
    })
}

fn socket_answer(plan: &Plan, components: &Components, socket: Socket) -> SocketAnswer {
    let wire = &plan.wires[socket.instance.0][socket.import];
    SocketAnswer {
        instance: plan.instance(socket.instance).name.clone(),
        import: words::import_name(plan, components, socket),
        filled_by: words::source(plan, components, socket),
        because: words::reason(&wire.reason),
        rejected: wire
            .rejected
            .iter()
            .map(|rejected| RejectedAnswer {
                component: components.get(rejected.component).name.clone(),
                export: rejected.export.clone(),
                because: words::rejected(rejected),
            })
            .collect(),
    }
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
        steps.push(Step {
            instance: plan.instance(socket.instance).name.clone(),
            import: words::import_name(plan, components, socket),
        });
        at = socket.instance;
    }
    steps.reverse();
    steps
}

impl Answer {
    /// For people.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        for instance in &self.instances {
            out.push_str(&format!("`{}` is an instance of {}\n", instance.instance, instance.component));
            out.push_str(match (instance.root, instance.way.is_empty()) {
                (true, _) => "  it is the root\n",
                (false, true) => "  it is in the plan because the result exports something of it, or keeps it\n",
                (false, false) => "  it is in the plan because\n",
            });
            for (index, step) in instance.way.iter().enumerate() {
                let next = instance.way.get(index + 1).map_or(&instance.instance, |next| &next.instance);
                out.push_str(&format!("    `{}` imports {}, filled by `{next}`\n", step.instance, step.import));
            }
            for socket in &instance.imports {
                out.push('\n');
                out.push_str(&socket.text());
            }
        }
        for (index, socket) in self.sockets.iter().enumerate() {
            if index > 0 || !self.instances.is_empty() {
                out.push('\n');
            }
            out.push_str(&socket.text());
        }
        out
    }

    /// For machines: one object on one line.
    pub(super) fn json(&self) -> String {
        let mut line = serde_json::to_string(self).expect("an answer holds nothing but texts and lists");
        line.push('\n');
        line
    }
}

impl SocketAnswer {
    fn text(&self) -> String {
        let mut out = format!("`{}` imports {}\n", self.instance, self.import);
        out.push_str(&format!("  filled by {}\n  because {}\n", self.filled_by, self.because));
        for rejected in &self.rejected {
            out.push_str(&format!(
                "  not by `{}`, its export {}: {}\n",
                rejected.component, rejected.export, rejected.because
            ));
        }
        out
    }
}
