//! Where reports go: `--report FORM[=FILE]`, several at once, and what the exit status says of them.
//!
//! A report without a file goes to standard output, in the form for people if none is asked for.

use super::exit;
use super::report_words::{self, ReportForm, ReportWord};
use super::shell::{Shell, Verbosity};
use crate::contract::finding::Report;
use crate::contract::report::{Form, render, render_errors};
use crate::contract::rule::Severity;
use crate::diag::Sink;
use crate::diag::render::{Format, Style};
use clap::Args;
use std::path::PathBuf;

/// What reports are wanted.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Contracts")]
pub(super) struct Reports {
    /// The form of the report, and a file for it: human, short, json, sarif, junit, github, markdown. May be given
    /// several times
    #[arg(long, value_name = "FORM[=FILE]")]
    report: Vec<ReportWord<Form>>,
}

impl ReportForm for Form {
    fn all() -> Vec<(Self, &'static str)> {
        Self::ALL.into_iter().map(|form| (form, form.word())).collect()
    }
}

impl Reports {
    /// Whether the reports can go where they are to go, as far as words tell.
    pub(super) fn judge(&self) -> Result<(), clap::Error> {
        report_words::judge(&self.report)
    }

    /// Writes and prints a report, tells what else there is to say, and gives the exit status. `read` are the files that no
    /// report may replace.
    pub(super) fn give(&self, mut report: Report, read: &[PathBuf], shell: &Shell, sink: &mut Sink) -> u8 {
        report.unchecked.extend(unread(sink));
        if shell.denies_warnings() {
            let warnings = report.findings.iter_mut().filter(|finding| finding.severity == Severity::Warning);
            warnings.for_each(|finding| finding.severity = Severity::Error);
        }
        report_words::write(&self.report, |form| render(&report, form, &Style::default()), read, sink);
        let asked = report_words::printed(&self.report);
        let printed = match asked {
            Some(form) => Some(form),
            None if shell.verbosity == Verbosity::Quiet && report.is_fine() => None,
            None => Some(match shell.format {
                Format::Human => Form::Human,
                Format::Short => Form::Short,
                Format::Json => Form::Json,
            }),
        };
        if let Some(form) = printed {
            let quiet = shell.verbosity == Verbosity::Quiet && asked.is_none();
            match quiet {
                true => shell.out(&render_errors(&report, form, &shell.style_out())),
                false => shell.out(&render(&report, form, &shell.style_out())),
            }
        }
        shell.report_beside(sink, (report.count(Severity::Error), report.count(Severity::Warning)));
        match () {
            () if sink.has_errors() || !report.unchecked.is_empty() => exit::CANNOT,
            () if report.count(Severity::Error) > 0 => exit::ERRORS,
            () => exit::OK,
        }
    }
}

/// What could not be read, in a line each.
fn unread(sink: &Sink) -> impl Iterator<Item = String> {
    let errors = sink.diagnostics().iter().filter(|told| told.severity == crate::diag::Severity::Error);
    errors.map(|error| format!("{} ({})", error.message, error.code))
}
