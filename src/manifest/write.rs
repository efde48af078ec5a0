//! A request as the text of a manifest: the way back from [`parse`](super::parse).
//!
//! Lines are collected table by table, in the order of the manual, and may be *said* (they decide) or *suggested* (they
//! stand behind a `#`, and are right as soon as it is taken away, each alone). So a table may hold nothing but
//! suggestions; its header is written all the same, for below a commented one a line would go to the table before. What
//! is written and parsed again is the same request; a test holds it to that.

use super::components::is_path;
use super::keys::MANIFEST;
use crate::model::request::{DECLARED, ExportRequest, InputFrom, InstanceRequest, Pin, PinTo, Request, Written};
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// A manifest that is being written.
#[derive(Debug, Default)]
pub struct Text {
    tables: IndexMap<String, Table>,
}

/// A table of it.
#[derive(Debug, Default)]
struct Table {
    /// Comments above the header.
    above: Vec<String>,
    lines: Vec<String>,
    /// The keys that were said.
    keys: BTreeSet<String>,
}

impl Text {
    /// Everything a request says, without what goes without saying. Inputs need a name and a path that is right in the
    /// manifest; bytes that are in no file cannot stand in one and are left out.
    pub fn of(request: &Request) -> Self {
        let mut text = Self::default();
        text.composition(request);
        for wit in &request.wit {
            text.say("wit", &wit.package.text, &string(&wit.written.text));
        }
        for input in &request.inputs {
            if let (Some(name), InputFrom::Path { written, .. }) = (&input.name, &input.from) {
                text.say("components", &name.text, &path(&written.text));
            }
        }
        for InstanceRequest { name, component, keep } in &request.instances {
            if let Some(component) = component {
                text.say(&instance_table(&name.text), "component", &string(&component.text));
            }
            if *keep {
                text.say(&instance_table(&name.text), "keep", "true");
            }
        }
        text.wires(&request.pins);
        for chain in &request.chains {
            text.say("chains", &chain.interface.text, &list(&chain.members));
        }
        text.imports(request);
        text.exports(request);
        if let Some(contracts) = &request.contracts {
            super::contracts::write(contracts, &mut text);
        }
        text
    }

    /// `[wires]`: the values of each import together, since `*` may have several.
    fn wires(&mut self, pins: &[Pin]) {
        let mut lines: IndexMap<(String, &str), Vec<String>> = IndexMap::new();
        for pin in pins {
            let table = wires_table(pin.instance.as_ref().map_or("*", |name| &name.text));
            let more = if pin.inferred { "inferred = true" } else { "" };
            lines.entry((table, &pin.import.text)).or_default().push(right_side(&pin.to, more));
        }
        for ((table, import), values) in lines {
            // Only `*` has a list; of other lines the second would be a key that is there twice.
            match import {
                "*" if table != wires_table("*") => self.say(&table, import, &one_or_list(values)),
                _ => values.iter().for_each(|value| self.say(&table, import, value)),
            }
        }
    }

    fn exports(&mut self, request: &Request) {
        if !request.export_root {
            self.say("exports", "root", "false");
        }
        let mut own = Vec::new();
        for export in &request.exports {
            let ExportRequest { name, instance, export, inner, whole, all, implements } = export;
            let to = match export {
                Some(export) => {
                    PinTo::Export { instance: instance.clone(), export: export.clone(), inner: inner.clone() }
                }
                None if *whole => PinTo::Whole(instance.clone()),
                None => PinTo::Instance(instance.clone()),
            };
            match name {
                Some(name) => {
                    let more = if *implements { "" } else { "implements = false" };
                    self.say("exports", &name.text, &right_side(&to, more));
                }
                None => own.push(right_side(&to, if *all && export.is_some() { "all = true" } else { "" })),
            }
        }
        if !own.is_empty() {
            self.say("exports", "*", &one_or_list(own));
        }
    }

    fn composition(&mut self, request: &Request) {
        let words = [("name", &request.name), ("version", &request.version), ("root", &request.root)];
        for (key, word) in words {
            if let Some(word) = word {
                self.say("composition", key, &string(&word.text));
            }
        }
        if let Some(world) = &request.world {
            let name = world.name.as_ref().map(|name| format!(", name = {}", string(&name.text))).unwrap_or_default();
            let value = format!("{{ wit = {}{name} }}", string(&world.written.text));
            self.say("composition", "world", &value);
        }
        if let Some(target) = &request.target {
            self.say("composition", "target", &string(&target.text));
        }
        if !request.auto_wire {
            self.say("composition", "wiring", "\"pins\"");
        }
        if !request.offers.is_empty() {
            self.say("composition", "offer", &list(request.offers.iter().map(|offer| &offer.written)));
        }
        if request.allow_unused {
            self.say("composition", "allow-unused", "true");
        }
    }

    fn imports(&mut self, request: &Request) {
        let texts = |words: &[Written]| -> Vec<String> { words.iter().map(|word| word.text.clone()).collect() };
        if texts(&request.allow) != texts(&Request::new().allow) {
            self.say("imports", "allow", &list(&request.allow));
        }
        if !request.deny.is_empty() {
            self.say("imports", "deny", &list(&request.deny));
        }
        if !request.merge_open {
            self.say("imports", "merge", "\"off\"");
        }
        for import in &request.declared {
            self.say("imports.declare", &import.name.text, &string(&import.what.text));
        }
    }

    /// A line that decides. A key that is there already is only suggested, since no key may be there twice.
    pub fn say(&mut self, table: &str, key: &str, value: &str) {
        let line = format!("{} = {value}", self::key(key));
        let table = self.table(table);
        if table.lines.contains(&line) {
            return;
        }
        match table.keys.insert(key.to_owned()) {
            true => table.lines.push(line),
            false => table.lines.push(instead(&line)),
        }
    }

    /// A line that would decide, and a word on it behind. Beside one that was said it cannot stand, only in its place.
    pub fn suggest(&mut self, table: &str, key: &str, value: &str, word: &str) {
        let word = if word.is_empty() { String::new() } else { format!("  # {}", one_line(word)) };
        let line = format!("{} = {value}{word}", self::key(key));
        let table = self.table(table);
        table.lines.push(if table.keys.contains(key) { instead(&line) } else { format!("# {line}") });
    }

    /// Comments among the lines of a table.
    pub fn note(&mut self, table: &str, words: &str) {
        let words = commented(words);
        self.table(table).lines.extend(words);
    }

    /// Comments above a table, which need not have any lines. No words are an empty line.
    pub fn above(&mut self, table: &str, words: &str) {
        let words = commented(words);
        self.table(table).above.extend(words);
    }

    fn table(&mut self, name: &str) -> &mut Table {
        self.tables.entry(name.to_owned()).or_default()
    }

    /// The text, its tables in the order of the manual.
    pub fn finish(mut self) -> String {
        // Stable, so tables of one kind stay in the order they came, after what is said above all of them.
        self.tables.sort_by_key(|name, _| (rank(name), name.contains('.')));
        let mut out = String::new();
        for (name, table) in &self.tables {
            if !out.is_empty() {
                out.push('\n');
            }
            let header = (!table.lines.is_empty()).then(|| format!("[{name}]"));
            for line in table.above.iter().chain(&header).chain(&table.lines) {
                out.push_str(line);
                out.push('\n');
            }
        }
        out
    }
}

/// A comment with a line that is no more right by taking its `#` away, since its key is there already.
fn instead(line: &str) -> String {
    format!("# in its place: {line}")
}

/// The table of an instance.
pub fn instance_table(name: &str) -> String {
    format!("instances.{}", key(name))
}

/// The table of an instance's pins; `*` stands for all of them.
pub fn wires_table(instance: &str) -> String {
    format!("wires.{}", key(instance))
}

/// An export of an instance as a value.
pub fn plug(instance: &str, export: &str) -> String {
    format!("{{ instance = {}, export = {} }}", string(instance), string(export))
}

/// What stands on the right side of a line, with what else its table says.
fn right_side(to: &PinTo, more: &str) -> String {
    let way = |first: &Written, inner: &[Written]| match inner {
        [] => string(&first.text),
        inner => list([first].into_iter().chain(inner)),
    };
    let mut entries = match to {
        PinTo::Instance(instance) if more.is_empty() => return string(&instance.text),
        PinTo::Open(_) => vec!["open = true".to_owned()],
        PinTo::Export { instance, export, inner } if instance.text == DECLARED => {
            vec![format!("import = {}", way(export, inner))]
        }
        other => vec![format!("instance = {}", string(&other.word().text))],
    };
    match to {
        PinTo::Whole(_) => entries.push("by = \"whole\"".into()),
        PinTo::Fitting(_) => entries.push("by = \"type\"".into()),
        PinTo::Export { instance, export, inner } if instance.text != DECLARED => {
            entries.push(format!("export = {}", way(export, inner)));
        }
        PinTo::Instance(_) | PinTo::Open(_) | PinTo::Export { .. } => {}
    }
    if !more.is_empty() {
        entries.push(more.to_owned());
    }
    format!("{{ {} }}", entries.join(", "))
}

fn one_or_list(mut values: Vec<String>) -> String {
    if values.len() == 1 { values.remove(0) } else { format!("[{}]", values.join(", ")) }
}

/// A string as TOML writes it, on one line.
pub fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            // Besides what TOML refuses: what would steer a terminal or reorder the line it is read in.
            _ if letter.is_control() || crate::diag::visible(letter.encode_utf8(&mut [0; 4])) != letter.to_string() => {
                let number = u32::from(letter);
                let escape = if number > 0xffff { format!("\\U{number:08X}") } else { format!("\\u{number:04X}") };
                out.push_str(&escape);
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// Where a table stands among the others.
fn rank(table: &str) -> usize {
    let kind = table.split('.').next().unwrap_or(table);
    MANIFEST.iter().position(|known| known.name == kind).unwrap_or(MANIFEST.len())
}

/// A key as TOML writes it.
pub(crate) fn key(text: &str) -> String {
    let bare = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if bare { text.to_owned() } else { string(text) }
}

/// A path in `[components]`, where a word without a slash or an ending would be no path.
fn path(text: &str) -> String {
    if is_path(text) { string(text) } else { string(&format!("./{text}")) }
}

fn list<'w>(words: impl IntoIterator<Item = &'w Written>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| string(&word.text)).collect();
    format!("[{}]", words.join(", "))
}

fn commented(words: &str) -> Vec<String> {
    if words.is_empty() {
        return vec![String::new()];
    }
    words.lines().map(|line| format!("# {}", one_line(line)).trim_end().to_owned()).collect()
}

/// Comments end with their line, so nothing in one may end it, and TOML takes no control characters there.
fn one_line(text: &str) -> String {
    crate::diag::visible_line(text)
}
