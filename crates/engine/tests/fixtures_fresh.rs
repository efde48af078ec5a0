//! Are the committed components those that the committed sources would build?
//!
//! It cannot rebuild them (that takes five toolchains), so it compares digests as `fixtures/README.md` defines them: of each
//! built file, and of each source that went into it. A failure names the component; `fixtures/rebuild.sh NAME` mends it.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn hex(digest: Sha256) -> String {
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn is_left_out(name: &str) -> bool {
    name == "target" || name == "node_modules" || name.starts_with('.')
}

/// Every file below, by its path from the root with `/`.
fn files(root: &Path, path: &str, into: &mut BTreeMap<String, PathBuf>) -> Result<(), Box<dyn Error>> {
    let here = root.join(path);
    if here.is_file() {
        into.insert(path.to_string(), here);
        return Ok(());
    }
    for entry in fs::read_dir(&here).map_err(|error| format!("{path}: {error}"))? {
        let name = entry?.file_name().into_string().map_err(|name| format!("{path}: {name:?}"))?;
        if !is_left_out(&name) {
            files(root, &format!("{path}/{name}"), into)?;
        }
    }
    Ok(())
}

fn source_digest(root: &Path, sources: &[&str]) -> Result<String, Box<dyn Error>> {
    let mut found = BTreeMap::new();
    for source in sources {
        files(root, source, &mut found)?;
    }
    let mut digest = Sha256::new();
    for (path, file) in found {
        let bytes = fs::read(file)?;
        digest.update(format!("{path}\0{}\0", bytes.len()));
        digest.update(bytes);
    }
    Ok(hex(digest))
}

#[test]
fn components_match_their_sources() -> Result<(), Box<dyn Error>> {
    let root = root();
    let digests: toml::Table = fs::read_to_string(root.join("fixtures/digests.toml"))?.parse()?;
    let mut stale = Vec::new();
    for (name, entry) in &digests {
        let text = |key: &str| entry.get(key).and_then(toml::Value::as_str).unwrap_or_default();
        let file = fs::read(root.join(format!("fixtures/components/{name}.wasm")))?;
        if hex(Sha256::new_with_prefix(&file)) != text("sha256") {
            stale.push(format!("{name}.wasm is not the file that was recorded"));
        }
        let sources: Vec<&str> = entry
            .get("sources")
            .and_then(toml::Value::as_array)
            .ok_or_else(|| format!("{name} has no sources"))?
            .iter()
            .filter_map(toml::Value::as_str)
            .collect();
        if source_digest(&root, &sources)? != text("sources-sha256") {
            stale.push(format!("{name}: a source changed since it was built"));
        }
    }
    assert!(stale.is_empty(), "run fixtures/rebuild.sh:\n{}", stale.join("\n"));
    Ok(())
}

#[test]
fn every_component_is_recorded_and_every_record_has_a_component() -> Result<(), Box<dyn Error>> {
    let root = root();
    let digests: toml::Table = fs::read_to_string(root.join("fixtures/digests.toml"))?.parse()?;
    let mut built = Vec::new();
    for entry in fs::read_dir(root.join("fixtures/components"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "wasm") {
            built.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
        }
    }
    built.sort();
    let mut recorded: Vec<String> = digests.keys().cloned().collect();
    recorded.sort();
    assert_eq!(built, recorded);
    Ok(())
}

/// What no committed file should tell: where it was built.
#[test]
fn no_component_holds_a_path_of_the_machine_that_built_it() -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(root().join("fixtures/components"))? {
        let path = entry?.path();
        let bytes = fs::read(&path)?;
        for needle in ["/home/", "/root/", "/Users/", "/.cargo/", "/fixtures/guests/"] {
            let found = bytes.windows(needle.len()).any(|window| window == needle.as_bytes());
            assert!(!found, "{} holds `{needle}`", path.display());
        }
    }
    Ok(())
}
