//! A request as the text of a `compose.toml` that asks for the same.
//!
//! For those who come from another language: what is written reads back to an equal request, except for what only a run
//! can have, such as bytes in memory. Tables stand in the order of the manual, keys in the order of the request; what has
//! its default is left out.

use crate::model::kebab::kebab_of;
use crate::model::name::is_kebab;
use crate::model::request::{
    DECLARED, ExportRequest, Input, InputFrom, InstanceRequest, Pin, PinTo, Request, WitRequest, Written,
};
use indexmap::IndexMap;
use std::path::Path;

/// Why a request cannot be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotWritable {
    /// An input is in no file.
    NotAFile(String),
    /// A package was not found.
    NotFound(String),
}

/// The text. `path` gives what a path is called from the folder of the manifest.
pub fn to_toml(request: &Request, path: &dyn Fn(&Path) -> String) -> Result<String, NotWritable> {
    let mut out = Text { tables: Vec::new() };
    out.composition(request, path);
    let mut wit = Table::new("wit");
    for WitRequest { package, path: at, .. } in &request.wit {
        wit.line(&package.text, quoted(&path(at)));
    }
    out.push(wit);
    let mut components = Table::new("components");
    for Input { name, from } in &request.inputs {
        let (name, file) = component(name.as_ref(), from, path)?;
        let plain = file.contains('/') || [".wasm", ".wat"].iter().any(|ending| file.ends_with(ending));
        components.line(&name, if plain { quoted(&file) } else { format!("{{ path = {} }}", quoted(&file)) });
    }
    out.push(components);
    for InstanceRequest { name, component, keep } in &request.instances {
        let mut table = Table::new(format!("instances.{}", key(&name.text)));
        if let Some(component) = component {
            table.line("component", quoted(&component.text));
        }
        if *keep {
            table.line("keep", "true".into());
        }
        out.push(table);
    }
    out.wires(&request.pins);
    let mut chains = Table::new("chains");
    for chain in &request.chains {
        chains.line(&chain.interface.text, list(chain.members.iter().map(|member| quoted(&member.text))));
    }
    out.push(chains);
    out.imports(request);
    out.exports(request);
    Ok(out.tables.iter().map(Table::text).collect::<Vec<_>>().join("\n"))
}

/// The name and path of a component.
fn component(
    name: Option<&Written>,
    from: &InputFrom,
    path: &dyn Fn(&Path) -> String,
) -> Result<(String, String), NotWritable> {
    match from {
        InputFrom::Path { path: at, .. } => {
            let stem = || at.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
            Ok((name.map_or_else(|| kebab_of(&stem()), |name| name.text.clone()), path(at)))
        }
        InputFrom::Stdin(written) => Err(NotWritable::NotAFile(written.text.clone())),
        InputFrom::Memory { origin, .. } => Err(NotWritable::NotAFile(origin.clone())),
        InputFrom::Package(package) => Err(NotWritable::NotFound(package.package.text.clone())),
    }
}

/// A table with its lines.
struct Table {
    name: String,
    lines: Vec<(String, String)>,
}

impl Table {
    fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), lines: Vec::new() }
    }

    fn line(&mut self, name: &str, value: String) {
        self.lines.push((key(name), value));
    }

    fn text(&self) -> String {
        let lines: String = self.lines.iter().map(|(key, value)| format!("{key} = {value}\n")).collect();
        format!("[{}]\n{lines}", self.name)
    }
}

struct Text {
    tables: Vec<Table>,
}

impl Text {
    fn push(&mut self, table: Table) {
        if !table.lines.is_empty() {
            self.tables.push(table);
        }
    }

    fn composition(&mut self, request: &Request, path: &dyn Fn(&Path) -> String) {
        let mut table = Table::new("composition");
        let words = [("name", &request.name), ("version", &request.version), ("root", &request.root)];
        for (name, word) in words {
            if let Some(word) = word {
                table.line(name, quoted(&word.text));
            }
        }
        if let Some(world) = &request.world {
            let name = world.name.as_ref().map(|name| format!(", name = {}", quoted(&name.text)));
            let wit = quoted(&path(&world.path));
            table.line("world", format!("{{ wit = {wit}{} }}", name.unwrap_or_default()));
        }
        if let Some(target) = &request.target {
            table.line("target", quoted(&target.text));
        }
        if !request.auto_wire {
            table.line("wiring", quoted("pins"));
        }
        if !request.offers.is_empty() {
            table.line("offer", list(request.offers.iter().map(|offer| quoted(&path(&offer.path)))));
        }
        if request.allow_unused {
            table.line("allow-unused", "true".into());
        }
        self.push(table);
    }

    /// `[wires]`: a table for each instance, and in it the values of each import together.
    fn wires(&mut self, pins: &[Pin]) {
        let mut tables: IndexMap<&str, IndexMap<&str, Vec<String>>> = IndexMap::new();
        for pin in pins {
            let instance = pin.instance.as_ref().map_or("*", |name| name.text.as_str());
            let values = tables.entry(instance).or_default().entry(&pin.import.text).or_default();
            let more = if pin.inferred { vec!["inferred = true".to_owned()] } else { Vec::new() };
            values.push(plug(&pin.to, more));
        }
        for (instance, imports) in tables {
            let mut table = Table::new(format!("wires.{}", key(instance)));
            for (import, values) in imports {
                table.line(import, one_or_list(values));
            }
            self.push(table);
        }
    }

    fn imports(&mut self, request: &Request) {
        let mut table = Table::new("imports");
        let words = |words: &[Written]| list(words.iter().map(|word| quoted(&word.text)));
        let texts = |words: &[Written]| words.iter().map(|word| word.text.clone()).collect::<Vec<_>>();
        if texts(&request.allow) != texts(&Request::new().allow) {
            table.line("allow", words(&request.allow));
        }
        if !request.deny.is_empty() {
            table.line("deny", words(&request.deny));
        }
        if !request.merge_open {
            table.line("merge", quoted("off"));
        }
        self.push(table);
        let mut declared = Table::new("imports.declare");
        for import in &request.declared {
            declared.line(&import.name.text, quoted(&import.what.text));
        }
        self.push(declared);
    }

    fn exports(&mut self, request: &Request) {
        let mut table = Table::new("exports");
        if !request.export_root {
            table.line("root", "false".into());
        }
        let mut own = Vec::new();
        for export in &request.exports {
            let ExportRequest { name, instance, export, inner, whole, all, implements } = export;
            let mut more = Vec::new();
            let to = match export {
                Some(export) => {
                    if *all {
                        more.push("all = true".to_owned());
                    }
                    PinTo::Export { instance: instance.clone(), export: export.clone(), inner: inner.clone() }
                }
                None if *whole => PinTo::Whole(instance.clone()),
                None => PinTo::Instance(instance.clone()),
            };
            match name {
                Some(name) => {
                    if !implements {
                        more.push("implements = false".to_owned());
                    }
                    table.line(&name.text, plug(&to, more));
                }
                None => own.push(plug(&to, more)),
            }
        }
        if !own.is_empty() {
            table.line("*", one_or_list(own));
        }
        self.push(table);
    }
}

/// The right side of a line, with what else its table says.
fn plug(to: &PinTo, more: Vec<String>) -> String {
    let way = |first: &Written, inner: &[Written]| match inner {
        [] => quoted(&first.text),
        inner => list([first].into_iter().chain(inner).map(|name| quoted(&name.text))),
    };
    let of = |instance: &Written| format!("instance = {}", quoted(&instance.text));
    let mut entries = match to {
        PinTo::Instance(instance) if more.is_empty() => return quoted(&instance.text),
        PinTo::Instance(instance) => vec![of(instance)],
        PinTo::Whole(instance) => vec![of(instance), "by = \"whole\"".into()],
        PinTo::Fitting(instance) => vec![of(instance), "by = \"type\"".into()],
        PinTo::Open(_) => vec!["open = true".into()],
        PinTo::Export { instance, export, inner } if instance.text == DECLARED => {
            vec![format!("import = {}", way(export, inner))]
        }
        PinTo::Export { instance, export, inner } => {
            vec![of(instance), format!("export = {}", way(export, inner))]
        }
    };
    entries.extend(more);
    format!("{{ {} }}", entries.join(", "))
}

fn one_or_list(mut values: Vec<String>) -> String {
    if values.len() == 1 { values.remove(0) } else { list(values) }
}

fn list(items: impl IntoIterator<Item = String>) -> String {
    format!("[{}]", items.into_iter().collect::<Vec<_>>().join(", "))
}

fn key(name: &str) -> String {
    if is_kebab(name) { name.to_owned() } else { quoted(name) }
}

/// A string of TOML: over several lines where the text is, else with what must be escaped.
fn quoted(text: &str) -> String {
    let plain = |letter: char| letter == '\n' || letter == '\t' || !letter.is_control();
    if text.contains('\n') && !text.contains("'''") && !text.ends_with('\'') && text.chars().all(plain) {
        return format!("'''\n{text}'''");
    }
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            letter if letter.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(letter))),
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}
