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

/// A transitive mode that has nothing to ask.
pub(super) const NO_OLDER: &str = "the mode asks all versions before, and none was given but OLD: name the others with \
    `--against`\n";

/// How recordings are told.
pub(super) struct Recording {
    /// Whether anything is written.
    pub(super) written: bool,
}

impl Recording {
    /// What became of a consumer that was recorded.
    pub(super) fn recorded(&self, recorded: &Recorded) -> String {
        let Recorded { consumer, imports, left, new, changed, gone, known, mended } = recorded;
        let counted = |count: usize| format!("{count} import{}", if count == 1 { "" } else { "s" });
        let done = if self.written { "recorded" } else { "to be recorded" };
        let hosts = match left {
            0 => String::new(),
            left => format!(", {left} left to the host (`--all` records them)"),
        };
        let mut out = match (*known, new.len() + changed.len() + gone.len()) {
            _ if *mended => {
                format!("{consumer}: {} {done}, in the place of what was not whole{hosts}\n", counted(*imports))
            }
            (false, 0) if *left > 0 => {
                format!("{consumer}: it imports nothing but `wasi:*`, so there is nothing to record{hosts}\n")
            }
            (false, 0) => format!("{consumer}: it imports nothing, so there is nothing to record\n"),
            (false, _) => format!("{consumer}: {} {done}{hosts}\n", counted(*imports)),
            (true, 0) => format!("{consumer}: {}, nothing new\n", counted(*imports)),
            (true, _) => format!("{consumer}: {}, not as before{hosts}\n", counted(*imports)),
        };
        if *known {
            new.iter().for_each(|import| out.push_str(&format!("  new: {import}\n")));
            changed.iter().for_each(|import| out.push_str(&format!("  changed: {import}\n")));
        }
        gone.iter().for_each(|import| out.push_str(&format!("  no longer imported: {import}\n")));
        visible(&out)
    }

    /// A consumer that was taken out.
    pub(super) fn retired(&self, consumer: &str, imports: usize) -> String {
        let plural = if imports == 1 { "" } else { "s" };
        visible(&match self.written {
            true => format!("{consumer}: retired, {imports} import{plural} taken out\n"),
            false => format!("{consumer}: to be retired, {imports} import{plural} to be taken out\n"),
        })
    }
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
