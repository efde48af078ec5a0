//! Colours for what people read on standard output.
//!
//! They are put on finished text, line by line, so they change no letter of it and nothing that makes text has to know
//! of them. Sparingly: headings and the names of instances are bold, what stands beside (reasons, sizes, what was shown
//! before, branches of trees) is dim, and errors are as they are elsewhere. A line of another form is left alone.

use crate::diag::render::{BOLD, DIM, RED, YELLOW, in_colour};

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A plan, as `check` shows it.
    Plan,
    /// What is inside of a file.
    Anatomy,
    /// A tree of wires.
    Tree,
    /// An answer of `why`.
    Answer,
    /// A page of the catalogue.
    Page,
    /// All codes.
    Codes,
    /// All rules of contracts.
    Rules,
}

/// The text with colours.
pub(super) fn coloured(kind: Kind, text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let (mut heading, mut block, mut first) = ("", None, true);
    // The line before; what comes first is no heading.
    let mut before = "-";
    for line in text.split_inclusive('\n') {
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        let is_heading = before.is_empty() && !line.is_empty() && !line.starts_with(' ');
        if is_heading {
            heading = line;
        }
        out.push_str(&match kind {
            Kind::Page => of_page(line, &mut block),
            Kind::Codes => of_codes(line),
            Kind::Rules => of_rules(line),
            Kind::Answer => reason(line).unwrap_or_else(|| names(line)),
            _ if is_heading => in_colour(BOLD, line),
            Kind::Plan if line.starts_with(' ') => reason(line).unwrap_or_else(|| names(line)),
            Kind::Plan => name_first(line, " ("),
            Kind::Anatomy if first => name_first(line, ": "),
            Kind::Anatomy => of_anatomy(line, heading),
            Kind::Tree => of_tree(line, heading),
        });
        out.push_str(end);
        (before, first) = (line, false);
    }
    out
}

/// The parts of a line in colours of their own; none of them is empty in the result.
fn parts<'a>(parts: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let paint = |(colour, text): (&str, &str)| match colour.is_empty() || text.trim().is_empty() {
        true => text.to_owned(),
        false => in_colour(colour, text),
    };
    parts.into_iter().map(paint).collect()
}

/// A line that begins with a name: it ends where the mark stands, and the rest stands beside it.
fn name_first(line: &str, mark: &str) -> String {
    let (name, rest) = line.split_at(line.find(mark).unwrap_or(line.len()));
    parts([(BOLD, name), (DIM, rest)])
}

/// A line that gives a reason.
fn reason(line: &str) -> Option<String> {
    let words = ["because ", "by the plan: ", "not `", "not by `"];
    let is_reason = line.starts_with(' ') && words.iter().any(|word| line.trim_start().starts_with(word));
    is_reason.then(|| in_colour(DIM, line))
}

/// A line with names of instances in backticks: where it begins, and behind what leads to one.
fn names(line: &str) -> String {
    let pieces: Vec<&str> = line.split('`').collect();
    if pieces.len().is_multiple_of(2) {
        return line.to_owned();
    }
    let is_instance = |before: &str| before.trim().is_empty() || before.ends_with("from ") || before.ends_with("by ");
    let pieces = pieces.iter().enumerate().map(|(index, piece)| match index % 2 {
        0 => (*piece).to_owned(),
        _ if is_instance(pieces[index - 1]) => format!("`{}`", parts([(BOLD, *piece)])),
        _ => format!("`{piece}`"),
    });
    pieces.collect()
}

fn of_anatomy(line: &str, heading: &str) -> String {
    match heading {
        "exports" => names(line),
        "inside" => of_parts(line),
        _ if heading.starts_with("wires") => match line.strip_prefix("  ").filter(|line| !line.starts_with(' ')) {
            Some(line) => format!("  {}", name_first(line, ", ")),
            None => reason(line).unwrap_or_else(|| names(line)),
        },
        _ => line.to_owned(),
    }
}

/// A part with its size and share: `  ├─ kv (component)   2.0 KB  31.5 %`.
fn of_parts(line: &str) -> String {
    let number = |text: &str| text.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '.').len();
    let spaces = |text: &str| text.trim_end_matches(' ').len();
    let mut end = line.strip_suffix(" %").map_or(line.len(), number);
    if end < line.len() {
        end = spaces(&line[..end]);
        end = line[..end].trim_end_matches(|letter: char| letter.is_ascii_alphabetic()).len();
        end = spaces(&line[..number(&line[..spaces(&line[..end])])]);
    }
    let (label, column) = line.split_at(end);
    let (branches, name) = label.split_at(branches(label));
    parts([(DIM, branches), ("", name), (DIM, column)])
}

/// How much of a line of a tree are branches.
fn branches(line: &str) -> usize {
    line.find(|letter| !" │├└─".contains(letter)).unwrap_or(0)
}

/// A line of a tree of wires: `├─ acme:kv/store@1.0.0: kv (disk), shown above`.
fn of_tree(line: &str, heading: &str) -> String {
    // What the host gives follows the tree, and so do exports that are no instance's.
    let apart = [" is passed on from the host, as ", " is exported by code beside the instances"];
    if !heading.is_empty() || apart.iter().any(|words| line.contains(words)) {
        return line.to_owned();
    }
    let (branches, label) = line.split_at(branches(line));
    let node = |text: &'_ str| text.find([',', ' ']).unwrap_or(text.len());
    match label.split_once(": ") {
        Some(("the host", _)) => parts([(DIM, line)]),
        Some((import, to)) => {
            let (name, rest) = to.split_at(node(to));
            let tail = rest.strip_suffix(", shown above").map_or(rest.len(), str::len);
            let ours = ["code beside it", "nothing"].contains(&to);
            let name = (if ours { "" } else { BOLD }, name);
            parts([(DIM, branches), ("", import), ("", ": "), name, ("", &rest[..tail]), (DIM, &rest[tail..])])
        }
        None => {
            let (name, rest) = label.split_at(node(label));
            parts([(DIM, branches), (BOLD, name), ("", rest)])
        }
    }
}

/// A line of Markdown; `block` is the language of the block it is in.
fn of_page<'a>(line: &'a str, block: &mut Option<&'a str>) -> String {
    match (line.strip_prefix("```"), *block) {
        (Some(language), None) => {
            *block = Some(language);
            in_colour(DIM, line)
        }
        (Some(_), Some(_)) => {
            *block = None;
            in_colour(DIM, line)
        }
        (None, Some("console")) if line.starts_with("$ ") => in_colour(BOLD, line),
        (None, Some("console")) => {
            let (colour, mark) =
                if line.starts_with("error[") { (RED, true) } else { (YELLOW, line.starts_with("warning[")) };
            let end = line.find(']').filter(|_| mark).map_or(0, |end| end + 1);
            parts([(colour, &line[..end]), ("", &line[end..])])
        }
        (None, None) if line.starts_with('#') => in_colour(BOLD, line),
        _ => line.to_owned(),
    }
}

/// A code with its severity: `C0401  error    unresolved-import  no component provides an import`.
fn of_codes(line: &str) -> String {
    let Some((code, rest)) = line.split_at_checked(5) else { return line.to_owned() };
    let colour = if rest.starts_with("  error") { RED } else { YELLOW };
    let (severity, rest) = rest.split_at(rest.len().min(9));
    parts([(BOLD, code), (colour, severity), ("", rest)])
}

/// A rule, or the area that the rules below it are about: `  func-added  minor    function added`.
fn of_rules(line: &str) -> String {
    let Some(rest) = line.strip_prefix("  ") else { return parts([(BOLD, line)]) };
    let (id, rest) = rest.split_at(rest.find("  ").unwrap_or(rest.len()));
    let colour = match rest.trim_start().split(' ').next() {
        Some("major" | "error") => RED,
        Some("minor" | "warning") => YELLOW,
        _ => DIM,
    };
    let word = rest.len() - rest.trim_start().len();
    let (gap, rest) = rest.split_at(word);
    let (weight, says) = rest.split_at(rest.find(' ').unwrap_or(rest.len()));
    parts([("", "  "), (BOLD, id), ("", gap), (colour, weight), ("", says)])
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [Kind; 7] =
        [Kind::Plan, Kind::Anatomy, Kind::Tree, Kind::Answer, Kind::Page, Kind::Codes, Kind::Rules];

    /// The text with `<` and `>` for where a colour begins and ends.
    fn marked(kind: Kind, text: &str) -> String {
        let text = coloured(kind, text).replace("\u{1b}[0m", ">");
        [BOLD, DIM, RED, YELLOW].iter().fold(text, |text, colour| text.replace(&format!("\u{1b}[{colour}m"), "<"))
    }

    #[test]
    fn names_and_what_stands_beside_them_are_told_apart() {
        assert_eq!(
            marked(Kind::Plan, "kv (kv.wasm)\n  a:b/c from `d`\n    because so\n"),
            "<kv>< (kv.wasm)>\n  a:b/c from `<d>`\n<    because so>\n"
        );
        assert_eq!(
            marked(Kind::Plan, "a (b)\n\nexports\n  x from `a`, its export `y`\n"),
            "<a>< (b)>\n\n<exports>\n  x from `<a>`, its export `y`\n"
        );
        assert_eq!(
            marked(Kind::Tree, "a (b) exports c\n├─ d:e/f: g (h), its i, shown above\n└─ the host: io (1 import)\n"),
            "<a> (b) exports c\n<├─ >d:e/f: <g> (h), its i<, shown above>\n<└─ the host: io (1 import)>\n"
        );
        assert_eq!(
            marked(Kind::Tree, "a\n└─ b: nothing\n\nthe host\n  io\n"),
            "<a>\n<└─ >b: nothing\n\n<the host>\n  io\n"
        );
        assert_eq!(
            marked(Kind::Anatomy, "a.wasm: b\n\ninside\n  a.wasm  1.2 KB 100.0 %\n  └─ b   12 bytes   1.0 %\n"),
            "<a.wasm><: b>\n\n<inside>\n  a.wasm<  1.2 KB 100.0 %>\n<  └─ >b<   12 bytes   1.0 %>\n"
        );
        assert_eq!(
            marked(Kind::Codes, "C0102  warning  a  b\nC0401  error    c  d\n"),
            "<C0102><  warning>  a  b\n<C0401><  error  >  c  d\n"
        );
        assert_eq!(
            marked(Kind::Answer, "`a` imports b\n  filled by the host, as `c`\n"),
            "`<a>` imports b\n  filled by the host, as `c`\n"
        );
        assert_eq!(
            marked(Kind::Page, "# a\n```console\n$ b\nerror[C0401]: c\n```\n"),
            "<# a>\n<```console>\n<$ b>\n<error[C0401]>: c\n<```>\n"
        );
    }

    #[test]
    fn no_letter_is_changed() {
        let lines = [
            "",
            " ",
            "`",
            "a`b",
            " %",
            "1 %",
            "  1 KB 2 %",
            "├─",
            "├─ : ",
            "é: ü",
            "```",
            "$ ",
            "#",
            "C04",
            "  not `",
            "(",
            " (",
            ", ",
            "warning[",
            "error[]",
        ];
        for kind in KINDS {
            for (at, line) in lines.iter().enumerate() {
                for end in ["", "\n", "\n\nwires\n", "\n\ninside\n"] {
                    let text =
                        format!("{}{end}{}\n{}", lines[(at + 7) % lines.len()], line, lines[(at + 3) % lines.len()]);
                    let shown = coloured(kind, &text);
                    let plain = [BOLD, DIM, RED, YELLOW]
                        .iter()
                        .fold(shown, |text, it| text.replace(&format!("\u{1b}[{it}m"), ""));
                    assert_eq!(plain.replace("\u{1b}[0m", ""), text, "{kind:?}");
                }
            }
        }
    }
}
