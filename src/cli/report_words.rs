//! `--report FORM[=FILE]`, several at once: which forms are wanted, and where they go.
//!
//! A report without a file goes to standard output. Files take their places only when all of them can be written.

use super::usage;
use crate::diag::Sink;
use crate::emit::write::{self, Protected, Target};
use crate::model::near::nearest;
use crate::model::request::Written;
use clap::error::ErrorKind;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// A form that reports of a kind have.
pub(super) trait ReportForm: Copy + PartialEq + 'static {
    /// Every form and its word.
    fn all() -> Vec<(Self, &'static str)>;
}

/// `FORM[=FILE]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReportWord<F> {
    form: F,
    path: Option<PathBuf>,
}

impl<F: ReportForm> FromStr for ReportWord<F> {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let (form, path) = match word.split_once('=') {
            Some((_, "")) => return Err("the file after `=` is missing".into()),
            Some((form, path)) => (form, Some(PathBuf::from(path))),
            None => (word, None),
        };
        let forms = F::all();
        let Some((form, _)) = forms.iter().find(|(_, word)| *word == form) else {
            let words: Vec<&str> = forms.iter().map(|(_, word)| *word).collect();
            let near = nearest(form, words.iter().copied());
            let near = near.map_or_else(String::new, |near| format!("\n\n  tip: did you mean `{near}`?"));
            let listed = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
            return Err(format!("forms of reports are {listed}{near}"));
        };
        Ok(Self { form: *form, path: path.filter(|path| path != Path::new("-")) })
    }
}

impl<F: ReportForm> ReportWord<F> {
    fn word(&self) -> &'static str {
        F::all().iter().find(|(form, _)| *form == self.form).map_or("", |(_, word)| word)
    }
}

/// The form that is printed, if one is asked for.
pub(super) fn printed<F: ReportForm>(words: &[ReportWord<F>]) -> Option<F> {
    words.iter().find(|word| word.path.is_none()).map(|word| word.form)
}

/// Whether the reports can go where they are to go, as far as words tell.
pub(super) fn judge<F: ReportForm>(words: &[ReportWord<F>]) -> Result<(), clap::Error> {
    let mut printed = words.iter().filter(|word| word.path.is_none());
    if let (Some(one), Some(other)) = (printed.next(), printed.next()) {
        let (one, other) = (one.word(), other.word());
        let text = format!(
            "two reports would go to standard output: give one of them a file, `--report {one} --report {other}=FILE`"
        );
        return Err(usage::usage(ErrorKind::ArgumentConflict, text));
    }
    let targets = targets(words);
    for (at, (_, target)) in targets.iter().enumerate() {
        if targets[..at].iter().any(|(_, first)| first.meets(target)) {
            let Target::File { written, .. } = target else { continue };
            let text = format!("two reports would go to `{}`", written.text);
            return Err(usage::usage(ErrorKind::ArgumentConflict, text));
        }
    }
    Ok(())
}

fn targets<F: ReportForm>(words: &[ReportWord<F>]) -> Vec<(F, Target)> {
    let files = words.iter().filter_map(|word| Some((word.form, word.path.clone()?)));
    files.map(|(form, path)| (form, file(path))).collect()
}

/// A file that is written.
pub(super) fn file(path: PathBuf) -> Target {
    Target::File { written: Written::new(path.display().to_string()), path, make_folders: false, option: "" }
}

/// Whether the reports and other files may be written, asked before anything is done in vain; if not, the sink says why.
#[cfg(feature = "host")]
pub(super) fn may_write<F: ReportForm>(
    words: &[ReportWord<F>],
    others: impl IntoIterator<Item = PathBuf>,
    read: &[PathBuf],
    sink: &mut Sink,
) -> bool {
    let all = targets(words).into_iter().map(|(_, target)| target).chain(others.into_iter().map(file));
    let all: Vec<Target> = all.collect();
    protecting(read, |protected| all.iter().all(|target| target.judge(protected, sink).is_some()))
}

/// Writes the files, all or none. What fails is in the sink. `read` are the files that nothing may replace.
pub(super) fn write<F: ReportForm>(
    words: &[ReportWord<F>],
    text: impl Fn(F) -> String,
    read: &[PathBuf],
    sink: &mut Sink,
) -> Option<()> {
    let files = targets(words).into_iter().map(|(form, target)| (target, text(form))).collect();
    write_all(files, read, sink)
}

/// The same with any texts.
pub(super) fn write_all(files: Vec<(Target, String)>, read: &[PathBuf], sink: &mut Sink) -> Option<()> {
    let begin = |protected: Protected<'_>| {
        let mut begun = Vec::new();
        for (target, text) in &files {
            begun.push((write::begin([text.as_bytes()], target, protected, sink)?, text));
        }
        Some(begun)
    };
    let mut begun = protecting(read, begin)?;
    // Devices and pipes first: they may fail and cannot be taken back.
    begun.sort_by_key(|(begun, _)| !begun.is_stream());
    begun.into_iter().try_for_each(|(begun, text)| begun.finish([text.as_bytes()], sink))
}

/// What no output may overwrite.
fn protecting<T>(read: &[PathBuf], act: impl FnOnce(Protected<'_>) -> T) -> T {
    let names: Vec<String> = read.iter().map(|path| path.display().to_string()).collect();
    let files: Vec<(&str, &Path)> = names.iter().map(String::as_str).zip(read.iter().map(PathBuf::as_path)).collect();
    let folders: Vec<(&str, &Path)> = files.iter().copied().filter(|(_, path)| path.is_dir()).collect();
    act(Protected { files: &files, folders: &folders, ..Protected::default() })
}
