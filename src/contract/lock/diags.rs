//! What is wrong with a lock or with what is to be recorded, in words.

use super::{FILE, VERSION};
use crate::diag::{Code, Diagnostic, Source, option, shell_word};
use crate::model::listed::quoted;
use crate::model::request::Written;
use std::ops::Range;
use std::sync::Arc;

/// C0920: nothing was recorded yet.
pub struct Missing<'a> {
    /// The file that was looked for.
    pub path: &'a str,
    /// Where it is named, if it is.
    pub at: Option<&'a Written>,
}

/// C0921: the lock is not in its form.
pub struct Damaged<'a> {
    /// The lock.
    pub source: &'a Arc<Source>,
    /// Where.
    pub span: Range<usize>,
    /// What the reader says.
    pub message: &'a str,
}

/// C0922: the lock has the marks of a merge in it.
pub struct Conflict<'a> {
    /// The lock.
    pub source: &'a Arc<Source>,
    /// The mark.
    pub span: Range<usize>,
}

/// C0923: the lock was written by a later version; C0921: it has a version that no form has.
pub struct OtherForm<'a> {
    /// The lock.
    pub source: &'a Arc<Source>,
    /// Its version.
    pub span: Range<usize>,
    /// The same.
    pub version: i64,
}

/// C0924: a block is not what was recorded.
pub struct Edited<'a> {
    /// The lock.
    pub source: &'a Arc<Source>,
    /// The digest, or the WIT if it cannot be read.
    pub span: Range<usize>,
    /// Whose block.
    pub consumer: &'a str,
    /// Where it was recorded.
    pub environment: Option<&'a str>,
    /// Of which import.
    pub import: &'a str,
    /// Why the WIT cannot be read.
    pub why: Option<&'a str>,
}

/// C0925: two blocks for one import.
pub struct Twice<'a> {
    /// The lock.
    pub source: &'a Arc<Source>,
    /// The first.
    pub first: Range<usize>,
    /// The second.
    pub second: Range<usize>,
    /// Whose.
    pub consumer: &'a str,
    /// Where it was recorded.
    pub environment: Option<&'a str>,
    /// Of which import.
    pub import: &'a str,
}

/// C0925: a consumer stands in the list twice.
pub struct ListedTwice<'a> {
    /// The lock.
    pub source: &'a Arc<Source>,
    /// The first entry.
    pub first: Range<usize>,
    /// The second.
    pub second: Range<usize>,
    /// Who.
    pub consumer: &'a str,
    /// Where it was recorded.
    pub environment: Option<&'a str>,
}

/// C0926: some blocks of a consumer are not there, or are of another recording.
pub struct Incomplete<'a> {
    /// The lock.
    pub source: &'a Arc<Source>,
    /// The first block of the consumer.
    pub span: Range<usize>,
    /// Whose.
    pub consumer: &'a str,
    /// Where it was recorded.
    pub environment: Option<&'a str>,
    /// How many each block says there are.
    pub said: &'a [usize],
}

/// C0926: a consumer is in the list, and all its blocks are gone.
pub struct OnlyListed<'a> {
    /// The lock.
    pub source: &'a Arc<Source>,
    /// The entry of the list.
    pub span: Range<usize>,
    /// Whose.
    pub consumer: &'a str,
    /// Where it was recorded.
    pub environment: Option<&'a str>,
}

/// C0926: a consumer has blocks, and is not in the list.
pub struct NotListed<'a> {
    /// The lock.
    pub source: &'a Arc<Source>,
    /// The first block of the consumer.
    pub span: Range<usize>,
    /// Whose.
    pub consumer: &'a str,
    /// Where it was recorded.
    pub environment: Option<&'a str>,
}

/// C0927: an import cannot be recorded.
pub struct CannotRecord<'a> {
    /// The component.
    pub origin: &'a str,
    /// The import.
    pub import: &'a str,
    /// What in it has no form in WIT.
    pub why: &'a str,
}

/// C0927: there is no binary, so nothing that it imports.
pub struct IsWit<'a> {
    /// The WIT.
    pub origin: &'a str,
}

/// C0928: a consumer is not recorded.
pub struct NotRecorded<'a> {
    /// The consumer.
    pub consumer: &'a Written,
    /// Where it was looked for.
    pub environment: Option<&'a str>,
    /// One whose name is near.
    pub near: Option<&'a str>,
    /// Where else it is recorded, if it is.
    pub elsewhere: Option<&'a Option<String>>,
}

/// C0929: nothing is recorded for an environment.
pub struct NoEnvironment<'a> {
    /// The environment.
    pub environment: &'a Written,
    /// Those that there are.
    pub known: &'a [&'a str],
}

/// How the recording of a consumer is made anew.
fn record_again(consumer: &str, environment: Option<&str>) -> String {
    let file = format!("{consumer}.wasm");
    format!("record it again from its component: `compose contract record {}{}`", shell_word(&file), apart(environment))
}

/// How a consumer is taken out instead.
fn or_retire(consumer: &str, environment: Option<&str>) -> String {
    let consumer = shell_word(consumer);
    let retire = format!("compose contract record --retire {consumer}{}", apart(environment));
    format!("or take it out, if it is no longer used: `{retire}`")
}

fn apart(environment: Option<&str>) -> String {
    environment.map_or_else(String::new, |name| format!(" --environment {}", shell_word(name)))
}

impl From<Missing<'_>> for Diagnostic {
    fn from(Missing { path, at }: Missing<'_>) -> Self {
        Self::new(Code::LockMissing, format!("there is no `{path}`, so no consumer is known"))
            .at(at, "no such file")
            .note("a provider that nobody is held against is not fine, it is not checked")
            .help("record those who use it: `compose contract record consumer.wasm`")
    }
}

impl From<Damaged<'_>> for Diagnostic {
    fn from(Damaged { source, span, message }: Damaged<'_>) -> Self {
        Self::new(Code::LockDamaged, format!("`{}` is not in the form it was written in", source.name))
            .label(source, span, plain(message))
            .help("take it from version control as it was, or remove it and record its consumers again")
    }
}

/// What the reader of TOML says, without the words of its types.
fn plain(message: &str) -> String {
    let message = message.lines().next().unwrap_or_default().trim_end_matches('.');
    let quoted = |rest: &str| rest.split('`').nth(1).unwrap_or_default().to_owned();
    let meant = message.rsplit_once(", expected ").map(|(_, meant)| match meant {
        "usize" | "i64" => "a number",
        "a string" | "string" => "a string",
        meant if meant.starts_with("struct ") => "a table",
        "a sequence" => "a list",
        _ => "something else",
    });
    match (message.split_once(" field "), meant) {
        (Some(("missing", name)), _) => format!("`{}` is missing", quoted(name)),
        (Some(("duplicate", name)), _) => format!("`{}` is here twice", quoted(name)),
        (Some(("unknown", name)), _) => format!("`{}` is no key of a lock", quoted(name)),
        (None, Some(meant)) if message.starts_with("invalid ") => format!("{meant} is meant"),
        _ => message.to_owned(),
    }
}

impl From<Conflict<'_>> for Diagnostic {
    fn from(Conflict { source, span }: Conflict<'_>) -> Self {
        Self::new(Code::LockConflict, format!("`{}` has the marks of a merge in it", source.name))
            .label(source, span, "left by a merge")
            .help(
                "record one of the consumers again, which takes the marks out: `compose contract record consumer.wasm`",
            )
            .help("where the marks tear a block apart, keep one side's blocks and record those of the other again")
    }
}

impl From<OtherForm<'_>> for Diagnostic {
    fn from(OtherForm { source, span, version }: OtherForm<'_>) -> Self {
        let name = &source.name;
        if version < VERSION {
            let message = format!("there is no form {version} of locks");
            return Damaged { source, span, message: &message }.into();
        }
        Self::new(Code::LockNewer, format!("`{name}` is of form {version}, which this `compose` does not know"))
            .label(source, span, "written by a later version")
            .help("use the `compose` that wrote it, or a later one")
    }
}

impl From<Edited<'_>> for Diagnostic {
    fn from(Edited { source, span, consumer, environment, import, why }: Edited<'_>) -> Self {
        let text = match why {
            Some(_) => "this is no WIT of it",
            None => "the digest is that of something else",
        };
        let edited =
            Self::new(Code::LockEdited, format!("what `{consumer}` uses of `{import}` is not as it was recorded"))
                .label(source, span, text);
        let edited = match why {
            Some(why) => edited.note(format!("the reader of WIT says: {why}")),
            None => edited.note("names, versions, the WIT and the number of imports are all part of the digest"),
        };
        edited.help(record_again(consumer, environment)).fact("consumer", consumer).fact("item", import)
    }
}

impl From<Twice<'_>> for Diagnostic {
    fn from(Twice { source, first, second, consumer, environment, import }: Twice<'_>) -> Self {
        Self::new(Code::LockTwice, format!("`{import}` of `{consumer}` is recorded twice"))
            .label(source, second, "again here")
            .label(source, first, "first here")
            .help(record_again(consumer, environment))
            .fact("consumer", consumer)
            .fact("item", import)
    }
}

impl From<ListedTwice<'_>> for Diagnostic {
    fn from(ListedTwice { source, first, second, consumer, environment }: ListedTwice<'_>) -> Self {
        Self::new(Code::LockTwice, format!("`{consumer}` is in the list of consumers twice"))
            .label(source, second, "again here")
            .label(source, first, "first here")
            .help(record_again(consumer, environment))
            .fact("consumer", consumer)
    }
}

impl From<Incomplete<'_>> for Diagnostic {
    fn from(Incomplete { source, span, consumer, environment, said }: Incomplete<'_>) -> Self {
        let mut distinct = said.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        let there = said.len();
        let message = match distinct.as_slice() {
            [one] => format!("of the {one} imports of `{consumer}` that were recorded {there} can be found"),
            _ => format!("the imports of `{consumer}` are of more than one recording"),
        };
        Self::new(Code::LockIncomplete, message)
            .label(source, span, "this recording")
            .note("to leave one out would call a provider fine that breaks it")
            .help(record_again(consumer, environment))
            .help(or_retire(consumer, environment))
            .fact("consumer", consumer)
    }
}

impl From<OnlyListed<'_>> for Diagnostic {
    fn from(OnlyListed { source, span, consumer, environment }: OnlyListed<'_>) -> Self {
        let place = environment.map_or_else(String::new, |name| format!(" for `{name}`"));
        Self::new(
            Code::LockIncomplete,
            format!("`{consumer}` was recorded{place}, and none of its imports can be found"),
        )
        .label(source, span, "all blocks of this consumer are gone")
        .note("to leave it out would call a provider fine that breaks it")
        .help(record_again(consumer, environment))
        .help(or_retire(consumer, environment))
        .fact("consumer", consumer)
    }
}

impl From<NotListed<'_>> for Diagnostic {
    fn from(NotListed { source, span, consumer, environment }: NotListed<'_>) -> Self {
        Self::new(Code::LockIncomplete, format!("`{consumer}` has imports here and is not in the list of consumers"))
            .label(source, span, "this recording")
            .note("the list says who was recorded, so that nobody is lost with all blocks")
            .help(record_again(consumer, environment))
            .help(or_retire(consumer, environment))
            .fact("consumer", consumer)
    }
}

impl From<CannotRecord<'_>> for Diagnostic {
    fn from(CannotRecord { origin, import, why }: CannotRecord<'_>) -> Self {
        Self::new(Code::CannotRecord, format!("what `{origin}` imports as `{import}` cannot be recorded"))
            .note(format!("WIT has no form for this: {why}"))
            .help("check the component itself: `compose contract check consumer.wasm provider.wasm` needs no WIT")
            .fact("component", origin)
            .fact("item", import)
    }
}

impl From<IsWit<'_>> for Diagnostic {
    fn from(IsWit { origin }: IsWit<'_>) -> Self {
        Self::new(Code::CannotRecord, format!("`{origin}` cannot be recorded: it is WIT"))
            .note("what is recorded is what a binary really imports, and that is less than its world")
            .help("record the component that was built of it")
            .fact("component", origin)
    }
}

impl From<NotRecorded<'_>> for Diagnostic {
    fn from(NotRecorded { consumer, environment, near, elsewhere }: NotRecorded<'_>) -> Self {
        let place = environment.map_or_else(String::new, |name| format!(" for `{name}`"));
        let told = Self::new(Code::NotRecorded, format!("no consumer `{}` is recorded{place}", consumer.text));
        let told = told.at(consumer, "not in the lock");
        match (near, elsewhere) {
            (_, Some(Some(other))) => told.help(format!("it is recorded with {}", option("--environment", other))),
            (_, Some(None)) => told.help("it is recorded without an environment"),
            (Some(near), _) => told.help(format!("did you mean `{near}`?")),
            _ => told.help(format!("`{FILE}` says who is recorded")),
        }
    }
}

impl From<NoEnvironment<'_>> for Diagnostic {
    fn from(NoEnvironment { environment, known }: NoEnvironment<'_>) -> Self {
        let told = Self::new(Code::NoEnvironment, format!("nothing is recorded for `{}`", environment.text));
        let told = told.at(environment, "no such environment");
        match known {
            [] => told.help("record a consumer for it: `compose contract record consumer.wasm --environment NAME`"),
            known => told.help(format!("there is {}", quoted(known))),
        }
    }
}
