//! Names that could mean one file or another, in words.

use crate::diag::{Code, Diagnostic};
use crate::model::request::Written;

/// C0215: a word means one of several files.
#[derive(Debug)]
pub struct AmbiguousFileName<'a> {
    /// The word.
    pub word: &'a Written,
    /// The file that it is taken for.
    pub meant: &'a str,
    /// The others that are called so, but for the spelling or a number.
    pub others: Vec<&'a str>,
    /// Whether it has a number that stands in no file's name.
    pub numbered: bool,
}

impl From<AmbiguousFileName<'_>> for Diagnostic {
    fn from(AmbiguousFileName { word, meant, others, numbered }: AmbiguousFileName<'_>) -> Self {
        let name = &word.text;
        let quoted: Vec<String> = others.iter().map(|origin| format!("`{origin}`")).collect();
        let diagnostic = match numbered {
            true => Self::new(Code::AmbiguousFileName, format!("the number in `{name}` is only the order of files"))
                .note(format!("it is taken for `{meant}`, which shares a name with {}", quoted.join(", "))),
            false => {
                let message = format!("`{name}` could mean several files: `{meant}` or {}", quoted.join(" or "));
                Self::new(Code::AmbiguousFileName, message).note(format!("it is taken for `{meant}`"))
            }
        };
        let diagnostic = diagnostic
            .help(format!(
                "name the file that is meant: `{name}={meant}`, or `{name} = \"{meant}\"` below `[components]`"
            ))
            .fact("name", name)
            .fact("input", meant);
        let diagnostic = others.into_iter().fold(diagnostic, |diagnostic, other| diagnostic.fact("other", other));
        diagnostic.at(word, "one of several")
    }
}
