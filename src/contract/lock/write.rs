//! The lock as a text, the same for the same recordings.

use super::{Block, Lock, VERSION};
use std::fmt::Write;

const HEAD: &str = "\
# What the consumers of our contracts really import, read from their binaries. Written by `compose contract record`;
# a block that is changed by hand is refused. To take a consumer out: `compose contract record --retire NAME`.
";

/// The text.
pub fn text(lock: &Lock) -> String {
    let mut out = format!("{HEAD}version = {VERSION}\n");
    let mut blocks: Vec<&Block> = lock.blocks.iter().collect();
    blocks.sort_by(|one, other| one.key().cmp(&other.key()));
    out.push_str("consumers = [\n");
    let mut listed: Vec<_> = blocks.iter().map(|block| (&block.environment, &block.consumer)).collect();
    listed.dedup();
    for (environment, consumer) in listed {
        let _ = match environment {
            None => writeln!(out, "  {{ consumer = {} }},", string(consumer)),
            Some(name) => {
                writeln!(out, "  {{ consumer = {}, environment = {} }},", string(consumer), string(name))
            }
        };
    }
    out.push_str("]\n");
    for block in blocks {
        out.push_str("\n[[used]]\n");
        let _ = writeln!(out, "consumer = {}", string(&block.consumer));
        if let Some(environment) = &block.environment {
            let _ = writeln!(out, "environment = {}", string(environment));
        }
        let _ = writeln!(out, "import = {}", string(&block.used.import));
        let _ = writeln!(out, "imports = {}", block.imports);
        let _ = writeln!(out, "hash = \"{}\"", block.hash());
        let wit = &block.used.wit;
        // A literal string shows WIT as it is; what cannot stand in one is escaped.
        let literal = |letter: char| !letter.is_control() || letter == '\n';
        match !wit.contains("'''") && wit.chars().all(literal) {
            true => {
                let _ = write!(out, "wit = '''\n{wit}'''\n");
            }
            false => {
                let _ = writeln!(out, "wit = {}", string(wit));
            }
        }
    }
    out
}

fn string(text: &str) -> String {
    toml::Value::from(text).to_string()
}
