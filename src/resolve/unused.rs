//! Inputs that the user named and that no instance of the plan is made of.
//!
//! `compose build shop.wasm kv.wasm auth.wasm` must not give an artifact without `auth`. What was only looked at by a
//! socket that failed counts as used: its fault is told there. Found in an offered folder, or a WIT package: silent.

use super::Context;
use super::assemble::Draft;
use super::diags::{UnusedExport, UnusedInput, Wraps};
use super::instances::Kind;
use super::near_miss;
use crate::diag::{Code, Sink};
use crate::model::component::ComponentId;
use crate::model::plan::{InstanceId, Plug, Rejected, Socket};
use std::collections::BTreeSet;

/// Reports what is unused.
pub(super) fn report(context: &Context<'_>, draft: &Draft<'_, '_>, sink: &mut Sink) {
    if context.request.allow_unused {
        return;
    }
    let used: BTreeSet<InstanceId> = draft.origin.iter().copied().collect();
    let used_components: BTreeSet<ComponentId> = used.iter().map(|id| context.instances.get(*id).component).collect();
    for id in context.instances.ids().filter(|id| !used.contains(id)) {
        let component = context.instances.component(id);
        let wrongly = match context.instances.kind(id) {
            Kind::Shared => component.named && !used_components.contains(&context.instances.get(id).component),
            Kind::Declared(_) => true,
            // The chain that asked for it has no use either, which was reported.
            Kind::ChainCopy => false,
        };
        // What is wrong with a chain, or with an export that was to be used, was reported with its instance.
        if !wrongly || context.chains.is_member_of_faulty(id) || lacks_export(sink, context.instances.name(id)) {
            continue;
        }
        let declared = match context.instances.kind(id) {
            Kind::Declared(name) => Some(name),
            _ => None,
        };
        sink.report(UnusedInput {
            name: context.instances.name(id),
            origin: &component.origin,
            declared,
            exports: &exports(context, draft, id),
            wraps: wraps(context, id),
        });
    }
}

/// Whether an export of the instance was asked for that it does not have.
fn lacks_export(sink: &Sink, name: &str) -> bool {
    let of_it = |fact: &(&str, String)| fact.0 == "instance" && fact.1 == name;
    sink.diagnostics().iter().any(|told| told.code == Code::UnknownExport && told.facts.iter().any(of_it))
}

/// Why each export of an instance fills nothing.
fn exports(context: &Context<'_>, draft: &Draft<'_, '_>, id: InstanceId) -> Vec<UnusedExport> {
    let instances = &context.instances;
    let component = instances.get(id).component;
    instances
        .plugs(id)
        .map(|plug| {
            let name = instances.export(plug).name().to_string();
            let mut passed_over = Vec::new();
            for at in draft.plan.ids() {
                for (import, wire) in draft.plan.wires[at.0].iter().enumerate() {
                    let of_it = |rejected: &&Rejected| rejected.component == component && rejected.export == name;
                    for rejected in wire.rejected.iter().filter(of_it) {
                        let socket = Socket { instance: draft.origin[at.0], import };
                        let import = instances.import(socket).name().to_string();
                        passed_over.push((draft.plan.instance(at).name.clone(), import, rejected.why.clone()));
                    }
                }
            }
            UnusedExport { near: near_import(context, draft, plug), name, passed_over }
        })
        .collect()
}

/// An import of the plan whose name is misspelt against an export, or the reverse.
fn near_import(context: &Context<'_>, draft: &Draft<'_, '_>, plug: Plug) -> Option<(String, String)> {
    let port = context.instances.export(plug);
    draft.plan.ids().find_map(|at| {
        let old = draft.origin[at.0];
        let near = |socket: &Socket| {
            near_miss::by_name(&context.instances.import(*socket), &super::candidates::key(&port)).is_some()
        };
        let socket = context.instances.sockets(old).find(near)?;
        Some((draft.plan.instance(at).name.clone(), context.instances.import(socket).name().to_string()))
    })
}

/// An interface that the instance imports and exports and that the root or another instance of the plan exports: it
/// would stand before that one in a chain.
fn wraps(context: &Context<'_>, id: InstanceId) -> Option<Wraps> {
    let instances = &context.instances;
    let exported: Vec<_> = instances.plugs(id).filter_map(|plug| instances.export(plug).interface()).collect();
    instances.sockets(id).find_map(|socket| {
        let import = instances.import(socket).interface()?;
        exported.iter().find(|export| export.same_track(&import))?;
        let exports_it = |other: &InstanceId| {
            *other != id
                && instances
                    .plugs(*other)
                    .any(|plug| instances.export(plug).interface().is_some_and(|name| name.same_track(&import)))
        };
        let inner = [context.root].into_iter().chain(instances.ids()).find(exports_it)?;
        Some(Wraps { interface: import.unversioned(), inner: instances.name(inner).to_owned() })
    })
}
