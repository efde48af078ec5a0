//! `compose exe` from end to end: executables that are made, moved, stripped, cut, changed, looked into and made anew.
//!
//! The stub is `compose` itself, without its debug information, since a copy of it is made for each executable.

mod bad;
mod looked_into;
mod runs;
mod served;
mod small;

use crate::support::root;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;
use std::time::Duration;

/// A folder of this run of the tests.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder")
}

/// `compose` without its debug information.
static STUB: LazyLock<PathBuf> = LazyLock::new(|| {
    let compose = Path::new(env!("CARGO_BIN_EXE_compose"));
    let stub = Path::new(env!("CARGO_TARGET_TMPDIR")).join("exe-stub");
    let time = |path: &Path| std::fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    if time(&stub).is_none_or(|made| time(compose).is_none_or(|built| made < built)) {
        // In two steps, so that no other test sees a part of it.
        let unfinished = stub.with_extension(std::process::id().to_string());
        let stripped = Command::new("strip").arg("-o").args([&unfinished, compose]).status();
        if !stripped.is_ok_and(|status| status.success()) {
            std::fs::copy(compose, &unfinished).expect("a copy of compose");
        }
        std::fs::rename(&unfinished, &stub).expect("it takes its place");
    }
    stub
});

/// `compose exe` with these words in that folder.
fn exe(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_compose"));
    command.arg("exe").args(words).current_dir(folder).env_clear().env("NO_COLOR", "1");
    command.output().expect("compose starts")
}

/// The same, and it has to succeed.
#[track_caller]
fn done(folder: &Path, words: &[&str]) -> String {
    let output = exe(folder, words);
    let (said, text) = (String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&output.stdout));
    assert!(output.status.success(), "{words:?}: {said}");
    text.into_owned()
}

/// The same, and it has to fail with that status and a message with these words.
#[track_caller]
fn fails(folder: &Path, words: &[&str], status: i32, told: &str) {
    let output = exe(folder, words);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(status), "{words:?}: {said}");
    assert!(said.contains(told), "{words:?}: {said}");
}

/// Makes `app` in the folder of a component there.
#[track_caller]
fn make(folder: &Path, component: &str, words: &[&str]) {
    let stub = STUB.display().to_string();
    let mut all = vec![component, "-o", "app", "--no-cache", "--stub", stub.as_str()];
    all.extend(words);
    done(folder, &all);
}

/// Runs an executable in an empty folder with an empty environment.
fn start(app: &Path, args: &[&str]) -> Output {
    let empty = folder();
    ended(Command::new(app).args(args).current_dir(empty.path()).env_clear())
}

/// Runs a command to its end. What one thread has just written, another may still have open in a child that is about to
/// become something else; the system refuses to run it for that moment.
fn ended(command: &mut Command) -> Output {
    for _ in 0..500 {
        match command.output() {
            Err(error) if error.kind() == ErrorKind::ExecutableFileBusy => {
                std::thread::sleep(Duration::from_millis(10))
            }
            other => return other.expect("it starts"),
        }
    }
    panic!("it is always busy");
}

/// A component by its WAT, as `name.wasm` in the folder.
fn component(folder: &Path, name: &str, wat: &str) {
    let bytes = wat::parse_str(wat).expect("it is a component");
    std::fs::write(folder.join(name), bytes).expect("written");
}

const HELLO: &str = include_str!("hello.wat");

/// A command whose body is this core code, which gives 0 or 1.
fn command(code: &str) -> String {
    format!(
        r#"(component
            (core module $main (memory 1) (func (export "run") (result i32) {code}))
            (core instance $main (instantiate $main))
            (func $run (result (result)) (canon lift (core func $main "run")))
            (instance $exported (export "run" (func $run)))
            (export "wasi:cli/run@0.2.0" (instance $exported)))"#
    )
}

/// A folder with `hello.wasm` and the executable `app` of it.
fn hello() -> tempfile::TempDir {
    let folder = folder();
    component(folder.path(), "hello.wasm", HELLO);
    make(folder.path(), "hello.wasm", &[]);
    folder
}

/// The shop's parts with that root, composed to `shop.wasm` in the folder.
fn shop(folder: &Path, first: &str) {
    let mut build = Command::new(env!("CARGO_BIN_EXE_compose"));
    build.args(["build", "--quiet", "--no-cache", "-o"]).arg(folder.join("shop.wasm"));
    for part in [first, "cart", "inventory", "pricing", "kv", "audit"] {
        build.arg(root().join(format!("fixtures/components/{part}.wasm")));
    }
    assert!(build.status().expect("compose starts").success());
}
