//! What a server says while it runs: the access log, and what fails.
//!
//! Its own thread writes it, so that no request waits for a terminal. Who is too slow to be told everything is told how much
//! is missing. Failures that are alike are told once and counted, but for machines.

use super::commands::serve::AccessLog;
use super::shell::{self, Shell};
use crate::diag::Diagnostic;
use crate::diag::render::{self, Format, Style};
use crate::diag::{is_hidden, json_line};
use crate::host::serve::Inside;
use crate::host::serve::diags::InstanceFailed;
use crate::host::serve::repeats::{Again, Repeats};
use compose_engine::{Answered, Failure, ServeLog, ServeOutcome};
use serde_json::json;
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Instant;

/// How much may wait to be written.
const WAITING: usize = 8192;
/// About how much is written at once.
const AT_ONCE: usize = 32 << 10;

/// What is told.
enum Told {
    Answered(Answered),
    Failed(Failure),
    Stopping(usize),
}

/// Tells the writer.
pub(super) struct Log {
    told: SyncSender<Told>,
    missing: Arc<AtomicU64>,
    answered: bool,
}

impl Log {
    /// A log and its writer, which ends when the log is gone.
    pub(super) fn start(
        name: &str,
        inside: Inside,
        access: AccessLog,
        shell: &Shell,
    ) -> std::io::Result<(Self, JoinHandle<()>)> {
        let (told, hears) = sync_channel(WAITING);
        let missing = Arc::new(AtomicU64::new(0));
        let (format, style) = shell.manner();
        let writer = Writer { name: name.into(), inside, access, format, style, missing: missing.clone() };
        let thread = std::thread::Builder::new().name("log".into()).spawn(move || writer.write(&hears))?;
        Ok((Log { told, missing, answered: access != AccessLog::None }, thread))
    }

    fn tell(&self, told: Told) {
        if self.told.try_send(told).is_err() {
            self.missing.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl ServeLog for Log {
    fn answered(&self, answered: Answered) {
        if self.answered {
            self.tell(Told::Answered(answered));
        }
    }

    fn failed(&self, failure: Failure) {
        self.tell(Told::Failed(failure));
    }

    fn stopping(&self, running: usize) {
        self.tell(Told::Stopping(running));
    }
}

struct Writer {
    name: String,
    inside: Inside,
    access: AccessLog,
    format: Format,
    style: Style,
    missing: Arc<AtomicU64>,
}

impl Writer {
    fn write(&self, hears: &Receiver<Told>) {
        let mut repeats = Repeats::default();
        loop {
            // A count of what came again is told in its time, whether or not something comes.
            let next = match repeats.wait(Instant::now()) {
                Some(wait) => hears.recv_timeout(wait),
                None => hears.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            let over = matches!(next, Err(RecvTimeoutError::Disconnected));
            let mut text = next.map_or_else(|_| String::new(), |first| self.words(&first, &mut repeats));
            while text.len() < AT_ONCE
                && let Ok(next) = hears.try_recv()
            {
                text.push_str(&self.words(&next, &mut repeats));
            }
            let now = Instant::now();
            let counts = if over { repeats.rest(now) } else { repeats.due(now) };
            counts.iter().for_each(|count| text.push_str(&again(count)));
            match self.missing.swap(0, Ordering::Relaxed) {
                0 => {}
                missing if self.format == Format::Json => {
                    let _ = writeln!(text, "{}", json!({ "event": "missing", "count": missing }));
                }
                missing => {
                    let _ =
                        writeln!(text, "{missing} lines are missing here: they came faster than they could be written");
                }
            }
            shell::say(&text);
            if over {
                return;
            }
        }
    }

    fn words(&self, told: &Told, repeats: &mut Repeats) -> String {
        match told {
            Told::Answered(answered) if self.access == AccessLog::Json => as_json(answered),
            Told::Answered(answered) => line(answered),
            Told::Failed(failure) if self.format != Format::Json && repeats.counted(&failure.error) => String::new(),
            Told::Failed(failure) => {
                let diagnostic = Diagnostic::from(InstanceFailed { name: &self.name, failure, inside: &self.inside });
                if self.format != Format::Json {
                    let title = format!("{}: {}", diagnostic.code, diagnostic.message);
                    repeats.told(&failure.error, title, Instant::now());
                }
                render::render_all(std::iter::once(&diagnostic), self.format, &self.style)
            }
            Told::Stopping(_) if self.format == Format::Json => String::new(),
            Told::Stopping(0) => "stopping\n".into(),
            Told::Stopping(1) => "stopping; 1 request is finished first\n".into(),
            Told::Stopping(running) => format!("stopping; {running} requests are finished first\n"),
        }
    }
}

/// `57 times more in 10 s: C0806: …`.
fn again(Again { title, times, within }: &Again) -> String {
    let many = if *times == 1 { "once more".to_owned() } else { format!("{times} times more") };
    format!("{many} in {} s: {title}\n", within.as_secs_f64().ceil())
}

/// `127.0.0.1:40312 GET /ledger 200, 7 bytes, 1.204 ms, new instance 4`.
fn line(answered: &Answered) -> String {
    let Answered { number, peer, method, path, status, bytes, took, instance, fresh, outcome } = answered;
    let mut text = format!("{peer} ");
    match number {
        0 => text.push_str("(no request)"),
        _ => {
            let _ = write!(text, "{method} {}", printable(path));
        }
    }
    if *status > 0 {
        let _ = write!(text, " {status}");
    }
    let milliseconds = took.as_secs_f64() * 1000.0;
    let _ = write!(text, ", {bytes} {}, {milliseconds:.3} ms", if *bytes == 1 { "byte" } else { "bytes" });
    if let Some(instance) = instance {
        let _ = write!(text, ", {}instance {instance}", if *fresh { "new " } else { "" });
    }
    let why = match outcome {
        ServeOutcome::Done => "",
        ServeOutcome::Cut => ", cut off",
        ServeOutcome::Gone => ", the client went away",
        ServeOutcome::Full => ", no place was free",
        ServeOutcome::TooLarge => ", the request is too large",
        ServeOutcome::Slow => ", the client was too slow",
        ServeOutcome::Malformed => ", the request is malformed",
        ServeOutcome::Time => ", the component took too long",
        ServeOutcome::Failed => ", the component failed",
    };
    text.push_str(why);
    text.push('\n');
    text
}

/// A path as it may be shown on a terminal.
fn printable(path: &str) -> String {
    path.chars()
        .flat_map(|letter| match letter.is_control() || is_hidden(letter) {
            true => letter.escape_unicode().collect::<Vec<_>>(),
            false => vec![letter],
        })
        .collect()
}

fn as_json(answered: &Answered) -> String {
    let Answered { number, peer, method, path, status, bytes, took, instance, fresh, outcome } = answered;
    let line = json!({
        "event": "answered",
        "number": number,
        "peer": peer.to_string(),
        "method": method,
        "path": path,
        "status": status,
        "bytes": bytes,
        "micros": u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
        "instance": instance,
        "fresh": fresh,
        "outcome": outcome.word(),
    });
    json_line(&line)
}
