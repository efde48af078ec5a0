//! One line of a script of calls: `iface.f(1, "a")`, `$b = bucket.new("a")`, `$b.get("k")`, `drop $b`.
//!
//! Only its head is read here. What stands between the parentheses is read by the types of the function, once that is known.

use super::fault::{BadCall, Why};
use crate::value::Scanner;
use std::ops::Range;

/// A line, read up to its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// Nothing but space and remarks.
    Empty,
    /// `drop $name`
    Drop(Range<usize>),
    /// A call.
    Call(Head),
}

/// What stands before the arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    /// The name that the result is to have, without its `$`.
    pub(super) to: Option<String>,
    /// The handle whose method it is, with its `$`.
    pub(super) of: Option<Range<usize>>,
    /// The function, or method.
    pub(super) function: Range<usize>,
    /// Where the arguments begin, behind the `(`.
    pub(super) arguments: usize,
}

/// A fault of the line as such.
pub(super) fn syntax(text: &str, at: Range<usize>, expected: &str) -> BadCall {
    BadCall { text: text.into(), at, argument: None, why: Why::Syntax { expected: expected.into() } }
}

/// Reads the head of a line.
pub(super) fn read(text: &str) -> Result<Line, BadCall> {
    let mut scan = Scanner::new(text);
    if scan.peek().is_none_or(|first| first == '#') {
        return Ok(Line::Empty);
    }
    if let Some((false, "drop")) = scan.label_ahead() {
        let mut ahead = scan.clone();
        ahead.eat("drop");
        if ahead.peek() == Some('$') {
            let name = handle(&mut ahead);
            return match ends(&mut ahead) {
                true => Ok(Line::Drop(name)),
                false => Err(syntax(text, ahead.ahead(), "the end of the line")),
            };
        }
    }
    let (mut to, mut of) = (None, None);
    if scan.peek() == Some('$') {
        let name = handle(&mut scan);
        if scan.eat("=") {
            let word = &text[name.start + 1..name.end];
            if word.is_empty() || word.contains('.') {
                return Err(syntax(text, name, "a name, as `$name`"));
            }
            to = Some(word.to_string());
            scan.skip();
            of = (scan.peek() == Some('$')).then(|| handle(&mut scan));
        } else {
            of = Some(name);
        }
    }
    if let Some(of) = &of
        && !scan.eat(".")
    {
        return Err(syntax(text, scan.ahead(), &format!("`.` and a method of `{}`", &text[of.clone()])));
    }
    scan.skip();
    let rest = &text[scan.at()..];
    let end = rest.find('(').unwrap_or(rest.len());
    let function = scan.at()..scan.at() + rest[..end].trim_end().len();
    if function.is_empty() {
        return Err(syntax(text, scan.ahead(), "the name of a function"));
    }
    if end == rest.len() {
        return Err(syntax(text, text.trim_end().len()..text.trim_end().len(), "`(` and the arguments"));
    }
    let arguments = scan.at() + end + 1;
    Ok(Line::Call(Head { to, of, function, arguments }))
}

/// Takes `$name`.
fn handle(scan: &mut Scanner<'_>) -> Range<usize> {
    scan.skip();
    let start = scan.at();
    scan.eat("$");
    scan.name();
    start..scan.at()
}

/// Whether nothing but a remark follows.
pub(super) fn ends(scan: &mut Scanner<'_>) -> bool {
    scan.peek().is_none_or(|next| next == '#')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &str) -> (Option<String>, Option<&str>, &str, &str) {
        match read(text) {
            Ok(Line::Call(head)) => {
                (head.to, head.of.map(|of| &text[of]), &text[head.function], &text[head.arguments..])
            }
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn heads_are_told_apart() {
        assert_eq!(head("f(1)"), (None, None, "f", "1)"));
        assert_eq!(head(" a:b/c@0.1.0.f@1 ( )"), (None, None, "a:b/c@0.1.0.f@1", " )"));
        assert_eq!(head("$b = bucket.new(\"=\")"), (Some("b".into()), None, "bucket.new", "\"=\")"));
        assert_eq!(head("$b.get(\"k\")"), (None, Some("$b"), "get", "\"k\")"));
        assert_eq!(head("$c = $b.0.get()"), (Some("c".into()), Some("$b.0"), "get", ")"));
        assert_eq!(head("drop(1)"), (None, None, "drop", "1)"));
        assert_eq!(head("[method]b.get($b)"), (None, None, "[method]b.get", "$b)"));
        for empty in ["", "  ", "# f()", "// f()"] {
            assert_eq!(read(empty), Ok(Line::Empty));
        }
        assert_eq!(read("drop $b # no more"), Ok(Line::Drop(5..7)));
    }

    #[test]
    fn what_is_no_call_is_told_where() {
        let bad = |text: &str| match read(text) {
            Err(BadCall { at, why: Why::Syntax { expected }, .. }) => (at, expected),
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(bad("f"), (1..1, "`(` and the arguments".into()));
        assert_eq!(bad("(1)"), (0..1, "the name of a function".into()));
        assert_eq!(bad("$b"), (2..2, "`.` and a method of `$b`".into()));
        assert_eq!(bad("$ = f()"), (0..1, "a name, as `$name`".into()));
        assert_eq!(bad("drop $b, $c"), (7..8, "the end of the line".into()));
    }
}
