//! The target `manifest`; what it does stands in `src/targets/manifest.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(init: compose_fuzz::prepare(), |bytes: &[u8]| compose_fuzz::targets::manifest::run(bytes));
