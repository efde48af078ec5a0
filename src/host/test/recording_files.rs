//! Files of recordings: what is in them, and what becomes of them in a run that records.
//!
//! Only where every case of a recording ran and passed is the file written as if there had been none. Else it keeps what other
//! cases need: an answer to a case that passed takes the place of the one before, one to a case that failed only what is empty.

use super::case::{Case, Recording, Suite};
use super::diags::{BadRecording, Unusable};
use super::recording::Recorded;
use super::run::{RanSuite, Verdict};
use crate::diag::Diagnostic;
use crate::sources::read_plain_text;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What was recorded for one file.
#[derive(Debug)]
struct New<'a> {
    recording: &'a Recording,
    /// Of cases that passed.
    passed: Recorded,
    /// Of others.
    failed: Recorded,
    /// Whether every case of it ran and passed.
    whole: bool,
}

/// The recordings that a run changes, by their files.
///
/// # Errors
/// If one that was there before cannot be read any more.
pub fn renewed<'s>(
    ran: impl Iterator<Item = (&'s Suite, &'s RanSuite)>,
) -> Result<BTreeMap<PathBuf, Recorded>, Diagnostic> {
    let mut all: BTreeMap<&PathBuf, New<'s>> = BTreeMap::new();
    for (suite, ran) in ran {
        for (at, case) in suite.cases.iter().enumerate() {
            let Some(recording) = &case.given.recording else { continue };
            let fresh = || New { recording, passed: Recorded::default(), failed: Recorded::default(), whole: true };
            let new = all.entry(&recording.path).or_insert_with(fresh);
            let ran = ran.cases.iter().find(|ran| ran.case == at);
            let passed = ran.is_some_and(|ran| matches!(ran.verdict, Verdict::Passed));
            let recorded = ran.and_then(|ran| ran.played.recorded.as_ref());
            new.whole &= passed && recorded.is_some();
            let of = if passed { &mut new.passed } else { &mut new.failed };
            recorded.into_iter().for_each(|recorded| of.add(recorded));
        }
    }
    let mut files = BTreeMap::new();
    for (path, New { recording, passed, failed, whole }) in all {
        if whole {
            files.insert(path.clone(), passed);
            continue;
        }
        if passed == Recorded::default() && failed == Recorded::default() {
            continue;
        }
        let mut kept = before(recording)?;
        kept.renew(&passed, true);
        kept.renew(&failed, false);
        files.insert(path.clone(), kept);
    }
    Ok(files)
}

/// What is in the file of a recording.
pub(super) fn recorded(recording: &Recording) -> Result<Recorded, Diagnostic> {
    let bad = |why: Unusable<'_>| BadRecording { written: &recording.written, why }.into();
    let text = read_plain_text(&recording.path).map_err(|why| bad(Unusable::Unread(&why)))?;
    Recorded::read(&text).map_err(|why| bad(Unusable::None(&why)))
}

/// What is in it; nothing if there is no file.
fn before(recording: &Recording) -> Result<Recorded, Diagnostic> {
    if recording.path.exists() { recorded(recording) } else { Ok(Recorded::default()) }
}

/// What is wrong with the recording of a case; one that is to be recorded may be missing, but nothing else may be in its place.
pub fn bad_recording(case: &Case, record: bool) -> Option<Diagnostic> {
    let recording = case.given.recording.as_ref()?;
    let anew = (record || recording.record) && !recording.path.exists();
    if anew { None } else { recorded(recording).err() }
}
