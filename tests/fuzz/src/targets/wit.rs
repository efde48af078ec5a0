//! Any text as WIT: as a package among the inputs, as the package of a manifest, and as the world that a result must
//! conform to. Never a panic, and complaints point into the text.

use super::pipeline::fixed_members;
use super::whole::{input, open_request, run as whole};
use component_compose::model::request::{Input, InputFrom, WitRequest, WorldRequest, Written};

/// The target. WIT is read from files only, so each input becomes one.
pub fn run(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("it.wit");
    std::fs::write(&path, bytes).expect("the folder takes files");
    let written = || Written::new("it.wit");
    let component = || input("app", fixed_members()[0].clone());

    let from = InputFrom::Path { written: written(), path: path.clone() };
    whole(&open_request("tools-0.263", vec![component(), Input { name: None, from }]));

    let mut request = open_request("tools-0.263", vec![component()]);
    request.wit = vec![WitRequest { package: Written::new("a:b"), written: written(), path: path.clone() }];
    request.world = Some(WorldRequest { written: written(), path, name: None, package: None });
    whole(&request);
}
