//! Inputs that the user named and that no instance of the plan is made of.
//!
//! `compose build shop.wasm kv.wasm auth.wasm` must not give an artifact without `auth`. What was only looked at by a
//! socket that failed counts as used: its fault is told there. Found in an offered folder, or a WIT package: silent. While
//! an input is missing nothing is called unused, for the missing one may be what uses it.

use super::Context;
use super::assemble::Draft;
use super::candidates::{key, same_kind_of_name};
use super::diags::{UnusedExport, UnusedInput, UnusedInstance, Wraps};
use super::instances::{Kind, Port};
use super::near_miss;
use crate::diag::{Code, Sink};
use crate::model::component::ComponentId;
use crate::model::places::of_input;
use crate::model::plan::{InstanceId, Plug, Rejected, Socket};
use crate::types::fit::fits;
use std::collections::BTreeSet;

/// Reports what is unused.
pub(super) fn report(context: &Context<'_>, draft: &Draft<'_, '_>, sink: &mut Sink) {
    if context.request.allow_unused || context.incomplete {
        return;
    }
    let above = above_root(context);
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
        // What is wrong with a chain or a pin, or with an export that was to be used, was reported with its instance.
        let was_meant = context.chains.is_member_of_faulty(id) || context.pins.were_to_take(id);
        if !wrongly || was_meant || lacks_export(sink, context.instances.name(id)) {
            continue;
        }
        let declared = match context.instances.kind(id) {
            Kind::Declared(name) => Some(name),
            _ => None,
        };
        let name = context.instances.name(id);
        if let Some(declared) = declared {
            sink.report(UnusedInstance {
                name,
                declared,
                component: &component.origin,
                for_it: for_it(context, draft, id),
            });
            continue;
        }
        let wraps = wraps(context, id);
        let top = above.iter().find(|(below, _)| below.contains(&id)).map(|(_, top)| context.instances.name(*top));
        sink.report(UnusedInput {
            name,
            origin: &component.origin,
            written: of_input(context.request, component),
            exports: &exports(context, draft, id),
            better_root: top.filter(|_| wraps.is_none()),
            root: context.instances.name(context.root),
            wraps,
        });
    }
}

/// What uses the root, directly or not, if one input stands above all of it: that one was most likely meant to be the
/// root.
fn above_root(context: &Context<'_>) -> Option<(BTreeSet<InstanceId>, InstanceId)> {
    let shared = |id: &InstanceId| *context.instances.kind(*id) == Kind::Shared && *id != context.root;
    let uses = |id: InstanceId, of: &BTreeSet<InstanceId>| {
        context.instances.sockets(id).any(|socket| {
            let port = context.instances.import(socket);
            let plugs = context.offers.get(&key(&port)).iter();
            plugs
                .filter(|plug| plug.instance != id && of.contains(&plug.instance))
                .any(|plug| same_kind_of_name(&port, &context.instances.export(*plug)))
        })
    };
    let mut reached = BTreeSet::from([context.root]);
    while let Some(next) =
        context.instances.ids().filter(shared).find(|id| !reached.contains(id) && uses(*id, &reached))
    {
        reached.insert(next);
    }
    reached.remove(&context.root);
    let used = |id: &InstanceId| reached.iter().any(|user| user != id && uses(*user, &BTreeSet::from([*id])));
    let mut tops = reached.iter().copied().filter(|id| !used(id));
    match (tops.next(), tops.next()) {
        (Some(top), None) => Some((reached, top)),
        _ => None,
    }
}

/// The imports of the plan that a declared instance could fill: importing instance and import.
fn for_it(context: &Context<'_>, draft: &Draft<'_, '_>, id: InstanceId) -> Vec<(String, String)> {
    let exports: Vec<_> = context.instances.plugs(id).map(|plug| context.instances.export(plug)).collect();
    let mut found = Vec::new();
    for at in draft.plan.ids() {
        for socket in context.instances.sockets(draft.origin[at.0]) {
            let port = context.instances.import(socket);
            let fitting =
                |export: &Port<'_>| same_kind_of_name(&port, export) && fits(export.view(), port.view()).is_ok();
            if exports.iter().any(fitting) {
                found.push((draft.plan.instance(at).name.clone(), port.name().to_string()));
            }
        }
    }
    found
}

/// Whether an export of the instance was asked for that it does not have, or under a name that is taken.
fn lacks_export(sink: &Sink, name: &str) -> bool {
    let of_it = |fact: &(&str, String)| fact.0 == "instance" && fact.1 == name;
    let of_export = |code| matches!(code, Code::UnknownExport | Code::DuplicateExport);
    sink.diagnostics().iter().any(|told| of_export(told.code) && told.facts.iter().any(of_it))
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
    let own = key(&context.instances.export(plug));
    draft.plan.ids().find_map(|at| {
        let old = draft.origin[at.0];
        let near = |socket: &Socket| {
            let left = context.comparisons.get();
            context.comparisons.set(left.saturating_sub(1));
            left > 0 && near_miss::by_name(&context.instances.import(*socket), &own).is_some()
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
