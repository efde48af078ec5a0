//! A tree as lines, with a column of numbers at the end.
//!
//! Built and printed without recursion, since files may be nested as deep as their validator lets them.

/// A tree under construction.
#[derive(Debug)]
pub(crate) struct Tree {
    lines: Vec<Line>,
}

/// A line of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place(usize);

#[derive(Debug)]
struct Line {
    label: String,
    column: String,
    children: Vec<usize>,
}

impl Tree {
    /// A tree of one line.
    pub(crate) fn new(label: String, column: String) -> Self {
        Self { lines: vec![Line { label, column, children: Vec::new() }] }
    }

    /// The first line.
    pub(crate) fn root(&self) -> Place {
        Place(0)
    }

    /// A line below another, after those that are there.
    pub(crate) fn push(&mut self, below: Place, label: String, column: String) -> Place {
        let place = self.lines.len();
        self.lines.push(Line { label, column, children: Vec::new() });
        self.lines[below.0].children.push(place);
        Place(place)
    }

    /// More words for a line.
    pub(crate) fn append(&mut self, place: Place, words: &str) {
        self.lines[place.0].label.push_str(words);
    }

    /// All lines, each with `indent` before it; the column is aligned.
    pub(crate) fn text(&self, indent: &str) -> String {
        let mut rows: Vec<(String, &str)> = Vec::with_capacity(self.lines.len());
        // A line, what stands before it, and what stands before those below it.
        let mut left = vec![(0, String::new(), String::new())];
        while let Some((at, before, below)) = left.pop() {
            let line = &self.lines[at];
            rows.push((format!("{indent}{before}{}", line.label), &line.column));
            for (index, child) in line.children.iter().enumerate().rev() {
                let (branch, trunk) =
                    if index + 1 == line.children.len() { ("└─ ", "   ") } else { ("├─ ", "│  ") };
                left.push((*child, format!("{below}{branch}"), format!("{below}{trunk}")));
            }
        }
        let wide = rows.iter().filter(|(_, column)| !column.is_empty()).map(|(label, _)| label.chars().count());
        // One very long name does not push the numbers out of sight.
        let width = wide.max().unwrap_or(0).min(70);
        rows.into_iter()
            .map(|(label, column)| format!("{label:width$} {column}").trim_end().to_owned() + "\n")
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branches_and_columns_line_up() {
        let mut tree = Tree::new("a".into(), "1".into());
        let b = tree.push(tree.root(), "b".into(), "2".into());
        tree.push(b, "c".into(), "3".into());
        tree.push(tree.root(), "d".into(), String::new());
        assert_eq!(tree.text(" "), " a       1\n ├─ b    2\n │  └─ c 3\n └─ d\n");
    }

    #[test]
    fn depth_is_no_matter() {
        let mut tree = Tree::new("0".into(), String::new());
        let mut at = tree.root();
        for depth in 1..2_000 {
            at = tree.push(at, depth.to_string(), String::new());
        }
        assert_eq!(tree.text("").lines().count(), 2_000);
    }
}
