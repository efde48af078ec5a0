//! How a server behaves towards its clients: plain data, so that it can come from a command line or from inside an
//! executable.

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How a server behaves. What a request may take of the machine stands in [`crate::Limits`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct ServeOptions {
    /// Threads; `None` is one for each processor.
    pub threads: Option<usize>,
    /// The most requests that are answered at once.
    pub concurrency: usize,
    /// The most requests that wait for their turn; those beyond are turned away.
    pub queue: usize,
    /// The most connections that are open at once; those beyond wait to be accepted.
    pub connections: usize,
    /// The most requests that one instance answers; `None` is 1 for a handler of 0.2 and 128 for one of 0.3.
    pub reuse: Option<usize>,
    /// The most requests that one instance of a 0.3 handler answers at the same time.
    pub together: usize,
    /// The most bytes of the body of a request.
    pub body: u64,
    /// The most bytes of the first line and the headers of a request.
    pub head: usize,
    /// Milliseconds for the first line and the headers to arrive.
    pub head_time: u64,
    /// Milliseconds without a byte of the body, or without the client taking a byte of the answer.
    pub stall_time: u64,
    /// Milliseconds that a connection stays open without a request.
    pub keep_alive: u64,
    /// Milliseconds that an instance without a request is kept for the next one.
    pub idle: u64,
    /// Milliseconds for requests to be finished once the server is to stop.
    pub grace: u64,
}

impl Default for ServeOptions {
    fn default() -> Self {
        ServeOptions {
            threads: None,
            concurrency: 256,
            queue: 1024,
            connections: 1024,
            reuse: None,
            together: 16,
            body: 64 << 20,
            head: 32 << 10,
            head_time: 10_000,
            stall_time: 30_000,
            keep_alive: 30_000,
            idle: 1_000,
            grace: 10_000,
        }
    }
}

/// A number of milliseconds as a time.
pub(super) fn milliseconds(count: u64) -> Duration {
    Duration::from_millis(count)
}
