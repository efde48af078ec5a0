//! The imports of the result: open sockets of one interface become one import.
//!
//! Versions of one track are merged into the highest, with the union of what is used; of two spellings of one version the
//! full one leads, which more hosts understand. That is right only where the shapes agree on everything they share, in
//! both directions; where they do not, it is an error that offers to keep the versions side by side (`merge = "off"`).
//! Functions, types and labelled interfaces go by their plain names, which exist once in the result.

use super::Context;
use super::assemble::Draft;
use super::diags::{Disagreement, OpenDisagree, Way};
use super::instances::Port;
use super::types_only::Kept;
use crate::diag::Sink;
use crate::model::name::{ExternName, InterfaceVersion, Track};
use crate::model::plan::{OpenId, OpenImport, Reason, Socket, Source};
use crate::types::fit::{View, fits};
use crate::types::shape::{Entity, Item};
use indexmap::IndexMap;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Merges all open sockets of a draft into imports, and fills the sockets with them.
pub(super) fn run(context: &Context<'_>, draft: &mut Draft<'_, '_>, kept: Kept, sink: &mut Sink) {
    let mut groups: IndexMap<(String, Track), Vec<Socket>> = IndexMap::new();
    let whole: BTreeSet<Socket> = draft.open.iter().map(|(socket, _)| *socket).collect();
    for socket in draft.open.iter().map(|(socket, _)| socket).chain(kept.keys()) {
        groups.entry(group(context, &port(context, draft, *socket))).or_default().push(*socket);
    }
    for (_, mut sockets) in groups {
        sockets.sort_by_key(|socket| leadership(&port(context, draft, *socket), *socket, whole.contains(socket)));
        check(context, draft, &sockets, sink);
        let id = OpenId(draft.plan.open.len());
        let open = import(context, draft, &sockets, &kept, &whole);
        for socket in &sockets {
            fill(draft, *socket, id);
        }
        draft.plan.open.push(open);
    }
    for socket in draft.types_only.clone() {
        let wire = &mut draft.plan.wires[socket.instance.0][socket.import];
        if wire.source.is_none() {
            wire.source = Some(Source::Synthesised);
            wire.reason = Reason::TypesOnly;
        }
    }
}

fn port<'a>(context: &Context<'a>, draft: &Draft<'_, '_>, socket: Socket) -> Port<'a> {
    context.instances.import(Socket { instance: draft.origin[socket.instance.0], ..socket })
}

/// What sockets must share to become one import.
fn group(context: &Context<'_>, port: &Port<'_>) -> (String, Track) {
    match port.name() {
        ExternName::Plain(name) => (name, Track::Unversioned),
        ExternName::Interface(name) if !context.request.merge_open => (name.to_string(), Track::Unversioned),
        ExternName::Interface(name) => (name.unversioned(), name.track()),
    }
}

/// Sorts the leading socket first: one that is open as a whole, of the highest version, spelled in full, met first.
fn leadership(port: &Port<'_>, socket: Socket, whole: bool) -> impl Ord + use<> {
    let interface = port.interface();
    let version = interface.as_ref().and_then(|name| name.full_version().cloned());
    let in_full = matches!(interface.and_then(|name| name.version), Some(InterfaceVersion::Full(_)));
    // A version that is not known is lower than any.
    (Reverse(version), !whole, !in_full, socket)
}

fn import(
    context: &Context<'_>,
    draft: &Draft<'_, '_>,
    sockets: &[Socket],
    kept: &Kept,
    whole: &BTreeSet<Socket>,
) -> OpenImport {
    let ports: Vec<Port<'_>> = sockets.iter().map(|socket| port(context, draft, *socket)).collect();
    let lead = &ports[0];
    let mut attrs = lead.item.attrs.clone();
    if attrs.external_id.is_none() {
        attrs.external_id = ports.iter().find_map(|port| port.item.attrs.external_id.clone());
    }
    let mut versions: Vec<_> = ports
        .iter()
        .filter_map(|port| port.interface()?.version)
        .map(|version| (version.full().cloned(), version.as_spelled()))
        .collect();
    versions.sort();
    versions.dedup();
    let merged = if versions.len() > 1 { versions.into_iter().map(|(_, text)| text).collect() } else { Vec::new() };
    let kept: Kept = sockets.iter().filter_map(|socket| Some((*socket, kept.get(socket)?.clone()))).collect();
    let types_only = (!sockets.iter().any(|socket| whole.contains(socket)))
        .then(|| kept.values().flatten().cloned().collect::<BTreeSet<_>>());
    OpenImport { name: lead.name(), attrs, sockets: sockets.to_vec(), types_only, kept, merged }
}

fn fill(draft: &mut Draft<'_, '_>, socket: Socket, id: OpenId) {
    let wire = &mut draft.plan.wires[socket.instance.0][socket.import];
    if wire.source.is_none() {
        wire.source = Some(Source::Open(id));
        let reason = draft.open.iter().find(|(open, _)| *open == socket).map(|(_, reason)| reason.clone());
        wire.reason = reason.unwrap_or(Reason::TypesOnly);
    }
}

/// Reports sockets that do not agree on what they share. Each item is compared with the first socket that has it.
fn check(context: &Context<'_>, draft: &Draft<'_, '_>, sockets: &[Socket], sink: &mut Sink) {
    let mut witnesses: IndexMap<&str, Socket> = IndexMap::new();
    let mut seen: Vec<(crate::model::component::ComponentId, usize)> = Vec::new();
    for socket in sockets {
        let identical = (draft.plan.instance(socket.instance).component, socket.import);
        if seen.contains(&identical) {
            continue;
        }
        seen.push(identical);
        let this = port(context, draft, *socket);
        let mut by_witness: IndexMap<Socket, Vec<&str>> = IndexMap::new();
        for name in item_names(&this.item.entity) {
            let witness = *witnesses.entry(name).or_insert(*socket);
            if witness != *socket {
                by_witness.entry(witness).or_default().push(name);
            }
        }
        for (witness, names) in by_witness {
            let first = port(context, draft, witness);
            if let Some(how) = disagreement(&first, &this, &names) {
                let way = |socket| Way::to(draft, context, socket);
                let origin = |socket: Socket| {
                    context.components.get(draft.plan.instance(socket.instance).component).origin.as_str()
                };
                sink.report(OpenDisagree {
                    first,
                    first_way: way(witness),
                    second: this,
                    second_way: way(*socket),
                    origins: [origin(witness), origin(*socket)],
                    how,
                });
                break;
            }
        }
    }
}

/// The names of an instance's items, after one name that all items share, so that their kinds are compared.
fn item_names(entity: &Entity) -> Vec<&str> {
    let items = match entity {
        Entity::Instance(items) => Some(items.keys().map(String::as_str)),
        _ => None,
    };
    [""].into_iter().chain(items.into_iter().flatten()).collect()
}

fn disagreement(first: &Port<'_>, second: &Port<'_>, names: &[&str]) -> Option<Disagreement> {
    let (a, b) = (&first.item.attrs, &second.item.attrs);
    if let (Some(a), Some(b)) = (&a.external_id, &b.external_id)
        && a != b
    {
        return Some(Disagreement::ExternalId(a.clone(), b.clone()));
    }
    let interfaces = (first.interface(), second.interface());
    match interfaces {
        (Some(a), Some(b)) if !a.same_track(&b) => return Some(Disagreement::Interface(a, b)),
        (Some(_), None) | (None, Some(_)) => return Some(Disagreement::Kind),
        _ => {}
    }
    let shared = |entity: &Entity| match entity {
        Entity::Instance(items) => {
            let named = |(name, _): &(&String, &Item)| names.contains(&name.as_str());
            let items = items.iter().filter(named).map(|(name, item)| (name.clone(), item.clone()));
            Some(Entity::Instance(items.collect()))
        }
        // What has no parts is compared where it stands, so that it keeps its name.
        _ => None,
    };
    let (x, y) = (shared(&first.item.entity), shared(&second.item.entity));
    let x = View { shape: first.shape, entity: x.as_ref().unwrap_or(&first.item.entity) };
    let y = View { shape: second.shape, entity: y.as_ref().unwrap_or(&second.item.entity) };
    let mismatch = fits(x, y).err().or_else(|| fits(y, x).err())?;
    Some(Disagreement::Shape(mismatch))
}
