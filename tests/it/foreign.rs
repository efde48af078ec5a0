//! Names that others chose, wherever a file can carry one, in every form in which a verb prints: none of them steers a
//! terminal, turns a line round, hides, or begins a line.

use crate::support::dummy;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;
use wasm_encoder::{ComponentNameSection, CustomSection, Encode as _, NameMap, ProducersField, ProducersSection};

const EVIL: &str = "e\u{1b}]0;t\u{7}\u{1b}[31m\nerror[C9901]: forged\r\u{9b}2J\u{202e}\u{2066}\u{200b}\u{200d}\u{61c}\u{feff}\u{2028}\u{e0041}\u{7f}`\"#;|<b>\\N";

/// Without what file systems refuse.
fn evil_file(name: &str) -> String {
    format!("{}{name}", EVIL.replace('/', ""))
}

fn is_hidden(letter: char) -> bool {
    const RANGES: [(u32, u32); 6] =
        [(0x200b, 0x200f), (0x2028, 0x202e), (0x2060, 0x206f), (0xfeff, 0xfeff), (0x61c, 0x61c), (0xe0000, 0xe007f)];
    letter != '\n'
        && (letter.is_control() || RANGES.iter().any(|(from, to)| (*from..=*to).contains(&u32::from(letter))))
}

/// Runs a verb; gives the exit status, and what was printed if none of it is what it must not be.
#[track_caller]
fn told(folder: &Path, args: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_compose"));
    let out = command.args(args).current_dir(folder).env_clear().output().expect("compose starts");
    let (stdout, stderr) = (String::from_utf8(out.stdout).expect("text"), String::from_utf8(out.stderr).expect("text"));
    for text in [&stdout, &stderr] {
        assert_eq!(text.chars().find(|letter| is_hidden(*letter)), None, "{args:?}: {text:?}");
        assert!(text.lines().all(|line| !line.starts_with("error[C9901]")), "{args:?}: {text}");
    }
    (out.status.code(), stdout)
}

/// The bytes with the sections at their end.
fn with(mut bytes: Vec<u8>, sections: &[(&str, Vec<u8>)]) -> Vec<u8> {
    for (name, data) in sections {
        bytes.push(0);
        CustomSection { name: (*name).into(), data: data.into() }.encode(&mut bytes);
    }
    bytes
}

fn names() -> Vec<u8> {
    let mut section = ComponentNameSection::new();
    let mut map = NameMap::new();
    (0..4).for_each(|index| map.append(index, &format!("{index}{EVIL}")));
    section.component(EVIL);
    section.components(&map);
    section.instances(&map);
    let mut bytes = Vec::new();
    section.encode(&mut bytes);
    // The name and the sizes are written by whoever appends it.
    let at = bytes.windows(14).position(|window| window == b"component-name").expect("its name");
    bytes.split_off(at + 14)
}

fn producers() -> Vec<u8> {
    let mut section = ProducersSection::new();
    let mut field = ProducersField::new();
    field.value(EVIL, EVIL);
    section.field(EVIL, &field);
    let mut bytes = Vec::new();
    section.encode(&mut bytes);
    let at = bytes.windows(9).position(|window| window == b"producers").expect("its name");
    bytes.split_off(at + 9)
}

fn plan() -> Value {
    let wires = json!([
        {"import": EVIL, "from": "instance", "instance": EVIL, "export": EVIL, "reason": EVIL},
        {"import": "t:p/kv", "from": "type-of", "of": EVIL, "path": [EVIL], "reason": EVIL},
        {"import": "t:p/log", "from": "open", "name": EVIL, "inner": [EVIL], "reason": EVIL},
    ]);
    json!({
        "version": 1, "composer": EVIL, "name": EVIL, "release": EVIL, EVIL: EVIL,
        "components": [{"name": EVIL, "sha256": EVIL, "bytes": 1}],
        "instances": [{"name": EVIL, "component": EVIL, "imports": wires}, {"name": format!("0{EVIL}"), "component": EVIL, "imports": wires}],
        "open": [{"name": EVIL, "implements": EVIL, "types_only": true, "merged": [EVIL]}],
        "exports": [{"name": EVIL, "implements": EVIL, "instance": EVIL, "export": EVIL}],
    })
}

const KV: &str = "package t:p; interface kv { get: func(); } interface log { log: func(); }";

/// A folder with a composition, its parts, and their evil relatives.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("a file");
    let component = |world: &str| dummy::component(&format!("{KV} world w {{ {world} }}")).expect("a component");
    write("app.wasm", &component("import kv; import log; export run: func();"));
    write("kv.wasm", &component("export kv;"));
    let (status, _) = told(
        folder.path(),
        &["build", "app.wasm", "kv.wasm", "--allow-import", "t:p/log", "--no-plan", "-o", "whole.wasm", "-q"],
    );
    assert_eq!(status, Some(0));
    let whole = fs::read(folder.path().join("whole.wasm")).expect("it was made");
    let mut sections = vec![("component-name", names()), ("producers", producers()), (EVIL, Vec::new())];
    sections.extend(["version", "description", "authors", "licenses"].map(|name| (name, EVIL.into())));
    let evil = with(whole.clone(), &sections);
    write("evil.wasm", &evil);
    let plans = [
        ("plan.wasm", plan().to_string()),
        ("version.wasm", json!({"version": EVIL}).to_string()),
        ("form.wasm", json!({"version": 1, "composer": "c", "components": {EVIL: 1}}).to_string()),
    ];
    for (name, plan) in plans {
        write(name, &with(evil.clone(), &[("compose:plan", plan.into_bytes())]));
    }
    let text: String = EVIL.bytes().map(|byte| format!("\\{byte:02x}")).collect();
    let module = format!("(module (import \"{text}\" \"{text}\" (func)) (export \"{text}\" (func 0)))");
    write("module.wasm", &wat::parse_str(&module).expect("a module"));
    write(&evil_file(".wasm"), &component("export log;"));
    write(&evil_file(".wit"), format!("package a:b; // {EVIL}\n/// {EVIL}\nworld {EVIL}").as_bytes());
    write(&evil_file(".toml"), format!("[composition]\nroot = {EVIL:?}\n# {EVIL}\n[{EVIL}]").as_bytes());
    folder
}

#[test]
fn no_verb_prints_what_steers_a_terminal() {
    let folder = folder();
    let folder = folder.path();
    let (component, wit, manifest) = (evil_file(".wasm"), evil_file(".wit"), evil_file(".toml"));
    let forms = ["human", "short", "json"];
    for file in ["evil.wasm", "plan.wasm", "version.wasm", "form.wasm", "module.wasm", &component] {
        for form in forms {
            for more in [&[][..], &["-v"], &["--color", "always"], &["--deny", "warnings"]] {
                // Colours are ours.
                let form = if more.contains(&"always") { "json" } else { form };
                let (_, stdout) = told(folder, &[&["inspect", file, "--message-format", form], more].concat());
                if form == "json" {
                    let read: Value = serde_json::from_str(&stdout).expect("JSON");
                    assert_eq!(read["format"], 1);
                }
            }
        }
        for form in ["tree", "dot", "mermaid", "json"] {
            told(folder, &["graph", "--artifact", file, "--format", form]);
        }
    }
    let (_, stdout) = told(folder, &["inspect", "evil.wasm", "--message-format", "json"]);
    let read: Value = serde_json::from_str(&stdout).expect("JSON");
    assert_eq!(read["parts"][0]["name"], EVIL, "nothing is lost on the way to machines");

    let files = ["app.wasm", "kv.wasm", &component, "evil.wasm", &wit];
    for form in forms {
        for verb in [
            &["check"][..],
            &["check", "-v"],
            &["why", "t:p/log"],
            &["why", EVIL],
            &["why", "app", "--not", EVIL],
            &["graph"],
        ] {
            let (_, stdout) = told(folder, &[verb, &files, &["--message-format", form, "--allow-unused"]].concat());
            let (_, fewer) = told(folder, &[verb, &files[..3], &["--message-format", form]].concat());
            for stdout in [stdout, fewer] {
                assert!(
                    form != "json" || stdout.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()),
                    "{stdout}"
                );
            }
        }
        told(folder, &["check", "--message-format", form, "--manifest-path", &manifest]);
        told(folder, &["check", "--message-format", form, &wit]);
        told(
            folder,
            &[
                "check",
                "--message-format",
                form,
                "app.wasm",
                "--wire",
                EVIL,
                "--offer",
                EVIL,
                "--allow-import",
                EVIL,
                "--root",
                EVIL,
            ],
        );
        told(folder, &["check", "--message-format", form, "--offer", ".", "--root", EVIL]);
        told(folder, &["init", "--message-format", form, "app.wasm", "kv.wasm", &component, "-o", "-"]);
        told(
            folder,
            &[
                "build",
                "--message-format",
                form,
                "app.wasm",
                "kv.wasm",
                &component,
                "-o",
                &evil_file("out"),
                "--emit",
                "deps,plan,wit",
            ],
        );
        told(folder, &["explain", "--message-format", form, EVIL]);
    }
}
