//! Of a folder on offer only that is read which something asks for by name; the composition is the same as if all of it
//! had been read.

use crate::family::family;
use component_compose::diag::Sink;
use component_compose::emit::plan;
use component_compose::model::request::{Input, InputFrom, Offer, Request, Written};
use component_compose::pipeline;
use std::path::Path;

/// The plan, and the codes of what is wrong, with the first component as the root and the others on offer in a folder.
fn planned(root: &(String, Vec<u8>), folder: &Path, read_whole_offers: bool) -> (String, Vec<&'static str>) {
    let from = InputFrom::Memory { origin: "root.wasm".into(), bytes: root.1.clone().into() };
    let request = Request {
        inputs: vec![Input { name: Some(Written::new(&root.0)), from }],
        offers: vec![Offer { written: Written::new("offer"), path: folder.into() }],
        target: Some(Written::new("tools-0.263")),
        allow: vec![Written::new("*")],
        read_whole_offers,
        ..Request::new()
    };
    let mut sink = Sink::default();
    let planned = pipeline::plan(&request, &mut sink);
    let text = String::from_utf8(plan::json(&planned.plan, &planned.components, None, None)).expect("JSON is text");
    let mut codes: Vec<_> = sink.diagnostics().iter().map(|told| told.code.number()).collect();
    codes.sort_unstable();
    (text, codes)
}

#[test]
fn what_is_not_asked_for_by_name_changes_nothing() {
    let mut wired = 0;
    for seed in 0..40 {
        let members = family(seed, 4).members;
        let Some((root, others)) = members.split_first() else { continue };
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, bytes) in others {
            std::fs::write(folder.path().join(format!("{name}.wasm")), bytes).expect("the folder takes files");
        }
        let (skimmed, whole) = (planned(root, folder.path(), false), planned(root, folder.path(), true));
        assert_eq!(skimmed, whole, "seed {seed}");
        let plan: serde_json::Value = serde_json::from_str(&skimmed.0).expect("it is JSON");
        wired += usize::from(plan["instances"].as_array().expect("a list").len() > 1);
    }
    assert!(wired > 5, "offers are taken: {wired}");
}
