//! From the text of a lock to what was recorded; what is not whole is no lock.

use super::diags::{Conflict, Damaged, Edited, Incomplete, ListedTwice, NotListed, OnlyListed, OtherForm, Twice};
use super::used;
use super::{Block, Lock, VERSION};
use crate::diag::{Diagnostic, Sink, Source};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Judged before all else; it has to be there.
    #[serde(rename = "version")]
    _version: i64,
    consumers: Vec<Spanned<Listed>>,
    #[serde(default)]
    used: Vec<Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    consumer: Spanned<String>,
    environment: Option<String>,
    import: Spanned<String>,
    imports: usize,
    hash: Spanned<String>,
    wit: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    consumer: String,
    environment: Option<String>,
}

/// Only what is needed to tell a file of another form from a damaged one.
#[derive(Deserialize)]
struct Version {
    version: Spanned<i64>,
}

/// Who is recorded, and for which environment.
pub type Who = (Option<String>, String);
/// How many imports each block says its consumer has, and where the first block is.
type Counted = BTreeMap<Who, (Vec<usize>, Range<usize>)>;

/// Reads a lock; `None` if it is not what was written, which is in the sink. What is wrong with the recordings of those
/// that are `replaced` anyway is no fault; they count as damaged then. Marks that a merge left are passed over where
/// something is replaced, since the file is written anew: what stands on both sides has to be whole together.
pub fn read(source: &Arc<Source>, replaced: &[Who], sink: &mut Sink) -> Option<Lock> {
    let before = sink.diagnostics().len();
    let marks = conflicts(&source.text);
    if let (Some(span), true) = (marks.first().cloned(), replaced.is_empty()) {
        sink.report(Conflict { source, span });
        return None;
    }
    let text = &without(&source.text, &marks);
    let merged = !marks.is_empty();
    if let Ok(Version { version }) = toml::from_str(text)
        && *version.get_ref() != VERSION
    {
        sink.report(OtherForm { source, span: version.span(), version: *version.get_ref() });
        return None;
    }
    let file: File = match toml::from_str(text) {
        Ok(file) => file,
        // The marks are what is wrong, whatever else they tore apart.
        Err(_) if let Some(span) = marks.into_iter().next() => {
            sink.report(Conflict { source, span });
            return None;
        }
        Err(error) => {
            let end = source.text.len();
            sink.report(Damaged { source, span: error.span().unwrap_or(end..end), message: error.message() });
            return None;
        }
    };
    let mut lock = Lock { merged, ..Lock::default() };
    let mut faults: Vec<(Who, Diagnostic)> = Vec::new();
    let mut seen: BTreeMap<(Option<String>, String, String), Range<usize>> = BTreeMap::new();
    let mut counted = Counted::new();
    for entry in file.used {
        let entry = entry.into_inner();
        let (consumer, import) = (entry.consumer.get_ref().clone(), entry.import.get_ref().clone());
        let who = (entry.environment.clone(), consumer.clone());
        let key = (entry.environment.clone(), consumer.clone(), import.clone());
        if let Some(first) = seen.get(&key) {
            let (first, second) = (first.clone(), entry.consumer.span());
            let environment = entry.environment.as_deref();
            let twice = Twice { source, first, second, consumer: &consumer, environment, import: &import };
            faults.push((who, twice.into()));
            continue;
        }
        seen.insert(key, entry.consumer.span());
        let of = counted.entry((entry.environment.clone(), consumer.clone()));
        of.or_insert_with(|| (Vec::new(), entry.consumer.span())).0.push(entry.imports);
        let used = match used::read(&import, entry.wit.get_ref().clone()) {
            Ok(used) => used,
            Err(why) => {
                let span = first_line(source, entry.wit.span());
                let environment = entry.environment.as_deref();
                let edited =
                    Edited { source, span, consumer: &consumer, environment, import: &import, why: Some(&why) };
                faults.push((who, edited.into()));
                continue;
            }
        };
        let at = Some((source.clone(), inner(source, entry.wit.span(), entry.wit.get_ref())));
        let block = Block { environment: entry.environment, consumer, imports: entry.imports, used, at };
        if block.hash() != *entry.hash.get_ref() {
            let (consumer, import) = (&block.consumer, &block.used.import);
            let environment = block.environment.as_deref();
            let edited = Edited { source, span: entry.hash.span(), consumer, environment, import, why: None };
            faults.push((who, edited.into()));
            continue;
        }
        lock.blocks.push(block);
    }
    for (who, (said, span)) in &counted {
        if said.iter().any(|count| *count != said.len()) {
            let environment = who.0.as_deref();
            let incomplete = Incomplete { source, span: span.clone(), consumer: &who.1, environment, said };
            faults.push((who.clone(), incomplete.into()));
        }
    }
    faults.extend(unlisted(source, file.consumers, &counted, merged));
    for (who, fault) in faults {
        if !replaced.contains(&who) {
            sink.report(fault);
            continue;
        }
        lock.blocks.retain(|block| (&block.environment, &block.consumer) != (&who.0, &who.1));
        let blocks = counted.get(&who).map_or(0, |(said, _)| said.len());
        lock.damaged.insert(who, blocks);
    }
    lock.blocks.sort_by(|one, other| one.key().cmp(&other.key()));
    (sink.diagnostics().len() == before).then_some(lock)
}

/// Consumers that stand in the list without a block or twice, or have blocks without standing in the list. Both sides of a
/// merge may list one.
fn unlisted(
    source: &Arc<Source>,
    listed: Vec<Spanned<Listed>>,
    counted: &Counted,
    merged: bool,
) -> Vec<(Who, Diagnostic)> {
    let all = listed.into_iter().map(|one| (one.span(), one.into_inner()));
    let mut listed: BTreeMap<Who, Range<usize>> = BTreeMap::new();
    let mut twice: Vec<(Who, Diagnostic)> = Vec::new();
    for (second, Listed { consumer, environment }) in all {
        let who = (environment, consumer);
        match listed.get(&who).cloned() {
            Some(first) if !merged => {
                let fault = ListedTwice { source, first, second, consumer: &who.1, environment: who.0.as_deref() };
                let fault = fault.into();
                twice.push((who, fault));
            }
            Some(_) => {}
            None => drop(listed.insert(who, second)),
        }
    }
    let lost = listed.iter().filter(|(who, _)| !counted.contains_key(*who)).map(|(who, span)| {
        let (environment, consumer) = who;
        let lost = OnlyListed { source, span: span.clone(), consumer, environment: environment.as_deref() };
        (who.clone(), lost.into())
    });
    let unknown = counted.iter().filter(|(who, _)| !listed.contains_key(*who)).map(|(who, (_, span))| {
        let unknown = NotListed { source, span: span.clone(), consumer: &who.1, environment: who.0.as_deref() };
        (who.clone(), unknown.into())
    });
    twice.into_iter().chain(lost).chain(unknown).collect()
}

/// The lines that a merge left behind.
fn conflicts(text: &str) -> Vec<Range<usize>> {
    let (mut at, mut found) = (0, Vec::new());
    for line in text.split_inclusive('\n') {
        let plain = line.trim_end();
        if ["<<<<<<< ", ">>>>>>> ", "||||||| "].iter().any(|mark| plain.starts_with(mark)) || plain == "=======" {
            found.push(at..at + plain.len());
        }
        at += line.len();
    }
    found
}

/// The text with blanks in some places, so that all else stands where it did.
fn without(text: &str, places: &[Range<usize>]) -> String {
    let mut out = text.to_owned();
    places.iter().for_each(|place| out.replace_range(place.clone(), &" ".repeat(place.len())));
    out
}

fn first_line(source: &Source, span: Range<usize>) -> Range<usize> {
    let text = source.text.get(span.clone()).unwrap_or_default();
    span.start..span.start + text.find('\n').unwrap_or(text.len())
}

/// Where the text of a literal stands in the file; nowhere if it had to be escaped or has other ends of lines there.
fn inner(source: &Source, span: Range<usize>, text: &str) -> Range<usize> {
    match source.text.get(span.clone()).and_then(|literal| literal.find(text)) {
        Some(at) => span.start + at..span.start + at + text.len(),
        None => span.start..span.start,
    }
}
