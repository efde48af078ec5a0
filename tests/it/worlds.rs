//! Random worlds through the linker: the result is valid and has the predicted world.
//!
//! `COMPOSE_WORLDS` sets how many cases each test tries (default 500), `COMPOSE_SEED` one seed to repeat.

use crate::family::{Family, family};
use crate::guests::guest_of;
use crate::plans::{components, plan};
use crate::random::Random;
use component_compose::check;
use component_compose::decode::validate::validate;
use component_compose::diag::{Severity, Sink};
use component_compose::link::{self, Options, predict};
use component_compose::model::component::{Components, item_interface, item_name};
use component_compose::model::host::HostProfile;
use component_compose::model::name::ExternName;
use component_compose::model::plan::{InstanceId, Plan, PlanExport, Plug, Source};
use component_compose::model::request::{ExportRequest, Request, Written};
use component_compose::resolve;
use component_compose::types::fit::{View, fits};
use component_compose::types::identity::judge;
use component_compose::types::shape::{Entity, Shape};
use component_compose::types::world_text::canonical_text;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;
use wasmparser::WasmFeatures;
use wit_component::DecodedWasm;

/// What became of one case.
pub(crate) type Outcome = Result<&'static str, String>;

thread_local! {
    static EXPECTED: Cell<bool> = const { Cell::new(false) };
}

/// Runs what may panic without printing a backtrace for it.
pub(crate) fn caught<T>(run: impl FnOnce() -> T) -> std::thread::Result<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !EXPECTED.get() || std::env::var_os("COMPOSE_SEED").is_some() {
                before(info);
            }
        }));
    });
    EXPECTED.set(true);
    let out = catch_unwind(AssertUnwindSafe(run));
    EXPECTED.set(false);
    out
}

pub(crate) fn shape(bytes: &[u8]) -> Shape {
    validate(bytes, WasmFeatures::all()).unwrap_or_else(|error| panic!("an input is not valid: {error:?}")).shape
}

/// The components of the worlds that the foreign generator makes of a seed, as a family; it may give up.
pub(crate) fn smith(seed: u64) -> Option<Family> {
    let mut random = Random::new(seed);
    let config = wit_smith::Config {
        max_packages: 1 + random.below(4),
        max_type_size: 20 + random.below(100),
        max_interface_items: 2 + random.below(8),
        max_world_items: 2 + random.below(8),
        max_pkg_items: 2 + random.below(6),
        max_type_parts: 1 + random.below(6),
        max_files_per_package: 1 + random.below(3),
        max_resource_items: random.below(6),
        async_: random.one_in(2),
        futures: random.one_in(3),
        streams: random.one_in(3),
        error_context: random.one_in(5),
        fixed_length_lists: random.one_in(4),
        world_include: random.one_in(3),
        implements: random.one_in(2),
        canonical_names: random.one_in(3),
    };
    let size = 2048 + random.below(30_000);
    // The generator tosses a coin by the lowest bit of a byte before each further item: loaded, worlds grow.
    let load = 4 + random.below(12);
    let bytes: Vec<u8> = random.bytes(size).into_iter().map(|byte| byte | u8::from(!random.one_in(load))).collect();
    let made = caught(|| wit_smith::smith(&config, &mut arbitrary::Unstructured::new(&bytes)));
    let Ok(DecodedWasm::WitPackage(resolve, main)) = wit_component::decode(&made.ok()?.ok()?) else { return None };
    let mut members = Vec::new();
    for (name, world) in &resolve.packages[main].worlds {
        let Ok(bytes) = guest_of(&resolve, *world, config.canonical_names) else { continue };
        let made = shape(&bytes);
        if made.imports.len() + made.exports.len() > 1 {
            members.push((name.clone(), bytes));
        }
    }
    let mut printer = wit_component::WitPrinter::default();
    let others: Vec<_> = resolve.packages.iter().map(|(id, _)| id).filter(|id| *id != main).collect();
    printer.print(&resolve, main, &others).expect("decoded WIT prints");
    Some(Family { seed, wit: printer.output.to_string(), members })
}

/// Links a plan that has no splits: the result must be valid and of the predicted world, which is given back.
pub(crate) fn linked(plan: &Plan, components: &Components) -> Result<Shape, String> {
    let options = Options { canonical_names: true, ..Options::default() };
    let linked = caught(|| link::run(plan, &judge(plan, components), components, &options))
        .map_err(|_| "linking panicked".to_owned())?
        .map_err(|error| format!("not linked: {error:?}"))?;
    let actual = validate(&linked.to_bytes(), WasmFeatures::all()).map_err(|error| {
        format!("not valid: {error:?}\n{}", wasmprinter::print_bytes(&linked.skeleton).unwrap_or_default())
    })?;
    let predicted = predict::world(plan, &judge(plan, components), components, true);
    same_world(("predicted", &predicted), ("actual", &actual.shape))?;
    Ok(actual.shape)
}

fn same_world(one: (&str, &Shape), other: (&str, &Shape)) -> Result<(), String> {
    let (one_text, other_text) = (canonical_text(one.1), canonical_text(other.1));
    if one_text != other_text {
        let first = one_text.lines().zip(other_text.lines()).find(|(one, other)| one != other);
        let first = first.map_or("one is longer".into(), |(one, other)| format!("<{one} >{other}"));
        return Err(format!("{first}\n{}:\n{one_text}\n{}:\n{other_text}", one.0, other.0));
    }
    let sides = [(&one.1.imports, &other.1.imports), (&one.1.exports, &other.1.exports)];
    for (name, item, other_item) in sides.iter().flat_map(|(side, other)| side.iter().map(|(n, i)| (n, i, &other[n]))) {
        let one = View { shape: one.1, entity: &item.entity };
        let other = View { shape: other.1, entity: &other_item.entity };
        for (plug, socket) in [(one, other), (other, one)] {
            fits(plug, socket).map_err(|mismatch| format!("{name}: {mismatch}, though the texts are equal"))?;
        }
    }
    Ok(())
}

/// Runs `judge` over the cases of all seeds, prints figures, and fails with the smallest failure if there is one.
pub(crate) fn each(what: &str, families: impl Fn(u64) -> Option<Family>, judge: impl Fn(&Family) -> Vec<Outcome>) {
    let one = std::env::var("COMPOSE_SEED").ok().map(|seed| seed.parse::<u64>().expect("COMPOSE_SEED is a number"));
    let count = std::env::var("COMPOSE_WORLDS").map_or(500, |count| count.parse().expect("COMPOSE_WORLDS is a number"));
    let seeds = one.map_or(0..u64::MAX, |seed| seed..seed + 1);
    let (mut figures, mut tried) = (BTreeMap::<&str, usize>::new(), 0);
    let mut failures: Vec<(u64, String, String)> = Vec::new();
    for seed in seeds {
        let Some(family) = families(seed) else { continue };
        for outcome in judge(&family) {
            tried += 1;
            match outcome {
                Ok(word) => *figures.entry(word).or_default() += 1,
                Err(why) => failures.push((family.seed, why, family.wit.clone())),
            }
        }
        if tried >= count {
            break;
        }
    }
    println!("{what}: {tried} cases: {figures:?}, {} wrong", failures.len());
    if let Some((seed, why, wit)) = failures.iter().min_by_key(|(_, _, wit)| wit.len()) {
        let all: Vec<_> = failures.iter().map(|(seed, why, _)| (seed, why.lines().next().unwrap_or(""))).collect();
        panic!("{what}: {} of {tried} wrong: {all:#?}\nCOMPOSE_SEED={seed}\n{why}\n{wit}", failures.len());
    }
}

/// Each component alone: nothing of its world is lost or added.
fn identity(family: &Family) -> Vec<Outcome> {
    let judge = |(name, bytes): &(String, Vec<u8>)| {
        let components = components(&[(name.as_str(), bytes.clone())], shape);
        let plan = plan(&components, &[(name, name)], &[]);
        let actual = linked(&plan, &components)?;
        same_world(("input", &components.items[0].shape), ("actual", &actual))?;
        Ok("as predicted")
    };
    family.members.iter().map(judge).collect()
}

/// Two instances of each component: the open imports are one, the exports of the second stand under labels.
fn twice(family: &Family) -> Vec<Outcome> {
    let judge = |(name, bytes): &(String, Vec<u8>)| {
        let components = components(&[(name.as_str(), bytes.clone())], shape);
        let mut plan = plan(&components, &[("one", name), ("two", name)], &[]);
        export_under_labels(&mut plan, &components, InstanceId(1));
        linked(&plan, &components)?;
        Ok("as predicted")
    };
    family.members.iter().map(judge).collect()
}

/// Each component alone, with every export under a label besides.
fn under_two_names(family: &Family) -> Vec<Outcome> {
    let judge = |(name, bytes): &(String, Vec<u8>)| {
        let components = components(&[(name.as_str(), bytes.clone())], shape);
        let mut plan = plan(&components, &[(name, name)], &[]);
        export_under_labels(&mut plan, &components, InstanceId(0));
        linked(&plan, &components)?;
        Ok("as predicted")
    };
    family.members.iter().map(judge).collect()
}

/// Adds an export under a label for each export of an instance of the only component.
fn export_under_labels(plan: &mut Plan, components: &Components, instance: InstanceId) {
    for (export, (name, item)) in components.items[0].shape.exports.iter().enumerate() {
        let mut attrs = item.attrs.clone();
        if let (Entity::Instance(_), Some(interface)) = (&item.entity, item_interface(name, item)) {
            let (text, suffix) = interface.spelled();
            (attrs.implements, attrs.version_suffix) = (Some(text), suffix);
        }
        let name = ExternName::Plain(format!("second-{export}"));
        plan.exports.push(PlanExport { name, attrs, plug: Plug { instance, export } });
    }
}

/// The first world with the others on offer, through resolver and checks: what they let pass links as predicted, what
/// they refuse for its resources is not valid.
fn wired(family: &Family) -> Vec<Outcome> {
    let inputs: Vec<_> = family.members.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    let components = components(&inputs, shape);
    vec![wire(&components, Request::new())]
}

/// Each export of each world alone: what it speaks of may have its only name in another one.
fn one_export(family: &Family) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for (name, bytes) in &family.members {
        let components = components(&[(name.as_str(), bytes.clone())], shape);
        for (export, item) in &components.items[0].shape.exports {
            let export = Written::new(item_name(export, item).to_string());
            let request = ExportRequest::new(Some(export.clone()), Written::new(name), Some(export));
            let request = Request { exports: vec![request], export_root: false, ..Request::new() };
            outcomes.push(wire(&components, request));
        }
    }
    outcomes
}

fn wire(components: &Components, mut request: Request) -> Outcome {
    request.allow = vec![Written::new("*")];
    request.allow_unused = true;
    let mut sink = Sink::default();
    let plan = caught(|| resolve::run(&request, components, &mut sink)).map_err(|_| "resolving panicked")?;
    if sink.has_errors() {
        let code = sink.diagnostics().iter().find(|it| it.severity == Severity::Error).map(|it| it.code);
        return Ok(code.map_or("refused by resolve", |code| code.name()));
    }
    let profile = HostProfile::named("tools-0.263").expect("a known profile");
    let checked = caught(|| check::run(&plan, components, &profile, &mut sink).is_some());
    let checked = checked.map_err(|_| "checking panicked")?;
    let result = linked(&plan, components);
    if checked {
        result.map_err(|why| format!("checked, but {why}\n{plan:#?}"))?;
        let filled = plan.wires.iter().flatten().any(|wire| matches!(wire.source, Some(Source::Plug(_))));
        return Ok(if filled { "wired as predicted" } else { "nothing to wire, as predicted" });
    }
    let refusals: Vec<_> = sink.diagnostics().iter().filter(|it| it.severity == Severity::Error).collect();
    match result {
        Err(why) if why.starts_with("not valid") || why.starts_with("not linked") => Ok(refusals[0].code.name()),
        Err(why) => Err(format!("refused, but {why}")),
        Ok(_) => {
            let words: Vec<_> = refusals.iter().map(|it| format!("{}: {}", it.code, it.message)).collect();
            Err(format!("refused though valid: {}", words.join("; ")))
        }
    }
}

#[test]
fn components_of_foreign_worlds_keep_their_world() {
    each("foreign worlds alone", smith, identity);
}

#[test]
fn components_of_foreign_worlds_stand_twice() {
    each("foreign worlds twice", smith, twice);
}

#[test]
fn components_keep_their_world() {
    each("worlds alone", |seed| Some(family(seed, 2)), identity);
}

#[test]
fn components_stand_twice() {
    each("worlds twice", |seed| Some(family(seed, 2)), twice);
}

#[test]
fn components_of_foreign_worlds_export_under_two_names() {
    each("foreign worlds under two names", smith, under_two_names);
}

#[test]
fn components_export_under_two_names() {
    each("worlds under two names", |seed| Some(family(seed, 2)), under_two_names);
}

#[test]
fn components_of_foreign_worlds_export_one_thing() {
    each("foreign worlds with one export", smith, one_export);
}

#[test]
fn components_export_one_thing() {
    each("worlds with one export", |seed| Some(family(seed, 2)), one_export);
}

#[test]
fn components_fill_each_other() {
    each("worlds wired", |seed| Some(family(seed, 2 + usize::from(seed % 3 == 0))), wired);
}

#[test]
fn components_of_foreign_worlds_fill_each_other() {
    each("foreign worlds wired", |seed| smith(seed).filter(|family| family.members.len() > 1), wired);
}
