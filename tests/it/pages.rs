//! Pages that describe the sources tell of what is there, all of it and no more.

use crate::rust_text::has_word;
use crate::support::{files_below, read, root};
use std::collections::BTreeSet;

#[track_caller]
fn none(rule: &str, offenders: Vec<String>) {
    assert!(offenders.is_empty(), "{rule}:\n  {}", offenders.join("\n  "));
}

/// What stands in backticks on a page, outside of blocks.
fn quoted(page: &str) -> BTreeSet<String> {
    let mut inside = false;
    let mut found = BTreeSet::new();
    for line in read(root().join(page)).lines() {
        if line.starts_with("```") {
            inside = !inside;
        } else if !inside {
            found.extend(line.split('`').skip(1).step_by(2).map(str::to_owned));
        }
    }
    found
}

/// Names directly in a folder.
fn names_in(folder: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(root().join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let name = |entry: std::io::Result<std::fs::DirEntry>| entry.expect("an entry").file_name().into_string();
    entries.map(|entry| name(entry).expect("names of sources are UTF-8")).collect()
}

#[test]
fn the_architecture_names_each_module_and_crate() {
    let page = "docs/architecture.md";
    let quoted = quoted(page);
    let files = names_in("src").into_iter().map(|name| match name.ends_with(".rs") {
        true => format!("src/{name}"),
        false => format!("src/{name}/"),
    });
    let crates = names_in("crates").into_iter().map(|name| format!("crates/{name}/"));
    let missing = files.chain(crates).filter(|name| !quoted.contains(name)).map(|name| format!("{name} is missing"));
    let is_path = |text: &&String| ["src/", "crates/", "tests/", "docs/"].iter().any(|start| text.starts_with(start));
    let gone = quoted.iter().filter(is_path).filter(|path| !root().join(path).exists());
    none(page, missing.chain(gone.map(|path| format!("{path} does not exist"))).collect());
}

#[test]
fn the_page_on_testing_names_what_there_is() {
    let page = "docs/testing.md";
    let text = read(root().join(page));
    let quoted = quoted(page);
    let (known, areas) = (names_in("tests/ui/known"), names_in("tests/ui"));
    let cases = known.iter().filter(|case| !quoted.contains(*case)).map(|case| format!("the case {case} is missing"));
    let areas = areas.iter().filter(|area| !quoted.contains(*area)).map(|area| format!("the area {area} is missing"));
    let targets = names_in("tests/fuzz/fuzz_targets").into_iter().map(|file| file.trim_end_matches(".rs").to_owned());
    let targets =
        targets.filter(|target| !quoted.contains(target)).map(|target| format!("the target {target} is missing"));
    let folders = names_in("tests").into_iter().map(|name| match name.contains('.') {
        true => format!("tests/{name}"),
        false => format!("tests/{name}/"),
    });
    let folders = folders.filter(|name| !text.contains(name.as_str())).map(|name| format!("{name} is missing"));
    let open = |path: &str| path.contains(['<', '*', ' ', '…', '$']);
    let is_path = |text: &&String| ["src/", "crates/", "tests/", "docs/"].iter().any(|start| text.starts_with(start));
    let gone = quoted.iter().filter(is_path).filter(|path| !open(path) && !root().join(path).exists());
    let gone = gone.map(|path| format!("{path} does not exist"));
    none(page, cases.chain(areas).chain(targets).chain(folders).chain(gone).collect());
}

#[test]
fn the_glossary_has_the_words_that_sources_use() {
    let text = read(root().join("docs/glossary.md"));
    let (used, later) = text.split_once("\n## ").expect("a part for words to come");
    let sources: Vec<String> = files_below(&root().join("src"))
        .iter()
        .map(|file| read(root().join("src").join(file)).to_lowercase())
        .collect();
    let is_used =
        |word: &str| sources.iter().any(|source| has_word(source, word) || has_word(source, &format!("{word}s")));
    let entries = |part: &str| -> Vec<String> {
        let entries = part.lines().filter_map(|line| line.strip_prefix("**")?.split_once("**"));
        entries.map(|(words, _)| words.to_lowercase()).collect()
    };
    let words = |part: &str| -> Vec<String> {
        entries(part).iter().flat_map(|entry| entry.split(", ")).map(str::to_owned).collect()
    };
    assert!(entries(used).is_sorted() && entries(later).is_sorted(), "the words are in order");
    let unused = words(used).into_iter().filter(|word| !is_used(word)).map(|word| format!("no source says {word}"));
    let early = words(later).into_iter().filter(|word| is_used(word)).map(|word| format!("sources say {word} already"));
    none("docs/glossary.md", unused.chain(early).collect());
}

/// What a text in YAML is not, if it is none.
fn fault_of_yaml(text: &str) -> Option<String> {
    saphyr_parser::Parser::new_from_str(text).find_map(|event| event.err()).map(|fault| fault.to_string())
}

#[test]
fn what_is_to_be_copied_as_yaml_is_yaml() {
    assert!(fault_of_yaml("a: b: c\n").is_some(), "a colon in a plain text");
    let mut texts = vec![("action.yml".to_owned(), read(root().join("action.yml")))];
    for page in files_below(&root().join("docs")).into_iter().filter(|page| page.ends_with(".md")) {
        let text = read(root().join("docs").join(&page));
        let blocks =
            text.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default().to_owned());
        texts.extend(blocks.map(|block| (page.clone(), block)));
    }
    assert!(texts.len() > 2);
    let faults = texts.iter().filter_map(|(name, text)| Some(format!("{name}: {}", fault_of_yaml(text)?)));
    none("YAML", faults.collect());
}
