//! Diagnostics as text: for people, on one line each, or as JSON, all from the same value.
//!
//! Where the text goes and which terminal there is, is the caller's affair: everything that depends on the surroundings
//! comes in by [`Style`].

use super::code::Severity;
use super::diagnostic::Diagnostic;
use super::foreign::visible_line;
use super::sink::Sink;
use super::{human, json};

pub(crate) use human::{BOLD, DIM, RED, Sheet, Tone, YELLOW, in_colour, paint};

/// Which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// With the places drawn, notes and help.
    #[default]
    Human,
    /// One line each: place, severity, code, message.
    Short,
    /// One JSON object per line.
    Json,
}

/// What the terminal is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether to colour.
    pub color: bool,
    /// Whether to draw lines with more than ASCII.
    pub unicode: bool,
    /// How many columns there are.
    pub width: usize,
}

impl Default for Style {
    /// No colours, 100 columns.
    fn default() -> Self {
        Self { color: false, unicode: true, width: 100 }
    }
}

/// One diagnostic in the form, ended by a newline.
pub fn render(diagnostic: &Diagnostic, format: Format, style: &Style) -> String {
    match format {
        Format::Human => human::render(diagnostic, style),
        Format::Short => short(diagnostic, style),
        Format::Json => json::render(diagnostic),
    }
}

/// More errors than these, or warnings, are counted and not shown to people.
pub const MOST: usize = 100;

/// Several, in their order. In the human form an empty line follows each. Of errors and of warnings the first [`MOST`] are
/// there, and how many more there are; JSON has all.
pub fn render_all<'a>(diagnostics: impl Iterator<Item = &'a Diagnostic>, format: Format, style: &Style) -> String {
    let (mut text, mut errors, mut warnings) = (String::new(), 0, 0);
    for diagnostic in diagnostics {
        let count = match diagnostic.severity {
            Severity::Error => &mut errors,
            Severity::Warning => &mut warnings,
        };
        *count += 1;
        if *count <= MOST || format == Format::Json {
            text.push_str(&render(diagnostic, format, style));
            if format == Format::Human {
                text.push('\n');
            }
        }
    }
    let more = [(errors, "error"), (warnings, "warning")].map(|(count, word)| (count.saturating_sub(MOST), word));
    for (more, word) in more.into_iter().filter(|(more, _)| *more > 0 && format != Format::Json) {
        let (plural, verb) = if more == 1 { ("", "is") } else { ("s", "are") };
        text.push_str(&format!("{more} more {word}{plural} {verb} not shown: `--message-format json` has all\n"));
        if format == Format::Human {
            text.push('\n');
        }
    }
    text
}

/// The line that ends a run: `2 errors, 1 warning`. Empty if there is nothing to count, except in JSON.
pub fn summary(sink: &Sink, format: Format, style: &Style) -> String {
    match format {
        Format::Json => json_summary(sink.totals()),
        _ => counted(sink.totals(), style),
    }
}

/// So many errors and warnings, for programs.
pub(crate) fn json_summary(totals: (usize, usize)) -> String {
    json::summary(totals)
}

/// So many errors and warnings, in a line. Empty if there are none.
pub(crate) fn counted((errors, warnings): (usize, usize), style: &Style) -> String {
    let counted = |count: usize, word: &str, colour| {
        let plural = if count == 1 { "" } else { "s" };
        (count > 0).then(|| human::paint(style, colour, &format!("{count} {word}{plural}")))
    };
    let parts: Vec<_> =
        [counted(errors, "error", "1;31"), counted(warnings, "warning", "1;33")].into_iter().flatten().collect();
    if parts.is_empty() { String::new() } else { format!("{}\n", parts.join(", ")) }
}

fn short(diagnostic: &Diagnostic, style: &Style) -> String {
    let place = diagnostic.labels.first().map(|label| {
        let place = label.place();
        format!("{}:{}:{}: ", visible_line(&label.source.name), place.line, place.column)
    });
    let colour = match diagnostic.severity {
        Severity::Error => "1;31",
        Severity::Warning => "1;33",
    };
    let heading = human::paint(style, colour, &format!("{}[{}]", diagnostic.severity.word(), diagnostic.code));
    // A message is one line by agreement; a name inside it might break that.
    let message = visible_line(&diagnostic.message);
    format!("{}{heading}: {message}\n", place.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::code::Code;
    use super::super::diagnostic::Source;
    use super::*;
    use std::sync::Arc;

    fn example() -> Diagnostic {
        let source = Arc::new(Source::new("compose.toml", "a\nbçd\n"));
        Diagnostic::new(Code::Internal, "one\ntwo")
            .label(&source, 5..6, "here")
            .note("n")
            .help("h")
            .fact("component", "kv")
            .fact("component", "app")
    }

    #[test]
    fn short_is_one_line_with_the_place() {
        let style = Style::default();
        assert_eq!(render(&example(), Format::Short, &style), "compose.toml:2:3: error[C9901]: one two\n");
        let bare = Diagnostic::new(Code::Internal, "m");
        assert_eq!(render(&bare, Format::Short, &style), "error[C9901]: m\n");
    }

    #[test]
    fn json_is_one_object_on_one_line() {
        let line = render(&example(), Format::Json, &Style::default());
        assert_eq!(line.matches('\n').count(), 1);
        let value: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        let expected = serde_json::json!({
            "format": 1, "type": "diagnostic", "code": "C9901", "name": "internal", "severity": "error",
            "message": "one\ntwo",
            "labels": [{
                "source": "compose.toml", "line": 2, "column": 3, "start": 5, "end": 6, "text": "here"
            }],
            "notes": ["n"], "help": ["h"],
            "facts": [{"role": "component", "value": "kv"}, {"role": "component", "value": "app"}]
        });
        assert_eq!(value, expected);
    }

    #[test]
    fn of_very_many_the_first_are_shown_to_people_and_all_to_machines() {
        let style = Style::default();
        let warning = Diagnostic { severity: Severity::Warning, ..example() };
        let many: Vec<Diagnostic> = vec![example(); MOST + 2].into_iter().chain([warning]).collect();
        let printed = |format| render_all(many.iter(), format, &style);
        let short = printed(Format::Short);
        assert_eq!(short.matches("error[C9901]").count(), MOST);
        assert_eq!(short.matches("warning[C9901]").count(), 1);
        assert!(short.ends_with("\n2 more errors are not shown: `--message-format json` has all\n"), "{short}");
        assert_eq!(printed(Format::Human).matches("error[C9901]").count(), MOST);
        assert_eq!(printed(Format::Json).lines().count(), MOST + 3);
        assert_eq!(
            render_all(many[..MOST].iter(), Format::Short, &style).lines().count(),
            MOST,
            "no line about nothing"
        );
    }

    #[test]
    fn the_summary_counts() {
        let (style, mut sink) = (Style::default(), Sink::default());
        let line = |sink: &Sink, format| summary(sink, format, &style);
        assert_eq!(line(&sink, Format::Human), "");
        assert_eq!(line(&sink, Format::Json), "{\"format\":1,\"type\":\"summary\",\"errors\":0,\"warnings\":0}\n");
        sink.report(Diagnostic { severity: Severity::Warning, ..example() });
        assert_eq!(line(&sink, Format::Short), "1 warning\n");
        sink.report(example());
        sink.report(example());
        assert_eq!(line(&sink, Format::Human), "2 errors, 1 warning\n");
    }
}
