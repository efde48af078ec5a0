//! What is no executable of ours, was cut, or is of another engine; and stubs that are none.

use super::{HELLO, STUB, component, ended, exe, fails, folder, hello, make, start};
use compose_engine::sealed::Sealed;
use compose_engine::sealed::payload::{self, Part, Payload};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

#[test]
fn a_cut_executable_says_so() {
    let folder = hello();
    let bytes = std::fs::read(folder.path().join("app")).expect("it is there");
    let cut = folder.path().join("cut");
    std::fs::copy(folder.path().join("app"), &cut).expect("a copy");
    let begins = |at: &usize| bytes[*at..].starts_with(payload::MAGIC);
    let at = (0..bytes.len()).step_by(payload::ALIGN).find(begins).expect("it has a payload");
    // A page of the image is gone; all but the first page is; all of it is.
    for length in [bytes.len() - 8192, at + 5000, at + 100, at] {
        std::fs::write(&cut, &bytes[..length]).expect("written");
        let output = start(&cut, &[]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{length} of {}: {said}", bytes.len());
        assert!(said.starts_with("error[C0821]: this executable is damaged\n"), "{said}");
        fails(folder.path(), &["verify", "cut"], 1, "error[C0821]");
    }
}

#[test]
fn an_executable_that_lost_its_section_says_so() {
    let folder = hello();
    let (app, without) = (folder.path().join("app"), folder.path().join("without"));
    let bytes = without_section(&std::fs::read(&app).expect("it is there"), ".compose");
    std::fs::write(&without, bytes).expect("written");
    std::fs::set_permissions(&without, std::fs::Permissions::from_mode(0o755)).expect("it is ours");
    let output = start(&without, &[]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.starts_with("error[C0821]: this executable is damaged\n"), "{said}");
    fails(folder.path(), &["verify", "without"], 1, "error[C0821]");
}

/// An executable without one of its sections, as tools remove them: what was in it is empty, and the table has it no more.
fn without_section(bytes: &[u8], name: &str) -> Vec<u8> {
    let number = |at: usize, length: usize| {
        let digits = bytes[at..at + length].iter().rev();
        digits.fold(0_usize, |number, digit| number << 8 | usize::from(*digit))
    };
    let (table, size, count, names) = (number(40, 8), number(58, 2), number(60, 2), number(62, 2));
    let header = |nth: usize| table + nth * size;
    let names_at = number(header(names) + 24, 8);
    let is_called = |nth: &usize| {
        let at = names_at + number(header(*nth), 4);
        bytes[at..].starts_with(name.as_bytes()) && bytes[at + name.len()] == 0
    };
    let section = (0..count).find(is_called).expect("it has such a section");
    assert_ne!(section, names);
    let (offset, length) = (number(header(section) + 24, 8), number(header(section) + 32, 8));
    let mut without = bytes.to_vec();
    without[offset..offset + length].fill(0);
    without.copy_within(header(section + 1)..header(count), header(section));
    without[header(count - 1)..header(count)].fill(0);
    let names = if names > section { names - 1 } else { names };
    without[60..62].copy_from_slice(&u16::try_from(count - 1).expect("fewer").to_le_bytes());
    without[62..64].copy_from_slice(&u16::try_from(names).expect("few").to_le_bytes());
    without
}

#[test]
fn an_image_for_another_engine_is_refused() {
    let folder = hello();
    let app = folder.path().join("app");
    let bytes = std::fs::read(&app).expect("it is there");
    let begins = |at: &usize| bytes[*at..].starts_with(payload::MAGIC);
    let at = (0..bytes.len()).step_by(payload::ALIGN).find(begins).expect("it has a payload");
    let old = Payload::read(&bytes[at..]).expect("as it was made");
    let (sealed, _) = old.part(Part::Sealed).expect("as it was made");
    let mut sealed: Sealed = serde_json::from_slice(sealed).expect("as it was made");
    let length = old.length();
    let forged = |sealed: &Sealed, image: &[u8], told: &str| {
        let old = Payload::read(&bytes[at..]).expect("as it was");
        let component = old.part(Part::Component).expect("as it was");
        let json = serde_json::to_vec(sealed).expect("it has a form");
        let new = payload::write(&json, component, image);
        assert_eq!(new.len(), length, "it must lie where it lay");
        let mut all = bytes.clone();
        all[at..at + length].copy_from_slice(&new);
        let path = folder.path().join("forged");
        std::fs::write(&path, all).expect("written");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("it is ours");
        let output = start(&path, &[]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(3) && said.contains(told), "{said}");
    };
    let image = old.part(Part::Image).expect("as it was made").0.to_vec();
    // One that says what it is for, and one that does not.
    let right = sealed.stamp.clone();
    sealed.stamp = right.replace("wasmtime 48", "wasmtime 47");
    forged(&sealed, &image, "error[C0824]: what is sealed in here is for another engine");
    sealed.stamp = right;
    let find = |what: &[u8]| image.windows(what.len()).position(|window| window == what);
    let mut other = image.clone();
    let stamp = find(sealed.stamp.as_bytes()).expect("an image has its stamp");
    other[stamp] = b'C';
    forged(&sealed, &other, "error[C0805]");
    // Of another processor.
    let mut other = image.clone();
    let processor = find(std::env::consts::ARCH.as_bytes()).expect("an image says what it is for");
    other[processor] = b'?';
    forged(&sealed, &other, "error[C0805]");
}

#[test]
fn stubs_that_do_not_fit_are_refused() {
    let folder = hello();
    let stub =
        |name: &str| ["hello.wasm", "-o", "other", "--stub"].into_iter().chain([name]).map(str::to_owned).collect();
    let refused = |name: &str, told: &str| {
        let words: Vec<String> = stub(name);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        fails(folder.path(), &words, 3, told);
        assert!(!folder.path().join("other").exists());
    };
    refused("nowhere", "error[C0823]: the stub `nowhere` cannot be read");
    refused("/dev/null", "error[C0823]: the stub `/dev/null` cannot be read: it is a device, not a file");
    refused(".", "error[C0823]: the stub `.` cannot be read: it is a folder, not a file");
    let pipe = folder.path().join("pipe");
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, rustix::fs::Mode::RUSR, 0).expect("a pipe");
    refused("pipe", "error[C0823]: the stub `pipe` cannot be read: it is a pipe, not a file");
    refused("hello.wasm", "error[C0824]: `hello.wasm` is no stub");
    refused("app", "error[C0824]: there is a component in `app` already");
    let bytes = std::fs::read(&*STUB).expect("it is there");
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("written");
    write("older", &changed(&bytes, b"\"stamp\":\"compose ", b"\"stamp\":\"Compose "));
    refused("older", "error[C0824]: the stub `older` is of another release");
    write("elsewhere", &changed(&bytes, b"\"triple\":\"", b"\"triple\":\"\\"));
    refused("elsewhere", "error[C0824]");
    write("unable", &changed(&bytes, b"[\"command\",", b"[\"Command\","));
    refused("unable", "error[C0824]: the stub `unable` cannot do what the component needs: `command`");
    // The text of a note in a file of another system.
    let (_, note) = component_compose::host::exe::note(&bytes).expect("it is a stub");
    let mut windows = b"MZ-------".to_vec();
    windows.extend(&bytes[note..note + 400]);
    write("windows", &windows);
    refused("windows", "error[C0824]: nothing can be sealed into `windows`");
    let target = ["hello.wasm", "-o", "other", "--target", "aarch64-unknown-linux-gnu"];
    fails(folder.path(), &target, 3, "error[C0823]: there is no stub for `aarch64-unknown-linux-gnu`");
    let named: Vec<&str> = target.iter().copied().chain(["--stub", "app"]).collect();
    fails(folder.path(), &named, 3, "not for `aarch64-unknown-linux-gnu`");
}

/// The note of a stub with something in it changed; nothing else is.
fn changed(bytes: &[u8], what: &[u8], to: &[u8]) -> Vec<u8> {
    let (_, note) = component_compose::host::exe::note(bytes).expect("it is a stub");
    let at = bytes[note..].windows(what.len()).position(|window| window == what).expect("a note says so") + note;
    let mut changed = bytes.to_vec();
    changed[at..at + to.len()].copy_from_slice(to);
    changed
}

#[test]
fn what_is_no_executable_is_refused() {
    let folder = folder();
    component(folder.path(), "hello.wasm", HELLO);
    fails(folder.path(), &["verify", "hello.wasm"], 3, "error[C0820]");
    // That it is not as it was is said of what was read.
    fails(folder.path(), &["inspect", "nowhere"], 3, "error[C0201]");
    fails(folder.path(), &["verify", "nowhere"], 3, "error[C0201]");
    std::fs::create_dir(folder.path().join("wit")).expect("made");
    std::fs::write(folder.path().join("wit/a.wit"), "package a:b; interface c {}").expect("written");
    for verb in ["verify", "inspect", "upgrade"] {
        fails(folder.path(), &[verb, "wit"], 3, "error[C0203]: `wit` is a folder, not a file");
    }
    // What is an executable is not told by its name.
    std::fs::copy(&*STUB, folder.path().join("stub.wat")).expect("a copy");
    fails(folder.path(), &["verify", "stub.wat"], 3, "it is the stub of `compose`");
    let large = std::fs::File::create(folder.path().join("large")).expect("made");
    large.set_len(5 << 30).expect("files can have holes");
    fails(folder.path(), &["verify", "large"], 3, "executables of more than 4 GiB are not looked into");
    let stub = STUB.display().to_string();
    fails(folder.path(), &["inspect", &stub], 3, "it is the stub of `compose`");
    std::fs::write(folder.path().join("short"), b"\x7fELF\x02\x01").expect("written");
    fails(folder.path(), &["extract", "short", "-o", "out.wasm"], 3, "error[C0820]");
    // Where it would be written is judged as for every output.
    let output = exe(folder.path(), &["hello.wasm", "-o", "hello.wasm", "--stub", &stub]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("error[C0701]"), "{output:?}");
    assert!(std::fs::read(Path::new(&folder.path().join("hello.wasm"))).expect("it is there").starts_with(b"\0asm"));
    // The next one would be made of what stood there, whoever found it.
    let beside = folder.path().join("compose-stub");
    std::fs::copy(&*STUB, &beside).expect("a copy");
    let before = std::fs::read(&beside).expect("it is there");
    let target = folder.path().join("stubs");
    std::fs::create_dir_all(target.join(compose_engine::sealed::note::TRIPLE)).expect("made");
    let found = target.join(compose_engine::sealed::note::TRIPLE).join("compose-stub");
    std::fs::copy(&*STUB, &found).expect("a copy");
    let mut command = Command::new(env!("CARGO_BIN_EXE_compose"));
    command.args(["exe", "hello.wasm", "-o"]).arg(&found).current_dir(folder.path()).env("COMPOSE_STUB_DIR", &target);
    let output = ended(&mut command);
    assert!(String::from_utf8_lossy(&output.stderr).contains("error[C0701]"), "{output:?}");
    make(folder.path(), "hello.wasm", &[]);
    let output = exe(folder.path(), &["upgrade", "app", "--stub", "compose-stub", "-o", "compose-stub"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("error[C0701]"), "{output:?}");
    for stub in [&beside, &found] {
        assert!(std::fs::read(stub).expect("it is there") == before, "{} was replaced", stub.display());
    }
}
