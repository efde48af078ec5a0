//! The graphs that are composed for measuring: chains, stars, diamonds and wide ones of small components, with the
//! document that tells `wac` to make the same composition.
//!
//! `cargo run --release --example bench-graphs -- SHAPE COUNT FOLDER` makes `c0.wasm` …, `app.wac` and `deps/` in FOLDER;
//! SHAPE is `chain`, `star`, `diamond`, `wide`, or `offer`, of which only ten are used. With `stages RUNS [A.wasm B.wasm]…`
//! it times each stage apart on all of them, and on the given components. `contracts COUNT FOLDER` makes two versions of a
//! package of so many interfaces, `matrix COUNT FOLDER` so many consumers and providers.

#[path = "contracts.rs"]
mod contracts;
#[path = "stages.rs"]
mod stages;

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use wit_component::{ComponentEncoder, StringEncoding, dummy_module, embed_component_metadata};
use wit_parser::{LiftLowerAbi, ManglingAndAbi, Resolve};

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["stages", runs, large @ ..] => stages::run(runs.parse()?, large),
        ["offer", count, folder] => offer(count.parse()?, Path::new(folder)),
        ["contracts", count, folder] => contracts::packages(count.parse()?, Path::new(folder)),
        ["matrix", count, folder] => contracts::matrix(count.parse()?, Path::new(folder)),
        [shape, count, folder] => {
            let needs = needs(shape, count.parse()?).ok_or("no such shape")?;
            write(&needs, Path::new(folder))
        }
        _ => {
            Err("usage: bench-graphs chain|star|diamond|wide|offer|contracts|matrix COUNT FOLDER | stages RUNS [A.wasm B.wasm]…".into())
        }
    }
}

/// The names of the shapes.
const SHAPES: [&str; 4] = ["chain", "star", "diamond", "wide"];

/// What each component of a graph needs: later ones, by number. The first is the root, and reaches all.
fn needs(shape: &str, count: usize) -> Option<Vec<Vec<usize>>> {
    let last = count - 1;
    let needs = |index: usize| match shape {
        "chain" => (index < last).then_some(index + 1).into_iter().collect(),
        "star" => (1..count).filter(|_| index == 0).collect(),
        // All in the middle need the last one, which they share.
        "diamond" => match index {
            0 => (1..last.max(1)).collect(),
            _ => (index < last).then_some(last).into_iter().collect(),
        },
        // A tree of four branches each, whose members also need the next one beside them.
        "wide" => {
            let below = (4 * index + 1..4 * index + 5).filter(|below| *below < count);
            let beside = (index > 0 && !index.is_multiple_of(4) && index < last).then_some(index + 1);
            below.chain(beside).collect()
        }
        _ => Vec::new(),
    };
    SHAPES.contains(&shape).then(|| (0..count).map(needs).collect())
}

fn write(needs: &[Vec<usize>], folder: &Path) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder.join("deps/bench"))?;
    let mut document = String::from("package bench:app;\n");
    for (index, needed) in needs.iter().enumerate().rev() {
        let component = component(index, needed)?;
        std::fs::write(folder.join(format!("c{index}.wasm")), &component)?;
        std::fs::write(folder.join(format!("deps/bench/c{index}.wasm")), &component)?;
        let argument = |next: &usize| format!("\"bench:p{next}/api\": c{next}[\"bench:p{next}/api\"]");
        let arguments: Vec<String> = needed.iter().map(argument).collect();
        writeln!(document, "let c{index} = new bench:c{index} {{ {} }};", arguments.join(", "))?;
    }
    writeln!(document, "export c0[\"bench:p0/api\"];")?;
    std::fs::write(folder.join("app.wac"), document)?;
    Ok(())
}

/// Many components of which a chain of ten is used.
fn offer(count: usize, folder: &Path) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    for index in 0..count {
        let next = [index + 1];
        let component = component(index, if index < 9 { &next } else { &[] })?;
        std::fs::write(folder.join(format!("c{index}.wasm")), component)?;
    }
    Ok(())
}

/// A component that exports an interface of its own, with a record, a resource and a few functions, and imports those of
/// others.
fn component(index: usize, needs: &[usize]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut wit = format!("package bench:c{index};\n");
    for of in std::iter::once(&index).chain(needs) {
        writeln!(
            wit,
            "package bench:p{of} {{ interface api {{
               record entry {{ key: string, value: list<u8>, tags: list<string> }}
               variant failure {{ missing, denied(string), broken(u32) }}
               resource store {{
                 constructor(name: string);
                 get: func(key: string) -> result<option<entry>, failure>;
                 put: func(entry: entry) -> result<_, failure>;
               }}
               open: func(name: string) -> result<store, failure>;
               count: func(of: borrow<store>) -> u64;
             }} }}"
        )?;
    }
    writeln!(wit, "world w {{ export bench:p{index}/api;")?;
    for need in needs {
        writeln!(wit, "import bench:p{need}/api;")?;
    }
    writeln!(wit, "}}")?;
    component_of(&wit)
}

/// A component of the world `w` in the text.
fn component_of(wit: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut resolve = Resolve::default();
    let package = resolve.push_str("bench.wit", wit)?;
    let world = resolve.select_world(&[package], Some("w"))?;
    let mut module = dummy_module(&resolve, world, ManglingAndAbi::Legacy(LiftLowerAbi::Sync));
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8, false)?;
    Ok(ComponentEncoder::default().module(&module)?.encode()?)
}
