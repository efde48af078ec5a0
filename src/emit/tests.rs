//! Outputs are whole or not there: on a full disk, when killed, over links, beside inputs.

use super::place::{Place, stdout};
use super::unfinished::UNFINISHED;
use super::write::{Protected, Target, begin, discard_unfinished, write};
use crate::diag::{Code, Sink};
use crate::model::request::Written;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

fn target(path: &Path, make_folders: bool) -> Target {
    Target::File { written: Written::new("out.wasm"), path: path.into(), make_folders, option: "--output" }
}

fn judged(path: &Path, make_folders: bool, protected: Protected<'_>) -> Result<Place, String> {
    let mut sink = Sink::default();
    let place = target(path, make_folders).judge(protected, &mut sink);
    let said: Vec<_> = sink.diagnostics().iter().map(|found| found.code.number()).collect();
    place.ok_or(said.join(" "))
}

/// Writes; gives the code and message of what was reported.
fn put<'a>(path: &Path, pieces: impl IntoIterator<Item = &'a [u8]> + Clone) -> Result<(), String> {
    let mut sink = Sink::default();
    let done = write(pieces, &target(path, false), Protected::default(), &mut sink);
    let said: Vec<_> = sink.diagnostics().iter().map(|found| format!("{} {}", found.code, found.message)).collect();
    assert_eq!(done.is_some(), said.is_empty());
    done.ok_or(said.join(" "))
}

/// The same for a file and for pieces that are made only once.
fn put_once<'a>(path: &Path, pieces: impl IntoIterator<Item = &'a [u8]>) -> Result<(), String> {
    let (mut sink, target) = (Sink::default(), target(path, false));
    let done = begin(pieces, &target, Protected::default(), &mut sink).and_then(|begun| begun.finish([], &mut sink));
    let said: Vec<_> = sink.diagnostics().iter().map(|found| format!("{} {}", found.code, found.message)).collect();
    done.ok_or(said.join(" "))
}

fn entries(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut names: Vec<_> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn pieces_become_a_new_file_or_replace_an_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.wasm");
    put(&path, [&b"ab"[..], b"", b"c"]).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"abc");
    put(&path, [&b"x"[..]]).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"x");
    put(&path, []).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"");
    assert_eq!(entries(folder.path()), ["out.wasm"]);
}

#[cfg(unix)]
#[test]
fn outputs_that_are_one_file_by_whatever_way_meet() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| target(&folder.path().join(name), true);
    let link = |to: &str, name: &str| symlink(to, folder.path().join(name)).unwrap();
    fs::create_dir(folder.path().join("there")).unwrap();
    fs::write(folder.path().join("old"), "").unwrap();
    fs::hard_link(folder.path().join("old"), folder.path().join("same")).unwrap();
    link("new", "link");
    link("link", "further");
    link("there", "folder");
    for (one, other) in [
        ("new", "new"),
        ("new", "link"),
        ("new", "further"),
        ("link", "further"),
        ("old", "same"),
        ("there/x", "folder/x"),
        ("there/../new", "further"),
        ("missing/a/x", "missing/b/../a/./x"),
        ("folder/../old", "same"),
    ] {
        assert!(at(one).meets(&at(other)) && at(other).meets(&at(one)), "{one} and {other}");
    }
    for (one, other) in [("new", "old"), ("there/new", "new"), ("missing/x", "x"), ("folder/new", "link")] {
        assert!(!at(one).meets(&at(other)), "{one} and {other}");
    }
    assert!(Target::Stdout.meets(&Target::Stdout) && !Target::Stdout.meets(&at("-")));
}

#[cfg(unix)]
#[test]
fn permissions_are_those_of_a_new_file_or_of_the_one_replaced() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let (usual, path) = (folder.path().join("usual"), folder.path().join("out.wasm"));
    fs::write(&usual, "").unwrap();
    put(&path, [&b"a"[..]]).unwrap();
    assert_eq!(mode(&path), mode(&usual));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    put(&path, [&b"b"[..]]).unwrap();
    assert_eq!(mode(&path), 0o640);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    assert_eq!(judged(&path, false, Protected::default()).unwrap_err(), "C0704");
    assert_eq!(fs::read(&path).unwrap(), b"b");
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let (real, link) = (folder.path().join("real.wasm"), folder.path().join("link.wasm"));
    std::os::unix::fs::symlink("real.wasm", &link).unwrap();
    for content in [&b"new"[..], b"newer"] {
        put(&link, [content]).unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read(&real).unwrap(), content);
    }
}

#[test]
fn a_terminal_is_spared_and_a_pipe_is_not() {
    let mut sink = Sink::default();
    assert_eq!(super::place::stdout(false, &mut sink), Some(Place::Stdout));
    assert_eq!(super::place::stdout(true, &mut sink), None);
    let codes: Vec<_> = sink.diagnostics().iter().map(|told| told.code).collect();
    assert_eq!(codes, [crate::diag::Code::OutputIsTerminal]);
}

#[test]
fn folders_are_made_only_for_the_default_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("target/compose/out.wasm");
    assert_eq!(judged(&path, false, Protected::default()).unwrap_err(), "C0703");
    assert_eq!(entries(folder.path()), Vec::<String>::new());
    judged(&path, true, Protected::default()).unwrap();
    assert!(path.parent().unwrap().is_dir());
    assert_eq!(judged(folder.path(), false, Protected::default()).unwrap_err(), "C0702");
    fs::write(folder.path().join("file"), "").unwrap();
    assert_eq!(judged(&folder.path().join("file/out"), false, Protected::default()).unwrap_err(), "C0703");
}

#[test]
fn what_was_read_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let parts = folder.path().join("parts");
    fs::create_dir(&parts).unwrap();
    let input = parts.join("app.wasm");
    fs::write(&input, "app").unwrap();
    let files = [("app.wasm", input.as_path())];
    let offers = [("parts", parts.as_path())];
    let refused = |path: PathBuf, protected| judged(&path, false, protected).err();
    let by_files = Protected { files: &files, ..Protected::default() };
    assert_eq!(refused(input.clone(), by_files).as_deref(), Some("C0701"));
    assert_eq!(refused(parts.join("../parts/app.wasm"), by_files).as_deref(), Some("C0701"));
    assert_eq!(refused(parts.join("other.wasm"), by_files), None);
    let by_offer = Protected { offers: &offers, ..Protected::default() };
    assert_eq!(refused(parts.join("other.wasm"), by_offer).as_deref(), Some("C0701"));
    assert_eq!(refused(parts.join("other.txt"), by_offer), None);
    assert_eq!(refused(folder.path().join("other.wasm"), by_offer), None);
    let by_wit = Protected { folders: &offers, ..Protected::default() };
    fs::create_dir_all(parts.join("deps/kv")).unwrap();
    fs::create_dir(parts.join("out")).unwrap();
    for name in ["new.wit", "deps/new.wit", "deps/kv.wasm", "deps/kv/new.wit"] {
        assert_eq!(refused(parts.join(name), by_wit).as_deref(), Some("C0701"), "{name}");
    }
    for name in ["report.json", "new.wasm", "out/new.wit", "deps/report.json", "../new.wit"] {
        assert_eq!(refused(parts.join(name), by_wit), None, "{name}");
    }
    #[cfg(unix)]
    {
        let (hard, soft) = (folder.path().join("hard.wasm"), folder.path().join("soft.wasm"));
        fs::hard_link(&input, &hard).unwrap();
        std::os::unix::fs::symlink(&input, &soft).unwrap();
        assert_eq!(refused(hard, by_files).as_deref(), Some("C0701"));
        assert_eq!(refused(soft, by_files).as_deref(), Some("C0701"));
    }
    assert_eq!(fs::read(&input).unwrap(), b"app");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_said_and_stays_a_device() {
    let full = Path::new("/dev/full");
    assert_eq!(judged(full, false, Protected::default()), Ok(Place::Stream(full.into())));
    let said = put(full, [&b"abc"[..]]).unwrap_err();
    assert_eq!(said, "C0704 the output `out.wasm` could not be written: no space left on device");
    assert!(!fs::metadata(full).unwrap().is_file());
    put(Path::new("/dev/null"), [&b"abc"[..]]).unwrap();
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
}

#[test]
fn no_component_goes_to_a_terminal() {
    let mut sink = Sink::default();
    assert_eq!(stdout(false, &mut sink), Some(Place::Stdout));
    assert_eq!(stdout(true, &mut sink), None);
    let codes: Vec<_> = sink.diagnostics().iter().map(|found| found.code).collect();
    assert_eq!(codes, [Code::OutputIsTerminal]);
}

#[test]
fn what_is_begun_and_not_finished_was_never_there() {
    let folder = tempfile::tempdir().unwrap();
    let (new, old) = (folder.path().join("new.wasm"), folder.path().join("old.wasm"));
    fs::write(&old, "old").unwrap();
    let mut sink = Sink::default();
    for path in [&new, &old] {
        let target = target(path, false);
        let begun = begin([&b"bytes"[..]], &target, Protected::default(), &mut sink).expect("there is room");
        assert!(!new.exists());
        drop(begun);
    }
    assert_eq!(fs::read(&old).unwrap(), b"old");
    assert_eq!(entries(folder.path()), ["old.wasm"]);
}

#[test]
fn a_failure_while_the_pieces_are_made_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.wasm");
    fs::write(&path, "old").unwrap();
    let pieces = (0..3).map(|index| if index < 2 { &b"new"[..] } else { panic!("a piece that cannot be made") });
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| put_once(&path, pieces)));
    assert!(outcome.is_err());
    assert_eq!(fs::read(&path).unwrap(), b"old");
    assert_eq!(entries(folder.path()), ["out.wasm"]);
}

#[test]
fn a_handler_can_remove_what_is_unfinished() {
    // What a process has not finished is given up as a whole: not while other tests write.
    const ALONE: &str = "COMPOSE_TEST_ALONE";
    if std::env::var_os(ALONE).is_none() {
        let program = std::env::current_exe().expect("the tests are a program");
        let test = "emit::tests::a_handler_can_remove_what_is_unfinished";
        let ran = Command::new(program).args(["--exact", test]).env(ALONE, "").output().expect("it starts");
        let said = String::from_utf8_lossy(&ran.stdout);
        assert!(ran.status.success() && said.contains("1 passed"), "{said}");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.wasm");
    let mut during = Vec::new();
    let pieces = std::iter::once_with(|| {
        during = entries(folder.path());
        discard_unfinished();
        &b"late"[..]
    });
    let said = put_once(&path, pieces).unwrap_err();
    assert!(said.starts_with("C0704"), "{said}");
    let is_unfinished = |name: &String| name.starts_with(UNFINISHED.0) && name.ends_with(UNFINISHED.1);
    assert!(during.len() <= 1 && during.iter().all(is_unfinished), "{during:?}");
    assert_eq!(entries(folder.path()), Vec::<String>::new());
}

/// The variable that makes a test of this file write instead of test: it starts itself, to be limited or killed.
const WRITER: &str = "COMPOSE_TEST_OUTPUT";

/// This very program, running one test of this file that writes to the path.
fn writer(test: &str, path: &Path) -> Command {
    let program = std::env::current_exe().expect("the tests are a program");
    let mut command = Command::new("sh");
    command
        .args(["-c", "trap '' XFSZ; ulimit -f ${LIMIT:-unlimited} && exec \"$0\" \"$@\""])
        .arg(program)
        .args(["--exact", &format!("emit::tests::{test}"), "--nocapture"])
        .env(WRITER, path)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// Writes 8 MB of one letter, once or for ever, if this process was started to do that.
fn be_the_writer(for_ever: bool) -> bool {
    let Some(path) = std::env::var_os(WRITER) else { return false };
    let new = vec![b'b'; 1 << 20];
    loop {
        if let Err(said) = put(Path::new(&path), std::iter::repeat_n(new.as_slice(), 8)) {
            let code = Code::OutputNotWritten;
            assert_eq!(said, format!("{code} the output `out.wasm` could not be written: file too large"));
            std::process::exit(77);
        }
        if !for_ever {
            return true;
        }
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_loses_neither_the_old_output_nor_leaves_a_new_one() {
    if be_the_writer(false) {
        return;
    }
    let test = "a_full_disk_loses_neither_the_old_output_nor_leaves_a_new_one";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.wasm");
    let limited = || writer(test, &path).env("LIMIT", "2048").status().unwrap().code();
    assert_eq!(limited(), Some(77), "the limit stops the writer");
    assert_eq!(entries(folder.path()), Vec::<String>::new());
    fs::write(&path, "old").unwrap();
    assert_eq!(limited(), Some(77), "the limit stops the writer");
    assert_eq!(fs::read(&path).unwrap(), b"old");
    assert_eq!(entries(folder.path()), ["out.wasm"]);
    assert_eq!(writer(test, &path).status().unwrap().code(), Some(0), "without a limit it writes");
    assert_eq!(fs::metadata(&path).unwrap().len(), 8 << 20);
}

#[cfg(unix)]
#[test]
fn a_writer_that_is_killed_leaves_a_whole_output() {
    if be_the_writer(true) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.wasm");
    fs::write(&path, vec![b'a'; 8 << 20]).unwrap();
    let mut replaced = 0;
    for round in 0..12 {
        let mut child = writer("a_writer_that_is_killed_leaves_a_whole_output", &path).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(20 + 7 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        let bytes = fs::read(&path).unwrap();
        assert_eq!(bytes.len(), 8 << 20, "round {round}");
        assert!(bytes.iter().all(|byte| *byte == bytes[0]), "round {round}: a mixture");
        replaced += usize::from(bytes[0] == b'b');
        for left in entries(folder.path()) {
            let known = left == "out.wasm" || left.starts_with(UNFINISHED.0) && left.ends_with(UNFINISHED.1);
            assert!(known, "{left} was left");
        }
    }
    assert!(replaced > 0, "no round lived long enough to write");
}
