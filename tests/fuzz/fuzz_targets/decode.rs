//! The target `decode`; what it does stands in `src/targets/decode.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(init: compose_fuzz::prepare(), |bytes: &[u8]| compose_fuzz::targets::decode::run(bytes));
