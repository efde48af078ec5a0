//! What is tested, and by which files: the words of `compose test`, and what a file says for itself.

use super::grammar::NamedFile;
use super::subject::{self, Subject, SubjectArgs};
use super::{case_files, load};
use crate::diag::Sink;
use crate::host::blame::Blame;
use crate::host::diags::Wanting;
use crate::host::reopen::{self, Closed};
use crate::host::test::diags::NoCases;
use crate::host::test::play::{self, Ground, Programs};
use crate::host::test::read::{self, Tests};
use crate::host::test::report::Reached;
use crate::host::test::run::{self, Options, RanSuite};
use crate::host::test::snapshot;
use crate::inspect::plan_section::PlanSection;
use crate::sources::diags::InputUnreadable;
use crate::sources::{self, NotRead};
use bytes::Bytes;
use compose_engine::Profile;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

/// The words of the command line.
pub(super) struct Words<'a> {
    pub(super) files: &'a [String],
    pub(super) manifest_path: Option<&'a PathBuf>,
    pub(super) no_cache: bool,
}

/// What is done with the inside of what is tested, beside what cases ask for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ways {
    /// Cases are run in pieces as well.
    pub(super) differential: bool,
    /// The calls inside are shown.
    pub(super) traced: bool,
}

/// A component that is tested.
pub(super) struct Tested {
    pub(super) subject: Subject,
    wants: Wants,
    programs: Programs,
    /// Why it is not taken apart although that was asked for.
    pub(super) closed: Option<Closed>,
}

/// Who inside wants an import, by the plan, and whose code is where.
#[derive(Debug)]
struct Wants(Option<PlanSection>, Bytes);

impl Wanting for Wants {
    fn of(&self, import: &str) -> Vec<String> {
        subject::wanting(self.0.as_ref(), import)
    }

    fn blame(&self) -> Blame {
        Blame::of(&self.1)
    }
}

impl Tested {
    fn new(subject: Subject) -> Self {
        let wants = Wants(subject.plan().cloned(), subject.bytes.clone());
        Self { subject, wants, programs: Programs::default(), closed: None }
    }

    /// What cases are run on. What has no known inside is run in one piece, whatever the ways say.
    pub(super) fn ground(&self, record: bool, ways: Ways) -> Ground<'_> {
        let known = self.programs.planned.is_some();
        Ground {
            name: &self.subject.name,
            programs: &self.programs,
            wanting: &self.wants,
            record,
            differential: ways.differential && known,
            traced: ways.traced && known,
        }
    }
}

/// Everything that was found: each file of tests with the number of what it tests.
type Found = (Vec<(Tests, usize)>, Vec<Tested>);

/// Reads the files of tests and what they test; `None` if something is wrong, which is in the sink.
pub(super) fn load(words: &Words<'_>, sink: &mut Sink) -> Result<Option<Found>, clap::Error> {
    let mut subject_word: Option<&String> = None;
    let mut files: Vec<PathBuf> = Vec::new();
    for word in words.files {
        let path = Path::new(word);
        match path {
            path if path.is_dir() => files.extend(files_in(path, sink)),
            path if is_tests(path) => files.push(path.to_owned()),
            _ if subject_word.is_none() && words.manifest_path.is_none() => subject_word = Some(word),
            // A second one is meant to be a file of tests, and whoever reads it says what is wrong with it.
            path => files.push(path.to_owned()),
        }
    }
    if sink.has_errors() {
        return Ok(None);
    }
    let mut subjects: Vec<(Option<PathBuf>, Tested)> = Vec::new();
    let default = |sink: &mut Sink| {
        let file = subject_word.map(|word| word.parse::<NamedFile>()).transpose();
        let file = file.map_err(|error| super::usage::usage(clap::error::ErrorKind::ValueValidation, error))?;
        let args = SubjectArgs { file, manifest_path: words.manifest_path.cloned(), no_cache: words.no_cache };
        subject::load("test", &args, sink)
    };
    if files.is_empty() {
        let Some(subject) = default(sink)? else { return Ok(None) };
        files = files_of(&subject, sink);
        if files.is_empty() || sink.has_errors() {
            return Ok(None);
        }
        subjects.push((None, Tested::new(subject)));
    }
    let mut tests = Vec::new();
    for path in files {
        let name = path.display().to_string();
        let source = sources::read_stream(&path, &name, sink);
        tests.extend(source.and_then(|source| read::parse(&source, &path, sink)));
    }
    if sink.has_errors() {
        return Ok(None);
    }
    let mut found = Vec::new();
    for tests in tests {
        let own = tests.component.as_ref().map(|(_, path)| path.clone());
        let known = subjects.iter().position(|(path, _)| *path == own);
        let at = match known {
            Some(at) => at,
            None => {
                let subject = match &own {
                    None => default(sink)?,
                    Some(path) => {
                        let args =
                            SubjectArgs { file: Some(named(path)?), manifest_path: None, no_cache: words.no_cache };
                        subject::load("test", &args, sink)?
                    }
                };
                let Some(subject) = subject else { return Ok(None) };
                subjects.push((own, Tested::new(subject)));
                subjects.len() - 1
            }
        };
        found.push((tests, at));
    }
    Ok(Some((found, subjects.into_iter().map(|(_, tested)| tested).collect())))
}

/// `tests/../parts/kv.wasm` as `parts/kv.wasm`, unless a link makes another file of that.
fn shortest(path: &Path) -> PathBuf {
    let mut short = PathBuf::new();
    for part in path.components() {
        match (part, short.components().next_back()) {
            (Component::ParentDir, Some(Component::Normal(_))) => drop(short.pop()),
            (Component::CurDir, _) => {}
            (part, _) => short.push(part),
        }
    }
    let same = short.canonicalize().ok().is_some_and(|real| path.canonicalize().is_ok_and(|other| other == real));
    if same { short } else { path.to_owned() }
}

/// A path as a word that means it.
fn named(path: &Path) -> Result<NamedFile, clap::Error> {
    let word = shortest(path).display().to_string();
    let parsed: Result<NamedFile, String> = match word.parse::<NamedFile>() {
        Ok(parsed) if parsed.name.is_none() => Ok(parsed),
        _ => format!("./{word}").parse(),
    };
    parsed.map_err(|error| super::usage::usage(clap::error::ErrorKind::ValueValidation, error))
}

/// Whether a file is one of tests, and not a manifest. One that cannot be read is told by whoever reads it; a pipe is read
/// once, and a manifest is no pipe.
fn is_tests(path: &Path) -> bool {
    let is_toml = path.extension().is_some_and(|extension| extension == "toml");
    is_toml
        && match sources::read_plain_text(path) {
            Ok(text) => read::is_tests(&text),
            Err(NotRead::Special(_)) => true,
            Err(_) => false,
        }
}

/// The files of tests in a folder; that there are none is in the sink.
fn files_in(folder: &Path, sink: &mut Sink) -> Vec<PathBuf> {
    let found = case_files::in_folder(folder);
    if !tell_closed(&found, sink) && found.files.is_empty() {
        sink.report(NoCases::Files { folder: &folder.display().to_string() });
    }
    found.files
}

/// Whether there are folders that could not be looked into, which are told.
fn tell_closed(found: &case_files::Found, sink: &mut Sink) -> bool {
    for (folder, error) in &found.closed {
        sink.report(InputUnreadable { origin: &folder.display().to_string(), written: None, error });
    }
    !found.closed.is_empty()
}

/// The files of tests of a composition: those that its manifest names, else those in `tests` beside it. That there are none,
/// or none for one of its patterns, is in the sink.
fn files_of(subject: &Subject, sink: &mut Sink) -> Vec<PathBuf> {
    let Some(patterns) = &subject.cases else { return files_in(&subject.folder.join("tests"), sink) };
    let mut files: Vec<PathBuf> = Vec::new();
    let mut all = true;
    for pattern in patterns {
        let found = case_files::meant(&subject.folder, &pattern.text);
        if tell_closed(&found, sink) {
            all = false;
        } else if found.files.is_empty() {
            sink.report(NoCases::Pattern { pattern });
            all = false;
        }
        for file in found.files {
            if !files.contains(&file) {
                files.push(file);
            }
        }
    }
    if patterns.is_empty() {
        sink.report(NoCases::Files { folder: &subject.folder.display().to_string() });
    }
    if all { files } else { Vec::new() }
}

/// Compiles what is tested, once for cases that count fuel and once for those that do not, as there are such cases.
pub(super) fn compile(
    tests: &[(Tests, usize)],
    subjects: &mut [Tested],
    options: &Options,
    (ways, no_cache): (Ways, bool),
    sink: &mut Sink,
) -> bool {
    for (at, tested) in subjects.iter_mut().enumerate() {
        let cases = tests.iter().filter(|(_, of)| *of == at).flat_map(|(tests, _)| &tests.suite.cases);
        let cases: Vec<_> = cases.filter(|case| run::is_meant(case, options)).collect();
        let inside = ways.differential || ways.traced;
        if inside || cases.iter().any(|case| play::looks_inside(case)) {
            let planned = tested.subject.planned.take();
            match planned.map_or_else(|| reopen::planned(&tested.subject.bytes), Ok) {
                Ok(planned) => tested.programs.planned = Some(planned),
                Err(why) => tested.closed = Some(why).filter(|_| inside),
            }
        }
        tested.programs.compiled = load::compiled(no_cache);
        let counting: Vec<bool> = cases.into_iter().map(play::counts_fuel).collect();
        for (metered, place) in [(false, &mut tested.programs.plain), (true, &mut tested.programs.metered)] {
            if !counting.contains(&metered) {
                continue;
            }
            let profile = if metered { Profile::here().metered() } else { Profile::here() };
            let Some(program) = tested.subject.program(profile, sink) else { return false };
            *place = Some(program);
        }
    }
    true
}

/// What the cases reached of what is tested.
pub(super) fn reached(tests: &[(Tests, usize)], subjects: &[Tested], ran: &[RanSuite]) -> Vec<Reached> {
    let of_subject = |(at, tested): (usize, &Tested)| {
        let program = tested.programs.plain.as_ref().or(tested.programs.metered.as_ref())?;
        let suites = tests.iter().zip(ran).filter(|((_, of), _)| *of == at);
        let called: BTreeSet<&str> =
            suites.flat_map(|(_, ran)| &ran.cases).flat_map(|ran| &ran.played.reached).map(String::as_str).collect();
        let exports = program.functions().into_iter().map(|function| {
            let name = function.full();
            // Commands and servers are called by what they are, whatever their version.
            let by_kind = called.iter().any(|call| name.strip_prefix(call).is_some_and(|rest| rest.starts_with('@')));
            let reached = by_kind || called.contains(name.as_str());
            (name, reached)
        });
        let mut wires: BTreeMap<String, u64> = BTreeMap::new();
        let all = tests.iter().zip(ran).filter(|((_, of), _)| *of == at).flat_map(|(_, ran)| &ran.cases);
        all.flat_map(|ran| &ran.played.wires)
            .for_each(|(wire, calls)| *wires.entry(wire.clone()).or_default() += calls);
        let wires = tested.programs.wires(wires);
        Some(Reached { name: tested.subject.name.clone(), exports: exports.collect(), wires })
    };
    subjects.iter().enumerate().filter_map(of_subject).collect()
}

/// Every file that a run reads, which nothing it writes may replace: what is tested and what it was made of, the files of
/// tests, what their cases expect and what stands in. Snapshots and recordings are written by the run itself, and told apart.
pub(super) fn read_files(tests: &[(Tests, usize)], subjects: &[Tested]) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let mut read: Vec<PathBuf> = subjects.iter().flat_map(|tested| tested.subject.read.iter().cloned()).collect();
    let mut kept = Vec::new();
    for (tests, _) in tests {
        let suite = &tests.suite;
        read.push(suite.path.clone());
        kept.push(snapshot::file_of(&suite.path));
        for case in &suite.cases {
            read.extend(case.reads().into_iter().map(Path::to_owned));
            kept.extend(case.given.recording.iter().map(|recording| recording.path.clone()));
        }
    }
    for files in [&mut read, &mut kept] {
        files.sort();
        files.dedup();
    }
    (read, kept)
}
