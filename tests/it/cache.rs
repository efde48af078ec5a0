//! What earlier runs leave behind changes nothing but the time: results are the same with an empty cache, a full one, a
//! damaged one, a foreign one and none.

use crate::support::run;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const FILES: [&str; 2] = ["front", "auth"];

/// Builds two components of the example with the cache in `cache`, and gives the artifact.
fn build(folder: &Path, cache: &Path, more: &[&str]) -> Vec<u8> {
    let files = FILES.map(|name| format!("{name}.wasm"));
    let mut args: Vec<String> = vec!["build".into()];
    args.extend(files);
    args.extend(["--chain", "wasi:http/incoming-handler=auth,front", "--allow-import", "shop:*"].map(str::to_owned));
    args.extend(["-o", "out.wasm"].map(str::to_owned));
    args.extend(more.iter().map(|word| (*word).to_owned()));
    let env = BTreeMap::from([("COMPOSE_CACHE".to_owned(), cache.display().to_string())]);
    let ran = run::compose(folder, &args, None, &env).expect("a run");
    assert_eq!(ran.exit, 0, "{}", ran.stderr);
    let artifact = fs::read(folder.join("out.wasm")).expect("it was written");
    fs::remove_file(folder.join("out.wasm")).expect("it is there");
    artifact
}

fn entries(cache: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(cache) else { return Vec::new() };
    let mut entries: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    entries
}

#[test]
fn a_full_a_damaged_and_no_cache_give_the_same_bytes() {
    let outer = tempfile::tempdir().expect("a temporary folder");
    let (folder, cache) = (outer.path().join("work"), outer.path().join("cache"));
    fs::create_dir(&folder).expect("a folder");
    for name in FILES {
        let from = crate::support::root().join("fixtures/components").join(format!("{name}.wasm"));
        fs::copy(from, folder.join(format!("{name}.wasm"))).expect("a copy");
    }

    let without = build(&folder, &cache, &["--no-cache"]);
    assert_eq!(entries(&cache), Vec::<PathBuf>::new(), "told not to");
    assert_eq!(build(&folder, Path::new(""), &[]), without, "switched off");
    assert_eq!(build(&folder, &cache, &[]), without, "empty");
    let all = entries(&cache);
    // Entries about core modules say nothing but that they are there.
    let is_shape = |entry: &&PathBuf| fs::metadata(entry).expect("an entry").len() > 32;
    let stored: Vec<_> = all.iter().filter(is_shape).cloned().collect();
    assert_eq!(stored.len(), FILES.len(), "one entry an input");
    assert!(all.len() > stored.len(), "and some about what is inside");
    let before: Vec<_> = stored.iter().map(|entry| fs::read(entry).expect("an entry")).collect();
    let written = |entry: &PathBuf| fs::metadata(entry).and_then(|entry| entry.modified()).expect("an entry");
    let times: Vec<_> = stored.iter().map(written).collect();
    assert_eq!(build(&folder, &cache, &[]), without, "full");
    assert_eq!(entries(&cache), all, "nothing new was found out");
    assert_eq!(stored.iter().map(written).collect::<Vec<_>>(), times, "nothing was found out again");

    // The last is whole, and that of another file.
    for damage in [&b""[..], b"no entry", &before[1]] {
        fs::write(&stored[0], damage).expect("an entry");
        assert_eq!(build(&folder, &cache, &[]), without, "damaged");
    }
    fs::write(&stored[0], &before[0][..before[0].len() - 1]).expect("an entry");
    assert_eq!(build(&folder, &cache, &[]), without, "cut");
    assert_eq!(fs::read(&stored[0]).expect("an entry"), before[0], "mended");

    fs::remove_dir_all(&cache).expect("ours");
    fs::write(&cache, "a file").expect("a file");
    assert_eq!(build(&folder, &cache, &[]), without, "no folder");
}
