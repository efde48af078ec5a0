//! The commands that pages show are run as they stand there: sessions that work on this repository's own files in a copy
//! of it, all others on the small components of a UI case. What a session shows is what is printed, `…` standing for
//! anything. docs/manifest.md and the pages of the catalogue have their files with them, and `tests/ui.rs` runs them;
//! docs/contracts.md is a story, which `story.rs` tells.

use crate::support::case::{Case, prepare};
use crate::support::{files_below, read, root, run};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The pages whose sessions work on the repository.
const REPOSITORY: [&str; 4] = ["README.md", "docs/host.md", "docs/testing-compositions.md", "docs/tracing.md"];
/// Pages whose commands work on small components, and what is done before.
const SMALL: [(&str, &[&str]); 6] = [
    ("README.md", &[]),
    ("docs/coming-from.md", &[]),
    ("docs/command-line.md", &[]),
    ("docs/inspect.md", &["init shop.wasm kv.wasm", "build shop.wasm kv.wasm -o app.wasm"]),
    ("docs/contracts-rules.md", &[]),
    ("docs/diagnostics.md", &[]),
];
/// The case that has them.
const PARTS: &str = "tests/ui/cli/coming-from";
/// Pages that bring their files.
const WITH_FILES: [&str; 3] = ["docs/manifest.md", "docs/errors/", "docs/contracts.md"];
/// What is not ours to run here: builds of this repository, and programs that need not be there.
const OTHERS: [&str; 4] = ["cargo test ", "cargo install ", "cargo build ", "wasmtime "];

/// One command, and the lines shown below it.
pub(crate) struct Shown {
    pub(crate) line: usize,
    pub(crate) command: String,
    pub(crate) output: Vec<String>,
}

/// The commands of the `console` blocks of a page.
fn sessions(page: &str) -> Vec<Shown> {
    let mut found: Vec<Shown> = Vec::new();
    let mut inside = false;
    for (index, line) in read(root().join(page)).lines().enumerate() {
        match (inside, line) {
            (false, "```console") => inside = true,
            (true, "```") => inside = false,
            (true, _) => match line.strip_prefix("$ ") {
                Some(command) => {
                    found.push(Shown { line: index + 1, command: command.into(), output: Vec::new() });
                }
                None => found.last_mut().expect("a block begins with a command").output.push(line.into()),
            },
            (false, _) => {}
        }
    }
    assert!(!inside, "{page}: a block does not end");
    found
}

/// The commands of `sh` blocks, and those in a line of text that have all their words: no verb alone, nothing to be put in.
fn mentioned(page: &str) -> Vec<Shown> {
    let mut found = Vec::new();
    let mut block = None;
    for (index, line) in read(root().join(page)).lines().enumerate() {
        let mut add = |command: &str| {
            found.push(Shown { line: index + 1, command: command.replace("\\|", "|"), output: Vec::new() });
        };
        match (block, line.strip_prefix("```")) {
            (None, Some(language)) => block = Some(language == "sh"),
            (Some(_), Some(_)) => block = None,
            (Some(true), None) => add(line),
            (Some(false), None) => {}
            (None, None) => {
                let whole = |text: &&str| {
                    let words: Vec<&str> = text.split(' ').collect();
                    let open = |word: &&str| word.len() > 1 && word.chars().all(|letter| letter.is_ascii_uppercase());
                    words[0] == "compose" && words.len() > 2 && !words.iter().any(open)
                };
                line.split('`').skip(1).step_by(2).filter(whole).for_each(add);
            }
        }
    }
    found
}

/// What the sessions work on: the prebuilt components and the example.
fn copy(to: &Path) {
    for folder in ["fixtures/components", "target"] {
        fs::create_dir_all(to.join(folder)).expect("the temporary folder takes folders");
    }
    let components = fs::read_dir(root().join("fixtures/components")).expect("the components are there");
    let components = components.map(|entry| entry.expect("an entry").path());
    let examples = ["fixtures/shop", "fixtures/ticks"].into_iter().flat_map(|folder| {
        let folder = root().join(folder);
        files_below(&folder).into_iter().map(move |file| folder.join(file)).collect::<Vec<_>>()
    });
    for file in components.chain(examples).chain([root().join("fixtures/expected/shop-cli.txt")]) {
        let place = to.join(file.strip_prefix(root()).expect("below the repository"));
        fs::create_dir_all(place.parent().expect("a file has a folder")).expect("the temporary folder takes folders");
        fs::copy(&file, place).expect("the temporary folder takes files");
    }
}

/// Whether lines match those shown; `…` at the end of a line, or alone, stands for the rest of it, or for any lines.
pub(crate) fn matches(shown: &[String], printed: &[&str]) -> bool {
    match shown.split_first() {
        None => printed.iter().all(|line| line.is_empty()),
        Some((any, rest)) if any == "…" => (0..=printed.len()).any(|skipped| matches(rest, &printed[skipped..])),
        Some((line, rest)) => match (printed.split_first(), line.strip_suffix('…')) {
            (None, _) => line.is_empty() && matches(rest, printed),
            (Some((first, others)), Some(start)) => first.starts_with(start) && matches(rest, others),
            (Some((first, others)), None) => first.trim_end() == line && matches(rest, others),
        },
    }
}

/// What is wrong with a command in a folder, if anything.
fn run_shown(shown: &Shown, page: &str, folder: &Path) -> Option<String> {
    let Shown { line, command, output } = shown;
    let words = ["compose ", "cargo run --release -- "].iter().find_map(|start| command.strip_prefix(start));
    let words = words.unwrap_or_else(|| panic!("{page}:{line}: nobody knows how to run `{command}`"));
    // Another program that reads it need not be there.
    let words = words.split(" | ").next().unwrap_or_default();
    let (words, file) = words.split_once(" > ").map_or((words, None), |(words, file)| (words, Some(file)));
    let home = |word: &str| word.replace('~', &folder.join("home").display().to_string());
    let args: Vec<String> = words.split(' ').map(home).collect();
    let ran = run::compose(folder, &args, None, &BTreeMap::new()).expect("a run");
    let printed: Vec<&str> = ran.stdout.lines().chain(ran.stderr.lines()).collect();
    let fails = output.iter().any(|line| line.contains("error["));
    if (ran.exit != 0) != fails {
        return Some(format!("{page}:{line}: {command}\nexit {}\n{}\n", ran.exit, printed.join("\n")));
    }
    if file.is_some() && ran.stdout.is_empty() {
        return Some(format!("{page}:{line}: {command}\nprints nothing to be kept"));
    }
    if !output.is_empty() && !matches(output, &printed) {
        let shown = output.join("\n");
        return Some(format!("{page}:{line}: {command}\nshown:\n{shown}\nprinted:\n{}\n", printed.join("\n")));
    }
    None
}

fn is_ours(shown: &Shown) -> bool {
    !OTHERS.iter().any(|other| shown.command.starts_with(other))
}

#[test]
fn sessions_print_what_they_show() {
    let mut wrong = Vec::new();
    for page in REPOSITORY {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy(folder.path());
        let mut here = PathBuf::new();
        let shown = sessions(page);
        assert!(!shown.is_empty(), "{page}");
        for shown in shown.iter().filter(|shown| is_ours(shown)) {
            match shown.command.strip_prefix("cd ") {
                Some(to) => here.push(to),
                None => wrong.extend(run_shown(shown, page, &folder.path().join(&here))),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn commands_on_pages_do_what_they_say() {
    let (mut wrong, parts) = (Vec::new(), root().join(PARTS));
    for (page, before) in SMALL {
        let temporary = tempfile::tempdir().expect("a temporary folder");
        let folder = temporary.path().canonicalize().expect("it is there");
        let case = Case::read(&parts).expect("a case");
        prepare(&parts, &files_below(&parts), &case.uses, &folder).expect("the inputs of a case");
        for before in before {
            let args: Vec<String> = before.split(' ').map(str::to_owned).collect();
            let ran = run::compose(&folder, &args, None, &BTreeMap::new()).expect("a run");
            assert_eq!(ran.exit, 0, "{page}: {before}: {}", ran.stderr);
        }
        let mut shown = mentioned(page);
        shown.extend(if REPOSITORY.contains(&page) { Vec::new() } else { sessions(page) });
        assert!(!shown.is_empty(), "{page} has no commands any more");
        shown.sort_by_key(|shown| shown.line);
        wrong.extend(shown.iter().filter(|shown| is_ours(shown)).filter_map(|shown| run_shown(shown, page, &folder)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_page_with_commands_is_run() {
    let pages = files_below(&root().join("docs")).into_iter().map(|file| format!("docs/{file}"));
    let run = |page: &String| {
        WITH_FILES.iter().any(|with| page.starts_with(with))
            || REPOSITORY.contains(&page.as_str())
            || SMALL.iter().any(|(small, _)| page == small)
    };
    let pages = pages.filter(|page| page.ends_with(".md") && !run(page));
    let left: Vec<String> = pages
        .flat_map(|page| {
            let shown: Vec<Shown> = sessions(&page).into_iter().chain(mentioned(&page)).collect();
            let ours = shown.into_iter().filter(|shown| shown.command.starts_with("compose "));
            ours.map(move |shown| format!("{page}:{}: {}", shown.line, shown.command))
        })
        .collect();
    assert!(left.is_empty(), "commands that no test runs:\n  {}", left.join("\n  "));
}
