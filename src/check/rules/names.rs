//! Whether the host understands the names: labels (`implements`), external ids, canonical versions.
//!
//! A host refuses what it does not know also in the components inside, whose bytes are embedded as they are. The names of
//! the result itself are ours to spell: canonical versions are written out where the host wants that, which needs the
//! whole version to be known.

use super::super::Facts;
use super::super::diags::{CanonicalNameNotSupported, LabelNotSupported, Whose};
use crate::diag::Sink;
use crate::model::component::ComponentId;
use crate::model::name::{ExternName, InterfaceVersion};
use crate::types::shape::{Attrs, Shape, Side};
use std::collections::BTreeSet;
use wasmparser::WasmFeatures;

/// Reports names the host does not know.
pub(in crate::check) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let (host, target) = (facts.profile.name, facts.plan.places.target.as_ref());
    let words = |names: &[String]| names.iter().filter_map(|name| facts.plan.places.exports.get(name)).collect();
    let labels = facts.profile.features.contains(WasmFeatures::CM_IMPLEMENTS);
    let result = || {
        let open = facts.plan.open.iter().map(|open| (Side::Import, &open.name, &open.attrs));
        open.chain(facts.plan.exports.iter().map(|export| (Side::Export, &export.name, &export.attrs)))
    };
    let used: BTreeSet<ComponentId> = facts.plan.instances.iter().map(|instance| instance.component).collect();
    if !labels {
        // One cause, one diagnostic: a component with labels of its own is the reason for those of the result.
        let mut from_inside = BTreeSet::new();
        for id in &used {
            let component = facts.components.get(*id);
            let names: Vec<String> =
                of_shape(&component.shape).filter(|(_, attrs)| is_labelled(attrs)).map(|(name, _)| name).collect();
            if !names.is_empty() {
                let whose = Whose::Component(&component.origin);
                let words = facts.plan.places.inputs.get(id).into_iter().collect();
                sink.report(LabelNotSupported { host, target, words, whose, names: &names });
                from_inside.extend(names);
            }
        }
        let names: Vec<String> = result()
            .filter(|(_, name, attrs)| is_labelled(attrs) && !from_inside.contains(&name.to_string()))
            .map(|(_, name, _)| name.to_string())
            .collect();
        if !names.is_empty() {
            let (whose, words) = (Whose::Result, words(&names));
            sink.report(LabelNotSupported { host, target, words, whose, names: &names });
        }
    }
    if !facts.profile.canonical_names {
        let mut from_inside = false;
        for id in &used {
            let component = facts.components.get(*id);
            let names: Vec<String> = of_shape(&component.shape)
                .filter(|(_, attrs)| attrs.version_suffix.is_some())
                .map(|(name, _)| name)
                .collect();
            if !names.is_empty() {
                let whose = Whose::Component(&component.origin);
                let words = facts.plan.places.inputs.get(id).into_iter().collect();
                sink.report(CanonicalNameNotSupported { host, target, words, whose, names: &names });
                from_inside = true;
            }
        }
        let cannot_be_written_out = |name: &ExternName| {
            let version = name.interface().and_then(|name| name.version.clone());
            matches!(version, Some(InterfaceVersion::Canonical { full: None, .. }))
        };
        let names: Vec<String> =
            result().filter(|(_, name, _)| cannot_be_written_out(name)).map(|(_, name, _)| name.to_string()).collect();
        if !names.is_empty() && !from_inside {
            let (whose, words) = (Whose::Result, words(&names));
            sink.report(CanonicalNameNotSupported { host, target, words, whose, names: &names });
        }
    }
}

fn is_labelled(attrs: &Attrs) -> bool {
    attrs.implements.is_some() || attrs.external_id.is_some()
}

fn of_shape(shape: &Shape) -> impl Iterator<Item = (String, &Attrs)> {
    let both = shape.imports.iter().chain(&shape.exports);
    both.map(|(name, item)| (name.clone(), &item.attrs))
}
