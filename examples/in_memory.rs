//! Composes components in memory: they are made here, no file is read or written, and every wire says why it is there.
//!
//! `cargo run --example in_memory`

use component_compose::diag::Sink;
use component_compose::diag::words::because;
use component_compose::model::plan::{Plug, Socket, Source};
use component_compose::model::request::{Input, InputFrom, Request, Written};
use component_compose::pipeline::{self, LinkOptions, Verify};
use component_compose::{Bytes, Composition};
use std::error::Error;
use wit_component::{ComponentEncoder, StringEncoding, dummy_module, embed_component_metadata};
use wit_parser::{ManglingAndAbi, Resolve};

/// A shop that needs a cart and a clock; the cart needs a store.
const WIT: &str = "
package acme:example;
package acme:kv@1.2.0 {
  interface store {
    resource bucket { get: func(key: string) -> option<string>; }
    open: func(name: string) -> bucket;
  }
}
package acme:cart { interface cart { total: func() -> u32; } }
package wasi:clocks@0.2.6 { interface monotonic-clock { now: func() -> u64; } }
world shop { import acme:cart/cart; import wasi:clocks/monotonic-clock@0.2.6; export run: func(); }
world cart { import acme:kv/store@1.2.0; export acme:cart/cart; }
world kv { export acme:kv/store@1.2.0; }
";

fn main() -> Result<(), Box<dyn Error>> {
    println!("{}", report()?);
    Ok(())
}

/// What this example has to tell.
pub(crate) fn report() -> Result<String, Box<dyn Error>> {
    let parts: Vec<(&str, Bytes)> = ["shop", "cart", "kv"]
        .into_iter()
        .map(|world| Ok((world, component(world)?.into())))
        .collect::<Result<_, String>>()?;
    let (told, bytes) = stage_by_stage(&parts)?;

    // The same in one go.
    let composition = parts.iter().fold(Composition::new(), |all, (name, bytes)| all.component(name, bytes.clone()));
    let composed = composition.compose();
    assert_eq!(composed.bytes()?, bytes, "both ways lead to the same bytes");
    let wires = composed.wires().map(|wire| format!("{wire}\n")).collect::<String>();
    let open = composed.imports().collect::<Vec<_>>().join(", ");
    Ok(format!("{told}\n{wires}left to the host: {open}"))
}

/// The stages one by one, for whoever wants to look at what is between them.
fn stage_by_stage(parts: &[(&str, Bytes)]) -> Result<(String, Vec<u8>), Box<dyn Error>> {
    // What is asked for. The first input is the root.
    let input = |(name, bytes): &(&str, Bytes)| Input {
        name: Some(Written::new(*name)),
        from: InputFrom::Memory { origin: format!("{name} (made here)"), bytes: bytes.clone() },
    };
    let request = Request { inputs: parts.iter().map(input).collect(), ..Request::new() };

    // Everything there is to say goes into the sink; no stage stops at the first error.
    let mut sink = Sink::default();
    let planned = pipeline::plan(&request, &mut sink);
    let mut told = String::new();
    for id in planned.plan.ids() {
        for (import, wire) in planned.plan.wires[id.0].iter().enumerate() {
            if let Some(Source::Plug(Plug { instance, export })) = planned.plan.source(Socket { instance: id, import })
            {
                let (from, to) = (planned.plan.instance(*instance), planned.plan.instance(id));
                let exports = &planned.components.get(from.component).shape.exports;
                let (name, _) = exports.get_index(*export).ok_or("a plug points at an export")?;
                told.push_str(&format!("{} -> {}: {name}, because {}\n", from.name, to.name, because(wire)));
            }
        }
    }
    // The gate: only a plan without errors is linked.
    let checked = pipeline::check(&planned, &mut sink);
    let options = LinkOptions { verify: Verify::Full, ..LinkOptions::default() };
    let linked = checked.and_then(|checked| pipeline::link(&request, &planned, &checked, options, &mut sink));
    match linked {
        Some(linked) => Ok((told, linked.to_bytes())),
        None => {
            Err(sink.diagnostics().iter().map(|told| format!("{}: {}\n", told.code, told.message)).collect::<String>())?
        }
    }
}

/// A component of a world, whose functions trap. Real ones come from a compiler.
fn component(world: &str) -> Result<Vec<u8>, String> {
    let words = |error: &dyn std::fmt::Display| format!("{world}: {error:#}");
    let mut resolve = Resolve::default();
    let package = resolve.push_str("example.wit", WIT).map_err(|error| words(&error))?;
    let world = resolve.select_world(&[package], Some(world)).map_err(|error| words(&error))?;
    let mut module = dummy_module(&resolve, world, ManglingAndAbi::Standard32);
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8, false)
        .map_err(|error| words(&error))?;
    let mut encoder = ComponentEncoder::default();
    encoder.module(&module).and_then(|encoder| encoder.encode()).map_err(|error| words(&error))
}
