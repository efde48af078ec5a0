//! Tells what a server does while it runs: the access log, and what fails.
//!
//! A thread of its own writes it, so that no request waits for a terminal. Who is too slow to be told everything is told how
//! much is missing, and failures that are alike are told once and then as a number. How it is put into words, and where they
//! go, is for whoever starts it.

use super::events::{Answered, Failure, ServeLog};
use super::repeats::{Again, Repeats};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Instant;

/// How much may wait to be written.
const WAITING: usize = 8192;
/// About how much is written at once.
const AT_ONCE: usize = 32 << 10;

/// The form of the line for each request.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccessLog {
    /// A line to read.
    Human,
    /// A JSON object a line.
    Json,
    /// No line.
    #[default]
    None,
}

/// What is told.
#[derive(Debug)]
pub enum Told {
    /// A request was answered.
    Answered(Answered),
    /// An instance failed.
    Failed(Failure),
    /// One that was told failed so again.
    Again(Again),
    /// The server was asked to stop; so many requests have begun.
    Stopping(usize),
    /// So much was left out here, because it came faster than it could be written.
    Missing(u64),
}

/// Hands on what is told to the thread that writes.
#[derive(Debug)]
pub struct Teller {
    told: SyncSender<Told>,
    missing: Arc<AtomicU64>,
    answered: bool,
}

impl Teller {
    /// One that tells of requests only with `answered`, and of each failure only with `each`, and its thread, which ends when the teller is gone.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub fn start(
        answered: bool,
        each: bool,
        words: impl Fn(&Told) -> String + Send + 'static,
        say: impl Fn(&str) + Send + 'static,
    ) -> std::io::Result<(Self, JoinHandle<()>)> {
        let (told, hears) = sync_channel(WAITING);
        let missing = Arc::new(AtomicU64::new(0));
        let left_out = missing.clone();
        let write = move || write(&hears, &left_out, each, words, say);
        let thread = std::thread::Builder::new().name("log".into()).spawn(write)?;
        Ok((Teller { told, missing, answered }, thread))
    }

    fn tell(&self, told: Told) {
        if self.told.try_send(told).is_err() {
            self.missing.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl ServeLog for Teller {
    fn answered(&self, answered: Answered) {
        if self.answered {
            self.tell(Told::Answered(answered));
        }
    }

    fn failed(&self, failure: Failure) {
        self.tell(Told::Failed(failure));
    }

    fn stopping(&self, running: usize) {
        self.tell(Told::Stopping(running));
    }
}

fn write(hears: &Receiver<Told>, missing: &AtomicU64, each: bool, words: impl Fn(&Told) -> String, say: impl Fn(&str)) {
    let mut repeats = Repeats::default();
    let tell = |told: Told, repeats: &mut Repeats| match &told {
        Told::Failed(failure) if !each => {
            if repeats.counted(&failure.error) {
                return String::new();
            }
            repeats.told(&failure.error, Instant::now());
            words(&told)
        }
        told => words(told),
    };
    loop {
        // A number of what came again is told in its time, whether or not something comes.
        let first = match repeats.wait(Instant::now()) {
            Some(wait) => hears.recv_timeout(wait),
            None => hears.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        let over = matches!(first, Err(RecvTimeoutError::Disconnected));
        let mut text = first.map_or_else(|_| String::new(), |first| tell(first, &mut repeats));
        while text.len() < AT_ONCE
            && let Ok(next) = hears.try_recv()
        {
            text.push_str(&tell(next, &mut repeats));
        }
        let now = Instant::now();
        let again = if over { repeats.rest(now) } else { repeats.due(now) };
        again.into_iter().for_each(|again| text.push_str(&words(&Told::Again(again))));
        match missing.swap(0, Ordering::Relaxed) {
            0 => {}
            left_out => text.push_str(&words(&Told::Missing(left_out))),
        }
        say(&text);
        if over {
            return;
        }
    }
}
