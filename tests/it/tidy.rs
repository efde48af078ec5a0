//! The rules of the house that a machine can judge: layers, who touches the outside world, sizes, names.
//!
//! Each rule gathers all offenders, so that one run tells everything.

use crate::rust_text::{code, has_word, named_of_crate, test_modules, without_tests};
use crate::support::{files_below, read, root};

/// The stages in the order of the data, each using only those before it; tests may use what they like.
const STAGES: [&str; 12] = [
    "manifest", "sources", "decode", "cache", "resolve", "check", "link", "contract", "emit", "inspect", "host", "cli",
];
/// What every stage may use; these three know no stage.
const BOTTOM: [&str; 3] = ["model", "types", "diag"];
/// What stands over the stages, each in a file of its own.
const COVERS: [&str; 2] = ["pipeline", "composition"];
/// Who may touch files, the environment and processes.
const OUTSIDE: [&str; 5] = ["sources", "cache", "emit", "host", "cli"];
/// The most lines of a file.
const LINES: usize = 450;
/// The most bytes of a committed file.
const BYTES: u64 = 2_000_000;

/// Rust files below a folder of the package, with their code.
fn rust(folder: &str) -> Vec<(String, String)> {
    // Fuzzing builds beside its sources.
    let is_source = |file: &String| file.ends_with(".rs") && !file.contains("/target/");
    let files = files_below(&root().join(folder)).into_iter().filter(is_source);
    files.map(|file| (format!("{folder}/{file}"), read(root().join(folder).join(&file)))).collect()
}

/// The stage of a file in src/: its folder, or the name of a file directly in src/.
fn stage(file: &str) -> &str {
    let inside = file.strip_prefix("src/").expect("a file of src/");
    inside.split(['/', '.']).next().expect("a path has a first part")
}

#[track_caller]
fn none(rule: &str, offenders: Vec<String>) {
    assert!(offenders.is_empty(), "{rule}:\n  {}", offenders.join("\n  "));
}

/// Files of `src/` that are no tests, with their code outside of tests.
fn product() -> Vec<(String, String)> {
    let files: Vec<(String, String)> = rust("src").into_iter().map(|(file, text)| (file, code(&text))).collect();
    let mut tests = Vec::new();
    for (file, code) in &files {
        // The folder of a file's modules: its own for `mod.rs` and `lib.rs`, else the one of its name.
        let folder = match file.rsplit_once('/') {
            Some((folder, "mod.rs" | "lib.rs" | "main.rs")) => folder.to_owned(),
            _ => file.trim_end_matches(".rs").to_owned(),
        };
        tests.extend(test_modules(code).into_iter().map(|module| format!("{folder}/{module}")));
    }
    let is_test =
        |file: &str| tests.iter().any(|test| file.strip_prefix(test).is_some_and(|rest| rest.starts_with(['.', '/'])));
    files.into_iter().filter(|(file, _)| !is_test(file)).map(|(file, code)| (file, without_tests(&code))).collect()
}

#[test]
fn stages_use_only_what_comes_before_them() {
    let mut offenders = Vec::new();
    for (file, code) in product() {
        let own = stage(&file);
        if ["lib", "main"].contains(&own) {
            continue;
        }
        let rank = STAGES.iter().position(|stage| *stage == own);
        for used in named_of_crate(&code) {
            let allowed = match (STAGES.iter().position(|stage| *stage == used), rank) {
                _ if used == own || BOTTOM.contains(&used.as_str()) => true,
                (Some(used), Some(own)) => used < own,
                // The pipeline calls the stages one after the other, and a composition the pipeline; host and cli stand above.
                (Some(_), None) => COVERS.contains(&own) && used != "cli" && used != "host",
                (None, Some(_)) => used == "pipeline" && ["host", "cli"].contains(&own),
                (None, None) => own == "composition" && used == "pipeline",
            };
            // Items that `lib.rs` re-exports are no stages; inside the crate they are named by their module.
            if !allowed {
                offenders.push(format!("{file} uses crate::{used}"));
            }
        }
        for name in STAGES.iter().chain(&BOTTOM) {
            if has_word(&code, &format!("super::super::{name}")) {
                offenders.push(format!("{file} says super::super::{name}; other modules are named from crate::"));
            }
        }
    }
    none("a stage uses what does not come before it", offenders);
}

#[test]
fn every_module_of_the_crate_has_a_place_in_the_order() {
    let known = |name: &str| {
        STAGES.contains(&name) || BOTTOM.contains(&name) || ["lib", "main"].contains(&name) || COVERS.contains(&name)
    };
    let unknown = rust("src").into_iter().map(|(file, _)| file).filter(|file| !known(stage(file))).collect();
    none("modules without a place among the stages", unknown);
}

#[test]
fn engines_and_other_composers_stay_where_they_belong() {
    let mut offenders = Vec::new();
    for (file, text) in rust("src") {
        let code = code(&text);
        let named = |word: &str| has_word(&code, word);
        if ["wasmtime", "wasmtime_wasi", "wasmtime_wasi_http"].into_iter().any(named) {
            offenders.push(format!("{file} names wasmtime; only crates/ does"));
        }
        if named("compose_engine") && !["host", "cli"].contains(&stage(&file)) {
            offenders.push(format!("{file} names the engine; only host/, the verbs of cli/ and crates/ do"));
        }
        if named("wac_parser") && !file.starts_with("src/manifest/wac") {
            offenders.push(format!("{file} names wac_parser; only the `.wac` front end does"));
        }
        for other in ["wac_graph", "wac_types", "wac_resolver"] {
            if named(other) {
                offenders.push(format!("{file} names {other}; only tests do"));
            }
        }
    }
    none("a crate is named where it must not be", offenders);
}

#[test]
fn only_some_stages_touch_the_outside_world() {
    let mut offenders = Vec::new();
    for (file, code) in product() {
        let own = stage(&file);
        if OUTSIDE.contains(&own) || own == "main" {
            continue;
        }
        for outside in ["std::fs", "std::env", "std::process", "std::net", "tempfile"] {
            if has_word(&code, outside) {
                offenders.push(format!("{file} uses {outside}"));
            }
        }
        for module in ["fs", "env", "process", "net"] {
            if code.contains("use std::{") && has_word(&code, &format!("{module}::")) {
                offenders.push(format!("{file} seems to use std::{module}"));
            }
        }
    }
    none("touches the outside world", offenders);
}

#[test]
fn nobody_prints_but_the_shell() {
    let mut offenders = Vec::new();
    for (file, code) in product() {
        for word in ["println!", "eprintln!", "print!", "eprint!", "dbg!"] {
            if code
                .match_indices(word)
                .any(|(at, _)| !code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_'))
            {
                offenders.push(format!("{file}: {word}"));
            }
        }
        let streams = ["stdout()", "stderr()"].iter().any(|stream| code.contains(stream));
        // The artifact itself may go to standard output, and it is no words.
        let allowed = ["src/cli/shell.rs", "src/emit/write.rs", "src/emit/place.rs"].contains(&file.as_str())
            || stage(&file) == "host";
        if streams && !allowed {
            offenders.push(format!("{file} opens a stream; src/cli/shell.rs prints"));
        }
    }
    none("prints", offenders);
}

#[test]
fn sentences_stand_in_diags_files() {
    let says = |(file, code): &(String, String)| {
        stage(file) != "diag"
            && !file.ends_with("/diags.rs")
            && !file.contains("/diags/")
            && code.contains("Diagnostic::new")
    };
    let offenders = product().iter().filter(|file| says(file)).map(|(file, _)| file.clone()).collect();
    none("makes a diagnostic outside of a `diags.rs`", offenders);
}

#[test]
fn words_of_faults_stand_where_they_are_told() {
    // The words stand in texts, which `code` would blank; tests are the last part of a file.
    let says = |text: &str| {
        let product = text.split("#[cfg(test)]").next().unwrap_or(text);
        let product = product.split_whitespace().collect::<Vec<_>>().join(" ");
        let made =
            ["About::Word { message: \"", "About::Word { message: format!", "Reply::Trap(\"", "Reply::Trap(format!"];
        made.iter().any(|made| product.contains(made))
    };
    let told = |file: &str| file.ends_with("/told.rs") || file.ends_with("/diags.rs");
    let files = rust("src/host").into_iter().filter(|(file, text)| !told(file) && says(text));
    none("says what is not as expected outside of `told.rs`", files.map(|(file, _)| file).collect());
}

#[test]
fn nobody_is_shown_the_debug_form_of_a_value() {
    let product: Vec<String> = product().into_iter().map(|(file, _)| file).collect();
    // The forms stand in texts, which `code` would blank; tests are the last part of a file.
    let shows = |text: &str| {
        let product = text.split("#[cfg(test)]").next().unwrap_or(text);
        product.contains(":?}") || product.contains(":#?}")
    };
    let sources = rust("src").into_iter().filter(|(file, _)| product.contains(file)).chain(rust("examples"));
    let debug = sources.filter(|(_, text)| shows(text));
    none("prints a value as only its author reads it", debug.map(|(file, _)| file).collect());
}

#[test]
fn files_open_with_what_they_are_for() {
    let mut offenders = Vec::new();
    for (file, text) in ["src", "tests", "crates"].into_iter().flat_map(rust) {
        if !text.starts_with("//! ") {
            offenders.push(file);
        }
    }
    none("does not open with `//!`", offenders);
}

#[test]
fn files_stay_small() {
    let mut offenders = Vec::new();
    for (file, text) in ["src", "tests", "crates"].into_iter().flat_map(rust) {
        let lines = text.lines().count();
        if lines > LINES {
            offenders.push(format!("{file}: {lines} lines"));
        }
    }
    none("more lines than a file should have", offenders);
}

#[test]
fn nothing_is_named_by_what_it_is_not() {
    let vague = ["util", "utils", "common", "helper", "helpers", "misc", "stuff", "lib2"];
    let parts = |file: &str| file.split(['/', '.']).any(|part| vague.contains(&part));
    let files = ["src", "tests", "crates"].into_iter().flat_map(rust).map(|(file, _)| file);
    none("a name that says nothing", files.filter(|file| parts(file)).collect());
}

#[test]
fn nothing_is_left_for_later() {
    // Written in parts, since this file is read as well.
    let words = ["todo", "unimplemented"].map(|word| format!("{word}!"));
    let marks = ["FIX", "TO", "XX"].iter().zip(["ME", "DO", "X"]).map(|(a, b)| format!("{a}{b}"));
    let marks: Vec<String> = marks.collect();
    let ignored = format!("#[{}", "ignore");
    let mut offenders = Vec::new();
    for (file, text) in ["src", "tests", "crates"].into_iter().flat_map(rust) {
        let code = code(&text);
        let unfinished = words.iter().any(|word| code.contains(word.as_str())) || code.contains(&ignored);
        if unfinished || marks.iter().any(|mark| has_word(&text, mark)) {
            offenders.push(file);
        }
    }
    none("not finished", offenders);
}

#[test]
fn the_architecture_describes_each_folder() {
    let text = read(root().join("docs/architecture.md"));
    let described: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("### `src/")?.split_once("/`"))
        .map(|(name, _)| name)
        .collect();
    let mut folders: Vec<String> =
        rust("src").iter().filter_map(|(file, _)| Some(file["src/".len()..].split_once('/')?.0.to_owned())).collect();
    folders.dedup();
    let missing = folders
        .iter()
        .filter(|folder| !described.contains(&folder.as_str()))
        .map(|folder| format!("src/{folder}/ is not described"));
    let gone = described
        .iter()
        .filter(|name| !folders.iter().any(|folder| folder == *name))
        .map(|name| format!("src/{name}/ is described and does not exist"));
    none("docs/architecture.md and src/ differ", missing.chain(gone).collect());
}

/// Every committed file: what git says, or without git every file of the package.
fn committed() -> Vec<String> {
    let git = std::process::Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output();
    if let Ok(output) = git
        && output.status.success()
    {
        let names = String::from_utf8(output.stdout).expect("file names are UTF-8");
        let files = names.split_terminator('\0').map(str::to_owned);
        return files.filter(|file| root().join(file).is_file()).collect();
    }
    let mut files = files_below(root());
    files.retain(|file| !file.starts_with("target/") && !file.contains("/target/"));
    files
}

/// What lies in the package's own folder. A file that strays there is seldom meant to be committed.
const TOP: &[&str] = &[
    ".cargo",
    ".ci",
    ".github",
    ".gitattributes",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "action.yml",
    "build.rs",
    "clippy.toml",
    "completions",
    "crates",
    "deny.toml",
    "docs",
    "rustfmt.toml",
    "examples",
    "fixtures",
    "man",
    "src",
    "tests",
    "typos.toml",
    "wit",
];

#[test]
fn nothing_strays_into_the_package() {
    let known = |file: &String| TOP.contains(&file.split('/').next().unwrap_or_default());
    none("not expected here", committed().into_iter().filter(|file| !known(file)).collect());
}

#[test]
fn nothing_tells_of_the_machine_it_was_made_on() {
    // In parts, since this file is read as well.
    let paths = ["work", "tmp", "root", "home", "Users"].map(|folder| format!("/{folder}/"));
    let hosts = [["crates", "io"], ["pypi", "org"], ["npmjs", "com"], ["npmjs", "org"], ["pythonhosted", "org"]]
        .map(|host| host.join("."));
    let mut offenders = Vec::new();
    // The lockfile names the index by design of cargo, and the other file looks for the same words.
    let exempt = |file: &str| file.ends_with("Cargo.lock") || file == "crates/engine/tests/fixtures_fresh.rs";
    for file in committed().into_iter().filter(|file| !exempt(file) && size(file) <= BYTES) {
        let bytes = std::fs::read(root().join(&file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        for word in paths.iter().chain(&hosts) {
            if bytes.windows(word.len()).any(|window| window == word.as_bytes()) {
                offenders.push(format!("{file} says {word}"));
            }
        }
    }
    none("tells of the machine it was made on", offenders);
}

#[test]
fn nothing_large_is_committed() {
    none("too large", committed().into_iter().filter(|file| size(file) > BYTES).collect());
}

fn size(file: &str) -> u64 {
    std::fs::metadata(root().join(file)).map_or(0, |data| data.len())
}
