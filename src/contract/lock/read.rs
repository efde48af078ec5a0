//! From the text of a lock to what was recorded; what is not whole is no lock.

use super::diags::{Conflict, Damaged, Edited, Incomplete, Newer, NotListed, OnlyListed, Twice};
use super::used;
use super::{Block, Lock, VERSION, WITHOUT_LIST};
use crate::diag::{Diagnostic, Sink, Source};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: Spanned<i64>,
    consumers: Option<Vec<Spanned<Listed>>>,
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

/// Only what is needed to tell a file of a later form from a damaged one.
#[derive(Deserialize)]
struct Version {
    version: Spanned<i64>,
}

/// Who is recorded, and for which environment.
pub type Who = (Option<String>, String);
/// How many imports each block says its consumer has, and where the first block is.
type Counted = BTreeMap<Who, (Vec<usize>, Range<usize>)>;

/// Reads a lock; `None` if it is not what was written, which is in the sink. What is wrong with the recordings of those
/// that are `replaced` anyway is no fault; they count as damaged then.
pub fn read(source: &Arc<Source>, replaced: &[Who], sink: &mut Sink) -> Option<Lock> {
    let before = sink.diagnostics().len();
    if let Some(span) = conflict(&source.text) {
        sink.report(Conflict { source, span });
        return None;
    }
    if let Ok(Version { version }) = toml::from_str(&source.text)
        && *version.get_ref() > VERSION
    {
        sink.report(Newer { source, span: version.span(), version: *version.get_ref() });
        return None;
    }
    let file: File = match toml::from_str(&source.text) {
        Ok(file) => file,
        Err(error) => {
            let end = source.text.len();
            sink.report(Damaged { source, span: error.span().unwrap_or(end..end), message: error.message() });
            return None;
        }
    };
    let message = match (*file.version.get_ref(), &file.consumers) {
        (VERSION, Some(_)) | (WITHOUT_LIST, None) => None,
        (VERSION, None) => Some("the list of `consumers` is missing".to_owned()),
        (WITHOUT_LIST, Some(_)) => Some(format!("a form with `consumers` is version {VERSION}")),
        (other, _) => Some(format!("there is no version {other} of this form")),
    };
    if let Some(message) = message {
        sink.report(Damaged { source, span: file.version.span(), message: &message });
        return None;
    }
    let mut lock = Lock::default();
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
    if let Some(listed) = file.consumers {
        faults.extend(unlisted(source, listed, &counted));
    }
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

/// Consumers that stand in the list without a block, or have blocks without standing in the list.
fn unlisted(source: &Arc<Source>, listed: Vec<Spanned<Listed>>, counted: &Counted) -> Vec<(Who, Diagnostic)> {
    let listed = listed.into_iter().map(|one| (one.span(), one.into_inner()));
    let listed = listed.map(|(span, Listed { consumer, environment })| ((environment, consumer), span));
    let listed: BTreeMap<Who, Range<usize>> = listed.collect();
    let lost = listed.iter().filter(|(who, _)| !counted.contains_key(*who)).map(|(who, span)| {
        let (environment, consumer) = who;
        let lost = OnlyListed { source, span: span.clone(), consumer, environment: environment.as_deref() };
        (who.clone(), lost.into())
    });
    let unknown = counted.iter().filter(|(who, _)| !listed.contains_key(*who)).map(|(who, (_, span))| {
        let unknown = NotListed { source, span: span.clone(), consumer: &who.1, environment: who.0.as_deref() };
        (who.clone(), unknown.into())
    });
    lost.chain(unknown).collect()
}

/// A line that a merge left behind.
fn conflict(text: &str) -> Option<Range<usize>> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let plain = line.trim_end();
        if ["<<<<<<< ", ">>>>>>> ", "||||||| "].iter().any(|mark| plain.starts_with(mark)) || plain == "=======" {
            return Some(at..at + plain.len());
        }
        at += line.len();
    }
    None
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
