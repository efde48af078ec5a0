//! What is expected of a text, held against one.

use super::case::{Text, TextPart};

/// A part that does not hold: what it wanted, and whether the text as a whole is to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missed {
    /// The text is not this one.
    Other {
        /// What it should have been.
        expected: String,
        /// The file that says so, if one does.
        file: Option<String>,
    },
    /// The file with what is expected cannot be read.
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        why: String,
    },
    /// This is not in it.
    Lacks(String),
    /// This is in it.
    Contains(String),
    /// It does not begin so.
    Starts(String),
    /// It does not end so.
    Ends(String),
}

/// The parts that do not hold of a text. `read` gives the text of a file, or why it cannot.
pub(super) fn missed(
    text: &Text,
    actual: &str,
    read: impl Fn(&std::path::Path) -> Result<String, String>,
) -> Vec<Missed> {
    let judged = text.parts.iter().map(|part| match part {
        TextPart::Is(expected) => {
            (actual != expected).then(|| Missed::Other { expected: expected.clone(), file: None })
        }
        TextPart::File { written, path } => match read(path) {
            Ok(expected) => (actual != expected).then(|| Missed::Other { expected, file: Some(written.clone()) }),
            Err(why) => Some(Missed::Unreadable { file: written.clone(), why }),
        },
        TextPart::Contains(part) => (!actual.contains(part.as_str())).then(|| Missed::Lacks(part.clone())),
        TextPart::Lacks(part) => actual.contains(part.as_str()).then(|| Missed::Contains(part.clone())),
        TextPart::Starts(start) => (!actual.starts_with(start.as_str())).then(|| Missed::Starts(start.clone())),
        TextPart::Ends(end) => (!actual.ends_with(end.as_str())).then(|| Missed::Ends(end.clone())),
    });
    judged.flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_is_judged() {
        let of = |parts: &[TextPart]| {
            let text = Text { at: 0..0, parts: parts.to_vec() };
            missed(&text, "one two", |path| match path.ends_with("there") {
                true => Ok("one two".into()),
                false => Err("not there".into()),
            })
        };
        let file = |name: &str| TextPart::File { written: name.into(), path: name.into() };
        let word = |text: &str| text.to_owned();
        assert_eq!(of(&[TextPart::Is(word("one two")), TextPart::Contains(word("e t")), file("there")]), []);
        assert_eq!(of(&[TextPart::Starts(word("one")), TextPart::Ends(word("two")), TextPart::Lacks(word("3"))]), []);
        assert_eq!(
            of(&[TextPart::Is(word("one")), TextPart::Contains(word("3")), TextPart::Lacks(word("two")), file("gone")]),
            [
                Missed::Other { expected: word("one"), file: None },
                Missed::Lacks(word("3")),
                Missed::Contains(word("two")),
                Missed::Unreadable { file: word("gone"), why: word("not there") },
            ]
        );
        assert_eq!(
            of(&[TextPart::Starts(word("two")), TextPart::Ends(word("one"))]),
            [Missed::Starts(word("two")), Missed::Ends(word("one"))]
        );
    }
}
