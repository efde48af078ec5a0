//! What all connections and instances of one server share.

use super::call::Count;
use super::events::ServeLog;
use super::options::ServeOptions;
use super::stop::Stop;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::time::Duration;
use tokio::sync::{Notify, Semaphore};

pub(super) struct Shared {
    pub(super) options: ServeOptions,
    pub(super) log: Arc<dyn ServeLog>,
    pub(super) stop: Stop,
    /// Places for requests that are answered at once.
    pub(super) places: Arc<Semaphore>,
    /// Requests that wait for one.
    pub(super) waiting: AtomicUsize,
    /// Requests that have begun.
    pub(super) running: Count,
    pub(super) instances: Count,
    /// An instance is gone, and what it took is free.
    pub(super) freed: Notify,
    /// The time for what had begun is over.
    pub(super) over: AtomicBool,
    /// The limit of time of one request.
    pub(super) time: Option<Duration>,
    /// The limit of the body of an answer.
    pub(super) output: Option<u64>,
}
