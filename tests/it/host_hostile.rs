//! Guests that mean ill, in bounded time: each ends by the limit that it meets, which is named, and never takes `compose`
//! with it.

use crate::support::{root, run};
use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for guest in ["probe.wasm", "probe-async.wasm"] {
        fs::copy(root().join("fixtures/components").join(guest), folder.path().join(guest)).expect("a copy");
    }
    folder
});

const SHUT: &str = "--shut=dir,net,http,config,keyvalue";

fn compose(folder: &Path, args: &[&str]) -> run::Ran {
    let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
    let cache = FOLDER.path().join("cache").display().to_string();
    run::compose(folder, &args, None, &BTreeMap::from([("COMPOSE_CACHE".to_owned(), cache)])).expect("a run")
}

fn probe(limit: &str, words: &[&str]) -> run::Ran {
    guest("probe.wasm", limit, words)
}

/// The same of WASI 0.3.
fn probe_async(limit: &str, words: &[&str]) -> run::Ran {
    guest("probe-async.wasm", limit, words)
}

fn guest(file: &str, limit: &str, words: &[&str]) -> run::Ran {
    let args: Vec<&str> =
        ["run", file, SHUT, "--limit", limit, "--"].into_iter().chain(words.iter().copied()).collect();
    compose(FOLDER.path(), &args)
}

#[track_caller]
fn reaches(ran: &run::Ran, code: &str, limit: &str) {
    assert_eq!(ran.exit, 3, "{}", ran.stderr);
    assert!(ran.stderr.contains(&format!("error[{code}]")), "{}", ran.stderr);
    assert!(ran.stderr.contains(&format!("its limit of {limit}")), "{}", ran.stderr);
    assert!(ran.stderr.contains(&format!("--limit {limit}=none")), "{}", ran.stderr);
}

/// A command whose `run` has this body, beside these fields of its core module.
fn command(fields: &str, body: &str) -> Vec<u8> {
    wat::parse_str(format!(
        r#"(component
            (core module $m {fields} (func (export "run") (result i32) {body} (i32.const 0)))
            (core instance $i (instantiate $m))
            (func $run (result (result)) (canon lift (core func $i "run")))
            (instance $cli (export "run" (func $run)))
            (export "wasi:cli/run@0.2.6" (instance $cli)))"#
    ))
    .expect("it is a component")
}

fn run_bytes(bytes: &[u8], flags: &[&str]) -> run::Ran {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("app.wasm"), bytes).expect("a file");
    let args: Vec<&str> = ["run", "app.wasm", "--no-cache"].into_iter().chain(flags.iter().copied()).collect();
    compose(folder.path(), &args)
}

#[test]
fn loops_without_end() {
    reaches(&probe("time=300ms", &["spin"]), "C0807", "time");
    reaches(&run_bytes(&command("", "(loop $l (br $l))"), &["--limit", "time=200ms"]), "C0807", "time");
    reaches(&run_bytes(&command("", "(loop $l (br $l))"), &["--limit", "fuel=100000"]), "C0807", "fuel");
    reaches(&probe("time=300ms", &["sleep", "600000"]), "C0807", "time");
}

/// Asks whether a moment has come until it has.
const IMPATIENT: &str = r#"(component
    (import "wasi:io/poll@0.2.6" (instance $poll
        (export "pollable" (type $p (sub resource)))
        (export "[method]pollable.ready" (func (param "self" (borrow $p)) (result bool)))))
    (alias export $poll "pollable" (type $pollable))
    (import "wasi:clocks/monotonic-clock@0.2.6" (instance $clock
        (alias outer 1 $pollable (type $outer))
        (export "pollable" (type $p (eq $outer)))
        (export "subscribe-duration" (func (param "when" u64) (result (own $p))))))
    (core func $begin (canon lower (func $clock "subscribe-duration")))
    (core func $ready (canon lower (func $poll "[method]pollable.ready")))
    (core module $m
        (import "" "begin" (func $begin (param i64) (result i32)))
        (import "" "ready" (func $ready (param i32) (result i32)))
        (func (export "run") (result i32) (local $moment i32)
            (local.set $moment (call $begin (i64.const 50_000_000)))
            (loop $again (br_if $again (i32.eqz (call $ready (local.get $moment)))))
            (i32.const 0)))
    (core instance $i (instantiate $m (with "" (instance (export "begin" (func $begin)) (export "ready" (func $ready))))))
    (func $run (result (result)) (canon lift (core func $i "run")))
    (instance $cli (export "run" (func $run)))
    (export "wasi:cli/run@0.2.6" (instance $cli)))"#;

#[test]
fn who_asks_again_and_again_is_answered_in_the_end() {
    // Were it not, the fuel would come to an end, and not the test.
    let ran = run_bytes(&wat::parse_str(IMPATIENT).expect("a component"), &["--limit", "fuel=300_000_000"]);
    assert_eq!(ran.exit, 0, "{}", ran.stderr);
}

#[test]
fn async_guests_that_do_not_end() {
    reaches(&probe_async("time=300ms", &["spin"]), "C0807", "time");
    reaches(&probe_async("time=300ms", &["sleep", "600000"]), "C0807", "time");
    reaches(&probe_async("fuel=5000000", &["spin"]), "C0807", "fuel");
    reaches(&probe_async("memory=32MiB", &["grow"]), "C0806", "memory");
    reaches(&probe_async("output=10KiB", &["spew"]), "C0807", "output");
    // Nothing that it waits for can come: that needs no limit.
    let stuck = probe_async("time=60s", &["stuck"]);
    assert_eq!(stuck.exit, 3);
    assert!(stuck.stderr.contains("trapped: deadlock: what it waits for can never come"), "{}", stuck.stderr);
    // 0.3 can say any status.
    assert_eq!(probe_async("time=60s", &["exit", "7"]).exit, 7);
}

#[test]
fn streams_without_end() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::copy(root().join("fixtures/components/streams.wasm"), folder.path().join("app.wasm")).expect("a copy");
    let calls = |limit: &[&str], call: &str| {
        let args: Vec<&str> = ["run", "app.wasm", "--invoke", call].into_iter().chain(limit.iter().copied()).collect();
        compose(folder.path(), &args)
    };
    reaches(&calls(&["--limit", "output=10KiB"], "endless()"), "C0807", "output");
    // Each byte counts for one.
    assert_eq!(calls(&["--limit", "output=300"], "count(300)").exit, 0);
    reaches(&calls(&["--limit", "output=299"], "count(300)"), "C0807", "output");
    assert_eq!(calls(&["--limit", "output=7"], "words(\"as it is\")").exit, 0);
    let flood = calls(&[], "endless()");
    assert_eq!(flood.exit, 3);
    assert!(flood.stderr.contains("more than the 4000000 elements that are kept of streams"), "{}", flood.stderr);
    let broken = calls(&[], "broken()");
    assert!(broken.stderr.starts_with("error[C0806]: `app.wasm` trapped"), "{}", broken.stderr);
}

#[test]
fn a_start_function_that_loops_or_traps() {
    let start = |body: &str| command(&format!("(func $s {body}) (start $s)"), "");
    reaches(&run_bytes(&start("(loop $l (br $l))"), &["--limit", "time=200ms"]), "C0807", "time");
    let trapped = run_bytes(&start("unreachable"), &[]);
    assert_eq!(trapped.exit, 3);
    assert!(trapped.stderr.starts_with("error[C0806]: `app.wasm` trapped"), "{}", trapped.stderr);
}

#[test]
fn memory_without_end() {
    reaches(&probe("memory=32MiB", &["grow"]), "C0806", "memory");
    let at_once = command("(memory 65536)", "");
    reaches(&run_bytes(&at_once, &["--limit", "memory=1MiB"]), "C0806", "memory");
    // One that is told no and goes on is not ended.
    let polite = command("(memory 1)", "(drop (memory.grow (i32.const 60000)))");
    assert_eq!(run_bytes(&polite, &["--limit", "memory=1MiB"]).exit, 0);
}

#[test]
fn tables_without_end() {
    let grows = command(
        "(table 1 funcref)",
        "(if (i32.eq (table.grow (ref.null func) (i32.const 5000)) (i32.const -1)) (then unreachable))",
    );
    reaches(&run_bytes(&grows, &["--limit", "table=1000"]), "C0806", "table");
    assert_eq!(run_bytes(&grows, &[]).exit, 0);
}

#[test]
fn recursion_without_end() {
    let ran = probe("time=60s", &["recurse"]);
    assert_eq!(ran.exit, 3);
    assert!(ran.stderr.contains("its limit of stack"), "{}", ran.stderr);
    assert!(ran.stderr.lines().count() < 40, "{}", ran.stderr);
}

#[test]
fn handles_without_end() {
    reaches(&probe("handles=1000", &["handles", "10000"]), "C0806", "handles");
    assert_eq!(probe("handles=50000", &["handles", "10000"]).stdout, "10000\n");
    // Of a resource of its own, that the host never sees.
    let own = wat::parse_str(
        r#"(component
            (type $r (resource (rep i32)))
            (core func $new (canon resource.new $r))
            (core module $m
                (import "" "new" (func $new (param i32) (result i32)))
                (func (export "run") (result i32) (loop $l (drop (call $new (i32.const 1))) (br $l)) (i32.const 0)))
            (core instance $i (instantiate $m (with "" (instance (export "new" (func $new))))))
            (func $run (result (result)) (canon lift (core func $i "run")))
            (instance $cli (export "run" (func $run)))
            (export "wasi:cli/run@0.2.6" (instance $cli)))"#,
    )
    .expect("it is a component");
    reaches(&run_bytes(&own, &["--limit", "handles=500"]), "C0806", "handles");
}

#[test]
fn gigabytes_of_output() {
    let ran = probe("output=6400", &["spew"]);
    reaches(&ran, "C0807", "output");
    assert_eq!(ran.stdout.len(), 6400);
}

#[test]
fn many_instances() {
    let made: String = (0..2000).map(|_| "(instance (instantiate $c))").collect();
    let many = format!(
        r#"(component
            (component $c (core module $m (memory 1)) (core instance (instantiate $m)))
            {made}
            (core module $m (func (export "run") (result i32) (i32.const 0)))
            (core instance $i (instantiate $m))
            (func $run (result (result)) (canon lift (core func $i "run")))
            (instance $cli (export "run" (func $run)))
            (export "wasi:cli/run@0.2.6" (instance $cli)))"#
    );
    // Wasmtime takes only so many instances in one component; whatever is in the way is told, and nobody crashes.
    let ran = run_bytes(&wat::parse_str(many).expect("it is a component"), &["--limit", "memory=16MiB"]);
    assert_eq!(ran.exit, 3, "{}", ran.stderr);
    assert!(ran.stderr.starts_with("error[C0"), "{}", ran.stderr);
}

#[test]
fn a_trap_in_a_callback() {
    let bytes = wat::parse_str(
        r#"(component
            (core module $m
                (func (export "run") (result i32) (i32.const 1))
                (func (export "back") (param i32 i32 i32) (result i32) unreachable))
            (core instance $i (instantiate $m))
            (func $run async (result (result))
                (canon lift (core func $i "run") async (callback (core func $i "back"))))
            (instance $cli (export "run" (func $run)))
            (export "wasi:cli/run@0.3.0" (instance $cli)))"#,
    )
    .expect("it is a component");
    let ran = run_bytes(&bytes, &["--limit", "time=20s"]);
    assert_eq!(ran.exit, 3, "{}", ran.stderr);
    assert!(ran.stderr.starts_with("error[C0806]: `app.wasm` trapped in `back`"), "{}", ran.stderr);
}

#[test]
fn a_reader_that_goes_away_ends_it_in_silence() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_compose"))
        .args(["run", "probe.wasm", SHUT, "--", "spew"])
        .current_dir(FOLDER.path())
        .env_clear()
        .env("COMPOSE_CACHE", FOLDER.path().join("cache"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("compose starts");
    let mut head = [0; 128];
    child.stdout.take().expect("a pipe").read_exact(&mut head).expect("it prints");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[cfg(unix)]
#[test]
fn signals_end_a_guest_that_loops_or_waits() {
    use rustix::process::{Pid, Signal, kill_process};
    use std::os::unix::process::ExitStatusExt as _;
    for (signal, words) in
        [(Signal::INT, ["spin"].as_slice()), (Signal::TERM, &["sleep", "600000"]), (Signal::INT, &["stdin"])]
    {
        // What it says first is that it runs.
        let mut child = Command::new(env!("CARGO_BIN_EXE_compose"))
            .args(["run", "probe.wasm", SHUT, "--stdin", "--"])
            .args(words)
            .current_dir(FOLDER.path())
            .env_clear()
            .env("COMPOSE_CACHE", FOLDER.path().join("cache"))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("compose starts");
        std::thread::sleep(Duration::from_millis(1500));
        assert!(child.try_wait().expect("a child of ours").is_none(), "{words:?} waits");
        let id = Pid::from_child(&child);
        kill_process(id, signal).expect("it is there");
        let started = Instant::now();
        let status = loop {
            match child.try_wait().expect("a child of ours") {
                Some(status) => break status,
                None if started.elapsed() > Duration::from_secs(20) => {
                    child.kill().expect("it is there");
                    panic!("{words:?} goes on after {signal:?}");
                }
                None => std::thread::sleep(Duration::from_millis(5)),
            }
        };
        assert_eq!(status.signal(), Some(signal.as_raw()), "{words:?}");
    }
}
