//! Each stage timed apart, in one process: what the time of a build is spent on, and how it grows.
//!
//! Medians over several runs, in milliseconds of the wall clock, on all threads. `decode` is with nothing remembered,
//! `again` with all remembered; `write` is to memory. A table for Markdown, a row a graph.

use super::{SHAPES, component, needs};
use component_compose::decode::memory::{Forgetful, Memory};
use component_compose::diag::Sink;
use component_compose::model::component::Fingerprint;
use component_compose::model::request::{Input, InputFrom, Request};
use component_compose::{check, decode, link, resolve, sources};
use std::collections::BTreeMap;
use std::error::Error;
use std::hint::black_box;
use std::sync::Mutex;
use std::time::Instant;

const COUNTS: [usize; 4] = [10, 50, 100, 200];
const STAGES: [&str; 8] = ["load", "decode", "again", "resolve", "check", "link", "verify", "write"];

/// Times all graphs, then each pair of the given files, the first of which is the root.
pub(super) fn run(runs: usize, files: &[&str]) -> Result<(), Box<dyn Error>> {
    println!("| graph | {} |", STAGES.join(" | "));
    println!("|---|{}", "---|".repeat(STAGES.len()));
    for shape in SHAPES {
        for count in COUNTS {
            let needs = needs(shape, count).expect("a shape of the list");
            let made = needs.iter().enumerate().map(|(index, needed)| component(index, needed));
            time(&format!("{shape} of {count}"), &made.collect::<Result<Vec<_>, _>>()?, runs)?;
        }
    }
    for pair in files.chunks(2) {
        let bytes = pair.iter().map(std::fs::read).collect::<Result<Vec<_>, _>>()?;
        let size = bytes.iter().map(Vec::len).sum::<usize>() as f64 / 1e6;
        time(&format!("{} large, {size:.1} MB", bytes.len()), &bytes, runs)?;
    }
    Ok(())
}

fn time(title: &str, components: &[Vec<u8>], runs: usize) -> Result<(), Box<dyn Error>> {
    let mut request = Request::new();
    for (index, bytes) in components.iter().enumerate() {
        let from = InputFrom::Memory { origin: format!("c{index}.wasm"), bytes: bytes.clone().into() };
        request.inputs.push(Input { name: None, from });
    }
    let mut times = vec![Vec::new(); STAGES.len()];
    for _ in 0..runs {
        for (times, milliseconds) in times.iter_mut().zip(once(&request)?) {
            times.push(milliseconds);
        }
    }
    let medians = times.iter_mut().map(|times| {
        times.sort_by(f64::total_cmp);
        format!("{:.2}", times[times.len() / 2])
    });
    println!("| {title} | {} |", medians.collect::<Vec<_>>().join(" | "));
    Ok(())
}

/// One composition; milliseconds of each stage.
fn once(request: &Request) -> Result<Vec<f64>, Box<dyn Error>> {
    let mut sink = Sink::default();
    let mut times = Vec::new();
    let mut last = Instant::now();
    let mut lap = || {
        let now = Instant::now();
        times.push((now - last).as_secs_f64() * 1e3);
        last = now;
    };
    let inputs = sources::load(request, &mut sink);
    lap();
    let profile = check::target::profile(request, &mut sink);
    let memory = InMemory::default();
    decode::run(&inputs, &profile, &Forgetful, &mut sink);
    lap();
    decode::run(&inputs, &profile, &memory, &mut sink);
    let start = Instant::now();
    let components = decode::run(&inputs, &profile, &memory, &mut sink);
    let again = start.elapsed().as_secs_f64() * 1e3;
    lap();
    let plan = resolve::run(request, &components, &mut sink);
    lap();
    let checked = check::run(&plan, &components, &profile, &mut sink).ok_or("the composition has errors")?;
    lap();
    let linked = link::run(checked.plan(), checked.identity(), &components, &link::Options::default())
        .map_err(|broken| format!("{broken:?}"))?;
    lap();
    link::verify::run(&linked, &plan, checked.identity(), &components, &profile)
        .map_err(|broken| format!("{broken:?}"))?;
    lap();
    black_box(linked.to_bytes());
    lap();
    times[2] = again;
    Ok(times)
}

#[derive(Default)]
struct InMemory(Mutex<BTreeMap<Fingerprint, Vec<u8>>>);

impl Memory for InMemory {
    fn get(&self, key: &Fingerprint) -> Option<Vec<u8>> {
        self.0.lock().ok()?.get(key).cloned()
    }

    fn put(&self, key: &Fingerprint, entry: &[u8]) {
        if let Ok(mut entries) = self.0.lock() {
            entries.insert(*key, entry.to_vec());
        }
    }
}
