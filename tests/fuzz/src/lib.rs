//! Fuzzing of `compose`: `cargo +nightly fuzz run --fuzz-dir tests/fuzz TARGET`.
//!
//! The bodies of the targets are plain functions in `targets/`. `tests/it/fuzz_replay.rs` includes the same files and
//! replays on stable what was ever found; so the generators they share are named from the root of either crate.

#[allow(dead_code, reason = "tests use the rest of it")]
#[path = "../../it/family.rs"]
mod family;
#[path = "../../support/guests.rs"]
mod guests;
#[allow(dead_code, reason = "tests use the rest of it")]
#[path = "../../it/random.rs"]
mod random;

pub mod targets;

/// Before the first input: a panic that the library catches is no finding.
pub fn prepare() {
    component_compose::diag::caught::hush();
}
