//! What of an instance is meant: by its instance alone, by the name of an export, by what fits.

use super::candidates::same_kind_of_name;
use super::diags::UnknownExport;
use super::instances::{Instances, Port};
use super::reach::export_meant;
use crate::diag::Sink;
use crate::model::near::nearest;
use crate::model::plan::{InstanceId, Plug};
use crate::model::request::Written;
use crate::types::fit::fits;
use crate::types::reached::Within;
use crate::types::shape::{Entity, Side, ValType};
use std::collections::BTreeSet;

/// What of an instance fits a socket: it as a whole, else its export of the same interface, else all that do.
pub(super) fn fitting(instances: &Instances<'_>, id: InstanceId, port: &Port<'_>) -> Vec<Plug> {
    let fits = |plug: &Plug| fits(instances.export(*plug).view(), port.view()).is_ok();
    let same = || plug_of(instances, id, port).ok().filter(fits);
    match instances.whole(id).filter(fits).or_else(same) {
        Some(plug) => vec![plug],
        None => instances.plugs(id).filter(fits).collect(),
    }
}

/// Why an instance has no plug for a socket.
pub(super) enum NoPlug {
    /// It exports nothing of that name on that track.
    Nothing,
    /// It exports several that fit.
    Several(Vec<Plug>),
}

/// The export of an instance that is meant when the user names the instance only.
///
/// A labelled socket prefers the plug of its label; an unlabelled plug goes before labelled ones; of several versions the
/// one asked for, else the only one that fits.
pub(super) fn plug_of(instances: &Instances<'_>, id: InstanceId, port: &Port<'_>) -> Result<Plug, NoPlug> {
    let mut plugs: Vec<Plug> =
        instances.plugs(id).filter(|plug| same_kind_of_name(port, &instances.export(*plug))).collect();
    let mut prefer = |keep: &dyn Fn(&Plug) -> bool| {
        if plugs.iter().any(keep) {
            plugs.retain(keep);
        }
    };
    prefer(&|plug| instances.export(*plug).label() == port.label());
    prefer(&|plug| instances.export(*plug).label().is_none());
    let version = |port: &Port<'_>| port.interface().and_then(|name| name.full_version().cloned());
    prefer(&|plug| version(&instances.export(*plug)) == version(port));
    prefer(&|plug| fits(instances.export(*plug).view(), port.view()).is_ok());
    match plugs.as_slice() {
        [] => Err(NoPlug::Nothing),
        [plug] => Ok(*plug),
        _ => Err(NoPlug::Several(plugs)),
    }
}

/// The export of an instance by the name a user wrote; what is not there is reported.
pub(super) fn export_named(
    instances: &Instances<'_>,
    id: InstanceId,
    export: &Written,
    sink: &mut Sink,
) -> Option<Plug> {
    let found = export_meant(instances.shape(id), &export.text).map(|export| Plug { instance: id, export });
    if found.is_none() {
        let names: Vec<String> = instances.plugs(id).map(|plug| instances.export(plug).name().to_string()).collect();
        let near = near_name(&export.text, &names);
        sink.report(UnknownExport { instance: instances.name(id), export, near, known: &names });
    }
    found
}

/// What stands inside an export; what is not there is reported.
pub(super) fn export_inside(
    instances: &Instances<'_>,
    id: InstanceId,
    export: &Written,
    inner: &[Written],
    sink: &mut Sink,
) -> Option<Plug> {
    let mut plug = export_named(instances, id, export, sink)?;
    for name in inner {
        let Some(next) = instances.inside(plug, &name.text) else {
            let outer = instances.export(plug);
            let known = outer.items();
            sink.report(UnknownExport {
                instance: &format!("{}.{}", instances.name(id), outer.text),
                export: name,
                near: nearest(&name.text, known.iter().map(String::as_str)),
                known: &known,
            });
            return None;
        };
        plug = next;
    }
    Some(plug)
}

/// A type that something taken out of an export speaks of and that has a name inside of that export only, so that it could
/// not be exported alone. What is taken out of a declared import has its names there.
pub(super) fn named_inside(instances: &Instances<'_>, plug: Plug) -> Option<String> {
    let shape = instances.shape(plug.instance);
    let from_inside = matches!(shape.reached_at(plug.export)?.within, Within::Export(_));
    if !from_inside || instances.component(plug.instance).declares {
        return None;
    }
    let mut left = match &shape.export(plug.export)?.1.entity {
        Entity::Func(func) => func.val_types().collect(),
        Entity::Type { created } => vec![ValType::Type(*created)],
        Entity::Instance(_) | Entity::Unsupported(_) => Vec::new(),
    };
    let mut seen = BTreeSet::new();
    while let Some(ty) = left.pop() {
        let ValType::Type(ty) = ty else { continue };
        if !seen.insert(ty) {
            continue;
        }
        let places = shape.bindings.get(&ty).map_or(&[][..], Vec::as_slice);
        match places.first() {
            Some(first) if places.iter().all(|place| place.side == Side::Export) => {
                return Some(first.path.last().cloned().unwrap_or_else(|| shape.head(first).0.to_owned()));
            }
            Some(_) => {}
            None => left.extend(shape.mentions(ty).into_iter().map(ValType::Type)),
        }
    }
    None
}

/// The known name a wrong one is nearest to, versions left aside first; a single word is held against the last words of
/// interfaces too.
pub(super) fn near_name<'n>(text: &str, known: &'n [String]) -> Option<&'n str> {
    let bare = text.split('@').next().unwrap_or(text);
    let same = known.iter().find(|name| name.split('@').next() == Some(bare));
    let by = |part: fn(&str) -> &str| {
        let parts: Vec<&str> = known.iter().map(|name| part(name)).collect();
        let near = nearest(bare, parts.iter().copied())?;
        known.iter().find(|name| part(name) == near).map(String::as_str)
    };
    let word = || by(|name| bare_name(name).rsplit('/').next().unwrap_or(name)).filter(|_| !bare.contains(['/', ':']));
    same.map(String::as_str).or_else(|| by(bare_name)).or_else(word)
}

fn bare_name(name: &str) -> &str {
    name.split('@').next().unwrap_or(name)
}
