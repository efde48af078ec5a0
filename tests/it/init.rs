//! A manifest that `init` writes gives what the command line gave, and so it does when all of its suggestions are taken.

use crate::support::case::prepare;
use crate::support::{files_below, root, run};
use component_compose::diag::Sink;
use component_compose::manifest::parse;
use component_compose::model::request::PinTo;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Compositions of the shop and its kin, as they are asked for on the command line.
const ASKED: &[&[&str]] = &[
    &["shop-cli.wasm", "cart.wasm", "inventory.wasm", "pricing.wasm", "kv.wasm", "audit.wasm"],
    &["--root", "shop-cli", "--offer", "."],
    &["shop-cli.wasm", "--offer", "."],
    &["x=front.wasm", "auth.wasm", "--offer=.", "--chain=wasi:http/incoming-handler=auth,x", "--target=wasmtime-48"],
    &["ticker-client.wasm", "ticker.wasm"],
    &["kv.wasm"],
];

fn compose(args: &[&str]) -> run::Ran {
    let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
    run::compose(&root().join("fixtures/components"), &args, None, &BTreeMap::new()).expect("a run")
}

/// Runs a verb, which has to succeed; gives what it wrote.
#[track_caller]
fn made(args: &[&str], output: &Path) -> Vec<u8> {
    let place = output.to_str().expect("a temporary path is UTF-8");
    let ran = compose(&[args, &["-o", place]].concat());
    assert_eq!(ran.exit, 0, "{args:?}: {}", ran.stderr);
    std::fs::read(output).expect("the output is there")
}

/// The manifest with the `#` in front of each line that could stand in it taken away.
fn all_taken(manifest: &str) -> String {
    let lines = manifest.lines().map(|line| match line.strip_prefix("# ") {
        Some(suggestion) if is_line(suggestion) => suggestion,
        _ => line,
    });
    lines.map(|line| format!("{line}\n")).collect()
}

/// Whether a comment is a line of a manifest: a key, quoted or not, and a value.
fn is_line(comment: &str) -> bool {
    let Some((key, _)) = comment.split_once(" = ") else { return false };
    key.starts_with('"') || !key.contains(' ')
}

/// What a manifest pins, chains and allows, a line each.
fn decided(manifest: &str) -> BTreeSet<String> {
    let mut sink = Sink::default();
    let request = parse(manifest, "compose.toml", Path::new(""), &mut sink);
    let request = request.unwrap_or_else(|| panic!("{:#?}\n{manifest}", sink.diagnostics()));
    let pins = request.pins.iter().map(|pin| {
        let instance = pin.instance.as_ref().map_or("*", |name| &name.text);
        let export = match &pin.to {
            PinTo::Export { export, .. } => format!(", its {}", export.text),
            _ => String::new(),
        };
        format!("{} of {instance} from {}{export}", pin.import.text, pin.to.word().text)
    });
    let chains = request.chains.iter().map(|chain| {
        let members: Vec<&str> = chain.members.iter().map(|member| member.text.as_str()).collect();
        format!("{} by {}", chain.interface.text, members.join(", "))
    });
    let allowed = request.allow.iter().map(|pattern| format!("{} may stay open", pattern.text));
    pins.chain(chains).chain(allowed).collect()
}

#[test]
fn each_suggestion_alone_means_what_it_says() {
    let cases = [
        ("to-decide", &["app.wasm", "a.wasm", "b.wasm", "guard.wasm"][..]),
        ("to-decide", &["app.wasm", "a.wasm", "guard.wasm", "guard-2=guard.wasm"]),
        ("to-decide", &["app.wasm", "a.wasm", "guard.wasm", "--allow-import", "t:none/*"]),
        ("decisions", &["app.wasm", "log.wasm", "--offer", "more"]),
    ];
    let mut found = BTreeSet::new();
    for (case, inputs) in cases {
        let temporary = tempfile::tempdir().expect("a temporary folder");
        let folder = root().join("tests/ui/init").join(case);
        prepare(&folder, &files_below(&folder), &[], temporary.path()).expect("the inputs of the case");
        let args = [&["init", "-o", "-"], inputs].concat();
        let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
        let ran = run::compose(temporary.path(), &args, None, &BTreeMap::new()).expect("a run");
        let manifest = ran.stdout;
        let before = decided(&manifest);
        let lines: Vec<&str> = manifest.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let Some(taken) = line.strip_prefix("# ").filter(|line| is_line(line)) else { continue };
            let mut changed = lines.clone();
            changed[at] = taken;
            let after = decided(&changed.join("\n"));
            assert!(before.is_subset(&after), "{taken}");
            let new: Vec<_> = after.difference(&before).cloned().collect();
            assert!(!new.is_empty(), "{taken} in\n{manifest}");
            found.extend(new);
        }
    }
    let found: Vec<&str> = found.iter().map(String::as_str).collect();
    let expected = [
        "t:free/thing may stay open",
        "t:kv/store may stay open",
        "t:kv/store of app from a",
        "t:kv/store of app from b",
        "t:log/log by guard, guard-2, a",
        "t:log/log of app from a",
        "t:log/log of app from guard",
        "t:log/log of app from guard-2",
        "t:log/log of app from log",
        "t:log/log of guard from a",
        "t:log/log of guard from b",
        "t:log/log of guard from guard-2",
        "t:log/log of guard-2 from a",
        "t:log/log of guard-2 from guard",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_manifest_gives_what_the_command_line_gave() {
    for asked in ASKED {
        let temporary = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| temporary.path().join(name);
        let direct = made(&[&["build", "--no-plan"], *asked].concat(), &at("direct.wasm"));
        let manifest = made(&[&["init"], *asked].concat(), &at("compose.toml"));
        let manifest = String::from_utf8(manifest).expect("a manifest is text");
        let taken = all_taken(&manifest);
        assert_eq!(taken == manifest, asked.len() == 1, "there is something to take:\n{manifest}");
        std::fs::write(at("taken.toml"), &taken).expect("a temporary file");
        for name in ["compose.toml", "taken.toml"] {
            let path = at(name);
            let path = path.to_str().expect("a temporary path is UTF-8");
            let again = made(&["build", "--no-plan", "--manifest-path", path], &at("again.wasm"));
            assert!(again == direct, "{asked:?} by {name} is another component:\n{manifest}\n{taken}");
        }
    }
}

#[cfg(unix)]
#[test]
fn paths_are_right_behind_links() {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| temporary.path().join(name);
    std::fs::create_dir_all(at("deep/deeper")).expect("a folder");
    std::os::unix::fs::symlink(at("deep/deeper"), at("link")).expect("a link");
    let manifest = at("link/compose.toml");
    made(&["init", "kv.wasm"], &manifest);
    let path = manifest.to_str().expect("a temporary path is UTF-8");
    made(&["build", "--manifest-path", path], &at("out.wasm"));
}
