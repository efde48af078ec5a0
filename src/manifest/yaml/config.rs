//! The keys of a configuration. All of it is judged in one run.

use super::diags::ImportComponents;
use super::tree::{Node, Value};
use crate::diag::{Diagnostic, Source};
use crate::manifest::diags::{DuplicateKey, MissingKey, Spot, UnknownKey, WrongType};
use crate::model::near::nearest;
use crate::model::request::{Argument, Input, Instantiation, SearchRequest, Written};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const KEYS: &[&str] = &[
    "definitions",
    "search-paths",
    "skip-validation",
    "import-components",
    "disallow-imports",
    "dependencies",
    "instantiations",
];

/// Reads the keys; what is wrong goes to `found`.
pub(super) fn read(
    source: &Arc<Source>,
    tree: Option<&Node>,
    base: &Path,
    root: Option<Input>,
    found: &mut Vec<Diagnostic>,
) -> Option<SearchRequest> {
    let mut reader = Reader { source, base, found };
    // The folder of the configuration is searched first.
    let here = if base.as_os_str().is_empty() { ".".to_owned() } else { base.display().to_string() };
    let mut search = SearchRequest {
        root,
        definitions: Vec::new(),
        folders: vec![(here, base.to_owned())],
        dependencies: Vec::new(),
        instantiations: Vec::new(),
        open: true,
    };
    let Some(tree) = tree.filter(|tree| !tree.is_null()) else { return Some(search) };
    for (key, value) in reader.entries("", tree, "a map of settings", KEYS)? {
        match key.text.as_str() {
            "definitions" => search.definitions = reader.paths("definitions", value),
            "search-paths" => {
                // The other tool takes them from where it works, its manual from the configuration's folder.
                for (written, path) in reader.paths("search-paths", value) {
                    let given = written.at.as_ref().map_or("", |(source, span)| &source.text[span.clone()]);
                    let given = given.trim_matches(['"', '\'']).to_owned();
                    search.folders.push((written.text, path.clone()));
                    if Path::new(&given) != path {
                        search.folders.push((given.clone(), PathBuf::from(given)));
                    }
                }
            }
            // Every result is verified, whatever is said.
            "skip-validation" => {
                reader.boolean("skip-validation", value);
            }
            "import-components" if reader.boolean("import-components", value) == Some(true) => {
                let spot = reader.spot(value.span.clone());
                reader.report(ImportComponents { spot });
            }
            "disallow-imports" => search.open = reader.boolean("disallow-imports", value) != Some(true),
            "dependencies" => reader.dependencies(value, &mut search),
            "instantiations" => reader.instantiations(value, &mut search),
            _ => {}
        }
    }
    Some(search)
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    base: &'a Path,
    found: &'a mut Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    fn report(&mut self, facts: impl Into<Diagnostic>) {
        self.found.push(facts.into());
    }

    fn spot(&self, span: Range<usize>) -> Spot<'a> {
        Spot { source: self.source, span }
    }

    fn written(&self, text: &str, span: &Range<usize>) -> Written {
        Written { text: text.into(), at: Some((self.source.clone(), span.clone())) }
    }

    fn wrong_type(&mut self, key: &str, value: &Node, expected: &str) {
        self.report(WrongType { spot: self.spot(value.span.clone()), key, expected, found: value.kind(), help: None });
    }

    /// The entries of a map that may have these keys; any, if there are none. Keys that are there twice are reported.
    fn entries<'t>(
        &mut self,
        place: &str,
        value: &'t Node,
        expected: &str,
        known: &[&str],
    ) -> Option<Vec<(Written, &'t Node)>> {
        let Value::Map(map) = &value.value else {
            self.wrong_type(if place.is_empty() { "the configuration" } else { place }, value, expected);
            return None;
        };
        let mut entries: Vec<(Written, &Node)> = Vec::new();
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for (key, value) in map {
            let Value::Scalar(text, _) = &key.value else {
                self.wrong_type("a key", key, "a string");
                continue;
            };
            let spot = self.spot(key.span.clone());
            if !known.is_empty() && !known.contains(&text.as_str()) {
                let near = nearest(text, known.iter().copied());
                self.report(UnknownKey { spot, key: text, table: place, known, near, home: None });
                continue;
            }
            if let Some((first, _)) = seen.get(text.as_str()).map(|at| &entries[*at]) {
                let first = first.at.as_ref().map(|(_, span)| span.clone());
                self.report(DuplicateKey { spot, first, key: text });
                continue;
            }
            seen.insert(text, entries.len());
            entries.push((self.written(text, &key.span), value));
        }
        Some(entries)
    }

    fn string(&mut self, key: &str, value: &Node) -> Option<Written> {
        match &value.value {
            Value::Scalar(text, _) if !value.is_null() => Some(self.written(text, &value.span)),
            _ => {
                self.wrong_type(key, value, "a string");
                None
            }
        }
    }

    fn boolean(&mut self, key: &str, value: &Node) -> Option<bool> {
        match &value.value {
            Value::Scalar(text, false) if text == "true" || text == "false" => Some(text == "true"),
            _ => {
                self.wrong_type(key, value, "`true` or `false`");
                None
            }
        }
    }

    /// A list of paths; what is no string is reported and left out.
    fn paths(&mut self, key: &str, value: &Node) -> Vec<(Written, PathBuf)> {
        let Value::List(items) = &value.value else {
            self.wrong_type(key, value, "a list of strings");
            return Vec::new();
        };
        let words: Vec<Written> = items.iter().filter_map(|item| self.string(key, item)).collect();
        words.into_iter().map(|word| self.path(word)).collect()
    }

    /// A path as the user would name the file from where compose works, and where it is.
    fn path(&self, word: Written) -> (Written, PathBuf) {
        let path = self.base.join(&word.text);
        (Written { text: path.display().to_string(), ..word }, path)
    }

    fn dependencies(&mut self, value: &Node, search: &mut SearchRequest) {
        for (name, value) in self.entries("dependencies", value, "a map of components", &[]).unwrap_or_default() {
            let place = format!("dependencies.{}", name.text);
            let path = match &value.value {
                Value::Scalar(..) => self.string(&place, value),
                _ => {
                    let entries = self.entries(&place, value, "a path, or a map with `path`", &["path"]);
                    entries.and_then(|entries| self.needed(&entries, "path", &place, value))
                }
            };
            if let Some(path) = path {
                let (written, path) = self.path(path);
                search.dependencies.push((name, written, path));
            }
        }
    }

    fn instantiations(&mut self, value: &Node, search: &mut SearchRequest) {
        for (name, value) in self.entries("instantiations", value, "a map of instances", &[]).unwrap_or_default() {
            let place = format!("instantiations.{}", name.text);
            let mut instance = Instantiation { name, dependency: None, arguments: Vec::new() };
            let entries = self.entries(&place, value, "a map", &["dependency", "arguments"]).unwrap_or_default();
            for (key, value) in entries {
                if key.text == "dependency" {
                    instance.dependency = self.string("dependency", value);
                } else {
                    self.arguments(&place, value, &mut instance);
                }
            }
            search.instantiations.push(instance);
        }
    }

    fn arguments(&mut self, place: &str, value: &Node, instance: &mut Instantiation) {
        let place = format!("{place}.arguments");
        for (import, value) in self.entries(&place, value, "a map of imports", &[]).unwrap_or_default() {
            if let Value::Scalar(..) = &value.value {
                let Some(from) = self.string(&import.text, value) else { continue };
                instance.arguments.push(Argument { import, instance: from, export: None });
                continue;
            }
            let expected = "the name of an instance, or a map with `instance` and `export`";
            let Some(entries) = self.entries(&import.text, value, expected, &["instance", "export"]) else { continue };
            let export = entries.iter().find(|(key, _)| key.text == "export");
            let export = export.and_then(|(_, value)| self.string("export", value));
            if let Some(from) = self.needed(&entries, "instance", &import.text, value) {
                instance.arguments.push(Argument { import, instance: from, export });
            }
        }
    }

    /// A key that has to be there.
    fn needed(&mut self, entries: &[(Written, &Node)], key: &str, place: &str, map: &Node) -> Option<Written> {
        if let Some((_, value)) = entries.iter().find(|(known, _)| known.text == key) {
            return self.string(key, value);
        }
        let (spot, place) = (self.spot(map.span.clone()), format!("`{place}`"));
        self.report(MissingKey { spot, key, place: &place, help: format!("{key}: …"), why: None });
        None
    }
}
