//! What is asked of the host and was not before, in words.

use super::{Because, Opened, Since, Through};
use crate::diag::{Code, Diagnostic, Severity};
use crate::model::listed::{quoted, subject};
use std::collections::BTreeMap;

/// C0513: imports that came, by one way.
#[derive(Debug)]
pub struct NewImports<'a> {
    /// The artifact before.
    pub origin: &'a str,
    /// The way.
    pub through: &'a [Through],
    /// What came by it.
    pub opened: Vec<&'a Opened>,
    /// Whether it is denied.
    pub denied: bool,
}

/// One for each way.
pub fn new_imports(since: &Since, denied: bool) -> Vec<NewImports<'_>> {
    let mut ways: BTreeMap<&[Through], Vec<&Opened>> = BTreeMap::new();
    for opened in &since.opened {
        ways.entry(&opened.through).or_default().push(opened);
    }
    let told = ways.into_iter().map(|(through, opened)| NewImports { origin: &since.origin, through, opened, denied });
    told.collect()
}

impl From<NewImports<'_>> for Diagnostic {
    fn from(facts: NewImports<'_>) -> Self {
        let names: Vec<&str> = facts.opened.iter().map(|opened| opened.name.as_str()).collect();
        let instances: Vec<&str> = facts.through.iter().map(|through| through.instance.as_str()).collect();
        let way = match instances.as_slice() {
            [] => String::new(),
            instances => format!(", through {}", subject(instances).0),
        };
        let (names_said, _) = subject(&names);
        let mut diagnostic =
            Self::new(Code::NewImports, format!("this change adds {names_said} to what is asked of the host{way}"));
        if facts.denied {
            diagnostic.severity = Severity::Error;
        }
        for through in facts.through {
            diagnostic.notes.extend(because(through));
        }
        let mut patterns: Vec<String> = names.iter().map(|name| pattern(name)).collect();
        patterns.sort();
        patterns.dedup();
        let denies: Vec<String> = patterns.iter().map(|pattern| format!("--deny-import '{pattern}'")).collect();
        let mut diagnostic = diagnostic
            .note(format!("`{}` does without", facts.origin))
            .help(format!("if it is not meant, keep it out for good: `{}`", denies.join(" ")));
        for name in names {
            diagnostic = diagnostic.fact("import", name);
        }
        for instance in instances {
            diagnostic = diagnostic.fact("instance", instance);
        }
        diagnostic
    }
}

/// All of the package, since what came of it is seldom all that it has.
fn pattern(name: &str) -> String {
    match name.split_once('/') {
        Some((package, _)) => format!("{package}/*"),
        None => name.to_owned(),
    }
}

/// C0302: what is to be compared with is a core module.
#[derive(Debug)]
pub struct NoComponentBefore<'a> {
    /// The file.
    pub origin: &'a str,
}

impl From<NoComponentBefore<'_>> for Diagnostic {
    fn from(NoComponentBefore { origin }: NoComponentBefore<'_>) -> Self {
        Self::new(Code::CoreModule, format!("`{origin}` is a core module, and only components can be compared with"))
            .help("give what an earlier `compose build` wrote")
            .fact("input", origin)
    }
}

/// How an instance came to ask for it, as a sentence.
pub fn because(through: &Through) -> Option<String> {
    let instance = &through.instance;
    Some(match &through.because {
        Because::New(Some(wanted)) => {
            format!("`{instance}` is new; `{}` gets its `{}` from it", wanted.instance, wanted.import)
        }
        Because::New(None) => format!("`{instance}` is new"),
        Because::WasFilledBy(other) => format!("{} filled the import of `{instance}` before", quoted([other])),
        Because::Rebuilt => format!("the component of `{instance}` is another one than before"),
        Because::Unknown => return None,
    })
}
