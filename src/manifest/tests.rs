//! What a manifest means, what is refused, and that no text makes the reader panic.

use super::parse;
use super::write::{Text, string};
use crate::diag::Sink;
use crate::model::request::{Input, InputFrom, PinTo, Request, Written};
use std::path::{Path, PathBuf};

pub(super) fn read(text: &str) -> (Option<Request>, Vec<String>) {
    let mut sink = Sink::default();
    let request = parse(text, "compose.toml", Path::new("/base"), &mut sink);
    let said = sink
        .diagnostics()
        .iter()
        .map(|diagnostic| {
            for label in &diagnostic.labels {
                assert!(text.get(label.span.clone()).is_some(), "a span outside of the text: {diagnostic:?}");
            }
            let span = diagnostic.labels.first().map_or("", |label| &text[label.span.clone()]);
            let help = diagnostic.help.first().map(|help| format!(" | {help}")).unwrap_or_default();
            format!("{} {} @ {span}{help}", diagnostic.code, diagnostic.message)
        })
        .collect();
    (request, said)
}

/// The examples of `docs/manifest.md`.
pub(super) fn examples() -> Vec<&'static str> {
    let page = include_str!("../../docs/manifest.md");
    let blocks = page.split("```toml title=\"compose.toml\"\n").skip(1);
    blocks.map(|rest| rest.split("```").next().unwrap_or_default()).collect()
}

#[test]
fn the_examples_of_the_manual_are_valid() {
    assert_eq!(examples().len(), 15);
    for example in examples() {
        let (request, said) = read(example);
        assert!(request.is_some(), "{example}\n{said:#?}");
        assert_eq!(said, Vec::<String>::new(), "{example}");
    }
}

#[test]
fn every_key_reaches_the_request() {
    let (request, _) = read(examples()[1]);
    has_every_key(request.expect("the example of the manual is valid"));

    let (request, _) = read(examples()[10]);
    assert!(!request.expect("the example of the manual is valid").export_root);
}

#[test]
fn what_is_written_is_what_is_read() {
    for example in examples() {
        let (request, _) = read(example);
        let written = Text::of(&request.expect("the example of the manual is valid")).finish();
        let (again, said) = read(&written);
        assert_eq!(said, Vec::<String>::new(), "{written}");
        let again = again.expect("nothing was said");
        assert_eq!(Text::of(&again).finish(), written);
        if example == examples()[1] {
            has_every_key(again);
        }
    }
}

#[test]
fn any_text_can_be_written() {
    let strange = "a \" b \\ c \n d \t e \u{1b}[2J \u{7f} \u{9b} \u{202e} é 日 \u{0} # '''.wasm";
    let input = |(name, path): (&str, &str)| Input {
        name: Some(Written::new(name)),
        from: InputFrom::Path { written: Written::new(path), path: path.into() },
    };
    let inputs = [("kv", strange), ("dir", "dir"), ("wit", "some.wit"), ("far", "../dir")].map(input);
    let request = Request { root: Some(Written::new("kv")), inputs: inputs.into(), ..Request::new() };
    let mut text = Text::of(&request);
    text.say("components", "kv", "\"twice.wasm\"");
    text.suggest("wires.kv", "a:b/c", &string(strange), strange);
    text.above("chains", strange);
    text.note("chains", strange);
    let written = text.finish();
    let (again, said) = read(&written);
    assert_eq!(said, Vec::<String>::new(), "{written}");
    let path = |input: Input| match input.from {
        InputFrom::Path { written, .. } => written.text,
        other => panic!("{other:?}"),
    };
    let paths: Vec<String> = again.expect("nothing was said").inputs.into_iter().map(path).collect();
    assert_eq!(paths, [strange, "./dir", "./some.wit", "../dir"]);
    assert!(written.chars().all(|letter| letter == '\n' || !letter.is_control()), "{written:?}");
}

/// Holds a request against the example of the manual that uses everything.
#[track_caller]
fn has_every_key(request: Request) {
    let texts = |written: &[crate::model::request::Written]| -> Vec<String> {
        written.iter().map(|written| written.text.clone()).collect()
    };
    assert_eq!(request.name.unwrap().text, "acme:shop");
    assert_eq!(request.version.unwrap().text, "0.3.0");
    assert_eq!(request.root.unwrap().text, "shop");
    assert_eq!(request.target.unwrap().text, "tools-0.263");
    assert_eq!(request.offers[0].path, PathBuf::from("/base/more"));
    assert!(!request.allow_unused);
    let world = request.world.unwrap();
    assert_eq!((world.path, world.name.unwrap().text), (PathBuf::from("/base/wit"), "acme:shop/app".into()));
    assert_eq!(request.wit[0].package.text, "acme:metrics");
    assert_eq!(request.wit[0].path, PathBuf::from("/base/wit/metrics"));
    let names: Vec<_> = request.inputs.iter().map(|input| input.name.as_ref().unwrap().text.as_str()).collect();
    assert_eq!(names, ["shop", "auth", "log", "kv", "audit"]);
    let InputFrom::Path { written, path } = &request.inputs[2].from else { panic!("a path") };
    assert_eq!((written.text.as_str(), path.as_path()), ("log.wasm", Path::new("/base/log.wasm")));
    let instance = &request.instances[0];
    let component = instance.component.as_ref().expect("a further instance names its component");
    assert_eq!((instance.name.text.as_str(), component.text.as_str()), ("kv-sessions", "kv"));
    let pins: Vec<_> = request
        .pins
        .iter()
        .map(|pin| {
            let to = match &pin.to {
                PinTo::Instance(instance) => instance.text.clone(),
                PinTo::Export { instance, export, .. } => format!("{}#{}", instance.text, export.text),
                PinTo::Open(written) => format!("({})", written.text),
                PinTo::Whole(_) | PinTo::Fitting(_) => unreachable!("the example has none"),
            };
            format!("{}:{}={to}", pin.instance.as_ref().map_or("*", |name| &name.text), pin.import.text)
        })
        .collect();
    assert_eq!(
        pins,
        [
            "shop:acme:kv/store=kv",
            "shop:acme:audit/log=audit#acme:audit/sink",
            "shop:acme:mail/*=(open)",
            "auth:acme:kv/store=kv-sessions",
            "*:acme:metrics/*=(open)",
        ]
    );
    assert_eq!(texts(&request.chains[0].members), ["auth", "log", "shop"]);
    assert_eq!(texts(&request.allow), ["wasi:*", "acme:metrics/*", "acme:mail/*"]);
    assert_eq!(texts(&request.deny), ["wasi:sockets/*"]);
    assert!(request.merge_open && request.export_root);
    let exports: Vec<_> = request
        .exports
        .iter()
        .map(|export| {
            (export.name.as_ref().unwrap().text.as_str(), export.instance.text.as_str(), export.export.is_some())
        })
        .collect();
    assert_eq!(exports, [("acme:kv/admin", "kv", false), ("sink", "audit", true)]);
}

#[test]
fn all_faults_of_a_manifest_are_said_in_one_run() {
    let text = r#"
rot = "app"
target = "wasmtime-48"

[composition]
name = ""
version = "1.2"
target = "wasmtime-84"
offer = "parts"
world = { name = "A_b" }

[wit]
types = "wit/types"

[components]
My_App = "app.wasm"
kv = "kv"
auth = "acme:auth@1.2"
log = { path = "log.wasm", package = "acme:log" }
db = { package = "acme:db", version = "1" }
x = {}
y = 3

[instances.x]
componnent = "kv"

[instances.kv2]
component = "kv"
size = 3

[wires.app]
"wasi:http" = "kv"
"wasi:ht*" = "kv"
"a:b/c" = { open = false }
"a:b/d" = { instance = "kv", open = true }
"a:b/e" = ["kv"]
"a:b/f" = { export = "a:b/f" }

[chains]
"a:b/*" = ["kv"]
"a:b/c" = []

[imports]
allow = ["wasi:*", "wasi*", 3]
merge = "of"

[exports]
root = "app"
"a:b/g" = { instance = "kv", exprot = "x" }
"#;
    let (request, said) = read(text);
    assert!(request.is_none());
    let expected = [
        r#"C0102 the manifest has no key `rot` @ rot"#,
        r#"C0102 the manifest has no key `target` @ target | put it into `[composition]`"#,
        r#"C0109 `[composition]` has no `root` @ composition | root = "My_App""#,
        r#"C0105 the name of a composition is empty @ """#,
        r#"C0110 `version` cannot be `1.2` @ "1.2" | version = "1.2.0""#,
        r#"C0509 no host is called `wasmtime-84` @ "wasmtime-84" | target = "wasmtime-48""#,
        r#"C0104 `offer` must be a list of strings, not a value of type string @ "parts" | offer = ["parts"]"#,
        r#"C0109 `composition.world` has no `wit` @ { name = "A_b" } | world = { wit = "wit", name = "acme:shop/app" }"#,
        r#"C0110 `name` cannot be `A_b` @ "A_b""#,
        r#"C0105 `types` is not a legal name for a WIT package @ types"#,
        r#"C0105 `My_App` is not a legal name for a component @ My_App | call it `my-app`"#,
        r#"C0110 `kv` cannot be `kv` @ "kv" | kv = "./kv""#,
        r#"C0108 component `auth` is to come from a registry, which this version cannot do yet @ "acme:auth@1.2" | auth = "components/auth.wasm""#,
        r#"C0107 `components.log` has both `path` and `package` @ package | leave out `path` or `package`"#,
        r#"C0108 component `db` is to come from a registry, which this version cannot do yet @ "acme:db" | db = "components/db.wasm""#,
        r#"C0109 component `x` has no `path` @ {} | x = { path = "components/x.wasm" }"#,
        r#"C0104 `y` must be a path or a table with `path`, not a value of type integer @ 3 | y = "components/y.wasm""#,
        r#"C0109 instance `x` has no `component` @ x | component = "…""#,
        r#"C0102 `[instances.x]` has no key `componnent` @ componnent | did you mean `component`?"#,
        r#"C0102 `[instances.kv2]` has no key `size` @ size"#,
        r#"C0106 `wasi:http` is a package, where interfaces are meant @ "wasi:http" | "wasi:http/*""#,
        r#"C0106 `wasi:ht*` is not a pattern @ "wasi:ht*" | "wasi:*""#,
        r#"C0110 `open` cannot be `false` @ false"#,
        r#"C0107 `wires.app."a:b/d"` has both `instance` and `open` @ open | leave out `instance` or `open`"#,
        r#"C0104 `a:b/e` must be the name of an instance, or a table with `instance` and `export`, not a value of type array @ ["kv"] | "a:b/e" = "…""#,
        r#"C0109 `wires.app."a:b/f"` has no `instance` @ { export = "a:b/f" } | { instance = "…", export = "…" }"#,
        r#"C0106 `a:b/*` has a `*` where one interface must be named @ "a:b/*""#,
        r#"C0110 `a:b/c` cannot be `[]` @ []"#,
        r#"C0106 `wasi*` is not a pattern @ "wasi*" | "wasi:*""#,
        r#"C0104 `allow` must be a list of strings, not a value of type integer @ 3 | "3""#,
        r#"C0110 `merge` cannot be `of` @ "of" | merge = "off""#,
        r#"C0110 `root` cannot be `app` @ "app""#,
        r#"C0102 `[exports."a:b/g"]` has no key `exprot` @ exprot | did you mean `export`?"#,
    ];
    for (said, expected) in said.iter().zip(expected) {
        assert_eq!(said, expected);
    }
    assert_eq!(said.len(), expected.len(), "{said:#?}");
}

#[test]
fn broken_lines_are_reported_without_echoes() {
    let (request, said) = read("[components]\napp = \"app.wasm\nkv = = 3\nlog = 3\n");
    assert!(request.is_none());
    assert!(said.iter().all(|said| !said.contains("no `root`")), "{said:#?}");
    assert_eq!(said.iter().filter(|said| said.starts_with("C0101")).count(), 2, "{said:#?}");
    assert!(said.iter().any(|said| said.starts_with("C0104 `log`")), "{said:#?}");
    assert_eq!(said.len(), 3, "{said:#?}");
}

#[test]
fn a_broken_line_is_mended_where_it_can_be() {
    let helps = |text: &str| {
        let mut sink = Sink::default();
        parse(text, "compose.toml", Path::new(""), &mut sink);
        let help = |found: &crate::diag::Diagnostic| found.help.join("; ");
        sink.diagnostics().iter().filter(|found| found.code.number() == "C0101").map(help).collect::<Vec<_>>()
    };
    for (text, help) in [
        ("[components\n", "[components]"),
        ("[wires.\"*\"\n", "[wires.\"*\"]"),
        ("[components]\napp = app.wasm\n", "app = \"app.wasm\""),
        ("[components]\napp =\n", "app = \"…\""),
        ("[components]\napp = \"app.wasm\n", "app = \"app.wasm\""),
        ("[imports]\nallow = [\"wasi:*\"\n", "a list is `key = [\"one\", \"two\"]`"),
        ("[components]\nkv = { path = \"kv.wasm\"\n", "a table on one line is `key = { one = \"value\" }`"),
        ("[components]\napp\n", "a line is `key = \"value\"`, or `[table]`"),
    ] {
        assert_eq!(helps(text), [help], "{text}");
    }
}

#[test]
fn a_key_written_twice_shows_both_places() {
    let (_, said) = read("[components]\napp = \"a.wasm\"\napp = \"b.wasm\"\n");
    assert_eq!(said, ["C0103 the key `app` is there twice @ app | leave one of them out"]);
    let mut sink = Sink::default();
    parse("[components]\napp = \"a.wasm\"\napp = \"b.wasm\"\n", "compose.toml", Path::new(""), &mut sink);
    let labels: Vec<std::ops::Range<usize>> =
        sink.diagnostics()[0].labels.iter().map(|label| label.span.clone()).collect();
    assert_eq!(labels, [28..31, 13..16]);
}

#[test]
fn nothing_to_compose_is_said() {
    for text in ["", "\n\n", "[components]", "[imports]\nallow = []", "# only a comment"] {
        let (_, said) = read(text);
        assert_eq!(said.len(), 1, "{text:?} {said:#?}");
        assert!(said[0].starts_with("C0109 the manifest has no `components`"), "{said:#?}");
    }
    let (request, said) = read("[components]\nkv = \"./kv.wasm\"");
    assert!(request.is_some() && said.is_empty(), "one component needs no root");
}

/// Texts made of the examples by cutting, repeating and putting scraps in.
pub(super) fn mutated(count: usize) -> impl Iterator<Item = String> {
    let seeds: Vec<&str> = examples();
    let scraps = [
        "=",
        "[",
        "]",
        "{",
        "}",
        "\"",
        "'",
        "\n",
        ".",
        "*",
        ":",
        "/",
        "@",
        "#",
        "\u{0}",
        "é",
        "日",
        "\\",
        "\"\"\"",
        "''",
        "[[wires]]\n",
        "[wires]\n",
        "components = 3\n",
        "= {",
        "1e9",
        "true",
        "1979-05-27",
        "a.b.c = 1\n",
        "\r",
        "\t",
    ];
    let mut state = 88_172_645_463_325_252_u64;
    let mut next = move |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % limit.max(1) as u64) as usize
    };
    (0..count).map(move |_| {
        let mut text: Vec<char> = seeds[next(seeds.len())].chars().collect();
        for _ in 0..=next(6) {
            let at = next(text.len());
            match next(4) {
                0 => drop(text.drain(at..(at + next(40)).min(text.len()))),
                1 => drop(text.splice(at..at, scraps[next(scraps.len())].chars())),
                2 => {
                    let piece: Vec<char> = text[at..(at + next(60)).min(text.len())].to_vec();
                    let to = next(text.len());
                    drop(text.splice(to..to, piece));
                }
                _ => text.truncate(at.max(1)),
            }
            if text.is_empty() {
                text.push('a');
            }
        }
        text.into_iter().collect()
    })
}

#[test]
fn no_text_makes_it_panic() {
    for text in mutated(3_000) {
        let (request, said) = read(&text);
        let whole = said.iter().all(|said| said.starts_with("C0509"));
        assert_eq!(request.is_some(), whole, "a request and complaints, or neither: {text:?}");
    }
}
