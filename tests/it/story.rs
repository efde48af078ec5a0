//! docs/contracts.md is a story, and it is true: its titled blocks are written as files and its commands run in one folder, in
//! the order of the page, and print what the page shows.
//!
//! A block of WIT that is titled `x.wit` becomes the component `x.wasm`, as in a UI case; one in a folder `wit/` stays WIT. git runs
//! without anybody's settings and at a fixed time. `BLESS=1` writes what is printed into the page.

use crate::sessions::{Shown, matches};
use crate::support::case::prepare;
use crate::support::{read, root, run};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

const PAGE: &str = "docs/contracts.md";
/// The day on which the story is told: 2026-11-23, in seconds.
const DAY: &str = "1795392000";

/// A step of the story.
enum Step {
    /// A file is written.
    File { title: String, text: String },
    /// A command is run.
    Run(Shown),
}

fn steps() -> Vec<Step> {
    let (mut steps, mut block) = (Vec::new(), None::<String>);
    let mut text = String::new();
    for (index, line) in read(root().join(PAGE)).lines().enumerate() {
        match (&block, line.strip_prefix("```")) {
            (None, Some(language)) => (block, text) = (Some(language.into()), String::new()),
            (Some(language), Some(_)) => {
                if let Some((_, title)) = language.split_once("title=\"") {
                    let title = title.trim_end_matches('"').into();
                    steps.push(Step::File { title, text: std::mem::take(&mut text) });
                }
                block = None;
            }
            (Some(language), None) if language == "console" => match (line.strip_prefix("$ "), steps.last_mut()) {
                (Some(command), _) => {
                    steps.push(Step::Run(Shown { line: index + 1, command: command.into(), output: Vec::new() }));
                }
                (None, Some(Step::Run(shown))) => shown.output.push(line.into()),
                (None, _) => panic!("{PAGE}:{}: a block begins with a command", index + 1),
            },
            (Some(_), None) => text.push_str(&format!("{line}\n")),
            (None, None) => {}
        }
    }
    assert!(block.is_none(), "{PAGE}: a block does not end");
    steps
}

/// Writes a file as a UI case has it: `x.wit` becomes a component.
fn put(title: &str, text: &str, folder: &Path) {
    let staged = tempfile::tempdir().expect("a temporary folder");
    let path = staged.path().join(title);
    fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
    prepare(staged.path(), &[title.to_owned()], &[], folder).expect("the inputs of a case");
}

/// The page with what is printed below its commands.
fn blessed(printed: &BTreeMap<usize, String>) -> String {
    let (mut out, mut skips) = (String::new(), false);
    for (index, line) in read(root().join(PAGE)).lines().enumerate() {
        skips = skips && !line.starts_with("```") && !line.starts_with("$ ");
        if !skips {
            out.push_str(&format!("{line}\n"));
        }
        if let Some(printed) = printed.get(&(index + 1)) {
            skips = true;
            let lines: Vec<&str> = printed.trim_end().lines().map(str::trim_end).collect();
            lines.iter().for_each(|line| out.push_str(&format!("{line}\n")));
        }
    }
    out
}

/// What a command prints, and whether it is content.
fn runs(command: &str, folder: &Path) -> (bool, String) {
    let mut words: Vec<&str> = command.split(' ').collect();
    let mut env = BTreeMap::from([("SOURCE_DATE_EPOCH".to_owned(), DAY.to_owned())]);
    if let Some((name, value)) = words[0].split_once('=') {
        env.insert(name.to_owned(), value.to_owned());
        words.remove(0);
    }
    if let ["compose", args @ ..] = words.as_slice() {
        let args: Vec<String> = args.iter().map(|word| (*word).to_owned()).collect();
        let ran = run::compose(folder, &args, None, &env).expect("a run");
        return (ran.exit == 0, format!("{}{}", ran.stdout, ran.stderr));
    }
    assert_eq!(words[0], "git", "{PAGE}: nobody knows how to run `{command}`");
    let quoted = command.split_once(" -m ").map(|(before, message)| (before, message.trim_matches('\'')));
    let (before, message) = quoted.map_or((command, None), |(before, message)| (before, Some(message)));
    let mut git = Command::new("git");
    git.args(before.split(' ').skip(1)).args(message.iter().flat_map(|message| ["-m", message])).current_dir(folder);
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env_remove("GIT_DIR");
    for who in ["AUTHOR", "COMMITTER"] {
        git.env(format!("GIT_{who}_NAME"), "story").env(format!("GIT_{who}_EMAIL"), "story@example.com");
        git.env(format!("GIT_{who}_DATE"), format!("{DAY} +0000"));
    }
    let output = git.output().expect("git is there");
    (output.status.success(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}

#[test]
fn the_page_of_contracts_is_a_true_story() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (mut wrong, mut ran) = (Vec::new(), BTreeMap::new());
    for step in steps() {
        let Shown { line, command, output } = match step {
            Step::File { title, text } => {
                put(&title, &text, folder.path());
                continue;
            }
            Step::Run(shown) => shown,
        };
        let (content, printed) = runs(&command, folder.path());
        let fails = output.iter().any(|line| line.starts_with("error") || line.contains(": error["));
        let lines: Vec<&str> = printed.lines().collect();
        if content == fails || (!output.is_empty() && !matches(&output, &lines)) {
            wrong.push(format!("{PAGE}:{line}: {command}\nprinted:\n{printed}"));
        }
        ran.insert(line, printed);
    }
    assert!(ran.len() > 5, "{PAGE} has a story");
    if std::env::var_os("BLESS").is_some() {
        fs::write(root().join(PAGE), blessed(&ran)).expect("the page");
        return;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
