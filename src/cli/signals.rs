//! A process that is told to end leaves nothing half-written.
//!
//! On Unix the process then ends by the very signal, so that whoever started it sees why; SIGQUIT still makes its core
//! dump. A limit on the size of files (SIGXFSZ) is not deadly: the write fails and is told like a full disk.
//!
//! Watching takes a thread, which a run of a component that is ready does without: it has nothing to tidy up.

use std::sync::{Once, OnceLock};

/// That somebody watches.
static WATCHED: Once = Once::new();

/// What is done instead of ending.
static INSTEAD: OnceLock<Box<dyn Fn() + Send + Sync>> = OnceLock::new();

/// From now on Ctrl-C and SIGTERM do this: the process ends by itself, when it has finished what it does.
#[cfg(feature = "host")]
pub(super) fn instead(of_ending: impl Fn() + Send + Sync + 'static) {
    // There is one verb a run, and so one that asks.
    let _ = INSTEAD.set(Box::new(of_ending));
}

/// From now on a file that may not grow any more is an error of whoever writes it.
pub(super) fn spare_writers() {
    #[cfg(unix)]
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default());
}

/// From now on the process tidies up before it ends. To be called by whatever begins something that could stay half-done.
pub(super) fn watch() {
    WATCHED.call_once(watch_once);
}

#[cfg(unix)]
fn watch_once() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    use signal_hook::iterator::Signals;

    // Without a handler a file might stay behind, and nothing else would be lost; so a failure here is no reason to stop.
    // What whoever started the process wants ignored, as `nohup` does, stays ignored.
    let ignored = ignored();
    let deadly = [SIGINT, SIGTERM, SIGHUP, SIGQUIT].into_iter().filter(|signal| ignored >> (signal - 1) & 1 == 0);
    let Ok(mut signals) = Signals::new(deadly) else { return };
    std::thread::spawn(move || {
        for signal in signals.forever() {
            if [SIGINT, SIGTERM].contains(&signal)
                && let Some(instead) = INSTEAD.get()
            {
                instead();
                continue;
            }
            super::progress::clear();
            crate::emit::write::discard_unfinished();
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    });
}

/// The signals that this process ignores from the start, as bits from that of signal 1 on, where the system tells.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default()
}

#[cfg(windows)]
fn watch_once() {
    let _ = ctrlc::set_handler(|| {
        if let Some(instead) = INSTEAD.get() {
            return instead();
        }
        super::progress::clear();
        crate::emit::write::discard_unfinished();
        // As for a process that Ctrl-C ends: STATUS_CONTROL_C_EXIT.
        std::process::exit(0xC000_013A_u32.cast_signed());
    });
}
