//! Values as JSON, so that other programs can read them. The mapping is a table in `docs/values.md`.
//!
//! Nothing is lost: integers beyond what every reader of JSON holds exactly (2^53) and numbers that JSON does not have are
//! strings, and an option in an option keeps its `some`.

use super::names::Names;
use serde_json::{Map, Number, Value, json};
use wasmtime::component::Val;

/// Integers up to here are exact in every reader of JSON.
const EXACT: u64 = 1 << 53;

/// A value as JSON.
pub(crate) fn to_json(value: &Val, names: &dyn Names) -> Value {
    let each = |items: &[Val]| items.iter().map(|item| to_json(item, names)).collect::<Value>();
    let inner = |value: &Option<Box<Val>>| value.as_ref().map_or(Value::Null, |value| to_json(value, names));
    match value {
        Val::Bool(it) => json!(it),
        Val::S8(it) => json!(it),
        Val::U8(it) => json!(it),
        Val::S16(it) => json!(it),
        Val::U16(it) => json!(it),
        Val::S32(it) => json!(it),
        Val::U32(it) => json!(it),
        Val::S64(it) if it.unsigned_abs() > EXACT => json!(it.to_string()),
        Val::S64(it) => json!(it),
        Val::U64(it) if *it > EXACT => json!(it.to_string()),
        Val::U64(it) => json!(it),
        // By its shortest text, not by that of the wider type.
        Val::Float32(it) => float(it.to_string().parse().unwrap_or(f64::NAN)),
        Val::Float64(it) => float(*it),
        Val::Char(it) => json!(it.to_string()),
        Val::String(it) | Val::Enum(it) => json!(it),
        Val::List(items) | Val::FixedLengthList(items) | Val::Tuple(items) => each(items),
        Val::Map(entries) => map(entries, names),
        Val::Record(fields) => {
            fields.iter().map(|(name, value)| (name.clone(), to_json(value, names))).collect::<Map<_, _>>().into()
        }
        Val::Variant(case, None) => json!(case),
        Val::Variant(case, Some(value)) => json!({ case: to_json(value, names) }),
        Val::Option(None) => Value::Null,
        Val::Option(Some(value)) if matches!(**value, Val::Option(_)) => json!({ "some": to_json(value, names) }),
        Val::Option(Some(value)) => to_json(value, names),
        Val::Result(Ok(value)) => json!({ "ok": inner(value) }),
        Val::Result(Err(value)) => json!({ "err": inner(value) }),
        Val::Flags(set) => json!(set),
        Val::Resource(handle) => json!(names.handle(*handle)),
        Val::Future(_) => json!("<future>"),
        Val::Stream(_) => json!("<stream>"),
        Val::ErrorContext(_) => json!("<error-context>"),
    }
}

fn float(number: f64) -> Value {
    match Number::from_f64(number) {
        Some(number) => number.into(),
        None if number.is_nan() => json!("nan"),
        None => json!(if number > 0.0 { "inf" } else { "-inf" }),
    }
}

/// An object, unless its keys are no strings or one is there twice: then pairs.
fn map(entries: &[(Val, Val)], names: &dyn Names) -> Value {
    let mut object = Map::new();
    for (key, value) in entries {
        let Val::String(key) = key else { break };
        if object.insert(key.clone(), to_json(value, names)).is_some() {
            break;
        }
    }
    match object.len() == entries.len() {
        true => object.into(),
        false => entries.iter().map(|(key, value)| json!([to_json(key, names), to_json(value, names)])).collect(),
    }
}
