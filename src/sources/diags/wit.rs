//! What can be wrong with WIT packages and the worlds in them.

use crate::diag::{Code, Diagnostic, Source, option, shell_word};
use crate::model::listed::quoted;
use crate::model::request::Written;
use std::ops::Range;
use std::sync::Arc;

/// What the text that is made of declared imports is called.
pub const DECLARED_IMPORTS: &str = "declared imports";

/// C0205: WIT that cannot be read.
#[derive(Debug)]
pub struct WitSyntax<'a> {
    /// What the user calls the file or folder.
    pub origin: &'a str,
    /// Where it was written.
    pub written: Option<&'a Written>,
    /// The place in the WIT, if one is known.
    pub place: Option<(Arc<Source>, Range<usize>)>,
    /// What the reader says; the first line is the message.
    pub message: &'a str,
    /// The package that was not found, if that is the fault.
    pub lacks: Option<String>,
    /// What is there and has almost the name of what is not.
    pub near: Option<String>,
}

impl From<WitSyntax<'_>> for Diagnostic {
    fn from(facts: WitSyntax<'_>) -> Self {
        let mut lines = facts.message.lines();
        let lacking = facts.lacks.as_ref().map(|package| format!("the package `{package}` is not there"));
        let first = lines.next().unwrap_or_default().trim_end_matches([':', '.']);
        let first = lacking.as_deref().unwrap_or(first);
        let message = format!("the WIT of `{}` cannot be read: {first}", facts.origin);
        let mut diagnostic = match &facts.place {
            Some((source, span)) => Diagnostic::new(Code::WitSyntax, message).label(source, span.clone(), "here"),
            None => Diagnostic::new(Code::WitSyntax, message).at(facts.written, "this package"),
        };
        for line in lines.map(str::trim).filter(|line| !line.is_empty()) {
            let line = if lacking.is_some() { format!("there is `{line}`") } else { line.to_owned() };
            diagnostic = diagnostic.note(line);
        }
        diagnostic = diagnostic.fact("input", facts.origin);
        if let Some(near) = &facts.near {
            diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
        }
        match facts.lacks {
            Some(package) if facts.origin == DECLARED_IMPORTS => {
                let name = package.split('@').next().unwrap_or(&package);
                diagnostic.help(format!("say where it is: in compose.toml `[wit]` with `\"{name}\" = \"PATH\"`"))
            }
            Some(package) if facts.origin.ends_with(".wit") => {
                let folder = facts.origin.trim_end_matches(".wit");
                diagnostic
                    .note("a single file has no other packages beside it; a folder has them in `deps`")
                    .help(format!(
                        "mkdir -p {0} && mv {1} {2}",
                        shell_word(&format!("{folder}/deps")),
                        shell_word(facts.origin),
                        shell_word(folder)
                    ))
                    .help(format!("then put the package `{package}` into `{folder}/deps`, and give `{folder}`"))
            }
            Some(package) => diagnostic.help(format!("put the package `{package}` into `{}/deps`", facts.origin)),
            None => diagnostic,
        }
    }
}

/// C0211: the world to conform to is not there.
#[derive(Debug)]
pub struct UnknownWorld<'a> {
    /// The world as written, or the package where no name was written.
    pub written: &'a Written,
    /// What the user calls the package.
    pub origin: &'a str,
    /// Whether a name was written.
    pub named: bool,
    /// The worlds that are there.
    pub known: Vec<String>,
    /// The nearest of them.
    pub near: Option<String>,
}

impl From<UnknownWorld<'_>> for Diagnostic {
    fn from(facts: UnknownWorld<'_>) -> Self {
        let message = match (facts.named, facts.known.len()) {
            (true, _) => format!("`{}` has no world `{}`", facts.origin, facts.written.text),
            (false, 0) => format!("`{}` has no world", facts.origin),
            (false, _) => format!("`{}` has several worlds and none is named", facts.origin),
        };
        let mut diagnostic = Diagnostic::new(Code::UnknownWorld, message)
            .at(facts.written, "no such world")
            .fact("package", facts.origin);
        if !facts.known.is_empty() {
            let known = quoted(&facts.known);
            diagnostic = diagnostic.note(format!("worlds there: {known}"));
        }
        // A document writes a world as a whole path, a manifest by a key.
        let in_document = facts.written.in_document();
        match facts.near.or(facts.known.into_iter().next()) {
            Some(near) if facts.written.on_command_line() => {
                diagnostic.help(option("--world", &format!("{}#{near}", facts.origin)))
            }
            Some(near) if in_document => diagnostic.help(format!("did you mean `{near}`?")),
            Some(near) => diagnostic.help(format!("name = \"{near}\"")),
            None => diagnostic,
        }
    }
}

/// C0212: the WIT found under a name has another one.
#[derive(Debug)]
pub struct WitPackageName<'a> {
    /// The name in the manifest.
    pub package: &'a Written,
    /// What the user calls the file or folder.
    pub origin: &'a str,
    /// The name in the WIT.
    pub found: &'a str,
}

impl From<WitPackageName<'_>> for Diagnostic {
    fn from(facts: WitPackageName<'_>) -> Self {
        let message = format!("`{}` is the package `{}`, not `{}`", facts.origin, facts.found, facts.package.text);
        Diagnostic::new(Code::WitPackageName, message)
            .at(facts.package, "another package is there")
            .help(format!("\"{}\" = \"{}\"", facts.found, facts.origin))
            .fact("package", &facts.package.text)
            .fact("found", facts.found)
    }
}
