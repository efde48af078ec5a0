//! What is committed though it could be made: completions, manual pages, the schema of manifests. Each is held against what the command gives
//! now; `BLESS=1 cargo test --test it generated` makes them anew.

use crate::support::{blessing, diff, files_below, read, root, run};
use std::collections::{BTreeMap, BTreeSet};

fn compose(args: &[&str]) -> String {
    let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
    let ran = run::compose(root(), &args, None, &BTreeMap::new()).expect("a run");
    assert_eq!((ran.exit, ran.stderr.as_str()), (0, ""), "compose {args:?}");
    ran.stdout
}

/// Holds a folder against what its files should be.
#[track_caller]
fn fresh(folder: &str, expected: &BTreeMap<String, String>) {
    let folder = root().join(folder);
    if blessing() {
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        for (name, text) in expected {
            std::fs::write(folder.join(name), text).expect("a file of the package");
        }
    }
    let there: BTreeSet<String> = files_below(&folder).into_iter().collect();
    assert_eq!(there, expected.keys().cloned().collect(), "BLESS=1 makes them anew");
    for (name, text) in expected {
        let old = read(folder.join(name));
        assert!(old == *text, "{}", diff(name, &old, text));
    }
}

#[test]
fn completions_are_fresh() {
    let shells = [
        ("bash", "compose.bash"),
        ("zsh", "_compose"),
        ("fish", "compose.fish"),
        ("powershell", "_compose.ps1"),
        ("elvish", "compose.elv"),
    ];
    let made = shells.map(|(shell, file)| (file.to_owned(), compose(&["completions", shell])));
    fresh("completions", &made.into());
}

#[test]
fn manual_pages_are_fresh() {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let folder = temporary.path().join("new");
    assert_eq!(compose(&["man", folder.to_str().expect("a temporary path is UTF-8")]), "");
    let pages = files_below(&folder).into_iter().map(|file| {
        let text = read(folder.join(&file));
        (file, text)
    });
    let pages: BTreeMap<String, String> = pages.collect();
    let printed = compose(&["man"]);
    assert_eq!(run::redact(&pages["compose.1"], &folder), printed, "the printed page is that of the command itself");
    fresh("man", &pages);
}

#[test]
fn the_schema_of_manifests_is_fresh() {
    let schema = component_compose::manifest::schema::json();
    let text = format!("{}\n", serde_json::to_string_pretty(&schema).expect("it is JSON"));
    let file = root().join("docs/schema/compose.schema.json");
    if blessing() {
        std::fs::write(&file, &text).expect("a file of the package");
    }
    let old = read(file);
    assert!(old == text, "{}", diff("docs/schema/compose.schema.json", &old, &text));
}
