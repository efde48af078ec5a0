//! Patterns of files of tests: `tests/*.toml`, `*/tests`, `cases/**/*.toml`.
//!
//! `*` and `?` stand for letters of one name, `**` for any folders; a folder stands for the files of tests in it. Names that
//! begin with a dot are only meant by patterns that do, and links to folders are not followed by `**`.
//!
//! Whatever is meant and is no folder is found, also what is no file that could be read: whoever reads it says so. Folders that
//! cannot be looked into are told, for there may be tests in them.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The files, in the order of their names.
    pub(super) files: Vec<PathBuf>,
    /// The folders that could not be looked into, and why.
    pub(super) closed: Vec<(PathBuf, Error)>,
    /// The folders that were looked into, and how much of the pattern was left there: `**` comes to most in many ways.
    seen: BTreeSet<(PathBuf, usize)>,
}

/// The files that a pattern means, seen from a folder.
pub(super) fn meant(folder: &Path, pattern: &str) -> Found {
    let parts: Vec<&str> = pattern.split('/').collect();
    let mut found = Found::default();
    match parts.as_slice() {
        // Of a path from the root.
        ["", rest @ ..] => found.within(Path::new("/"), rest),
        parts => found.within(folder, parts),
    }
    found.files.sort();
    found.files.dedup();
    // `**` looks into a folder and then into what is in it.
    found.closed.sort_by(|(one, _), (other, _)| one.cmp(other));
    found.closed.dedup_by(|(one, _), (other, _)| one == other);
    found
}

/// The files of tests in a folder.
pub(super) fn in_folder(folder: &Path) -> Found {
    let mut found = Found::default();
    found.of_folder(folder);
    found
}

impl Found {
    fn of_folder(&mut self, folder: &Path) {
        let paths = self.entries(folder).into_iter().map(|(_, path)| path);
        self.files.extend(paths.filter(|path| path.extension() == Some(OsStr::new("toml")) && !path.is_dir()));
    }

    fn within(&mut self, folder: &Path, parts: &[&str]) {
        if !self.seen.insert((folder.to_owned(), parts.len())) {
            return;
        }
        match parts {
            [] if folder.is_dir() => self.of_folder(folder),
            // A link that leads nowhere is there, too.
            [] if fs::symlink_metadata(folder).is_ok() => self.files.push(folder.to_owned()),
            [] => {}
            ["" | ".", rest @ ..] => self.within(folder, rest),
            ["**", rest @ ..] => {
                self.within(folder, rest);
                for (name, path) in self.entries(folder) {
                    let real = fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_dir());
                    if real && !name.as_encoded_bytes().starts_with(b".") {
                        self.within(&path, parts);
                    }
                }
            }
            [part, rest @ ..] if part.contains(['*', '?']) => {
                for (name, path) in self.entries(folder) {
                    let hidden = name.as_encoded_bytes().starts_with(b".") && !part.starts_with('.');
                    if !hidden && fits(part, &name.to_string_lossy()) {
                        self.within(&path, rest);
                    }
                }
            }
            [part, rest @ ..] => self.within(&folder.join(part), rest),
        }
    }

    /// What is in a folder, in the order of the names; nothing in what is none.
    fn entries(&mut self, folder: &Path) -> Vec<(OsString, PathBuf)> {
        // The path of no folder at all is this one.
        let place = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let read = fs::read_dir(place).and_then(|entries| {
            entries.map(|entry| entry.map(|entry| entry.file_name())).collect::<Result<Vec<OsString>, Error>>()
        });
        match read {
            Ok(mut names) => {
                names.sort();
                names.into_iter().map(|name| (name.clone(), folder.join(name))).collect()
            }
            Err(error) if [ErrorKind::NotFound, ErrorKind::NotADirectory].contains(&error.kind()) => Vec::new(),
            Err(error) => {
                self.closed.push((place.to_owned(), error));
                Vec::new()
            }
        }
    }
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
            let found = meant(folder, pattern);
            assert!(found.closed.is_empty(), "{pattern}");
            found.files.into_iter().map(name).map(|name| name.replace('\\', "/")).collect()
        };
        assert_eq!(of("*.toml"), ["a.toml", "b.toml"]);
        assert_eq!(of("**/*.toml"), ["a.toml", "b.toml", "in/c.toml", "in/deep/d.toml"]);
        assert_eq!(of("in"), ["in/.f.toml", "in/c.toml"]);
        assert_eq!(of("./*/deep/?.toml"), ["in/deep/d.toml"]);
        assert_eq!(of("x.txt"), ["x.txt"]);
        assert_eq!(of("**/**/**/**/in/**/**/c.toml"), ["in/c.toml"]);
        assert!(of("none/*.toml").is_empty() && of("c.toml").is_empty() && of("*/*/*/*.toml").is_empty());
    }

    #[test]
    fn any_folders_within_any_folders_take_no_longer() {
        let folder = tempfile::tempdir().expect("a folder");
        let deep = "d/".repeat(100);
        fs::create_dir_all(folder.path().join(&deep)).expect("folders");
        let mut found = Found::default();
        found.within(folder.path(), &["**", "d", "**", "d", "**", "d", "**", "d", "**", "none.toml"]);
        assert!(found.files.is_empty() && found.seen.len() <= 10 * 102 + 101);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_cannot_be_read_is_not_passed_over() {
        use std::os::unix::ffi::OsStrExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        let odd = folder.join(OsStr::from_bytes(b"\xff.toml"));
        fs::write(&odd, "").expect("a file");
        fs::create_dir(folder.join("x.toml")).expect("a folder");
        std::os::unix::fs::symlink("nowhere", folder.join("link.toml")).expect("a link");
        // A link to itself is a folder that nobody can look into, whoever runs this.
        std::os::unix::fs::symlink("round", folder.join("round")).expect("a link");
        let both = vec![folder.join("link.toml"), odd];
        assert_eq!((in_folder(folder).files, meant(folder, "*.toml").files), (both.clone(), both));
        assert_eq!(meant(folder, "link.toml").files, [folder.join("link.toml")]);
        let closed =
            |pattern: &str| meant(folder, pattern).closed.into_iter().map(|(path, _)| path).collect::<Vec<_>>();
        assert_eq!(closed("round/*.toml"), [folder.join("round")]);
        assert_eq!(closed("round/**/*.toml"), [folder.join("round")]);
    }
}
