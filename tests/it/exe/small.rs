//! Stubs of a few hundred bytes, which nobody could run: enough to see where everything goes, and in what order they are found.

use super::{HELLO, STUB, component, done, fails, folder};
use component_compose::host::exe::{Verdict, verify};
use compose_engine::sealed::note::{MARK, PLACE, Stub, read_place};
use compose_engine::sealed::payload::{ALIGN, Part, Payload};
use rayon::prelude::*;
use std::path::Path;
use std::process::Command;

/// Another processor than that of this machine: its triple, and its number in ELF.
const OTHER: (&str, u16) = match cfg!(target_arch = "aarch64") {
    true => ("x86_64-unknown-linux-gnu", 62),
    false => ("aarch64-unknown-linux-gnu", 183),
};

const NOTE: usize = 0x200;
const ADDRESS: u64 = 0x40_0000;

/// An executable that is a stub for that target, by all that it says: one segment, the note, three sections, and `more` bytes.
fn stub(triple: &str, machine: u16, more: usize) -> Vec<u8> {
    let says = Stub { triple: triple.into(), ..Stub::own() };
    let mut text = [MARK.as_slice(), &serde_json::to_vec(&says).expect("it has a form"), b"\0"].concat();
    text.resize(text.len().next_multiple_of(4), 0);
    let note_length = 20 + 16 + text.len();
    let names = b"\0.note.compose\0.shstrtab\0";
    let (names_at, table_at) = (NOTE + note_length, (NOTE + note_length + names.len()).next_multiple_of(8));
    let end = table_at + 3 * 64 + more;

    let mut bytes = vec![0; end];
    let mut put = |at: usize, what: &[u8]| bytes[at..at + what.len()].copy_from_slice(what);
    put(0, b"\x7fELF\x02\x01\x01");
    for (at, number) in [(16, 2_u16), (18, machine), (52, 64), (54, 56), (56, 2), (58, 64), (60, 3), (62, 2)] {
        put(at, &number.to_le_bytes());
    }
    put(20, &1_u32.to_le_bytes());
    put(32, &64_u64.to_le_bytes());
    put(40, &(table_at as u64).to_le_bytes());
    let segments = [(1_u32, 0, end, 0x1000_u64), (4, NOTE, note_length, 4)];
    for (at, (kind, offset, length, align)) in segments.into_iter().enumerate() {
        let (at, offset, length) = (64 + at * 56, offset as u64, length as u64);
        put(at, &kind.to_le_bytes());
        put(at + 4, &4_u32.to_le_bytes());
        for (nth, number) in [offset, ADDRESS + offset, ADDRESS + offset, length, length, align].into_iter().enumerate()
        {
            put(at + 8 + nth * 8, &number.to_le_bytes());
        }
    }
    for (at, number) in [(0, 8), (4, 16 + text.len() as u32), (8, 1)] {
        put(NOTE + at, &number.to_le_bytes());
    }
    put(NOTE + 12, b"compose\0");
    put(NOTE + 36, &text);
    put(names_at, names);
    for (at, (name, offset, length)) in
        [(1_u32, NOTE, note_length), (15, names_at, names.len())].into_iter().enumerate()
    {
        let at = table_at + (at + 1) * 64;
        put(at, &name.to_le_bytes());
        put(at + 24, &(offset as u64).to_le_bytes());
        put(at + 32, &(length as u64).to_le_bytes());
    }
    bytes
}

fn number(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"))
}

/// Where in the file a payload is mapped from, by the note and the table of segments, as a system goes about it.
fn mapped(bytes: &[u8]) -> (usize, u64) {
    let place = bytes[NOTE + PLACE.start..NOTE + PLACE.end].try_into().expect("sixteen bytes");
    let (distance, length) = read_place(place);
    let address = (ADDRESS + NOTE as u64).checked_add_signed(distance).expect("an address");
    let load = |at: &usize| bytes[*at..*at + 4] == [1, 0, 0, 0] && number(bytes, at + 16) == address;
    let segment = [64, 120].into_iter().find(load).expect("a segment begins there");
    assert_eq!(number(bytes, segment + 48), ALIGN as u64);
    assert_eq!((number(bytes, segment + 32), number(bytes, segment + 40)), (length, length));
    (usize::try_from(number(bytes, segment + 8)).expect("it is in the file"), length)
}

/// An executable of the smallest component there is a sense in, with the smallest stub.
fn small(folder: &Path) -> Vec<u8> {
    component(folder, "hello.wasm", HELLO);
    std::fs::write(folder.join("stub"), stub(OTHER.0, OTHER.1, 0)).expect("written");
    done(folder, &["hello.wasm", "-o", "small", "--stub", "stub"]);
    std::fs::read(folder.join("small")).expect("it was made")
}

#[test]
fn an_executable_for_another_processor() {
    let folder = folder();
    let bytes = small(folder.path());
    assert_eq!(verify(&bytes), Some(Verdict::Intact));
    let (at, length) = mapped(&bytes);
    let payload = Payload::read(&bytes[at..]).expect("as it was made");
    assert_eq!(payload.length() as u64, length);
    let (image, _) = payload.part(Part::Image).expect("as it was made");
    assert_eq!(u16::from_le_bytes([image[18], image[19]]), OTHER.1, "the image is for another processor");
    let told = done(folder.path(), &["inspect", "small", "--message-format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&told).expect("it is JSON");
    assert_eq!((&told["target"], &told["stub"]["triple"]), (&OTHER.0.into(), &OTHER.0.into()));
    // The target can be named too, and has to be that of the stub.
    done(folder.path(), &["hello.wasm", "-o", "named", "--stub", "stub", "--target", OTHER.0]);
    assert!(std::fs::read(folder.path().join("named")).expect("it was made") == bytes);
    let wrong = ["hello.wasm", "-o", "wrong", "--stub", "stub", "--target", "riscv64gc-unknown-linux-gnu"];
    fails(folder.path(), &wrong, 3, &format!("the stub `stub` is for `{}`, not for", OTHER.0));
    // What is interpreted is the same for all.
    done(folder.path(), &["hello.wasm", "-o", "portable", "--stub", "stub", "--portable"]);
    done(folder.path(), &["extract", "small", "-o", "out.wasm"]);
    let read = |name: &str| std::fs::read(folder.path().join(name)).expect("it is there");
    assert!(read("out.wasm") == read("hello.wasm"));
}

#[test]
fn any_flipped_byte_is_noticed_and_told_where() {
    let folder = folder();
    let bytes = small(folder.path());
    let (at, length) = mapped(&bytes);
    let payload = at..at + usize::try_from(length).expect("it is in memory");
    // Every byte of the payload, of the stub and of what is behind; of the zeros between stub and payload some.
    let looked_at = |byte: &usize| *byte < 4096 || *byte >= payload.start || byte.is_multiple_of(16);
    let bytes_of_it: Vec<usize> = (0..bytes.len()).filter(looked_at).collect();
    assert!(std::fs::metadata(folder.path().join("stub")).expect("it is there").len() < 4096);
    let wrong = bytes_of_it.into_par_iter().map_init(
        || bytes.clone(),
        |flipped, byte| {
            flipped[byte] ^= 1 << (byte % 8);
            let verdict = verify(flipped);
            flipped[byte] = bytes[byte];
            let right = match payload.contains(&byte) {
                true => matches!(verdict, Some(Verdict::Damaged(_))),
                false => verdict == Some(Verdict::StubChanged),
            };
            (!right).then(|| format!("byte {byte} of {}, payload {payload:?}: {verdict:?}", bytes.len()))
        },
    );
    let wrong: Vec<String> = wrong.flatten().collect();
    assert!(wrong.is_empty(), "{} bytes: {}", wrong.len(), wrong[0]);
    assert_eq!(verify(&bytes), Some(Verdict::Intact));
}

#[test]
fn stubs_are_found_in_the_order_that_is_written_down() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    component(folder.path(), "hello.wasm", HELLO);
    let triple = Stub::own().triple;
    let write = |name: &str, triple: &str, more: usize| {
        let path = path(name);
        std::fs::create_dir_all(path.parent().expect("it is in a folder")).expect("made");
        std::fs::write(path, stub(triple, 0, more)).expect("written");
        stub(triple, 0, more).len()
    };
    std::fs::create_dir(path("bin")).expect("made");
    let compose = path("bin/compose");
    if std::fs::hard_link(&*STUB, &compose).is_err() {
        std::fs::copy(&*STUB, &compose).expect("a copy");
    }
    let found = |words: &[&str], stubs: Option<&str>| {
        let mut command = Command::new(&compose);
        command.args(["exe", "hello.wasm", "-o", "app"]).args(words).current_dir(folder.path()).env_clear();
        if let Some(stubs) = stubs {
            command.env("COMPOSE_STUB_DIR", path(stubs));
        }
        let output = command.output().expect("compose starts");
        if !output.status.success() {
            // Long paths break lines.
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(said.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        let told = done(folder.path(), &["inspect", "app", "--message-format", "json"]);
        let told: serde_json::Value = serde_json::from_str(&told).expect("it is JSON");
        Ok(told["stub"]["bytes"].as_u64().map_or(0, |bytes| bytes as usize))
    };
    let own = std::fs::metadata(&compose).expect("it is there").len();
    // From the last to the first.
    assert_eq!(found(&[], None), Ok(own as usize));
    assert_eq!(found(&[], Some("stubs")), Ok(own as usize), "a folder that has none");
    let beside = write("bin/compose-stub", &triple, 10);
    assert_eq!(found(&[], None), Ok(beside));
    let in_folder = write(&format!("stubs/{triple}/compose-stub"), &triple, 20);
    assert_eq!(found(&[], Some("stubs")), Ok(in_folder));
    let named = write("named", &triple, 30);
    assert_eq!(found(&["--stub", "named"], Some("stubs")), Ok(named));
    // What stands beside it is for this machine, and so is it itself.
    let told = found(&["--target", OTHER.0], None).expect_err("there is none");
    assert!(told.contains(&format!("error[C0823]: there is no stub for `{}`", OTHER.0)), "{told}");
    let told = found(&["--target", OTHER.0], Some("stubs")).expect_err("there is none");
    assert!(told.contains(&format!("/stubs/{}/compose-stub`", OTHER.0)), "{told}");
    let other = write(&format!("stubs/{}/compose-stub", OTHER.0), OTHER.0, 40);
    assert_eq!(found(&["--target", OTHER.0], Some("stubs")), Ok(other));
    // One that is for another system than its folder is not passed over: somebody has put it there.
    write(&format!("stubs/{}/compose-stub", OTHER.0), &triple, 40);
    let told = found(&["--target", OTHER.0], Some("stubs")).expect_err("it is for another");
    assert!(told.contains(&format!("is for `{triple}`, not for `{}`", OTHER.0)), "{told}");
}

#[test]
fn stubs_are_embedded_when_compose_is_built() {
    let folder = folder();
    let root = crate::support::root();
    let path = |name: &str| folder.path().join(name);
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let compile = |source: &Path, to: &Path| {
        let status = Command::new(&rustc).args(["--edition", "2024", "-o"]).args([to, source]).status();
        assert!(status.expect("there is a compiler").success());
    };
    let build = path("build");
    compile(&root.join("build.rs"), &build);
    let table = |wanted: Option<String>| {
        let mut command = Command::new(&build);
        command.env("OUT_DIR", folder.path()).env_remove("COMPOSE_EMBED_STUBS").current_dir(folder.path());
        if let Some(wanted) = wanted {
            command.env("COMPOSE_EMBED_STUBS", wanted);
        }
        let output = command.output().expect("it starts");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        output.status.success().then_some(said)
    };
    std::fs::write(path("one"), b"one").expect("written");
    std::fs::write(path("two"), b"the other").expect("written");
    let program = "fn main() { for (triple, bytes) in EMBEDDED { println!(\"{triple} {}\", bytes.len()); } }\n";
    std::fs::write(path("shown.rs"), format!("include!(\"embedded_stubs.rs\");\n{program}")).expect("written");
    let shown = || {
        compile(&path("shown.rs"), &path("shown"));
        let output = Command::new(path("shown")).output().expect("it starts");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let said = table(Some(format!("a-b-c={},d-e-f=two", path("one").display()))).expect("both are there");
    for line in ["cargo:rerun-if-env-changed=COMPOSE_EMBED_STUBS\n", "/two\n"] {
        assert!(said.contains(line), "{said}");
    }
    assert_eq!(shown(), "a-b-c 3\nd-e-f 9\n");
    assert!(table(None).is_some());
    assert_eq!(shown(), "");
    assert!(table(Some("a-b-c=nowhere".into())).is_none(), "a stub that is not there is no stub left out");
    assert!(table(Some("nowhere".into())).is_none());
}
