//! The way to end a server from outside: asked once it finishes what it has begun, asked twice it ends at once.

use std::sync::Arc;
use tokio::sync::watch;

/// Ends a server. Clones are one and the same.
#[derive(Debug, Clone)]
pub struct Stop(Arc<watch::Sender<u8>>);

impl Default for Stop {
    fn default() -> Self {
        Stop(Arc::new(watch::Sender::new(0)))
    }
}

impl Stop {
    /// One that nobody has asked for yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks for it. Can be called from any thread.
    pub fn ask(&self) {
        self.0.send_modify(|times| *times = times.saturating_add(1));
    }

    /// Whether it was asked for.
    pub fn asked(&self) -> bool {
        *self.0.borrow() > 0
    }

    /// Waits until it was asked for so many times.
    pub(super) fn wait(&self, times: u8) -> impl Future<Output = ()> + Send + Sync + use<> {
        let mut receiver = self.0.subscribe();
        // The sender lives in every clone, so it cannot be gone.
        let sender = self.0.clone();
        async move {
            let _ = receiver.wait_for(|asked| *asked >= times).await;
            drop(sender);
        }
    }

    /// Asks for it at each SIGINT and SIGTERM (where there are none: Ctrl-C), as long as `runtime` runs.
    #[cfg(unix)]
    pub(super) fn at_signals(&self) -> std::io::Result<()> {
        use tokio::signal::unix::{SignalKind, signal};
        for kind in [SignalKind::interrupt(), SignalKind::terminate()] {
            let mut signals = signal(kind)?;
            let stop = self.clone();
            tokio::spawn(async move {
                while signals.recv().await.is_some() {
                    stop.ask();
                }
            });
        }
        Ok(())
    }

    /// Asks for it at each Ctrl-C.
    #[cfg(not(unix))]
    pub(super) fn at_signals(&self) -> std::io::Result<()> {
        let stop = self.clone();
        tokio::spawn(async move {
            while tokio::signal::ctrl_c().await.is_ok() {
                stop.ask();
            }
        });
        Ok(())
    }
}
