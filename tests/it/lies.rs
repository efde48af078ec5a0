//! Artifacts whose plan says something else than their bytes: every lie is told, by one code, and an honest artifact has none.

use crate::support::dummy;
use component_compose::diag::Sink;
use component_compose::inspect;
use component_compose::model::component::Fingerprint;
use component_compose::sources::{InputFile, InputKind};
use serde_json::{Value, json};
use std::fs;
use std::process::Command;
use wasm_encoder::{
    Component, ComponentSectionId, CustomSection, Encode as _, InstanceSection, Module, ModuleArg, ModuleSection,
    NestedComponentSection,
};

const PACKAGE: &str =
    "package t:p; interface types { record r { a: u8 } } interface kv { use types.{r}; get: func() -> r; }
    interface log { log: func(); }";

/// A composition without a plan, and its plan.
fn honest() -> (Vec<u8>, Value) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    for (name, world) in [("app.wasm", "import kv; import log; export run: func();"), ("kv.wasm", "export kv;")] {
        let bytes = dummy::component(&format!("{PACKAGE} world w {{ {world} }}")).expect("a component");
        fs::write(folder.join(name), bytes).expect("a file");
    }
    let words = ["--no-plan", "--emit", "plan=plan.json", "--allow-import", "t:p/log", "-o", "out.wasm", "-q"];
    let mut command = Command::new(env!("CARGO_BIN_EXE_compose"));
    let out =
        command.args(["build", "app.wasm", "kv.wasm"]).args(words).current_dir(folder).output().expect("it starts");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let plan = fs::read(folder.join("plan.json")).expect("it was written");
    (fs::read(folder.join("out.wasm")).expect("it was written"), serde_json::from_slice(&plan).expect("JSON"))
}

fn with_plan(mut bytes: Vec<u8>, plan: &[u8]) -> Vec<u8> {
    bytes.push(0);
    CustomSection { name: "compose:plan".into(), data: plan.into() }.encode(&mut bytes);
    bytes
}

/// The codes of what is said of an artifact.
fn told(bytes: Vec<u8>) -> Vec<&'static str> {
    let file = InputFile {
        name: "file".into(),
        origin: "file.wasm".into(),
        written: None,
        named: true,
        renamed: false,
        fingerprint: Fingerprint::of(&bytes),
        bytes: bytes.into(),
        kind: InputKind::Bytes,
    };
    let mut sink = Sink::default();
    assert!(inspect::run(&file, &mut sink).is_some(), "it is valid: {:?}", sink.diagnostics());
    sink.diagnostics().iter().map(|told| told.code.number()).collect()
}

/// A section with its number and size.
fn appended(mut bytes: Vec<u8>, id: ComponentSectionId, section: &impl wasm_encoder::Encode) -> Vec<u8> {
    bytes.push(id.into());
    section.encode(&mut bytes);
    bytes
}

/// Puts another copy of an entry of a list at its end, with one key changed.
fn again(plan: &mut Value, list: &str, key: &str, value: Value) {
    let mut entry = plan[list][0].clone();
    if !key.is_empty() {
        entry[key] = value;
    }
    plan[list].as_array_mut().expect("a list").push(entry);
}

type Lie = (&'static str, fn(&mut Value), &'static [&'static str]);

const LIES: &[Lie] = &[
    ("nothing", |_| {}, &[]),
    ("what no version knows", |plan| plan["later"] = json!({"a": [1]}), &[]),
    (
        "a component more",
        |plan| {
            let entry = json!({"name": "audited", "sha256": "ab".repeat(32), "bytes": 5});
            plan["components"].as_array_mut().expect("a list").push(entry);
        },
        &["C0323"],
    ),
    ("a component under another name too", |plan| again(plan, "components", "name", json!("audited")), &["C0323"]),
    (
        "a component twice, and first with a lie",
        |plan| {
            let mut entry = plan["components"][0].clone();
            entry["sha256"] = json!("00".repeat(32));
            plan["components"].as_array_mut().expect("a list").insert(0, entry);
        },
        &["C0323"],
    ),
    ("a component less", |plan| drop(plan["components"].as_array_mut().expect("a list").pop()), &["C0321"]),
    ("another digest", |plan| plan["components"][1]["sha256"] = json!("00".repeat(32)), &["C0321"]),
    ("another size", |plan| plan["components"][0]["bytes"] = json!(1), &["C0323"]),
    ("an instance twice", |plan| again(plan, "instances", "", json!(null)), &["C0323"]),
    ("an instance more", |plan| again(plan, "instances", "name", json!("more")), &["C0322"]),
    ("another component", |plan| plan["instances"][0]["component"] = json!("kv"), &["C0323", "C0321"]),
    (
        "an import twice",
        |plan| {
            let wire = plan["instances"][0]["imports"][0].clone();
            plan["instances"][0]["imports"].as_array_mut().expect("a list").push(wire);
        },
        &["C0323"],
    ),
    (
        "an import that is none, filled by nothing",
        |plan| {
            let wire = json!({"import": "i0", "from": "nothing", "reason": ""});
            plan["instances"][0]["imports"].as_array_mut().expect("a list").push(wire);
        },
        &["C0322"],
    ),
    ("an import less", |plan| drop(plan["instances"][0]["imports"].as_array_mut().expect("a list").pop()), &["C0322"]),
    ("an open import that asks nothing", |plan| open(plan, "t:p/log")["types_only"] = json!(true), &["C0323"]),
    ("an open import twice", |plan| again(plan, "open", "", json!(null)), &["C0323"]),
    ("an open import more", |plan| again(plan, "open", "name", json!("x:y/z")), &["C0322"]),
    ("an open import less", |plan| plan["open"] = json!([]), &["C0322"]),
    ("an open import as an implementation", |plan| plan["open"][0]["implements"] = json!("x:y/z"), &["C0323"]),
    ("an open import for other versions", |plan| plan["open"][0]["merged"] = json!(["1.0.0", "9.9.9"]), &["C0323"]),
    ("an export twice", |plan| again(plan, "exports", "", json!(null)), &["C0323"]),
    ("an export more", |plan| again(plan, "exports", "name", json!("x:y/z")), &["C0322"]),
    ("an export as an implementation", |plan| plan["exports"][0]["implements"] = json!("x:y/z"), &["C0323"]),
    ("another name", |plan| plan["name"] = json!("acme:other"), &["C0323"]),
    ("another version of plans", |plan| plan["version"] = json!(2), &["C0320"]),
];

fn open<'p>(plan: &'p mut Value, name: &str) -> &'p mut Value {
    let open = plan["open"].as_array_mut().expect("a list").iter_mut();
    open.into_iter().find(|open| open["name"] == name).expect("it is open")
}

#[test]
fn every_lie_of_a_plan_is_told() {
    let (bytes, plan) = honest();
    for (what, change, codes) in LIES {
        let mut plan = plan.clone();
        change(&mut plan);
        assert_eq!(told(with_plan(bytes.clone(), plan.to_string().as_bytes())), *codes, "{what}: {plan}");
    }
}

#[test]
fn a_plan_that_readers_would_read_differently_or_not_at_all_is_told() {
    let (bytes, plan) = honest();
    let text = plan.to_string();
    let more = |what: &str| format!("{},{what}}}", &text[..text.len() - 1]);
    for plan in [
        more(&format!("\"x\":{}{}", "[".repeat(10_000), "]".repeat(10_000))),
        more("\"instances\":[]"),
        more("\"x\":1e400"),
        "[".repeat(10_000),
        String::new(),
    ] {
        assert_eq!(told(with_plan(bytes.clone(), plan.as_bytes())), ["C0320"], "{:.80}", plan);
    }
    let twice = with_plan(with_plan(bytes, b"{}"), text.as_bytes());
    assert_eq!(told(twice), ["C0320"]);
}

#[test]
fn what_is_inside_and_not_in_the_plan_is_told() {
    let (bytes, plan) = honest();
    let planned = |bytes| told(with_plan(bytes, plan.to_string().as_bytes()));
    assert_eq!(planned(bytes.clone()), Vec::<&str>::new());

    let module = appended(bytes.clone(), ComponentSectionId::CoreModule, &ModuleSection(&Module::new()));
    assert_eq!(planned(module.clone()), ["C0323"]);
    let mut instances = InstanceSection::new();
    instances.instantiate(0, Vec::<(&str, ModuleArg)>::new());
    assert_eq!(planned(appended(module, ComponentSectionId::CoreInstance, &instances)), ["C0323"]);

    let empty = Component::new();
    let component = appended(bytes.clone(), ComponentSectionId::Component, &NestedComponentSection(&empty));
    assert_eq!(planned(component.clone()), ["C0323"]);
    let mut instances = wasm_encoder::ComponentInstanceSection::new();
    instances.instantiate(2, Vec::<(&str, wasm_encoder::ComponentExportKind, u32)>::new());
    let living = appended(component, ComponentSectionId::Instance, &instances);
    assert_eq!(planned(living), ["C0323", "C0322"]);

    let mut types = wasm_encoder::ComponentTypeSection::new();
    types.instance(&wasm_encoder::InstanceType::new());
    assert_eq!(
        planned(appended(bytes, ComponentSectionId::Type, &types)),
        Vec::<&str>::new(),
        "types alone do nothing"
    );
}
