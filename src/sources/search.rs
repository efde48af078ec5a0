//! A composition that is found by names: from the root on, each import is looked for as an instance of that name, else as
//! a component of that name, given or in a folder.
//!
//! What is found becomes inputs, instances and pins, as if they had been written by hand; which export of an instance
//! fits, if none is named, is left to who knows types. Only what is reached is there at all. An import of a name that
//! nobody has stays open; an instance that was *named* and that nobody has is an error.

use super::diags::NotFoundByName;
use super::wit::sorted_entries;
use super::{file, skim, text};
use crate::diag::Sink;
use crate::model::kebab::kebab_of;
use crate::model::name::is_kebab;
use crate::model::near::nearest;
use crate::model::request::{
    Argument, Input, InputFrom, InstanceRequest, Instantiation, Pin, PinTo, Request, SearchRequest, Written,
};
use indexmap::IndexMap;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The name of the root in a configuration.
const ROOT: &str = "root";

/// Puts everything that is found into the request.
pub(super) fn expand(search: &SearchRequest, request: &mut Request, sink: &mut Sink) {
    let mut finder = Finder { search, taken: BTreeSet::new(), instances: IndexMap::new(), found: IndexMap::new() };
    let root = match &search.root {
        Some(Input { name, from: InputFrom::Path { written, path } }) => {
            Some((name.clone(), written.clone(), path.clone()))
        }
        _ => finder.in_folders(ROOT).map(|(written, path)| (None, Written::new(written), path)),
    };
    let Some((name, written, path)) = root else {
        sink.report(NotFoundByName { name: None, folders: finder.folders(), near: None });
        return;
    };
    let called = name.map_or_else(|| stem(&path), |name| name.text);
    finder.add(ROOT, &called, Component { written, path });
    let mut at = 0;
    while at < finder.instances.len() {
        finder.wire(at, request, sink);
        at += 1;
    }
    finder.finish(request);
}

/// A component that is instantiated.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Component {
    written: Written,
    path: PathBuf,
}

struct Finder<'s> {
    search: &'s SearchRequest,
    taken: BTreeSet<String>,
    /// By the name in the configuration: the name in the request, and the component.
    instances: IndexMap<String, (String, Component)>,
    /// Components by their names, as far as they were looked for.
    found: IndexMap<String, Option<Component>>,
}

impl<'s> Finder<'s> {
    fn folders(&self) -> Vec<&'s str> {
        self.search.folders.iter().map(|(written, _)| written.as_str()).collect()
    }

    /// Adds an instance; gives what it is called in the request.
    fn add(&mut self, name: &str, called: &str, component: Component) -> String {
        let called = self.free(&kebab_of(called));
        self.instances.insert(name.to_owned(), (called.clone(), component));
        called
    }

    fn free(&mut self, name: &str) -> String {
        let mut candidate = name.to_owned();
        for number in 2_usize.. {
            if self.taken.insert(candidate.clone()) {
                break;
            }
            candidate = format!("{name}-{number}");
        }
        candidate
    }

    fn instantiation(&self, name: &str) -> Option<&'s Instantiation> {
        self.search.instantiations.iter().find(|instance| instance.name.text == name)
    }

    /// Says what fills each import of an instance.
    fn wire(&mut self, at: usize, request: &mut Request, sink: &mut Sink) {
        let Some((name, (called, component))) = self.instances.get_index(at) else { return };
        let (name, called, component) = (name.clone(), called.clone(), component.clone());
        let said = self.instantiation(&name);
        let arguments: &[Argument] = said.map_or(&[], |said| &said.arguments);
        let instance = Written { text: called, at: said.and_then(|said| said.name.at.clone()) };
        let imports = names(&component).imports;
        let mut pin = |import: Written, to: PinTo| {
            request.pins.push(Pin { instance: Some(instance.clone()), import, inferred: false, to });
        };
        for import in &imports {
            if let Some(instance) = self.defined(import) {
                let export = Written::new(import);
                pin(Written::new(import), PinTo::Export { instance, export, inner: Vec::new() });
                continue;
            }
            let Some(argument) = arguments.iter().find(|argument| argument.import.text == *import) else {
                if let Some(provider) = self.provider(import) {
                    pin(Written::new(import), PinTo::Fitting(Written::new(provider)));
                }
                continue;
            };
            let to = match (self.provider(&argument.instance.text), &argument.export) {
                (Some(text), export) => {
                    let instance = Written { text, ..argument.instance.clone() };
                    match export {
                        Some(export) => PinTo::Export { instance, export: export.clone(), inner: Vec::new() },
                        None => PinTo::Fitting(instance),
                    }
                }
                (None, _) => {
                    let said = self.instantiation(&argument.instance.text).and_then(|said| said.dependency.as_ref());
                    let name = said.unwrap_or(&argument.instance);
                    let near = self.near(&name.text);
                    sink.report(NotFoundByName { name: Some(name), folders: self.folders(), near });
                    PinTo::Open(argument.instance.clone())
                }
            };
            pin(argument.import.clone(), to);
        }
        // An argument for what is no import is told by who knows all imports.
        for argument in arguments.iter().filter(|argument| !imports.contains(&argument.import.text)) {
            pin(argument.import.clone(), PinTo::Open(argument.instance.clone()));
        }
        if self.search.open && !imports.is_empty() {
            pin(Written::new("*"), PinTo::Open(Written::new("open")));
        }
    }

    /// The definition that exports a name, as an instance.
    fn defined(&mut self, import: &str) -> Option<Written> {
        let search = self.search;
        let (word, path) = search.definitions.iter().find(|(written, path)| {
            names(&Component { written: written.clone(), path: path.clone() }).exports.iter().any(|name| name == import)
        })?;
        // A definition is an instance of its own, which no other name leads to.
        let key = format!("definition {}", word.text);
        let text = match self.instances.get(&key) {
            Some((called, _)) => called.clone(),
            None => self.add(&key, &stem(path), Component { written: word.clone(), path: path.clone() }),
        };
        Some(Written { text, ..word.clone() })
    }

    /// The instance of a name, made if there is a component for it.
    fn provider(&mut self, name: &str) -> Option<String> {
        if let Some((called, _)) = self.instances.get(name) {
            return Some(called.clone());
        }
        let said = self.instantiation(name).and_then(|said| said.dependency.as_ref());
        let component = self.component(said.map_or(name, |word| &word.text))?;
        // The name of an interface makes no good name for an instance; that of the file does.
        let called = if is_kebab(name) { name.to_owned() } else { stem(&component.path) };
        Some(self.add(name, &called, component))
    }

    fn component(&mut self, name: &str) -> Option<Component> {
        if let Some(known) = self.found.get(name) {
            return known.clone();
        }
        let given = self.search.dependencies.iter().find(|(known, ..)| known.text == name);
        let component = match given {
            Some((_, written, path)) => Some(Component { written: written.clone(), path: path.clone() }),
            None => self.in_folders(name).map(|(written, path)| Component { written: Written::new(written), path }),
        };
        self.found.insert(name.to_owned(), component.clone());
        component
    }

    /// The file of a name in one of the folders.
    fn in_folders(&self, name: &str) -> Option<(String, PathBuf)> {
        self.search.folders.iter().find_map(|(written, folder)| {
            ["wasm", "wat"].iter().find_map(|ending| {
                // The other tool takes what follows the last dot of the name for an ending and replaces it.
                let replaced = Path::new(name).with_extension(ending).display().to_string();
                [format!("{name}.{ending}"), replaced].into_iter().find_map(|file| {
                    let path = folder.join(&file);
                    let written = match written.as_str() {
                        "." => file,
                        folder => format!("{}/{file}", folder.trim_end_matches('/')),
                    };
                    path.is_file().then_some((written, path))
                })
            })
        })
    }

    fn near(&self, name: &str) -> Option<String> {
        let dependencies = self.search.dependencies.iter().map(|(name, ..)| name.text.as_str());
        let instances = self.search.instantiations.iter().map(|instance| instance.name.text.as_str());
        let entries = |folder: &PathBuf| sorted_entries(folder).unwrap_or_default();
        let files: Vec<String> = self
            .search
            .folders
            .iter()
            .flat_map(|(_, folder)| entries(folder))
            .filter_map(|(file, _)| {
                Some(file.rsplit_once('.').filter(|(_, end)| *end == "wasm" || *end == "wat")?.0.to_owned())
            })
            .collect();
        nearest(name, dependencies.chain(instances).chain(files.iter().map(String::as_str))).map(str::to_owned)
    }

    /// The components as inputs: one that is made once is called like its instance.
    fn finish(mut self, request: &mut Request) {
        let mut by_component: IndexMap<PathBuf, (Written, Vec<Written>)> = IndexMap::new();
        for (name, (called, component)) in &self.instances {
            let at = self.instantiation(name).and_then(|said| said.name.at.clone());
            let entry = by_component.entry(component.path.clone());
            let (_, instances) = entry.or_insert_with(|| (component.written.clone(), Vec::new()));
            instances.push(Written { text: called.clone(), at });
        }
        request.root = self.instances.first().map(|(_, (called, _))| Written::new(called));
        for (path, (written, instances)) in by_component {
            let component = match instances.as_slice() {
                [only] => only.clone(),
                _ => {
                    let component = Written::new(self.free(&kebab_of(&stem(&path))));
                    let further = instances.into_iter();
                    request.instances.extend(further.map(|name| InstanceRequest {
                        name,
                        component: Some(component.clone()),
                        keep: false,
                    }));
                    component
                }
            };
            request.inputs.push(Input { name: Some(component), from: InputFrom::Path { written, path } });
        }
    }
}

fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}

/// The names of a component; none if it cannot be read, which is said when it is.
fn names(component: &Component) -> skim::Spelled {
    let read = || {
        let file = file::read(&component.path).ok()?;
        if !text::is_wat(Some(&component.path), &file.bytes) {
            return skim::spelled(&file.bytes);
        }
        let source = text::utf8(&component.written.text, None, &file.bytes).ok()?;
        skim::spelled(&text::translate(&source).ok()?)
    };
    read().unwrap_or_default()
}
