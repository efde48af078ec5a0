//! Words of `compose run` that no file of a case can hold: what comes by a pipe, and what is no text.

use crate::support::root;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

/// Runs `compose` in a folder of fixtures, with this on a pipe as its standard input.
fn run(words: &[&std::ffi::OsStr], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_compose"))
        .args(words)
        .current_dir(root().join("fixtures/components"))
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("compose starts");
    let mut pipe = child.stdin.take().expect("it is piped");
    // One that reads nothing is no fault of the test.
    let _ = pipe.write_all(input);
    drop(pipe);
    child.wait_with_output().expect("it ends")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_script_may_come_by_a_pipe() {
    let script = b"\xef\xbb\xbf$b = bucket.new(\"a\", {read})\r\n$b.name()\r\n";
    for from in ["-", "/dev/stdin"] {
        let ran = run(&["run", "kv.wasm", "--script", from, "--no-cache"].map(AsRef::as_ref), script);
        assert_eq!((text(&ran.stdout).as_str(), text(&ran.stderr).as_str()), ("$b\n\"a\"\n", ""), "{from}");
    }
    let ran = run(&["run", "kv.wasm", "--script", "-", "--no-cache"].map(AsRef::as_ref), b"bucket.find(\"\xff\")");
    assert_eq!(ran.status.code(), Some(3));
    assert!(text(&ran.stderr).contains("C0213"), "{}", text(&ran.stderr));
}

#[test]
fn a_device_without_end_is_no_script() {
    let ran = run(&["run", "kv.wasm", "--script", "/dev/zero", "--no-cache"].map(AsRef::as_ref), b"");
    assert_eq!(ran.status.code(), Some(3));
    assert!(text(&ran.stderr).contains("goes on for longer than any text"), "{}", text(&ran.stderr));
}

#[test]
fn words_that_are_no_text_are_refused() {
    use std::os::unix::ffi::OsStrExt as _;
    let odd = std::ffi::OsStr::from_bytes(b"a\xff");
    for words in [["run", "reply.wasm", "--"], ["run", "kv.wasm", "--invoke"], ["serve", "reply.wasm", "--env"]] {
        let words: Vec<&std::ffi::OsStr> = words.iter().map(AsRef::as_ref).chain([odd]).collect();
        let ran = run(&words, b"");
        assert_eq!((ran.status.code(), text(&ran.stdout).as_str()), (Some(2), ""));
        assert!(text(&ran.stderr).contains("invalid UTF-8"), "{}", text(&ran.stderr));
    }
}
