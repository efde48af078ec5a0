//! Where the heads of requests end in the bytes of a connection, and whether the target in one had a fragment.
//!
//! The parser takes a fragment away without a word, so it is seen here, where the bytes are as they came. Nothing is judged
//! besides: whatever is no head is the parser's to refuse, and no byte is lost or changed. Bodies are not looked at: where one
//! ends is known from its head, or the connection ends with it.

/// What is known of a head so far.
#[derive(Default)]
pub(super) struct Heads {
    at: At,
    /// Spaces in the first line.
    spaces: usize,
    /// Whether the target has a `#`.
    fragment: bool,
}

#[derive(Default, PartialEq, Eq)]
enum At {
    /// Empty lines may stand before it.
    #[default]
    Before,
    First,
    /// A later line, in which nothing stands so far.
    Empty,
    Line,
}

/// The end of a head.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// The bytes up to its end, of those that were looked at last.
    pub(super) length: usize,
    /// Whether its target has a fragment.
    pub(super) fragment: bool,
}

impl Heads {
    /// Looks at the next bytes; gives the end of the head if it is among them. What stands behind it was not looked at.
    pub(super) fn end(&mut self, bytes: &[u8]) -> Option<Head> {
        for (at, byte) in bytes.iter().enumerate() {
            match (&self.at, byte) {
                (At::Before, b'\r' | b'\n') | (At::Empty, b'\r') => {}
                (At::Before, byte) => {
                    self.at = At::First;
                    self.first(*byte);
                }
                (At::First, b'\n') | (At::Line, b'\n') => self.at = At::Empty,
                (At::First, byte) => self.first(*byte),
                (At::Empty, b'\n') => {
                    let heads = std::mem::take(self);
                    return Some(Head { length: at + 1, fragment: heads.fragment });
                }
                (At::Empty, _) => self.at = At::Line,
                (At::Line, _) => {}
            }
        }
        None
    }

    /// A byte of the first line.
    fn first(&mut self, byte: u8) {
        match byte {
            b' ' => self.spaces += 1,
            // In a method it may stand.
            b'#' => self.fragment |= self.spaces > 0,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_end_with_an_empty_line_however_they_come() {
        let text =
            b"\r\nGET /a HTTP/1.1\r\nhost: a #b\r\n\r\nGET /#x HTTP/1.1\r\n\r\nG# /a HTTP/1.0\n\nx #y\r\nz: 1\r\n\r\n";
        let expected =
            [("host: a #b\r\n\r\n", false), ("/#x HTTP/1.1\r\n\r\n", true), ("1.0\n\n", false), ("z: 1\r\n\r\n", true)];
        for size in 1..=text.len() {
            let mut heads = Heads::default();
            let mut found = Vec::new();
            let mut done = 0;
            for (number, piece) in text.chunks(size).enumerate() {
                let mut rest = piece;
                while let Some(head) = heads.end(rest) {
                    rest = &rest[head.length..];
                    let end = number * size + piece.len() - rest.len();
                    found.push((String::from_utf8_lossy(&text[done..end]).into_owned(), head.fragment));
                    done = end;
                }
            }
            assert_eq!(done, text.len());
            assert_eq!(found.len(), expected.len(), "{found:?}");
            for ((head, fragment), (end, expected)) in found.iter().zip(expected) {
                assert!(head.ends_with(end) && *fragment == expected, "{head:?} {fragment}");
            }
        }
    }
}
