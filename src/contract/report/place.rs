//! Where a place is for somebody who has the repository: a file and lines in it, as far as there are any.
//!
//! Texts that were read from a revision, and WIT that was printed from a component, are not in the files that others look at:
//! a line of theirs would point at something else.

use crate::diag::Label;

/// A place in the files of a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Located {
    /// The path, with `/` between its parts.
    pub(super) path: String,
    /// First line and column, last line and the column behind the end, from 1; none if the text is not that of the file.
    pub(super) region: Option<[usize; 4]>,
}

/// Where a label is; `None` if its text is no file of the repository.
pub(super) fn located(label: &Label) -> Option<Located> {
    let name = label.source.name.replace('\\', "/");
    if name.starts_with("git:") || label.source.is_command_line() || name == "<stdin>" || name == "-" {
        return None;
    }
    match name.strip_suffix(" (decoded)") {
        Some(file) => Some(Located { path: bare(file), region: None }),
        None => Some(Located { path: bare(&name), region: Some(region(label)) }),
    }
}

/// The lines and columns of a label.
pub(super) fn region(label: &Label) -> [usize; 4] {
    let span = label.clamped();
    let (start, end) = (label.source.place(span.start), label.source.place(span.end));
    [start.line, start.column, end.line, end.column.max(if start.line == end.line { start.column } else { 1 })]
}

fn bare(path: &str) -> String {
    path.strip_prefix("./").unwrap_or(path).to_owned()
}

/// A path as a URI: relative if it is, every byte that has a meaning there by its number.
pub(super) fn uri(path: &str) -> String {
    let mut out = String::new();
    if path.starts_with('/') {
        out.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
