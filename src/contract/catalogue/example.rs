//! Examples of rules, broken into lines: in the tables they are short, on a page they are to be read.

/// WIT with a line for each item; members of types stay on the line of their type.
pub(super) fn lines(text: &str) -> String {
    let mut out = String::new();
    for (index, part) in text.split("\n---\n").enumerate() {
        if index > 0 {
            out.push_str("\n// the other folder\n");
        }
        out.push_str(&broken(part));
    }
    out
}

fn broken(text: &str) -> String {
    let mut out = String::new();
    let mut line = String::new();
    // For each open brace whether items stand inside, each on a line.
    let mut open: Vec<bool> = Vec::new();
    let mut rest = text;
    let flush = |line: &mut String, out: &mut String, depth: usize| {
        let said = line.trim();
        if !said.is_empty() {
            out.push_str(&format!("{}{said}\n", "  ".repeat(depth)));
        }
        line.clear();
    };
    while let Some(letter) = rest.chars().next() {
        let depth = open.iter().filter(|items| **items).count();
        if rest.starts_with("///") {
            flush(&mut line, &mut out, depth);
            let (comment, after) = rest.split_at(rest.find('\n').unwrap_or(rest.len()));
            line.push_str(comment);
            flush(&mut line, &mut out, depth);
            rest = after;
            continue;
        }
        rest = &rest[letter.len_utf8()..];
        match letter {
            '{' => {
                let words: Vec<&str> = line.split_whitespace().collect();
                let has_items = ["interface", "world", "package", "resource"].iter().any(|word| words.contains(word));
                let empty = rest.trim_start().starts_with('}');
                open.push(has_items && !empty);
                line.push('{');
                if has_items && !empty {
                    flush(&mut line, &mut out, depth);
                }
            }
            '}' => {
                let items = open.pop().unwrap_or(false);
                if items {
                    flush(&mut line, &mut out, depth);
                }
                line.push('}');
                // `use types.{a};` and names of versions go on.
                if !rest.starts_with([';', ',']) {
                    flush(&mut line, &mut out, depth - usize::from(items));
                }
            }
            ';' => {
                line.push(';');
                flush(&mut line, &mut out, depth);
            }
            '\n' => line.push(' '),
            _ => line.push(letter),
        }
    }
    flush(&mut line, &mut out, 0);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::rule::Example;
    use crate::contract::rules;

    #[test]
    fn items_stand_on_lines_of_their_own() {
        let text = "package a:b@1.0.0;\ninterface i { use t.{r}; record s { x: u32, y: u32 } /// Does.\n  f: func(); resource q { m: func(); } } world w {}";
        let expected = "package a:b@1.0.0;\ninterface i {\n  use t.{r};\n  record s { x: u32, y: u32 }\n  /// Does.\n  f: func();\n  \
                        resource q {\n    m: func();\n  }\n}\nworld w {}\n";
        assert_eq!(lines(text), expected);
    }

    #[test]
    fn no_example_loses_a_word() {
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        for rule in rules::all() {
            for example in rule.examples {
                let (Example::Config { old: one, new: other, .. }
                | Example::Change { old: one, new: other }
                | Example::Lint { bad: one, good: other }) = example;
                for text in [one, other].into_iter().filter(|text| !text.contains("\n---\n")) {
                    assert_eq!(squeezed(&lines(text)), squeezed(text), "{rule}");
                }
            }
        }
    }
}
