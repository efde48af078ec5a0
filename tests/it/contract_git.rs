//! Contracts that are read from revisions of git: the same as from the disk, and every way in which that can fail is told.

use crate::support::run::{self, Ran};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

pub(crate) fn git(folder: &Path, args: &[&str]) {
    let mut git = Command::new("git");
    git.args(args).current_dir(folder).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    for who in ["AUTHOR", "COMMITTER"] {
        git.env(format!("GIT_{who}_NAME"), "test").env(format!("GIT_{who}_EMAIL"), "test@example.com");
    }
    let output = git.output().expect("git is there");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

pub(crate) fn write(folder: &Path, file: &str, text: &str) {
    let path = folder.join(file);
    fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

/// A repository whose first commit has a package with a dependency, and whose folder has one function more.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    git(root, &["init", "-q", "-b", "main"]);
    write(root, "kv/wit/deps/types/types.wit", "package acme:types@1.0.0;\ninterface names { type name = string; }\n");
    let store = |more: &str| {
        format!(
            "package acme:kv@1.0.0;\ninterface store {{\n  use acme:types/names@1.0.0.{{name}};\n  get: func(n: name) -> u32;\n{more}}}\n"
        )
    };
    write(root, "kv/wit/store.wit", &store(""));
    git(root, &["add", "."]);
    git(root, &["commit", "-q", "-m", "first"]);
    write(root, "kv/wit/store.wit", &store("  size: func() -> u32;\n"));
    folder
}

fn diff(folder: &Path, old: &str, new: &str) -> Ran {
    let args = ["contract", "diff", old, new].map(str::to_owned);
    run::compose(folder, &args, None, &BTreeMap::new()).expect("a run")
}

#[test]
fn a_revision_is_read_without_a_checkout() {
    let folder = repository();
    let same = diff(folder.path(), "git:HEAD:kv/wit", "git:main:kv/wit");
    assert_eq!(same.exit, 0, "{same:?}");
    for (from, old, new) in
        [("", "git:HEAD:kv/wit", "kv/wit"), ("kv", "git:HEAD:./wit", "wit"), ("kv", "git:main:kv/wit/", "wit")]
    {
        let ran = diff(&folder.path().join(from), old, new);
        assert_eq!(ran.exit, 1, "the version is what it was: {ran:?}");
        assert!(ran.stdout.contains("func-added") && ran.stdout.contains("1.1.0"), "{ran:?}");
    }
    for whole in ["git:HEAD:.", "git:HEAD:./"] {
        let ran = diff(&folder.path().join("kv/wit"), whole, ".");
        assert!(ran.stdout.contains("func-added"), "{whole}: {ran:?}");
    }
    let one_file = diff(folder.path(), "git:HEAD:kv/wit/deps/types/types.wit", "kv/wit/deps/types/types.wit");
    assert_eq!(one_file.exit, 0, "{one_file:?}");
}

#[test]
fn an_encoded_package_and_links_are_read_from_a_revision() {
    let folder = repository();
    let root = folder.path();
    std::os::unix::fs::symlink("../../shared", root.join("kv/wit/deps/io")).expect("a link");
    fs::remove_dir_all(root.join("kv/wit/deps/types")).expect("a folder");
    write(root, "kv/shared/types.wit", "package acme:types@1.0.0;\ninterface names { type name = string; }\n");
    git(root, &["add", "."]);
    git(root, &["commit", "-q", "-m", "second"]);
    // The link leads out of the folder that is read, so what it leads to is missing and said to be.
    let out = diff(root, "git:HEAD:kv/wit", "kv/wit");
    assert_eq!(out.exit, 3, "{out:?}");
    assert!(out.stderr.contains("acme:types"), "{out:?}");
    fs::remove_file(root.join("kv/wit/deps/io")).expect("a link");
    std::os::unix::fs::symlink("../types", root.join("kv/wit/deps/io")).expect("a link");
    write(root, "kv/wit/types/types.wit", "package acme:types@1.0.0;\ninterface names { type name = string; }\n");
    git(root, &["add", "."]);
    git(root, &["commit", "-q", "-m", "third"]);
    assert_eq!(diff(root, "git:HEAD:kv/wit", "kv/wit").exit, 0);

    // What is named may be a link itself, to a folder or to a file.
    std::os::unix::fs::symlink("kv/wit", root.join("wit")).expect("a link");
    std::os::unix::fs::symlink("wit/types/types.wit", root.join("kv/types.wit")).expect("a link");
    git(root, &["add", "."]);
    git(root, &["commit", "-q", "-m", "fourth"]);
    assert_eq!(diff(root, "git:HEAD:wit", "kv/wit").exit, 0);
    assert_eq!(diff(root, "git:HEAD:kv/types.wit", "kv/types.wit").exit, 0);
}

#[test]
fn a_folder_that_is_no_repository_is_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), "wit/a.wit", "package a:b@1.0.0;\n");
    let args = ["contract", "diff", "git:main:wit", "wit"].map(str::to_owned);
    // Above the temporary folder there may be one.
    let env = BTreeMap::from([("GIT_CEILING_DIRECTORIES".to_owned(), "/".to_owned())]);
    let ran = run::compose(folder.path(), &args, None, &env).expect("a run");
    assert_eq!(ran.exit, 3);
    assert!(ran.stderr.contains("C0901") && ran.stderr.contains("not a git repository"), "{ran:?}");
}

#[test]
fn an_unknown_revision_is_told_and_a_shallow_clone_is_named() {
    let folder = repository();
    let ran = diff(folder.path(), "git:release:kv/wit", "kv/wit");
    assert_eq!(ran.exit, 3);
    assert!(ran.stderr.contains("C0902") && ran.stderr.contains("`release`"), "{ran:?}");
    let option = diff(folder.path(), "git:--help:kv/wit", "kv/wit");
    assert!(option.stderr.contains("C0902"), "a revision is no option: {option:?}");

    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-q", "-m", "second"]);
    let clones = tempfile::tempdir().expect("a temporary folder");
    let url = format!("file://{}", folder.path().display());
    git(clones.path(), &["clone", "-q", "--depth", "1", &url, "shallow"]);
    let shallow = diff(&clones.path().join("shallow"), "git:HEAD~1:kv/wit", "kv/wit");
    assert_eq!(shallow.exit, 3);
    assert!(shallow.stderr.contains("C0902") && shallow.stderr.contains("git fetch --unshallow"), "{shallow:?}");
}

#[test]
fn a_path_that_the_revision_lacks_is_told() {
    let folder = repository();
    let ran = diff(folder.path(), "git:HEAD:kv/wti", "kv/wit");
    assert_eq!(ran.exit, 3);
    assert!(ran.stderr.contains("C0903") && ran.stderr.contains("git:HEAD:kv/wit`"), "{ran:?}");
    let half = diff(folder.path(), "git:HEAD", "kv/wit");
    assert!(half.stderr.contains("git:REV:PATH"), "{half:?}");
    let nowhere = diff(folder.path(), "git:HEAD:wit", "kv/wit");
    assert!(nowhere.stderr.contains("top of the repository"), "{nowhere:?}");
}
