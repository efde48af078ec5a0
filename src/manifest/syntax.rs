//! The TOML layer: text to tables, and what the TOML reader has to complain about.
//!
//! The reader recovers, so the tables can be judged even when a line is broken. What is then said about a broken line, or
//! said to be missing, may be a consequence of the break; [`plausible`] keeps such echoes out.

use super::diags::{DuplicateKey, ManifestSyntax, Spot};
use crate::diag::{Code, Diagnostic, Source};
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

/// Reads the tables and reports every place that is no TOML.
pub(crate) fn read<'i>(source: &'i Arc<Source>) -> (Spanned<DeTable<'i>>, Vec<Diagnostic>) {
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    let mut found: Vec<Diagnostic> = errors.iter().map(|error| describe(source, table.get_ref(), error)).collect();
    // What the reader says after its first complaint about a line is about its own guess of what was meant.
    found.sort_by_key(|error| first_span(error).start);
    found.dedup_by_key(|error| line_of(source, first_span(error).start));
    (table, found)
}

fn describe(source: &Arc<Source>, table: &DeTable<'_>, error: &Error) -> Diagnostic {
    let end = source.text.len();
    let span = error.span().map_or(end..end, |span| span.start.min(end)..span.end.min(end));
    if error.message().starts_with("duplicate key") {
        let key = source.text.get(span.clone()).unwrap_or_default().trim_matches(['"', '\'']);
        let mut firsts = Vec::new();
        places_of(table, key, &mut firsts);
        firsts.retain(|first| *first != span);
        let first = if let [only] = firsts.as_slice() { Some(only.clone()) } else { None };
        return DuplicateKey { spot: Spot { source, span }, first, key }.into();
    }
    ManifestSyntax { spot: Spot { source, span }, message: error.message() }.into()
}

/// Where keys of that text stand, in any table.
fn places_of(table: &DeTable<'_>, key: &str, out: &mut Vec<Range<usize>>) {
    for (found, value) in table {
        if found.get_ref() == key {
            out.push(found.span());
        }
        if let DeValue::Table(table) = value.get_ref() {
            places_of(table, key, out);
        }
    }
}

/// Whether a complaint about the tables stands on its own beside those about the text.
pub(crate) fn plausible(source: &Source, broken: &[Diagnostic], complaint: &Diagnostic) -> bool {
    if broken.is_empty() {
        return true;
    }
    if complaint.labels.iter().any(|label| label.span.is_empty()) {
        return false;
    }
    let lines = |diagnostic: &Diagnostic| {
        let span = first_span(diagnostic);
        line_of(source, span.start)..=line_of(source, span.end.max(span.start))
    };
    let own = lines(complaint);
    complaint.code != Code::MissingKey
        && !broken.iter().map(lines).any(|other| other.start() <= own.end() && own.start() <= other.end())
}

fn first_span(diagnostic: &Diagnostic) -> Range<usize> {
    diagnostic.labels.first().map_or(0..0, |label| label.span.clone())
}

fn line_of(source: &Source, offset: usize) -> usize {
    source.text.as_bytes().iter().take(offset).filter(|byte| **byte == b'\n').count()
}
