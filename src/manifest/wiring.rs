//! `[wires]`, `[chains]` and `[exports]`: what the user decides about the graph.

use super::composition::{bad_value, fits_place, legal};
use super::diags::{BadValue, MissingKey};
use super::pattern::Place;
use super::table::{Reader, entry, in_order};
use crate::model::request::{Chain, ExportRequest, Pin, PinTo, Request, Written};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub(super) fn wires(reader: &mut Reader<'_>, table: &DeTable<'_>, request: &mut Request) {
    for (key, value) in in_order(table) {
        let instance = reader.written_key(key);
        let is_legal = legal(reader, &instance, "instance");
        let expected = format!("a table `[wires.{}]` of imports and what fills them", instance.text);
        let Some(table) = reader.table(&format!("wires.{}", instance.text), value, &expected) else { continue };
        for (key, value) in in_order(table) {
            let import = reader.written_key(key);
            let import_is_legal = fits_place(reader, &import, Place::Wire);
            let to = pin_to(reader, &import, value);
            if let Some(to) = to
                && is_legal
                && import_is_legal
            {
                request.pins.push(Pin { instance: Some(instance.clone()), import, inferred: false, to });
            }
        }
    }
}

fn pin_to(reader: &mut Reader<'_>, import: &Written, value: &Spanned<DeValue<'_>>) -> Option<PinTo> {
    let DeValue::Table(table) = value.get_ref() else {
        return plug(reader, &import.text, value).map(|(instance, _)| PinTo::Instance(instance));
    };
    let place = format!("wire `{}`", import.text);
    reader.refuse_unknown(table, &import.text, &["instance", "export", "open"], &[]);
    if reader.exclude(table, &import.text, "instance", "open") || reader.exclude(table, &import.text, "export", "open")
    {
        return None;
    }
    if let Some((key, open)) = entry(table, "open") {
        if !reader.boolean("open", open)? {
            let facts = BadValue {
                spot: reader.spot(open.span()),
                key: "open",
                value: "false",
                expected: "`true`, or left out".into(),
                help: None,
            };
            reader.report(facts);
            return None;
        }
        return Some(PinTo::Open(reader.written_key(key)));
    }
    match plug_of_table(reader, &place, value, table)? {
        (instance, Some(export)) => Some(PinTo::Export { instance, export }),
        (instance, None) => Some(PinTo::Instance(instance)),
    }
}

/// An instance, or a table of an instance and one of its exports.
fn plug(reader: &mut Reader<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Option<(Written, Option<Written>)> {
    match value.get_ref() {
        DeValue::Table(table) => {
            reader.refuse_unknown(table, key, &["instance", "export"], &[]);
            plug_of_table(reader, &format!("`{key}`"), value, table)
        }
        DeValue::String(_) => {
            let instance = reader.string(key, value)?;
            legal(reader, &instance, "instance").then_some((instance, None))
        }
        _ => {
            reader.table(key, value, "the name of an instance, or a table with `instance` and `export`")?;
            None
        }
    }
}

fn plug_of_table(
    reader: &mut Reader<'_>,
    place: &str,
    value: &Spanned<DeValue<'_>>,
    table: &DeTable<'_>,
) -> Option<(Written, Option<Written>)> {
    let mut clean = true;
    let export = entry(table, "export").and_then(|(_, value)| {
        let export = reader.string("export", value);
        let export = export.filter(|export| fits_place(reader, export, Place::Name));
        clean = export.is_some();
        export
    });
    let Some((_, instance)) = entry(table, "instance") else {
        let facts = MissingKey {
            spot: reader.spot(value.span()),
            key: "instance",
            place,
            help: "{ instance = \"…\", export = \"…\" }".into(),
            why: None,
        };
        reader.report(facts);
        return None;
    };
    let instance = reader.string("instance", instance)?;
    (legal(reader, &instance, "instance") && clean).then_some((instance, export))
}

pub(super) fn chains(reader: &mut Reader<'_>, table: &DeTable<'_>, request: &mut Request) {
    for (key, value) in in_order(table) {
        let interface = reader.written_key(key);
        let is_legal = fits_place(reader, &interface, Place::Name);
        let Some(mut members) = reader.strings(&interface.text, value) else { continue };
        members.retain(|member| legal(reader, member, "instance"));
        if value.get_ref().as_array().is_some_and(|items| items.is_empty()) {
            let facts = BadValue {
                spot: reader.spot(value.span()),
                key: &interface.text,
                value: "[]",
                expected: "a list of instances, the outermost first, the provider last".into(),
                help: None,
            };
            reader.report(facts);
        }
        if is_legal {
            request.chains.push(Chain { interface, members });
        }
    }
}

pub(super) fn exports(reader: &mut Reader<'_>, table: &DeTable<'_>, request: &mut Request) {
    for (key, value) in in_order(table) {
        let name = reader.written_key(key);
        if name.text == "root" {
            match value.get_ref() {
                DeValue::String(text) => {
                    let text = reader.written(text, value.span());
                    let expected = "`false` where the exports here replace the root's, `true` where they are added";
                    bad_value(reader, "root", &text, expected.into(), None);
                }
                _ => request.export_root = reader.boolean("root", value).unwrap_or_default(),
            }
            continue;
        }
        let is_legal = fits_place(reader, &name, Place::Name);
        let Some((instance, export)) = plug(reader, &name.text, value) else { continue };
        if is_legal {
            request.exports.push(ExportRequest { name: Some(name), instance, export, implements: true });
        }
    }
}
