//! The form for people: a heading line, the places in their texts, notes, help.
//!
//! miette draws the underlined text. It knows one text per report, while a mismatch has two sides, so each text of a
//! diagnostic is drawn apart, the main one first; heading, notes and help are written here. What stands in backticks is
//! never broken, since it is there to be pasted and to be searched for, and neither are lines of help without any and indented
//! lines of notes, which are WIT.

use super::code::Severity;
use super::cut;
use super::diagnostic::Source;
use super::diagnostic::{Diagnostic, Label};
use super::foreign::{clipped, visible, visible_line};
use super::render::Style;
use super::wrap::{hanging, wrapped};
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan,
    SpanContents,
};
use std::fmt;
use std::sync::Arc;

/// One diagnostic, ended by a newline.
pub(super) fn render(diagnostic: &Diagnostic, style: &Style) -> String {
    let tone = match diagnostic.severity {
        Severity::Error => Tone::Error,
        Severity::Warning => Tone::Warning,
    };
    let Diagnostic { code, message, labels, notes, help, .. } = diagnostic;
    Sheet { tone, id: code.number(), message, labels, notes, help }.draw(style)
}

/// How bad it is, for the eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Error,
    Warning,
    Note,
}

impl Tone {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }

    pub(crate) fn colour(self) -> &'static str {
        match self {
            Self::Error => RED,
            Self::Warning => YELLOW,
            Self::Note => BLUE,
        }
    }
}

/// What is drawn: a diagnostic, or something of the same form.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sheet<'a> {
    pub(crate) tone: Tone,
    /// What it is, in brackets.
    pub(crate) id: &'a str,
    pub(crate) message: &'a str,
    pub(crate) labels: &'a [Label],
    pub(crate) notes: &'a [String],
    pub(crate) help: &'a [String],
}

impl Sheet<'_> {
    /// The sheet, ended by a newline.
    pub(crate) fn draw(&self, style: &Style) -> String {
        let head = format!("{}[{}]", self.tone.word(), self.id);
        let mut out = paint(style, self.tone.colour(), &head);
        // The code stays with the first word, whatever the width.
        let most = MOST_HEAD.max(head.len() + 2);
        let width = style.width.saturating_sub(INDENT.len()).max(most);
        let heading = format!("{head}: {}", visible_line(self.message));
        let heading = hanging(&heading, style.width.max(most), width);
        for (index, line) in heading.lines().enumerate() {
            match index {
                0 => out.push_str(&paint(style, BOLD, &line[head.len()..])),
                _ => out.push_str(&format!("{INDENT}{}", paint(style, BOLD, line))),
            }
            out.push('\n');
        }
        for labels in by_source(self.labels) {
            draw(&mut out, self.tone, &labels, style);
        }
        let width = style.width.saturating_sub(INDENT.len());
        for note in self.notes {
            paragraph(&mut out, &paint(style, BLUE, "note"), &wrapped(&visible(&clipped(note)), width));
        }
        for help in self.help {
            let text = visible(&clipped(help));
            let text = if text.contains('`') { wrapped(&text, width) } else { text };
            paragraph(&mut out, &paint(style, CYAN, "help"), &text);
        }
        out
    }
}

const INDENT: &str = "        ";
/// `warning[C0000]: `
const MOST_HEAD: usize = 16;
pub(crate) const RED: &str = "1;31";
pub(crate) const YELLOW: &str = "1;33";
pub(crate) const BLUE: &str = "1;34";
pub(crate) const CYAN: &str = "1;36";
pub(crate) const BOLD: &str = "1";
pub(crate) const DIM: &str = "2";

/// The text in a colour (SGR parameters), if colours are wanted.
pub(crate) fn paint(style: &Style, colour: &str, text: &str) -> String {
    if style.color { in_colour(colour, text) } else { text.to_owned() }
}

/// The text in a colour.
pub(crate) fn in_colour(colour: &str, text: &str) -> String {
    format!("\u{1b}[{colour}m{text}\u{1b}[0m")
}

fn paragraph(out: &mut String, title: &str, text: &str) {
    for (index, line) in text.lines().enumerate() {
        match (index, line) {
            (0, line) => out.push_str(&format!("  {title}: {line}\n")),
            (_, "") => out.push('\n'),
            (_, line) => out.push_str(&format!("{INDENT}{line}\n")),
        }
    }
}

/// The labels of each text together, in the order in which the texts first come.
fn by_source(labels: &[Label]) -> Vec<Vec<&Label>> {
    let mut groups: Vec<Vec<&Label>> = Vec::new();
    for label in labels {
        match groups.iter_mut().find(|group| group[0].source == label.source) {
            Some(group) => group.push(label),
            None => groups.push(vec![label]),
        }
    }
    groups
}

fn draw(out: &mut String, tone: Tone, labels: &[&Label], style: &Style) {
    let theme = match (style.unicode, style.color) {
        (true, true) => GraphicalTheme::unicode(),
        (true, false) => GraphicalTheme::unicode_nocolor(),
        (false, true) => GraphicalTheme { styles: miette::ThemeStyles::ansi(), ..GraphicalTheme::ascii() },
        (false, false) => GraphicalTheme { styles: miette::ThemeStyles::none(), ..GraphicalTheme::ascii() },
    };
    let source = &labels[0].source;
    let cut = cut::around(source, labels, style.width.saturating_sub(GUTTER));
    let column = cut.as_ref().map(|_| labels[0].place().column - 1);
    let (drawn_source, spans) = match cut {
        Some((source, spans)) => (Arc::new(source), spans),
        None => (source.clone(), labels.iter().map(|label| label.clamped()).collect()),
    };
    let is_cut = column.is_some();
    let excerpt = Excerpt {
        tone,
        source: Lined { source: drawn_source, column },
        labels: labels
            .iter()
            .zip(spans)
            .enumerate()
            .map(|(index, (label, span))| {
                let text = Some(visible_line(&label.text)).filter(|text| !text.is_empty());
                match index {
                    0 => LabeledSpan::new_primary_with_span(text, span),
                    _ => LabeledSpan::new_with_span(text, span),
                }
            })
            .collect(),
    };
    if !is_cut && labels.iter().any(|label| has_long_line(label)) {
        for label in labels {
            let place = label.place();
            let text = visible_line(&label.text);
            let colon = if text.is_empty() { "" } else { ": " };
            let name = visible_line(&source.name);
            out.push_str(&format!("  at {name}:{}:{}{colon}{text}\n", place.line, place.column));
        }
        return;
    }
    let mut drawn = String::new();
    let drawing = GraphicalReportHandler::new_themed(theme)
        .with_width(style.width)
        .with_links(false)
        .without_syntax_highlighting()
        .render_report(&mut drawn, &excerpt);
    // The first line is where miette puts a message; ours stands above.
    if let (Ok(()), Some((_, snippet))) = (drawing, drawn.split_once('\n')) {
        out.extend(snippet.lines().flat_map(|line| [line.trim_end(), "\n"]));
    } else {
        let place = labels[0].place();
        out.push_str(&format!("  at {}:{}:{}\n", visible_line(&source.name), place.line, place.column));
    }
}

/// What stands before a line of one digit, with a column to spare.
const GUTTER: usize = 6;

/// Lines longer than this are not drawn: they would be printed whole, and once for each thing that is said about them.
const LONGEST_LINE: usize = 1000;

/// Whether a line that would be drawn is too long for it.
fn has_long_line(label: &Label) -> bool {
    let (source, span) = (&label.source, label.clamped());
    let first = source.line_of(span.start).saturating_sub(1);
    let last = (source.line_of(span.end) + 1).min(source.line_count() - 1);
    let shown = &source.shown()[source.span_of_lines(first..=last)];
    shown.len() > LONGEST_LINE && shown.lines().any(|line| line.len() > LONGEST_LINE)
}

/// The part of a diagnostic that lies in one text, as miette wants it.
#[derive(Debug)]
struct Excerpt {
    tone: Tone,
    source: Lined,
    labels: Vec<LabeledSpan>,
}

/// A text from which miette takes the lines it draws. Its own way to find them is to walk the text from the start.
#[derive(Debug)]
struct Lined {
    source: Arc<Source>,
    /// Where the main label stands in its line, if it is another place than in this text.
    column: Option<usize>,
}

impl SourceCode for Lined {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (source, start, end) = (&self.source, span.offset(), span.offset() + span.len());
        if end > source.text.len() {
            return Err(MietteError::OutOfBounds);
        }
        let first = source.line_of(start).saturating_sub(before);
        let last = source.line_of(end.saturating_sub(1).max(start)).saturating_add(after).min(source.line_count() - 1);
        let mut lines = source.span_of_lines(first..=last);
        // Without lines before it, miette wants to know where in its line the span begins.
        let mut column = 0;
        if before == 0 {
            lines.start = start;
            column = self.column.unwrap_or_else(|| source.place(start).column - 1);
        }
        let shown = &source.shown()[lines.clone()];
        let of_text = SourceSpan::from((lines.start, lines.len()));
        let contents = MietteSpanContents::new_named(
            visible_line(&source.name),
            shown.as_bytes(),
            of_text,
            first,
            column,
            last - first + 1,
        );
        Ok(Box::new(contents))
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Excerpt {}

impl miette::Diagnostic for Excerpt {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.tone {
            Tone::Error => miette::Severity::Error,
            Tone::Warning => miette::Severity::Warning,
            Tone::Note => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::code::Code;
    use super::*;

    const PLAIN: Style = Style { color: false, unicode: true, width: 60 };

    fn text(name: &str, text: &str) -> Arc<Source> {
        Arc::new(Source::new(name, text))
    }

    #[test]
    fn draws_both_sides_and_keeps_help_whole() {
        let ours = text("compose.toml", "[wires.app]\n\"a:b/c\" = \"kv\"\n");
        let theirs = text("kv.wasm (decoded)", "interface c {\n  get: func() -> u32;\n}\n");
        let diagnostic = Diagnostic::new(Code::Internal, "`kv` does not fit")
            .label(&ours, 12..19, "wired here")
            .label(&theirs, 16..35, "gives a number")
            .note("a paragraph that is so long that it has to be broken in two\n\n    get: func() -> string, which stays on its own line")
            .help("a line that is longer than the terminal is wide but is not broken in two")
            .help("what is around `backticks that --hold something=to paste` may be broken, the rest may not");
        let expected = "\
error[C9901]: `kv` does not fit
   ╭─[compose.toml:2:1]
 1 │ [wires.app]
 2 │ \"a:b/c\" = \"kv\"
   · ───┬───
   ·    ╰── wired here
   ╰────
   ╭─[kv.wasm (decoded):2:3]
 1 │ interface c {
 2 │   get: func() -> u32;
   ·   ─────────┬─────────
   ·            ╰── gives a number
 3 │ }
   ╰────
  note: a paragraph that is so long that it has to be broken
        in two

            get: func() -> string, which stays on its own line
  help: a line that is longer than the terminal is wide but is not broken in two
  help: what is around
        `backticks that --hold something=to paste` may be
        broken, the rest may not
";
        assert_eq!(render(&diagnostic, &PLAIN), expected);
    }

    #[test]
    fn narrow_terminals_break_prose_and_nothing_else() {
        let source = text("kv.wasm (decoded)", "import acme:a-long-name/with-a-long-interface@1.2.3: interface {}\n");
        let diagnostic = Diagnostic::new(Code::Internal, "a message that is broken as it is, long as it is")
            .label(&source, 7..50, "a label that is rather long for a terminal as narrow as this")
            .note("`a` ← `b` (by `acme:a-long-name/with-a-long-interface@1.2.3`), which is long")
            .help("to wire it: `--wire acme:a-long-name/with-a-long-interface=kv`, or otherwise");
        let expected = "\
error[C9901]: a message that is broken
        as it is, long as it is
   ╭─[kv.wasm (decoded):1:8]
 1 │ import acme:a-long-name/with-a-long-interface@1.2.3: interface {}
   ·        ─────────────────────┬─────────────────────
   ·                             ╰── a label that is rather long for a terminal as narrow as this
   ╰────
  note: `a` ← `b` (by
        `acme:a-long-name/with-a-long-interface@1.2.3`),
        which is long
  help: to wire it:
        `--wire acme:a-long-name/with-a-long-interface=kv`,
        or otherwise
";
        assert_eq!(render(&diagnostic, &Style { width: 40, ..PLAIN }), expected);
    }

    #[test]
    fn of_a_very_long_line_the_place_is_told() {
        let source = text("t.toml", &format!("{}here\n", "x".repeat(LONGEST_LINE)));
        let diagnostic = Diagnostic::new(Code::Internal, "m").label(&source, 1000..1004, "this").note("n");
        assert_eq!(render(&diagnostic, &PLAIN), "error[C9901]: m\n  at t.toml:1:1001: this\n  note: n\n");
    }

    #[test]
    fn a_text_that_nobody_reads_to_its_end_is_cut() {
        let long = "ç".repeat(super::super::foreign::LONGEST_TEXT);
        let printed = render(&Diagnostic::new(Code::Internal, &long).note(&long).help(&long), &PLAIN);
        assert_eq!(printed.matches('…').count(), 3);
        assert!(printed.len() < 3 * super::super::foreign::LONGEST_TEXT + 200);
    }

    #[test]
    fn survives_spans_that_are_wrong_and_texts_that_are_empty() {
        let (empty, accents) = (text("e", ""), text("ç", "ç\u{1b}[31m"));
        for span in [0..0, 0..1, 1..2, 5..9] {
            let diagnostic =
                Diagnostic::new(Code::Internal, "m").label(&empty, span.clone(), "a").label(&accents, span, "");
            let printed = render(&diagnostic, &PLAIN);
            assert!(printed.starts_with("error[C9901]: m\n"), "{printed}");
            assert!(!printed.contains('\u{1b}'), "{printed}");
        }
    }

    #[test]
    fn names_of_others_cannot_steer_the_terminal() {
        let diagnostic =
            Diagnostic::new(Code::Internal, "`a\nerror[C0101]: b` is bad").label(&text("x\ny", "z"), 0..1, "");
        let printed = render(&diagnostic, &PLAIN);
        assert!(printed.starts_with("error[C9901]: `a error[C0101]: b` is bad\n"), "{printed}");
        assert!(printed.contains("x y:1:1"), "{printed}");
    }

    #[test]
    fn colours_only_when_asked() {
        let source = text("t", "abc");
        let diagnostic = Diagnostic::new(Code::Internal, "m").label(&source, 0..1, "x").note("n").help("h");
        for unicode in [true, false] {
            let style = |color| Style { color, unicode, width: 80 };
            let plain = render(&diagnostic, &style(false));
            let coloured = render(&diagnostic, &style(true));
            assert!(!plain.contains('\u{1b}'));
            assert!(coloured.contains("\u{1b}[1;31merror[C9901]\u{1b}[0m"));
            assert_eq!(plain.is_ascii(), !unicode);
        }
    }
}
