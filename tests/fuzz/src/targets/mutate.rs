//! Damaged components: the sections of a real one are removed, doubled, moved, taken from another, or changed inside;
//! around them the bytes stay as a binary needs them, so that the damage gets past the parser. Then it is composed with
//! the component it was made of.

use super::pipeline::fixed_members;
use super::whole::{input, inside, open_request, run as whole};
use crate::random::Random;
use std::sync::OnceLock;
use wasm_encoder::Encode;
use wasmparser::BinaryReader;

/// The target.
pub fn run(bytes: &[u8]) {
    let mut random = Random::of(bytes);
    let originals = originals();
    let original = &originals[random.below(originals.len())];
    let mut sections = sections(original);
    for _ in 0..1 + random.below(4) {
        let other = random.below(originals.len());
        change(&mut random, &mut sections, &originals[other]);
    }
    let damaged = joined(&original[..8], &sections);
    inside(&damaged);
    let target = if random.one_in(2) { "tools-0.263" } else { "wasmtime-48" };
    whole(&open_request(target, vec![input("damaged", damaged.clone())]));
    let pair = [input("damaged", damaged), input("original", original.clone())];
    let mut request = open_request(target, pair.to_vec());
    whole(&request);
    request.inputs.reverse();
    whole(&request);
}

/// What is damaged: made components, a composition of some, and one that a compiler made.
fn originals() -> &'static [Vec<u8>] {
    static ORIGINALS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    ORIGINALS.get_or_init(|| {
        let mut all = fixed_members().to_vec();
        // One that was composed, with its plan inside.
        let parts = all.iter().enumerate().map(|(at, bytes)| input(&format!("part-{at}"), bytes.clone()));
        all.extend(whole(&open_request("tools-0.263", parts.take(2).collect())).bytes);
        all.push(include_bytes!("../../../../fixtures/components/pricing.wasm").to_vec());
        all
    })
}

/// A section: its id and its contents.
type Section = (u8, Vec<u8>);

/// The sections of a module or component; of what is none, nothing.
fn sections(bytes: &[u8]) -> Vec<Section> {
    let mut out = Vec::new();
    let mut reader = BinaryReader::new(bytes.get(8..).unwrap_or_default(), 0);
    while let Ok(id) = reader.read_u8() {
        let Ok(size) = reader.read_var_u32() else { break };
        let Ok(contents) = reader.read_bytes(size as usize) else { break };
        out.push((id, contents.to_vec()));
    }
    out
}

fn joined(header: &[u8], sections: &[Section]) -> Vec<u8> {
    let mut out = header.to_vec();
    for (id, contents) in sections {
        out.push(*id);
        contents.encode(&mut out);
    }
    out
}

fn change(random: &mut Random, sections: &mut Vec<Section>, other: &[u8]) {
    if sections.is_empty() {
        return;
    }
    let at = random.below(sections.len());
    match random.below(12) {
        0 => drop(sections.remove(at)),
        1 => sections.insert(at, sections[at].clone()),
        2 => {
            let with = random.below(sections.len());
            sections.swap(at, with);
        }
        3 => {
            let others = self::sections(other);
            if !others.is_empty() {
                sections.insert(at, others[random.below(others.len())].clone());
            }
        }
        4 => sections[at].0 = random.below(16) as u8,
        _ => within(random, &mut sections[at]),
    }
}

/// Changes a section's contents: of a module or component within, one of its sections; else bytes.
fn within(random: &mut Random, (id, contents): &mut Section) {
    let nested = matches!(*id, 1 | 4) && contents.starts_with(b"\0asm") && contents.len() > 8;
    if nested && !random.one_in(4) {
        let mut parts = sections(contents);
        change(random, &mut parts, &[]);
        *contents = joined(&contents[..8], &parts);
        return;
    }
    // Small numbers and names of other items matter more than bytes at large.
    for _ in 0..1 + random.below(3) {
        if contents.is_empty() {
            return;
        }
        let at = (random.below(256) * 256 + random.below(256)) % contents.len();
        match random.below(6) {
            0 => contents[at] = contents[at].wrapping_add(1),
            1 => contents[at] = contents[at].wrapping_sub(1),
            2 => contents[at] = random.below(256) as u8,
            3 => drop(contents.remove(at)),
            4 => contents.insert(at, random.below(128) as u8),
            _ => {
                let from = random.below(contents.len());
                contents[at] = contents[from];
            }
        }
    }
}
