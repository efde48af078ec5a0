//! Random worlds through the linker: the result is valid and has the predicted world.
//!
//! `COMPOSE_WORLDS` sets how many worlds (default 500), `COMPOSE_SEED` one seed to repeat.

use crate::guests::guest_of;
use crate::plans::{components, plan};
use crate::random::Random;
use component_compose::decode::validate::validate;
use component_compose::link::{self, Options, predict};
use component_compose::model::component::Components;
use component_compose::model::plan::Plan;
use component_compose::types::fit::{View, fits};
use component_compose::types::shape::Shape;
use component_compose::types::world_text::canonical_text;
use std::panic::{AssertUnwindSafe, catch_unwind};
use wasmparser::WasmFeatures;
use wit_component::DecodedWasm;

/// A component of a random world, with what is needed to look at it again.
struct Sample {
    seed: u64,
    name: String,
    bytes: Vec<u8>,
    wit: String,
}

fn shape(bytes: &[u8]) -> Shape {
    validate(bytes, WasmFeatures::all()).unwrap_or_else(|error| panic!("an input is not valid: {error:?}")).shape
}

/// The worlds of one seed; none if the generator gave up.
fn smith(seed: u64) -> Vec<Sample> {
    let mut random = Random(seed);
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
    let size = 512 + random.below(8192);
    let bytes = random.bytes(size);
    let made = catch_unwind(|| wit_smith::smith(&config, &mut arbitrary::Unstructured::new(&bytes)));
    let Ok(Ok(package)) = made else { return Vec::new() };
    let Ok(DecodedWasm::WitPackage(resolve, main)) = wit_component::decode(&package) else { return Vec::new() };
    let mut out = Vec::new();
    for (name, world) in &resolve.packages[main].worlds {
        let Ok(bytes) = guest_of(&resolve, *world, config.canonical_names) else { continue };
        let mut printer = wit_component::WitPrinter::default();
        let others: Vec<_> = resolve.packages.iter().map(|(id, _)| id).filter(|id| *id != main).collect();
        printer.print(&resolve, main, &others).expect("decoded WIT prints");
        out.push(Sample { seed, name: name.clone(), bytes, wit: printer.output.to_string() });
    }
    out
}

/// What went wrong with a plan, if anything did: not linked, not valid, or another world than predicted.
fn wrong(plan: &Plan, components: &Components) -> Result<Shape, String> {
    let options = Options { canonical_names: true, ..Options::default() };
    let linked = catch_unwind(AssertUnwindSafe(|| link::run(plan, components, &options)))
        .map_err(|_| "linking panicked".to_owned())?
        .map_err(|error| format!("not linked: {error:?}"))?;
    let bytes = linked.to_bytes();
    let actual = validate(&bytes, WasmFeatures::all()).map_err(|error| {
        format!("not valid: {error:?}\n{}", wasmprinter::print_bytes(&linked.skeleton).unwrap_or_default())
    })?;
    let predicted = predict::world(plan, components, true);
    same_world("predicted", &predicted, "actual", &actual.shape)?;
    Ok(actual.shape)
}

fn same_world(one_name: &str, one: &Shape, other_name: &str, other: &Shape) -> Result<(), String> {
    let (one_text, other_text) = (canonical_text(one), canonical_text(other));
    if one_text != other_text {
        return Err(format!(
            "{}\n{one_name}:\n{one_text}\n{other_name}:\n{other_text}",
            first_difference(&one_text, &other_text)
        ));
    }
    for (one_side, other_side) in [(&one.imports, &other.imports), (&one.exports, &other.exports)] {
        for (name, item) in one_side {
            let one = View { shape: one, entity: &item.entity };
            let other = View { shape: other, entity: &other_side[name].entity };
            for (plug, socket) in [(one, other), (other, one)] {
                fits(plug, socket).map_err(|mismatch| format!("{name}: {mismatch}, though the texts are equal"))?;
            }
        }
    }
    Ok(())
}

fn first_difference(one: &str, other: &str) -> String {
    let line = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    line.map_or("one is longer".into(), |(one, other)| format!("< {one}\n> {other}"))
}

fn samples() -> impl Iterator<Item = Sample> {
    let one = std::env::var("COMPOSE_SEED").ok().map(|seed| seed.parse::<u64>().expect("COMPOSE_SEED is a number"));
    let count = std::env::var("COMPOSE_WORLDS").map_or(500, |count| count.parse().expect("COMPOSE_WORLDS is a number"));
    let seeds = one.map_or(0..u64::MAX, |seed| seed..seed + 1);
    seeds.flat_map(smith).take(count)
}

/// Runs `judge` over all samples and fails with the first failures, and figures, if there are any.
fn each(what: &str, judge: impl Fn(&Sample) -> Result<bool, String>) {
    let (mut tried, mut skipped, mut failures) = (0, 0, Vec::new());
    for sample in samples() {
        match judge(&sample) {
            Ok(true) => tried += 1,
            Ok(false) => skipped += 1,
            Err(why) => failures.push((sample, why)),
        }
    }
    println!("{what}: {tried} as predicted, {skipped} not applicable, {} wrong", failures.len());
    if let Some((sample, why)) = failures.iter().min_by_key(|(sample, _)| sample.wit.len()) {
        let seeds: Vec<_> =
            failures.iter().map(|(sample, why)| (sample.seed, why.lines().next().unwrap_or(""))).collect();
        panic!(
            "{what}: {} wrong\nCOMPOSE_SEED={} world {}\n{why}\n{}\nall: {seeds:#?}",
            failures.len(),
            sample.seed,
            sample.name,
            sample.wit
        );
    }
}

#[test]
fn a_component_alone_keeps_its_world() {
    each("identity", |sample| {
        let components = components(&[("one", sample.bytes.clone())], shape);
        let plan = plan(&components, &[("one", "one")], &[]);
        let actual = wrong(&plan, &components)?;
        same_world("input", &components.items[0].shape, "actual", &actual)?;
        Ok(true)
    });
}
