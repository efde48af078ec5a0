//! Random contracts against themselves, against small edits of themselves, and against each other.
//!
//! The oracle for "is there a change" is the printed contract with everything sorted that has no order; for "whom does it
//! break" it is the validator. `COMPOSE_CONTRACTS` sets how many contracts are tried (default 150), `COMPOSE_SEED` one seed.

use crate::random::Random;
use crate::worlds::caught;
use component_compose::contract::diff;
use component_compose::contract::side::Side;
use component_compose::contract::witness::{Extent, confirm};
use std::collections::BTreeMap;
use wit_component::{DecodedWasm, WitPrinter};
use wit_parser::{PackageId, Resolve, Stability, WorldItem, WorldKey};

fn seeds() -> Vec<u64> {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    number("COMPOSE_SEED").map_or_else(|| (0..number("COMPOSE_CONTRACTS").unwrap_or(150)).collect(), |seed| vec![seed])
}

fn printed(resolve: &Resolve, main: PackageId) -> String {
    let others: Vec<PackageId> = resolve.packages.iter().map(|(id, _)| id).filter(|id| *id != main).collect();
    let mut printer = WitPrinter::default();
    printer.emit_docs(false).print(resolve, main, &others).expect("decoded WIT prints");
    printer.output.to_string()
}

/// The contract that the foreign generator makes of a seed, as WIT; it may give up.
fn contract(seed: u64) -> Option<String> {
    let mut random = Random::new(seed);
    let config = wit_smith::Config {
        max_packages: 1 + random.below(3),
        max_type_size: 20 + random.below(60),
        max_interface_items: 2 + random.below(8),
        max_world_items: 1 + random.below(8),
        max_pkg_items: 2 + random.below(5),
        max_type_parts: 1 + random.below(6),
        max_files_per_package: 1,
        max_resource_items: random.below(6),
        async_: random.one_in(2),
        futures: random.one_in(2),
        streams: random.one_in(2),
        error_context: random.one_in(5),
        fixed_length_lists: random.one_in(2),
        world_include: random.one_in(3),
        implements: random.one_in(2),
        canonical_names: false,
    };
    let load = 4 + random.below(12);
    let size = 2048 + random.below(20_000);
    let bytes: Vec<u8> = random.bytes(size).into_iter().map(|byte| byte | u8::from(!random.one_in(load))).collect();
    let made = caught(|| wit_smith::smith(&config, &mut arbitrary::Unstructured::new(&bytes)));
    let Ok(DecodedWasm::WitPackage(resolve, main)) = wit_component::decode(&made.ok()?.ok()?) else { return None };
    Some(printed(&resolve, main))
}

fn side(text: &str) -> Option<Side> {
    caught(|| Side::of_text("contract.wit", text)).ok()?.ok()
}

/// Since when something is there is not what it is; only whether it needs a feature is.
fn ungated(stability: &mut Stability) {
    if !matches!(stability, Stability::Unstable { .. }) {
        *stability = Stability::Unknown;
    }
}

/// What a side says, with everything sorted that has no order.
fn sorted(side: &Side) -> String {
    let mut resolve = side.resolve.clone();
    let mut key = BTreeMap::new();
    for (id, _) in resolve.interfaces.iter() {
        key.insert(id, resolve.id_of(id));
    }
    for (_, def) in resolve.types.iter_mut() {
        ungated(&mut def.stability);
    }
    for (_, interface) in resolve.interfaces.iter_mut() {
        ungated(&mut interface.stability);
        interface.functions.values_mut().for_each(|function| ungated(&mut function.stability));
        interface.types.sort_keys();
        interface.functions.sort_keys();
    }
    let name = |of: &WorldKey| match of {
        WorldKey::Name(name) => name.clone(),
        WorldKey::Interface(id) => key[id].clone().expect("it has a name"),
    };
    for (_, world) in resolve.worlds.iter_mut() {
        ungated(&mut world.stability);
        for item in world.imports.values_mut().chain(world.exports.values_mut()) {
            match item {
                WorldItem::Interface { stability, .. } => ungated(stability),
                WorldItem::Function(function) => ungated(&mut function.stability),
                WorldItem::Type { .. } => {}
            }
        }
        world.imports.sort_by_cached_key(|of, _| name(of));
        world.exports.sort_by_cached_key(|of, _| name(of));
    }
    for (_, package) in resolve.packages.iter_mut() {
        package.interfaces.sort_keys();
        package.worlds.sort_keys();
    }
    let mut packages: Vec<PackageId> = resolve.packages.iter().map(|(id, _)| id).collect();
    packages.sort_by_key(|id| resolve.packages[*id].name.clone());
    packages.iter().map(|id| printed_alone(&resolve, *id)).collect()
}

fn printed_alone(resolve: &Resolve, package: PackageId) -> String {
    let mut printer = WitPrinter::default();
    printer.emit_docs(false).print(resolve, package, &[]).expect("WIT prints");
    printer.output.to_string()
}

const TYPES: [&str; 6] = ["u8", "u32", "s64", "bool", "string", "char"];

/// A text with one small edit; whether it is WIT is another question.
fn edited(text: &str, random: &mut Random) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = random.below(lines.len());
    match random.below(6) {
        0 => {
            lines.remove(at);
        }
        1 if at > 0 => lines.swap(at, at - 1),
        2 => {
            let from = TYPES[random.below(TYPES.len())];
            let to = TYPES[random.below(TYPES.len())];
            let from = format!("{from}{}", [",", ";", ")", ">"][random.below(4)]);
            let to = format!("{to}{}", &from[from.len() - 1..]);
            let holders: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].contains(&from)).collect();
            if let Some(at) = holders.get(random.below(holders.len().max(1))) {
                lines[*at] = lines[*at].replacen(&from, &to, 1);
            }
        }
        3 => {
            let name: Option<String> = lines[at].trim().split([':', ',', ' ', ';', '(']).next().map(str::to_owned);
            if let Some(name) = name.filter(|name| !name.is_empty()) {
                lines[at] = lines[at].replacen(&name, &format!("{name}-too"), 1);
            }
        }
        4 => lines[at] = lines[at].replacen(": func(", ": async func(", 1),
        _ => lines[at] = lines[at].replacen("-> ", "-> option<", 1).replacen(';', ">;", 1),
    }
    lines.join("\n")
}

#[test]
fn a_contract_has_no_changes_to_itself() {
    let mut tried = 0;
    for seed in seeds() {
        let Some(side) = contract(seed).and_then(|text| side(&text)) else { continue };
        tried += 1;
        let changes = diff::run(&side, &side);
        assert!(changes.is_empty(), "seed {seed}: {changes:#?}");
    }
    assert!(tried > 0, "the generator made nothing");
    println!("{tried} contracts");
}

#[test]
fn there_are_changes_exactly_where_the_contract_says_something_else() {
    let (mut same, mut other, mut wrong) = (0, 0, Vec::new());
    for seed in seeds() {
        let Some(text) = contract(seed) else { continue };
        let Some(old) = side(&text) else { continue };
        let before = sorted(&old);
        let mut random = Random::new(seed ^ 0x5eed);
        for edit in 0..20 {
            let changed = edited(&text, &mut random);
            let Some(new) = side(&changed) else { continue };
            if new.resolve.packages[new.packages[0]].name != old.resolve.packages[old.packages[0]].name {
                continue;
            }
            let equal = before == sorted(&new);
            *(if equal { &mut same } else { &mut other }) += 1;
            for (one, two) in [(&old, &new), (&new, &old)] {
                let mut changes = diff::run(one, two);
                changes.retain(|change| !["func-reordered", "type-reordered"].contains(&change.rule.id));
                if changes.is_empty() != equal {
                    let ids: Vec<String> =
                        changes.iter().map(|change| format!("{} at {}", change.rule, change.item)).collect();
                    let (was, is) = (before.lines(), sorted(&new));
                    let lines: Vec<String> = was
                        .zip(is.lines())
                        .filter(|(was, is)| was != is)
                        .take(3)
                        .map(|(was, is)| format!("<{was} >{is}"))
                        .collect();
                    wrong.push(format!("seed {seed}, edit {edit}: {ids:?}\n    {}", lines.join("\n    ")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "of {same} equal and {other} others:\n  {}", wrong.join("\n  "));
    assert!(same > 0 && other > 0, "{same} equal and {other} others say little");
    println!("{same} equal, {other} others");
}

#[test]
fn no_two_contracts_make_it_panic() {
    let mut before: Option<Side> = None;
    for seed in seeds() {
        let Some(new) = contract(seed).and_then(|text| side(&text)) else { continue };
        if let Some(old) = &before {
            diff::run(old, &new);
            diff::run(&new, old);
        }
        before = Some(new);
    }
}

#[test]
fn the_validator_agrees_about_small_edits() {
    let (mut asked, mut wrong) = (0, Vec::new());
    for seed in seeds() {
        let Some(text) = contract(seed) else { continue };
        let Some(old) = side(&text) else { continue };
        let mut random = Random::new(seed ^ 0x5eed);
        for edit in 0..10 {
            let changed = edited(&text, &mut random);
            let Some(new) = side(&changed) else { continue };
            let changes = diff::run(&old, &new);
            if changes.is_empty() {
                continue;
            }
            let ids: Vec<String> = changes.iter().map(|change| format!("{} at {}", change.rule, change.item)).collect();
            let witnessed = confirm(&old, &new, &changes, Extent::Touched);
            asked += witnessed.asked;
            for it in witnessed.disagreements {
                let refused = it.refused.as_deref().unwrap_or("links");
                let (item, words, rules) = (&it.item, it.direction.words(), &it.rules);
                wrong.push(format!(
                    "seed {seed}, edit {edit}, {item}: {words} by {rules:?}: {refused}\n    {}",
                    ids.join("; ")
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "of {asked}:\n  {}", wrong.join("\n  "));
    assert!(asked > 0, "nothing was asked");
    println!("{asked} pairs of components");
}
