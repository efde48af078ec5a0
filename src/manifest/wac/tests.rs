//! What documents come to as requests, what is refused, and that no text makes the reader panic.

use super::{GivenPackage, Packages, parse};
use crate::diag::Sink;
use crate::manifest::mangled;
use crate::model::request::{InputFrom, Request, Written};
use std::path::PathBuf;

fn packages() -> Packages {
    Packages { folders: vec![("deps".into(), PathBuf::from("deps"))], given: Vec::new() }
}

fn read(text: &str) -> (Option<Request>, Vec<String>) {
    let mut sink = Sink::default();
    let request = parse(text, "app.wac", &packages(), &mut sink);
    (request, mangled::said(text, &sink))
}

/// A document as the manifest that says the same, which shows all of a request.
fn lowered(text: &str) -> String {
    let (request, said) = read(text);
    let mut request = request.unwrap_or_else(|| panic!("{said:#?}"));
    for input in &mut request.inputs {
        let InputFrom::Package(package) = &input.from else { panic!("components come from packages") };
        let place = &package.places[0];
        let (written, path) = (Written::new(&place.written), place.path.clone());
        input.from = InputFrom::Path { written, path };
    }
    if let Some(world) = &mut request.world {
        let package = world.package.take().expect("the world is in a package");
        world.written = Written::new(&package.places[0].written);
    }
    crate::manifest::write::Text::of(&request).finish()
}

#[test]
fn every_form_of_a_document_reaches_the_request() {
    let text = r#"
        package acme:app@1.2.0 targets acme:worlds/app@0.1.0;
        import log as "my-log": acme:log/log@1.0.0;
        import now: func() -> u64;
        let kv = new acme:kv { log, ... };
        let same = kv;
        let other = (new acme:kv { log: kv.log, "acme:time/now": now });
        let shop = new acme:shop@2.0.0 {
            store: same.store,
            "acme:kv/extra@1.0.0": other["acme:kv/extra@1.0.0"],
            clock: new acme:clock {}.clock,
            get: kv.store.get,
            whole: other,
            ...kv,
            ...log,
            ...
        };
        export shop...;
        export kv.store;
        export kv["acme:kv/admin"] as "acme:kv/other";
        export other as whole;
        export log;
    "#;
    let expected = r#"[composition]
name = "acme:app"
version = "1.2.0"
root = "shop"
world = { wit = "deps/acme/worlds/0.1.0", name = "acme:worlds/app@0.1.0" }
wiring = "pins"

[components]
kv-2 = "deps/acme/kv"
clock = "deps/acme/clock"
shop = "deps/acme/shop/2.0.0"

[instances.kv]
component = "kv-2"

[instances.other]
component = "kv-2"

[wires.kv]
log = { import = "my-log", inferred = true }
"*" = { open = true }

[wires.other]
log = { instance = "kv", export = "log" }
"acme:time/now" = { import = "now" }

[wires.shop]
store = { instance = "kv", export = "store" }
"acme:kv/extra@1.0.0" = { instance = "other", export = "acme:kv/extra@1.0.0" }
clock = { instance = "clock", export = "clock" }
get = { instance = "kv", export = ["store", "get"] }
whole = { instance = "other", by = "whole" }
"*" = ["kv", { import = "my-log" }, { open = true }]

[imports]
allow = []

[imports.declare]
my-log = "acme:log/log@1.0.0"
now = "func() -> u64"

[exports]
root = false
"acme:kv/other" = { instance = "kv", export = "acme:kv/admin", implements = false }
whole = { instance = "other", by = "whole", implements = false }
"*" = ["shop", { instance = "kv", export = "store" }, { import = "my-log" }]
"#;
    assert_eq!(lowered(text), expected);
}

#[test]
fn what_nothing_exports_is_kept() {
    let text = "package a:b; let one = new c:d { }; let two = new e:f { x: one.x }; let three = new g:h { };\
                let four = new i:j { x: three.x }; export two.y;";
    let (request, _) = read(text);
    let request = request.expect("a request");
    let kept: Vec<_> = request.instances.iter().filter(|instance| instance.keep).collect();
    assert_eq!(kept.iter().map(|instance| instance.name.text.as_str()).collect::<Vec<_>>(), ["three", "four"]);
    assert_eq!(request.root.expect("a root").text, "two");
}

#[test]
fn a_place_given_by_hand_goes_before_folders_also_if_the_reference_has_a_version() {
    let given = |name: &str, version: Option<&str>, path: &str| GivenPackage {
        word: Written::new(name),
        name: name.into(),
        version: version.map(str::to_owned),
        written: path.into(),
        path: path.into(),
    };
    let all = vec![
        given("a:b", None, "any.wasm"),
        given("a:b", Some("1.0.0"), "one.wasm"),
        given("c:d", Some("2.0.0"), "two.wasm"),
    ];
    let packages = Packages { given: all, ..packages() };
    let place = |name: &str, version: Option<&str>| {
        packages.request(Written::new(name), name, version).places[0].written.clone()
    };
    assert_eq!(place("a:b", None), "any.wasm");
    assert_eq!(place("a:b", Some("1.0.0")), "one.wasm");
    assert_eq!(place("a:b", Some("1.1.0")), "any.wasm");
    assert_eq!(place("c:d", None), "two.wasm");
    assert_eq!(place("c:d", Some("3.0.0")), "deps/c/d/3.0.0");
    assert_eq!(place("x:y:z", None), "deps/x/y/z");
}

#[test]
fn all_faults_of_a_document_are_said_in_one_run() {
    let text = r#"package acme:app;
type t = u32;
world w {}
import f: acme:app/own;
import f2: t;
import one: acme:log/log;
import two: acme:log/log;
let kv = new acme:kv { ..., a: nobody.store, a: kv.b };
let kv = new acme:kv { x: kv.y };
let me = new acme:app { };
export kv;
export me.a;
"#;
    let (request, said) = read(text);
    assert!(request.is_none());
    let expected = [
        "C0121 a `type` statement is not supported @ t",
        "C0121 a `world` statement is not supported @ w",
        "C0121 an `import` of what is not an interface of another package is not supported @ acme:app/own",
        "C0121 an `import` with the type of another statement is not supported @ t",
        "C0123 the result would import `acme:log/log` twice @ acme:log/log",
        "C0124 `...` must be the last argument @ ...",
        "C0122 nothing is called `nobody` here @ nobody",
        "C0123 the argument `a` is there twice @ a",
        "C0122 nothing is called `kv` here @ kv",
        "C0123 the name `kv` is there twice @ kv",
        "C0127 `acme:app` is the package that this document defines @ acme:app",
    ];
    for (said, expected) in said.iter().zip(expected) {
        assert_eq!(said, expected);
    }
    assert_eq!(said.len(), expected.len(), "{said:#?}");
}

#[test]
fn no_text_makes_it_panic() {
    let seed = "package acme:app@1.2.0 targets acme:worlds/app@0.1.0;\nimport log as \"my-log\": acme:log/log@1.0.0;\n\
                import i: interface { resource r { m: func(); } };\nlet kv = new acme:kv { log, ...log, ... };\n\
                let o = (new acme:kv { \"a:b/c\": kv.log }).x[\"y\"];\nexport kv...;\nexport o as \"n\";\n";
    let scraps =
        ["(", ")", "{", "}", "...", ";", "\"", "new ", "let ", "import x: ", "é", "\u{0}", "/*", "//", "@", "%"];
    let deep = format!("package a:b; export {}x{};", "(".repeat(100_000), ")".repeat(100_000));
    assert!(read(&deep).1[0].starts_with("C0120"));
    mangled::no_text_makes_it_panic(seed, &scraps, 'p', read);
}
