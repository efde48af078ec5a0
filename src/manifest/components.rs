//! `[components]` and `[instances]`: what is put together, and under which names.

use super::composition::{bad_value, legal, not_empty};
use super::diags::{MissingKey, RegistryComponent};
use super::keys::{COMPONENT_TABLE, INSTANCE_TABLE, RESERVED, names};
use super::table::{Reader, entry, in_order};
use crate::model::request::{Input, InputFrom, InstanceRequest, Request, Written};
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub(super) fn components(reader: &mut Reader<'_>, table: &DeTable<'_>, request: &mut Request) {
    for (key, value) in in_order(table) {
        let name = reader.written_key(key);
        let is_legal = legal(reader, &name, "component");
        let path = match value.get_ref() {
            DeValue::Table(table) => from_table(reader, &name, table, value),
            _ => from_string(reader, &name, value),
        };
        if let Some(written) = path
            && is_legal
        {
            let path = reader.path(&written);
            request.inputs.push(Input { name: Some(name), from: InputFrom::Path { written, path } });
        }
    }
}

fn from_string(reader: &mut Reader<'_>, name: &Written, value: &Spanned<DeValue<'_>>) -> Option<Written> {
    let DeValue::String(_) = value.get_ref() else {
        reader.table(&name.text, value, "a path or a table with `path`")?;
        return None;
    };
    let written = reader.string(&name.text, value)?;
    if is_path(&written.text) {
        return Some(written);
    }
    if written.text.contains(':') {
        let facts = RegistryComponent { spot: reader.spot(value.span()), name: &name.text, package: &written.text };
        reader.report(facts);
    } else {
        let help = (!written.text.trim().is_empty()).then(|| format!("{} = \"./{}\"", name.text, written.text));
        let expected = "a path, which has a slash or ends in `.wasm` or `.wat`".into();
        bad_value(reader, &name.text, &written, expected, help);
    }
    None
}

pub(super) fn is_path(text: &str) -> bool {
    let ending = Path::new(text).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    text.contains(['/', '\\']) || ending.eq_ignore_ascii_case("wasm") || ending.eq_ignore_ascii_case("wat")
}

fn from_table(
    reader: &mut Reader<'_>,
    name: &Written,
    table: &DeTable<'_>,
    value: &Spanned<DeValue<'_>>,
) -> Option<Written> {
    let place = format!("components.{}", name.text);
    reader.refuse_unknown(table, &place, &[names(COMPONENT_TABLE), RESERVED.to_vec()].concat(), &[]);
    if reader.exclude(table, &place, "path", "package") || reader.exclude(table, &place, "path", "version") {
        return None;
    }
    if let Some((_, package)) = entry(table, "package") {
        let package_name = reader.string("package", package)?;
        let facts =
            RegistryComponent { spot: reader.spot(package.span()), name: &name.text, package: &package_name.text };
        reader.report(facts);
        return None;
    }
    let Some((_, path)) = entry(table, "path") else {
        let facts = MissingKey {
            spot: reader.spot(value.span()),
            key: "path",
            place: &format!("component `{}`", name.text),
            help: format!("{0} = {{ path = \"components/{0}.wasm\" }}", name.text),
            why: None,
        };
        reader.report(facts);
        return None;
    };
    let written = reader.string("path", path)?;
    not_empty(reader, "path", &written, "the path of a component").then_some(written)
}

/// Further instances, and words about those that every component has. `components` are the names of `[components]`.
pub(super) fn instances(
    reader: &mut Reader<'_>,
    table: &DeTable<'_>,
    components: Option<&DeTable<'_>>,
    request: &mut Request,
) {
    for (key, value) in in_order(table) {
        let name = reader.written_key(key);
        let is_legal = legal(reader, &name, "instance");
        let Some(table) = reader.table(&name.text, value, "a table with `component`") else { continue };
        let place = format!("instances.{}", name.text);
        reader.refuse_unknown(table, &place, &names(INSTANCE_TABLE), &[]);
        let keep = match entry(table, "keep") {
            Some((_, keep)) => reader.boolean("keep", keep),
            None => Some(false),
        };
        let is_component = components.is_some_and(|components| entry(components, &name.text).is_some());
        let component = match entry(table, "component") {
            Some((_, component)) => {
                let Some(component) = reader.string("component", component) else { continue };
                if !legal(reader, &component, "component") {
                    continue;
                }
                Some(component)
            }
            None if is_component && entry(table, "keep").is_some() => None,
            None => {
                let facts = MissingKey {
                    spot: reader.spot(key.span()),
                    key: "component",
                    place: &format!("instance `{}`", name.text),
                    help: "component = \"…\"".into(),
                    why: Some("an instance is made of one of the `[components]`"),
                };
                reader.report(facts);
                continue;
            }
        };
        if let Some(keep) = keep.filter(|_| is_legal) {
            request.instances.push(InstanceRequest { name, component, keep });
        }
    }
}

/// What can be judged only when all tables are read: whether there is anything, and the root.
pub(super) fn complete(reader: &mut Reader<'_>, root: &DeTable<'_>) {
    let table = |name: &str| entry(root, name).and_then(|(_, value)| value.get_ref().as_table());
    let components = table("components").map(in_order).unwrap_or_default();
    let end = reader.source.text.trim_end().len();
    let readable = entry(root, "components").is_none() || table("components").is_some();
    if components.is_empty() && readable {
        let span = entry(root, "components").map_or(end..end, |(key, _)| key.span());
        let facts = MissingKey {
            spot: reader.spot(span),
            key: "components",
            place: "the manifest",
            help: "[components]\nshop = \"target/wasm32-wasip2/release/shop.wasm\"".into(),
            why: Some("without components there is nothing to compose"),
        };
        reader.report(facts);
    }
    let has_root = table("composition").is_some_and(|table| entry(table, "root").is_some());
    if components.len() > 1 && !has_root {
        let names: Vec<String> = components.iter().map(|(key, _)| format!("`{}`", key.get_ref())).collect();
        let span = entry(root, "composition").map_or(end..end, |(key, _)| key.span());
        let table = if entry(root, "composition").is_some() { "" } else { "[composition]\n" };
        let facts = MissingKey {
            spot: reader.spot(span),
            key: "root",
            place: "`[composition]`",
            help: format!("{table}root = \"{}\"", components[0].0.get_ref()),
            why: Some(&format!("its exports become the result's; it is one of {}", names.join(", "))),
        };
        reader.report(facts);
    }
}
