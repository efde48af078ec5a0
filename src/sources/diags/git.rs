//! What can be wrong with a revision of git that is to be read, in words.

use crate::diag::{Code, Diagnostic, shell_word};
use crate::model::request::Written;

/// C0901: git cannot be asked.
#[derive(Debug)]
pub struct GitFailed<'a> {
    /// What was to be read.
    pub written: &'a Written,
    /// Why not, in the words of git or of the system.
    pub message: &'a str,
}

impl From<GitFailed<'_>> for Diagnostic {
    fn from(facts: GitFailed<'_>) -> Self {
        let message = format!("git cannot read `{}`: {}", facts.written.text, facts.message);
        let told = Diagnostic::new(Code::GitFailed, message)
            .at(facts.written, "asked of git")
            .fact("contract", &facts.written.text);
        // A repository of another user, as in containers.
        match facts.message.split_once("dubious ownership in repository at '") {
            Some((_, rest)) => {
                let folder = shell_word(rest.trim_end().trim_end_matches('\''));
                told.help(format!("git config --global --add safe.directory {folder}"))
            }
            None => told,
        }
    }
}

/// C0901 too: there is no git.
#[derive(Debug)]
pub struct NoGit<'a> {
    /// What was to be read.
    pub written: &'a Written,
}

impl From<NoGit<'_>> for Diagnostic {
    fn from(facts: NoGit<'_>) -> Self {
        Diagnostic::new(Code::GitFailed, format!("git was not found, and `{}` is to be read by it", facts.written.text))
            .at(facts.written, "asked of git")
            .help("install git, or check the revision out and name its folder")
            .fact("contract", &facts.written.text)
    }
}

/// C0902: git knows no such revision.
#[derive(Debug)]
pub struct NoSuchRevision<'a> {
    /// What was to be read.
    pub written: &'a Written,
    /// The revision in it.
    pub revision: &'a str,
    /// Whether the clone has only a part of the history.
    pub shallow: bool,
}

impl From<NoSuchRevision<'_>> for Diagnostic {
    fn from(facts: NoSuchRevision<'_>) -> Self {
        let diagnostic =
            Diagnostic::new(Code::NoSuchRevision, format!("git knows no revision `{}` here", facts.revision))
                .at(facts.written, "not in this clone")
                .fact("revision", facts.revision);
        if facts.shallow {
            return diagnostic.note("this clone is shallow: it has only a part of the history").help(
                "fetch the rest before: git fetch --unshallow (in GitHub Actions, `fetch-depth: 0` of the checkout)",
            );
        }
        match facts.revision.strip_prefix("origin/") {
            Some(branch) => diagnostic.help(format!("git fetch origin {}", shell_word(branch))),
            None => diagnostic.help("git branch --all; git tag"),
        }
    }
}

/// C0903: the revision has nothing at the path.
#[derive(Debug)]
pub struct NotInRevision<'a> {
    /// What was to be read.
    pub written: &'a Written,
    /// The revision.
    pub revision: &'a str,
    /// The path.
    pub path: &'a str,
    /// A path that is there, of almost this name.
    pub near: Option<&'a str>,
}

impl From<NotInRevision<'_>> for Diagnostic {
    fn from(facts: NotInRevision<'_>) -> Self {
        let message = format!("revision `{}` has no `{}`", facts.revision, facts.path);
        let diagnostic = Diagnostic::new(Code::NotInRevision, message)
            .at(facts.written, "not in this revision")
            .fact("revision", facts.revision)
            .fact("path", facts.path);
        match facts.near {
            Some(near) => diagnostic.help(format!("did you mean `git:{}:{near}`?", facts.revision)),
            None if facts.path.starts_with("./") || facts.path.starts_with("../") => diagnostic,
            None => diagnostic.note(
                "paths are seen from the top of the repository; one that begins with `./` from the folder you are in",
            ),
        }
    }
}

/// C0905: a manifest of a revision.
#[derive(Debug)]
pub struct ManifestInRevision<'a> {
    /// What was to be read.
    pub written: &'a Written,
}

impl From<ManifestInRevision<'_>> for Diagnostic {
    fn from(facts: ManifestInRevision<'_>) -> Self {
        let message = format!("`{}` is a manifest, and what it names is in no revision", facts.written.text);
        Diagnostic::new(Code::ManifestInRevision, message)
            .at(facts.written, "a manifest of a revision")
            .help("compare what was built of it: the component of the last release, or the WIT of both")
            .fact("contract", &facts.written.text)
    }
}

/// C0901 too: a revision without a path.
#[derive(Debug)]
pub struct HalfARevision<'a> {
    /// What was written.
    pub written: &'a Written,
}

impl From<HalfARevision<'_>> for Diagnostic {
    fn from(facts: HalfARevision<'_>) -> Self {
        Diagnostic::new(Code::GitFailed, format!("`{}` names no path of a revision", facts.written.text))
            .at(facts.written, "a revision and a path are meant")
            .help("git:REV:PATH")
            .fact("contract", &facts.written.text)
    }
}
