//! What fills an import or is exported, as it stands on the right side of a line: an instance, one of its exports,
//! something inside of that, the instance as a whole, an import that is declared, or the host.

use super::composition::{bad_value, fits_place, legal};
use super::diags::{BadValue, MissingKey};
use super::keys::{PLUG, names};

use super::table::{Reader, entry};
use crate::model::import_pattern::Place;
use crate::model::request::{DECLARED, PinTo, Written};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The line of a right side.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    /// Its left side.
    pub(super) key: &'a str,
    /// The left side with the tables around it.
    pub(super) place: &'a str,
}

/// Reads the right side of a line. `more` are further keys that its table may have.
pub(super) fn plug(
    reader: &mut Reader<'_>,
    at: Line<'_>,
    value: &Spanned<DeValue<'_>>,
    more: &[&str],
) -> Option<PinTo> {
    let table = match value.get_ref() {
        DeValue::String(_) => {
            let instance = reader.string(at.key, value)?;
            return legal(reader, &instance, "instance").then_some(PinTo::Instance(instance));
        }
        DeValue::Table(table) => table,
        _ => {
            reader.table(at.key, value, "the name of an instance, or a table with `instance` and `export`")?;
            return None;
        }
    };
    let known: Vec<&str> = names(PLUG).into_iter().chain(more.iter().copied()).collect();
    reader.refuse_unknown(table, at.place, &known, &[]);
    for (one, other) in [("instance", "import"), ("import", "export"), ("import", "by"), ("export", "by")] {
        if reader.exclude(table, at.place, one, other) {
            return None;
        }
    }
    if let Some((_, value)) = entry(table, "import") {
        return declared(reader, value);
    }
    of_instance(reader, at.place, value, table)
}

fn of_instance(
    reader: &mut Reader<'_>,
    place: &str,
    value: &Spanned<DeValue<'_>>,
    table: &DeTable<'_>,
) -> Option<PinTo> {
    let by = match entry(table, "by") {
        Some((_, by)) => Some(reader.string("by", by)?),
        None => None,
    };
    let export = match entry(table, "export") {
        Some((_, export)) => Some(way(reader, "export", export)?),
        None => None,
    };
    let Some((_, instance)) = entry(table, "instance") else {
        let facts = MissingKey {
            spot: reader.spot(value.span()),
            key: "instance",
            place: &format!("`{place}`"),
            help: "{ instance = \"…\", export = \"…\" }".into(),
            why: None,
        };
        reader.report(facts);
        return None;
    };
    let instance = reader.string("instance", instance)?;
    if !legal(reader, &instance, "instance") {
        return None;
    }
    match (export, by.as_ref().map(|by| by.text.as_str())) {
        (Some((export, inner)), _) => Some(PinTo::Export { instance, export, inner }),
        (None, None | Some("name")) => Some(PinTo::Instance(instance)),
        (None, Some("whole")) => Some(PinTo::Whole(instance)),
        (None, Some("type")) => Some(PinTo::Fitting(instance)),
        (None, Some(_)) => {
            let expected = "`\"name\"`: the export of the same interface; `\"type\"`: whatever of the instance fits; or \
                            `\"whole\"`: all its exports as one";
            bad_value(reader, "by", by.as_ref()?, expected.into(), None);
            None
        }
    }
}

/// A declared import, or something inside of it.
fn declared(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<PinTo> {
    let (export, inner) = way(reader, "import", value)?;
    let at = export.at.clone();
    Some(PinTo::Export { instance: Written { text: DECLARED.into(), at }, export, inner })
}

/// A name, or a list of names that leads on into what the first one stands for.
fn way(reader: &mut Reader<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Option<(Written, Vec<Written>)> {
    let names = match value.get_ref() {
        DeValue::Array(_) => reader.strings(key, value)?,
        _ => vec![reader.string(key, value)?],
    };
    let fit = names.iter().filter(|name| fits_place(reader, name, Place::Name)).count();
    let mut names = names.into_iter();
    let Some(first) = names.next() else {
        let facts = BadValue {
            spot: reader.spot(value.span()),
            key,
            value: "[]",
            expected: "a name, or a list of names that leads to what is meant".into(),
            help: None,
        };
        reader.report(facts);
        return None;
    };
    let inner: Vec<Written> = names.collect();
    (fit == 1 + inner.len()).then_some((first, inner))
}
