//! The difference of two texts, line by line, as people read it: `-` what was expected, `+` what came.

/// The most lines of a side that are compared with each other; of longer texts the first difference is told.
const MOST: usize = 2_000;
/// Lines of context around a difference.
const AROUND: usize = 2;
/// The most lines that are shown.
const SHOWN: usize = 60;

/// One line of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line<'t> {
    Both(&'t str),
    Expected(&'t str),
    Actual(&'t str),
}

/// The difference; each line begins with `-`, `+` or two spaces.
pub(super) fn diff(expected: &str, actual: &str) -> String {
    let left: Vec<&str> = expected.split('\n').collect();
    let right: Vec<&str> = actual.split('\n').collect();
    let start = left.iter().zip(&right).take_while(|(one, other)| one == other).count();
    let ends = left[start..].iter().rev().zip(right[start..].iter().rev());
    let end = ends.take_while(|(one, other)| one == other).count();
    let (from, to) = (&left[start..left.len() - end], &right[start..right.len() - end]);
    let mut lines: Vec<Line<'_>> = left[..start].iter().copied().map(Line::Both).collect();
    if from.len() <= MOST && to.len() <= MOST {
        middle(from, to, &mut lines);
    } else {
        lines.extend(from.iter().copied().map(Line::Expected));
        lines.extend(to.iter().copied().map(Line::Actual));
    }
    lines.extend(left[left.len() - end..].iter().copied().map(Line::Both));
    shown(&lines)
}

/// By the longest common subsequence.
fn middle<'t>(from: &[&'t str], to: &[&'t str], out: &mut Vec<Line<'t>>) {
    let width = to.len() + 1;
    let mut longest = vec![0_u32; (from.len() + 1) * width];
    for i in (0..from.len()).rev() {
        for j in (0..to.len()).rev() {
            longest[i * width + j] = match from[i] == to[j] {
                true => longest[(i + 1) * width + j + 1] + 1,
                false => longest[(i + 1) * width + j].max(longest[i * width + j + 1]),
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < from.len() || j < to.len() {
        let down = i < from.len() && (j == to.len() || longest[(i + 1) * width + j] >= longest[i * width + j + 1]);
        if i < from.len() && j < to.len() && from[i] == to[j] {
            out.push(Line::Both(from[i]));
            (i, j) = (i + 1, j + 1);
        } else if down {
            out.push(Line::Expected(from[i]));
            i += 1;
        } else {
            out.push(Line::Actual(to[j]));
            j += 1;
        }
    }
}

/// What differs and a little around it.
fn shown(lines: &[Line<'_>]) -> String {
    let near = |at: usize| {
        let around = &lines[at.saturating_sub(AROUND)..(at + AROUND + 1).min(lines.len())];
        around.iter().any(|line| !matches!(line, Line::Both(_)))
    };
    let mut out = Vec::new();
    let mut skipped = 0;
    for (at, line) in lines.iter().enumerate() {
        if !near(at) {
            skipped += 1;
            continue;
        }
        if skipped > 0 {
            out.push("  …".to_owned());
            skipped = 0;
        }
        out.push(match line {
            Line::Both(text) => format!("  {text}"),
            Line::Expected(text) => format!("- {text}"),
            Line::Actual(text) => format!("+ {text}"),
        });
    }
    if out.len() > SHOWN {
        let more = out.len() - SHOWN;
        out.truncate(SHOWN);
        out.push(format!("  … and {more} lines more"));
    } else if skipped > 0 {
        out.push("  …".to_owned());
    }
    out.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_differ_are_told_apart() {
        assert_eq!(diff("a\nb\nc", "a\nx\nc"), "  a\n- b\n+ x\n  c");
        assert_eq!(diff("a", "a\nb"), "  a\n+ b");
        assert_eq!(diff("one\ntwo\nthree\n", "one\nthree\nfour\n"), "  one\n- two\n  three\n+ four\n  ");
    }

    #[test]
    fn what_is_far_from_a_difference_is_left_out() {
        let text =
            |last: &str| (0..10).map(|line| line.to_string()).chain([last.to_owned()]).collect::<Vec<_>>().join("\n");
        assert_eq!(diff(&text("x"), &text("y")), "  …\n  8\n  9\n- x\n+ y");
        let many = |word: &str| vec![word; 5_000].join("\n");
        assert_eq!(diff(&many("x"), &many("y")).lines().count(), SHOWN + 1);
    }
}
