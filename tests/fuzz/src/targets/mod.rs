//! What is fuzzed, one module each: a function from any bytes to nothing, which panics if a promise is broken.
//!
//! A new target is a module here, a row in [`TARGETS`], a file in `fuzz_targets/` and its `[[bin]]` in `Cargo.toml`; its
//! findings go to `regressions/<name>/`.

#![allow(unreachable_pub, reason = "the binaries of the fuzzer name the targets, the tests include them")]

pub mod contracts;
pub mod decode;
pub mod manifest;
pub mod mutate;
pub mod names;
pub mod pipeline;
mod said;
mod whole;
pub mod wit;

/// A target: its name and what it does with an input.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: &[Target] = &[
    ("contracts", contracts::run),
    ("decode", decode::run),
    ("manifest", manifest::run),
    ("mutate", mutate::run),
    ("names", names::run),
    ("pipeline", pipeline::run),
    ("wit", wit::run),
];
