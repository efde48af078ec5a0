//! Command lines that make no sense, in the form that was asked for.
//!
//! clap tells what is wrong as a text; ours are written in the same form, a sentence and tips. For machines the text is
//! taken apart again, so that nothing can be said to people alone.

use super::args::MessageFormat;
use super::shell::say;
use crate::diag::{json, visible, visible_line};
use clap::error::ErrorKind;
use clap::{Error, ValueEnum};

/// A usage error in clap's form, without the list of options, which would bury what is wrong.
pub(super) fn usage(kind: ErrorKind, text: String) -> Error {
    // The words may have names of files in them.
    Error::raw(kind, format!("{}\n", visible(&text)))
}

/// The value of an option of every verb, as far as the words of a command line that cannot be understood tell it.
pub(super) fn value_of<T: ValueEnum>(words: &[std::ffi::OsString], option: &str) -> Option<T> {
    words.iter().zip(words.iter().skip(1).map(Some).chain([None])).find_map(|(word, next)| {
        let word = word.to_str()?;
        let value = if word == option { next?.to_str()? } else { word.strip_prefix(option)?.strip_prefix('=')? };
        T::from_str(value, false).ok()
    })
}

/// Prints an error; help and the version come this way too, and go to standard output as they are.
pub(super) fn print(error: &Error, format: MessageFormat) {
    match format {
        MessageFormat::Short if error.exit_code() != 0 => {
            say(&format!("error: {}\n", visible_line(&Parts::of(error).message)));
        }
        MessageFormat::Json if error.exit_code() != 0 => {
            let parts = Parts::of(error);
            say(&json::usage(&parts.message, &parts.help, parts.usage.as_deref()));
        }
        MessageFormat::Human => {
            let plain = error.render().to_string();
            match visible(&plain) {
                // Nothing can be done if it cannot be printed.
                shown if shown == plain => drop(error.print()),
                // A word of the command line, which a shell may have made of the names of files.
                shown => say(&shown),
            }
        }
        _ => drop(error.print()),
    }
}

/// What a usage error says.
#[derive(Debug, PartialEq, Eq)]
struct Parts {
    message: String,
    help: Vec<String>,
    /// How the command line is written.
    usage: Option<String>,
}

impl Parts {
    fn of(error: &Error) -> Self {
        if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
            return Self {
                message: "nothing says what to do".into(),
                help: vec!["compose --help".into()],
                usage: None,
            };
        }
        Self::of_text(&error.to_string())
    }

    fn of_text(text: &str) -> Self {
        let mut parts = Self { message: String::new(), help: Vec::new(), usage: None };
        for (at, paragraph) in text.trim_end().split("\n\n").enumerate() {
            let words = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
            if at == 0 {
                parts.message = words.strip_prefix("error: ").unwrap_or(&words).to_owned();
            } else if let Some(usage) = words.strip_prefix("Usage: ") {
                parts.usage = Some(usage.to_owned());
            } else if paragraph.trim_start().starts_with("tip: ") {
                let tips = paragraph.lines().filter_map(|line| line.trim_start().strip_prefix("tip: "));
                parts.help.extend(tips.map(str::to_owned));
            } else if !words.starts_with("For more information") {
                parts.help.push(words);
            }
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::super::args::Cli;
    use super::*;
    use clap::Parser;

    fn parts(args: &[&str]) -> Parts {
        let words = ["compose"].iter().chain(args);
        Parts::of(&Cli::try_parse_from(words).expect_err("it makes no sense"))
    }

    #[test]
    fn what_clap_says_is_taken_apart() {
        let unknown = parts(&["check", "--allow-unusde"]);
        assert_eq!(unknown.message, "unexpected argument '--allow-unusde' found");
        assert_eq!(unknown.help[0], "a similar argument exists: '--allow-unused'");
        assert!(unknown.usage.is_some_and(|usage| usage.starts_with("compose check ")));
        let missing = parts(&["inspect"]);
        assert_eq!(missing.message, "the following required arguments were not provided: <FILE>");
        let value = parts(&["check", "--color", "x"]);
        assert_eq!(value.message, "invalid value 'x' for '--color <WHEN>' [possible values: auto, always, never]");
        assert_eq!(parts(&[]).message, "nothing says what to do");
    }

    #[test]
    fn our_own_are_in_the_same_form() {
        let own = usage(ErrorKind::InvalidValue, "no `x`\n\n  tip: try `y`".into());
        let expected = Parts { message: "no `x`".into(), help: vec!["try `y`".into()], usage: None };
        assert_eq!(Parts::of(&own), expected);
    }
}
