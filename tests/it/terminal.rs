//! What is printed where a person looks: `compose` on a pseudo-terminal. A line shows how far a run has come and leaves
//! nothing behind; it is not there in CI or where nobody looks. Colours are there for what goes to the terminal.

use crate::support::dummy;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Longer than a run may take before it shows that it works.
const MOMENT: Duration = Duration::from_millis(900);
/// Longer than anything here takes on a busy machine.
const LIMIT: Duration = Duration::from_secs(60);

/// A screen: one end for a process to print to, the other read as it comes.
struct Screen {
    end: File,
    seen: Arc<Mutex<Vec<u8>>>,
    reader: JoinHandle<()>,
}

impl Screen {
    fn new() -> Self {
        let device = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a pseudo-terminal");
        grantpt(&device).and_then(|()| unlockpt(&device)).expect("it is ours");
        let size = Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&device, size).expect("it has a size");
        let name = ptsname(&device, Vec::new()).expect("it has a name").into_string().expect("it is ASCII");
        let end = OpenOptions::new().read(true).write(true).open(name).expect("its other end");
        let (seen, mut device) = (Arc::new(Mutex::new(Vec::new())), File::from(device));
        let shared = seen.clone();
        // Once nobody has the other end any more, reading is an error.
        let reader = std::thread::spawn(move || {
            let mut part = [0; 4096];
            while let Ok(count @ 1..) = device.read(&mut part) {
                shared.lock().expect("nobody panics").extend(&part[..count]);
            }
        });
        Self { end, seen, reader }
    }

    fn stdio(&self) -> Stdio {
        Stdio::from(self.end.try_clone().expect("it can be shared"))
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.seen.lock().expect("nobody panics")).into_owned()
    }

    /// Everything, after those who print have ended.
    fn whole(self) -> String {
        let Self { end, seen, reader } = self;
        drop(end);
        reader.join().expect("it only reads");
        let seen = seen.lock().expect("nobody panics");
        String::from_utf8_lossy(&seen).into_owned()
    }
}

/// What is left on a line that was drawn over: carriage returns and escapes that erase it are obeyed, others left out.
fn left_on_screen(text: &str) -> String {
    let (mut lines, mut line, mut rest) = (String::new(), String::new(), text);
    while let Some(letter) = rest.chars().next() {
        rest = &rest[letter.len_utf8()..];
        match letter {
            '\r' if rest.starts_with('\n') => {}
            '\r' => line.clear(),
            '\n' => lines.push_str(&format!("{}\n", std::mem::take(&mut line))),
            '\u{1b}' => {
                let end = rest.find(|letter: char| letter.is_ascii_alphabetic()).expect("an escape ends");
                if rest[..=end].ends_with('K') {
                    line.clear();
                }
                rest = &rest[end + 1..];
            }
            letter => line.push(letter),
        }
    }
    lines + &line
}

fn compose(folder: &Path, args: &[&str], variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_compose"));
    command.args(args).current_dir(folder).env_clear().env("TERM", "xterm").envs(variables.iter().copied());
    command
}

/// A folder with a component that needs another.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let app = "package t:app; package a:kv { interface store { get: func(); } } world w { import a:kv/store; }";
    let kv = "package t:kv; package a:kv { interface store { get: func(); } } world w { export a:kv/store; }";
    fs::write(folder.path().join("app.wit"), app).expect("room for a file");
    fs::write(folder.path().join("kv.wit"), kv).expect("room for a file");
    dummy::make_components(folder.path()).expect("two components");
    folder
}

/// Starts a build that waits for its second component.
fn waiting(folder: &Path, variables: &[(&str, &str)], stderr: Stdio) -> Child {
    let mut command = compose(folder, &["build", "app.wasm", "kv=-", "-o", "out.wasm"], variables);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(stderr).spawn().expect("it starts")
}

/// Gives it what it waits for.
fn finish(folder: &Path, mut child: Child) -> Option<Vec<u8>> {
    let kv = fs::read(folder.join("kv.wasm")).expect("it was made");
    child.stdin.take().expect("it is piped").write_all(&kv).expect("it reads");
    let piped = child.stderr.is_some();
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success());
    piped.then_some(output.stderr)
}

const SUMMARY: &str = "wrote out.wasm (";

#[test]
fn whoever_waits_sees_how_far_it_is() {
    let (folder, screen, began) = (folder(), Screen::new(), Instant::now());
    let child = waiting(folder.path(), &[], screen.stdio());
    while !screen.text().contains("read") {
        assert!(began.elapsed() < LIMIT, "nothing shows: {:?}", screen.text());
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(!screen.text().contains(SUMMARY));
    assert_eq!(finish(folder.path(), child), None);
    let whole = screen.whole();
    let left = left_on_screen(&whole);
    assert!(left.starts_with(SUMMARY) && left.lines().count() == 2, "{left:?} of {whole:?}");
}

#[test]
fn nothing_moves_in_ci() {
    for variables in [&[("CI", "1")][..], &[("TERM", "dumb")]] {
        let (folder, screen) = (folder(), Screen::new());
        let child = waiting(folder.path(), variables, screen.stdio());
        std::thread::sleep(MOMENT);
        assert_eq!(screen.text(), "");
        finish(folder.path(), child);
        let whole = screen.whole();
        assert!(whole.starts_with(SUMMARY) && !whole.contains('\u{1b}'), "{variables:?}: {whole:?}");
    }
}

#[test]
fn nothing_moves_in_a_pipe() {
    let folder = folder();
    let child = waiting(folder.path(), &[], Stdio::piped());
    std::thread::sleep(MOMENT);
    let said = String::from_utf8(finish(folder.path(), child).expect("it is piped")).expect("words");
    assert!(said.starts_with(SUMMARY) && !said.contains(['\u{1b}', '\r']), "{said:?}");
}

#[test]
fn colours_go_where_a_person_looks() {
    let folder = folder();
    let run = |args: &[&str], variables: &[(&str, &str)]| {
        let screen = Screen::new();
        let mut command = compose(folder.path(), args, variables);
        // A pipe beside the screen has none.
        let output =
            command.stdin(Stdio::null()).stdout(screen.stdio()).stderr(Stdio::piped()).output().expect("a run");
        drop(command);
        assert!(!output.stderr.contains(&0x1b));
        screen.whole()
    };
    for args in [
        &["check", "app.wasm", "kv.wasm"][..],
        &["graph", "app.wasm", "kv.wasm"],
        &["inspect", "kv.wasm"],
        &["explain", "C0401"],
    ] {
        let (seen, plain) = (run(args, &[]), run(args, &[("NO_COLOR", "1")]));
        assert!(seen.contains("\u{1b}[1m") && !plain.contains('\u{1b}'), "{args:?}: {seen:?}");
        assert_eq!(left_on_screen(&seen), left_on_screen(&plain), "{args:?}");
        assert_eq!(run(args, &[("TERM", "dumb")]), plain, "{args:?}");
        let elsewhere = compose(folder.path(), args, &[]).output().expect("a run");
        assert_eq!(String::from_utf8_lossy(&elsewhere.stdout), plain.replace("\r\n", "\n"), "{args:?}");
    }
}
