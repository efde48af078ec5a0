//! The words of the access log, which are the same wherever a server runs.

use super::events::{Answered, Outcome};
use super::repeats::Again;
use super::teller::Told;
use serde_json::json;
use std::fmt::Write as _;

impl Answered {
    /// A line for people: `127.0.0.1:40312 GET /ledger 200, 7 bytes, 1.204 ms, new instance 4`.
    pub fn line(&self) -> String {
        let Answered { number, peer, method, path, status, bytes, took, instance, fresh, outcome } = self;
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
            Outcome::Done => "",
            Outcome::Cut => ", cut off",
            Outcome::Gone => ", the client went away",
            Outcome::Full => ", no place was free",
            Outcome::TooLarge => ", the request is too large",
            Outcome::Slow => ", the client was too slow",
            Outcome::Malformed => ", the request is malformed",
            Outcome::Time => ", the component took too long",
            Outcome::Failed => ", the component failed",
        };
        text.push_str(why);
        text.push('\n');
        text
    }

    /// An object on a line, for programs.
    pub fn json(&self) -> String {
        let Answered { number, peer, method, path, status, bytes, took, instance, fresh, outcome } = self;
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
        format!("{}\n", ascii(&line.to_string()))
    }
}

impl Told {
    /// That something is left out, for people.
    pub fn missing(count: u64) -> String {
        let lines = if count == 1 { "line is" } else { "lines are" };
        format!("{count} {lines} missing here: they came faster than they could be written\n")
    }

    /// The same for programs.
    pub fn missing_json(count: u64) -> String {
        format!("{}\n", json!({ "event": "missing", "count": count }))
    }

    /// That a failure came again; `title` is its first line.
    pub fn again(again: &Again, title: &str) -> String {
        let many = if again.times == 1 { "once more".to_owned() } else { format!("{} times more", again.times) };
        format!("{many} in {} s: {title}\n", again.within.as_secs_f64().ceil())
    }

    /// That the server stops, with so many requests to be finished.
    pub fn stopping(running: usize) -> String {
        match running {
            0 => "stopping\n".into(),
            1 => "stopping; 1 request is finished first\n".into(),
            running => format!("stopping; {running} requests are finished first\n"),
        }
    }
}

/// A path as it may be shown on a terminal: clients write there what they like.
fn printable(path: &str) -> String {
    let shown = |letter: char| match letter {
        ' '..='~' => vec![letter],
        letter => letter.escape_unicode().collect(),
    };
    path.chars().flat_map(shown).collect()
}

/// JSON without letters beyond ASCII, which can only stand in strings there.
fn ascii(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            '\u{7f}'.. => {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_line_steers_no_terminal() {
        let mut answered = Answered {
            number: 7,
            peer: ([127, 0, 0, 1], 40312).into(),
            method: "GET".into(),
            path: "/a\u{1b}[2J\u{202e}é?b".into(),
            status: 200,
            bytes: 1,
            took: Duration::from_micros(1204),
            instance: Some(4),
            fresh: true,
            outcome: Outcome::Done,
        };
        let line = "127.0.0.1:40312 GET /a\\u{1b}[2J\\u{202e}\\u{e9}?b 200, 1 byte, 1.204 ms, new instance 4\n";
        assert_eq!(answered.line(), line);
        let json = answered.json();
        assert!(json.is_ascii() && json.lines().count() == 1, "{json}");
        let read: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
        assert_eq!((&read["path"], &read["micros"]), (&answered.path.as_str().into(), &1204.into()));
        answered = Answered { number: 0, status: 0, instance: None, outcome: Outcome::Malformed, ..answered };
        assert_eq!(answered.line(), "127.0.0.1:40312 (no request), 1 byte, 1.204 ms, the request is malformed\n");
    }
}
