//! For tests of the readers: what they have to say of a text, and texts that were mangled in many ways.

use crate::diag::Sink;
use crate::model::request::Request;

/// What was said of a text: code, message and what is pointed at, which has to be in the text.
pub(super) fn said(text: &str, sink: &Sink) -> Vec<String> {
    let said = sink.diagnostics().iter().map(|diagnostic| {
        for label in &diagnostic.labels {
            assert!(text.get(label.span.clone()).is_some(), "a span outside of the text: {diagnostic:?}");
        }
        let span = diagnostic.labels.first().map_or("", |label| &text[label.span.clone()]);
        format!("{} {} @ {span}", diagnostic.code, diagnostic.message)
    });
    said.collect()
}

/// Reads thousands of changes of a text, with scraps of the language put in: there is a request or there are complaints,
/// and no panic. What would be empty becomes `filler`.
pub(super) fn no_text_makes_it_panic(
    seed: &str,
    scraps: &[&str],
    filler: char,
    read: impl Fn(&str) -> (Option<Request>, Vec<String>),
) {
    let mut state = 88_172_645_463_325_252_u64;
    let mut next = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % limit.max(1) as u64) as usize
    };
    for _ in 0..3_000 {
        let mut text: Vec<char> = seed.chars().collect();
        for _ in 0..=next(5) {
            let at = next(text.len());
            match next(3) {
                0 => drop(text.drain(at..(at + next(30)).min(text.len()))),
                1 => drop(text.splice(at..at, scraps[next(scraps.len())].chars())),
                _ => text.truncate(at.max(1)),
            }
            if text.is_empty() {
                text.push(filler);
            }
        }
        let text: String = text.into_iter().collect();
        let (request, said) = read(&text);
        assert_eq!(request.is_some(), said.is_empty(), "a request and complaints, or neither: {text:?}");
    }
}
