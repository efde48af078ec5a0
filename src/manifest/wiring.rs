//! `[wires]`, `[chains]` and `[exports]`: what the user decides about the graph.
//!
//! In `[wires]` and `[exports]` the key `*` stands for whatever has the right name: a value, or a list of them.

use super::composition::{bad_value, fits_place, legal};
use super::diags::BadValue;
use super::keys::{OPEN, names};
use super::plugs::{Line, plug};
use super::table::{Reader, entry, in_order};
use super::write::key as key_of;
use crate::model::import_pattern::Place;
use crate::model::request::{Chain, DECLARED, ExportRequest, Pin, PinTo, Request, Written};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub(super) fn wires(reader: &mut Reader<'_>, table: &DeTable<'_>, request: &mut Request) {
    for (key, value) in in_order(table) {
        let name = reader.written_key(key);
        // `[wires."*"]` speaks of all instances.
        let instance = (name.text != "*").then(|| name.clone());
        let is_legal = instance.as_ref().is_none_or(|name| legal(reader, name, "instance"));
        let expected = format!("a table `[wires.{}]` of imports and what fills them", name.text);
        let Some(table) = reader.table(&format!("wires.{}", name.text), value, &expected) else { continue };
        for (key, value) in in_order(table) {
            let import = reader.written_key(key);
            let spread = import.text == "*" && instance.is_some();
            let place = format!("wires.{}.{}", key_of(&name.text), key_of(&import.text));
            let import_is_legal = spread || fits_place(reader, &import, Place::Wire);
            for value in each(value, spread) {
                let Some((to, inferred)) = pin_to(reader, &place, &import, value) else { continue };
                if is_legal && import_is_legal {
                    request.pins.push(Pin { instance: instance.clone(), import: import.clone(), inferred, to });
                }
            }
        }
    }
}

/// The values of a key: those of its list where it may have one.
fn each<'t, 'i>(value: &'t Spanned<DeValue<'i>>, may_be_list: bool) -> Vec<&'t Spanned<DeValue<'i>>> {
    match value.get_ref() {
        DeValue::Array(values) if may_be_list => values.iter().collect(),
        _ => vec![value],
    }
}

/// What an import is wired to, and whether the import's name was inferred.
fn pin_to(
    reader: &mut Reader<'_>,
    place: &str,
    import: &Written,
    value: &Spanned<DeValue<'_>>,
) -> Option<(PinTo, bool)> {
    let at = Line { key: &import.text, place };
    let DeValue::Table(table) = value.get_ref() else { return Some((plug(reader, at, value, &[])?, false)) };
    for other in ["instance", "export", "import"] {
        if reader.exclude(table, place, other, "open") {
            return None;
        }
    }
    if let Some((key, open)) = entry(table, "open") {
        reader.refuse_unknown(table, place, &names(OPEN), &[]);
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
        return Some((PinTo::Open(reader.written_key(key)), false));
    }
    let inferred = match entry(table, "inferred") {
        Some((_, inferred)) => reader.boolean("inferred", inferred)?,
        None => false,
    };
    let to = plug(reader, at, value, &["open", "inferred"])?;
    if import.text == "*" && matches!(to, PinTo::Whole(_) | PinTo::Fitting(_)) {
        let by = entry(table, "by").and_then(|(_, by)| reader.string("by", by))?;
        bad_value(reader, "by", &by, "left out beside `*`".into(), None);
        return None;
    }
    Some((to, inferred))
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
    let mut own = Vec::new();
    for (key, value) in in_order(table) {
        let name = reader.written_key(key);
        match name.text.as_str() {
            "root" => root(reader, value, request),
            "*" => own.extend(each(value, true).into_iter().filter_map(|value| own_name(reader, value))),
            _ => {
                let is_legal = fits_place(reader, &name, Place::Name);
                let export = export(reader, &name.text, value, "implements").filter(|_| is_legal);
                request.exports.extend(export.map(|export| ExportRequest { name: Some(name), ..export }));
            }
        }
    }
    // What has a name of its own goes before what keeps its name, wherever it stands.
    request.exports.extend(own);
}

fn root(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>, request: &mut Request) {
    match value.get_ref() {
        DeValue::String(text) => {
            let text = reader.written(text, value.span());
            let expected = "`false` where the exports here replace the root's, `true` where they are added";
            bad_value(reader, "root", &text, expected.into(), None);
        }
        _ => request.export_root = reader.boolean("root", value).unwrap_or_default(),
    }
}

/// What is exported under its own name: everything of an instance, or one export.
fn own_name(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<ExportRequest> {
    let export = export(reader, "*", value, "all")?;
    if export.whole {
        let facts = BadValue {
            spot: reader.spot(value.span()),
            key: "by",
            value: "whole",
            expected: "for exports with a name in the result".into(),
            help: None,
        };
        reader.report(facts);
        return None;
    }
    let all = export.all || export.export.is_none();
    Some(ExportRequest { all, implements: true, ..export })
}

/// What is exported. `flag` is a further key: whether all inside is meant, or whether a label says what it implements.
fn export(reader: &mut Reader<'_>, name: &str, value: &Spanned<DeValue<'_>>, flag: &str) -> Option<ExportRequest> {
    let said = match value.get_ref().as_table().and_then(|table| entry(table, flag)) {
        Some((_, said)) => Some(reader.boolean(flag, said)?),
        None => None,
    };
    let to = plug(reader, Line { key: name, place: &format!("exports.{}", key_of(name)) }, value, &[flag])?;
    let (instance, export, inner, whole) = match to {
        PinTo::Export { instance, export, inner } => (instance, Some(export), inner, false),
        PinTo::Whole(instance) => (instance, None, Vec::new(), true),
        PinTo::Instance(instance) | PinTo::Fitting(instance) | PinTo::Open(instance) => {
            (instance, None, Vec::new(), false)
        }
    };
    debug_assert!(export.is_some() || instance.text != DECLARED, "a declared import is named");
    let (all, implements) = (flag == "all" && said == Some(true), flag == "all" || said != Some(false));
    Some(ExportRequest { name: None, instance, export, inner, whole, all, implements })
}
