//! The target `pipeline`; what it does stands in `src/targets/pipeline.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(init: compose_fuzz::prepare(), |bytes: &[u8]| compose_fuzz::targets::pipeline::run(bytes));
