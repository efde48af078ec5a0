//! `compose build` that is killed, told to end, or given no room: the output is the old file or the new one, whole, and
//! whoever could be told leaves nothing else behind.

use crate::support::{dummy, files_below};
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// How much ballast makes writing long enough to be hit.
const BALLAST: usize = 8 << 20;

/// The signals of a round, in turn. All but the first can be caught.
const SIGNALS: [Signal; 6] = [Signal::KILL, Signal::TERM, Signal::INT, Signal::HUP, Signal::QUIT, Signal::KILL];

/// At most so many processes are killed, in at most so much time: what matters is that many moments are hit over many runs.
const ROUNDS: usize = 48;
const LIMIT: Duration = Duration::from_secs(12);

/// A component and ballast in a custom section of it.
fn component(ballast: usize) -> Vec<u8> {
    let mut bytes = dummy::component("package t:app; world w { export run: func(); }").expect("a component");
    let name = b"\x07ballast";
    bytes.push(0);
    wasm_encoder::Encode::encode(&(name.len() + ballast), &mut bytes);
    bytes.extend(name);
    bytes.resize(bytes.len() + ballast, b'b');
    bytes
}

/// `compose build app.wasm -o dist/out.wasm` in the folder, below a limit on the size of files in KiB.
fn build(folder: &Path, limit: Option<u32>) -> Child {
    // The shell becomes `compose`, so the process that is killed is the one that writes.
    let limit = limit.map_or(String::new(), |limit| format!("ulimit -f {}; ", limit * 2));
    Command::new("sh")
        .args(["-c", &format!("ulimit -c 0; {limit}exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_compose")])
        .args(["build", "app.wasm", "-o", "dist/out.wasm", "--message-format", "short"])
        .current_dir(folder)
        .env_clear()
        .stdout(Stdio::null())
        .stderr(Stdio::from(fs::File::create(folder.join("said")).expect("a file")))
        .spawn()
        .expect("compose starts")
}

fn status(mut child: Child) -> ExitStatus {
    child.wait().expect("a child of ours")
}

/// The output and everything else in its folder.
fn left(folder: &Path) -> (Option<Vec<u8>>, Vec<String>) {
    let mut others = files_below(&folder.join("dist"));
    others.retain(|file| file != "out.wasm");
    (fs::read(folder.join("dist/out.wasm")).ok(), others)
}

fn folder(bytes: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("dist")).expect("a folder");
    fs::write(folder.path().join("app.wasm"), bytes).expect("a file");
    folder
}

#[test]
fn a_killed_build_leaves_the_old_output_or_the_new_one() {
    let (old, folder) = (b"the older output".to_vec(), folder(&component(BALLAST)));
    let (folder, output) = (folder.path(), folder.path().join("dist/out.wasm"));
    let started = Instant::now();
    assert!(status(build(folder, None)).success());
    // About how long a run takes; what it is now depends on who else is at work, so it is followed as it changes.
    let mut whole = started.elapsed();
    let new = fs::read(&output).expect("it was built");
    assert!(new.len() > BALLAST);

    let (mut killed, mut finished, mut nameless, mut named) = (0, 0, 0, 0);
    for round in 0..ROUNDS {
        if started.elapsed() > LIMIT {
            break;
        }
        let signal = SIGNALS[round % SIGNALS.len()];
        // Every other output is a new one.
        let before = (round / SIGNALS.len()).is_multiple_of(2).then(|| old.clone());
        match &before {
            Some(old) => fs::write(&output, old).expect("a file"),
            None => drop(fs::remove_file(&output)),
        }
        let child = build(folder, None);
        // Moments over the whole run, more of them towards its end, where the writing is.
        let part = 100 - (round * 37 % 100) * (round * 61 % 100) / 100;
        std::thread::sleep(whole.mul_f64(part as f64 / 100.0));
        let pid = Pid::from_child(&child);
        // It may have ended by itself; as long as nobody waited for it, its number is nobody else's.
        kill_process(pid, signal).expect("a child that was not waited for");
        let status = status(child);
        let (after, others) = left(folder);
        let told = format!("round {round}, {signal:?} after {part}%: {status}");
        match status.signal() {
            Some(number) => {
                assert_eq!(number, signal.as_raw(), "{told}");
                killed += 1;
                whole = whole.mul_f64(1.05);
            }
            None => {
                assert!(status.success(), "{told}");
                assert!(after.as_ref() == Some(&new), "{told}: it ended well and the output is not the new one");
                finished += 1;
                whole = whole.mul_f64(0.9);
            }
        }
        assert!(after == before || after.as_ref() == Some(&new), "{told}: neither the old output nor the new one");
        match (signal, others.as_slice()) {
            (_, []) => nameless += 1,
            (Signal::KILL, [only]) if only.starts_with(".compose-") && only.ends_with(".tmp") => {
                named += 1;
                fs::remove_file(folder.join("dist").join(only)).expect("a file");
            }
            _ => panic!("{told}: left {others:?}"),
        }
    }
    println!("{killed} killed, {finished} ended before; {nameless} left nothing, {named} of SIGKILL a file");
    assert!(killed > 0 && killed * 4 >= finished, "too few were hit: {killed} of {}", killed + finished);
}

#[test]
fn a_limit_on_the_size_of_files_is_told() {
    let folder = folder(&component(1 << 20));
    let folder = folder.path();
    for old in [None, Some(b"old".to_vec())] {
        if let Some(old) = &old {
            fs::write(folder.join("dist/out.wasm"), old).expect("a file");
        }
        assert_eq!(status(build(folder, Some(256))).code(), Some(3));
        let said = fs::read_to_string(folder.join("said")).expect("what was said");
        assert!(
            said.contains("error[C0704]: the output `dist/out.wasm` could not be written: file too large"),
            "{said}"
        );
        assert_eq!(left(folder), (old, Vec::new()));
    }
    assert!(status(build(folder, Some(2048))).success(), "with room it is written");
}

#[test]
fn a_folder_that_takes_no_files_is_told() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder(&component(0));
    let dist = folder.path().join("dist");
    let permit = |mode| fs::set_permissions(&dist, fs::Permissions::from_mode(mode)).expect("our own folder");
    permit(0o555);
    // Some users may write anywhere; for them the build succeeds as any write does.
    let writable = fs::write(dist.join("probe"), "").and_then(|()| fs::remove_file(dist.join("probe"))).is_ok();
    let status = status(build(folder.path(), None));
    permit(0o755);
    let said = fs::read_to_string(folder.path().join("said")).expect("what was said");
    match writable {
        true => assert!(status.success(), "{said}"),
        false => {
            assert_eq!(status.code(), Some(3));
            assert!(said.contains("error[C0704]"), "{said}");
            assert_eq!(left(folder.path()), (None, Vec::new()));
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_folder_that_nobody_can_write_to_is_told() {
    let folder = folder(&component(0));
    // Nobody makes files there, whoever runs this.
    fs::remove_dir(folder.path().join("dist")).expect("an empty folder");
    std::os::unix::fs::symlink("/proc/self", folder.path().join("dist")).expect("a link");
    assert_eq!(status(build(folder.path(), None)).code(), Some(3));
    let said = fs::read_to_string(folder.path().join("said")).expect("what was said");
    assert!(said.contains("error[C0704]: the output `dist/out.wasm` could not be written"), "{said}");
}

#[test]
fn what_is_to_be_ignored_stays_ignored() {
    let folder = folder(&component(BALLAST / 4));
    let child = Command::new("sh")
        .args(["-c", "trap '' HUP; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_compose")])
        .args(["build", "app.wasm", "-o", "dist/out.wasm", "--quiet"])
        .current_dir(folder.path())
        .env_clear()
        .spawn()
        .expect("compose starts");
    let pid = Pid::from_child(&child);
    for _ in 0..20 {
        std::thread::sleep(Duration::from_millis(5));
        kill_process(pid, Signal::HUP).expect("a child that was not waited for");
    }
    let status = status(child);
    // Where the system does not tell what is ignored, the signal is obeyed, and leaves nothing.
    let (after, others) = left(folder.path());
    assert_eq!(others, Vec::<String>::new());
    assert_eq!(after.is_some(), status.success(), "{status}");
    assert!(status.success() || !cfg!(target_os = "linux"), "{status}");
}
