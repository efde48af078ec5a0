//! `compose.toml` → [`Request`].
//!
//! The text comes in, data goes out; nothing is read from disk here and nothing is looked up. What can be judged by the
//! text alone is judged here, all of it in one run; whether a named component or instance exists is left to the stages
//! that know all of them, because the command line may add some. The keys are described in `docs/manifest.md`, whose
//! examples are parsed by a test below. `wac` reads the composition language of that name to the same request.

mod components;
mod composition;
mod contracts;
#[cfg(test)]
mod contracts_tests;
pub mod diags;
mod host;
pub(crate) mod hosting;
mod keys;
#[cfg(test)]
mod mangled;
mod plugs;
pub mod schema;
#[cfg(test)]
mod schema_tests;
pub(crate) mod syntax;
pub(crate) mod table;
mod testing;
#[cfg(test)]
mod tests;
pub mod wac;
mod wiring;
#[cfg(test)]
mod wiring_tests;
pub mod write;
pub mod yaml;

pub use host::UnknownHost;

use crate::diag::{Code, Diagnostic, Sink, Source};
use crate::model::contracts::Contracts;
use crate::model::request::Request;
use keys::{COMPOSITION, CONTRACTS, IMPORTS, MANIFEST, names};
use std::path::Path;
use std::sync::Arc;
use table::{Reader, entry, in_order};
use toml::de::DeTable;

/// Reads a manifest.
///
/// `name` is what messages call it, `base` the folder that its paths are relative to. Everything wrong with it goes to
/// the sink, in the order of the text; a request comes back only if nothing was but the name of the host.
pub fn parse(text: &str, name: &str, base: &Path, sink: &mut Sink) -> Option<Request> {
    let source = Arc::new(Source::new(name, text));
    let (root, broken) = syntax::read(&source);
    let root = root.get_ref();
    let mut reader = Reader { source: &source, base, found: Vec::new() };
    let tables = names(MANIFEST);
    reader.refuse_unknown(root, "", &tables, &[("composition", &names(COMPOSITION)), ("imports", &names(IMPORTS))]);

    let mut request = Request::new();
    let components = entry(root, "components").and_then(|(_, value)| value.get_ref().as_table());
    for (key, value) in in_order(root) {
        let known: &str = key.get_ref();
        if !tables.contains(&known) {
            continue;
        }
        let Some(table) = reader.table(known, value, "a table") else { continue };
        match known {
            "composition" => composition::composition(&mut reader, table, components, &mut request),
            "wit" => composition::wit(&mut reader, table, &mut request),
            "components" => components::components(&mut reader, table, &mut request),
            "instances" => {
                components::instances(&mut reader, table, components, &mut request);
            }
            "wires" => wiring::wires(&mut reader, table, &mut request),
            "chains" => wiring::chains(&mut reader, table, &mut request),
            "imports" => composition::imports(&mut reader, table, &mut request),
            "exports" => wiring::exports(&mut reader, table, &mut request),
            "contracts" => request.contracts = Some(contracts::contracts(&mut reader, table)),
            "host" => request.hosting = hosting::hosting(&mut reader, table),
            "test" => request.cases = testing::cases(&mut reader, table),
            _ => unreachable!("each of the tables has an arm"),
        }
    }
    components::complete(&mut reader, root);
    told(reader, broken, sink).then_some(request)
}

/// Reads `[contracts]` alone: of a file that has nothing else, or of a manifest whose other tables are no matter now.
///
/// Everything wrong with it goes to the sink; contracts come back only if nothing was. A file without the table says
/// nothing, which is no fault.
pub fn parse_contracts(text: &str, name: &str, has_others: bool, sink: &mut Sink) -> Option<Contracts> {
    let source = Arc::new(Source::new(name, text));
    let (root, broken) = syntax::read(&source);
    let root = root.get_ref();
    let mut reader = Reader { source: &source, base: Path::new(""), found: Vec::new() };
    if !has_others {
        reader.refuse_unknown(root, "", &["contracts"], &[("contracts", &names(CONTRACTS))]);
    }
    let table = entry(root, "contracts").and_then(|(_, value)| reader.table("contracts", value, "a table"));
    let contracts = table.map(|table| contracts::contracts(&mut reader, table)).unwrap_or_default();
    told(reader, broken, sink).then_some(contracts)
}

/// Whether a manifest says anything about contracts, as far as it can be read.
pub fn has_contracts(text: &str) -> bool {
    entry(DeTable::parse_recoverable(text).0.get_ref(), "contracts").is_some()
}

/// Tells what was found, in the order of the text; gives whether the run goes on.
pub(crate) fn told(reader: Reader<'_>, broken: Vec<Diagnostic>, sink: &mut Sink) -> bool {
    let mut found = reader.found;
    found.retain(|complaint| syntax::plausible(reader.source, &broken, complaint));
    found.extend(broken);
    found.sort_by_key(|diagnostic| diagnostic.labels.first().map_or(usize::MAX, |label| label.span.start));
    // The default goes on in the place of a host that nobody knows.
    let clean = found.iter().all(|complaint| complaint.code == Code::UnknownHost);
    found.into_iter().for_each(|diagnostic| sink.report(diagnostic));
    clean
}
