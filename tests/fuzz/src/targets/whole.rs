//! A request through all stages in memory: what `check` lets pass has to link, to be valid for a host as a whole and to
//! have the predicted world; what it refuses is said with a code.

use super::said;
use component_compose::diag::Sink;
use component_compose::emit;
use component_compose::inspect::{self, Anatomy, Inspected};
use component_compose::model::host::HostProfile;
use component_compose::model::request::{Input, InputFrom, Request, Written};
use component_compose::pipeline::{self, LinkOptions, Planned, Verify};
use component_compose::sources;
use component_compose::types::world_text::{canonical_text, world_text};
use wasmparser::Validator;

/// What came of a request.
pub(super) struct Outcome {
    /// The bytes of the result, if there is one.
    pub(super) bytes: Option<Vec<u8>>,
    /// The plan as it is written into results.
    pub(super) plan: Vec<u8>,
    /// The codes that were given, sorted.
    pub(super) codes: Vec<&'static str>,
}

/// An input of bytes.
pub(super) fn input(name: &str, bytes: impl Into<Vec<u8>>) -> Input {
    let from = InputFrom::Memory { origin: format!("{name}.wasm"), bytes: bytes.into().into() };
    Input { name: Some(Written::new(name)), from }
}

/// A request that lets everything stay open and unused.
pub(super) fn open_request(target: &str, inputs: Vec<Input>) -> Request {
    Request {
        target: Some(Written::new(target)),
        inputs,
        allow: vec![Written::new("*")],
        allow_unused: true,
        ..Request::new()
    }
}

/// Runs all stages over a request without files, and judges what comes of it.
pub(super) fn run(request: &Request) -> Outcome {
    outcome(request, true)
}

/// The same for a request whose outcome is only compared with one that was judged.
pub(super) fn once_more(request: &Request) -> Outcome {
    outcome(request, false)
}

fn outcome(request: &Request, judged: bool) -> Outcome {
    if let Some(folder) = std::env::var_os("COMPOSE_FUZZ_KEEP") {
        keep(request, std::path::Path::new(&folder));
    }
    let mut sink = Sink::default();
    let planned = pipeline::plan(request, &mut sink);
    for component in &planned.components.items {
        // The decoder reports what is of a kind that shapes do not have; its words may still be printed.
        world_text(&component.shape);
        canonical_text(&component.shape);
    }
    let bytes = linked(request, &planned, judged, &mut sink);
    said::judge(&sink);
    let mut codes: Vec<_> = sink.diagnostics().iter().map(|told| told.code.number()).collect();
    codes.sort_unstable();
    Outcome { bytes, plan: emit::plan::json(&planned.plan, &planned.components, None, None), codes }
}

/// Writes the inputs of the last request into a folder, to look at a finding.
fn keep(request: &Request, folder: &std::path::Path) {
    for input in &request.inputs {
        if let InputFrom::Memory { origin, bytes } = &input.from {
            std::fs::write(folder.join(origin), bytes).expect("the folder takes files");
        }
    }
    std::fs::write(folder.join("request"), format!("{request:#?}")).expect("the folder takes files");
}

fn linked(request: &Request, planned: &Planned, judged: bool, sink: &mut Sink) -> Option<Vec<u8>> {
    let checked = pipeline::check(planned, sink)?;
    assert!(!sink.has_errors(), "the gate opened in spite of errors");
    let verify = if judged { Verify::Full } else { Verify::Skeleton };
    let options = LinkOptions { verify, ..LinkOptions::default() };
    let linked = pipeline::link(request, planned, &checked, options, sink);
    said::judge(sink);
    let bytes = linked.expect("what was checked links").to_bytes();
    if judged {
        judge(&bytes, &planned.profile);
    }
    Some(bytes)
}

/// A result is valid for its host, by the validator alone, and can be written as text.
fn judge(bytes: &[u8], host: &HostProfile) {
    let judged = Validator::new_with_features(host.features).validate_all(bytes);
    judged.unwrap_or_else(|error| panic!("checked, linked and not valid: {error}"));
    let mut sink = Sink::default();
    emit::text::wat(bytes, &mut sink);
    emit::text::wit(bytes, &[], &mut sink);
    said::judge(&sink);
    let mut sink = Sink::default();
    // The plan inside says what the bytes do.
    let found = inspect(bytes, &mut sink).expect("a valid component");
    assert!(found.plan.is_some(), "the plan of a result is read");
    assert!(sink.diagnostics().is_empty(), "a result is not what its plan says: {:?}", sink.diagnostics());
}

/// Looks into any bytes.
pub(super) fn inside(bytes: &[u8]) {
    let mut sink = Sink::default();
    inspect(bytes, &mut sink);
    said::judge(&sink);
    if let Some(anatomy) = inspect::unjudged(bytes) {
        look_at(&anatomy);
    }
}

fn inspect(bytes: &[u8], sink: &mut Sink) -> Option<Inspected> {
    let request = Request { inputs: vec![input("it", bytes)], ..Request::new() };
    let file = sources::load(&request, sink).files.into_iter().next()?;
    let inspected = inspect::run(&file, sink)?;
    look_at(&inspected.anatomy);
    Some(inspected)
}

/// Asks all that can be asked.
fn look_at(anatomy: &Anatomy) {
    inspect::wasi::of(anatomy);
    let _ = inspect::graph::graph(anatomy, "it");
    for component in anatomy.ids().filter_map(|id| anatomy.part(id).component()) {
        assert_eq!(component.reading_order().len(), component.instances.len(), "each instance is read once");
        for wire in component.instances.iter().flat_map(|instance| &instance.wires) {
            anatomy.passed_on(component, &wire.from);
        }
    }
}
