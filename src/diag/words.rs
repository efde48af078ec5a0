//! How the reasons of a plan are said to people.

use crate::model::component::Components;
use crate::model::plan::{Plan, Plug, Reason, Rejected, RejectedWhy, Socket, Source, Wire};

/// Why a wire is what it is, to follow "because".
pub fn because(wire: &Wire) -> String {
    match (&wire.source, &wire.reason) {
        // Types that are named outside stay among the imports; these are not.
        (Some(Source::Synthesised), Reason::TypesOnly) => {
            "it has value types only, and no import or export of the result names them by way of this instance".into()
        }
        (_, reason) => self::reason(reason),
    }
}

/// Why a socket is filled as it is, to follow "because".
pub fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Pin(pin) => format!("it is pinned by `{pin}`"),
        Reason::Chain(chain) => format!("it is next in the chain `{chain}`"),
        Reason::OnlyCandidate => "nothing else on offer fits".into(),
        Reason::OnlyCompleteWiring => "no other wiring uses every component that was named".into(),
        Reason::Label => "it has the same label".into(),
        Reason::InstanceNamedLike => "the instance has the label's name".into(),
        Reason::PinnedOpen(pin) => format!("it is left open by `{pin}`"),
        Reason::Allowed(pattern) => format!("nothing on offer provides it, and `{pattern}` may stay open"),
        Reason::Declared => "the result has it by itself".into(),
        Reason::TypesOnly => "it has value types only, which the result's imports or exports name".into(),
        Reason::UsedFrom => "the type comes from the interface it was used from".into(),
        Reason::Failed => "it could not be resolved".into(),
    }
}

/// Why a plug was not taken, to follow its name and a colon.
pub fn rejected(rejected: &Rejected) -> String {
    match &rejected.why {
        RejectedWhy::Shape(difference) => format!("it does not fit: {difference}"),
        RejectedWhy::Track => "its version is on another track".into(),
        RejectedWhy::Root => "the root's exports are used only by a pin or a chain".into(),
        RejectedWhy::Itself => "an instance does not fill its own imports".into(),
        RejectedWhy::Label => "it has another label".into(),
        RejectedWhy::Wiring => "it would leave a named component unused, close a cycle or split a resource".into(),
        RejectedWhy::Overruled => "a pin or a chain goes before it".into(),
    }
}

/// The name of a socket's import, as the component has it, with its whole version.
pub(crate) fn import_name(plan: &Plan, components: &Components, socket: Socket) -> String {
    let component = components.get(plan.instance(socket.instance).component);
    component.extern_at(crate::types::shape::Side::Import, socket.import).0.to_string()
}

/// A plug, by its instance alone where it has the name that is expected.
pub(crate) fn plug(plan: &Plan, components: &Components, plug: Plug, expected: &str) -> String {
    if let Some((open, inner)) = plan.behind(components, plug) {
        let name = plan.open[open.0].name.to_string();
        return match inner.as_slice() {
            [] if name == expected => "the host".into(),
            [] => format!("the host, as `{name}`"),
            inner => format!("the host, `{}` of `{name}`", inner.join("#")),
        };
    }
    let instance = plan.instance(plug.instance);
    match export_name(plan, components, plug) {
        None => format!("`{}` as a whole", instance.name),
        Some(export) if export == expected => format!("`{}`", instance.name),
        Some(export) => format!("`{}`, its export `{export}`", instance.name),
    }
}

/// The name of a plug's export, with its whole version, or the names that lead inside of one; none for the instance as a
/// whole.
pub(crate) fn export_name(plan: &Plan, components: &Components, plug: Plug) -> Option<String> {
    let component = components.get(plan.instance(plug.instance).component);
    let path = component.shape.export_path(plug.export)?;
    Some(match component.shape.reached_at(plug.export) {
        Some(_) => path,
        None => component.extern_at(crate::types::shape::Side::Export, plug.export).0.to_string(),
    })
}

/// What fills a socket.
pub(crate) fn source(plan: &Plan, components: &Components, socket: Socket) -> String {
    match plan.source(socket) {
        None => "nothing".into(),
        Some(Source::Plug(plug)) => self::plug(plan, components, *plug, &import_name(plan, components, socket)),
        Some(Source::Open(open)) => {
            let open = &plan.open[open.0];
            match open.name.to_string() == import_name(plan, components, socket) {
                true => "the host".into(),
                false => format!("the host, as `{}`", open.name),
            }
        }
        Some(Source::Synthesised) => "types of its own, nobody has to provide it".into(),
        Some(Source::TypeOf { import, path }) => {
            let from = import_name(plan, components, Socket { import: *import, ..socket });
            format!("the type `{}` of `{from}`", path.join("."))
        }
    }
}
