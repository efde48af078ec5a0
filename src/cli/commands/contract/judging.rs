//! What the verbs that judge have in common: their beginning and their end.
//!
//! Where reports go is settled before anything is read. What cannot be read ends in a report all the same, so that who looks
//! at it sees that nothing was checked. No report replaces a file that was read.

use crate::cli::contracts::{Config, Configured};
use crate::cli::reporting::Reports;
use crate::cli::shell::Shell;
use crate::contract::finding::Report;
use crate::diag::Sink;
use clap::Args;
use std::path::PathBuf;

/// The options of every verb that judges.
#[derive(Debug, Args)]
pub(super) struct Judging {
    #[command(flatten)]
    config: Config,
    #[command(flatten)]
    reports: Reports,
}

/// What is judged: how reports call it, and where it is.
pub(super) struct Subjects {
    pub(super) words: Vec<String>,
    pub(super) files: Vec<PathBuf>,
}

/// A verb that is at it.
pub(super) struct Run<'a> {
    pub(super) shell: &'a Shell,
    pub(super) sink: Sink,
    pub(super) configured: Configured,
    /// As reports call them.
    pub(super) subjects: Vec<String>,
    /// The files that were read.
    read: Vec<PathBuf>,
}

impl Subjects {
    /// Those whose words are where they are.
    pub(super) fn at<'a>(words: impl IntoIterator<Item = &'a String>) -> Self {
        let words: Vec<String> = words.into_iter().cloned().collect();
        Self { files: words.iter().map(PathBuf::from).collect(), words }
    }
}

impl Run<'_> {
    /// Files that were read besides those that were named.
    pub(super) fn has_read<File: Into<PathBuf>>(&mut self, files: impl IntoIterator<Item = File>) {
        self.read.extend(files.into_iter().map(Into::into));
    }
}

impl Judging {
    /// Has `judge` make the report, gives it, and says how it ends. No report means that something cannot be read, which is in
    /// the sink.
    pub(super) fn run(
        &self,
        command: &'static str,
        subjects: Subjects,
        shell: &Shell,
        judge: impl FnOnce(&mut Run<'_>) -> Result<Option<Report>, clap::Error>,
    ) -> Result<u8, clap::Error> {
        self.reports.judge()?;
        let mut sink = shell.sink();
        let Subjects { words, files } = subjects;
        let unread = Report { command, subjects: words.clone(), ..Report::default() };
        let Some(configured) = self.config.read(&mut sink)? else {
            let read: Vec<PathBuf> = files.into_iter().chain(self.config.file()).collect();
            return Ok(self.reports.give(unread, &read, shell, &mut sink));
        };
        let read = files.into_iter().chain(configured.file.clone()).collect();
        let mut run = Run { shell, sink, configured, subjects: words, read };
        let report = judge(&mut run)?;
        Ok(self.reports.give(report.unwrap_or(unread), &run.read, shell, &mut run.sink))
    }
}
