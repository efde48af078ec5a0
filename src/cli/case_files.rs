//! Patterns of files of tests: `tests/*.toml`, `*/tests`, `cases/**/*.toml`.
//!
//! `*` and `?` stand for letters of one name, `**` for any folders; a folder stands for the files of tests in it. Names that
//! begin with a dot are only meant by patterns that do, and links to folders are not followed by `**`.

use std::fs;
use std::path::{Path, PathBuf};

/// The files that a pattern means, seen from a folder, in the order of their names.
pub(super) fn meant(folder: &Path, pattern: &str) -> Vec<PathBuf> {
    let parts: Vec<&str> = pattern.split('/').collect();
    let mut files = Vec::new();
    match parts.as_slice() {
        // Of a path from the root.
        ["", rest @ ..] => within(Path::new("/"), rest, &mut files),
        parts => within(folder, parts, &mut files),
    }
    files.sort();
    files.dedup();
    files
}

/// The files of tests in a folder, in the order of their names.
pub(super) fn in_folder(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = entries(folder).into_iter().map(|(_, path)| path).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files
}

fn within(folder: &Path, parts: &[&str], files: &mut Vec<PathBuf>) {
    match parts {
        [] if folder.is_dir() => files.extend(in_folder(folder)),
        [] if folder.is_file() => files.push(folder.to_owned()),
        [] => {}
        ["" | ".", rest @ ..] => within(folder, rest, files),
        ["**", rest @ ..] => {
            within(folder, rest, files);
            for (name, path) in entries(folder) {
                let real = fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_dir());
                if real && !name.starts_with('.') {
                    within(&path, parts, files);
                }
            }
        }
        [part, rest @ ..] if part.contains(['*', '?']) => {
            for (name, path) in entries(folder) {
                let hidden = name.starts_with('.') && !part.starts_with('.');
                if !hidden && fits(part, &name) {
                    within(&path, rest, files);
                }
            }
        }
        [part, rest @ ..] => within(&folder.join(part), rest, files),
    }
}

/// What is in a folder, in the order of the names; nothing if it cannot be read.
fn entries(folder: &Path) -> Vec<(String, PathBuf)> {
    // The path of no folder at all is this one.
    let place = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut found: Vec<(String, PathBuf)> = fs::read_dir(place)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .map(|name| (name.clone(), folder.join(name)))
        .collect();
    found.sort();
    found
}

/// Whether a name is as a pattern says. Where a `*` took too little, the last one takes more: no pattern takes long.
fn fits(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    let (mut at, mut letter) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while letter < name.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, letter));
                at += 1;
            }
            Some(wanted) if *wanted == '?' || *wanted == name[letter] => {
                at += 1;
                letter += 1;
            }
            _ => match star {
                Some((place, taken)) => {
                    star = Some((place, taken + 1));
                    at = place + 1;
                    letter = taken + 1;
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|rest| *rest == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_as_patterns_say() {
        for (pattern, name) in [("*.toml", "a.toml"), ("a?c", "abc"), ("*", "x"), ("a*b*c", "aXbbYc"), ("*a", "aaa")] {
            assert!(fits(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [("*.toml", "a.tom"), ("a?c", "ac"), ("a*b", "abc"), ("?", ""), ("a", "ab")] {
            assert!(!fits(pattern, name), "{pattern} {name}");
        }
        assert!(!fits(&"*a".repeat(50), &"a".repeat(49)) && fits(&"*a".repeat(50), &"a".repeat(200)));
    }

    #[test]
    fn files_are_found_in_the_order_of_their_names() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        for file in ["b.toml", "a.toml", "x.txt", "in/c.toml", "in/deep/d.toml", ".hid/e.toml", "in/.f.toml"] {
            let path = folder.join(file);
            path.parent().map_or(Ok(()), fs::create_dir_all).expect("a folder");
            fs::write(path, "").expect("a file");
        }
        let of = |pattern: &str| -> Vec<String> {
            let name = |path: PathBuf| path.strip_prefix(folder).expect("it is inside").to_string_lossy().into_owned();
            meant(folder, pattern).into_iter().map(name).map(|name| name.replace('\\', "/")).collect()
        };
        assert_eq!(of("*.toml"), ["a.toml", "b.toml"]);
        assert_eq!(of("**/*.toml"), ["a.toml", "b.toml", "in/c.toml", "in/deep/d.toml"]);
        assert_eq!(of("in"), ["in/.f.toml", "in/c.toml"]);
        assert_eq!(of("./*/deep/?.toml"), ["in/deep/d.toml"]);
        assert_eq!(of("x.txt"), ["x.txt"]);
        assert!(of("none/*.toml").is_empty() && of("c.toml").is_empty());
    }
}
