//! Tells what a server does while it runs: the access log, and what fails.
//!
//! A thread of its own writes it, so that no request waits for a terminal. Who is too slow to be told everything is told how
//! much is missing. How it is put into words, and where they go, is for whoever starts it.

use super::events::{Answered, Failure, ServeLog};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

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
    /// One that tells of requests only with `answered`, and its thread, which ends when the teller is gone.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub fn start(
        answered: bool,
        words: impl Fn(&Told) -> String + Send + 'static,
        say: impl Fn(&str) + Send + 'static,
    ) -> std::io::Result<(Self, JoinHandle<()>)> {
        let (told, hears) = sync_channel(WAITING);
        let missing = Arc::new(AtomicU64::new(0));
        let left_out = missing.clone();
        let write = move || write(&hears, &left_out, words, say);
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

fn write(hears: &Receiver<Told>, missing: &AtomicU64, words: impl Fn(&Told) -> String, say: impl Fn(&str)) {
    while let Ok(first) = hears.recv() {
        let mut text = words(&first);
        while text.len() < AT_ONCE
            && let Ok(next) = hears.try_recv()
        {
            text.push_str(&words(&next));
        }
        match missing.swap(0, Ordering::Relaxed) {
            0 => {}
            left_out => text.push_str(&words(&Told::Missing(left_out))),
        }
        say(&text);
    }
}
