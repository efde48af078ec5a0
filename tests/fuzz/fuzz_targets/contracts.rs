//! The target `contracts`; what it does stands in `src/targets/contracts.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(init: compose_fuzz::prepare(), |bytes: &[u8]| compose_fuzz::targets::contracts::run(bytes));
