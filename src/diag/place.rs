//! From bytes of a text to the lines and columns that people and editors speak of.
//!
//! Spans come from parsers and from texts that were printed for the purpose, so a span that is out of bounds would be a
//! mistake of ours; it must still never break the report of the user's mistake. Everything here therefore clamps.

use super::diagnostic::{Label, Source};
use std::ops::Range;

/// A line and a column, both counted from 1; columns count characters, not bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Source {
    /// Where a byte of the text stands. A byte inside a character counts as its first, one past the end as the end.
    pub fn place(&self, offset: usize) -> Place {
        let before = &self.text[..floor(&self.text, offset)];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Place {
            line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
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
        Arc::new(Source { name: "t".into(), text: text.into() })
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
