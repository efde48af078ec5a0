//! The target `names`; what it does stands in `src/targets/names.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(init: compose_fuzz::prepare(), |bytes: &[u8]| compose_fuzz::targets::names::run(bytes));
