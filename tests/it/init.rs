//! A manifest that `init` writes gives what the command line gave, and so it does when all of its suggestions are taken.

use crate::support::{root, run};
use std::collections::BTreeMap;
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
        Some(suggestion) if suggestion.starts_with('[') || suggestion.contains(" = ") => suggestion,
        _ => line,
    });
    lines.map(|line| format!("{line}\n")).collect()
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
