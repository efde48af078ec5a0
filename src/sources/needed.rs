//! Which of the components on offer have to be read.
//!
//! Those whose export has a name that something asks for, whoever is read for that, and so on; those that the user
//! names; and where nobody offers what is asked for, those that come near it, so that messages can name them. Whether an
//! export fits is not decided here: a component that is read for nothing does no harm, and is not in the result.

use super::skim::Names;
use crate::model::near::nearest;
use crate::model::request::{PinTo, Request, Written};
use std::collections::{BTreeMap, BTreeSet};

/// A component on offer.
#[derive(Debug)]
pub(super) struct OnOffer<'a> {
    /// The name that it goes by.
    pub(super) name: &'a str,
    /// What the user calls it; a root may be named so.
    pub(super) origin: &'a str,
    /// What it imports and exports; what could not be skimmed is read, so that somebody says why.
    pub(super) names: Option<&'a Names>,
}

/// The positions of those that are needed by `given`, the components that are read in any case.
pub(super) fn needed(request: &Request, given: &[Names], offered: &[OnOffer<'_>]) -> BTreeSet<usize> {
    let mut exporters: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut by_name: BTreeMap<&str, usize> = BTreeMap::new();
    let mut needed = BTreeSet::new();
    for (index, component) in offered.iter().enumerate() {
        by_name.insert(component.origin, index);
        by_name.insert(component.name, index);
        match component.names {
            Some(names) => names.exports.iter().for_each(|name| exporters.entry(name).or_default().push(index)),
            None => drop(needed.insert(index)),
        }
    }
    for word in said(request) {
        let named = by_name.get(word).or_else(|| by_name.get(nearest(word, by_name.keys().copied())?));
        needed.extend(named);
    }

    let mut asked: BTreeSet<&str> = given.iter().flat_map(|names| &names.imports).map(String::as_str).collect();
    let of = |index: usize| offered[index].names.into_iter().flat_map(|names: &Names| &names.imports);
    asked.extend(needed.iter().flat_map(|index| of(*index)).map(String::as_str));
    let mut open: Vec<&str> = asked.iter().copied().collect();
    while let Some(name) = open.pop() {
        for index in exporters.get(name).into_iter().flatten() {
            if needed.insert(*index) {
                open.extend(of(*index).map(String::as_str).filter(|name| asked.insert(name)));
            }
        }
    }

    let provided: BTreeSet<&str> = given.iter().flat_map(|names| &names.exports).map(String::as_str).collect();
    for name in asked.iter().filter(|name| !exporters.contains_key(*name) && !provided.contains(*name)) {
        // What everybody imports and nobody is expected to provide is near nothing.
        if !name.starts_with("wasi:") {
            let near = exporters.iter().filter(|(other, _)| is_near(name, other));
            needed.extend(near.flat_map(|(_, indices)| indices));
        }
    }
    needed
}

/// Whether two names are of the same interface in another package, or a slip apart.
fn is_near(name: &str, other: &str) -> bool {
    fn last(name: &str) -> &str {
        name.rsplit('/').next().expect("a split has a part")
    }
    last(name) == last(other) || nearest(name, [other]).is_some()
}

/// Every word of a request that may be the name of a component on offer.
pub(super) fn said(request: &Request) -> BTreeSet<&str> {
    words(request).into_iter().map(|word| word.text.as_str()).collect()
}

/// The words that can only be names of inputs: no further instance is called so.
pub(super) fn of_inputs(request: &Request) -> Vec<&Written> {
    let instances = request.instances.iter().filter(|wanted| wanted.component.is_some());
    let instances: BTreeSet<&str> = instances.map(|wanted| wanted.name.text.as_str()).collect();
    let components: Vec<&Written> = request.instances.iter().filter_map(|wanted| wanted.component.as_ref()).collect();
    let others = words(request).into_iter().filter(|word| !instances.contains(word.text.as_str()));
    components.into_iter().chain(others).collect()
}

fn words(request: &Request) -> Vec<&Written> {
    let Request { root, instances, pins, chains, exports, .. } = request;
    let mut said: Vec<&Written> = root.iter().collect();
    said.extend(instances.iter().flat_map(|wanted| [Some(&wanted.name), wanted.component.as_ref()]).flatten());
    for pin in pins {
        said.extend(&pin.instance);
        match &pin.to {
            PinTo::Instance(instance)
            | PinTo::Export { instance, .. }
            | PinTo::Whole(instance)
            | PinTo::Fitting(instance) => said.push(instance),
            PinTo::Open(_) => {}
        }
    }
    said.extend(chains.iter().flat_map(|chain| &chain.members));
    said.extend(exports.iter().map(|export| &export.instance));
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(imports: &[&str], exports: &[&str]) -> Names {
        let set = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Names { imports: set(imports), exports: set(exports) }
    }

    fn run(request: &Request, given: &[Names], offered: &[(&str, Option<Names>)]) -> Vec<String> {
        let offered: Vec<_> =
            offered.iter().map(|(name, names)| OnOffer { name, origin: name, names: names.as_ref() }).collect();
        needed(request, given, &offered).into_iter().map(|index| offered[index].name.to_owned()).collect()
    }

    #[test]
    fn what_is_asked_for_is_needed_and_what_that_asks_for_and_nothing_else() {
        let offered = [
            ("kv", Some(names(&["a:disk/api", "wasi:io/streams"], &["a:kv/store"]))),
            ("disk", Some(names(&[], &["a:disk/api"]))),
            ("other-kv", Some(names(&["a:net/api"], &["a:kv/store", "x:y/z"]))),
            ("net", Some(names(&["a:kv/store"], &["a:net/api"]))),
            ("mail", Some(names(&["a:queue/api"], &["a:mail/api"]))),
        ];
        let given = [names(&["a:kv/store"], &["wasi:cli/run"])];
        assert_eq!(run(&Request::new(), &given, &offered), ["kv", "disk", "other-kv", "net"]);
        assert_eq!(run(&Request::new(), &[], &offered), Vec::<String>::new());
    }

    #[test]
    fn what_is_named_is_needed_also_if_misspelt_and_so_is_what_cannot_be_skimmed() {
        let offered = [
            ("mail", Some(names(&["a:queue/api"], &["a:mail/api"]))),
            ("queue", Some(names(&[], &["a:queue/api"]))),
            ("broken", None),
            ("tax", Some(names(&[], &["a:tax/api"]))),
        ];
        for root in ["mail", "mial"] {
            let request = Request { root: Some(Written::new(root)), ..Request::new() };
            assert_eq!(run(&request, &[], &offered), ["mail", "queue", "broken"]);
        }
    }

    #[test]
    fn what_comes_near_is_read_for_the_messages() {
        let offered = [
            ("spelt", Some(names(&[], &["acme:kv/stroe"]))),
            ("elsewhere", Some(names(&[], &["other:pkg/store"]))),
            ("far", Some(names(&[], &["acme:tax/rates"]))),
            ("host", Some(names(&[], &["wasi:io/stream"]))),
        ];
        let given = [names(&["acme:kv/store", "wasi:io/streams"], &[])];
        assert_eq!(run(&Request::new(), &given, &offered), ["spelt", "elsewhere"]);
    }
}
