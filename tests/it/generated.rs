//! What is committed though it could be made: completions, manual pages, the schema of manifests, the page of rules. Each is held against what the command gives
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

/// What bash would offer for the last word of a line, in a folder with a file and a folder; `None` without bash.
#[cfg(unix)]
fn offered_by_bash(words: &[&str]) -> Option<Vec<String>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("app.wasm"), "").expect("a file");
    std::fs::write(folder.path().join("script"), compose(&["completions", "bash"])).expect("a file");
    let line = words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" ");
    let last = words.len() - 1;
    let ask = format!(
        "compopt() {{ :; }}; . ./script; COMP_WORDS=({line}); COMP_CWORD={last}; \
         _compose compose '{}' '{}'; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        words[last],
        words[last - 1]
    );
    let bash =
        std::process::Command::new("bash").args(["--norc", "-c", &ask]).current_dir(folder.path()).output().ok()?;
    let printed = String::from_utf8(bash.stdout).expect("completions are UTF-8");
    Some(printed.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

#[cfg(unix)]
#[test]
fn bash_offers_files_where_files_are_meant() {
    let Some(verbs) = offered_by_bash(&["compose", ""]) else { return };
    assert!(verbs.contains(&"build".to_owned()), "{verbs:?}");
    for verb in ["build", "check", "why", "graph", "init", "inspect", "man"] {
        // Where nothing is offered, bash offers the files that are there.
        for word in ["", "ap"] {
            assert_eq!(offered_by_bash(&["compose", verb, word]), Some(Vec::new()), "{verb} {word}");
            assert_eq!(
                offered_by_bash(&["compose", verb, "app.wasm", word]),
                Some(Vec::new()),
                "{verb} app.wasm {word}"
            );
        }
        let options = offered_by_bash(&["compose", verb, "--he"]);
        assert_eq!(options, Some(vec!["--help".to_owned()]), "{verb}");
    }
    let targets = offered_by_bash(&["compose", "check", "--target", ""]).expect("bash is there");
    assert!(targets.contains(&"wasmtime-48".to_owned()), "{targets:?}");
    let codes = offered_by_bash(&["compose", "explain", "C040"]).expect("bash is there");
    assert!(codes.contains(&"C0401".to_owned()), "{codes:?}");
    let script = compose(&["completions", "bash"]);
    assert!(
        script
            .lines()
            .any(|line| line.starts_with("complete ")
                || line.contains(" complete -F _compose -o bashdefault -o default")),
        "{script}"
    );
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
    use component_compose::manifest::schema;
    for (name, schema) in [("compose", schema::json()), ("contracts", schema::contracts_json())] {
        let text = format!("{}\n", serde_json::to_string_pretty(&schema).expect("it is JSON"));
        let name = format!("docs/schema/{name}.schema.json");
        let file = root().join(&name);
        if blessing() {
            std::fs::write(&file, &text).expect("a file of the package");
        }
        let old = read(file);
        assert!(old == text, "{}", diff(&name, &old, &text));
    }
}

#[test]
fn the_page_of_rules_is_fresh() {
    let text = component_compose::contract::catalogue::manual();
    let file = root().join("docs/contracts-rules.md");
    if blessing() {
        std::fs::write(&file, &text).expect("a file of the package");
    }
    let old = read(file);
    assert!(old == text, "{}", diff("docs/contracts-rules.md", &old, &text));
}
