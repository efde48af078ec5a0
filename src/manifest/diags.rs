//! What can be wrong with a manifest, in words.

use super::keys::RESERVED_TABLES;
use crate::diag::{Code, Diagnostic, Source};
use crate::model::import_pattern::{PatternFault, Place};

use std::ops::Range;
use std::sync::Arc;

/// A place in the manifest, in whatever language that is.
#[derive(Debug, Clone)]
pub struct Spot<'a> {
    /// The manifest.
    pub source: &'a Arc<Source>,
    /// The bytes that are meant.
    pub span: Range<usize>,
}

impl Spot<'_> {
    pub(super) fn diagnostic(&self, code: Code, message: String, label: &str) -> Diagnostic {
        Diagnostic::new(code, message).label(self.source, self.span.clone(), label)
    }
}

/// C0101: the text is no TOML.
#[derive(Debug)]
pub struct ManifestSyntax<'a> {
    /// Where.
    pub spot: Spot<'a>,
    /// What the TOML reader says.
    pub message: &'a str,
}

impl From<ManifestSyntax<'_>> for Diagnostic {
    fn from(facts: ManifestSyntax<'_>) -> Self {
        let message = format!("`{}` is not valid TOML: {}", facts.spot.source.name, facts.message);
        let help = mended(&facts.spot).unwrap_or_else(|| "a line is `key = \"value\"`, or `[table]`".into());
        facts.spot.diagnostic(Code::ManifestSyntax, message, "here").help(help)
    }
}

/// The broken line with the brackets or quotes that it lacks, if that makes TOML of it; of a list or table its form.
fn mended(spot: &Spot<'_>) -> Option<String> {
    let text = &spot.source.text;
    let start = text.get(..spot.span.start)?.rfind('\n').map_or(0, |at| at + 1);
    let line = text[start..].lines().next().unwrap_or_default().trim();
    let fixed = match (line.split_once('='), line.strip_prefix('[')) {
        (_, Some(table)) => format!("[{}]", table.trim_matches(['[', ']', ' '])),
        (Some((_, value)), None) if value.trim_start().starts_with('[') => {
            return Some("a list is `key = [\"one\", \"two\"]`".into());
        }
        (Some((_, value)), None) if value.trim_start().starts_with('{') => {
            return Some("a table on one line is `key = { one = \"value\" }`".into());
        }
        (Some((key, value)), None) => {
            let value = value.trim().trim_matches(['"', '\'']).replace(['"', '\\'], "");
            let value = if value.is_empty() { "…" } else { &value };
            format!("{} = \"{value}\"", key.trim())
        }
        (None, None) => return None,
    };
    (fixed != line && toml::de::DeTable::parse(&fixed).is_ok()).then_some(fixed)
}

/// C0102: a key that does not exist.
#[derive(Debug)]
pub struct UnknownKey<'a> {
    /// The key.
    pub spot: Spot<'a>,
    /// Its text.
    pub key: &'a str,
    /// The table it stands in; empty for the top.
    pub table: &'a str,
    /// The keys that exist there.
    pub known: &'a [&'a str],
    /// The nearest of them, if it may be a slip.
    pub near: Option<&'a str>,
    /// The table where such a key exists.
    pub home: Option<&'a str>,
}

impl From<UnknownKey<'_>> for Diagnostic {
    fn from(facts: UnknownKey<'_>) -> Self {
        let place = if facts.table.is_empty() { "the manifest".into() } else { format!("`[{}]`", facts.table) };
        let message = format!("{place} has no key `{}`", facts.key);
        let known = facts.known.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        let diagnostic = facts
            .spot
            .diagnostic(Code::UnknownKey, message, "unknown key")
            .note(format!("known here: {known}"))
            .fact("key", facts.key)
            .fact("table", facts.table);
        if facts.table.is_empty() && RESERVED_TABLES.contains(&facts.key) {
            return diagnostic.note(format!("`[{}]` is reserved for a later version", facts.key)).help("leave it out");
        }
        match (facts.near, facts.home) {
            (Some(near), _) => diagnostic.help(format!("did you mean `{near}`?")),
            (None, Some(home)) => diagnostic.help(format!("put it into `[{home}]`")),
            (None, None) => diagnostic,
        }
    }
}

/// C0103: one key twice in a table.
#[derive(Debug)]
pub struct DuplicateKey<'a> {
    /// The second of them.
    pub spot: Spot<'a>,
    /// The first, where it is known.
    pub first: Option<Range<usize>>,
    /// The key.
    pub key: &'a str,
}

impl From<DuplicateKey<'_>> for Diagnostic {
    fn from(facts: DuplicateKey<'_>) -> Self {
        let message = format!("the key `{}` is there twice", facts.key);
        let diagnostic = facts.spot.diagnostic(Code::DuplicateKey, message, "here again").fact("key", facts.key);
        let before = facts.spot.source.text.get(..facts.spot.span.start).unwrap_or_default();
        let is_table = before.rsplit('\n').next().is_some_and(|line| line.trim_start().starts_with('['));
        let diagnostic = diagnostic.help(match is_table {
            true => "put the lines of both under one header",
            false => "leave one of them out",
        });
        match facts.first {
            Some(first) => diagnostic.label(facts.spot.source, first, "first here"),
            None => diagnostic,
        }
    }
}

/// C0104: a value of another type than its key asks for.
#[derive(Debug)]
pub struct WrongType<'a> {
    /// The value.
    pub spot: Spot<'a>,
    /// Its key.
    pub key: &'a str,
    /// What the key asks for, with its article.
    pub expected: &'a str,
    /// The TOML type of the value.
    pub found: &'a str,
    /// A line that would do.
    pub help: Option<String>,
}

impl From<WrongType<'_>> for Diagnostic {
    fn from(facts: WrongType<'_>) -> Self {
        let message = format!("`{}` must be {}, not a value of type {}", facts.key, facts.expected, facts.found);
        let label = format!("this is of type {}", facts.found);
        let diagnostic = facts.spot.diagnostic(Code::WrongType, message, &label).fact("key", facts.key);
        match facts.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}

/// C0105: a name that breaks the rules for names.
#[derive(Debug)]
pub struct IllegalName<'a> {
    /// The name.
    pub spot: Spot<'a>,
    /// Its text.
    pub name: &'a str,
    /// What it names: `component`, `instance`, `package`, …
    pub what: &'a str,
    /// What such a name looks like.
    pub form: &'a str,
    /// A legal name near to it.
    pub legal: Option<String>,
}

impl From<IllegalName<'_>> for Diagnostic {
    fn from(facts: IllegalName<'_>) -> Self {
        let message = if facts.name.is_empty() {
            format!("the name of {} is empty", with_article(facts.what))
        } else {
            format!("`{}` is not a legal name for {}", facts.name, with_article(facts.what))
        };
        let diagnostic = facts
            .spot
            .diagnostic(Code::IllegalName, message, "not a legal name")
            .note(format!("the name of {} is {}", with_article(facts.what), facts.form))
            .fact("name", facts.name);
        match facts.legal {
            Some(legal) => diagnostic.help(format!("call it `{legal}`")),
            None => diagnostic,
        }
    }
}

fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// C0106: a pattern, or the name of an import or export, that cannot be read.
#[derive(Debug)]
pub struct IllegalPattern<'a> {
    /// The pattern, if it stands in a text.
    pub spot: Option<Spot<'a>>,
    /// Its text.
    pub text: &'a str,
    /// What is wrong with it.
    pub fault: PatternFault,
    /// What may stand there.
    pub place: Place,
}

impl From<IllegalPattern<'_>> for Diagnostic {
    fn from(facts: IllegalPattern<'_>) -> Self {
        let text = facts.text;
        let (message, help) = match facts.fault {
            PatternFault::Empty => ("the name of an import or export is empty".into(), None),
            PatternFault::Wildcard => {
                let namespace = text.split([':', '/', '*']).next().filter(|word| !word.is_empty()).unwrap_or("wasi");
                (format!("`{text}` is not a pattern"), Some(format!("\"{namespace}:*\"")))
            }
            PatternFault::PackageOnly if facts.place != Place::Name => (
                format!("`{text}` is a package, where interfaces are meant"),
                Some(format!("\"{}/*\"", text.split('@').next().unwrap_or(text))),
            ),
            PatternFault::PackageOnly => (
                format!("`{text}` is a package, where one of its interfaces must be named"),
                Some(format!("\"{}/…\"", text.split('@').next().unwrap_or(text))),
            ),
            PatternFault::Malformed => (format!("`{text}` is not the name of an import or export"), None),
            PatternFault::NoWildcardHere => (format!("`{text}` has a `*` where one interface must be named"), None),
        };
        let mut diagnostic = Diagnostic::new(Code::IllegalPattern, message);
        if let Some(spot) = facts.spot {
            diagnostic = diagnostic.label(spot.source, spot.span, "cannot be read");
        }
        diagnostic = diagnostic.note(match facts.place {
            Place::Name => "a name is `ns:pkg/interface`, with or without `@version`, or a plain name",
            Place::Wire => {
                "a name is `ns:pkg/interface`, with or without `@version`, or a plain name; wildcards are `ns:*` and \
                 `ns:pkg/*`, nothing else"
            }
            Place::Permission => {
                "a name is `ns:pkg/interface`, with or without `@version`, or a plain name; wildcards are `ns:*`, \
                 `ns:pkg/*` and `*`, nothing else"
            }
        });
        diagnostic = diagnostic.fact("name", text);
        match help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}

/// C0107: two keys that exclude each other.
#[derive(Debug)]
pub struct ExcludingKeys<'a> {
    /// The second key.
    pub spot: Spot<'a>,
    /// The first key.
    pub first: Range<usize>,
    /// Their texts.
    pub keys: [&'a str; 2],
    /// The table they stand in.
    pub table: &'a str,
}

impl From<ExcludingKeys<'_>> for Diagnostic {
    fn from(facts: ExcludingKeys<'_>) -> Self {
        let [first, second] = facts.keys;
        let message = format!("`{}` has both `{first}` and `{second}`", facts.table);
        facts
            .spot
            .diagnostic(Code::ExcludingKeys, message, "and this")
            .label(facts.spot.source, facts.first, "this")
            .help(format!("leave out `{first}` or `{second}`"))
            .fact("keys", format!("{first}, {second}"))
    }
}

/// C0108: a component from a registry.
#[derive(Debug)]
pub struct RegistryComponent<'a> {
    /// The package that is asked for.
    pub spot: Spot<'a>,
    /// The component.
    pub name: &'a str,
    /// The package.
    pub package: &'a str,
}

impl From<RegistryComponent<'_>> for Diagnostic {
    fn from(facts: RegistryComponent<'_>) -> Self {
        let message =
            format!("component `{}` is to come from a registry, which this version cannot do yet", facts.name);
        facts
            .spot
            .diagnostic(Code::RegistryComponent, message, "a package, not a path")
            .note("a path has a slash or ends in `.wasm` or `.wat`")
            .help(format!("{} = \"components/{}.wasm\"", facts.name, facts.name))
            .fact("component", facts.name)
            .fact("package", facts.package)
    }
}

/// C0109: a key that is needed and not there.
#[derive(Debug)]
pub struct MissingKey<'a> {
    /// The table that lacks it, or the end of the manifest.
    pub spot: Spot<'a>,
    /// The key.
    pub key: &'a str,
    /// What lacks it, as in a sentence: `[components]`, `the wire`.
    pub place: &'a str,
    /// Lines that would do.
    pub help: String,
    /// Why it is needed.
    pub why: Option<&'a str>,
}

impl From<MissingKey<'_>> for Diagnostic {
    fn from(facts: MissingKey<'_>) -> Self {
        let message = format!("{} has no `{}`", facts.place, facts.key);
        let mut diagnostic = facts.spot.diagnostic(Code::MissingKey, message, "missing here");
        if let Some(why) = facts.why {
            diagnostic = diagnostic.note(why);
        }
        diagnostic.help(facts.help).fact("key", facts.key)
    }
}

/// C0110: a value of the right type that its key does not take.
#[derive(Debug)]
pub struct BadValue<'a> {
    /// The value.
    pub spot: Spot<'a>,
    /// Its key.
    pub key: &'a str,
    /// The value as text.
    pub value: &'a str,
    /// What the key takes, as a noun phrase.
    pub expected: String,
    /// A line that would do.
    pub help: Option<String>,
}

impl From<BadValue<'_>> for Diagnostic {
    fn from(facts: BadValue<'_>) -> Self {
        let message = format!("`{}` cannot be `{}`", facts.key, facts.value);
        let diagnostic = facts
            .spot
            .diagnostic(Code::BadValue, message, "not a value for this key")
            .note(format!("`{}` is {}", facts.key, facts.expected))
            .fact("key", facts.key)
            .fact("value", facts.value);
        match facts.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}
