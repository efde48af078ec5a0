//! What can be wrong with a `.wac` document, in words.

use super::packages::GivenPackage;
use crate::diag::{Code, Diagnostic};
use crate::manifest::diags::Spot;
use crate::model::listed::quoted;
use std::collections::BTreeSet;
use std::ops::Range;

/// C0120: the text is no document.
#[derive(Debug)]
pub struct WacSyntax<'a> {
    /// Where.
    pub spot: Spot<'a>,
    /// What the parser says.
    pub message: &'a str,
    /// A word of the language that is almost the one there.
    pub near: Option<&'a str>,
}

impl From<WacSyntax<'_>> for Diagnostic {
    fn from(facts: WacSyntax<'_>) -> Self {
        let message = format!("`{}` cannot be read: {}", facts.spot.source.name, facts.message);
        let diagnostic = facts.spot.diagnostic(Code::WacSyntax, message, "here");
        match facts.near {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic,
        }
    }
}

/// C0121: a statement that has no counterpart here.
#[derive(Debug)]
pub struct Unsupported<'a> {
    /// The name it declares.
    pub spot: Spot<'a>,
    /// The kind of statement, with its article.
    pub what: &'a str,
}

impl From<Unsupported<'_>> for Diagnostic {
    fn from(facts: Unsupported<'_>) -> Self {
        let message = format!("{} is not supported", facts.what);
        facts
            .spot
            .diagnostic(Code::WacUnsupported, message, "declared here")
            .note("a composition is made of components; it does not declare types of its own")
            .help("declare it in a WIT package that the components are built against")
    }
}

/// C0413: the place of a package that the document does not ask for.
#[derive(Debug)]
pub struct PackageWithoutUse<'a> {
    /// The package as it was given.
    pub given: &'a GivenPackage,
    /// A package of the document with almost that name.
    pub near: Option<&'a str>,
    /// The packages of the document.
    pub known: &'a BTreeSet<String>,
}

impl From<PackageWithoutUse<'_>> for Diagnostic {
    fn from(facts: PackageWithoutUse<'_>) -> Self {
        let GivenPackage { word, name, written, version, .. } = facts.given;
        let version = version.as_ref().map_or_else(String::new, |version| format!("@{version}"));
        let message = format!("`{written}` was given as the package `{name}{version}` and is not used");
        let mut diagnostic = Self::new(Code::UnusedInput, message);
        if let Some((source, span)) = &word.at {
            diagnostic = diagnostic.label(source, span.clone(), "not asked for");
        }
        diagnostic = match facts.near {
            Some(near) if near == name => diagnostic.note(format!("the document asks for another version of `{name}`")),
            Some(near) => diagnostic.help(format!("did you mean `--dep {near}={written}`?")),
            None => {
                let known: Vec<String> = facts.known.iter().map(|name| format!("`{name}`")).collect();
                diagnostic.note(format!("the document asks for {}", known.join(", ")))
            }
        };
        diagnostic.help("leave it out, or say that it may stay unused: `--allow-unused`").fact("component", written)
    }
}

/// C0122: a name that stands for nothing.
#[derive(Debug)]
pub struct WacUnknownName<'a> {
    /// Where.
    pub spot: Spot<'a>,
    /// The name.
    pub name: &'a str,
    /// A known one that is near.
    pub near: Option<&'a str>,
    /// The known ones, if they are to be told.
    pub known: Option<&'a [&'a str]>,
}

impl From<WacUnknownName<'_>> for Diagnostic {
    fn from(facts: WacUnknownName<'_>) -> Self {
        let message = format!("nothing is called `{}` here", facts.name);
        let diagnostic = facts.spot.diagnostic(Code::WacUnknownName, message, "not known").fact("name", facts.name);
        match (facts.near, facts.known) {
            (Some(near), _) => diagnostic.help(format!("did you mean `{near}`?")),
            (None, Some([])) => diagnostic.note("no name is known yet: a name is known after its statement"),
            (None, Some(known)) => diagnostic.note(format!("known by now are {}", quoted(known))),
            (None, None) => diagnostic,
        }
    }
}

/// C0123: a name or an argument that is there twice.
#[derive(Debug)]
pub struct WacDuplicateName<'a> {
    /// The second.
    pub spot: Spot<'a>,
    /// The first.
    pub first: Range<usize>,
    /// The name.
    pub name: &'a str,
    /// `name` or `argument`.
    pub what: &'a str,
}

impl From<WacDuplicateName<'_>> for Diagnostic {
    fn from(facts: WacDuplicateName<'_>) -> Self {
        let message = format!("the {} `{}` is there twice", facts.what, facts.name);
        facts
            .spot
            .diagnostic(Code::WacDuplicateName, message, "here again")
            .label(facts.spot.source, facts.first, "first here")
            .fact("name", facts.name)
    }
}

/// C0124: `...` before other arguments.
#[derive(Debug)]
pub struct FillNotLast<'a> {
    /// Where.
    pub spot: Spot<'a>,
}

impl From<FillNotLast<'_>> for Diagnostic {
    fn from(facts: FillNotLast<'_>) -> Self {
        facts
            .spot
            .diagnostic(Code::FillNotLast, "`...` must be the last argument".into(), "not last")
            .note("`...` leaves to the host what no argument before it fills")
            .help("move `...` behind the other arguments")
    }
}

/// C0126: an instance is exported without a name.
#[derive(Debug)]
pub struct ExportNeedsName<'a> {
    /// The expression.
    pub spot: Spot<'a>,
    /// Its text.
    pub instance: &'a str,
}

impl From<ExportNeedsName<'_>> for Diagnostic {
    fn from(facts: ExportNeedsName<'_>) -> Self {
        let instance = facts.instance;
        facts
            .spot
            .diagnostic(Code::ExportNeedsName, "an instance has no name to be exported by".into(), "an instance")
            .help(format!("to export all that it exports: `export {instance}...;`"))
    }
}

/// C0123: two imports of one name.
#[derive(Debug)]
pub struct ImportTwice<'a> {
    /// The second.
    pub spot: Spot<'a>,
    /// The first.
    pub first: Range<usize>,
    /// The name in the result.
    pub name: &'a str,
}

impl From<ImportTwice<'_>> for Diagnostic {
    fn from(facts: ImportTwice<'_>) -> Self {
        let message = format!("the result would import `{}` twice", facts.name);
        facts
            .spot
            .diagnostic(Code::WacDuplicateName, message, "imported again")
            .label(facts.spot.source, facts.first, "imported first")
            .help("use what the first statement binds, or give one of them another name with `as`")
            .fact("name", facts.name)
    }
}

/// C0127: a document that instantiates what it defines.
#[derive(Debug)]
pub struct OwnPackage<'a> {
    /// Where.
    pub spot: Spot<'a>,
    /// The package.
    pub package: &'a str,
}

impl From<OwnPackage<'_>> for Diagnostic {
    fn from(facts: OwnPackage<'_>) -> Self {
        let message = format!("`{}` is the package that this document defines", facts.package);
        facts
            .spot
            .diagnostic(Code::OwnPackage, message, "cannot be made of itself")
            .help("give the document's `package` another name")
            .fact("package", facts.package)
    }
}

/// C0128: a document without `new`.
#[derive(Debug)]
pub struct NothingInstantiated<'a> {
    /// The end of the document.
    pub spot: Spot<'a>,
}

impl From<NothingInstantiated<'_>> for Diagnostic {
    fn from(facts: NothingInstantiated<'_>) -> Self {
        facts
            .spot
            .diagnostic(Code::NothingInstantiated, "the document instantiates nothing".into(), "no `new` up to here")
            .help("let app = new acme:app { ... };\nexport app...;")
    }
}
