//! The statements of a document, one after the other, to a request.
//!
//! Names of instances are given out when all statements are read, because those that `let` gives go first; until then
//! instances are known by their number.

use super::diags::{
    AccessIntoExport, ExportNeedsName, NothingInstantiated, OwnPackage, Spot, Unsupported, WacDuplicateName,
    WacUnknownName, WholeInstance,
};
use super::names::Names;
use super::packages::Packages;
use crate::diag::{Diagnostic, Source};
use crate::model::near::nearest;
use crate::model::request::{
    ExportRequest, Input, InputFrom, InstanceRequest, Pin, PinTo, Request, WorldRequest, Written,
};
use indexmap::IndexMap;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use wac_parser::{
    Document, ExportOptions, ExportStatement, Expr, Ident, NewExpr, PackageName, PostfixExpr, PrimaryExpr, Statement,
    TypeDecl, TypeStatement,
};

/// What an expression comes to.
#[derive(Debug, Clone)]
pub(super) enum Item {
    /// An instance, by its number.
    Instance(usize),
    /// An export of an instance, by the name or the last word of it.
    Export(usize, Written),
}

/// An expression that was read, with where it begins.
#[derive(Debug, Clone)]
pub(super) struct Value {
    /// What it comes to.
    pub(super) item: Item,
    /// Where its instance is named.
    pub(super) at: Range<usize>,
}

/// An argument: the import as written, whether that was inferred, and what fills it.
pub(super) struct Argument {
    pub(super) import: Written,
    pub(super) inferred: bool,
    pub(super) to: Filler,
}

/// What an argument fills imports with.
pub(super) enum Filler {
    /// This.
    Value(Value),
    /// Whatever of an instance is named like an import.
    Spread(Value),
    /// The host.
    Host(Range<usize>),
}

/// A `new`.
struct Instance {
    /// The name that `let` gave it.
    name: Option<Written>,
    package: usize,
    at: Range<usize>,
    arguments: Vec<Argument>,
}

/// A package that is instantiated.
struct Package {
    name: String,
    version: Option<String>,
    at: Range<usize>,
}

/// An `export`.
struct Export {
    name: Option<Written>,
    of: Value,
}

pub(super) struct Lowering<'d> {
    pub(super) source: &'d Arc<Source>,
    own: &'d str,
    bound: IndexMap<&'d str, (Value, Range<usize>)>,
    packages: IndexMap<(String, Option<String>), Package>,
    instances: Vec<Instance>,
    exports: Vec<Export>,
    /// What was found wrong.
    pub(super) found: Vec<Diagnostic>,
}

/// A document to a request, or what is wrong with it.
pub(super) fn lower(
    source: &Arc<Source>,
    document: &Document<'_>,
    packages: &Packages,
) -> Result<Request, Vec<Diagnostic>> {
    let mut lowering = Lowering {
        source,
        own: document.directive.package.name,
        bound: IndexMap::new(),
        packages: IndexMap::new(),
        instances: Vec::new(),
        exports: Vec::new(),
        found: Vec::new(),
    };
    document.statements.iter().for_each(|statement| lowering.statement(statement));
    if lowering.instances.is_empty() && lowering.found.is_empty() {
        let end = source.text.trim_end().len();
        lowering.report(NothingInstantiated { spot: lowering.spot(end..end) });
    }
    if lowering.found.is_empty() { Ok(lowering.finish(document, packages)) } else { Err(lowering.found) }
}

/// A span of the parser as a range.
pub(super) fn range(span: miette::SourceSpan) -> Range<usize> {
    span.offset()..span.offset() + span.len()
}

impl<'d> Lowering<'d> {
    pub(super) fn report(&mut self, facts: impl Into<Diagnostic>) {
        self.found.push(facts.into());
    }

    pub(super) fn spot(&self, span: Range<usize>) -> Spot<'d> {
        Spot { source: self.source, span }
    }

    pub(super) fn written(&self, text: &str, span: Range<usize>) -> Written {
        Written { text: text.into(), at: Some((self.source.clone(), span)) }
    }

    fn statement(&mut self, statement: &'d Statement<'d>) {
        match statement {
            Statement::Let(statement) => {
                let Some(value) = self.expr(&statement.expr) else {
                    self.bind(&statement.id, None);
                    return;
                };
                if let (Item::Instance(number), PrimaryExpr::New(_)) = (&value.item, innermost(&statement.expr)) {
                    let name = self.written(statement.id.string, range(statement.id.span));
                    self.instances[*number].name = Some(name);
                }
                self.bind(&statement.id, Some(value));
            }
            Statement::Export(statement) => self.export(statement),
            Statement::Import(statement) => {
                self.report(Unsupported { spot: self.spot(range(statement.id.span)), what: "an `import` statement" });
                self.bind(&statement.id, None);
            }
            Statement::Type(statement) => {
                let (id, what) = match statement {
                    TypeStatement::Interface(interface) => (&interface.id, "an `interface` statement"),
                    TypeStatement::World(world) => (&world.id, "a `world` statement"),
                    TypeStatement::Type(ty) => (ty.id(), kind_of(ty)),
                };
                self.report(Unsupported { spot: self.spot(range(id.span)), what });
                self.bind(id, None);
            }
        }
    }

    /// Binds a name; `None` if what it stands for is wrong, which was reported.
    fn bind(&mut self, id: &Ident<'d>, value: Option<Value>) {
        let span = range(id.span);
        // A number that no instance has stands for what is not known.
        let value = value.unwrap_or(Value { item: Item::Instance(usize::MAX), at: span.clone() });
        if let Some((_, first)) = self.bound.get(id.string) {
            let first = first.clone();
            self.report(WacDuplicateName { spot: self.spot(span), first, name: id.string, what: "name" });
            return;
        }
        self.bound.insert(id.string, (value, span));
    }

    /// What a name stands for.
    pub(super) fn lookup(&mut self, id: &Ident<'_>) -> Option<Value> {
        let span = range(id.span);
        if let Some((value, _)) = self.bound.get(id.string) {
            let known = !matches!(value.item, Item::Instance(usize::MAX));
            return known.then(|| Value { item: value.item.clone(), at: span });
        }
        let near = nearest(id.string, self.bound.keys().copied());
        let known: Vec<&str> = self.bound.keys().copied().collect();
        self.report(WacUnknownName { spot: self.spot(span), name: id.string, near, known: &known });
        None
    }

    /// What an expression comes to; `None` if something is wrong with it, which was reported.
    pub(super) fn expr(&mut self, expr: &'d Expr<'d>) -> Option<Value> {
        let mut value = match &expr.primary {
            PrimaryExpr::New(new) => self.instantiate(new)?,
            PrimaryExpr::Nested(nested) => self.expr(&nested.inner)?,
            PrimaryExpr::Ident(id) => self.lookup(id)?,
        };
        for postfix in &expr.postfix {
            let name = match postfix {
                PostfixExpr::Access(access) => self.written(access.id.string, range(access.id.span)),
                PostfixExpr::NamedAccess(access) => {
                    self.written(access.string.value, range(access.string.span))
                }
            };
            match value.item {
                Item::Instance(number) => value.item = Item::Export(number, name),
                Item::Export(_, export) => {
                    let spot = self.spot(range(postfix.span()));
                    self.report(AccessIntoExport { spot, export: &export.text, name: &name.text });
                    return None;
                }
            }
        }
        Some(value)
    }

    fn instantiate(&mut self, new: &'d NewExpr<'d>) -> Option<Value> {
        let span = range(new.package.span);
        if new.package.name == self.own {
            self.report(OwnPackage { spot: self.spot(span), package: self.own });
            return None;
        }
        let before = self.found.len();
        let arguments = self.arguments(new);
        let package = self.package(&new.package);
        self.instances.push(Instance { name: None, package, at: span.clone(), arguments });
        (self.found.len() == before).then(|| Value { item: Item::Instance(self.instances.len() - 1), at: span })
    }

    fn package(&mut self, package: &PackageName<'_>) -> usize {
        let version = package.version.as_ref().map(ToString::to_string);
        let entry = self.packages.entry((package.name.to_owned(), version.clone()));
        let index = entry.index();
        entry.or_insert_with(|| Package { name: package.name.to_owned(), version, at: range(package.span) });
        index
    }

    fn export(&mut self, statement: &'d ExportStatement<'d>) {
        let Some(value) = self.expr(&statement.expr) else { return };
        let span = range(statement.expr.span);
        match (&statement.options, &value.item) {
            (ExportOptions::None, Item::Instance(_)) => {
                let instance = self.source.text.get(span.clone()).unwrap_or_default();
                self.report(ExportNeedsName { spot: self.spot(span), instance });
            }
            (ExportOptions::Rename(name), Item::Instance(_)) => {
                let name = name.as_str();
                self.report(WholeInstance { spot: self.spot(span), name, export: true });
            }
            (ExportOptions::Spread(_), Item::Export(_, export)) => {
                self.report(AccessIntoExport { spot: self.spot(span), export: &export.text, name: "..." });
            }
            (ExportOptions::Rename(name), Item::Export(..)) => {
                let name = Some(self.written(name.as_str(), range(name.span())));
                self.exports.push(Export { name, of: value });
            }
            (ExportOptions::None, Item::Export(..)) | (ExportOptions::Spread(_), Item::Instance(_)) => {
                self.exports.push(Export { name: None, of: value });
            }
        }
    }

    /// Puts everything together, once all is read and nothing is wrong.
    fn finish(self, document: &Document<'_>, packages: &Packages) -> Request {
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
        request.version =
            directive.package.version.as_ref().map(|found| self.written(&found.to_string(), range(directive.package.span)));
        let root = self.exports.first().map_or(self.instances.len() - 1, |export| number(&export.of.item));
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
            let from = packages.request(
                self.written(&spelled, package.at.clone()),
                &package.name,
                package.version.as_deref(),
            );
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

        let name = |value: &Value| Written { at: Some((self.source.clone(), value.at.clone())), ..called[number(&value.item)].clone() };
        for (instance, new) in called.iter().zip(&self.instances) {
            for Argument { import, inferred, to } in &new.arguments {
                let to = match to {
                    Filler::Host(span) => PinTo::Open(self.written("...", span.clone())),
                    Filler::Spread(value) => PinTo::Instance(name(value)),
                    Filler::Value(value) => match &value.item {
                        Item::Instance(_) => PinTo::Instance(name(value)),
                        Item::Export(_, export) => PinTo::Export { instance: name(value), export: export.clone() },
                    },
                };
                let (instance, import) = (Some(instance.clone()), import.clone());
                request.pins.push(Pin { instance, import, inferred: *inferred, to });
            }
        }
        for Export { name: of, of: value } in &self.exports {
            let export = if let Item::Export(_, export) = &value.item { Some(export.clone()) } else { None };
            request.exports.push(ExportRequest { name: of.clone(), instance: name(value), export, implements: false });
        }
        request
    }

    /// The instances that the root and the exports lead to.
    fn reached(&self, root: usize) -> BTreeSet<usize> {
        let mut reached = BTreeSet::new();
        let mut stack: Vec<usize> = self.exports.iter().map(|export| number(&export.of.item)).chain([root]).collect();
        while let Some(at) = stack.pop() {
            if !reached.insert(at) {
                continue;
            }
            stack.extend(self.instances[at].arguments.iter().filter_map(|argument| match &argument.to {
                Filler::Value(value) | Filler::Spread(value) => Some(number(&value.item)),
                Filler::Host(_) => None,
            }));
        }
        reached
    }
}

fn number(item: &Item) -> usize {
    match item {
        Item::Instance(number) | Item::Export(number, _) => *number,
    }
}

/// What stands inside of brackets.
fn innermost<'e>(expr: &'e Expr<'e>) -> &'e PrimaryExpr<'e> {
    match &expr.primary {
        PrimaryExpr::Nested(nested) => innermost(&nested.inner),
        primary => primary,
    }
}

fn kind_of(ty: &TypeDecl<'_>) -> &'static str {
    match ty {
        TypeDecl::Variant(_) => "a `variant` statement",
        TypeDecl::Record(_) => "a `record` statement",
        TypeDecl::Flags(_) => "a `flags` statement",
        TypeDecl::Enum(_) => "an `enum` statement",
        TypeDecl::Alias(_) => "a `type` statement",
    }
}
