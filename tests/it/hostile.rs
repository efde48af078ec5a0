//! What somebody else put into the folders that a run writes to and reads from: links between outputs, links to the
//! manifest. Cases of `tests/ui/` have files only.

use crate::support::dummy;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

const APP: &str = "package t:app; world w { export run: func(); }";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("app.wasm"), dummy::component(APP).expect("a component")).expect("a file");
    folder
}

/// The exit status, and what was said.
fn compose(folder: &Path, args: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_compose"));
    let out = command.args(args).current_dir(folder).env_clear().output().expect("compose starts");
    (out.status.code(), String::from_utf8(out.stderr).expect("text"))
}

#[test]
fn outputs_that_are_one_file_through_a_link_are_refused() {
    for kind in ["plan", "wit", "wat", "deps"] {
        for (component, other) in [("link", "out"), ("out", "link"), ("out", "further"), ("old", "twin")] {
            let folder = folder();
            let folder = folder.path();
            symlink("out", folder.join("link")).expect("a link");
            symlink("link", folder.join("further")).expect("a link");
            fs::write(folder.join("old"), "as it was").expect("a file");
            fs::hard_link(folder.join("old"), folder.join("twin")).expect("a link");
            let emit = format!("{kind}={other}");
            let (status, said) = compose(folder, &["build", "app.wasm", "-o", component, "--emit", &emit]);
            assert_eq!(status, Some(2), "{said}");
            assert!(said.contains("two outputs would go to one file"), "{said}");
            assert!(!folder.join("out").exists(), "nothing is written");
            assert_eq!(fs::read(folder.join("old")).expect("it is there"), b"as it was");
        }
    }
    let (folder, both) = (folder(), ["--emit", "plan=link", "--emit", "wit=x"]);
    symlink("x", folder.path().join("link")).expect("a link");
    let (status, _) = compose(folder.path(), &[&["build", "app.wasm", "-o", "out"], &both[..]].concat());
    assert_eq!(status, Some(2));
}

#[test]
fn pipes_where_nobody_named_any_are_not_waited_for() {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    let folder = folder();
    let folder = folder.path();
    let pipe =
        |name: &str| mknodat(CWD, folder.join(name), FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("a pipe");
    fs::create_dir_all(folder.join("target/compose")).expect("a folder");
    pipe("target/compose/app.wasm");
    let (status, said) = compose(folder, &["build", "app.wasm", "--message-format", "short"]);
    assert!(status == Some(3) && said.contains("error[C0702]"), "{said}");
    fs::create_dir(folder.join("off")).expect("a folder");
    pipe("off/kv.wasm");
    let (status, said) = compose(folder, &["check", "app.wasm", "--offer", "off", "--message-format", "short"]);
    assert!(status != Some(0) && said.contains("error[C0203]"), "{said}");
}

#[test]
fn no_output_replaces_the_manifest_or_an_input_through_a_link() {
    const MANIFEST: &str = "[composition]\nroot = \"app\"\n[components]\napp = \"app.wasm\"\n";
    for read in ["compose.toml", "app.wasm"] {
        let folder = folder();
        let folder = folder.path();
        fs::write(folder.join("compose.toml"), MANIFEST).expect("a file");
        let before = fs::read(folder.join(read)).expect("it is there");
        symlink(read, folder.join("link")).expect("a link");
        fs::hard_link(folder.join(read), folder.join("twin")).expect("a link");
        for output in ["link", "twin"] {
            for words in [vec!["-o", output], vec!["-o", "out", "--emit", &format!("wat={output}")]] {
                let (status, said) = compose(folder, &[&["build", "--message-format", "short"], &words[..]].concat());
                assert_eq!(status, Some(3), "{said}");
                assert!(said.contains("error[C0701]"), "{said}");
                assert_eq!(fs::read(folder.join(read)).expect("it is there"), before);
            }
        }
    }
}

#[test]
fn what_cannot_take_an_output_replaces_no_other() {
    let folder = folder();
    for plan in ["plan=none/", "plan=none/.", "plan=/dev/full"] {
        fs::write(folder.path().join("old"), "old").expect("the folder takes files");
        let (status, said) = compose(folder.path(), &["build", "app.wasm", "-o", "old", "--emit", plan]);
        assert_eq!(status, Some(3), "{plan}: {said}");
        assert_eq!(fs::read(folder.path().join("old")).expect("it is there"), b"old", "{plan}: {said}");
    }
}
