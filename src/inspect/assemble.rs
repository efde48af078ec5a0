//! From what was read at each place to the distinct parts of the file.

use super::agree::bags_of_types;
use super::anatomy::{Anatomy, Body, Composite, Inner, Instance, Of, Part, PartId, PortKind, Source, Wire};
use super::counts;
use super::read::{self, Occurrence, Read};
use super::spaces::{InnerKind, Instantiation, Origin, Spaces};
use crate::model::component::Digest;
use crate::model::name::InterfaceName;
use crate::model::sizes::Sizes;
use crate::types::shape::{Attrs, Shape};
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The anatomy of bytes that were read.
pub(super) fn anatomy(bytes: &[u8], read: Read, shape: Option<Shape>, sizes: Sizes) -> Anatomy {
    let Read { occurrences, ended, plan, .. } = read;
    let digests: Vec<Digest> = occurrences
        .par_iter()
        .map(|occurrence| Digest(Sha256::digest(bytes.get(occurrence.range.clone()).unwrap_or_default()).into()))
        .collect();
    let parts = Distinct::of(&occurrences, &digests);
    let counts = counts::of(&occurrences, &ended);
    let mut anatomy = Anatomy { parts: Vec::with_capacity(parts.first.len()), shape, counts, sizes, plan };
    for (id, number) in parts.first.iter().enumerate() {
        let part = part(&occurrences, *number, digests[*number], parts.times[id], &parts);
        anatomy.parts.push(part);
    }
    name_instances(&mut anatomy);
    anatomy
}

/// Which occurrences are one part.
struct Distinct {
    /// The part of each occurrence.
    part: Vec<PartId>,
    /// The first occurrence of each part, and how many there are.
    first: Vec<usize>,
    times: Vec<usize>,
}

impl Distinct {
    fn of(occurrences: &[Occurrence], digests: &[Digest]) -> Self {
        let mut distinct = Self { part: Vec::new(), first: Vec::new(), times: Vec::new() };
        let mut known: BTreeMap<(bool, Digest), PartId> = BTreeMap::new();
        for (number, occurrence) in occurrences.iter().enumerate() {
            let key = (matches!(occurrence.body, read::Body::Module(_)), digests[number]);
            let id = match known.get(&key) {
                Some(id) if !occurrence.reaches_out => *id,
                _ => {
                    let id = PartId(distinct.first.len());
                    distinct.first.push(number);
                    distinct.times.push(0);
                    known.insert(key, id);
                    id
                }
            };
            distinct.times[id.0] += 1;
            distinct.part.push(id);
        }
        distinct
    }
}

fn part(occurrences: &[Occurrence], number: usize, digest: Digest, times: usize, parts: &Distinct) -> Part {
    let occurrence = &occurrences[number];
    let inner_bytes: usize = occurrence.inner.iter().map(|inner| occurrences[*inner].range.len()).sum();
    let bytes = occurrence.range.len();
    Part {
        name: occurrence.names.own.clone(),
        bytes,
        own_bytes: bytes.saturating_sub(inner_bytes),
        digest,
        times,
        body: match &occurrence.body {
            read::Body::Module(module) => Body::Module(module.clone()),
            read::Body::Component(spaces) => Body::Component(composite(occurrences, occurrence, spaces, parts)),
        },
        custom: occurrence.custom.clone(),
        producers: occurrence.producers.clone(),
        metadata: occurrence.metadata.clone(),
    }
}

fn composite(occurrences: &[Occurrence], occurrence: &Occurrence, spaces: &Spaces, parts: &Distinct) -> Composite {
    let inner = occurrence.inner.iter().map(|number| {
        let name = spaces.inner_indices.get(number).and_then(|index| occurrence.names.inner.get(index));
        Inner { name: name.cloned(), part: parts.part[*number] }
    });
    let source = |origin: &Origin| source(origin, parts);
    let items = |items: &Vec<(String, PortKind, Origin)>| {
        items.iter().map(|(name, kind, origin)| (name.clone(), *kind, source(origin))).collect()
    };
    let bags: Vec<_> = spaces.bags.iter().map(items).collect();
    Composite {
        bags_of_types: bags_of_types(&bags),
        names_in_bags: spaces.names_in_bags.clone(),
        imports: spaces.imports.clone(),
        export_places: places(spaces.exports.iter().map(|(port, _)| &port.name)),
        exports: spaces.exports.iter().map(|(port, origin)| (port.clone(), source(origin))).collect(),
        inner: inner.collect(),
        instances: spaces
            .instantiations
            .iter()
            .map(|made| {
                let target = target(occurrences, &made.component);
                let imports = target.map_or(&[][..], |target| target.imports.as_slice());
                let order: BTreeMap<&str, usize> =
                    imports.iter().enumerate().map(|(at, port)| (port.name.as_str(), at)).collect();
                let mut wires: Vec<Wire> = made
                    .args
                    .iter()
                    .map(|(name, kind, origin)| {
                        let port = order.get(name.as_str()).map(|at| &imports[*at]);
                        let attrs = port.map_or_else(Attrs::default, |port| port.attrs.clone());
                        Wire { import: name.clone(), attrs, kind: *kind, from: source(origin) }
                    })
                    .collect();
                if target.is_some() {
                    wires.sort_by_key(|wire| order.get(wire.import.as_str()).copied());
                }
                let given = occurrence.names.instances.get(&made.index).cloned();
                let named = given.is_some();
                // For now the name of its component; what it is called in the end is settled when all parts are there.
                let component = occurrence.names.inner.get(&(InnerKind::Component, made.component_index));
                let name = given.or_else(|| component.cloned()).unwrap_or_default();
                let of = match &made.component {
                    Origin::Inner(number) => Of::Part(parts.part[*number]),
                    _ => Of::Elsewhere,
                };
                let shim = target.is_some_and(|target| is_shim(target, made));
                Instance { name, named, of, wire_places: places(wires.iter().map(|wire| &wire.import)), wires, shim }
            })
            .collect(),
        bags,
        core_instances: spaces.core_instances.len(),
        instance_indices: spaces.instance_indices(),
        canonicals: spaces.canonicals,
        starts: spaces.starts,
        lifts: spaces.lifts,
    }
}

/// Where each name stands; the first of a name counts, should there be several.
fn places<'n>(names: impl DoubleEndedIterator<Item = &'n String> + ExactSizeIterator) -> BTreeMap<String, usize> {
    names.enumerate().rev().map(|(at, name)| (name.clone(), at)).collect()
}

fn target<'o>(occurrences: &'o [Occurrence], component: &Origin) -> Option<&'o Spaces> {
    match component {
        Origin::Inner(number) => match &occurrences.get(*number)?.body {
            read::Body::Component(spaces) => Some(spaces),
            read::Body::Module(_) => None,
        },
        _ => None,
    }
}

/// Whether a component has nothing of its own but types, and is given nothing but types and functions lifted beside it:
/// `wit-component` wraps what a component exports this way.
pub(super) fn is_shim(target: &Spaces, made: &Instantiation) -> bool {
    let plain = |kind| matches!(kind, PortKind::Func | PortKind::Type);
    let holds_nothing = target.inner_indices.is_empty() && target.instantiations.is_empty() && !target.lifts;
    holds_nothing
        && !target.exports.is_empty()
        && target.imports.iter().all(|port| plain(port.kind))
        && target.exports.iter().all(|(port, _)| plain(port.kind))
        && made.args.iter().all(|(_, kind, origin)| *kind == PortKind::Type || *origin == Origin::Own)
}

fn source(origin: &Origin, parts: &Distinct) -> Source {
    match origin {
        Origin::Import(import, path) => Source::Import(*import, path.clone()),
        Origin::Instantiation(instance, path) => Source::Instance(*instance, path.clone()),
        Origin::Bag(bag) => Source::Bag(*bag),
        Origin::Inner(number) => Source::Part(parts.part[*number]),
        Origin::Own => Source::Own,
        Origin::Outer => Source::Outer,
    }
}

/// Gives every instance a name that no other beside it has: its own, that of its component, the package of the first
/// interface it exports, or `instance`, with a number if need be. Names that stand in the file go before those made here.
fn name_instances(anatomy: &mut Anatomy) {
    let own: Vec<Option<String>> =
        anatomy.parts.iter().map(|part| part.name.clone().or_else(|| first_package(part))).collect();
    for part in &mut anatomy.parts {
        let Body::Component(component) = &mut part.body else { continue };
        let inner: BTreeMap<PartId, String> =
            component.inner.iter().filter_map(|inner| Some((inner.part, inner.name.clone()?))).collect();
        let mut taken = BTreeSet::new();
        // How often each name was asked for.
        let mut asked: BTreeMap<String, usize> = BTreeMap::new();
        for named in [true, false] {
            for instance in component.instances.iter_mut().filter(|instance| instance.named == named) {
                let of = match instance.of {
                    Of::Part(part) => inner.get(&part).or(own[part.0].as_ref()),
                    Of::Elsewhere => None,
                };
                let base = match instance.name.is_empty() {
                    false => instance.name.clone(),
                    true => of.cloned().unwrap_or_else(|| "instance".into()),
                };
                let mut name = base.clone();
                let number = asked.entry(base.clone()).or_insert(0);
                *number += 1;
                if *number > 1 {
                    name = format!("{base}-{number}");
                }
                while taken.contains(&name) {
                    *number += 1;
                    name = format!("{base}-{number}");
                }
                taken.insert(name.clone());
                instance.name = name;
            }
        }
    }
}

/// The package of the first interface that a component exports, of WASI's only if there is no other.
fn first_package(part: &Part) -> Option<String> {
    let exports = &part.component()?.exports;
    let interfaces =
        exports.iter().filter_map(|(port, _)| InterfaceName::parse(&port.name, port.attrs.version_suffix.as_deref()));
    interfaces.min_by_key(|name| name.namespace == "wasi").map(|name| name.package)
}
