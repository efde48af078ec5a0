//! What the result exports: the root's exports, a chain's first member in the place of an export it wraps, and what was
//! asked for besides.
//!
//! A request of a name that the root exports too replaces the root's. Two requests of one name are an error, and so is a
//! request for what the instance does not export. Exports of the root that no package defines are often leaks of its
//! producer and are pointed out, unless the user chose the exports himself.

use super::Context;
use super::candidates::key;
use super::diags::{BadPattern, DuplicateExport, ExportedPart, IncidentalExport, Role, SpreadWithoutUse, What};
use super::plugs::{export_inside, export_named, named_inside};
use crate::diag::Sink;
use crate::model::name::{ExternName, InterfaceName, is_kebab};
use crate::model::plan::{InstanceId, PlanExport, Plug};
use crate::model::request::{ExportRequest, Written};
use crate::types::shape::{Attrs, Entity};

/// What the result exports.
pub(super) struct Wanted {
    /// The exports, with instances still numbered as in `instances`.
    pub(super) exports: Vec<PlanExport>,
    /// Those that were asked for, and the word that did.
    pub(super) asked: Vec<(Written, ExternName)>,
}

/// Finds it.
pub(super) fn wanted(context: &Context<'_>, sink: &mut Sink) -> Wanted {
    let mut exports = if context.request.export_root { of_root(context, sink) } else { Vec::new() };
    let mut requested: Vec<(&Written, ExternName)> = Vec::new();
    let mut own: Vec<PlanExport> = Vec::new();
    for request in &context.request.exports {
        if request.all {
            let taken =
                |name: &ExternName| exports.iter().chain(&own).any(|other: &PlanExport| same_name(&other.name, name));
            let all = all_of(context, request, &taken, sink);
            requested.extend(all.iter().map(|export| (&request.instance, export.name.clone())));
            own.extend(all);
            continue;
        }
        let Some(export) = asked_for(context, request, sink) else { continue };
        let word = request.name.as_ref().or(request.export.as_ref()).unwrap_or(&request.instance);
        if let Some((first, _)) = requested.iter().find(|(_, name)| same_name(name, &export.name)) {
            sink.report(DuplicateExport {
                name: &export.name.to_string(),
                instance: &request.instance.text,
                first,
                second: word,
            });
            continue;
        }
        requested.push((word, export.name.clone()));
        match exports.iter_mut().find(|other| same_name(&other.name, &export.name)) {
            Some(other) => *other = export,
            None if request.name.is_none() => own.push(export),
            None => exports.push(export),
        }
    }
    // What was given a name goes before what keeps its own, so that the order of the two does not matter.
    exports.extend(own);
    let asked = requested.into_iter().map(|(word, name)| (word.clone(), name)).collect();
    Wanted { exports, asked }
}

/// Everything an instance exports, or that stands inside an export of it, under names that are not taken.
fn all_of(
    context: &Context<'_>,
    request: &ExportRequest,
    taken: &dyn Fn(&ExternName) -> bool,
    sink: &mut Sink,
) -> Vec<PlanExport> {
    let instances = &context.instances;
    let Some(id) = instances.named(&request.instance, What::Exported, sink) else { return Vec::new() };
    let plugs: Vec<Plug> = match &request.export {
        None => instances.plugs(id).collect(),
        Some(export) => match export_inside(instances, id, export, &request.inner, sink) {
            Some(outer) => {
                instances.export(outer).items().iter().filter_map(|name| instances.inside(outer, name)).collect()
            }
            None => return Vec::new(),
        },
    };
    let own = |plug: &Plug| {
        let port = instances.export(*plug);
        PlanExport { name: port.name(), attrs: port.item.attrs.clone(), plug: *plug }
    };
    if let Some(name) = plugs.iter().find_map(|plug| refuse_part(context, request, *plug)) {
        sink.report(name);
        return Vec::new();
    }
    let all: Vec<PlanExport> = plugs.iter().map(own).filter(|export| !taken(&export.name)).collect();
    if all.is_empty() {
        let exports = plugs.iter().map(|plug| instances.export(*plug).name().to_string()).collect();
        let spread = request.export.as_ref().unwrap_or(&request.instance);
        sink.report(SpreadWithoutUse { spread, into: None, exports, imports: Vec::new() });
    }
    all
}

/// What is wrong with exporting a part of an export, if the part speaks of types that only the whole names.
fn refuse_part<'c>(context: &Context<'c>, request: &'c ExportRequest, plug: Plug) -> Option<ExportedPart<'c>> {
    let named = named_inside(&context.instances, plug)?;
    let (instance, export) = (&request.instance, request.export.as_ref()?);
    let item = context.instances.export(plug).text;
    Some(ExportedPart { instance, export, item, named })
}

fn same_name(a: &ExternName, b: &ExternName) -> bool {
    a.to_string() == b.to_string()
}

fn of_root(context: &Context<'_>, sink: &mut Sink) -> Vec<PlanExport> {
    let instances = &context.instances;
    let mut exports: Vec<PlanExport> = Vec::new();
    for own in instances.plugs(context.root) {
        let plug = match context.chains.outermost(instances, own, sink) {
            None => own,
            Some(Some(plug)) => plug,
            Some(None) => continue,
        };
        let port = instances.export(plug);
        let export = PlanExport { name: port.name(), attrs: port.item.attrs.clone(), plug };
        // Two versions of the root may both be wrapped by one version of the first member.
        if !exports.iter().any(|other| same_name(&other.name, &export.name)) {
            exports.push(export);
        }
    }
    report_incidental(context, &exports, sink);
    exports
}

fn report_incidental(context: &Context<'_>, exports: &[PlanExport], sink: &mut Sink) {
    let port = |export: &PlanExport| context.instances.export(export.plug);
    let of_package = |export: &&PlanExport| port(export).interface().is_some();
    let any_of_package = exports.iter().any(|export| of_package(&export));
    let replaced = |export: &PlanExport| {
        let name = export.name.to_string();
        context.request.exports.iter().filter_map(|request| request.name.as_ref()).any(|word| word.text == name)
    };
    let incidental: Vec<String> = exports
        .iter()
        .filter(|export| !of_package(export) && !replaced(export))
        .filter(|export| match port(export).item.entity {
            Entity::Instance(_) => true,
            Entity::Func(_) => any_of_package,
            Entity::Type { .. } | Entity::Unsupported(_) => false,
        })
        .map(|export| export.name.to_string())
        .collect();
    if !incidental.is_empty() {
        let kept: Vec<String> = exports.iter().filter(of_package).map(|export| export.name.to_string()).collect();
        let root = context.instances.name(context.root);
        sink.report(IncidentalExport { root, names: &incidental, kept: &kept });
    }
}

fn asked_for(context: &Context<'_>, request: &ExportRequest, sink: &mut Sink) -> Option<PlanExport> {
    let instances = &context.instances;
    let id = instances.named(&request.instance, What::Exported, sink)?;
    let plug = match (&request.export, &request.name) {
        // A whole has no name of its own.
        (_, None) if request.whole => {
            sink.report(BadPattern { text: &request.instance, role: Role::Export, fault: None });
            return None;
        }
        _ if request.whole => instances.whole(id)?,
        (Some(export), _) => export_inside(instances, id, export, &request.inner, sink)?,
        (None, Some(name)) => of_same_name(context, id, name, sink)?,
        (None, None) => return None,
    };
    if let Some(part) = refuse_part(context, request, plug) {
        sink.report(part);
        return None;
    }
    let port = instances.export(plug);
    let Some(wanted) = &request.name else {
        return Some(PlanExport { name: port.name(), attrs: port.item.attrs.clone(), plug });
    };
    let without_whole_version = |name: &InterfaceName| {
        request.implements
            && name.full_version().is_none()
            && key(&port) == name.unversioned()
            && (name.version.is_none() || port.interface().is_some_and(|own| own.same_track(name)))
    };
    let (name, attrs) = match ExternName::parse(&wanted.text, None) {
        // The name was given without a version or with its track, or is the plug's own: it keeps its spelling.
        ExternName::Interface(name) if port.label().is_none() && without_whole_version(&name) => {
            (port.name(), port.item.attrs.clone())
        }
        name if name == port.name() => (port.name(), port.item.attrs.clone()),
        // Another name needs a version that a result can carry.
        ExternName::Interface(name) if name.version.is_some() && name.full_version().is_none() => {
            sink.report(BadPattern { text: wanted, role: Role::Export, fault: None });
            return None;
        }
        name @ ExternName::Interface(_) => {
            (name, Attrs { external_id: port.item.attrs.external_id.clone(), ..Attrs::default() })
        }
        ExternName::Plain(label) if !is_kebab(&label) => {
            sink.report(BadPattern { text: wanted, role: Role::Export, fault: None });
            return None;
        }
        ExternName::Plain(label) if !request.implements => {
            let external_id = port.item.attrs.external_id.clone();
            (ExternName::Plain(label), Attrs { external_id, ..Attrs::default() })
        }
        ExternName::Plain(label) => (ExternName::Plain(label), labelled(&port.interface(), &port.item.attrs)),
    };
    Some(PlanExport { name, attrs, plug })
}

/// The attributes of an export under a label.
fn labelled(interface: &Option<InterfaceName>, attrs: &Attrs) -> Attrs {
    let spelled = interface.as_ref().map(InterfaceName::spelled);
    let (implements, version_suffix) = spelled.map_or((None, None), |(text, suffix)| (Some(text), suffix));
    Attrs { implements, version_suffix, external_id: attrs.external_id.clone() }
}

/// The export of the name itself, or, for a plain name, the only interface the instance exports.
fn of_same_name(context: &Context<'_>, id: InstanceId, name: &Written, sink: &mut Sink) -> Option<Plug> {
    let instances = &context.instances;
    let is_label = matches!(ExternName::parse(&name.text, None), ExternName::Plain(_)) && is_kebab(&name.text);
    let own = |plug: &Plug| instances.export(*plug).text == name.text;
    if is_label && !instances.plugs(id).any(|plug| own(&plug)) {
        let interfaces: Vec<Plug> =
            instances.plugs(id).filter(|plug| instances.export(*plug).interface().is_some()).collect();
        if let [only] = interfaces.as_slice() {
            return Some(*only);
        }
    }
    export_named(instances, id, name, sink)
}
