//! Schemas as others publish them, out of packages that bring them along, so that none is copied into this repository.
//!
//! `tests/published/` names the packages with their checksums. They are fetched by cargo like any dependency, at the first
//! run of such a test or by hand, and never built: building them would take longer than all tests that need them.

use super::{read, root};
use serde_json::Value;
use std::process::Command;

/// A file of one of the packages.
pub fn published(package: &str, file: &str) -> String {
    let manifest = root().join("tests/published/Cargo.toml");
    // What is there already needs no network.
    let metadata = [&["--offline"][..], &[]].into_iter().map(|more| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["metadata", "--format-version", "1", "--locked", "--manifest-path"]).arg(&manifest).args(more);
        let output = cargo.output().expect("cargo runs, since it built this");
        match output.status.success() {
            true => Ok(serde_json::from_slice::<Value>(&output.stdout).expect("cargo writes JSON")),
            false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        }
    });
    let mut last = String::new();
    for metadata in metadata {
        match metadata {
            Ok(metadata) => {
                let packages = metadata["packages"].as_array().expect("a list of packages");
                let found = packages.iter().find(|one| one["name"] == package);
                let manifest = found.and_then(|one| one["manifest_path"].as_str());
                let manifest = manifest.unwrap_or_else(|| panic!("`{package}` is not in tests/published/Cargo.toml"));
                return read(std::path::Path::new(manifest).with_file_name("").join(file));
            }
            Err(error) => last = error,
        }
    }
    panic!(
        "the published schemas are not there and cannot be fetched; with a network \
         `cargo fetch --locked --manifest-path tests/published/Cargo.toml` does it:\n{last}"
    );
}
