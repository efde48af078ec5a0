//! Tells the crate which target it is compiled for, so that an executable can say it of itself.

fn main() {
    let triple = std::env::var("TARGET").expect("cargo tells the target");
    println!("cargo:rustc-env=COMPOSE_TRIPLE={triple}");
    println!("cargo:rerun-if-changed=build.rs");
}
