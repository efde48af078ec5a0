//! The sessions in the documentation that work on this repository's own files are run, in their order, in a copy of it;
//! what they show is what is printed, `…` standing for anything.

use crate::support::{read, root, run};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The pages with such sessions.
const PAGES: [&str; 1] = ["README.md"];
/// What is not ours to run here: builds of this repository, and programs that need not be there.
const OTHERS: [&str; 4] = ["cargo test ", "cargo install ", "cargo build ", "wasmtime "];

/// One command, and the lines shown below it.
struct Shown {
    line: usize,
    command: String,
    output: Vec<String>,
}

/// The commands of the `console` blocks of a page.
fn commands(page: &str) -> Vec<Shown> {
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
    assert!(!inside && !found.is_empty(), "{page} has no sessions, or a block does not end");
    found
}

/// What the sessions work on: the prebuilt components and the example.
fn copy(to: &Path) {
    for folder in ["fixtures/components", "fixtures/shop", "target"] {
        fs::create_dir_all(to.join(folder)).expect("the temporary folder takes folders");
    }
    let components = fs::read_dir(root().join("fixtures/components")).expect("the components are there");
    let components = components.map(|entry| entry.expect("an entry").path());
    for file in components.chain([root().join("fixtures/shop/compose.toml")]) {
        let place = to.join(file.strip_prefix(root()).expect("below the repository"));
        fs::copy(&file, place).expect("the temporary folder takes files");
    }
}

/// Whether lines match those shown; `…` at the end of a line, or alone, stands for the rest of it, or for any lines.
fn matches(shown: &[String], printed: &[&str]) -> bool {
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

#[test]
fn sessions_print_what_they_show() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(folder.path());
    let mut wrong = Vec::new();
    for page in PAGES {
        let mut here = PathBuf::new();
        for Shown { line, command, output } in commands(page) {
            if OTHERS.iter().any(|other| command.starts_with(other)) {
                continue;
            }
            if let Some(to) = command.strip_prefix("cd ") {
                here.push(to);
                continue;
            }
            let words = ["compose ", "cargo run --release -- "].iter().find_map(|start| command.strip_prefix(start));
            let words = words.unwrap_or_else(|| panic!("{page}:{line}: nobody knows how to run `{command}`"));
            let args: Vec<String> = words.split(' ').map(str::to_owned).collect();
            let ran = run::compose(&folder.path().join(&here), &args, None, &BTreeMap::new()).expect("a run");
            let (out, err) = (ran.stdout.lines(), ran.stderr.lines());
            let printed: Vec<&str> = out.chain(err).collect();
            let fails = output.iter().any(|line| line.contains("error["));
            if (ran.exit != 0) != fails {
                wrong.push(format!("{page}:{line}: {command}\nexit {}\n{}\n", ran.exit, printed.join("\n")));
            }
            if !output.is_empty() && !matches(&output, &printed) {
                let shown = output.join("\n");
                wrong.push(format!("{page}:{line}: {command}\nshown:\n{shown}\nprinted:\n{}\n", printed.join("\n")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
