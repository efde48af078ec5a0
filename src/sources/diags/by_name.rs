//! What is asked for by its name and is nowhere.

use crate::diag::{Code, Diagnostic};
use crate::model::request::Written;
use std::collections::BTreeMap;

/// C0125: a package that is nowhere.
#[derive(Debug)]
pub struct PackageNotFound<'a> {
    /// The package.
    pub package: &'a Written,
    /// The folders to look into that are not there, each with one beside it of almost that name.
    pub missing: BTreeMap<&'a str, Option<String>>,
    /// Where it was looked for, without endings.
    pub places: Vec<&'a str>,
    /// The endings that were tried.
    pub endings: &'a [&'a str],
    /// A package that is there and has almost that name.
    pub near: Option<&'a str>,
    /// The path of the same package with another version, or none.
    pub other: Option<&'a str>,
}

impl From<PackageNotFound<'_>> for Diagnostic {
    fn from(facts: PackageNotFound<'_>) -> Self {
        let package = &facts.package.text;
        let mut diagnostic = Self::new(Code::PackageNotFound, format!("the package `{package}` is not found"));
        if let Some((source, span)) = &facts.package.at {
            diagnostic = diagnostic.label(source, span.clone(), "this package");
        }
        let endings: Vec<String> = facts.endings.iter().map(|ending| format!("`.{ending}`")).collect();
        let places: Vec<String> = facts.places.iter().map(|place| format!("`{place}`")).collect();
        for (folder, near) in &facts.missing {
            diagnostic = diagnostic.note(format!("there is no folder `{folder}`"));
            if let Some(near) = near {
                diagnostic = diagnostic.help(format!("did you mean `--deps {near}`?"));
            }
        }
        diagnostic = match places.as_slice() {
            [] => diagnostic.note("there is no folder to look into"),
            places => diagnostic.note(format!(
                "looked for {} with the ending {}, and as a folder of WIT",
                places.join(", "),
                endings.join(", ")
            )),
        };
        if let Some(near) = facts.near {
            diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
        }
        let path = facts.other.unwrap_or("PATH");
        diagnostic.help(format!("say where it is: `--dep {package}={path}`")).fact("package", package)
    }
}

/// C0125: a component that is looked for by its name and is nowhere.
#[derive(Debug)]
pub struct NotFoundByName<'a> {
    /// The name; `None` for the root.
    pub name: Option<&'a Written>,
    /// The folders that were looked into.
    pub folders: Vec<&'a str>,
    /// A name that is known and near.
    pub near: Option<String>,
}

impl From<NotFoundByName<'_>> for Diagnostic {
    fn from(facts: NotFoundByName<'_>) -> Self {
        let called = facts.name.map_or("root", |name| &name.text);
        let message = match facts.name {
            Some(_) => format!("no component for `{called}` is found"),
            None => "no root is found".to_owned(),
        };
        let mut diagnostic = Self::new(Code::PackageNotFound, message);
        if let Some((source, span)) = facts.name.and_then(|name| name.at.as_ref()) {
            diagnostic = diagnostic.label(source, span.clone(), "wired to it here");
        }
        let folders: Vec<String> = facts.folders.iter().map(|folder| format!("`{folder}`")).collect();
        diagnostic =
            diagnostic.note(format!("looked for `{called}.wasm` and `{called}.wat` in {}", folders.join(", ")));
        diagnostic = match (facts.name, &facts.near) {
            (_, Some(near)) => diagnostic.help(format!("did you mean `{near}`?")),
            (Some(_), None) => diagnostic.help(format!("say where it is: `dependencies: {{ {called}: PATH }}`")),
            (None, _) => {
                diagnostic.help("name the root beside the configuration: `compose build config.yml root.wasm`")
            }
        };
        diagnostic.fact("name", called)
    }
}
