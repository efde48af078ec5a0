//! What is said of recordings and of what components import; findings have reports of their own.

use super::exit;
use super::shell::Shell;
use crate::contract::lock::{Lock, Recorded};
use crate::contract::party::Party;
use crate::contract::usage;
use crate::diag::{Sink, visible};
use std::fmt::Write;

/// The status of what is wrong with inputs: that is no finding about them, they were not checked.
pub(super) fn unread(sink: &Sink, shell: &Shell) -> u8 {
    match shell.report(sink) {
        exit::OK => exit::OK,
        _ => exit::CANNOT,
    }
}

/// What became of a consumer that was recorded.
pub(super) fn recorded(recorded: &Recorded) -> String {
    let Recorded { consumer, imports, new, changed, gone, known, mended } = recorded;
    let counted = |count: usize| format!("{count} import{}", if count == 1 { "" } else { "s" });
    let mut out = match (*known, new.len() + changed.len() + gone.len()) {
        _ if *mended => format!("{consumer}: {} recorded, in the place of what was not whole\n", counted(*imports)),
        (false, 0) => format!("{consumer}: it imports nothing, so there is nothing to record\n"),
        (false, _) => format!("{consumer}: {} recorded\n", counted(*imports)),
        (true, 0) => format!("{consumer}: {}, nothing new\n", counted(*imports)),
        (true, _) => format!("{consumer}: {}, not as before\n", counted(*imports)),
    };
    if *known {
        new.iter().for_each(|import| out.push_str(&format!("  new: {import}\n")));
        changed.iter().for_each(|import| out.push_str(&format!("  changed: {import}\n")));
    }
    gone.iter().for_each(|import| out.push_str(&format!("  no longer imported: {import}\n")));
    visible(&out)
}

/// A consumer that was taken out.
pub(super) fn retired(consumer: &str, imports: usize) -> String {
    visible(&format!("{consumer}: retired, {imports} import{} taken out\n", if imports == 1 { "" } else { "s" }))
}

/// The lock that was written.
pub(super) fn wrote(path: &str, lock: &Lock) -> String {
    let mut who: Vec<_> = lock.blocks.iter().map(|block| (&block.environment, &block.consumer)).collect();
    who.dedup();
    let count = who.len();
    visible(&format!("wrote {path}: {count} consumer{}\n", if count == 1 { "" } else { "s" }))
}

/// Whether the lock is what would be written.
pub(super) fn checked(path: &str, same: bool) -> String {
    visible(&match same {
        true => format!("{path} is up to date\n"),
        false => format!("{path} is not up to date: run this without `--check`\n"),
    })
}

/// What a component's binary really imports.
pub(super) fn usage(party: &Party) -> String {
    let mut out = format!("{} really imports:\n", party.name);
    for used in usage::of(&party.shape) {
        let _ = writeln!(out, "{}", used.text().trim_end());
    }
    visible(&out)
}
