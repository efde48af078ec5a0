//! A command line that is longer than the terminal is wide, cut to what is labelled and some words around it.
//!
//! Other texts have lines of their own, which the reader finds again in his editor; the command line is one line.

use super::diagnostic::{Label, Source};
use std::ops::Range;

/// What stands for what was left out.
const GAP: &str = "…";

/// The text with gaps and the labels' places in it, if it is a command line that does not fit into `room` columns.
pub(super) fn around(source: &Source, labels: &[&Label], room: usize) -> Option<(Source, Vec<Range<usize>>)> {
    let text = &source.text;
    if !source.is_command_line() || text.contains('\n') || text.chars().count() <= room {
        return None;
    }
    let spans: Vec<Range<usize>> = labels.iter().map(|label| label.clamped()).collect();
    let labelled: usize = spans.iter().map(|span| text[span.clone()].chars().count()).sum();
    let spare = room.saturating_sub(labelled + GAP.chars().count() * (spans.len() + 1)) / (2 * spans.len());
    let mut kept: Vec<Range<usize>> = spans.iter().map(|span| with_words(text, span, spare)).collect();
    kept.sort_by_key(|part| part.start);
    let mut parts: Vec<Range<usize>> = Vec::new();
    for part in kept {
        match parts.last_mut() {
            // A gap that hides next to nothing is none.
            Some(last) if part.start <= last.end + GAP.len() => last.end = last.end.max(part.end),
            _ => parts.push(part),
        }
    }
    let (mut cut, mut moved) = (String::new(), spans.clone());
    for part in &parts {
        let is_first = part.start == 0;
        cut.push_str(if is_first { "" } else { GAP });
        for (span, moved) in spans.iter().zip(&mut moved) {
            if part.start <= span.start && span.end <= part.end {
                let start = cut.len() + span.start - part.start;
                *moved = start..start + span.len();
            }
        }
        cut.push_str(&text[part.clone()]);
    }
    if parts.last().is_some_and(|last| last.end < text.len()) {
        cut.push_str(GAP);
    }
    Some((Source::new(source.name.clone(), cut), moved))
}

/// A span with as many whole words beside it as there is room for.
fn with_words(text: &str, span: &Range<usize>, spare: usize) -> Range<usize> {
    let before = &text[..span.start];
    let from = before.char_indices().rev().take(spare).last().map_or(span.start, |(at, _)| at);
    let start = match from {
        0 => 0,
        from => before[from..].find(' ').map_or(span.start, |space| from + space),
    };
    let after = &text[span.end..];
    let to = after.char_indices().nth(spare).map(|(at, _)| at);
    let end = match to {
        None => text.len(),
        Some(to) => after[..to].rfind(' ').map_or(span.end, |space| span.end + space + 1),
    };
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn cut(text: &str, words: &[&str], room: usize) -> Option<(String, Vec<String>)> {
        let source = Arc::new(Source::command_line(text));
        let label = |word: &&str| {
            let start = text.find(word).expect("a word of the text");
            Label { source: source.clone(), span: start..start + word.len(), text: String::new() }
        };
        let labels: Vec<Label> = words.iter().map(label).collect();
        let (source, spans) = around(&source, &labels.iter().collect::<Vec<_>>(), room)?;
        let labelled = spans.into_iter().map(|span| source.text[span].to_owned()).collect();
        Some((source.text, labelled))
    }

    #[test]
    fn what_is_labelled_stays_with_words_around_it() {
        let line = "compose check größe.wasm b.wasm c.wasm --wire one=two --wire three=four --allow-import 'x:y/*'";
        let own = |words: &[&str]| Some(words.iter().map(ToString::to_string).collect::<Vec<_>>());
        for words in [&["größe.wasm"][..], &["one=two", "three=four"], &["compose", "'x:y/*'"], &["'x:y/*'"]] {
            let found = cut(line, words, 50);
            assert_eq!(found.as_ref().map(|(_, labelled)| labelled.clone()), own(words));
            let (text, _) = found.expect("it is too long");
            assert!(text.contains(GAP) && text.chars().count() <= 50, "{text}");
        }
        assert_eq!(cut(line, &["b.wasm"], 40).unwrap().0, "… größe.wasm b.wasm c.wasm --wire …");
        assert_eq!(cut(line, &["größe.wasm"], 8).unwrap().0, "…größe.wasm…");
        assert_eq!(cut(line, &["b.wasm"], 200), None);
    }
}
