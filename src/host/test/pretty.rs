//! A value's text, broken into lines where it is long, so that two of them can be compared line by line.
//!
//! Only the letters are looked at: brackets, commas, and what stands in quotes. A text that is no value comes out as it is,
//! broken at its commas.

/// A text of so many letters stays on one line.
const WIDTH: usize = 72;

/// The text, with each part of what is long on a line of its own.
pub(super) fn pretty(text: &str) -> String {
    let mut out = String::new();
    lay(text.trim(), 0, &mut out);
    out
}

fn lay(text: &str, depth: usize, out: &mut String) {
    let opened = text.find(['(', '[', '{', '"', '\'']);
    let bracket = opened.filter(|at| !text[*at..].starts_with(['"', '\'']));
    let (Some(open), true) = (bracket, depth * 2 + text.chars().count() > WIDTH) else {
        out.push_str(text);
        return;
    };
    let Some((parts, close)) = parts(&text[open + 1..]) else {
        out.push_str(text);
        return;
    };
    let after = &text[open + 1 + close..];
    // What wraps one value only, such as `ok(…)`, takes no lines of its own; a list of one may have two in the other text.
    let wraps = text[open..].starts_with('(') && !text[..open].trim().is_empty();
    if let ([part], true) = (parts.as_slice(), wraps) {
        out.push_str(&text[..=open]);
        lay(part.trim(), depth, out);
        out.push_str(after);
        return;
    }
    out.push_str(&text[..=open]);
    for part in parts {
        out.push('\n');
        out.push_str(&"  ".repeat(depth + 1));
        lay(part.trim(), depth + 1, out);
        out.push(',');
    }
    out.push('\n');
    out.push_str(&"  ".repeat(depth));
    out.push_str(after);
}

/// What stands between the commas up to the bracket that closes, and where that is.
fn parts(text: &str) -> Option<(Vec<&str>, usize)> {
    let (mut parts, mut from, mut depth) = (Vec::new(), 0, 0_usize);
    let mut quote = None;
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), letter) if letter == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(letter),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') if depth == 0 => {
                if !text[from..at].trim().is_empty() {
                    parts.push(&text[from..at]);
                }
                return Some((parts, at));
            }
            (None, ')' | ']' | '}') => depth -= 1,
            (None, ',') if depth == 0 => {
                parts.push(&text[from..at]);
                from = at + 1;
            }
            (None, _) => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_values_stay_on_a_line() {
        assert_eq!(pretty("ok({sku: \"cup\", count: 2})"), "ok({sku: \"cup\", count: 2})");
    }

    #[test]
    fn long_ones_are_broken_at_their_parts() {
        let item = "{sku: \"lamp, oil\", count: 1, handling: {fragile}, note: some(\"a)\\\"b\")}";
        let list = format!("ok([{item}, {item}])");
        let line = format!("  {}\n", item.to_owned() + ",");
        assert_eq!(pretty(&list), format!("ok([\n{line}{line}])"));
        let item = item.replace(", oil", "");
        let wide = format!("ok({{items: [{item}], number: 1}})");
        assert_eq!(pretty(&wide), format!("ok({{\n  items: [\n    {item},\n  ],\n  number: 1,\n}})"));
    }

    #[test]
    fn what_is_no_value_is_left_alone() {
        let open = format!("({}", "x".repeat(90));
        assert_eq!(pretty(&open), open);
        let quoted = format!("\"{}, {}\"", "x".repeat(90), "y");
        assert_eq!(pretty(&quoted), quoted);
    }
}
