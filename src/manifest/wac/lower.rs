//! The statements of a document, one after the other, to a request.
//!
//! Instances are known by their number until all statements are read (`finish`).

use super::diags::{ExportNeedsName, NothingInstantiated, OwnPackage, Unsupported, WacDuplicateName, WacUnknownName};
use super::packages::Packages;
use crate::diag::{Diagnostic, Source};
use crate::manifest::diags::Spot;
use crate::model::near::nearest;
use crate::model::request::{Request, Written};
use indexmap::IndexMap;
use std::ops::Range;
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
    /// An export of an instance, by the name or the last word of it, and the names that lead on into it.
    Export(usize, Written, Vec<Written>),
    /// An import that the document declares, by its name in the result, and the names that lead on into it.
    Import(Written, Vec<Written>),
    /// Something that is wrong, which was reported.
    Unknown,
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
pub(super) struct Instance {
    /// The name that `let` gave it.
    pub(super) name: Option<Written>,
    pub(super) package: usize,
    pub(super) at: Range<usize>,
    pub(super) arguments: Vec<Argument>,
}

/// A package that is instantiated.
pub(super) struct Package {
    pub(super) name: String,
    pub(super) version: Option<String>,
    pub(super) at: Range<usize>,
}

/// An `export`.
pub(super) struct Export {
    pub(super) name: Option<Written>,
    pub(super) of: Value,
    pub(super) all: bool,
}

/// An `import`.
pub(super) struct Import {
    /// The name in the result.
    pub(super) name: Written,
    /// What it is, as [`DeclaredImport`] has it.
    pub(super) what: Written,
    /// The package of the interface: its name and version.
    pub(super) package: Option<(Written, String, Option<String>)>,
}

pub(super) struct Lowering<'d> {
    pub(super) source: &'d Arc<Source>,
    pub(super) own: &'d str,
    bound: IndexMap<&'d str, (Value, Range<usize>)>,
    pub(super) packages: IndexMap<(String, Option<String>), Package>,
    pub(super) instances: Vec<Instance>,
    pub(super) exports: Vec<Export>,
    pub(super) imports: Vec<Import>,
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
        imports: Vec::new(),
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
                let value = self.import(statement);
                self.bind(&statement.id, value);
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
        let value = value.unwrap_or(Value { item: Item::Unknown, at: span.clone() });
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
            let known = !matches!(value.item, Item::Unknown);
            return known.then(|| Value { item: value.item.clone(), at: span });
        }
        // Of very many mistakes nobody reads what is suggested for each.
        let crowded = self.found.len() >= 1000;
        let known: Vec<&str> = if crowded { Vec::new() } else { self.bound.keys().copied().collect() };
        let near = nearest(id.string, known.iter().copied());
        let known = (!crowded).then_some(known.as_slice());
        self.report(WacUnknownName { spot: self.spot(span), name: id.string, near, known });
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
                PostfixExpr::NamedAccess(access) => self.written(access.string.value, range(access.string.span)),
            };
            match &mut value.item {
                Item::Instance(number) => value.item = Item::Export(*number, name, Vec::new()),
                Item::Export(_, _, inner) | Item::Import(_, inner) => inner.push(name),
                Item::Unknown => return None,
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
        let (name, all) = match &statement.options {
            ExportOptions::None if matches!(value.item, Item::Instance(_)) => {
                let instance = self.source.text.get(span.clone()).unwrap_or_default();
                self.report(ExportNeedsName { spot: self.spot(span), instance });
                return;
            }
            ExportOptions::None => (None, false),
            ExportOptions::Spread(_) => (None, true),
            ExportOptions::Rename(name) => (Some(self.written(name.as_str(), range(name.span()))), false),
        };
        self.exports.push(Export { name, of: value, all });
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
