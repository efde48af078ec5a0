//! What holds for everything that is ever said: it can be printed in each form, points into its text, and never
//! blames the user for a mistake of ours.

use component_compose::diag::render::{Format, Style, render, summary};
use component_compose::diag::{Code, Sink};

/// Judges all that was said.
pub(super) fn judge(sink: &Sink) {
    for told in sink.diagnostics() {
        assert_ne!(told.code, Code::Internal, "{}: {:?}", told.message, told.notes);
        assert!(!told.message.is_empty());
        for label in &told.labels {
            let text = &label.source.text;
            assert!(text.get(label.span.clone()).is_some(), "{:?} of {} in {text:?}", label.span, told.code);
        }
        for (unicode, width) in [(true, 40), (false, 140)] {
            let style = Style { color: false, unicode, width };
            for format in [Format::Human, Format::Short] {
                let printed = render(told, format, &style);
                assert!(printed.ends_with('\n'));
                assert!(format == Format::Human || printed.matches('\n').count() == 1, "{printed:?} is one line");
                let steers = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\t');
                assert!(!printed.contains(steers), "{printed:?} steers the terminal");
            }
        }
        let line = render(told, Format::Json, &Style::default());
        assert_eq!(line.matches('\n').count(), 1, "{line:?} is one line");
        serde_json::from_str::<serde_json::Value>(&line).expect("a line of JSON");
    }
    for format in [Format::Human, Format::Short, Format::Json] {
        summary(sink, format, &Style::default());
    }
}
