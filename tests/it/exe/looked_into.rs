//! What is made can be looked into, judged, taken apart and made anew.

use super::{HELLO, STUB, component, done, exe, fails, folder, hello, shop, start};
use crate::schemas::Schema;
use component_compose::host::exe::{Verdict, verify};
use std::process::Command;

/// Where the payload begins and ends.
fn payload(bytes: &[u8]) -> std::ops::Range<usize> {
    let begins = |at: &usize| bytes[*at..].starts_with(b"compose-payload\0");
    let at = (0..bytes.len()).step_by(1 << 16).find(begins).expect("it has one");
    let length = bytes[at + 24..at + 32].try_into().expect("eight bytes");
    at..at + usize::try_from(u64::from_le_bytes(length)).expect("it is in memory")
}

#[test]
fn every_byte_is_judged() {
    let folder = hello();
    let app = folder.path().join("app");
    let mut bytes = std::fs::read(&app).expect("it is there");
    assert_eq!(verify(&bytes), Some(Verdict::Intact));
    let payload = payload(&bytes);
    let header = payload.start..payload.start + 264;
    let sealed = payload.start + 264..payload.start + 2000;
    let sampled = payload.clone().step_by(61).chain([payload.end - 1]);
    for at in header.chain(sealed).chain(sampled) {
        bytes[at] ^= 0x10;
        let verdict = verify(&bytes);
        assert!(matches!(verdict, Some(Verdict::Damaged(_))), "byte {} of the payload", at - payload.start);
        bytes[at] ^= 0x10;
    }
    let stub = (0..payload.start).step_by(payload.start / 24).chain([4, 40, 60, 64, 0x320, payload.start - 1]);
    let behind = (payload.end..bytes.len()).step_by((bytes.len() - payload.end) / 5 + 1);
    for at in stub.chain(behind) {
        bytes[at] ^= 0x10;
        assert_eq!(verify(&bytes), Some(Verdict::StubChanged), "byte {at} of the file");
        bytes[at] ^= 0x10;
    }
    assert_eq!(verify(&bytes), Some(Verdict::Intact));
    bytes.push(0);
    assert_eq!(verify(&bytes), Some(Verdict::StubChanged), "something behind it");
}

#[test]
fn damage_is_told_from_change() {
    let folder = hello();
    let app = folder.path().join("app");
    assert_eq!(done(folder.path(), &["verify", "app"]), "app is as it was made\n");
    let mut schema = Schema::read("exe.schema.json");
    let mut told = |name: &str| {
        let output = exe(folder.path(), &["verify", name, "--message-format", "json"]);
        let told = serde_json::from_slice(&output.stdout).expect("it is JSON");
        schema.check(&told, name);
        (told["verdict"].as_str().map(str::to_owned).unwrap_or_default(), output.status.code())
    };
    assert_eq!(told("app"), ("intact".into(), Some(0)));
    std::fs::write(folder.path().join("changed"), [&std::fs::read(&app).expect("it is there")[..], b"more"].concat())
        .expect("written");
    assert_eq!(told("changed"), ("stub-changed".into(), Some(1)));
    let stripped = folder.path().join("stripped");
    let status = Command::new("strip").arg("-o").args([&stripped, &app]).status();
    assert!(status.expect("`strip` is where a compiler is").success());
    fails(folder.path(), &["verify", "stripped"], 1, "error[C0822]: the stub of `stripped` is not as it was");
    let mut bytes = std::fs::read(&app).expect("it is there");
    let payload = payload(&bytes);
    bytes[payload.end - 1] ^= 1;
    let damaged = folder.path().join("damaged");
    std::fs::copy(&app, &damaged).expect("a copy");
    std::fs::write(&damaged, &bytes).expect("written");
    assert_eq!(told("damaged"), ("damaged".into(), Some(1)));
    let told = "error[C0821]: what is sealed into `damaged` is damaged: the image inside";
    fails(folder.path(), &["verify", "damaged"], 1, told);
    fails(folder.path(), &["extract", "damaged", "-o", "out.wasm"], 1, told);
    fails(folder.path(), &["upgrade", "damaged"], 1, told);
    let output = start(&damaged, &[]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.code() == Some(3) && said.starts_with("error[C0821]: this executable is damaged\n"),
        "{said}"
    );
}

#[test]
fn an_upgraded_executable_is_a_new_one_of_the_same_component() {
    let folder = hello();
    let app = folder.path().join("app");
    let before = std::fs::read(&app).expect("it is there");
    let newer = folder.path().join("newer");
    let mut stub = std::fs::read(&*STUB).expect("it is there");
    stub.extend(b"a newer stub");
    std::fs::write(&newer, stub).expect("written");
    done(folder.path(), &["upgrade", "app", "--stub", "newer", "-o", "other"]);
    assert!(std::fs::read(&app).expect("it is there") == before, "the old one has changed");
    done(folder.path(), &["upgrade", "app", "--stub", "newer"]);
    let after = std::fs::read(&app).expect("it is there");
    assert!(after == std::fs::read(folder.path().join("other")).expect("it is there") && after != before);
    assert_eq!(verify(&after), Some(Verdict::Intact));
    assert_eq!(start(&app, &[]).stdout, b"hello\n");
    done(folder.path(), &["extract", "app", "-o", "out.wasm"]);
    let bytes = |name: &str| std::fs::read(folder.path().join(name)).expect("it is there");
    assert_eq!(bytes("out.wasm"), bytes("hello.wasm"));
    // And back again, to the byte.
    done(folder.path(), &["upgrade", "app", "--stub", &STUB.display().to_string()]);
    assert!(std::fs::read(&app).expect("it is there") == before);
}

#[test]
fn what_programs_are_told_is_as_described() {
    let folder = folder();
    shop(folder.path(), "front");
    let stub = STUB.display().to_string();
    let grants =
        "--dir data::/data:ro --env A=1 --net tcp:127.0.0.1:80 --http example.test --config a=1 --keyvalue b=2";
    let words = ["shop.wasm", "-o", "app", "--stub", &stub, "--addr", "127.0.0.1:0", "--access-log", "human"];
    let words: Vec<&str> = words.into_iter().chain(grants.split(' ')).collect();
    done(folder.path(), &words);
    let json = |words: &[&str]| {
        let text = done(folder.path(), &[words, &["--message-format", "json"]].concat());
        serde_json::from_str(&text).expect("it is JSON")
    };
    let mut schema = Schema::read("exe.schema.json");
    let told: serde_json::Value = json(&["inspect", "app"]);
    schema.check(&told, "a server");
    assert_eq!(told["serves"]["access-log"], "human");
    assert!(told["instances"].as_array().is_some_and(|instances| instances.len() > 4), "{told:#}");
    schema.check(&json(&["verify", "app"]), "its verdict");
    schema.assert_whole();
    component(folder.path(), "hello.wasm", HELLO);
    done(folder.path(), &["hello.wasm", "-o", "app", "--stub", &stub]);
    schema.check(&json(&["inspect", "app"]), "a command");
    // The log is that of a server, and nothing is passed over.
    fails(folder.path(), &["hello.wasm", "-o", "other", "--access-log", "json"], 2, "--addr <ADDRESS>");
}

#[test]
fn programs_are_told_what_is_inside() {
    let folder = hello();
    let output = exe(folder.path(), &["inspect", "app", "--message-format", "json"]);
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!(told["name"], "hello");
    assert_eq!(told["serves"], serde_json::Value::Null);
    assert_eq!(told["grants"]["dirs"], serde_json::json!([]));
    assert_eq!(told["limits"]["memory"], 1 << 30);
    assert_eq!(told["stub"]["triple"], told["target"]);
    let size = std::fs::metadata(folder.path().join("app")).expect("it is there").len();
    assert_eq!(told["sizes"]["file"], size);
    assert_eq!(told["component"]["sha256"].as_str().map(str::len), Some(64));
}
