//! The target `mutate`; what it does stands in `src/targets/mutate.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(init: compose_fuzz::prepare(), |bytes: &[u8]| compose_fuzz::targets::mutate::run(bytes));
