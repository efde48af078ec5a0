//! Depfiles as make reads them: for names that make could take for something else, the output is up to date after the
//! build, is not once an input has changed, and a missing input stops nothing. Where there is no make, nobody reads them.

use crate::support::dummy;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

const NAMES: [&str; 16] = [
    "plain", "a b", "a#b", "a$b", "a$(b)c", "a:b", "a%b", "a%:b", "a*b", "a?b", "[a]", "a\\b", "a\\ b\\", "a&b",
    "(a)b", "ä~",
];

/// What make cannot say, and what it then must not be told.
const UNSPEAKABLE: [&str; 6] = ["x\ny", "x;y", "x=y", "x|y", "~x", "x\ty"];

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let bytes = dummy::component("package t:app; world w { export run: func(); }").expect("a component");
    fs::write(folder.path().join("app.wasm"), bytes).expect("a file");
    folder
}

fn build(folder: &Path, input: &str, output: &str) -> (Option<i32>, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_compose"))
        .args(["build", input, "-o", output, "--emit", "deps=o.d", "--message-format", "short"])
        .current_dir(folder)
        .env_clear()
        .output()
        .expect("compose starts");
    (out.status.code(), String::from_utf8(out.stderr).expect("text"))
}

/// Whether make finds the output up to date; `None` if there is no make.
fn is_fresh(folder: &Path, output: &str) -> Option<bool> {
    // The depfile has rules without a recipe; the first of them is made whole.
    let rule = fs::read_to_string(folder.join("o.d")).expect("a depfile");
    let target = rule.lines().next().expect("a line").trim_end_matches(" \\").to_owned();
    fs::write(folder.join("Makefile"), format!("include o.d\n{target}\n\t@false\n")).expect("a file");
    let run = Command::new("make")
        .args(["-q", output])
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .output();
    let out = run.ok()?;
    match out.status.code() {
        Some(0) => Some(true),
        Some(1) => Some(false),
        other => panic!("make ended with {other:?}: {}\n{rule}", String::from_utf8_lossy(&out.stderr)),
    }
}

fn dated(path: &Path, seconds: u64) {
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    File::options().write(true).open(path).and_then(|file| file.set_modified(time)).expect("a file of ours");
}

#[test]
fn make_understands_every_name_that_a_depfile_has() {
    for name in NAMES {
        for (input, output) in [(format!("{name}.wasm"), "out".to_owned()), ("in.wasm".into(), name.to_owned())] {
            let folder = folder();
            let folder = folder.path();
            fs::rename(folder.join("app.wasm"), folder.join(&input)).expect("a name that files can have");
            assert_eq!(build(folder, &input, &output).0, Some(0), "{name:?}");
            dated(&folder.join(&input), 1_000);
            dated(&folder.join(&output), 2_000);
            let Some(fresh) = is_fresh(folder, &output) else { return };
            assert!(fresh, "{name:?}");
            dated(&folder.join(&input), 3_000);
            assert_eq!(is_fresh(folder, &output), Some(false), "{name:?}");
            fs::remove_file(folder.join(&input)).expect("it is there");
            assert_eq!(is_fresh(folder, &output), Some(false), "{name:?}");
        }
    }
}

#[test]
fn make_is_not_told_what_it_cannot_understand() {
    for name in UNSPEAKABLE {
        let folder = folder();
        let folder = folder.path();
        let input = format!("{name}.wasm");
        fs::rename(folder.join("app.wasm"), folder.join(&input)).expect("a name that files can have");
        let (status, said) = build(folder, &format!("app={input}"), "out");
        assert!(status == Some(0) && said.contains("warning[C0707]"), "{name:?}: {said}");
        assert_eq!(fs::read_to_string(folder.join("o.d")).expect("a depfile"), "out:\n");
        assert!(is_fresh(folder, "out") != Some(false), "{name:?}");
    }
}
