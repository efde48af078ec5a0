//! Types that have another name: the same kind of declaration, and the same type behind it.

use super::interface::Body;
use super::names::Sym;
use super::pairs::Met;
use super::types::{Form, form};
use super::{Differ, Which, text};
use std::collections::{BTreeSet, HashMap, HashSet};
use wit_parser::{Resolve, Type, TypeId};

/// Types of a body that only one side has, in the order they are declared, each with the name of the type before it that
/// both sides have.
struct Alone<'a> {
    old: Vec<(TypeId, Option<&'a str>)>,
    new: Vec<(TypeId, Option<&'a str>)>,
}

/// Fills in the types of all bodies.
pub(super) fn find(differ: &mut Differ<'_>, bodies: &mut [Body]) {
    let mut alone: Vec<Alone<'_>> = Vec::new();
    for body in bodies.iter_mut() {
        let (old, new) = (body.named(differ, Which::Old), body.named(differ, Which::New));
        let partner: HashMap<&str, TypeId> = new.iter().copied().collect();
        let names: HashSet<&str> = old.iter().map(|(name, _)| *name).collect();
        body.types.extend(old.iter().filter_map(|(name, id)| Some(Met::Both(*id, *partner.get(name)?))));
        let left = |types: &[(&'_ str, TypeId)], both: &dyn Fn(&str) -> bool| -> Vec<(TypeId, Option<usize>)> {
            let mut before = None;
            let mut left = Vec::new();
            for (at, (name, id)) in types.iter().enumerate() {
                if both(name) {
                    before = Some(at);
                } else {
                    left.push((*id, before));
                }
            }
            left
        };
        let olds = left(&old, &|name| partner.contains_key(name));
        let news = left(&new, &|name| names.contains(name));
        alone.push(Alone {
            old: olds.into_iter().map(|(id, before)| (id, before.map(|at| old[at].0))).collect(),
            new: news.into_iter().map(|(id, before)| (id, before.map(|at| new[at].0))).collect(),
        });
    }
    // What a type is depends on which resources are the same, so these come first.
    for (body, alone) in bodies.iter_mut().zip(&mut alone) {
        resources(differ, body, alone);
    }
    for (body, alone) in bodies.iter_mut().zip(&mut alone) {
        values(differ, body, alone);
    }
    for (body, alone) in bodies.iter_mut().zip(alone) {
        body.types.extend(alone.old.iter().map(|(id, _)| Met::Removed(*id)));
        body.types.extend(alone.new.iter().map(|(id, _)| Met::Added(*id)));
        differ.alone[0].extend(alone.old.into_iter().map(|(id, _)| id));
        differ.alone[1].extend(alone.new.into_iter().map(|(id, _)| id));
    }
}

/// Two types are one.
fn rename(differ: &mut Differ<'_>, body: &mut Body, alone: &mut Alone<'_>, old: TypeId, new: TypeId) {
    let name = differ.after().types[new].name.clone().unwrap_or_default();
    differ.names.rename(old, &name);
    alone.old.retain(|(id, _)| *id != old);
    alone.new.retain(|(id, _)| *id != new);
    body.types.push(Met::Renamed(old, new));
}

/// Resources are known by their functions: four of five must be the same. Those without any by their place.
fn resources(differ: &mut Differ<'_>, body: &mut Body, alone: &mut Alone<'_>) {
    let resource = |resolve: &Resolve, id: TypeId| form(resolve, id) == Form::Resource;
    let olds: Vec<_> = alone.old.iter().copied().filter(|(id, _)| resource(differ.before(), *id)).collect();
    let mut news: Vec<_> = alone.new.iter().copied().filter(|(id, _)| resource(differ.after(), *id)).collect();
    if olds.is_empty() || news.is_empty() {
        return;
    }
    let functions = [functions(differ, Which::Old, body), functions(differ, Which::New, body)];
    for (old, before) in olds {
        let was = functions[0].get(&old).cloned().unwrap_or_default();
        let found = news.iter().position(|(new, place)| {
            let is = functions[1].get(new).cloned().unwrap_or_default();
            let most = was.len().max(is.len());
            if most == 0 { before == *place } else { was.intersection(&is).count() * 5 >= most * 4 }
        });
        if let Some(at) = found {
            let (new, _) = news.remove(at);
            rename(differ, body, alone, old, new);
        }
    }
}

/// The functions of each resource as texts in which it is called `self`.
fn functions(differ: &Differ<'_>, which: Which, body: &Body) -> HashMap<TypeId, BTreeSet<String>> {
    let resolve = differ.resolve(which);
    let mut found: HashMap<TypeId, BTreeSet<String>> = HashMap::new();
    for function in body.functions(differ, which) {
        if let Some(of) = function.kind.resource() {
            let name = resolve.types[of].name.as_deref().unwrap_or_default();
            let text = text::function(resolve, function);
            let is_name = |letter: char| letter.is_ascii_alphanumeric() || "-%".contains(letter);
            let mut words = String::new();
            for part in text.split_inclusive(|letter| !is_name(letter)) {
                let word = part.trim_end_matches(|letter| !is_name(letter));
                words.push_str(if word == name { "self" } else { word });
                words.push_str(&part[word.len()..]);
            }
            found.entry(of).or_default().insert(words);
        }
    }
    found
}

/// Types without resources of their own are known by what they are; aliases and `use` also by their place, since many
/// mean the same.
fn values(differ: &mut Differ<'_>, body: &mut Body, alone: &mut Alone<'_>) {
    type Key<'a> = (Form, Sym, Option<&'a str>);
    let mut candidates: HashMap<Key<'_>, Vec<TypeId>> = HashMap::new();
    fn key<'a>(differ: &mut Differ<'_>, which: Which, id: TypeId, before: Option<&'a str>) -> Option<Key<'a>> {
        let form = form(differ.resolve(which), id);
        let sym = differ.names.structure(which, Type::Id(id));
        match form {
            Form::Resource => None,
            Form::Use | Form::Alias => Some((form, sym, before)),
            Form::Record | Form::Variant | Form::Enum | Form::Flags => Some((form, sym, None)),
        }
    }
    for (id, before) in alone.new.iter().rev() {
        if let Some(key) = key(differ, Which::New, *id, *before) {
            candidates.entry(key).or_default().push(*id);
        }
    }
    for (id, before) in alone.old.clone() {
        let Some(key) = key(differ, Which::Old, id, before) else { continue };
        if let Some(new) = candidates.get_mut(&key).and_then(Vec::pop) {
            rename(differ, body, alone, id, new);
        }
    }
}
