//! Waits for a component on this thread: until it ends, its time is up, or somebody interrupts it.

use crate::Result;
use crate::error::Error;
use crate::host::Host;
use crate::limits::Limit;
use std::future::Future;
use tokio::runtime::Runtime;

/// A runtime of this thread's own.
pub(crate) fn runtime() -> Result<Own> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    Ok(Own(Some(runtime.map_err(|error| Error::Engine(error.to_string()))?)))
}

/// A runtime that does not wait, when it is dropped, for what a thread of it waits for: a pipe that nobody writes to would
/// be waited for without end.
pub(crate) struct Own(Option<Runtime>);

impl std::ops::Deref for Own {
    type Target = Runtime;

    fn deref(&self) -> &Runtime {
        self.0.as_ref().expect("it is taken by drop alone")
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// Runs `work` to its end within the host's limit of time.
pub(crate) fn drive<T>(runtime: &Own, host: &Host, work: impl Future<Output = Result<T>>) -> Result<T> {
    runtime.block_on(async {
        match host.limits.duration() {
            Some(limit) => tokio::time::timeout(limit, work).await.unwrap_or(Err(Error::Limit(Limit::Time))),
            None => work.await,
        }
    })
}
