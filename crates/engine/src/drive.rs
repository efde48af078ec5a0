//! Waits for a component on this thread: until it ends, its time is up, or somebody interrupts it.

use crate::Result;
use crate::error::Error;
use crate::host::Host;
use crate::limits::Limit;
use std::future::Future;
use tokio::runtime::Runtime;

/// A runtime of this thread's own.
pub(crate) fn runtime() -> Result<Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| Error::Engine(error.to_string()))
}

/// Runs `work` to its end within the host's limit of time.
pub(crate) fn drive<T>(runtime: &Runtime, host: &Host, work: impl Future<Output = Result<T>>) -> Result<T> {
    runtime.block_on(async {
        match host.limits.duration() {
            Some(limit) => tokio::time::timeout(limit, work).await.unwrap_or(Err(Error::Limit(Limit::Time))),
            None => work.await,
        }
    })
}
