//! From bytes of a text to the lines and columns that people and editors speak of.
//!
//! Spans come from parsers and from texts that were printed for the purpose, so a span that is out of bounds would be a
//! mistake of ours; it must still never break the report of the user's mistake. Everything here therefore clamps.

use super::diagnostic::{Label, Source};
use super::foreign::visible;
use std::ops::{Range, RangeInclusive};

/// A line and a column, both counted from 1; columns count characters, not bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// The lines of a text. A run may have as many things to say about one text as it has lines, so nobody counts them anew
/// for each.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    /// The byte at which each line begins.
    starts: Vec<usize>,
    /// The text as it may be shown, if that is not the text itself.
    shown: Option<String>,
}

impl Source {
    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| {
            let newlines = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            let starts = [0].into_iter().chain(newlines.map(|(at, _)| at + 1)).collect();
            let shown = Some(visible(&self.text)).filter(|shown| *shown != self.text);
            Lines { starts, shown }
        })
    }

    /// Where a byte of the text stands. A byte inside a character counts as its first, one past the end as the end.
    pub fn place(&self, offset: usize) -> Place {
        let offset = floor(&self.text, offset);
        let line = self.line_of(offset);
        Place { line: line + 1, column: self.text[self.lines().starts[line]..offset].chars().count() + 1 }
    }

    /// The line, counted from 0, in which a byte stands.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        // The first line begins at 0, so there is one that begins at or before any byte.
        self.lines().starts.partition_point(|start| *start <= offset) - 1
    }

    /// How many lines there are; an empty one after the last newline counts.
    pub(super) fn line_count(&self) -> usize {
        self.lines().starts.len()
    }

    /// The bytes of some lines, newlines included.
    pub(super) fn span_of_lines(&self, lines: RangeInclusive<usize>) -> Range<usize> {
        let starts = &self.lines().starts;
        starts[*lines.start()]..starts.get(lines.end() + 1).copied().unwrap_or(self.text.len())
    }

    /// The text without anything that could steer a terminal, byte for byte in the same places.
    pub(super) fn shown(&self) -> &str {
        self.lines().shown.as_deref().unwrap_or(&self.text)
    }
}

impl Label {
    /// Where the label begins.
    pub fn place(&self) -> Place {
        self.source.place(self.span.start)
    }

    /// The span, within the text and on character borders.
    pub fn clamped(&self) -> Range<usize> {
        let start = floor(&self.source.text, self.span.start);
        start..floor(&self.source.text, self.span.end).max(start)
    }
}

fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn source(text: &str) -> Arc<Source> {
        Arc::new(Source::new("t", text))
    }

    #[test]
    fn counts_lines_and_characters() {
        let text = source("ab\nçd\n");
        assert_eq!(text.place(0), Place { line: 1, column: 1 });
        assert_eq!(text.place(3), Place { line: 2, column: 1 });
        assert_eq!(text.place(4), Place { line: 2, column: 1 });
        assert_eq!(text.place(5), Place { line: 2, column: 2 });
        assert_eq!(text.place(99), Place { line: 3, column: 1 });
    }

    #[test]
    fn clamps_a_span_into_its_text() {
        let label = |span| Label { source: source("aç"), span, text: String::new() }.clamped();
        assert_eq!(label(0..2), 0..1);
        assert_eq!(label(7..9), 3..3);
        #[expect(clippy::reversed_empty_ranges, reason = "the point of the test")]
        let reversed = 3..1;
        assert_eq!(label(reversed), 3..3);
    }
}
