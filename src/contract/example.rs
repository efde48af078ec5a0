//! The examples of rules as sides, so that tests and the manual read them alike.

use super::rule::{Bump, Example, Rule};
use super::side::Side;

/// Both sides of an example about changes; `None` for an example of another kind.
///
/// Where the text has no `package` line of its own it gets `package a:b@1.0.0;` before, and after it the version that the
/// rule's bump asks for. Packages nested in an example stand for those that the package uses, and are not judged.
///
/// # Errors
/// What the WIT reader says against one of the texts.
pub fn sides(rule: &Rule, example: &Example) -> Option<Result<(Side, Side), String>> {
    Some(in_full(rule, example)?.map(|(mut old, mut new)| {
        old.packages.truncate(1);
        new.packages.truncate(1);
        (old, new)
    }))
}

/// The same, with the nested packages judged as those of users are.
///
/// # Errors
/// What the WIT reader says against one of the texts.
pub fn in_full(rule: &Rule, example: &Example) -> Option<Result<(Side, Side), String>> {
    let Example::Change { old, new } = example else { return None };
    let next = match rule.change().map(|(_, bump)| bump) {
        Some(Bump::Major) => "2.0.0",
        Some(Bump::Minor) => "1.1.0",
        Some(Bump::Patch) => "1.0.1",
        Some(Bump::None) | None => "1.0.0",
    };
    Some(read("old.wit", old, "1.0.0").and_then(|old| Ok((old, read("new.wit", new, next)?))))
}

/// One text as a side.
///
/// # Errors
/// What the WIT reader says against it.
pub fn side(name: &str, text: &str, version: &str) -> Result<Side, String> {
    let mut side = read(name, text, version)?;
    side.packages.truncate(1);
    Ok(side)
}

fn read(name: &str, text: &str, version: &str) -> Result<Side, String> {
    // The line of a package ends with a semicolon; a package that is nested has a block.
    let has_line = text.trim_start().starts_with("package ")
        && text.find(';').is_some_and(|end| text.find('{').is_none_or(|block| end < block));
    match has_line {
        true => Side::of_text(name, text),
        false => Side::of_text(name, &format!("package a:b@{version};\n{text}\n")),
    }
}
