//! All statements together, once they are read and nothing is wrong: the request.
//!
//! Names of instances are given out here, because those that `let` gives go first. The root is the instance that is
//! exported first, else the last one that was made; nothing but the order of the plan hangs on it.

use super::lower::{Argument, Export, Filler, Import, Item, Lowering, Value, range};
use super::names::Names;
use super::packages::Packages;
use crate::model::request::{
    DECLARED, DeclaredImport, ExportRequest, Input, InputFrom, InstanceRequest, Pin, PinTo, Request, WorldRequest,
    Written,
};
use std::collections::BTreeSet;
use std::path::PathBuf;
use wac_parser::Document;

impl Lowering<'_> {
    /// Puts everything together, once all is read and nothing is wrong.
    pub(super) fn finish(self, document: &Document<'_>, packages: &Packages) -> Request {
        let mut names = Names::default();
        self.instances.iter().filter_map(|instance| instance.name.as_ref()).for_each(|name| names.take(&name.text));
        let called: Vec<Written> = self
            .instances
            .iter()
            .map(|instance| match &instance.name {
                Some(name) => name.clone(),
                None => {
                    let (package, _) = &self.packages.get_index(instance.package).expect("it was entered").0;
                    self.written(&names.of_package(package), instance.at.clone())
                }
            })
            .collect();
        let mut request = Request { auto_wire: false, export_root: false, allow: Vec::new(), ..Request::new() };
        let directive = &document.directive;
        request.name = Some(self.written(directive.package.name, range(directive.package.span)));
        request.version = directive
            .package
            .version
            .as_ref()
            .map(|found| self.written(&found.to_string(), range(directive.package.span)));
        let root = self.exports.iter().find_map(|export| number(&export.of.item)).unwrap_or(self.instances.len() - 1);
        request.root = Some(called[root].clone());
        request.world = directive.targets.as_ref().map(|path| {
            let version = path.version.as_ref().map(ToString::to_string);
            let span = range(path.span);
            WorldRequest {
                written: self.written(path.string, span.clone()),
                path: PathBuf::new(),
                name: Some(self.written(path.string, span.clone())),
                package: Some(packages.request(self.written(path.name, span), path.name, version.as_deref())),
            }
        });

        for (index, package) in self.packages.values().enumerate() {
            let of_it: Vec<usize> = (0..called.len()).filter(|at| self.instances[*at].package == index).collect();
            let spelled = match &package.version {
                Some(version) => format!("{}@{version}", package.name),
                None => package.name.clone(),
            };
            let from =
                packages.request(self.written(&spelled, package.at.clone()), &package.name, package.version.as_deref());
            let component = match of_it.as_slice() {
                [only] => called[*only].clone(),
                _ => self.written(&names.of_package(&package.name), package.at.clone()),
            };
            for at in &of_it {
                let component = (of_it.len() > 1).then(|| component.clone());
                request.instances.push(InstanceRequest { name: called[*at].clone(), component, keep: false });
            }
            request.inputs.push(Input { name: Some(component), from: InputFrom::Package(from) });
        }
        // In the order of the document, whichever package they are of.
        request.instances.sort_by_key(|instance| called.iter().position(|name| name.text == instance.name.text));
        let reached = self.reached(root);
        for (at, instance) in request.instances.iter_mut().enumerate() {
            instance.keep = !reached.contains(&at);
        }

        request.declared = self.imports.iter().map(|import| declared(import, packages)).collect();
        let name = |value: &Value| {
            let text = number(&value.item).map_or(DECLARED, |number| &called[number].text);
            self.written(text, value.at.clone())
        };
        for (instance, new) in called.iter().zip(&self.instances) {
            for Argument { import, inferred, to } in &new.arguments {
                let to = match to {
                    Filler::Host(span) => PinTo::Open(self.written("...", span.clone())),
                    Filler::Spread(value) | Filler::Value(value) => {
                        let instance = name(value);
                        match &value.item {
                            Item::Export(_, export, inner) | Item::Import(export, inner) => {
                                PinTo::Export { instance, export: export.clone(), inner: inner.clone() }
                            }
                            _ if matches!(to, Filler::Spread(_)) => PinTo::Instance(instance),
                            _ => PinTo::Whole(instance),
                        }
                    }
                };
                let (instance, import) = (Some(instance.clone()), import.clone());
                request.pins.push(Pin { instance, import, inferred: *inferred, to });
            }
        }
        for Export { name: of, of: value, all } in &self.exports {
            let (export, inner) = match &value.item {
                Item::Export(_, export, inner) | Item::Import(export, inner) => (Some(export.clone()), inner.clone()),
                Item::Instance(_) | Item::Unknown => (None, Vec::new()),
            };
            let whole = export.is_none() && !all;
            let instance = name(value);
            request.exports.push(ExportRequest {
                name: of.clone(),
                instance,
                export,
                inner,
                whole,
                all: *all,
                implements: false,
            });
        }
        request
    }

    /// The instances that the root and the exports lead to.
    fn reached(&self, root: usize) -> BTreeSet<usize> {
        let mut reached = BTreeSet::new();
        let mut stack: Vec<usize> =
            self.exports.iter().filter_map(|export| number(&export.of.item)).chain([root]).collect();
        while let Some(at) = stack.pop() {
            if !reached.insert(at) {
                continue;
            }
            stack.extend(self.instances[at].arguments.iter().filter_map(|argument| match &argument.to {
                Filler::Value(value) | Filler::Spread(value) => number(&value.item),
                Filler::Host(_) => None,
            }));
        }
        reached
    }
}

/// The instance that an item is of.
fn number(item: &Item) -> Option<usize> {
    match item {
        Item::Instance(number) | Item::Export(number, ..) => Some(*number),
        Item::Import(..) | Item::Unknown => None,
    }
}

fn declared(import: &Import, packages: &Packages) -> DeclaredImport {
    let package = import.package.as_ref();
    let package = package.map(|(written, name, version)| packages.request(written.clone(), name, version.as_deref()));
    DeclaredImport { name: import.name.clone(), what: import.what.clone(), package }
}
