//! What a server tells while it runs: facts, which somebody else puts into words.

use crate::error::Error;
use std::net::SocketAddr;
use std::time::Duration;

/// Hears what happens. It is called on the threads of the server, which wait for it.
pub trait ServeLog: Send + Sync {
    /// A request was answered, or given up.
    fn answered(&self, answered: Answered);
    /// An instance failed: it trapped, met a limit, or could not be made.
    fn failed(&self, failure: Failure);
    /// The server was asked to stop; so many requests have begun.
    fn stopping(&self, running: usize);
}

/// A request and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// Its number, from 1 on; 0 if what came was never read as a request.
    pub number: u64,
    /// Who asked.
    pub peer: SocketAddr,
    /// `GET` and so on.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// The status of the answer; 0 if the client went away before there was one.
    pub status: u16,
    /// The bytes of the body that the client's end of the connection took.
    pub bytes: u64,
    /// From the first line to the last byte of the answer.
    pub took: Duration,
    /// The number of the instance that answered, if it came to one.
    pub instance: Option<u64>,
    /// Whether it was the first request of that instance.
    pub fresh: bool,
    /// Why it ended as it did.
    pub outcome: Outcome,
}

/// Why a request ended as it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The component answered, and the client has it all.
    Done,
    /// The component answered, and the answer broke off: the client went away, a limit was met, or the component failed.
    Cut,
    /// The client went away before there was an answer.
    Gone,
    /// No place was free, nor one to wait at.
    Full,
    /// The body is larger than it may be.
    TooLarge,
    /// The client took too long to send.
    Slow,
    /// What came is no request that can be answered.
    Malformed,
    /// The component took too long.
    Time,
    /// The component failed.
    Failed,
}

impl Outcome {
    /// One word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Cut => "cut",
            Self::Gone => "gone",
            Self::Full => "full",
            Self::TooLarge => "too-large",
            Self::Slow => "slow",
            Self::Malformed => "malformed",
            Self::Time => "time",
            Self::Failed => "failed",
        }
    }
}

/// An instance that failed.
#[derive(Debug)]
pub struct Failure {
    /// Its number; `None` if there was none yet.
    pub instance: Option<u64>,
    /// The numbers of the requests that it had begun and not finished.
    pub requests: Vec<u64>,
    /// What went wrong.
    pub error: Error,
}

/// What a server did in its life.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Served {
    /// Requests that came.
    pub requests: u64,
    /// Requests that were cut off when the time to finish them was over.
    pub cut: usize,
}
