//! One run of `compose`: in a folder of its own, with an environment of its own, its output made comparable.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What a run gave.
#[derive(Debug, PartialEq, Eq)]
pub struct Ran {
    /// The exit status.
    pub exit: i32,
    /// Standard output, redacted.
    pub stdout: String,
    /// Standard error, redacted.
    pub stderr: String,
}

/// Longer than anything here takes on a busy machine; a run that does not end is a mistake to be told, not waited for.
const LIMIT: Duration = Duration::from_secs(120);

/// Runs `compose` in the folder. `stdin` is a file in it.
pub fn compose(
    folder: &Path,
    args: &[String],
    stdin: Option<&str>,
    env: &BTreeMap<String, String>,
) -> Result<Ran, String> {
    let output = tempfile::tempdir().map_err(|error| error.to_string())?;
    let create = |name| File::create(output.path().join(name)).map_err(|error| error.to_string());
    let stdin = match stdin {
        Some(file) => Stdio::from(File::open(folder.join(file)).map_err(|error| format!("stdin {file}: {error}"))?),
        None => Stdio::null(),
    };
    let mut child = Command::new(env!("CARGO_BIN_EXE_compose"))
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .envs(env)
        .stdin(stdin)
        .stdout(create("stdout")?)
        .stderr(create("stderr")?)
        .spawn()
        .map_err(|error| format!("cannot start compose: {error}"))?;
    let started = Instant::now();
    let status = loop {
        match child.try_wait().map_err(|error| error.to_string())? {
            Some(status) => break status,
            None if started.elapsed() > LIMIT => {
                child.kill().and_then(|()| child.wait()).map_err(|error| error.to_string())?;
                return Err(format!("compose {args:?} did not end within {LIMIT:?}"));
            }
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let text = |name| {
        let bytes = std::fs::read(output.path().join(name)).map_err(|error| error.to_string())?;
        Ok::<_, String>(redact(&printed(&bytes), folder))
    };
    Ok(Ran {
        exit: status.code().ok_or("compose was ended by a signal")?,
        stdout: text("stdout")?,
        stderr: text("stderr")?,
    })
}

/// Output as text; a component is printed as WAT.
fn printed(bytes: &[u8]) -> String {
    if bytes.starts_with(b"\0asm") {
        return wasmprinter::print_bytes(bytes).unwrap_or_else(|error| format!("(not printable: {error})\n"));
    }
    String::from_utf8_lossy(bytes).into_owned()
}

/// The text without what differs from run to run: `[ROOT]` for the folder, `[VERSION]` for ours, `[DIGEST]` for
/// digests.
pub fn redact(text: &str, folder: &Path) -> String {
    let mut out = text.to_owned();
    let canonical = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    for root in [canonical.as_path(), folder] {
        out = out.replace(root.to_str().expect("the temporary folder has a UTF-8 name"), "[ROOT]");
    }
    if cfg!(windows) {
        out = out.replace('\\', "/").replace("compose.exe", "compose").replace("\r\n", "\n");
    }
    for before in ["compose ", "compose/", "component-compose "] {
        let version = env!("CARGO_PKG_VERSION");
        out = out.replace(&format!("{before}{version}"), &format!("{before}[VERSION]"));
    }
    without_times(&without_durations(&without_digests(&out)))
}

/// The text with `[TIME]` for how long a call took, as traces say it: `[12 µs]`.
fn without_durations(text: &str) -> String {
    let mut parts = text.split('[');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let inside = part.split_once(']').and_then(|(inside, rest)| Some((inside.split_once(' ')?, rest)));
        match inside {
            Some(((number, "µs" | "ms" | "s"), rest)) if number.parse::<f64>().is_ok() => {
                format!("{text}[TIME]{rest}")
            }
            _ => format!("{text}[{part}"),
        }
    })
}

/// The text with `[TIME]` for how long something took, as `-v` says it, and 0 in JSON.
fn without_times(text: &str) -> String {
    let mut parts = text.split("\"micros\":");
    let first = parts.next().unwrap_or_default().to_owned();
    let text = parts.fold(first, |text, part| {
        text + "\"micros\":0" + part.trim_start_matches(|letter: char| letter.is_ascii_digit())
    });
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(" ms") {
        let before = rest[..at].trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
        match before.len() < at {
            true => out.push_str(&format!("{} [TIME]", before.trim_end_matches(' '))),
            false => out.push_str(&rest[..at + 3]),
        }
        rest = &rest[at + 3..];
    }
    out + rest
}

fn without_digests(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_hex) {
        let run = rest[start..].find(|letter| !is_hex(letter)).unwrap_or(rest.len() - start);
        out.push_str(&rest[..start]);
        out.push_str(if run == 64 { "[DIGEST]" } else { &rest[start..start + run] });
        rest = &rest[start + run..];
    }
    out + rest
}

/// The rules of findings in a report for people: each once, sorted.
pub fn rules_in(text: &str) -> Vec<String> {
    let marks = ["error[", "warning[", "note["].into_iter().flat_map(|mark| text.match_indices(mark));
    let rules = marks.filter_map(|(at, mark)| text[at + mark.len()..].split_once(']').map(|(rule, _)| rule));
    let is_rule = |rule: &&str| rule.contains('-') && rule.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    let mut rules: Vec<String> = rules.filter(is_rule).map(str::to_owned).collect();
    rules.sort();
    rules.dedup();
    rules
}

fn is_hex(letter: char) -> bool {
    matches!(letter, '0'..='9' | 'a'..='f')
}

/// The codes in printed diagnostics, human, short or JSON: each once, sorted.
pub fn codes_in(text: &str) -> Vec<String> {
    let mut codes = Vec::new();
    for (before, after) in [("error[", "]"), ("warning[", "]"), ("\"code\":\"", "\"")] {
        for (at, _) in text.match_indices(before) {
            let rest = &text[at + before.len()..];
            if let Some((code, _)) = rest.split_once(after)
                && code.len() == 5
                && code.starts_with('C')
            {
                codes.push(code.to_owned());
            }
        }
    }
    codes.sort();
    codes.dedup();
    codes
}
