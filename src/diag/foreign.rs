//! The one way of foreign text to people: names in files, names of files, what others wrote beside them.
//!
//! Such a name may have characters in it that steer a terminal, that turn the order of a line round, or that are not seen
//! at all, so that two names look like one. None of them is printed: in text something visible stands in its place, in
//! JSON its number. Where a line is a statement of ours, a name must not begin another one.

use serde::Serialize;
use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character steers, reorders or hides instead of being seen. Spaces and ends of lines are no matter here.
pub(crate) fn is_hidden(letter: char) -> bool {
    match letter {
        '\n' | '\t' => false,
        _ if letter.is_control() => true,
        // The soft hyphen, the mark of Arabic letters, joiners and fillers without width.
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' => true,
        // Spaces without width, marks of direction, separators of lines and paragraphs, embeddings, invisible operators, isolates.
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => true,
        // Fillers, selectors of variants, the mark of byte order, annotations.
        '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' => true,
        // Marks of music and shorthand, tags.
        '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}' => true,
        _ => false,
    }
}

/// The text with something visible in the place of each hidden character, which is as long in bytes, so spans stay where
/// they are. Lines and tabs stay.
pub(crate) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter.len_utf8() {
            // A line may end in both.
            _ if letter == '\r' => out.push(' '),
            _ if !is_hidden(letter) => out.push(letter),
            1 => out.push('?'),
            2 => out.push('¿'),
            3 => out.push('\u{fffd}'),
            _ => out.push_str("\u{fffd}?"),
        }
    }
    out
}

/// The same on one line: a name of others must not look like a line of ours.
pub(crate) fn visible_line(text: &str) -> String {
    visible(&clipped(text)).replace(['\n', '\t'], " ")
}

/// A text that is longer than this is cut: there is a name in it that nobody reads.
pub(super) const LONGEST_TEXT: usize = 20_000;

pub(super) fn clipped(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST_TEXT {
        return Cow::Borrowed(text);
    }
    let end = (0..=LONGEST_TEXT).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    Cow::Owned(format!("{}… (and {} more bytes)", &text[..end], text.len() - end))
}

/// A value as JSON on one line, with its end; hidden characters by their numbers.
pub(crate) fn json_line(value: &impl Serialize) -> String {
    let text = serde_json::to_string(value)
        .expect("forms for printing hold nothing but texts, numbers, lists and maps of texts");
    let mut out = String::with_capacity(text.len() + 1);
    // In JSON such characters can only stand in strings.
    for letter in text.chars() {
        if is_hidden(letter) {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(letter);
        }
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVIL: &str = "a\u{1b}[2J\u{9b}b\u{202e}\u{200b}\u{61c}\u{2028}\u{e0041}\u{7f}\u{feff}\r.";

    #[test]
    fn names_of_others_cannot_steer_the_terminal_or_hide() {
        assert_eq!(visible(EVIL), "a?[2J¿b\u{fffd}\u{fffd}¿\u{fffd}\u{fffd}??\u{fffd} .");
        assert_eq!(visible(EVIL).len(), EVIL.len());
        assert_eq!(visible("ä\n\t語 👍"), "ä\n\t語 👍");
        assert_eq!(visible_line("a\nb\tc"), "a b c");
    }

    #[test]
    fn json_has_the_numbers_of_what_is_hidden() {
        let line = json_line(&[EVIL, "ä\n👍"]);
        assert_eq!(line.find(is_hidden), None);
        assert!(line.contains("\\u202e\\u200b\\u061c\\u2028\\udb40\\udc41\\u007f\\ufeff"), "{line}");
        assert!(line.ends_with("\"ä\\n👍\"]\n"), "{line}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&line).expect("JSON"), [EVIL, "ä\n👍"]);
    }
}
