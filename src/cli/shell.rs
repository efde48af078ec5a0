//! The only place that prints, and the only one that looks at terminals.
//!
//! Standard output carries what was asked for (a component, a report, a page), standard error what there is to say about
//! it; so `compose build -o - | …` is safe whatever is said. A reader that went away (`| head`) is no error.

use super::args::{Color, Deny, Global, MessageFormat};
use super::colours::{self, Kind};
use super::exit;
use super::progress::{self, Progress};
use crate::diag::render::{self, Format, Style};
use crate::diag::{Diagnostic, Sink};
use indicatif::ProgressDrawTarget;
use std::cell::Cell;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verbosity {
    /// Errors and nothing else.
    Quiet,
    /// Warnings and a short summary too.
    Normal,
    /// Reasons and what was rejected too.
    Verbose,
}

/// Where words go.
#[derive(Debug)]
pub(super) struct Shell {
    pub(super) verbosity: Verbosity,
    pub(super) format: Format,
    style: Style,
    /// Whether what was asked for is coloured; it may go elsewhere than what there is to say about it.
    colours_out: bool,
    warnings_denied: bool,
    /// Whether nothing may be asked of the host that was not asked before.
    pub(super) new_imports_denied: bool,
    /// Whether something that was asked for could not be printed.
    mute: Cell<bool>,
    /// The clock of the run, if anybody wants it.
    progress: Option<Arc<Progress>>,
}

impl Shell {
    /// As the options and the terminal say.
    pub(super) fn new(options: &Global) -> Self {
        let verbosity = match (options.quiet, options.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, 0) => Verbosity::Normal,
            _ => Verbosity::Verbose,
        };
        let format = match options.message_format {
            MessageFormat::Human => Format::Human,
            MessageFormat::Short => Format::Short,
            MessageFormat::Json => Format::Json,
        };
        let plain_terminal = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let coloured = |terminal: bool| match options.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => coloured(terminal && !plain_terminal, |name| std::env::var_os(name)),
        };
        let color = coloured(io::stderr().is_terminal());
        let colours_out = coloured(io::stdout().is_terminal());
        let waits = io::stderr().is_terminal() && !plain_terminal && !is_set("CI");
        let waits = waits && format == Format::Human && verbosity > Verbosity::Quiet;
        let timed = waits || verbosity > Verbosity::Normal;
        let screen = waits.then_some(ProgressDrawTarget::stderr as fn() -> ProgressDrawTarget);
        let progress = timed.then(|| Arc::new(Progress::new(screen)));
        let style = Style { color, unicode: !plain_terminal, width: width() };
        let warnings_denied = options.deny.contains(&Deny::Warnings);
        let new_imports_denied = options.deny.contains(&Deny::NewImports);
        let mute = Cell::new(false);
        Self { verbosity, format, style, colours_out, warnings_denied, new_imports_denied, mute, progress }
    }

    /// What was asked for.
    pub(super) fn out(&self, text: &str) {
        progress::clear();
        let mut stdout = io::stdout().lock();
        match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
            Ok(()) => {}
            // A reader that has seen enough goes away, and that is no fault.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            Err(error) => {
                self.mute.set(true);
                self.say(&format!("error: standard output cannot be written: {error}\n"));
            }
        }
    }

    /// What was asked for, for people.
    pub(super) fn show(&self, kind: Kind, text: &str) {
        match self.colours_out {
            true => self.out(&colours::coloured(kind, text)),
            false => self.out(text),
        }
    }

    /// The status of a run that is over, given what it would be if all could be printed.
    pub(super) fn status(&self, status: u8) -> u8 {
        if let Some(progress) = &self.progress {
            progress.finish();
            if self.verbosity > Verbosity::Normal && self.format != Format::Json {
                self.say(&progress.table());
            }
        }
        if self.mute.get() { exit::CANNOT } else { status }
    }

    /// What there is to say about it.
    pub(super) fn say(&self, text: &str) {
        say(text);
    }

    /// How what was asked for is drawn.
    pub(super) fn style_out(&self) -> Style {
        Style { color: self.colours_out, ..self.style }
    }

    /// Whether warnings count as errors.
    pub(super) fn denies_warnings(&self) -> bool {
        self.warnings_denied
    }

    /// How what there is to say is drawn, for those who say it later and from elsewhere.
    #[cfg(feature = "host")]
    pub(super) fn manner(&self) -> (Format, Style) {
        (self.format, self.style)
    }

    /// A line of summary; silent if quiet, and in JSON, where it would be no object.
    pub(super) fn note(&self, text: &str) {
        if self.verbosity > Verbosity::Quiet && self.format != Format::Json {
            self.say(text);
        }
    }

    /// A plan beside what was asked for.
    pub(super) fn note_plan(&self, plan: &str) {
        match self.style.color {
            true => self.note(&colours::coloured(Kind::Plan, plan)),
            false => self.note(plan),
        }
    }

    /// A sink that does with warnings what the options say.
    pub(super) fn sink(&self) -> Sink {
        let mut sink = match &self.progress {
            Some(progress) => Sink::watched(progress.clone()),
            None => Sink::default(),
        };
        if self.warnings_denied {
            sink.deny_warnings();
        }
        sink
    }

    /// Everything that was reported, and the count; gives the exit status for it.
    pub(super) fn report(&self, sink: &Sink) -> u8 {
        self.report_beside(sink, (0, 0))
    }

    /// The same beside a report of so many errors and warnings: a program that counts reads one count for all of the run.
    pub(super) fn report_beside(&self, sink: &Sink, (errors, warnings): (usize, usize)) -> u8 {
        let shown = sink.diagnostics().iter().filter(|diagnostic| self.shown(diagnostic));
        let mut text = render::render_all(shown, self.format, &self.style);
        if let (Some(progress), Format::Json) = (&self.progress, self.format) {
            progress.finish();
            text.push_str(&progress.json());
        }
        text.push_str(&match (self.verbosity, self.format) {
            // What is not shown is not counted.
            (Verbosity::Quiet, Format::Human | Format::Short) => render::counted((sink.totals().0, 0), &self.style),
            (_, Format::Json) => {
                let totals = sink.totals();
                render::json_summary((totals.0 + errors, totals.1 + warnings))
            }
            _ => render::summary(sink, self.format, &self.style),
        });
        self.say(&text);
        exit::status(sink)
    }

    fn shown(&self, diagnostic: &Diagnostic) -> bool {
        self.verbosity > Verbosity::Quiet || diagnostic.severity == crate::diag::Severity::Error
    }
}

/// What there is to say where no command line was understood that could tell how. Nothing can be done if it cannot be said.
pub(super) fn say(text: &str) {
    progress::clear();
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Whether to colour, by the variables that have become custom: NO_COLOR first, then CLICOLOR_FORCE, then CLICOLOR.
fn coloured(terminal: bool, variable: impl Fn(&str) -> Option<OsString>) -> bool {
    let set = |name| variable(name).filter(|value| !value.is_empty());
    match (set("NO_COLOR"), set("CLICOLOR_FORCE"), set("CLICOLOR")) {
        (Some(_), ..) => false,
        (_, Some(force), _) if force != "0" => true,
        (_, _, Some(wanted)) if wanted == "0" => false,
        _ => terminal,
    }
}

fn is_set(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| !value.is_empty())
}

/// `COLUMNS`, else the terminal's width, else 100; within what can be read.
fn width() -> usize {
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let measured = || terminal_size::terminal_size_of(io::stderr()).map(|(width, _)| usize::from(width.0));
    told.or_else(measured).unwrap_or(100).clamp(40, 140)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_as_the_variables_say() {
        let asked = |terminal, set: &[(&str, &str)]| {
            coloured(terminal, |name| set.iter().find(|(of, _)| *of == name).map(|(_, value)| value.into()))
        };
        assert!(asked(true, &[]));
        assert!(!asked(false, &[]));
        assert!(asked(true, &[("NO_COLOR", "")]), "an empty one is none");
        assert!(!asked(true, &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]));
        assert!(asked(false, &[("CLICOLOR_FORCE", "1")]));
        assert!(!asked(false, &[("CLICOLOR_FORCE", "0")]));
        assert!(!asked(true, &[("CLICOLOR", "0")]));
        assert!(asked(true, &[("CLICOLOR", "1")]));
    }
}
