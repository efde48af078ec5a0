//! Writes the inputs of the comparison with other composers: chains of small components, and the document that tells
//! `wac` to make the same composition.
//!
//! `cargo run --release --example bench-graphs -- chain COUNT FOLDER` makes `c0.wasm` … in FOLDER, each needing the next,
//! and `app.wac`. `cargo run … -- text FOLDER A.wasm B.wasm` writes only `app.wac` for two given components, the first
//! needing an interface of the second.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use wit_component::{ComponentEncoder, StringEncoding, dummy_module, embed_component_metadata};
use wit_parser::{LiftLowerAbi, ManglingAndAbi, Resolve};

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["chain", count, folder] => chain(count.parse()?, Path::new(folder)),
        ["offer", count, folder] => offer(count.parse()?, Path::new(folder)),
        _ => Err("usage: bench-graphs chain|offer COUNT FOLDER".into()),
    }
}

/// `c0` needs `c1` needs `c2` …; every interface has a record, a resource and a few functions.
fn chain(count: usize, folder: &Path) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder.join("deps/bench"))?;
    let mut document = String::from("package bench:app;\n");
    for index in (0..count).rev() {
        let component = link_of_chain(index, index + 1 < count)?;
        std::fs::write(folder.join(format!("c{index}.wasm")), &component)?;
        std::fs::write(folder.join(format!("deps/bench/c{index}.wasm")), &component)?;
        let next = index + 1;
        if next < count {
            let api = format!("bench:p{next}/api");
            writeln!(document, "let c{index} = new bench:c{index} {{ \"{api}\": c{next}[\"{api}\"] }};")?;
        } else {
            writeln!(document, "let c{index} = new bench:c{index} {{}};")?;
        }
    }
    writeln!(document, "export c0[\"bench:p0/api\"];")?;
    std::fs::write(folder.join("app.wac"), document)?;
    Ok(())
}

/// Many components of which a chain of ten is used.
fn offer(count: usize, folder: &Path) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    for index in 0..count {
        let component = link_of_chain(index, index < 9)?;
        std::fs::write(folder.join(format!("c{index}.wasm")), component)?;
    }
    Ok(())
}

fn link_of_chain(index: usize, needs_next: bool) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut wit = String::new();
    let interface = |wit: &mut String, index: usize| {
        writeln!(
            wit,
            "package bench:p{index} {{ interface api {{
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
        )
    };
    writeln!(wit, "package bench:c{index};")?;
    interface(&mut wit, index)?;
    if needs_next {
        interface(&mut wit, index + 1)?;
    }
    writeln!(wit, "world w {{ export bench:p{index}/api;")?;
    if needs_next {
        writeln!(wit, "import bench:p{}/api;", index + 1)?;
    }
    writeln!(wit, "}}")?;
    let mut resolve = Resolve::default();
    let package = resolve.push_str("bench.wit", &wit)?;
    let world = resolve.select_world(&[package], Some("w"))?;
    let mut module = dummy_module(&resolve, world, ManglingAndAbi::Legacy(LiftLowerAbi::Sync));
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8, false)?;
    Ok(ComponentEncoder::default().module(&module)?.encode()?)
}
