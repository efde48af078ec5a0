//! What a case does, out of its tables: commands, requests, recordings, and what is expected of texts.

use super::case::{Command, Exchange, Recording, Text, TextPart};
use super::json_path;
use super::read::{bad, missing};
use crate::manifest::table::{Reader, entry, in_order};
use crate::model::request::Written;
use serde_json::Value;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The keys of a text of which not everything is said.
const TEXT: [&str; 5] = ["file", "contains", "lacks", "starts-with", "ends-with"];
/// The keys of `send`.
const SEND: [&str; 3] = ["headers", "body", "json"];

pub(super) fn command(reader: &mut Reader<'_>, table: &DeTable<'_>) -> Command {
    let mut command = Command::default();
    for (key, value) in in_order(table) {
        match key.get_ref().as_ref() {
            "args" => command.args = texts(reader.strings("args", value).unwrap_or_default()),
            "stdin" => command.stdin = reader.string("stdin", value).map_or_else(String::new, |text| text.text),
            "files" => command.files = files(reader, value),
            "exit" => command.exit = exit(reader, value),
            "stdout" => command.stdout = text(reader, "stdout", value),
            "stderr" => command.stderr = text(reader, "stderr", value),
            "leaves" => {
                let Some(files) = reader.table("leaves", value, "a table of files and what is in them") else {
                    continue;
                };
                for (name, value) in in_order(files) {
                    let name = reader.written_key(name);
                    if is_inside(reader, "leaves", &name)
                        && let Some(text) = text(reader, &name.text, value)
                    {
                        command.leaves.push((name, text));
                    }
                }
            }
            "expect-trap" => command.trap = reader.string("expect-trap", value),
            _ => {}
        }
    }
    command
}

fn texts(written: Vec<Written>) -> Vec<String> {
    written.into_iter().map(|written| written.text).collect()
}

fn files(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Vec<(String, String)> {
    let Some(table) = reader.table("files", value, "a table of files and what is in them") else { return Vec::new() };
    let mut files = Vec::new();
    for (name, value) in in_order(table) {
        let name = reader.written_key(name);
        if is_inside(reader, "files", &name)
            && let Some(content) = reader.string(&name.text, value)
        {
            files.push((name.text, content.text));
        }
    }
    files
}

/// Whether a path stays in the folder of its case.
fn is_inside(reader: &mut Reader<'_>, key: &str, path: &Written) -> bool {
    let inside = !path.text.contains('\\') && path.text.split('/').all(|part| !["", ".", ".."].contains(&part));
    if !inside {
        let span = span_of(path);
        bad(reader, key, &path.text, span, "paths below a folder of the case", "files = { \"in/orders.txt\" = \"…\" }");
    }
    inside
}

fn span_of(written: &Written) -> Range<usize> {
    written.at.as_ref().map_or(0..0, |(_, span)| span.clone())
}

fn exit(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<(i32, Range<usize>)> {
    let exit = reader.count("exit", value)?;
    match i32::try_from(exit) {
        Ok(exit @ 0..=255) => Some((exit, value.span())),
        _ => {
            bad(reader, "exit", &exit.to_string(), value.span(), "a status from 0 to 255", "exit = 0");
            None
        }
    }
}

/// A text, or a table of what has to hold of it.
fn text(reader: &mut Reader<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Text> {
    let table = match value.get_ref() {
        DeValue::String(text) => {
            return Some(Text { at: value.span(), parts: vec![TextPart::Is(text.to_string())] });
        }
        DeValue::Table(table) => table,
        _ => {
            reader.wrong_type(key, value, "a string or a table of what has to hold of it");
            return None;
        }
    };
    reader.refuse_unknown(table, key, &TEXT, &[]);
    let mut parts = Vec::new();
    for (name, value) in in_order(table) {
        let name: &str = name.get_ref();
        if !TEXT.contains(&name) {
            continue;
        }
        let written = match value.get_ref() {
            DeValue::Array(_) if name != "file" => reader.strings(name, value).unwrap_or_default(),
            _ => reader.string(name, value).into_iter().collect(),
        };
        parts.extend(written.into_iter().map(|written| match name {
            "file" => TextPart::File { path: reader.path(&written), written: written.text },
            "contains" => TextPart::Contains(written.text),
            "lacks" => TextPart::Lacks(written.text),
            "starts-with" => TextPart::Starts(written.text),
            _ => TextPart::Ends(written.text),
        }));
    }
    if parts.is_empty() {
        missing(reader, &format!("`{key}`"), "contains", &value.span(), &format!("{key} = {{ contains = \"…\" }}"));
        return None;
    }
    Some(Text { at: value.span(), parts })
}

pub(super) fn exchange(reader: &mut Reader<'_>, table: &DeTable<'_>) -> Option<Exchange> {
    let mut http = Exchange::default();
    let mut asked = false;
    for (key, value) in in_order(table) {
        match key.get_ref().as_ref() {
            "request" => {
                let line = reader.string("request", value)?;
                let Some((method, path)) = request_line(&line.text) else {
                    bad(reader, "request", &line.text, value.span(), "a method and a path", "request = \"GET /\"");
                    return None;
                };
                (http.method, http.path, asked) = (method, path, true);
            }
            "send" => send(reader, value, &mut http),
            "status" => http.status = status(reader, value),
            "headers" => http.headers = headers(reader, value),
            "body" => http.body = text(reader, "body", value),
            "json" => http.json = places(reader, value),
            "expect-trap" => http.trap = reader.string("expect-trap", value),
            _ => {}
        }
    }
    if !asked {
        let span = in_order(table).first().map_or(0..0, |(key, _)| key.span());
        missing(reader, "`[[case]]`", "request", &span, "request = \"GET /\"");
    }
    asked.then_some(http)
}

/// `GET /catalog`.
fn request_line(line: &str) -> Option<(String, String)> {
    let (method, path) = line.split_once(' ')?;
    let token = |letter: char| letter.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(letter);
    let visible = |letter: char| letter.is_ascii_graphic();
    let fine = !method.is_empty() && method.chars().all(token) && path.starts_with('/') && path.chars().all(visible);
    fine.then(|| (method.to_owned(), path.to_owned()))
}

fn send(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>, http: &mut Exchange) {
    let Some(table) = reader.table("send", value, "a table with `headers`, `body` or `json`") else { return };
    reader.refuse_unknown(table, "case.send", &SEND, &[]);
    reader.exclude(table, "case.send", "body", "json");
    if let Some((_, value)) = entry(table, "headers")
        && let Some(headers) = reader.table("headers", value, "a table of strings")
    {
        for (name, value) in in_order(headers) {
            let name = reader.written_key(name);
            if let Some(value) = reader.string(&name.text, value) {
                http.send_headers.push((name.text, value.text));
            }
        }
    }
    if let Some((_, value)) = entry(table, "body")
        && let Some(body) = reader.string("body", value)
    {
        http.send_body = body.text.into_bytes();
    }
    if let Some((_, value)) = entry(table, "json")
        && let Some(value) = json(reader, value)
    {
        if !http.send_headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
            http.send_headers.push(("content-type".into(), "application/json".into()));
        }
        http.send_body = value.to_string().into_bytes();
    }
}

fn status(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<(u16, Range<usize>)> {
    let status = reader.count("status", value)?;
    match u16::try_from(status) {
        Ok(status @ 100..=599) => Some((status, value.span())),
        _ => {
            bad(reader, "status", &status.to_string(), value.span(), "a status from 100 to 599", "status = 200");
            None
        }
    }
}

/// Names and what is expected of each; `false` for one that must not be there.
fn headers(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Vec<(Written, Option<Text>)> {
    let Some(table) = reader.table("headers", value, "a table of headers") else { return Vec::new() };
    let mut headers = Vec::new();
    for (name, value) in in_order(table) {
        let name = reader.written_key(name);
        match value.get_ref() {
            DeValue::Boolean(false) => headers.push((name, None)),
            _ => {
                if let Some(text) = text(reader, &name.text, value) {
                    headers.push((name, Some(text)));
                }
            }
        }
    }
    headers
}

/// Places in a body and their values.
fn places(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Vec<(Written, Value)> {
    let Some(table) = reader.table("json", value, "a table of places in the body and their values") else {
        return Vec::new();
    };
    let mut places = Vec::new();
    for (name, value) in in_order(table) {
        let name = reader.written_key(name);
        if !json_path::is_path(&name.text) {
            bad(
                reader,
                "json",
                &name.text,
                span_of(&name),
                "places such as `items[0].sku`",
                "json = { \"items[0].sku\" = \"cup\" }",
            );
            continue;
        }
        if let Some(value) = json(reader, value) {
            places.push((name, value));
        }
    }
    places
}

/// A value of TOML as JSON. There is no date in JSON, and no number that is none.
fn json(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<Value> {
    let expected = "a value that JSON has";
    Some(match value.get_ref() {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Boolean(value) => Value::Bool(*value),
        DeValue::Integer(number) => match i64::from_str_radix(&number.as_str().replace('_', ""), number.radix()) {
            Ok(number) => number.into(),
            Err(_) => {
                reader.wrong_type("json", value, expected);
                return None;
            }
        },
        DeValue::Float(number) => {
            let number = number.as_str().replace('_', "").parse().ok().and_then(serde_json::Number::from_f64);
            match number {
                Some(number) => Value::Number(number),
                None => {
                    reader.wrong_type("json", value, expected);
                    return None;
                }
            }
        }
        DeValue::Array(items) => {
            Value::Array(items.iter().map(|item| json(reader, item)).collect::<Option<Vec<Value>>>()?)
        }
        DeValue::Table(table) => {
            let mut object = serde_json::Map::new();
            for (name, value) in in_order(table) {
                object.insert(name.get_ref().to_string(), json(reader, value)?);
            }
            Value::Object(object)
        }
        DeValue::Datetime(_) => {
            reader.wrong_type("json", value, expected);
            return None;
        }
    })
}

/// A file, or `{ file = "…", record = true }`.
pub(super) fn recording(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<Recording> {
    let (written, record) = match value.get_ref() {
        DeValue::Table(table) => {
            reader.refuse_unknown(table, "recording", &["file", "record"], &[]);
            let record = entry(table, "record").and_then(|(_, value)| reader.boolean("record", value));
            let Some((_, file)) = entry(table, "file") else {
                missing(reader, "`recording`", "file", &value.span(), "recording = { file = \"rates.json\" }");
                return None;
            };
            (reader.string("file", file)?, record.unwrap_or_default())
        }
        DeValue::String(_) => (reader.string("recording", value)?, false),
        _ => {
            reader.wrong_type("recording", value, "a string or a table with `file`");
            return None;
        }
    };
    Some(Recording { path: reader.path(&written), written, record })
}
