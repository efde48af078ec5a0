//! Runs the cases of all files, several at once, and tells how they went in the order of the files.
//!
//! Which case is run when is left to the threads; what is reported is not. With `fail_fast` nothing behind the first case that
//! failed is told, whether it had been run meanwhile or not.

use super::case::{Case, Suite};
use super::fault::{About, Fault};
use super::play::{self, Ground, Played};
use super::snapshot::{self, Snapshots};
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// How cases are run.
#[derive(Debug, Clone)]
pub struct Options {
    /// Only cases with this in their name.
    pub filter: Option<String>,
    /// So many at once.
    pub jobs: usize,
    /// Each so often.
    pub repeat: usize,
    /// Nothing more once a case has failed.
    pub fail_fast: bool,
    /// What came is what is expected from now on.
    pub accept: bool,
}

/// How a case went.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// As it says.
    Passed,
    /// Not as it says.
    Failed(Vec<Fault>),
    /// One time so, another time so.
    Flaky {
        /// How often it failed.
        failed: usize,
        /// What was wrong the first time.
        fault: Box<Fault>,
    },
    /// It is left out, and says why.
    Skipped(String),
    /// Another one failed before it.
    NotRun,
}

/// A case that was to be run.
#[derive(Debug)]
pub struct Ran {
    /// Which of its file.
    pub case: usize,
    /// How it went.
    pub verdict: Verdict,
    /// What came of it, the last time.
    pub played: Played,
}

/// The cases of a file that were to be run.
#[derive(Debug, Default)]
pub struct RanSuite {
    /// Each in the order of the file.
    pub cases: Vec<Ran>,
}

/// Whether a case is meant by a filter.
pub fn is_meant(case: &Case, options: &Options) -> bool {
    options.filter.as_ref().is_none_or(|text| case.name.text.contains(text.as_str()))
}

/// Runs the cases of all files. Each file comes with what it is run on, and with its snapshots.
pub fn run(suites: &[(&Suite, &Ground<'_>, &Snapshots)], options: &Options) -> Vec<RanSuite> {
    let mut order = Vec::new();
    for (at, (suite, ..)) in suites.iter().enumerate() {
        order.extend(
            (0..suite.cases.len()).filter(|case| is_meant(&suite.cases[*case], options)).map(|case| (at, case)),
        );
    }
    let slots: Vec<Mutex<Option<(Verdict, Played)>>> = order.iter().map(|_| Mutex::new(None)).collect();
    let (next, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some((suite, case)) = order.get(at) else { return };
            if stopped.load(Ordering::Relaxed) {
                return;
            }
            let (suite, ground, snapshots) = &suites[*suite];
            let ran = one(&suite.cases[*case], ground, snapshots, options);
            if options.fail_fast && matches!(ran.0, Verdict::Failed(_) | Verdict::Flaky { .. }) {
                stopped.store(true, Ordering::Relaxed);
            }
            *slots[at].lock().unwrap_or_else(PoisonError::into_inner) = Some(ran);
        }
    };
    let threads = options.jobs.clamp(1, order.len().max(1));
    std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    let mut ran: Vec<RanSuite> = suites.iter().map(|_| RanSuite::default()).collect();
    let mut over = false;
    for ((suite, case), slot) in order.into_iter().zip(slots) {
        let done = slot.into_inner().unwrap_or_else(PoisonError::into_inner).filter(|_| !over);
        let (verdict, played) = done.unwrap_or((Verdict::NotRun, Played::default()));
        over |= options.fail_fast && matches!(verdict, Verdict::Failed(_) | Verdict::Flaky { .. });
        ran[suite].cases.push(Ran { case, verdict, played });
    }
    ran
}

/// Runs a case as often as it is to be run.
fn one(case: &Case, ground: &Ground<'_>, snapshots: &Snapshots, options: &Options) -> (Verdict, Played) {
    if let Some(why) = &case.skip {
        return (Verdict::Skipped(why.clone()), Played::default());
    }
    let times = options.repeat.max(1);
    let mut failed = 0;
    let mut first: Option<Vec<Fault>> = None;
    let mut last = Played::default();
    for _ in 0..times {
        let mut played = play::play(case, ground);
        hold(case, snapshots, options, &mut played);
        if !played.faults.is_empty() {
            failed += 1;
            first.get_or_insert_with(|| played.faults.clone());
        }
        last = played;
    }
    let verdict = match first {
        None => Verdict::Passed,
        Some(faults) if failed == times => Verdict::Failed(faults),
        Some(faults) => {
            let fault = faults.into_iter().next().expect("a case that failed has a fault");
            Verdict::Flaky { failed, fault: Box::new(fault) }
        }
    };
    (verdict, last)
}

/// The snapshots of a file after what came was accepted. Those of cases that are gone go, unless only some cases were run.
pub fn accepted(suite: &Suite, ran: &RanSuite, before: &Snapshots, options: &Options) -> Snapshots {
    let mut after = before.clone();
    if options.filter.is_none() {
        let kept: Vec<String> = suite
            .cases
            .iter()
            .filter(|case| case.snapshot.is_some())
            .map(|case| snapshot::name(&case.name.text))
            .collect();
        after.retain(|name, _| kept.contains(name));
    }
    for ran in &ran.cases {
        let case = &suite.cases[ran.case];
        if case.snapshot.is_some() && matches!(ran.verdict, Verdict::Passed) {
            after.insert(snapshot::name(&case.name.text), snapshot::kept(&ran.played.shown));
        }
    }
    after
}

/// Holds what came against its snapshot, unless it is to become one.
fn hold(case: &Case, snapshots: &Snapshots, options: &Options, played: &mut Played) {
    let Some(at) = case.snapshot.clone().filter(|_| !options.accept) else { return };
    // What did not come to its end has nothing to be held against.
    if !played.faults.is_empty() {
        return;
    }
    let actual = snapshot::kept(&played.shown);
    match snapshots.get(&snapshot::name(&case.name.text)) {
        Some(expected) if *expected == actual => {}
        Some(expected) => {
            played.faults.push(Fault { at, about: About::Snapshot { expected: expected.clone(), actual } });
        }
        None => played.faults.push(Fault { at, about: About::NoSnapshot { actual } }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Sink, Source};
    use crate::host::test::read;
    use crate::host::test::report::{Form, Report};
    use std::path::Path;
    use std::sync::Arc;

    fn suite() -> Suite {
        let text = "[[case]]\nname = \"a <b>\"\ncall = 'f()'\nexpect = '1'\n\n[[case]]\nname = \"c\"\ncall = 'g()'\nsnapshot = true\n";
        let source = Arc::new(Source::new("t.toml", text));
        read::parse(&source, Path::new("t.toml"), &mut Sink::default()).expect("tests").suite
    }

    #[test]
    fn a_case_that_passes_and_fails_is_told() {
        let suite = suite();
        let about = About::Value { call: "f()".into(), expected: "1".into(), actual: "2".into() };
        let fault = Box::new(Fault { at: suite.cases[0].at(), about });
        let flaky = Ran { case: 0, verdict: Verdict::Flaky { failed: 2, fault }, played: Played::default() };
        let passed = Ran { case: 1, verdict: Verdict::Passed, played: Played::default() };
        let ran = RanSuite { cases: vec![flaky, passed] };
        let report = Report { suites: vec![(&suite, ran)], reached: vec![], repeat: 5, times: false, verbose: false };
        let told = report.diagnostics();
        assert_eq!((told.len(), told[0].code), (1, Code::CaseFlaky));
        assert_eq!(told[0].message, "`a <b>` failed 2 of 5 times");
        let style = crate::diag::render::Style::default();
        let of = |form| report.render(form, &style);
        assert_eq!(of(Form::Human), "t.toml: 1 passed, 1 flaky\n  flaky a <b>\n2 cases: 1 passed, 1 flaky\n");
        assert!(of(Form::Junit).contains("<testcase name=\"a &lt;b&gt;\" classname=\"t\">"));
        assert!(
            of(Form::Json).contains("\"verdict\":\"flaky\"")
                && of(Form::Github).starts_with("::error file=t.toml,line=2")
        );
    }

    #[test]
    fn snapshots_follow_their_cases() {
        let suite = suite();
        let mut ran = RanSuite::default();
        let played = Played { shown: "new\r".into(), ..Played::default() };
        ran.cases.push(Ran { case: 1, verdict: Verdict::Passed, played });
        let all = Options { filter: None, jobs: 1, repeat: 1, fail_fast: false, accept: true };
        let before: Snapshots = [("c".to_owned(), "old".to_owned()), ("gone".to_owned(), "x".to_owned())].into();
        let after = accepted(&suite, &ran, &before, &all);
        assert_eq!(after, [("c".to_owned(), "new\\r".to_owned())].into());
        let some = Options { filter: Some("c".into()), ..all };
        assert_eq!(accepted(&suite, &ran, &before, &some).len(), 2);
    }
}
