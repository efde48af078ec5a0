//! What help suggests can be pasted: every command and option in the help of all UI cases and pages is read by the command
//! line, and has nothing in it that a shell would take for itself.

use super::args::{Cli, Composition, Verb};
use super::request::CommandLine;
use crate::model::request::Request;
use clap::Parser;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The help in what was printed: that of diagnostics, for people and for machines, and the tips of usage errors.
fn helps(printed: &str) -> Vec<String> {
    let mut helps: Vec<String> = Vec::new();
    let mut inside = false;
    for line in printed.lines() {
        let plain = line.replace("\u{1b}[1;36m", "").replace("\u{1b}[0m", "");
        let begins = ["  help: ", "  tip: "].iter().find_map(|mark| plain.strip_prefix(mark));
        match (begins, plain.strip_prefix("        ")) {
            (Some(text), _) => helps.push(text.to_owned()),
            (None, Some(more)) if inside => {
                let last = helps.last_mut().expect("a help goes before");
                last.push(' ');
                last.push_str(more);
            }
            _ => {}
        }
        inside = begins.is_some() || (inside && plain.starts_with("        "));
        if let Ok(serde_json::Value::Object(fields)) = serde_json::from_str(line) {
            let list = fields.get("help").and_then(|help| help.as_array()).into_iter().flatten();
            helps.extend(list.filter_map(|help| help.as_str()).map(str::to_owned));
        }
    }
    helps
}

/// The commands and options in a help: what stands in backticks, else the whole.
fn commands(help: &str) -> Vec<&str> {
    let spans = if help.contains('`') { help.split('`').skip(1).step_by(2).collect() } else { vec![help] };
    let is_command = |span: &&str| span.starts_with("compose ") || (span.starts_with('-') && *span != "-");
    spans.into_iter().filter(is_command).collect()
}

/// The words as a shell has them; `None` if it would take something for itself.
fn words(command: &str) -> Option<Vec<String>> {
    let (mut words, mut word, mut quoted) = (Vec::new(), None::<String>, false);
    for letter in command.chars() {
        match (quoted, letter) {
            (_, '\'') => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            (true, letter) => word.get_or_insert_default().push(letter),
            (false, ' ') => words.extend(word.take()),
            (
                false,
                '*' | '?' | '[' | ']' | '{' | '}' | '(' | ')' | '$' | ';' | '&' | '|' | '"' | '\\' | '!' | '#' | '~',
            ) => {
                return None;
            }
            (false, letter) => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    // What is read from a file is no argument.
    let end = words.iter().position(|word| word == "<").unwrap_or(words.len());
    words.truncate(end);
    (!quoted).then_some(words)
}

/// What an option that stands alone is tried with.
const VERBS: [&str; 10] = [
    "build",
    "check",
    "init",
    "explain",
    "contract check x.wasm",
    "contract verify x.wasm",
    "run x.wasm",
    "serve x.wasm",
    "test",
    "exe x.wasm -o app",
];

/// Why a command cannot be pasted.
fn fault(command: &str) -> Option<String> {
    let Some(words) = words(command) else { return Some("a shell takes a part of it for itself".into()) };
    let lines: Vec<Vec<String>> = match words.first().map(String::as_str) {
        Some("compose") => vec![words],
        // An option is one of some verb.
        _ => VERBS
            .iter()
            .map(|verb| {
                let verb = ["compose"].into_iter().chain(verb.split(' ')).map(str::to_owned);
                verb.chain(words.iter().cloned()).collect()
            })
            .collect(),
    };
    let mut fault = None;
    for line in lines {
        match Cli::try_parse_from(&line) {
            Ok(cli) => {
                let composition: &Composition = match &cli.verb {
                    Verb::Build(build) => &build.composition,
                    Verb::Check(check) => &check.composition,
                    Verb::Init(init) => &init.composition,
                    _ => return None,
                };
                return CommandLine::new("check", composition, None).apply(&mut Request::new()).err();
            }
            Err(error) if error.exit_code() == 0 => return None,
            Err(error) => fault = fault.or(Some(error.to_string())),
        }
    }
    fault
}

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the package") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => files(&path, into),
            false => into.push(path),
        }
    }
}

#[test]
fn what_help_suggests_can_be_pasted() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = vec![root.join("README.md"), root.join("docs/manifest.md")];
    files(&root.join("docs/errors"), &mut all);
    files(&root.join("tests/ui"), &mut all);
    let (mut tried, mut wrong) = (BTreeSet::new(), Vec::new());
    for file in all {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if !name.ends_with(".md") && !name.starts_with("stderr") {
            continue;
        }
        for help in helps(&std::fs::read_to_string(&file).expect("what is expected is text")) {
            for command in commands(&help) {
                if tried.insert(command.to_owned())
                    && let Some(fault) = fault(command)
                {
                    wrong.push(format!("{}: {command}\n  {fault}", file.display()));
                }
            }
        }
    }
    assert!(tried.len() > 50, "only {} commands were found", tried.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_cannot_be_pasted_is_noticed() {
    for command in
        ["--allow-import a:b/*", "compose biuld", "--wire a:b/c", "--chain x", "--no-such", "compose check -q -v"]
    {
        assert!(fault(command).is_some(), "{command}");
    }
    for command in ["--allow-import 'a:b/*'", "compose check - < FILE", "--wire a:b/c=d", "-o -", "compose --help"] {
        assert_eq!(fault(command), None, "{command}");
    }
}
