//! What is read, how it is named, and everything that can be wrong with a file.

use super::*;
use crate::diag::Code;
use crate::model::request::{Offer, WitRequest, WorldRequest};
use std::fs;

fn path_of(folder: &Path, file: &str) -> InputFrom {
    InputFrom::Path { written: Written::new(file), path: folder.join(file) }
}

fn request(folder: &Path, files: &[&str]) -> Request {
    let inputs = files
        .iter()
        .map(|word| match word.split_once('=') {
            Some((name, file)) => Input { name: Some(Written::new(name)), from: path_of(folder, file) },
            None if *word == "-" => Input { name: None, from: InputFrom::Stdin(Written::new("-")) },
            None => Input { name: None, from: path_of(folder, word) },
        })
        .collect();
    Request { inputs, ..Request::new() }
}

fn read(request: &Request) -> (Inputs, Vec<String>) {
    let mut sink = Sink::default();
    let inputs = load_with(request, &mut &b"(component)"[..], &mut sink);
    let said = sink.diagnostics().iter().map(|found| {
        let help = found.help.first().map(|help| format!(" | {help}")).unwrap_or_default();
        format!("{} {}{help}", found.code, found.message)
    });
    (inputs, said.collect())
}

/// A folder with some files.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

const COMPONENT: &[u8] = b"\0asm\x0d\0\x01\0";

#[test]
fn files_memory_and_standard_input_are_read() {
    let folder = folder(&[("shop.js.wasm", COMPONENT), ("parts/kv.wat", b";; kv\n(component)"), ("empty.wasm", b"")]);
    let mut request =
        request(folder.path(), &["shop.js.wasm", "store=parts/kv.wat", "-", "empty.wasm", "again=shop.js.wasm"]);
    request.inputs.push(Input {
        name: None,
        from: InputFrom::Memory { origin: "made/In_Memory.wasm".into(), bytes: COMPONENT.into() },
    });
    let (inputs, said) = read(&request);
    assert_eq!(said, Vec::<String>::new());
    let names: Vec<_> = inputs.files.iter().map(|file| (file.name.as_str(), file.origin.as_str())).collect();
    assert_eq!(
        names,
        [
            ("shop-js", "shop.js.wasm"),
            ("store", "parts/kv.wat"),
            ("stdin", "<stdin>"),
            ("empty", "empty.wasm"),
            ("again", "shop.js.wasm"),
            ("in-memory", "made/In_Memory.wasm"),
        ]
    );
    for (index, file) in inputs.files.iter().enumerate() {
        assert_eq!(&*file.bytes, if index == 3 { b"" } else { COMPONENT }, "{}", file.origin);
        assert_eq!(file.fingerprint, Fingerprint::of(&file.bytes));
        assert!(file.named && file.kind == InputKind::Bytes);
    }
    assert!(inputs.files[0].bytes.as_ptr() == inputs.files[4].bytes.as_ptr(), "one file is read once");
    let mut sink = Sink::default();
    assert!(verify_unchanged(&inputs, &mut sink));
}

#[test]
fn every_bad_file_is_reported_in_one_run() {
    let folder = folder(&[
        ("app.wasm", COMPONENT),
        ("parts/kv.wasm", COMPONENT),
        ("nothing/readme.txt", b"none"),
        ("bad.wat", b"(component\n  (export \"x\" (fnc 0)))"),
        ("latin.wat", b"(component\n;; gr\xf6\xdfe\n)"),
    ]);
    let large = fs::File::create(folder.path().join("large.wasm")).unwrap();
    large.set_len(5 << 30).unwrap();
    let mut request = request(
        folder.path(),
        &[
            "ap.wasm",
            "target/wasm32-wasip2/release/shop.wasm",
            "parts",
            "nothing",
            "bad.wat",
            "latin.wat",
            "large.wasm",
            "-",
            "-",
            "app.wasm/x.wasm",
        ],
    );
    let offer = |name: &str| Offer { written: Written::new(name), path: folder.path().join(name) };
    request.offers = vec![offer("app.wasm"), offer("nothing"), offer("no-such")];
    let (inputs, said) = read(&request);
    let expected = [
        "C0201 `ap.wasm` does not exist | did you mean `app.wasm`?",
        "C0201 `target/wasm32-wasip2/release/shop.wasm` does not exist | cargo build --release --target wasm32-wasip2",
        "C0203 `parts` is a folder of components, not a component | --offer parts",
        "C0203 `nothing` is a folder without WIT in it, not a component | nothing/….wasm",
        "C0204 `bad.wat` is not valid WebAssembly text: unexpected token",
        &format!("{} `latin.wat` is not UTF-8 text: line 2 has the byte 0xf6", Code::TextNotUtf8),
        &format!("{} `large.wasm` is too large: 5368709120 bytes", Code::InputTooLarge),
        "C0209 standard input is given as two inputs, but can be read only once | give one of them as a file",
        "C0201 `app.wasm/x.wasm` does not exist",
        "C0203 `app.wasm` is not a folder, so nothing in it can be on offer | name it as a component, without `--offer`: `app.wasm`",
        "C0210 the offered folder `nothing` has no `.wasm` or `.wat` file in it",
        "C0201 `no-such` does not exist",
    ];
    assert_eq!(said.len(), expected.len(), "{said:#?}");
    for (said, expected) in said.iter().zip(expected) {
        assert_eq!(said, expected);
    }
    assert_eq!(inputs.files.iter().filter(|file| file.named).count(), 1, "standard input is left");
}

#[test]
fn a_fault_in_a_text_is_shown_in_the_text() {
    let folder = folder(&[("bad.wat", b"(component\n  (export \"x\" (fnc 0)))")]);
    let mut sink = Sink::default();
    load_with(&request(folder.path(), &["bad.wat"]), &mut std::io::empty(), &mut sink);
    let label = &sink.diagnostics()[0].labels[0];
    assert_eq!((label.source.name.as_str(), &label.source.text[label.span.clone()]), ("bad.wat", "fnc"));
}

#[test]
fn text_of_nothing_but_parentheses_does_not_exhaust_the_stack() {
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(200_000), close.repeat(200_000));
    let folder = folder(&[
        ("lists.wat", format!("(component (type {}", deep("(list ", ")")).as_bytes()),
        ("components.wat", deep("(component ", ")").as_bytes()),
        ("types.wat", deep("(component (type ", "))").as_bytes()),
        ("instances.wat", format!("(component (type {}", deep("(instance (type ", "))")).as_bytes()),
        ("unclosed.wat", "(".repeat(1_000_000).as_bytes()),
        ("fine.wat", b"(component (; ((((( ;) ;; (((((\n)"),
        ("folded.wat", format!("(module (func {}))", deep("(block ", ")")).as_bytes()),
    ]);
    let files = ["lists.wat", "components.wat", "types.wat", "instances.wat", "unclosed.wat", "fine.wat", "folded.wat"];
    let (inputs, said) = read(&request(folder.path(), &files));
    assert_eq!(said.len(), 5, "{said:#?}");
    assert!(said.iter().zip(files).all(|(said, file)| said.starts_with(&format!("C0204 `{file}`"))), "{said:#?}");
    assert_eq!(inputs.files.len(), 2);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_opened() {
    let folder = folder(&[]);
    let made = std::process::Command::new("mkfifo").arg(folder.path().join("pipe.wasm")).status().unwrap();
    assert!(made.success());
    let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("socket.wasm")).unwrap();
    std::os::unix::fs::symlink("/dev/null", folder.path().join("null.wasm")).unwrap();
    std::os::unix::fs::symlink("loop.wasm", folder.path().join("loop.wasm")).unwrap();
    let (_, said) = read(&request(folder.path(), &["pipe.wasm", "socket.wasm", "null.wasm", "loop.wasm"]));
    assert_eq!(
        said,
        [
            "C0203 `pipe.wasm` is a pipe, not a file",
            "C0203 `socket.wasm` is a socket, not a file",
            "C0203 `null.wasm` is a device, not a file",
            "C0202 `loop.wasm` cannot be read: too many levels of symbolic links",
        ]
    );
    // On offer they are not opened either to look for names.
    let named = folder_with_a_component();
    let mut request = request(named.path(), &["app.wasm"]);
    request.offers = vec![Offer { written: Written::new("parts"), path: folder.path().to_owned() }];
    let (_, said) = read(&request);
    assert_eq!(said.iter().filter(|text| text.contains("is a pipe, not a file")).count(), 1, "{said:?}");
}

#[cfg(unix)]
fn folder_with_a_component() -> tempfile::TempDir {
    folder(&[("app.wasm", COMPONENT)])
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_are_told_and_hidden_files_are_not_on_offer() {
    let folder = folder(&[("parts/a.wasm", COMPONENT)]);
    let parts = folder.path().join("parts");
    std::os::unix::fs::symlink("../build/kv.wasm", parts.join("kv.wasm")).unwrap();
    // As editors leave them.
    std::os::unix::fs::symlink("me@here.1234", parts.join(".#a.wasm")).unwrap();
    let mut request = request(folder.path(), &["parts/kv.wasm"]);
    let expected = "C0201 `parts/kv.wasm` is a link to `../build/kv.wasm`, which does not exist | \
                    make what it links to, or remove the link: rm parts/kv.wasm";
    assert_eq!(read(&request).1, [expected]);
    request.inputs.clear();
    request.offers = vec![Offer { written: Written::new("parts"), path: parts }];
    assert_eq!(read(&request).1, [expected]);
}

#[test]
fn an_offer_is_sorted_not_recursive_and_without_what_is_named() {
    let folder = folder(&[
        ("app.wasm", COMPONENT),
        ("parts/b.wasm", COMPONENT),
        ("parts/a.wat", b"(component (core module))"),
        ("parts/c.WASM", COMPONENT),
        ("parts/readme.md", b"no"),
        ("parts/deep/d.wasm", COMPONENT),
    ]);
    let mut request = request(folder.path(), &["app.wasm", "x=parts/b.wasm"]);
    request.offers = vec![Offer { written: Written::new("parts/"), path: folder.path().join("parts") }];
    // Nothing asks for an export of `c`; text cannot be skimmed, and is read.
    let (inputs, said) = read(&request);
    assert_eq!(said, Vec::<String>::new());
    assert_eq!(inputs.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["app", "x", "a"]);
    request.root = Some(Written::new("c"));
    let (inputs, said) = read(&request);
    assert_eq!(said, Vec::<String>::new());
    let files: Vec<_> =
        inputs.files.iter().map(|file| (file.name.as_str(), file.origin.as_str(), file.named)).collect();
    assert_eq!(
        files,
        [
            ("app", "app.wasm", true),
            ("x", "parts/b.wasm", true),
            ("a", "parts/a.wat", false),
            ("c", "parts/c.WASM", false),
        ]
    );
    request.offers = vec![Offer { written: Written::new("."), path: folder.path().join("parts/..") }];
    fs::remove_file(folder.path().join("app.wasm")).unwrap();
    let (_, said) = read(&Request { inputs: Vec::new(), ..request });
    assert_eq!(said, ["C0210 the offered folder `.` has no `.wasm` or `.wat` file in it | --offer ./parts"]);
}

#[test]
fn a_file_changed_since_it_was_read_is_noticed() {
    let folder = folder(&[("app.wasm", COMPONENT), ("kv.wasm", COMPONENT), ("log.wasm", COMPONENT)]);
    let (inputs, _) = read(&request(folder.path(), &["app.wasm", "kv.wasm", "log.wasm"]));
    fs::write(folder.path().join("app.wasm"), b"\0asm\x0d\0\x01\0\0\0").unwrap();
    fs::remove_file(folder.path().join("kv.wasm")).unwrap();
    let mut sink = Sink::default();
    assert!(!verify_unchanged(&inputs, &mut sink));
    let said: Vec<_> = sink.diagnostics().iter().map(|found| format!("{} {}", found.code, found.message)).collect();
    assert_eq!(said, ["C0207 `app.wasm` changed after it was read", "C0207 `kv.wasm` changed after it was read"]);
    assert!(sink.diagnostics().iter().all(|found| found.code == Code::InputChanged));
    assert_eq!(&*inputs.files[0].bytes, COMPONENT, "what was read stays what it was");
}

#[test]
fn wit_gives_the_names_of_its_interfaces() {
    let folder = folder(&[
        ("kv.wit", b"package acme:kv@1.2.0;\ninterface store { get: func(); }\nworld w { export store; }"),
        ("wit/app.wit", b"package acme:app;\nworld app { import acme:kv/store@1.2.0; }\ninterface i {}"),
        ("wit/deps/kv.wit", b"package acme:kv@1.2.0;\ninterface store { get: func(); }"),
        ("kv.wasm", COMPONENT),
    ]);
    let (inputs, said) = read(&request(folder.path(), &["kv.wit", "kv.wasm", "wit"]));
    assert_eq!(said, Vec::<String>::new());
    let wit = |file: &InputFile| match &file.kind {
        InputKind::Wit { package, interfaces } => (file.name.clone(), package.clone(), interfaces.clone()),
        InputKind::Bytes => (file.name.clone(), String::new(), Vec::new()),
    };
    let seen: Vec<_> = inputs.files.iter().map(wit).collect();
    assert_eq!(
        seen,
        [
            ("kv-2".into(), "acme:kv@1.2.0".into(), vec!["acme:kv/store@1.2.0".into()]),
            ("kv".into(), String::new(), vec![]),
            ("wit".into(), "acme:app".into(), vec!["acme:app/i".into()]),
        ]
    );
    assert_eq!(inputs.read.len(), 4, "every file of the packages is watched");
}

#[test]
fn faults_in_wit_are_shown_in_the_wit() {
    let folder = folder(&[
        ("syntax.wit", b"package acme:kv;\ninterface store {\n  get: fnc();\n}"),
        ("lacks/app.wit", b"package acme:app;\nworld app { import acme:kv/store; }"),
        ("deps/app.wit", b"package acme:app;"),
        ("deps/deps/bad/bad.wit", b"package acme:bad;\ninterface i { f: func(x: nope); }"),
        (
            "deep.wit",
            format!("package a:b; interface i {{ f: func() -> {}u8{}; }}", "list<".repeat(9999), ">".repeat(9999))
                .as_bytes(),
        ),
        ("latin.wit", b"package a:b;\n// \xff"),
        ("component.wit", COMPONENT),
    ]);
    let files = ["syntax.wit", "lacks", "deps", "deep.wit", "latin.wit", "component.wit", "gone.wit"];
    let mut sink = Sink::default();
    load_with(&request(folder.path(), &files), &mut std::io::empty(), &mut sink);
    let said: Vec<_> = sink
        .diagnostics()
        .iter()
        .map(|found| {
            let place = found.labels.first().map_or(String::new(), |label| {
                format!("{}: {}", label.source.name, &label.source.text[label.span.clone()])
            });
            format!("{} {place}", found.code)
        })
        .collect();
    assert_eq!(
        said,
        [
            "C0205 syntax.wit: fnc",
            "C0205 lacks/app.wit: acme",
            "C0205 deps/deps/bad/bad.wit: nope",
            "C0205 deep.wit: list",
            "C0213 ",
            "C0205 ",
            "C0201 ",
        ],
        "{:#?}",
        sink.diagnostics()
    );
    assert_eq!(sink.diagnostics()[1].help, ["put the package `acme:kv` into `lacks/deps`"]);
}

#[test]
fn the_world_is_found_among_its_packages() {
    let folder = folder(&[
        (
            "shop.wit",
            b"package acme:shop;\nworld app { use acme:types/t.{id}; export run: func() -> id; }\nworld other {}",
        ),
        ("types.wit", b"package acme:types;\ninterface t { type id = u32; }"),
        ("more/types.wit", b"package acme:types;\ninterface t { type id = u32; }"),
    ]);
    let world = |name: Option<&str>, types: &[(&str, &str)]| {
        let request = Request {
            world: Some(WorldRequest {
                written: Written::new("shop.wit"),
                path: folder.path().join("shop.wit"),
                name: name.map(Written::new),
                package: None,
            }),
            wit: types
                .iter()
                .map(|(package, file)| WitRequest {
                    package: Written::new(*package),
                    written: Written::new(*file),
                    path: folder.path().join(file),
                })
                .collect(),
            ..Request::new()
        };
        let (inputs, said) = read(&request);
        (inputs.world.map(|world| world.resolve.worlds[world.id].name.clone()), said)
    };
    let types = [("acme:types", "types.wit")];
    assert_eq!(world(Some("app"), &types), (Some("app".into()), vec![]));
    assert_eq!(world(Some("acme:shop/other"), &types), (Some("other".into()), vec![]));
    assert_eq!(world(Some("app"), &[types[0], ("acme:types", "more/types.wit")]).0, Some("app".into()));
    let said = |name, types: &[(&str, &str)]| world(name, types).1;
    assert_eq!(said(Some("ap"), &types), ["C0211 `shop.wit` has no world `ap` | name = \"app\""]);
    assert_eq!(said(None, &types), ["C0211 `shop.wit` has several worlds and none is named | name = \"app\""]);
    assert_eq!(
        said(Some("app"), &[("acme:typo", "types.wit"), types[0]]),
        ["C0212 `types.wit` is the package `acme:types`, not `acme:typo` | \"acme:types\" = \"types.wit\""]
    );
    assert!(said(Some("app"), &[])[0].starts_with("C0205 the WIT of `shop.wit` cannot be read"));
}

#[test]
fn what_cannot_be_read_is_said_in_the_systems_words() {
    if cfg!(target_os = "linux") {
        let (_, said) = read(&request(Path::new("/proc/self"), &["mem"]));
        assert_eq!(said, ["C0202 `mem` cannot be read: input/output error"]);
    }
    let denied = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
    let diagnostic = Diagnostic::from(InputUnreadable { origin: "a.wasm", written: None, error: &denied });
    assert_eq!(diagnostic.code, Code::InputUnreadable);
    assert_eq!(diagnostic.message, "`a.wasm` cannot be read: permission denied");
    assert_eq!(diagnostic.help, ["chmod u+r a.wasm"]);
}

#[cfg(unix)]
#[test]
fn a_file_name_need_not_be_utf8() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = folder(&[]);
    let name = std::ffi::OsStr::from_bytes(b"b\xff.wasm");
    fs::write(folder.path().join(name), COMPONENT).unwrap();
    let offer = Offer { written: Written::new("parts"), path: folder.path().into() };
    let (inputs, said) = read(&Request { offers: vec![offer], ..Request::new() });
    assert_eq!(said, Vec::<String>::new());
    assert_eq!((inputs.files[0].name.as_str(), inputs.files[0].origin.as_str()), ("b", "parts/b\u{fffd}.wasm"));
}

#[test]
fn texts_such_as_the_manifest_are_read_here_too() {
    let folder = folder(&[("compose.toml", b"[components]"), ("bad.toml", b"a = \"\xff\"")]);
    let mut sink = Sink::default();
    let source = read_text(&folder.path().join("compose.toml"), "compose.toml", &mut sink);
    assert_eq!(source.unwrap().text, "[components]");
    for name in ["bad.toml", "compose.tom", "."] {
        assert!(read_text(&folder.path().join(name), name, &mut sink).is_none());
    }
    let codes: Vec<_> = sink.diagnostics().iter().map(|found| found.code.number()).collect();
    assert_eq!(codes, ["C0213", "C0201", "C0203"]);
}
