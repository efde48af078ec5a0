//! From what went wrong with single sockets to diagnostics, once the plan tells how each socket was reached.
//!
//! Ambiguous sockets are told together for each interface, since one chain often settles them all.

use super::Context;
use super::assemble::Draft;
use super::candidates::{self, same_kind_of_name};
use super::choice::{By, Problem};
use super::diags::*;
use super::instances::Port;
use super::near_miss::NearMiss;
use crate::diag::Sink;
use crate::model::plan::{InstanceId, Plug, Socket, Source};
use crate::model::request::Written;
use crate::types::fit::fits;
use crate::types::shape::Entity;
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};

/// Reports every socket that nothing fills.
pub(super) fn broken(context: &Context<'_>, draft: &Draft<'_, '_>, sink: &mut Sink) {
    let instances = &context.instances;
    let plug_facts = |plug: &Plug| PlugFacts::new(context, *plug);
    let mut slips = behind_slips(context, draft);
    for (at, problem) in &draft.broken {
        let socket = SocketFacts::new(context, draft, *at);
        match problem {
            Problem::Silent => {}
            Problem::Unresolved { near, denied } => {
                let slip = slip(context, draft, *at, problem);
                let slip = match slip.map(|(pattern, near)| (pattern, near, slips.remove(&pattern.text))) {
                    // It was told with the first.
                    Some((.., None)) => continue,
                    Some((pattern, near, Some(others))) => Some(Slip { pattern, near, others }),
                    None => None,
                };
                let near = near.iter().map(|near| near_facts(context, draft, *at, near)).collect();
                sink.report(Unresolved { socket, near, denied: *denied, slip });
            }
            Problem::NotWired { offers } => {
                let request = context.request.instances.iter().find(|wanted| wanted.name.text == socket.instance);
                let declared = request.map(|wanted| &wanted.name);
                sink.report(NotWired { socket, declared, offers: offers.iter().map(plug_facts).collect() });
            }
            Problem::Misfit { plugs, by } => {
                let only_here = only_here(context, draft, *at, plugs.iter().map(|(plug, _)| plug.instance));
                let chosen = plugs.first().map(|(plug, _)| *plug).filter(|_| matches!(by, By::Pin(_)));
                let instead =
                    chosen.map_or_else(Vec::new, |plug| fitting_exports(context, &socket.port, plug.instance));
                let unpinned = unpinned(context, draft, *at);
                let differences = |first, plug: &Plug| Differences::of(first, &instances.export(*plug), &socket.port);
                let plugs = plugs.iter().map(|(plug, first)| (plug_facts(plug), differences(first, plug))).collect();
                sink.report(Misfit { socket, plugs, only_here, instead, unpinned, by: *by });
            }
            Problem::TargetLacks { by, target } => {
                let exports = instances.plugs(*target).map(|plug| instances.export(plug).name().to_string()).collect();
                let fitting = fitting_exports(context, &socket.port, *target);
                let only_here = only_here(context, draft, *at, [*target].into_iter());
                let (target, unpinned) = (instance_facts(context, *target), unpinned(context, draft, *at));
                sink.report(TargetLacks { socket, target, exports, fitting, only_here, unpinned, by: *by });
            }
            Problem::OwnImport { pin } => sink.report(OwnImport { socket, pin }),
            Problem::Unlabelled { plugs } => {
                let fit = |plug: &&Plug| fits(instances.export(**plug).view(), socket.port.view()).is_ok();
                let fitting = plugs.iter().filter(fit).map(|plug| instances.name(plug.instance).to_owned()).collect();
                sink.report(Unlabelled { socket, plugs: plugs.iter().map(plug_facts).collect(), fitting });
            }
            Problem::DeniedPin { pattern, pin } => sink.report(DeniedPin { socket, pattern, pin }),
        }
    }
}

/// The allowed pattern that is likely to be at fault for an import that nothing fills.
fn slip<'c>(
    context: &'c Context<'_>,
    draft: &Draft<'_, '_>,
    at: Socket,
    problem: &Problem<'_>,
) -> Option<(&'c Written, &'c str)> {
    let Problem::Unresolved { near, denied: None } = problem else { return None };
    let port = context.instances.import(before(draft, at));
    if near.is_empty() { context.permissions.slip(&port.name(), port.interface().as_ref()) } else { None }
}

/// The imports that nothing fills because of a slip, all but the first, by the slip.
fn behind_slips(context: &Context<'_>, draft: &Draft<'_, '_>) -> BTreeMap<String, Vec<(String, String)>> {
    let mut slips: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for (at, problem) in &draft.broken {
        let Some((pattern, _)) = slip(context, draft, *at, problem) else { continue };
        match slips.get_mut(&pattern.text) {
            Some(others) => {
                let old = before(draft, *at);
                let name = context.instances.import(old).name().to_string();
                others.push((context.instances.name(old.instance).to_owned(), name));
            }
            None => drop(slips.insert(pattern.text.clone(), Vec::new())),
        }
    }
    slips
}

/// Of some instances, the inputs that are in the plan for no other reason than that this socket looked at them.
fn only_here<'c>(
    context: &Context<'c>,
    draft: &Draft<'_, '_>,
    socket: Socket,
    instances: impl Iterator<Item = InstanceId>,
) -> Vec<&'c str> {
    let old = before(draft, socket);
    let is_via = |via: &Option<Socket>| {
        via.is_some_and(|via| draft.origin[via.instance.0] == old.instance && via.import == old.import)
    };
    let only = |id: &InstanceId| draft.origin.iter().zip(&draft.via).any(|(origin, via)| origin == id && is_via(via));
    let components = instances.filter(only).map(|id| context.instances.component(id));
    let mut inputs: Vec<&str> = components.filter(|of| of.named).map(|of| of.origin.as_str()).collect();
    inputs.sort_unstable();
    inputs.dedup();
    inputs
}

/// The exports of an instance that fit a socket. Of an interface without functions any instance is one, so there only an
/// export of the same name says something.
fn fitting_exports(context: &Context<'_>, port: &Port<'_>, id: InstanceId) -> Vec<String> {
    let telling = match &port.item.entity {
        Entity::Instance(items) => items.values().any(|item| matches!(item.entity, Entity::Func(_))),
        _ => true,
    };
    let exports = context.instances.plugs(id).map(|plug| context.instances.export(plug));
    let fitting = exports
        .filter(|export| (telling || same_kind_of_name(port, export)) && fits(export.view(), port.view()).is_ok());
    fitting.map(|export| export.name().to_string()).collect()
}

/// The instance that would fill a socket of the plan if the user had not chosen, if it is clear which.
fn unpinned<'c>(context: &'c Context<'_>, draft: &Draft<'_, '_>, socket: Socket) -> Option<&'c str> {
    let old = before(draft, socket);
    let found = candidates::find(context, old);
    match found.fitting.as_slice() {
        [plug] if context.request.auto_wire && !reaches(context, draft, plug.instance, old.instance) => {
            Some(context.instances.name(plug.instance))
        }
        _ => None,
    }
}

/// Whether an instance needs another one, directly or not, so that it cannot be wired to it. What is not in the plan would
/// be filled by the one that fits.
fn reaches(context: &Context<'_>, draft: &Draft<'_, '_>, from: InstanceId, to: InstanceId) -> bool {
    let (mut left, mut seen) = (vec![from], BTreeSet::new());
    while let Some(id) = left.pop() {
        if id == to {
            return true;
        }
        if !seen.insert(id) {
            continue;
        }
        match draft.origin.iter().position(|origin| *origin == id) {
            Some(at) => left.extend(draft.plan.wires[at].iter().filter_map(|wire| match &wire.source {
                Some(Source::Plug(plug)) => Some(draft.origin[plug.instance.0]),
                _ => None,
            })),
            None => {
                let sockets = context.instances.sockets(id);
                left.extend(sockets.flat_map(|socket| candidates::find(context, socket).fitting).map(|it| it.instance));
            }
        }
    }
    false
}

fn near_facts(context: &Context<'_>, draft: &Draft<'_, '_>, socket: Socket, near: &NearMiss) -> NearFacts {
    let old = before(draft, socket);
    let port = context.instances.import(old);
    NearFacts {
        kind: near.kind,
        name: near.name.clone(),
        instance: near.instance().map(|id| context.instances.name(id).to_owned()),
        fits: near.plug.is_some_and(|plug| fits(context.instances.export(plug).view(), port.view()).is_ok()),
        closes_loop: near.instance().is_some_and(|id| {
            leads_to(draft, socket.instance).contains(&id) || reaches(context, draft, id, old.instance)
        }),
    }
}

/// The instances on the way to one of the plan. Not every step of it has to be a wire: what nothing fills leads to what came
/// near it too, and would be filled by it as likely as not.
fn leads_to(draft: &Draft<'_, '_>, mut at: InstanceId) -> BTreeSet<InstanceId> {
    let mut way = BTreeSet::new();
    while let Some(via) = draft.via[at.0] {
        at = via.instance;
        way.insert(draft.origin[at.0]);
    }
    way
}

/// Reports the sockets that several plugs could fill.
pub(super) fn ambiguous(context: &Context<'_>, draft: &Draft<'_, '_>, gave_up: bool, sink: &mut Sink) {
    let mut groups: IndexMap<String, Vec<(Socket, Vec<Plug>)>> = IndexMap::new();
    for (socket, plugs) in &draft.plan.undecided {
        let old = before(draft, *socket);
        let plugs: Vec<Plug> =
            plugs.iter().map(|plug| Plug { instance: draft.origin[plug.instance.0], ..*plug }).collect();
        // What a misspelt chain was to settle is told with the chain.
        if context.chains.were_to_settle(&plugs) {
            continue;
        }
        groups.entry(interface(&context.instances.import(old))).or_default().push((*socket, plugs));
    }
    for (interface, mut sockets) in groups {
        for (_, plugs) in &mut sockets {
            plugs.sort_by_key(|plug| (context.instances.name(plug.instance), plug.export));
        }
        let chain = chain(context, draft, &interface, &sockets);
        let facts = |(socket, plugs): &(Socket, Vec<Plug>)| {
            let plugs = plugs.iter().map(|plug| PlugFacts::new(context, *plug)).collect();
            (SocketFacts::new(context, draft, *socket), plugs)
        };
        let same = same(context, &sockets);
        let sockets = sockets.iter().map(facts).collect();
        sink.report(Ambiguous { interface, sockets, chain, same, gave_up });
    }
}

/// The candidates that are one component under several names.
fn same<'c>(context: &Context<'c>, sockets: &[(Socket, Vec<Plug>)]) -> Vec<Vec<(&'c str, &'c str)>> {
    let mut by_digest: BTreeMap<_, BTreeSet<(&str, &str)>> = BTreeMap::new();
    for plug in sockets.iter().flat_map(|(_, plugs)| plugs) {
        let component = context.instances.component(plug.instance);
        by_digest.entry(component.digest.0).or_default().insert((&component.name, &component.origin));
    }
    let mut groups: Vec<Vec<_>> = by_digest.into_values().map(|group| group.into_iter().collect()).collect();
    groups.retain(|group| group.len() > 1);
    groups.sort();
    groups
}

fn interface(port: &Port<'_>) -> String {
    port.interface().map_or_else(|| port.text.to_owned(), |name| name.unversioned())
}

/// The candidates as a chain: those that import the interface themselves, by name, then one that provides it.
fn chain(
    context: &Context<'_>,
    draft: &Draft<'_, '_>,
    interface_name: &str,
    sockets: &[(Socket, Vec<Plug>)],
) -> Vec<String> {
    let instances = &context.instances;
    let importers: BTreeSet<InstanceId> = sockets.iter().map(|(socket, _)| draft.origin[socket.instance.0]).collect();
    let candidates: BTreeSet<InstanceId> =
        sockets.iter().flat_map(|(_, plugs)| plugs).map(|plug| plug.instance).collect();
    let imports_it = |id: &InstanceId| {
        importers.contains(id)
            || instances.sockets(*id).any(|socket| interface(&instances.import(socket)) == interface_name)
    };
    let names = |middle: bool| {
        let mut names: Vec<String> =
            candidates.iter().filter(|id| imports_it(id) == middle).map(|id| instances.name(*id).to_owned()).collect();
        names.sort();
        names
    };
    let (middles, ends) = (names(true), names(false));
    match (middles.is_empty(), ends.as_slice()) {
        // Several ends: no one chain holds them all.
        (true, _) | (false, [_, _, ..]) => Vec::new(),
        (false, ends) => middles.into_iter().chain(ends.iter().cloned()).collect(),
    }
}
