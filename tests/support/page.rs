//! Pages of the catalogue as tests: the files and commands of a page's example are taken out of the page, so that page
//! and test cannot drift apart.

use super::run::{self, Ran};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

/// The headings of a page below its title; the third depends on the severity.
pub const HEADINGS: [&str; 5] = ["What it means", "Smallest example", "Why it is an error", "How to fix", "See also"];

/// The third heading of a warning's page.
pub const WHY_WARNING: &str = "Why it is a warning";

/// A fenced block.
#[derive(Debug, PartialEq, Eq)]
pub struct Block {
    /// The language.
    pub language: String,
    /// The name of the file it is, if it is one.
    pub title: Option<String>,
    /// Where its text stands in the page.
    pub text: Range<usize>,
}

/// A part of a page: what stands below a `## ` heading.
#[derive(Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// Its fenced blocks.
    pub blocks: Vec<Block>,
}

/// A page, taken apart.
#[derive(Debug)]
pub struct Page {
    /// The whole text.
    pub text: String,
    /// The first line without `# `.
    pub title: String,
    /// The parts.
    pub sections: Vec<Section>,
}

/// One `$ compose …` line.
#[derive(Debug, PartialEq, Eq)]
pub struct Command {
    /// The line as written.
    pub line: String,
    /// Its arguments.
    pub args: Vec<String>,
    /// The file after `<`.
    pub stdin: Option<String>,
}

impl Page {
    /// Takes a page apart.
    pub fn parse(text: String) -> Result<Self, String> {
        let title = text.lines().next().and_then(|line| line.strip_prefix("# ")).ok_or("no `# ` title")?.to_owned();
        let mut sections: Vec<Section> = Vec::new();
        let mut open: Option<Block> = None;
        let mut offset = 0;
        for line in text.split_inclusive('\n') {
            let (start, bare) = (offset, line.trim_end());
            offset += line.len();
            match (&mut open, bare.strip_prefix("```")) {
                (Some(_), Some("")) => {
                    let mut block = open.take().expect("just matched");
                    block.text.end = start;
                    sections.last_mut().ok_or("a fenced block before the first heading")?.blocks.push(block);
                }
                (Some(_), Some(_)) => return Err(format!("a fence inside a fence: {bare}")),
                (None, Some(info)) => {
                    let (language, rest) = info.split_once(' ').unwrap_or((info, ""));
                    let title = match rest.strip_prefix("title=\"").map(|rest| rest.strip_suffix('"')) {
                        Some(Some(title)) => Some(title.to_owned()),
                        None if rest.is_empty() => None,
                        _ => return Err(format!("not the form ```` ```language title=\"file\" ````: {bare}")),
                    };
                    open = Some(Block { language: language.into(), title, text: offset..offset });
                }
                (None, None) => {
                    if let Some(heading) = bare.strip_prefix("## ") {
                        sections.push(Section { heading: heading.into(), blocks: Vec::new() });
                    }
                }
                (Some(_), None) => {}
            }
        }
        if open.is_some() {
            return Err("a fenced block does not end".into());
        }
        Ok(Self { text, title, sections })
    }

    /// The part of that heading.
    pub fn section(&self, heading: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.heading == heading)
    }

    /// The console block of a part, if it has one.
    pub fn console(&self, heading: &str) -> Result<Option<&Block>, String> {
        let Some(section) = self.section(heading) else { return Err(format!("no part `{heading}`")) };
        let mut blocks = section.blocks.iter().filter(|block| block.language == "console");
        match (blocks.next(), blocks.next()) {
            (_, Some(_)) => Err(format!("`{heading}` has two console blocks")),
            (block, None) => Ok(block),
        }
    }

    /// Writes the files of a part into the folder.
    pub fn write_files(&self, heading: &str, folder: &Path) -> Result<(), String> {
        let Some(section) = self.section(heading) else { return Err(format!("no part `{heading}`")) };
        for block in &section.blocks {
            let Some(title) = &block.title else { continue };
            let path = folder.join(title);
            let parent = path.parent().ok_or("a file has a folder")?;
            std::fs::create_dir_all(parent).map_err(|error| format!("{title}: {error}"))?;
            std::fs::write(&path, &self.text[block.text.clone()]).map_err(|error| format!("{title}: {error}"))?;
        }
        Ok(())
    }

    /// Runs the commands of a console block in the folder; gives what the block should hold and the last run.
    pub fn run(&self, block: &Block, folder: &Path) -> Result<(String, Ran), String> {
        let mut printed = String::new();
        let mut last = None;
        let commands = commands(&self.text[block.text.clone()])?;
        for (index, command) in commands.iter().enumerate() {
            let ran = run::compose(folder, &command.args, command.stdin.as_deref(), &BTreeMap::new())?;
            printed.push_str(&format!("$ {}\n{}{}", command.line, ran.stdout, ran.stderr));
            if index + 1 < commands.len() && ran.exit != 0 {
                return Err(format!("`{}` must succeed, but ended with {}:\n{printed}", command.line, ran.exit));
            }
            last = Some(ran);
        }
        Ok((printed, last.ok_or("a console block without a `$ compose` line")?))
    }
}

/// The commands of a console block.
pub fn commands(block: &str) -> Result<Vec<Command>, String> {
    let lines = block.lines().filter_map(|line| line.strip_prefix("$ "));
    lines
        .map(|line| {
            let mut words = words(line)?;
            if words.first().map(String::as_str) != Some("compose") {
                return Err(format!("only `compose` is run here: {line}"));
            }
            words.remove(0);
            let stdin = match words.iter().position(|word| word == "<") {
                Some(at) if at + 2 == words.len() => words.drain(at..).next_back(),
                Some(_) => return Err(format!("`< file` stands at the end: {line}")),
                None => None,
            };
            Ok(Command { line: line.into(), args: words, stdin })
        })
        .collect()
}

/// The words of a shell line, with single and double quotes.
fn words(line: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for letter in line.chars() {
        match (quote, letter) {
            (Some(open), letter) if letter == open => quote = None,
            (Some(_), letter) => word.get_or_insert_default().push(letter),
            (None, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, letter) if letter.is_whitespace() => words.extend(word.take()),
            (None, '$' | '`' | '\\' | '|' | ';' | '&' | '>') => {
                return Err(format!("`{letter}` means more to a shell than is done here: {line}"));
            }
            (None, letter) => word.get_or_insert_default().push(letter),
        }
    }
    if quote.is_some() {
        return Err(format!("a quote does not end: {line}"));
    }
    words.extend(word);
    Ok(words)
}

/// The errors pages by the name of their files, `C0401` for `docs/errors/C0401.md`.
pub fn all() -> Vec<(String, String)> {
    let folder = super::root().join("docs/errors");
    super::files_below(&folder)
        .into_iter()
        .map(|file| {
            let name = file.strip_suffix(".md").unwrap_or_else(|| panic!("docs/errors/{file} is no page")).to_owned();
            (name, super::read(folder.join(file)))
        })
        .collect()
}
