//! Rust sources as the tidy rules need them: comments and the insides of literals blanked out, tests cut off.
//!
//! No parser: the rules look for words, so it is enough to know what is code.

/// The text with comments and the insides of string and character literals replaced by spaces; lines stay lines.
pub(crate) fn code(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let blank = |out: &mut String, from: &[char]| {
        out.extend(from.iter().map(|letter| if *letter == '\n' { '\n' } else { ' ' }));
    };
    let mut at = 0;
    while at < letters.len() {
        let rest = &letters[at..];
        let before = at.checked_sub(1).map(|before| letters[before]);
        let length = match rest {
            ['/', '/', ..] => rest.iter().position(|letter| *letter == '\n').unwrap_or(rest.len()),
            ['/', '*', ..] => block_comment(rest),
            ['"', ..] => string(rest),
            ['r', '"' | '#', ..] if !before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_') => {
                raw_string(rest)
            }
            ['\'', ..] => character(rest),
            _ => 0,
        };
        if length == 0 {
            out.push(letters[at]);
            at += 1;
        } else {
            blank(&mut out, &rest[..length]);
            at += length;
        }
    }
    out
}

/// The code without the items that are compiled for tests only.
pub(crate) fn without_tests(code: &str) -> String {
    let mut parts = code.split("#[cfg(test)]");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(&part[item(part)..]);
    }
    out
}

/// The names of modules that are files of their own and compiled for tests only.
pub(crate) fn test_modules(code: &str) -> Vec<String> {
    let items = code.split("#[cfg(test)]").skip(1).map(|part| &part[..item(part)]);
    items.filter_map(|item| Some(item.strip_suffix(';')?.split_once("mod ")?.1.to_owned())).collect()
}

/// Where the item ends that the text begins with: at its `;`, or at the brace that closes its first.
fn item(text: &str) -> usize {
    let mut depth = 0;
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 1 => return at + 1,
            '}' => depth -= 1,
            ';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn block_comment(rest: &[char]) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        match &rest[at..] {
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn string(rest: &[char]) -> usize {
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

/// `r"…"`, `r#"…"#`; 0 if it is none (`r#type`).
fn raw_string(rest: &[char]) -> usize {
    let hashes = rest[1..].iter().take_while(|letter| **letter == '#').count();
    if rest.get(1 + hashes) != Some(&'"') {
        return 0;
    }
    let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let body = 2 + hashes;
    let found = rest[body..].windows(end.len()).position(|window| window == end);
    found.map_or(rest.len(), |found| body + found + end.len())
}

/// `'x'`, `'\n'`, `'\u{1b}'`; 0 if it is a lifetime.
fn character(rest: &[char]) -> usize {
    match rest {
        ['\'', '\\', _, tail @ ..] => {
            3 + tail.iter().position(|letter| *letter == '\'').map_or(tail.len(), |found| found + 1)
        }
        ['\'', _, '\'', ..] => 3,
        _ => 0,
    }
}

/// Whether the word stands in the code as a word.
pub(crate) fn has_word(code: &str, word: &str) -> bool {
    let part = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    code.match_indices(word)
        .any(|(at, _)| !part(code[..at].chars().next_back()) && !part(code[at + word.len()..].chars().next()))
}

/// The first words after `crate::` anywhere in the code, also within braces: `crate::{a::x, b}` gives `a` and `b`.
pub(crate) fn named_of_crate(code: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (at, found) in code.match_indices("crate::") {
        let rest = &code[at + found.len()..];
        match rest.strip_prefix('{') {
            None => out.push(first_word(rest)),
            Some(inside) => {
                let mut depth = 0;
                let mut start = 0;
                for (index, letter) in inside.char_indices() {
                    match letter {
                        '{' => depth += 1,
                        '}' if depth == 0 => {
                            out.push(first_word(inside[start..index].trim_start()));
                            break;
                        }
                        '}' => depth -= 1,
                        ',' if depth == 0 => {
                            out.push(first_word(inside[start..index].trim_start()));
                            start = index + 1;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    out
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

#[test]
fn blanks_what_is_no_code() {
    let text = "a // b\n\"c\\\"\" 'd' '\\'' &'e f /* g /* h */ */ r#\"i\"j\"# k r#type \"\n\" l";
    let words: Vec<String> = code(text).split_whitespace().map(str::to_owned).collect();
    assert_eq!(words, ["a", "&'e", "f", "k", "r#type", "l"]);
    assert_eq!(code(text).lines().count(), text.lines().count());
}

#[test]
fn finds_what_is_named_of_the_crate() {
    let code = "use crate::a::b; use crate::{c, d::{e, f}, g}; x(crate::h::i)";
    assert_eq!(named_of_crate(code), ["a", "c", "d", "g", "h"]);
}

#[test]
fn tests_are_cut_out() {
    let code =
        "a; #[cfg(test)] mod b; c; #[cfg(test)] fn d() { if e { f } } g; #[cfg(test)]\n#[path = x] pub(crate) mod h;";
    let words: Vec<String> = without_tests(code).split_whitespace().map(str::to_owned).collect();
    assert_eq!(words, ["a;", "c;", "g;"]);
    assert_eq!(test_modules(code), ["b", "h"]);
}

#[test]
fn words_are_whole() {
    assert!(has_word("a wasmtime::b", "wasmtime"));
    assert!(!has_word("a wasmtime_48::b", "wasmtime"));
}
