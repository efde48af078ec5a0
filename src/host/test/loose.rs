//! Values as text against patterns as text, where nobody tells the type: arguments of calls that pass a mock.
//!
//! A pattern is WAVE in which `_` stands for anything and `..` for the rest of a list or record. What a type would tell is
//! guessed in favour of the pattern: `some(x)` and `ok(x)` may be written as `x`, a field that is `none` may be left out, the
//! order of fields and flags is no matter, and `1.0` is `1`.

/// Whether a value is as a pattern says; `None` if the pattern cannot be read.
pub(super) fn matches(pattern: &str, value: &str) -> Option<bool> {
    let pattern = read(pattern)?;
    Some(read(value).is_some_and(|value| fits(&pattern, &value)))
}

/// Whether a text can be a pattern.
pub(super) fn is_pattern(text: &str) -> bool {
    read(text).is_some()
}

/// Arguments as they are written, each with its place.
type Arguments<'t> = Vec<(usize, &'t str)>;

/// The function and the arguments of a call that is written down; no arguments if there are no parentheses.
pub(super) fn call(text: &str) -> Option<(&str, Option<Arguments<'_>>)> {
    let Some(open) = text.find('(') else { return Some((text.trim(), None)) };
    let mut reader = Reader { text, at: open };
    reader.eat('(');
    let mut args = Vec::new();
    loop {
        reader.space();
        if reader.eat(')') {
            break;
        }
        let start = reader.at;
        reader.tree()?;
        args.push((start, text[start..reader.at].trim_end()));
        reader.space();
        if !reader.eat(',') && !reader.ahead(')') {
            return None;
        }
    }
    reader.space();
    (reader.at == text.len()).then(|| (text[..open].trim(), Some(args)))
}

/// A value or a pattern, as far as brackets and quotes tell.
#[derive(Debug, Clone, PartialEq)]
enum Tree {
    Any,
    Rest,
    /// A number, a name, a case without a payload, a handle.
    Word(String),
    /// With its quotes and escapes undone.
    Text(String),
    List(Vec<Tree>),
    Tuple(Vec<Tree>),
    Record(Vec<(String, Tree)>),
    /// Flags, and what is left of a record that says only a rest.
    Set(Vec<Tree>),
    Case(String, Box<Tree>),
}

fn read(text: &str) -> Option<Tree> {
    let mut reader = Reader { text, at: 0 };
    let tree = reader.tree()?;
    reader.space();
    (reader.at == text.len()).then_some(tree)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn space(&mut self) {
        let rest = &self.text[self.at..];
        self.at = self.text.len() - rest.trim_start().len();
    }

    fn ahead(&self, letter: char) -> bool {
        self.text[self.at..].starts_with(letter)
    }

    fn eat(&mut self, letter: char) -> bool {
        let there = self.ahead(letter);
        if there {
            self.at += letter.len_utf8();
        }
        there
    }

    fn word(&mut self) -> Option<String> {
        let rest = &self.text[self.at..];
        let part = |letter: char| letter.is_alphanumeric() || "-_.+$%?".contains(letter);
        let end = rest.find(|letter| !part(letter)).unwrap_or(rest.len());
        let word = rest.get(..end).filter(|word| !word.is_empty())?.to_owned();
        self.at += end;
        Some(word)
    }

    fn quoted(&mut self, quote: char) -> Option<String> {
        self.eat(quote);
        let mut text = String::new();
        loop {
            let letter = self.text[self.at..].chars().next()?;
            self.at += letter.len_utf8();
            match letter {
                letter if letter == quote => return Some(text),
                '\\' => {
                    let escaped = self.text[self.at..].chars().next()?;
                    self.at += escaped.len_utf8();
                    match escaped {
                        'n' => text.push('\n'),
                        't' => text.push('\t'),
                        'r' => text.push('\r'),
                        'u' => {
                            let rest = self.text[self.at..].strip_prefix('{')?;
                            let end = rest.find('}')?;
                            text.push(char::from_u32(u32::from_str_radix(&rest[..end], 16).ok()?)?);
                            self.at += end + 2;
                        }
                        other => text.push(other),
                    }
                }
                letter => text.push(letter),
            }
        }
    }

    fn tree(&mut self) -> Option<Tree> {
        self.space();
        match self.text[self.at..].chars().next()? {
            '[' => self.items('[', ']').map(Tree::List),
            '(' => self.items('(', ')').map(Tree::Tuple),
            '{' => self.braced(),
            quote @ ('"' | '\'') => self.quoted(quote).map(Tree::Text),
            _ => {
                let word = self.word()?;
                Some(match word.as_str() {
                    "_" => Tree::Any,
                    ".." => Tree::Rest,
                    _ if self.ahead('(') => {
                        let mut inner = self.items('(', ')')?;
                        let payload = if inner.len() == 1 { inner.remove(0) } else { Tree::Tuple(inner) };
                        Tree::Case(bare(&word), Box::new(payload))
                    }
                    _ => Tree::Word(bare(&word)),
                })
            }
        }
    }

    fn items(&mut self, open: char, close: char) -> Option<Vec<Tree>> {
        self.eat(open);
        let mut items = Vec::new();
        loop {
            self.space();
            if self.eat(close) {
                return Some(items);
            }
            items.push(self.tree()?);
            self.space();
            if !self.eat(',') && !self.ahead(close) {
                return None;
            }
        }
    }

    fn braced(&mut self) -> Option<Tree> {
        self.eat('{');
        let (mut fields, mut set) = (Vec::new(), Vec::new());
        loop {
            self.space();
            if self.eat('}') {
                break;
            }
            if self.eat(':') {
                // `{:}` is a record without fields.
                continue;
            }
            let item = self.tree()?;
            self.space();
            match item {
                Tree::Word(name) if self.eat(':') => fields.push((name, self.tree()?)),
                Tree::Rest => fields.push(("..".into(), Tree::Rest)),
                item => set.push(item),
            }
            self.space();
            if !self.eat(',') && !self.ahead('}') {
                return None;
            }
        }
        match (fields.is_empty(), set.is_empty()) {
            (false, true) => Some(Tree::Record(fields)),
            (_, false) => {
                set.extend(fields.into_iter().map(|(_, tree)| tree));
                Some(Tree::Set(set))
            }
            (true, true) => Some(Tree::Set(Vec::new())),
        }
    }
}

/// `%list` is `list`.
fn bare(word: &str) -> String {
    word.strip_prefix('%').unwrap_or(word).to_owned()
}

fn fits(pattern: &Tree, value: &Tree) -> bool {
    match (pattern, value) {
        (Tree::Any, _) => true,
        (Tree::Word(one), Tree::Word(other)) => same_word(one, other),
        (Tree::Text(one), Tree::Text(other)) => one == other,
        (Tree::List(pattern), Tree::List(value)) => listed(pattern, value),
        (Tree::Tuple(pattern), Tree::Tuple(value)) => listed(pattern, value),
        (Tree::Case(one, pattern), Tree::Case(other, value)) if one == other => fits(pattern, value),
        (pattern, Tree::Case(wrap, value)) if wrap == "some" || wrap == "ok" => fits(pattern, value),
        (Tree::Record(pattern), Tree::Record(value)) => fields(pattern, value),
        (Tree::Record(pattern), Tree::Set(value)) => {
            let rest = pattern.iter().all(|(name, _)| name == "..");
            rest || (value.is_empty() && fields(pattern, &[]))
        }
        (Tree::Set(pattern), Tree::Set(value)) => {
            let rest = pattern.contains(&Tree::Rest);
            let named = pattern.iter().filter(|item| **item != Tree::Rest);
            named.clone().all(|item| value.iter().any(|other| fits(item, other)))
                && (rest || value.iter().all(|other| named.clone().any(|item| fits(item, other))))
        }
        (Tree::Set(pattern), Tree::Record(value)) => pattern.is_empty() && fields(&[], value),
        _ => false,
    }
}

fn same_word(one: &str, other: &str) -> bool {
    let number = |word: &str| {
        word.replace('_', "")
            .parse::<f64>()
            .ok()
            .filter(|_| word.starts_with(|first: char| first.is_ascii_digit() || first == '-'))
    };
    one == other
        || match (one.replace('_', "").parse::<i128>(), other.parse::<i128>()) {
            (Ok(one), Ok(other)) => one == other,
            _ => number(one).is_some_and(|one| number(other) == Some(one)),
        }
}

fn listed(pattern: &[Tree], value: &[Tree]) -> bool {
    match pattern.iter().position(|item| *item == Tree::Rest) {
        None => pattern.len() == value.len() && pattern.iter().zip(value).all(|(one, other)| fits(one, other)),
        Some(at) => {
            let (before, after) = (&pattern[..at], &pattern[at + 1..]);
            value.len() >= before.len() + after.len()
                && before.iter().zip(value).all(|(one, other)| fits(one, other))
                && after.iter().rev().zip(value.iter().rev()).all(|(one, other)| fits(one, other))
        }
    }
}

fn fields(pattern: &[(String, Tree)], value: &[(String, Tree)]) -> bool {
    let none = Tree::Word("none".into());
    let rest = pattern.iter().any(|(name, _)| name == "..");
    let of = |name: &str| value.iter().find(|(other, _)| other == name).map_or(&none, |(_, tree)| tree);
    let named = pattern.iter().filter(|(name, _)| name != "..");
    let said = |name: &str| pattern.iter().any(|(other, _)| other == name);
    named.clone().all(|(name, tree)| fits(tree, of(name)))
        && (rest || value.iter().all(|(name, tree)| said(name) || *tree == none))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_values_whatever_the_type() {
        let fits = |pattern: &str, value: &str| matches(pattern, value).expect("a pattern");
        let item = r#"{sku: "cup", count: 2, handling: {fragile, frozen}, note: none}"#;
        for pattern in [
            "_",
            item,
            r#"{count: 2, ..}"#,
            r#"{sku: "cup", handling: {frozen, fragile}, count: 2}"#,
            r#"{sku: _, count: _, handling: {frozen, ..}}"#,
        ] {
            assert!(fits(pattern, item), "{pattern}");
        }
        for pattern in [r#"{sku: "cup"}"#, r#"{sku: "cap", ..}"#, r#"{handling: {frozen}, ..}"#, "[..]", "{}"] {
            assert!(!fits(pattern, item), "{pattern}");
        }
        assert!(fits("[1, .., 4]", "[1, 2, 3, 4]") && !fits("[1, .., 4]", "[1]") && fits("[..]", "[]"));
        assert!(fits("\"a\\n\\u{e9}\"", "\"a\\né\"") && fits("1.0", "1") && fits("1_000", "1000"));
        assert!(fits("2", "some(2)") && fits("ok(2)", "ok(2)") && !fits("some(2)", "2") && !fits("err(_)", "ok(2)"));
        assert!(fits("card(_)", "card(\"1, (2)\")") && fits("(1, _)", "(1, 2)") && fits("%list", "list"));
        assert!(!fits("18446744073709551615", "18446744073709551614"));
    }

    #[test]
    fn what_is_no_pattern_is_told() {
        for text in ["", "[1", "{a: }", "\"x", "(1,,2)", "a b", "\"\\u{zz}\""] {
            assert!(!is_pattern(text), "{text}");
        }
    }

    #[test]
    fn calls_are_taken_apart() {
        let args = |all: &[(usize, &'static str)]| Some(all.to_vec());
        let of = args(&[(8, "1"), (11, "[2, 3]"), (19, "\"),(\"")]);
        assert_eq!(call("a:b/c.f(1, [2, 3], \"),(\")"), Some(("a:b/c.f", of)));
        assert_eq!(call("f()"), Some(("f", args(&[]))));
        assert_eq!(call("a:b/c.f"), Some(("a:b/c.f", None)));
        assert_eq!(call("f(1"), None);
        assert_eq!(call("f(1) x"), None);
    }
}
