//! Any bytes as an input: never a panic, and what is a component composes by itself or is refused with a code.

use super::whole::{input, inside, open_request, run as whole};

/// The target.
pub fn run(bytes: &[u8]) {
    inside(bytes);
    for host in ["tools-0.263", "wasmtime-48"] {
        let one = whole(&open_request(host, vec![input("it", bytes)]));
        assert!(one.bytes.is_some() || !one.codes.is_empty(), "no result and no reason");
        // The same bytes under two names are one component; both are on offer to each other.
        let two = whole(&open_request(host, vec![input("it", bytes), input("other", bytes)]));
        assert!(two.bytes.is_some() || !two.codes.is_empty(), "no result and no reason");
    }
}
