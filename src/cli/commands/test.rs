//! `compose test`: the cases that tell what a composition should do.

use crate::cli::exit;
use crate::cli::report_words::{self, ReportForm, ReportWord};
use crate::cli::shell::{Shell, Verbosity};
use crate::cli::tested::{self, Ways};
use crate::cli::trace::TraceArgs;
use crate::cli::trace_text;
use crate::diag::Sink;
use crate::diag::render::{Format, Style};
use crate::emit::write::Target;
use crate::host::test::diags::{BadSnapshots, NoCases, untraced};
use crate::host::test::play::Ground;
use crate::host::test::report::{Form, Report};
use crate::host::test::run::{self, Options, RanSuite};
use crate::host::test::snapshot::{self, Snapshots};
use crate::host::test::{read::Tests, recording_files};
use crate::sources::read_plain_text;
use clap::{Args, ValueHint};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// `compose test`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Test {
    /// What is tested, a component or a manifest [default: compose.toml here or in a folder above], and the files of tests
    /// or folders of them [default: tests/*.toml beside the manifest]
    #[arg(value_name = "FILE", help_heading = "Arguments", value_hint = ValueHint::FilePath)]
    files: Vec<String>,
    /// The manifest
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    manifest_path: Option<PathBuf>,
    /// Build and compile everything again, whatever earlier runs left
    #[arg(long)]
    no_cache: bool,
    /// Run only cases with this in their name
    #[arg(long, value_name = "TEXT", help_heading = "Cases")]
    filter: Option<String>,
    /// Run so many cases at once [default: one a processor]
    #[arg(short, long, value_name = "N", help_heading = "Cases", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
    /// Run each case so often; one that passes and fails is told
    #[arg(long, value_name = "N", help_heading = "Cases", default_value_t = 1, hide_default_value = true,
        value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    repeat: u32,
    /// Run nothing more once a case has failed
    #[arg(long, help_heading = "Cases")]
    fail_fast: bool,
    /// Take what comes as the snapshots from now on
    #[arg(long, help_heading = "Cases")]
    accept: bool,
    /// Send requests to the servers that are granted, and record what they answer
    #[arg(long, help_heading = "Cases")]
    record: bool,
    /// Run each case on the composition and on its pieces: both must do the same
    #[arg(long, help_heading = "Cases", conflicts_with = "trace")]
    differential: bool,
    #[command(flatten)]
    trace: TraceArgs,
    /// Tell how long each case took
    #[arg(long, help_heading = "Report")]
    times: bool,
    /// The form of the report, and a file for it: human, json, junit, github. May be given several times
    #[arg(long, value_name = "FORM[=FILE]", help_heading = "Report")]
    report: Vec<ReportWord<Form>>,
}

impl ReportForm for Form {
    fn all() -> Vec<(Self, &'static str)> {
        Self::ALL.to_vec()
    }
}

pub(in crate::cli) fn run(args: &Test, shell: &Shell) -> Result<u8, clap::Error> {
    report_words::judge(&args.report)?;
    let mut sink = shell.sink();
    let words =
        tested::Words { files: &args.files, manifest_path: args.manifest_path.as_ref(), no_cache: args.no_cache };
    let found = tested::load(&words, &mut sink)?;
    let Some((tests, mut subjects)) = found else { return Ok(shell.report(&sink).max(exit::CANNOT)) };
    let options = options(args);
    if !some_case(&tests, &options, &mut sink) {
        return Ok(shell.report(&sink));
    }
    let Some(snapshots) = snapshots(&tests, &mut sink) else { return Ok(shell.report(&sink)) };
    let cases = tests.iter().flat_map(|(tests, _)| &tests.suite.cases).filter(|case| run::is_meant(case, &options));
    let mut told = BTreeSet::new();
    for case in cases.filter(|case| case.skip.is_none()) {
        // Cases share what their file says of a recording.
        let first = case.given.recording.as_ref().is_some_and(|recording| told.insert(&recording.path));
        if let (true, Some(bad)) = (first, recording_files::bad_recording(case, args.record)) {
            sink.report(bad);
        }
    }
    let (inputs, kept) = tested::read_files(&tests, &subjects);
    let read = [inputs.as_slice(), &kept].concat();
    if !report_words::may_write(&args.report, args.trace.file(), &read, &mut sink) {
        return Ok(shell.report(&sink));
    }
    let ways = Ways { differential: args.differential, traced: args.trace.any() };
    if sink.has_errors() || !tested::compile(&tests, &mut subjects, &options, (ways, args.no_cache), &mut sink) {
        return Ok(shell.report(&sink));
    }
    for (tested, why) in subjects.iter().filter_map(|tested| Some((tested, tested.closed?))) {
        shell.note(&trace_text::in_one_piece(&tested.subject.name, why));
    }
    let grounds: Vec<Ground<'_>> = subjects.iter().map(|subject| subject.ground(args.record, ways)).collect();
    let suites: Vec<_> = tests
        .iter()
        .zip(&snapshots)
        .map(|((tests, of), (_, snapshots))| (&tests.suite, &grounds[*of], snapshots))
        .collect();
    let ran = run::run(&suites, &options);
    drop(suites);
    keep(&tests, &ran, (&snapshots, &inputs), &options, &mut sink);
    trace(args, &tests, &ran, &read, shell, &mut sink);
    let report = Report {
        reached: tested::reached(&tests, &subjects, &ran),
        suites: tests.iter().map(|(tests, _)| &tests.suite).zip(ran).collect(),
        repeat: options.repeat,
        times: args.times,
        verbose: shell.verbosity > Verbosity::Normal,
    };
    give(args, &report, &read, shell, &mut sink);
    report.diagnostics().into_iter().for_each(|diagnostic| sink.report(diagnostic));
    Ok(shell.report(&sink))
}

/// Shows the calls inside of each case, in the order of the files.
fn trace(args: &Test, tests: &[(Tests, usize)], ran: &[RanSuite], read: &[PathBuf], shell: &Shell, sink: &mut Sink) {
    let mut cases = Vec::new();
    for ((tests, _), ran) in tests.iter().zip(ran) {
        for ran in &ran.cases {
            let name = trace_text::case(&tests.suite.source.name, &tests.suite.cases[ran.case].name.text);
            if let Some(why) = &ran.played.untraced {
                shell.note(&trace_text::not_traced(&name, &untraced(why)));
            }
            cases.extend(ran.played.trace.as_ref().map(|trace| (name, trace)));
        }
    }
    args.trace.tell(&cases, read, shell, sink);
}

fn options(args: &Test) -> Options {
    let processors = || std::thread::available_parallelism().map_or(1, usize::from);
    Options {
        filter: args.filter.clone(),
        jobs: args.jobs.map_or_else(processors, usize::from),
        repeat: usize::try_from(args.repeat).unwrap_or(usize::MAX),
        fail_fast: args.fail_fast,
        accept: args.accept,
    }
}

/// Whether there is a case to be run; that there is none is in the sink.
fn some_case(tests: &[(Tests, usize)], options: &Options, sink: &mut Sink) -> bool {
    let cases: Vec<_> = tests.iter().flat_map(|(tests, _)| &tests.suite.cases).collect();
    if cases.is_empty() {
        let files: Vec<String> = tests.iter().map(|(tests, _)| tests.suite.source.name.clone()).collect();
        sink.report(NoCases::Cases { files: &files });
        return false;
    }
    let meant = cases.iter().any(|case| run::is_meant(case, options));
    if let (false, Some(text)) = (meant, &options.filter) {
        let known: Vec<&str> = cases.iter().map(|case| case.name.text.as_str()).collect();
        sink.report(NoCases::Filter { text, known: &known });
    }
    meant
}

/// The snapshots of each file; `None` if one cannot be read, which is in the sink.
fn snapshots(tests: &[(Tests, usize)], sink: &mut Sink) -> Option<Vec<(PathBuf, Snapshots)>> {
    let mut all = Vec::new();
    let mut clean = true;
    for (tests, _) in tests {
        let path = snapshot::file_of(&tests.suite.path);
        let file = path.display().to_string();
        let text = match read_plain_text(&path) {
            Ok(text) => text,
            Err(why) if why.is_missing() => String::new(),
            Err(why) => {
                sink.report(BadSnapshots { file: &file, line: None, why: &why.words() });
                clean = false;
                continue;
            }
        };
        match snapshot::read(&text) {
            Ok(snapshots) => all.push((path, snapshots)),
            Err(line) => {
                sink.report(BadSnapshots { file: &file, line: Some(line), why: "" });
                clean = false;
            }
        }
    }
    clean.then_some(all)
}

/// Writes what came and is to be kept: snapshots that are accepted, requests that were recorded.
fn keep(
    tests: &[(Tests, usize)],
    ran: &[RanSuite],
    (snapshots, read): (&[(PathBuf, Snapshots)], &[PathBuf]),
    options: &Options,
    sink: &mut Sink,
) {
    let mut files: Vec<(Target, String)> = Vec::new();
    for (((tests, _), ran), (path, before)) in tests.iter().zip(ran).zip(snapshots) {
        if options.accept {
            let after = run::accepted(&tests.suite, ran, before, options);
            if after != *before {
                files.push((report_words::file(path.clone()), snapshot::write(&after)));
            }
        }
    }
    match recording_files::renewed(tests.iter().map(|(tests, _)| &tests.suite).zip(ran)) {
        Ok(recordings) => {
            files.extend(recordings.into_iter().map(|(path, recorded)| (report_words::file(path), recorded.text())));
        }
        Err(bad) => sink.report(bad),
    }
    report_words::write_all(files, read, sink);
}

/// Prints and writes the report.
fn give(args: &Test, report: &Report<'_>, read: &[PathBuf], shell: &Shell, sink: &mut Sink) {
    report_words::write(&args.report, |form| report.render(form, &Style::default()), read, sink);
    let form = match (report_words::printed(&args.report), shell.format) {
        (Some(form), _) => form,
        (None, _) if shell.verbosity == Verbosity::Quiet => return,
        (None, Format::Json) => Form::Json,
        (None, _) => Form::Human,
    };
    shell.out(&report.render(form, &shell.style_out()));
}
