//! The clock by which busy guests are interrupted: at each tick they let others of their thread have a turn, and whoever waits for
//! one looks at the time.
//!
//! It is a thread, and starts when somebody waits: a command without a limit of time, that nothing goes on beside, ends before
//! a thread would have begun.

use std::sync::Mutex;
use std::time::Duration;
use wasmtime::Engine;

/// How often a busy guest lets its time be looked at.
const TICK: Duration = Duration::from_millis(10);

/// The clock of an engine.
#[derive(Default)]
pub(crate) struct Clock {
    runs: Mutex<bool>,
}

impl Clock {
    /// Starts it, if it does not run yet. It ends with the engine.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub(crate) fn start(&self, engine: &Engine) -> std::io::Result<()> {
        let mut runs = self.runs.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if *runs {
            return Ok(());
        }
        let ticking = engine.weak();
        std::thread::Builder::new().name("compose-engine-clock".into()).spawn(move || {
            loop {
                std::thread::sleep(TICK);
                match ticking.upgrade() {
                    Some(engine) => engine.increment_epoch(),
                    None => return,
                }
            }
        })?;
        *runs = true;
        Ok(())
    }
}
