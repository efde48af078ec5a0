//! Where reports go: `--report FORM[=FILE]`, several at once, and what the exit status says of them.
//!
//! A report without a file goes to standard output, in the form for people if none is asked for. Files take their places
//! only when all of them can be written.

use super::shell::{Shell, Verbosity};
use super::{exit, usage};
use crate::contract::finding::Report;
use crate::contract::report::{Form, render, render_errors};
use crate::contract::rule::Severity;
use crate::diag::Sink;
use crate::diag::render::{Format, Style};
use crate::emit::write::{self, Protected, Target};
use crate::model::near::nearest;
use crate::model::request::Written;
use clap::Args;
use clap::error::ErrorKind;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// What reports are wanted.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Contracts")]
pub(super) struct Reports {
    /// The form of the report, and a file for it: human, short, json, sarif, junit, github, markdown. May be given
    /// several times
    #[arg(long, value_name = "FORM[=FILE]")]
    report: Vec<ReportWord>,
}

/// `FORM[=FILE]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReportWord {
    form: Form,
    path: Option<PathBuf>,
}

impl FromStr for ReportWord {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let (form, path) = match word.split_once('=') {
            Some((_, "")) => return Err("the file after `=` is missing".into()),
            Some((form, path)) => (form, Some(PathBuf::from(path))),
            None => (word, None),
        };
        let Some(form) = Form::find(form) else {
            let words = Form::ALL.map(Form::word);
            let near =
                nearest(form, words).map_or_else(String::new, |near| format!("\n\n  tip: did you mean `{near}`?"));
            let listed = words.map(|word| format!("`{word}`")).join(", ");
            return Err(format!("forms of reports are {listed}{near}"));
        };
        Ok(Self { form, path: path.filter(|path| path != Path::new("-")) })
    }
}

impl Reports {
    /// Whether the reports can go where they are to go, as far as words tell.
    pub(super) fn judge(&self) -> Result<(), clap::Error> {
        let mut printed = self.report.iter().filter(|word| word.path.is_none());
        if let (Some(one), Some(other)) = (printed.next(), printed.next()) {
            let (one, other) = (one.form.word(), other.form.word());
            let text = format!(
                "two reports would go to standard output: give one of them a file, `--report {one} --report {other}=FILE`"
            );
            return Err(usage::usage(ErrorKind::ArgumentConflict, text));
        }
        let targets = self.targets();
        for (at, (_, target)) in targets.iter().enumerate() {
            if targets[..at].iter().any(|(_, first)| first.meets(target)) {
                let Target::File { written, .. } = target else { continue };
                let text = format!("two reports would go to `{}`", written.text);
                return Err(usage::usage(ErrorKind::ArgumentConflict, text));
            }
        }
        Ok(())
    }

    fn targets(&self) -> Vec<(Form, Target)> {
        let files = self.report.iter().filter_map(|word| Some((word.form, word.path.clone()?)));
        let target = |path: PathBuf| Target::File {
            written: Written::new(path.display().to_string()),
            path,
            make_folders: false,
            option: "",
        };
        files.map(|(form, path)| (form, target(path))).collect()
    }

    /// Writes and prints a report, tells what else there is to say, and gives the exit status. `read` are the files that no
    /// report may replace.
    pub(super) fn give(&self, mut report: Report, read: &[PathBuf], shell: &Shell, sink: &mut Sink) -> u8 {
        report.unchecked.extend(unread(sink));
        if shell.denies_warnings() {
            let warnings = report.findings.iter_mut().filter(|finding| finding.severity == Severity::Warning);
            warnings.for_each(|finding| finding.severity = Severity::Error);
        }
        self.write(&report, read, sink);
        let asked = self.report.iter().find(|word| word.path.is_none()).map(|word| word.form);
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

    /// Writes the files, all or none. What fails is in the sink.
    fn write(&self, report: &Report, read: &[PathBuf], sink: &mut Sink) -> Option<()> {
        let targets = self.targets();
        let names: Vec<String> = read.iter().map(|path| path.display().to_string()).collect();
        let files: Vec<(&str, &Path)> =
            names.iter().map(String::as_str).zip(read.iter().map(PathBuf::as_path)).collect();
        let folders: Vec<(&str, &Path)> = files.iter().copied().filter(|(_, path)| path.is_dir()).collect();
        let protected = Protected { files: &files, folders: &folders, ..Protected::default() };
        let texts: Vec<String> = targets.iter().map(|(form, _)| render(report, *form, &Style::default())).collect();
        let mut begun = Vec::new();
        for ((_, target), text) in targets.iter().zip(&texts) {
            begun.push((write::begin([text.as_bytes()], target, protected, sink)?, text));
        }
        // Devices and pipes first: they may fail and cannot be taken back.
        begun.sort_by_key(|(begun, _)| !begun.is_stream());
        begun.into_iter().try_for_each(|(begun, text)| begun.finish([text.as_bytes()], sink))
    }
}

/// What could not be read, in a line each.
fn unread(sink: &Sink) -> impl Iterator<Item = String> {
    let errors = sink.diagnostics().iter().filter(|told| told.severity == crate::diag::Severity::Error);
    errors.map(|error| format!("{} ({})", error.message, error.code))
}
