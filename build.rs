//! Puts the stubs into `compose` that `COMPOSE_EMBED_STUBS` names (`TRIPLE=FILE,…`); without it none.

use std::fmt::Write as _;
use std::path::Path;

fn main() {
    println!("cargo:rerun-if-env-changed=COMPOSE_EMBED_STUBS");
    println!("cargo:rerun-if-changed=build.rs");
    let wanted = std::env::var("COMPOSE_EMBED_STUBS").unwrap_or_default();
    let mut table = String::new();
    for word in wanted.split(',').filter(|word| !word.is_empty()) {
        let (triple, file) = word.split_once('=').expect("COMPOSE_EMBED_STUBS is TRIPLE=FILE,TRIPLE=FILE");
        let file = Path::new(file).canonicalize().unwrap_or_else(|error| panic!("{file}: {error}"));
        println!("cargo:rerun-if-changed={}", file.display());
        writeln!(table, "    ({triple:?}, include_bytes!({file:?})),").expect("a string takes everything");
    }
    let text =
        format!("/// Stubs inside of this executable, by target.\nstatic EMBEDDED: &[(&str, &[u8])] = &[\n{table}];\n");
    let folder = std::env::var_os("OUT_DIR").expect("cargo tells the folder");
    std::fs::write(Path::new(&folder).join("embedded_stubs.rs"), text)
        .expect("the folder of this build can be written");
}
