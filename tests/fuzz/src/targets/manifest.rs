//! Any text as `compose.toml`: never a panic, each complaint points into the text; and what is a manifest goes through
//! the stages with components of a fixed family in the place of its files.

use super::whole::{input, once_more, run as whole};
use super::{pipeline, said};
use component_compose::diag::Sink;
use component_compose::manifest;
use component_compose::model::request::InputFrom;
use std::path::Path;

/// The target.
pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut sink = Sink::default();
    let request = manifest::parse(&text, "compose.toml", Path::new("base"), &mut sink);
    said::judge(&sink);
    // The default takes the place of a host that nobody knows.
    assert_eq!(request.is_none(), sink.is_incomplete(), "a request comes back if nothing is wrong, and only then");
    let Some(mut request) = request else { return };
    // Nothing of the disk: each file is a member of the family, folders and worlds are left out.
    let members = pipeline::fixed_members();
    for (index, one) in request.inputs.iter_mut().enumerate().take(12) {
        let name = one.name.clone();
        if let InputFrom::Path { written, .. } = &one.from {
            let bytes = members[(index + written.text.len()) % members.len()].clone();
            *one = input("it", bytes);
            one.name = name;
        }
    }
    request.inputs.retain(|input| matches!(input.from, InputFrom::Memory { .. }));
    request.offers.clear();
    request.wit.clear();
    request.world = None;
    let first = whole(&request);
    request.inputs.reverse();
    let reversed = once_more(&request);
    if request.root.is_some() {
        assert_eq!(first.codes, reversed.codes, "the order of the inputs shows in the codes");
        assert!(first.bytes == reversed.bytes, "the order of the inputs shows in the result");
    }
}
