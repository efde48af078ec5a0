//! The target `wit`; what it does stands in `src/targets/wit.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(init: compose_fuzz::prepare(), |bytes: &[u8]| compose_fuzz::targets::wit::run(bytes));
