//! Failures of a server that are like one that was told a moment ago: they are counted, so that a flood of them floods no log.
//!
//! Two are alike if they say the same of the same place. A kind is told in full when it comes for the first time, and again
//! once it has not come for a while; in between, how often it came is told now and then.

use crate::error::Error;
use std::time::{Duration, Instant};

/// How long failures of one kind are counted before their number is told.
const WHILE: Duration = Duration::from_secs(10);
/// The most kinds that are known at a time. Those beyond are told in full.
const KINDS: usize = 64;

/// What was told lately.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    kinds: Vec<Kind>,
}

#[derive(Debug)]
struct Kind {
    error: Error,
    since: Instant,
    more: u64,
}

/// How often a failure came again.
#[derive(Debug, Clone)]
pub struct Again {
    /// What went wrong.
    pub error: Error,
    /// How often it came since.
    pub times: u64,
    /// In how long.
    pub within: Duration,
}

impl Repeats {
    /// Whether one like it was told lately; then it is counted.
    pub(super) fn counted(&mut self, error: &Error) -> bool {
        let known = self.kinds.iter_mut().find(|kind| alike(&kind.error, error));
        known.map(|kind| kind.more += 1).is_some()
    }

    /// It is told in full now.
    pub(super) fn told(&mut self, error: &Error, now: Instant) {
        if self.kinds.len() < KINDS {
            self.kinds.push(Kind { error: error.clone(), since: now, more: 0 });
        }
    }

    /// The counts that are to be told by now.
    pub(super) fn due(&mut self, now: Instant) -> Vec<Again> {
        let over = |kind: &Kind| now.saturating_duration_since(kind.since) >= WHILE;
        let due =
            self.kinds.iter_mut().filter(|kind| over(kind) && kind.more > 0).map(|kind| again(kind, now)).collect();
        // What has not come for a while is news when it comes.
        self.kinds.retain(|kind| !over(kind));
        due
    }

    /// The counts that were not told yet.
    pub(super) fn rest(&mut self, now: Instant) -> Vec<Again> {
        self.kinds.drain(..).filter(|kind| kind.more > 0).map(|mut kind| again(&mut kind, now)).collect()
    }

    /// How long to wait for the next count; `None` if there is none to come.
    pub(super) fn wait(&self, now: Instant) -> Option<Duration> {
        let soonest = self.kinds.iter().map(|kind| kind.since).min()?;
        Some((soonest + WHILE).saturating_duration_since(now))
    }
}

/// Its count, which begins anew.
fn again(kind: &mut Kind, now: Instant) -> Again {
    let told = Again { error: kind.error.clone(), times: kind.more, within: now.saturating_duration_since(kind.since) };
    (kind.more, kind.since) = (0, now);
    told
}

fn alike(one: &Error, other: &Error) -> bool {
    match (one, other) {
        (Error::Trap(one), Error::Trap(other)) => {
            one.message == other.message && one.limit == other.limit && one.frames == other.frames
        }
        (Error::Limit(one), Error::Limit(other)) => one == other,
        (Error::Http(one), Error::Http(other)) | (Error::Engine(one), Error::Engine(other)) => one == other,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limit;

    fn counts(all: Vec<Again>) -> Vec<(u64, u64)> {
        all.into_iter().map(|again| (again.times, again.within.as_secs())).collect()
    }

    #[test]
    fn what_comes_again_soon_is_counted_and_told_as_a_number() {
        let (time, http) = (Error::Limit(Limit::Time), Error::Http("no answer".into()));
        let began = Instant::now();
        let at = |seconds| began + Duration::from_secs(seconds);
        let mut repeats = Repeats::default();
        assert_eq!(repeats.wait(began), None);
        assert!(!repeats.counted(&time));
        repeats.told(&time, began);
        assert!(repeats.counted(&time) && repeats.counted(&time));
        assert!(!repeats.counted(&http) && !repeats.counted(&Error::Limit(Limit::Output)));
        assert_eq!(repeats.wait(at(4)), Some(Duration::from_secs(6)));
        assert_eq!(counts(repeats.due(at(9))), []);
        assert_eq!(counts(repeats.due(at(10))), [(2, 10)]);
        // Still counted, since it keeps coming.
        assert!(repeats.counted(&time));
        assert_eq!(counts(repeats.due(at(20))), [(1, 10)]);
        assert_eq!(counts(repeats.due(at(30))), []);
        assert!(!repeats.counted(&time), "it did not come for a while");
        repeats.told(&time, at(30));
        assert!(repeats.counted(&time));
        assert_eq!(counts(repeats.rest(at(31))), [(1, 1)]);
        assert_eq!(counts(repeats.rest(at(31))), []);
    }

    #[test]
    fn kinds_beyond_what_is_kept_are_told_in_full() {
        let mut repeats = Repeats::default();
        for number in 0..2 * KINDS {
            let error = Error::Http(number.to_string());
            assert!(!repeats.counted(&error));
            repeats.told(&error, Instant::now());
            assert_eq!(repeats.counted(&error), number < KINDS);
        }
    }
}
