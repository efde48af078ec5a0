//! Snapshots: what came out of cases, in a file beside theirs. `# name`, and below it what came, each line indented.
//!
//! Texts are kept as they are shown, so that nothing in them can be mistaken for the form of the file.

use crate::diag::visible;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Snapshots by the name of their case.
pub type Snapshots = BTreeMap<String, String>;

/// The file of snapshots for a file of tests.
pub fn file_of(tests: &Path) -> PathBuf {
    tests.with_extension("snap")
}

/// Reads a file of snapshots.
///
/// # Errors
/// The number of a line that is in the way.
pub fn read(text: &str) -> Result<Snapshots, usize> {
    let mut snapshots = Snapshots::new();
    let mut of: Option<(String, Vec<&str>)> = None;
    for (index, line) in text.lines().enumerate() {
        if let Some(name) = line.strip_prefix("# ") {
            keep(&mut snapshots, of.replace((name.to_owned(), Vec::new())));
            if snapshots.contains_key(name) {
                return Err(index + 1);
            }
            continue;
        }
        match (&mut of, line.strip_prefix("  ")) {
            (Some((_, lines)), Some(line)) => lines.push(line),
            (_, None) if line.is_empty() => {}
            _ => return Err(index + 1),
        }
    }
    keep(&mut snapshots, of);
    Ok(snapshots)
}

fn keep(snapshots: &mut Snapshots, of: Option<(String, Vec<&str>)>) {
    if let Some((name, lines)) = of {
        snapshots.insert(name, lines.join("\n"));
    }
}

/// The text of a file of snapshots, in the order of the names.
pub fn write(snapshots: &Snapshots) -> String {
    let mut parts = Vec::new();
    for (name, text) in snapshots {
        let lines: Vec<String> = text.split('\n').map(|line| format!("  {line}\n")).collect();
        parts.push(format!("# {name}\n{}", lines.concat()));
    }
    parts.join("\n")
}

/// A text as a snapshot keeps it.
pub fn kept(text: &str) -> String {
    visible(&text.replace('\r', "\\r"))
}

/// A name as a snapshot keeps it.
pub fn name(text: &str) -> String {
    kept(text).replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let snapshots: Snapshots = [("a", "one\n\n# b\n  two"), ("b c", ""), ("d", "x\n")]
            .into_iter()
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .collect();
        assert_eq!(read(&write(&snapshots)), Ok(snapshots));
        assert_eq!(write(&[("a".to_owned(), "1\n2".to_owned())].into()), "# a\n  1\n  2\n");
    }

    #[test]
    fn what_is_no_snapshot_is_refused() {
        assert_eq!(read("  x\n"), Err(1));
        assert_eq!(read("# a\nx\n"), Err(2));
        assert_eq!(read("# a\n  x\n\n# a\n  y\n"), Err(4));
    }
}
