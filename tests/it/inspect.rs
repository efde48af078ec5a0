//! Looking into files: what the plan says is what is found in our own bytes, and the wires of what others composed are
//! those that they were told to make. No bytes make it panic.

use crate::family::family;
use crate::guests::guest;
use crate::peers::{wac, wasm_compose};
use crate::plans::{components, plan};
use crate::random::Random;
use crate::support::run;
use crate::worlds::shape;
use component_compose::check::{self, margins};
use component_compose::diag::Sink;
use component_compose::emit::graph::of_plan;
use component_compose::emit::plan::{SECTION, json};
use component_compose::inspect::anatomy::{Anatomy, Composite, Instance, Of, PortKind, Source};
use component_compose::inspect::{self, Inspected, graph};
use component_compose::link::{self, Options};
use component_compose::model::component::{Components, Digest, Fingerprint};
use component_compose::model::host::HostProfile;
use component_compose::model::plan::{self as wiring, Plan, Socket};
use component_compose::model::request::{Request, Written};
use component_compose::resolve;
use component_compose::sources::{InputFile, InputKind};
use component_compose::types::identity;
use std::collections::{BTreeMap, BTreeSet};

fn file(bytes: &[u8]) -> InputFile {
    InputFile {
        name: "file".into(),
        origin: "file.wasm".into(),
        written: None,
        named: true,
        renamed: false,
        bytes: bytes.to_vec().into(),
        fingerprint: Fingerprint::of(bytes),
        kind: InputKind::Bytes,
    }
}

/// Looks into bytes that are sound, and of which there is nothing to say.
#[track_caller]
fn inspected(bytes: &[u8]) -> Inspected {
    let mut sink = Sink::default();
    let inspected = inspect::run(&file(bytes), &mut sink);
    assert!(sink.diagnostics().is_empty(), "{:#?}", sink.diagnostics());
    inspected.expect("without a diagnostic there is an answer")
}

/// Links a plan, with the plan inside.
fn linked(plan: &Plan, components: &Components) -> Vec<u8> {
    let sections = vec![(SECTION, json(plan, components, Some("test:it"), None))];
    let options = Options { name: Some("test:it"), canonical_names: true, sections };
    link::run(plan, &identity::judge(plan, components), components, &options).expect("a checked plan links").to_bytes()
}

/// Checked plans of the generated families.
fn checked(count: usize, mut judge: impl FnMut(u64, &Plan, &Components, &HostProfile)) {
    let profile = HostProfile::named("tools-0.263").expect("a known profile");
    let mut found = 0;
    for seed in 0.. {
        let family = family(seed, 2 + usize::from(seed % 3 == 0));
        let inputs: Vec<_> = family.members.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
        let components = components(&inputs, shape);
        let mut request = Request::new();
        (request.allow, request.allow_unused) = (vec![Written::new("*")], true);
        let mut sink = Sink::default();
        let plan = resolve::run(&request, &components, &mut sink);
        if check::run(&plan, &components, &profile, &mut sink).is_some() {
            judge(seed, &plan, &components, &profile);
            found += 1;
        }
        if found == count {
            return;
        }
    }
}

#[test]
fn what_is_found_in_an_artifact_is_its_plan() {
    let mut wires = 0;
    checked(250, |seed, plan, components, profile| {
        let bytes = linked(plan, components);
        let Inspected { anatomy, plan: inside } = inspected(&bytes);
        assert!(inside.is_some(), "seed {seed}");
        let found = graph::graph(&anatomy, "file").expect("a component has a graph");
        let planned = of_plan(plan, components);
        assert_eq!(found, planned, "seed {seed}");
        wires += planned.instances.iter().map(|node| node.wires.len()).sum::<usize>();
        let margins = margins::of(plan, components, profile);
        let whole = anatomy.file().component().expect("it is a component");
        assert_eq!(whole.instance_indices, margins.instances, "seed {seed}");
    });
    assert!(wires > 500, "{wires} wires are too few to prove anything");
}

#[test]
fn a_plan_that_was_changed_is_noticed() {
    let mut changed = 0;
    checked(60, |seed, plan, components, _| {
        let mut other = plan.clone();
        // Another source for the first import that is left to the host.
        let wires = other.wires.iter_mut().flatten();
        let Some(wire) = wires.into_iter().find(|wire| matches!(wire.source, Some(wiring::Source::Open(_)))) else {
            return;
        };
        wire.source = Some(wiring::Source::Synthesised);
        let sections = vec![(SECTION, json(&other, components, None, None))];
        let options = Options { canonical_names: true, sections, ..Options::default() };
        let bytes = link::run(plan, &identity::judge(plan, components), components, &options)
            .expect("a checked plan links")
            .to_bytes();
        let mut sink = Sink::default();
        inspect::run(&file(&bytes), &mut sink);
        let codes: Vec<&str> = sink.diagnostics().iter().map(|told| told.code.number()).collect();
        assert_eq!(codes, ["C0322"], "seed {seed}");
        changed += 1;
    });
    assert!(changed > 10, "{changed}");
}

/// The wires of a composition: by component and import, the component and export that fill it, or nothing for the host.
type Wires = BTreeMap<(String, String), Option<(String, String)>>;

fn planned(plan: &Plan, components: &Components) -> Wires {
    let name = |id| components.get(plan.instance(id).component).digest.to_string();
    let mut wires = Wires::new();
    for id in plan.ids() {
        let component = components.get(plan.instance(id).component);
        for (import, text) in component.shape.imports.keys().enumerate() {
            let from = match plan.source(Socket { instance: id, import }) {
                Some(wiring::Source::Plug(plug)) => {
                    let exports = &components.get(plan.instance(plug.instance).component).shape.exports;
                    let export = exports.get_index(plug.export).expect("a plug is an export").0;
                    Some((name(plug.instance), export.clone()))
                }
                Some(wiring::Source::Open(_)) => None,
                _ => continue,
            };
            wires.insert((name(id), text.clone()), from);
        }
    }
    wires
}

fn found(anatomy: &Anatomy) -> Wires {
    let whole = anatomy.file().component().expect("a composition is a component");
    let name = |instance: &Instance| match instance.of {
        Of::Part(part) => anatomy.part(part).digest.to_string(),
        Of::Elsewhere => panic!("every component was embedded"),
    };
    let mut wires = Wires::new();
    for instance in &whole.instances {
        for wire in &instance.wires {
            let from = end(whole, &wire.from).map(|(provider, path)| (name(&whole.instances[provider]), path));
            wires.insert((name(instance), wire.import.clone()), from);
        }
    }
    wires
}

/// The instance and export that a source is, through whatever was put together on the way.
fn end(whole: &Composite, source: &Source) -> Option<(usize, String)> {
    match source {
        Source::Import(..) => None,
        Source::Instance(instance, path) => Some((*instance, path.join("#"))),
        Source::Bag(bag) => {
            let items = whole.bags[*bag].iter().filter(|(_, kind, _)| *kind != PortKind::Type);
            let ends: BTreeSet<_> = items.map(|(_, _, item)| end(whole, item)).collect();
            assert!(ends.len() <= 1, "put together of several: {ends:?}");
            ends.into_iter().next().flatten()
        }
        other => panic!("nothing of the kind was asked for: {other:?}"),
    }
}

type Compose = fn(&Plan, &Components) -> Result<Vec<u8>, String>;

/// The worlds of a diamond: `app` needs `left` and `right`, both need `base`, and that the host.
fn diamond() -> Components {
    let wit = "package t:t@1.0.0;
        interface a { f: func(); } interface b { f: func(); } interface c { f: func(); }
        interface host { f: func(); }
        world app { import a; import b; import host; export run: func(); }
        world left { import c; export a; }
        world right { import c; export b; }
        world base { import host; export c; }";
    let inputs: Vec<(&str, Vec<u8>)> =
        ["app", "left", "right", "base"].into_iter().map(|world| (world, guest(wit, Some(world)))).collect();
    components(&inputs, shape)
}

#[test]
fn wires_made_by_others_are_read() {
    let components = diamond();
    let plan = plan(
        &components,
        &[("app", "app"), ("left", "left"), ("right", "right"), ("base", "base")],
        &[
            ("app", "t:t/a@1.0.0", "left", "t:t/a@1.0.0"),
            ("app", "t:t/b@1.0.0", "right", "t:t/b@1.0.0"),
            ("left", "t:t/c@1.0.0", "base", "t:t/c@1.0.0"),
            ("right", "t:t/c@1.0.0", "base", "t:t/c@1.0.0"),
        ],
    );
    let expected = planned(&plan, &components);
    assert_eq!(expected.values().flatten().count(), 4);
    assert_eq!(expected.values().filter(|from| from.is_none()).count(), 2);
    for (peer, compose) in [("wac-graph", wac as Compose), ("wasm-compose", wasm_compose)] {
        let bytes = compose(&plan, &components).unwrap_or_else(|why| panic!("{peer}: {why}"));
        let anatomy = inspected(&bytes).anatomy;
        assert_eq!(found(&anatomy), expected, "{peer}");
        let whole = anatomy.file().component().expect("it is a component");
        assert!(whole.is_composition(), "{peer}");
        assert_eq!(whole.inner.len(), 4, "{peer}");
        let run = whole.exports.iter().find(|(port, _)| port.name == "run").expect("the root's export");
        assert!(matches!(&run.1, Source::Instance(_, path) if *path == ["run"]), "{peer}: {:?}", run.1);
        let picture = graph::graph(&anatomy, "file").expect("a component has a graph");
        assert_eq!(picture.instances.len(), 4, "{peer}");
        assert_eq!(picture.imports.len(), 1, "{peer}");
    }
}

#[test]
fn wires_of_generated_compositions_by_others_are_read() {
    for (peer, compose) in [("wac-graph", wac as Compose), ("wasm-compose", wasm_compose)] {
        let mut read = 0;
        checked(400, |seed, plan, components, _| {
            let plain =
                |wire: &wiring::Wire| matches!(wire.source, Some(wiring::Source::Plug(_) | wiring::Source::Open(_)));
            let plug = |wire: &wiring::Wire| matches!(wire.source, Some(wiring::Source::Plug(_)));
            let distinct: BTreeSet<Digest> = components.items.iter().map(|component| component.digest).collect();
            let all = || plan.wires.iter().flatten();
            if !all().all(plain) || !all().any(plug) || distinct.len() < components.items.len() {
                return;
            }
            let Ok(Ok(bytes)) = crate::worlds::caught(|| compose(plan, components)) else { return };
            let mut sink = Sink::default();
            // What it made may not be valid; then there is nothing to read.
            let Some(Inspected { anatomy, .. }) = inspect::run(&file(&bytes), &mut sink) else { return };
            let (found, planned) = (found(&anatomy), planned(plan, components));
            for (socket, from) in &planned {
                // Both leave out imports of nothing, and types travel on their own.
                if let Some(actual) = found.get(socket) {
                    assert_eq!(actual, from, "{peer}, seed {seed}: {socket:?}");
                    read += 1;
                }
            }
        });
        assert!(read > 40, "{peer}: {read} wires are too few to prove anything");
    }
}

#[test]
fn no_bytes_make_it_panic() {
    let components = diamond();
    let plan = plan(
        &components,
        &[("app", "app"), ("left", "left"), ("base", "base")],
        &[("app", "t:t/a@1.0.0", "left", "t:t/a@1.0.0"), ("left", "t:t/c@1.0.0", "base", "t:t/c@1.0.0")],
    );
    let ours = linked(&plan, &components);
    let look = |bytes: &[u8]| {
        let mut sink = Sink::default();
        if let Some(inspected) = inspect::run(&file(bytes), &mut sink) {
            graph::graph(&inspected.anatomy, "file");
        } else {
            assert!(sink.has_errors(), "nothing was found and nothing said");
        }
        // The validator stops most of them: the reader alone has to stand them too.
        inspect::unjudged(bytes);
    };
    for len in 0..ours.len() {
        if len < 600 || len % 13 == 0 {
            look(&ours[..len]);
        }
    }
    let mut random = Random::new(0x1509);
    for _ in 0..1_500 {
        let mut bytes = ours.clone();
        for _ in 0..1 + random.below(4) {
            let at = random.below(bytes.len());
            bytes[at] = random.next().to_le_bytes()[0];
        }
        look(&bytes);
    }
    for _ in 0..500 {
        let length = random.below(200);
        let mut bytes = b"\0asm\x0d\0\x01\0".to_vec();
        bytes.extend(random.bytes(length));
        look(&bytes);
    }
}

#[test]
fn depth_is_no_matter() {
    let mut bytes = wasm_encoder::Component::new().finish();
    for _ in 0..900 {
        let mut around = wasm_encoder::Component::new();
        around.section(&wasm_encoder::RawSection { id: 4, data: &bytes });
        bytes = around.finish();
    }
    let anatomy = inspected(&bytes).anatomy;
    assert_eq!((anatomy.parts.len(), anatomy.counts.components), (901, 901));
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("deep.wasm"), &bytes).expect("the temporary folder takes files");
    for args in [&["inspect", "deep.wasm", "-v"][..], &["inspect", "deep.wasm", "--message-format=json"]] {
        let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
        let ran = run::compose(folder.path(), &args, None, &BTreeMap::new()).expect("a run");
        assert_eq!(ran.exit, 0, "{}", ran.stderr);
    }
}

#[test]
fn small_files_that_ask_for_very_much_are_counted() {
    // Each level instantiates the one below twice: more instances than any number counts.
    let mut text = String::from("(component $c0 (core module $m (memory 1)) (core instance (instantiate $m)))");
    for level in 1..80 {
        let below = level - 1;
        text.push_str(&format!(
            "(component $c{level} (alias outer $top $c{below} (component $b)) (instance (instantiate $b)) (instance (instantiate $b)))"
        ));
    }
    let text = format!("(component $top {text} (instance (instantiate $c79)))");
    let anatomy = inspected(&wat::parse_str(text).expect("it assembles")).anatomy;
    assert_eq!(anatomy.counts.memories, u64::MAX);
    assert_eq!(anatomy.counts.core_instances, u64::MAX);
    assert_eq!(anatomy.counts.components, 81);
}
