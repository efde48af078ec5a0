//! What the check stage has to say: facts in structs, and their words.

mod limits;
mod world;

pub(super) use limits::{OtherHostRefuses, TooMany};
pub(super) use world::{Breach, MissingExport, MissingExports, MissingImport, MissingImports, Offer, WorldBreach};
pub(crate) use world::{Wanted, WorldUnusable};

use crate::diag::{Code, Diagnostic, option};
use crate::model::listed::quoted;
use crate::model::request::Written;
use crate::types::shape::Side;

/// One wire on the way from the holder of a resource to its maker.
pub(super) struct Step {
    /// The importing instance.
    pub(super) instance: String,
    /// Its import.
    pub(super) import: String,
    /// The instance and export it is wired to, if it is to one.
    pub(super) to: Option<(String, String)>,
    /// Whether it stays open.
    pub(super) open: bool,
    /// Whether the maker is on the importing side.
    pub(super) backwards: bool,
    /// The word of the pin or chain that decided on it.
    pub(super) word: Option<Written>,
}

/// One of two makers of a resource.
pub(super) struct Maker {
    /// The instance; `None` for the host.
    pub(super) instance: Option<String>,
    /// What the maker calls the resource.
    pub(super) resource: String,
    /// The way to it.
    pub(super) steps: Vec<Step>,
    /// Whether it exports what ends the way to the other maker, so that it could be the maker on both ways.
    pub(super) could_serve: bool,
}

/// A component would hold as one type what two makers made.
pub(super) struct ResourceSplit<'f> {
    pub(super) holder: &'f str,
    pub(super) resource: &'f str,
    pub(super) makers: [Maker; 2],
    /// The word that names the holder's file.
    pub(super) input: Option<&'f Written>,
}

impl From<ResourceSplit<'_>> for Diagnostic {
    fn from(ResourceSplit { holder, resource, makers, input }: ResourceSplit<'_>) -> Self {
        let name = |maker: &Maker| maker.instance.as_ref().map_or("the host".into(), |name| format!("`{name}`"));
        let (one, other) = (name(&makers[0]), name(&makers[1]));
        let both_open = makers.iter().all(|maker| maker.instance.is_none());
        let message = if both_open {
            format!("`{holder}` would get the resource `{resource}` from two open imports, as if they were one")
        } else {
            format!("`{holder}` would get the resource `{resource}` from {one} and from {other}")
        };
        let mut diagnostic = Self::new(Code::ResourceSplit, message).note(if both_open {
            "nothing says that a host makes the resources of two imports the same"
        } else {
            "a resource belongs to the one instance that made it: handles of another are refused"
        });
        for maker in &makers {
            for word in maker.steps.iter().filter_map(|step| step.word.as_ref()) {
                diagnostic = diagnostic.at(word, format!("leads to {}", name(maker)));
            }
        }
        if diagnostic.labels.is_empty() {
            diagnostic = diagnostic.at(input, "would get both");
        }
        for maker in &makers {
            diagnostic = diagnostic.note(format!("{} makes `{}`: {}", name(maker), maker.resource, way(&maker.steps)));
        }
        for line in fixes(&makers) {
            diagnostic = diagnostic.help(line);
        }
        if both_open {
            diagnostic = diagnostic.help("build the components against one version of the interface").help(
                "or merge what stays open: in compose.toml `[imports]` with `merge = \"auto\"`, which is the default",
            );
        }
        diagnostic = diagnostic.fact("instance", holder).fact("resource", resource);
        makers
            .iter()
            .fold(diagnostic, |diagnostic, maker| diagnostic.fact("owner", maker.instance.as_deref().unwrap_or("host")))
    }
}

fn way(steps: &[Step]) -> String {
    let words = |step: &Step| match (&step.to, step.open) {
        (Some((to, export)), _) if step.backwards => {
            format!("`{to}` gives `{export}` to the import `{}` of `{}`", step.import, step.instance)
        }
        (Some((to, _)), _) => format!("`{}` has its import `{}` from `{to}`", step.instance, step.import),
        (None, true) => format!("the import `{}` of `{}` stays open", step.import, step.instance),
        (None, false) => format!("`{}` of `{}` is a type of another import", step.import, step.instance),
    };
    if steps.is_empty() { "it is its own".into() } else { steps.iter().map(words).collect::<Vec<_>>().join(", ") }
}

/// What follows if an import is not filled any more by that instance.
fn spared(instance: &str) -> String {
    format!(", and leave `{instance}` out, if nothing else uses it")
}

/// The wires that would lead one maker's socket to the other maker.
fn fixes(makers: &[Maker; 2]) -> Vec<String> {
    let mut lines = Vec::new();
    for (this, other) in [(&makers[0], &makers[1]), (&makers[1], &makers[0])] {
        let Some(last) = this.steps.last() else { continue };
        match &other.instance {
            Some(to) if *to != last.instance && other.could_serve => lines.push(format!(
                "share `{to}`: {}, or in compose.toml `[wires.{}]` with `\"{}\" = \"{to}\"`",
                option("--wire", &format!("{}:{}={to}", last.instance, last.import)),
                last.instance,
                last.import
            )),
            Some(_) => {}
            None if !last.open => lines.push(format!(
                "leave both to the host: {}, or in compose.toml `[wires.{}]` with `\"{}\" = {{ open = true }}`{}",
                option("--wire", &format!("{}:{}=open", last.instance, last.import)),
                last.instance,
                last.import,
                this.instance.as_deref().map_or_else(String::new, spared)
            )),
            None => {}
        }
    }
    lines
}

/// An open import or an export mentions a resource that cannot be named there.
pub(super) struct ResourceNotNameable<'f> {
    pub(super) instance: &'f str,
    pub(super) side: Side,
    /// The import or export.
    pub(super) item: &'f str,
    /// `resource`, `record`, `variant`, `enum` or `flags`; of an import, those with parts have a handle of a resource inside.
    pub(super) kind: &'static str,
    pub(super) resource: &'f str,
    /// The import of the instance that brings the resource, unless it makes it itself.
    pub(super) through: Option<&'f str>,
    pub(super) maker: &'f str,
    /// Whether the maker exports what stays open.
    pub(super) could_serve: bool,
    /// The maker's export that names it.
    pub(super) home: &'f str,
    /// The word to blame for it, and what it does.
    pub(super) word: Option<(&'f Written, &'static str)>,
}

impl From<ResourceNotNameable<'_>> for Diagnostic {
    fn from(facts: ResourceNotNameable<'_>) -> Self {
        let ResourceNotNameable { instance, side, item, kind, resource, through, maker, could_serve, home, word } =
            facts;
        let is_resource = kind == "resource";
        let verb = if is_resource { "makes" } else { "gives" };
        let message = match side {
            Side::Import => {
                format!(
                    "`{item}` of `{instance}` stays open but speaks of the {kind} `{resource}`, which `{maker}` {verb}"
                )
            }
            Side::Export => {
                format!("`{item}` is exported and speaks of the {kind} `{resource}` of `{maker}`, which is not")
            }
        };
        let mut diagnostic = Self::new(Code::ResourceNotNameable, message);
        if let Some((word, does)) = word {
            diagnostic = diagnostic.at(word, does);
        }
        if let Some(through) = through {
            diagnostic = diagnostic
                .note(format!("`{instance}` knows `{resource}` by its import `{through}`, wired to `{maker}`"));
        }
        let through = through.unwrap_or(item);
        diagnostic = match side {
            Side::Import => diagnostic
                .note(if is_resource {
                    "the host cannot be asked for something about a resource that is made inside".to_owned()
                } else {
                    format!(
                        "a {kind} with a handle inside has a name only where its resource has one, and that is inside"
                    )
                })
                .help(if could_serve {
                    format!(
                        "let `{maker}` provide both: {}, or in compose.toml `[wires.{instance}]` with \
                         `\"{item}\" = \"{maker}\"`",
                        option("--wire", &format!("{instance}:{item}={maker}"))
                    )
                } else {
                    format!("add a component that exports `{item}` and gets its `{resource}` from `{maker}` too")
                })
                .help(format!(
                    "or leave both to the host: {}, or in compose.toml `[wires.{instance}]` with \
                     `\"{through}\" = {{ open = true }}`{}",
                    option("--wire", &format!("{instance}:{through}=open")),
                    spared(maker)
                )),
            Side::Export => diagnostic
                .note(format!("who uses the export could not name the {kind}"))
                .help(format!("export it too: in compose.toml `[exports]` with `\"{home}\" = \"{maker}\"`")),
        };
        diagnostic.fact("instance", instance).fact("item", item).fact("resource", resource).fact("owner", maker)
    }
}

/// Whose names are meant.
pub(super) enum Whose<'f> {
    /// Those of an input.
    Component(&'f str),
    /// Those of the result.
    Result,
}

/// Labels or external ids for a host that does not know them.
pub(super) struct LabelNotSupported<'f> {
    pub(super) host: &'static str,
    pub(super) target: Option<&'f Written>,
    /// The words that name the file, or ask for the exports.
    pub(super) words: Vec<&'f Written>,
    pub(super) whose: Whose<'f>,
    pub(super) names: &'f [String],
}

impl From<LabelNotSupported<'_>> for Diagnostic {
    fn from(LabelNotSupported { host, target, words, whose, names }: LabelNotSupported<'_>) -> Self {
        let list = quoted(names);
        let message = match whose {
            Whose::Component(origin) => format!("`{origin}` labels {list}, and `{host}` does not know labels"),
            Whose::Result => format!("the result labels {list}, and `{host}` does not know labels"),
        };
        let help = match whose {
            Whose::Component(_) => "compose for a host that knows them: `--target tools-0.263`",
            Whose::Result => {
                "export it under the name of its interface, or compose for a host that knows labels: `--target tools-0.263`"
            }
        };
        let diagnostic = Self::new(Code::LabelNotSupported, message)
            .note("labels (`implements`) and external ids are attributes that a host without them refuses, inside too")
            .help(help)
            .fact("host", host);
        let diagnostic = at_names(diagnostic, &words, target);
        names.iter().fold(diagnostic, |diagnostic, name| diagnostic.fact("name", name))
    }
}

/// With the places of names that the host does not know, and of the host.
fn at_names(diagnostic: Diagnostic, words: &[&Written], target: Option<&Written>) -> Diagnostic {
    let diagnostic = words.iter().fold(diagnostic, |diagnostic, word| diagnostic.at(*word, "not known there"));
    diagnostic.at(target, "does not know it")
}

/// Canonical names for a host that does not know them.
pub(super) struct CanonicalNameNotSupported<'f> {
    pub(super) host: &'static str,
    pub(super) target: Option<&'f Written>,
    /// The words that name the file, or ask for the exports.
    pub(super) words: Vec<&'f Written>,
    pub(super) whose: Whose<'f>,
    pub(super) names: &'f [String],
}

impl From<CanonicalNameNotSupported<'_>> for Diagnostic {
    fn from(CanonicalNameNotSupported { host, target, words, whose, names }: CanonicalNameNotSupported<'_>) -> Self {
        let list = quoted(names);
        let message = match whose {
            Whose::Component(origin) => format!("`{origin}` spells {list} canonically, which `{host}` does not know"),
            Whose::Result => format!("the version of {list} cannot be written out, as `{host}` needs it"),
        };
        let diagnostic = Self::new(Code::CanonicalNameNotSupported, message)
            .help("build the component without canonical names, or compose for a host that knows them: `--target tools-0.263`")
            .fact("host", host);
        let diagnostic = at_names(diagnostic, &words, target);
        names.iter().fold(diagnostic, |diagnostic, name| diagnostic.fact("name", name))
    }
}

/// An import or export that WIT cannot describe.
pub(super) struct NotWitShaped<'f> {
    pub(super) side: Side,
    pub(super) name: &'f str,
    pub(super) instance: &'f str,
    pub(super) foreign: Foreign,
}

/// What it is that WIT does not have, or what it has inside.
pub(super) enum Foreign {
    Is(&'static str),
    Has(&'static str),
}

impl From<NotWitShaped<'_>> for Diagnostic {
    fn from(NotWitShaped { side, name, instance, foreign }: NotWitShaped<'_>) -> Self {
        let (verb, help) = match side {
            Side::Import => ("import", "add a component that provides it"),
            Side::Export => {
                ("export", "choose the exports: in compose.toml `[exports]` with `root = false` and a line for each")
            }
        };
        let (is, what) = match foreign {
            Foreign::Is(what) => ("is", what),
            Foreign::Has(what) => ("has", what),
        };
        let article = if what.starts_with('i') { "an" } else { "a" };
        Self::new(
            Code::NotWitShaped,
            format!("the result would {verb} `{name}`, which {is} {article} {what}; WIT cannot say that"),
        )
        .note(format!("it is an {verb} of `{instance}`"))
        .help(help)
        .fact("instance", instance)
        .fact(verb, name)
    }
}
