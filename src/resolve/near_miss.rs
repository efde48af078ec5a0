//! What comes near an import that nobody provides: another version, package, spelling or label; a WIT package where a
//! component was meant; an inline interface or an interface's function where the other was meant; the same shape under
//! another name.
//!
//! Only for messages: nothing here is ever wired. The nearest kinds come first, at most [`MOST`] in all, in an order that
//! does not depend on the order of the inputs.

use super::Context;
use super::candidates::{key, same_kind_of_name};
use super::instances::Port;
use crate::model::name::InterfaceName;
use crate::model::near::nearest;
use crate::model::plan::{InstanceId, Plug, Socket};
use crate::types::fit::fits;
use crate::types::shape::{Entity, Item};

/// More than these are not shown.
const MOST: usize = 6;
/// When so many names were compared in a run, only the same interface counts as near: there may be as many unresolved
/// imports as names to compare them with.
pub(super) const COMPARED: usize = 100_000;

/// Something near a missed import.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NearMiss {
    /// In which way it is near.
    pub(super) kind: Kind,
    /// Its name.
    pub(super) name: String,
    /// The plug, if it is one.
    pub(super) plug: Option<Plug>,
}

/// In which way something is near; the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// The root exports it, whose exports are wired only by pin or chain.
    OfRoot,
    /// The importing component exports it itself.
    OfItself,
    /// The same interface on another semver track.
    Version,
    /// The same interface under another label, or a label on one side only.
    Label,
    /// A WIT package describes the interface and implements nothing.
    WitPackage,
    /// The same name in another package or namespace.
    Package,
    /// A name with a few letters' difference.
    Spelling,
    /// An inline interface, or a function at world level, named like the interface.
    Inline,
    /// A function of that name inside an exported interface.
    Inside,
    /// Another name, the same shape.
    Shape,
}

impl NearMiss {
    /// The instance that has it.
    pub(super) fn instance(&self) -> Option<InstanceId> {
        self.plug.map(|plug| plug.instance)
    }
}

/// What comes near an import.
pub(super) fn find(context: &Context<'_>, socket: Socket) -> Vec<NearMiss> {
    let port = context.instances.import(socket);
    let mut found = Vec::new();
    for plug in context.offers.get(&key(&port)) {
        let kind = if !same_kind_of_name(&port, &context.instances.export(*plug)) {
            Kind::Version
        } else if plug.instance == socket.instance {
            Kind::OfItself
        } else if plug.instance == context.root {
            Kind::OfRoot
        } else {
            Kind::Label
        };
        found.push(of_plug(context, kind, *plug));
    }
    found.extend(wit_packages(context, &port));
    let own = key(&port);
    let left = context.comparisons.get();
    context.comparisons.set(left.saturating_sub(context.offers.len()));
    let others = context.offers.all().filter(|(name, _)| left > 0 && *name != own);
    for (name, plugs) in others {
        if let Some(kind) = by_name(&port, name) {
            found.extend(plugs.iter().map(|plug| of_plug(context, kind, *plug)));
        } else if port.interface().is_none() {
            found.extend(inside(context, port.text, plugs));
        }
    }
    found.retain(|near| near.instance() != Some(socket.instance) || near.kind == Kind::OfItself);
    if found.is_empty() && left > 0 {
        found.extend(same_shape(context, socket, &port));
    }
    found.sort_by(|a, b| {
        let order =
            |near: &NearMiss| (near.kind, near.name.clone(), near.instance().map(|id| context.instances.name(id)));
        order(a).cmp(&order(b))
    });
    found.truncate(MOST);
    found
}

fn of_plug(context: &Context<'_>, kind: Kind, plug: Plug) -> NearMiss {
    let port = context.instances.export(plug);
    let name = match (port.label(), port.interface()) {
        (Some(label), Some(interface)) => format!("{label}: {interface}"),
        _ => port.name().to_string(),
    };
    NearMiss { kind, name, plug: Some(plug) }
}

/// How an export's key comes near an import by name.
pub(super) fn by_name(port: &Port<'_>, other: &str) -> Option<Kind> {
    let near = |a: &str, b: &str| nearest(a, [b]).is_some();
    match (port.interface(), InterfaceName::parse(other, None)) {
        (Some(wanted), Some(other)) => {
            if wanted.interface == other.interface
                && (wanted.package == other.package || wanted.namespace == other.namespace)
            {
                return Some(Kind::Package);
            }
            near(&wanted.unversioned(), &other.unversioned()).then_some(Kind::Spelling)
        }
        (Some(wanted), None) => (wanted.interface == other).then_some(Kind::Inline),
        (None, Some(other)) => (other.interface == port.text).then_some(Kind::Inline),
        (None, None) => near(port.text, other).then_some(Kind::Spelling),
    }
}

/// Plugs that have a function of that name inside.
fn inside(context: &Context<'_>, name: &str, plugs: &[Plug]) -> Vec<NearMiss> {
    let has = |plug: &&Plug| match &context.instances.export(**plug).item.entity {
        Entity::Instance(items) => matches!(items.get(name), Some(Item { entity: Entity::Func(_), .. })),
        _ => false,
    };
    plugs.iter().filter(has).map(|plug| of_plug(context, Kind::Inside, *plug)).collect()
}

fn wit_packages(context: &Context<'_>, port: &Port<'_>) -> Option<NearMiss> {
    let wanted = port.interface()?.unversioned();
    let describes = |name: &String| InterfaceName::parse(name, None).is_some_and(|name| name.unversioned() == wanted);
    let mut origins: Vec<&str> = context
        .instances
        .components
        .wit_packages
        .iter()
        .filter(|package| package.interfaces.iter().any(describes))
        .map(|package| package.origin.as_str())
        .collect();
    origins.sort_unstable();
    origins.first().map(|origin| NearMiss { kind: Kind::WitPackage, name: (*origin).into(), plug: None })
}

/// Plugs of another name that would fit; nothing is said of empty interfaces, which any instance fits.
fn same_shape(context: &Context<'_>, socket: Socket, port: &Port<'_>) -> Vec<NearMiss> {
    let telling = match &port.item.entity {
        Entity::Instance(items) => items.values().any(|item| matches!(item.entity, Entity::Func(_))),
        _ => false,
    };
    if !telling {
        return Vec::new();
    }
    let others = context.offers.all().flat_map(|(_, plugs)| plugs).filter(|plug| plug.instance != socket.instance);
    others
        .filter(|plug| fits(context.instances.export(**plug).view(), port.view()).is_ok())
        .map(|plug| of_plug(context, Kind::Shape, *plug))
        .collect()
}
