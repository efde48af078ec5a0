//! What the test binaries share: making components of text, running `compose`, reading cases and pages.
#![allow(dead_code, unreachable_pub, reason = "each test binary uses a part of it and is no library")]

pub mod case;
pub mod dummy;
pub mod guests;
pub mod made;
pub mod page;
pub mod plans;
pub mod published;
pub mod run;

use std::path::{Path, PathBuf};

/// The folder of the package.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whether expectations are to be written instead of compared.
pub fn blessing() -> bool {
    std::env::var_os("BLESS").is_some_and(|value| value == "1")
}

/// Every file below a folder, sorted, as paths relative to it; `/` between names on every system.
pub fn files_below(folder: &Path) -> Vec<String> {
    fn visit(folder: &Path, prefix: &str, out: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let entry = entry.expect("an entry of a folder");
            let name = format!("{prefix}{}", entry.file_name().to_str().expect("names of test files are UTF-8"));
            match entry.path().is_dir() {
                true => visit(&entry.path(), &format!("{name}/"), out),
                false => out.push(name),
            }
        }
    }
    let mut out = Vec::new();
    visit(folder, "", &mut out);
    out.sort();
    out
}

/// The text of a file.
pub fn read(path: impl Into<PathBuf>) -> String {
    let path = path.into();
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The two texts as a diff by lines, for messages.
pub fn diff(what: &str, expected: &str, actual: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (expected.lines().collect(), actual.lines().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = old[same..].iter().rev().zip(new[same..].iter().rev()).take_while(|(a, b)| a == b).count();
    let mut out = format!("{what} differs from line {} on (- expected, + got; BLESS=1 rewrites it):\n", same + 1);
    for line in &old[same..old.len() - tail] {
        out.push_str(&format!("-{line}\n"));
    }
    for line in &new[same..new.len() - tail] {
        out.push_str(&format!("+{line}\n"));
    }
    if expected.ends_with('\n') != actual.ends_with('\n') {
        out.push_str("(and one of them lacks the final newline)\n");
    }
    out
}
