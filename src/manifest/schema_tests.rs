//! The table of keys, the parser and the schema agree.

use super::keys::{Form, Key, MANIFEST, RESERVED, Text};
use super::tests::{examples, mutated, read};
use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::Value;

fn schema() -> (Schemas, SchemaIndex) {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("compose.schema.json", super::schema::json()).expect("it is JSON");
    let schema = compiler.compile("compose.schema.json", &mut schemas).expect("it is a schema");
    (schemas, schema)
}

fn takes((schemas, schema): &(Schemas, SchemaIndex), text: &str) -> Result<(), String> {
    let value: Value = toml::from_str(text).map_err(|error| error.to_string())?;
    schemas.validate(&value, *schema).map_err(|error| error.to_string())
}

#[test]
fn the_schema_takes_the_examples_of_the_manual() {
    let schema = schema();
    for example in examples() {
        assert_eq!(takes(&schema, example), Ok(()), "{example}");
    }
}

#[test]
fn the_schema_takes_what_the_parser_takes() {
    let schema = schema();
    let mut taken = 0;
    for text in mutated(12_000) {
        if read(&text).1.is_empty() {
            assert_eq!(takes(&schema, &text), Ok(()), "{text}");
            taken += 1;
        }
    }
    assert!(taken > 120, "only {taken} of the texts are manifests");
}

/// A date, which stands behind no key.
const WRONG: &str = "1979-05-27";

/// Each key with a wrong value, as the path of keys that lead to it, and a whole manifest with it.
fn wrong_values(keys: &[Key], before: &str, out: &mut Vec<String>) {
    for key in keys {
        let name = if key.name == "*" { "\"*\"" } else { key.name };
        wrong_forms(&key.form, &format!("{before}{name}"), out);
    }
}

fn wrong_forms(form: &Form, path: &str, out: &mut Vec<String>) {
    match form {
        Form::Table(keys) => wrong_values(keys, &format!("{path}."), out),
        Form::Map(names, values, beside) => {
            wrong_forms(values, &format!("{path}.{}", some(*names)), out);
            wrong_values(beside, &format!("{path}."), out);
        }
        Form::ListOf(form) => wrong_forms(form, path, out),
        Form::OneOf(forms) => forms.iter().for_each(|form| wrong_forms(form, path, out)),
        Form::Flag | Form::True | Form::Count | Form::Text(_) | Form::List(_) | Form::Several(_) => {
            out.push(format!("{path} = {WRONG}\n"));
        }
    }
    if !matches!(form, Form::OneOf(_) | Form::ListOf(_)) {
        out.push(format!("{path} = {WRONG}\n"));
    }
}

/// A key of the user's.
fn some(kind: Text) -> &'static str {
    match kind {
        Text::Package => "\"a:b\"",
        Text::Item | Text::AnyItems => "\"a:b/c\"",
        Text::Rule => "func-removed",
        _ => "kv",
    }
}

#[test]
fn the_parser_and_the_schema_look_at_every_key() {
    let schema = schema();
    let mut manifests = Vec::new();
    wrong_values(MANIFEST, "", &mut manifests);
    assert!(manifests.len() > 30, "{manifests:?}");
    for line in manifests {
        let rest = match line.starts_with("components") {
            true => "components.app = \"app.wasm\"\ncomposition.root = \"app\"\n",
            false => "components.app = \"app.wasm\"\n",
        };
        let text = format!("{line}{rest}");
        let (_, said) = read(&text);
        assert!(said.iter().any(|said| said.contains(WRONG)), "{text}{said:#?}");
        assert!(said.iter().all(|said| !said.starts_with("C0102")), "{text}{said:#?}");
        // In JSON a date is a table here, and may be one of strings.
        assert!(takes(&schema, &text.replace(WRONG, "1.5")).is_err(), "{text}");
    }
}

#[test]
fn the_schema_refuses_what_it_can_see() {
    let schema = schema();
    let app = "components.app = \"app.wasm\"\n";
    assert_eq!(takes(&schema, app), Ok(()));
    for line in [
        "rot = \"app\"",
        "composition.rot = \"app\"",
        "composition.version = \"1.2\"",
        "composition.target = \"wasmtime-84\"",
        "components.My_App = \"app.wasm\"",
        "components.kv = \"kv\"",
        "components.kv = {}",
        "wires.app.\"wasi:ht*\" = \"kv\"",
        "wires.app.\"a:b/c\" = { open = false }",
        "wires.app.\"a:b/c\" = { export = \"a:b/d\" }",
        "wires.app.\"a:b/c\" = { instance = \"kv\", open = true }",
        "chains.\"a:b/c\" = []",
        "chains.\"a:b/*\" = [\"kv\"]",
        "imports.allow = [\"\"]",
        "imports.merge = \"of\"",
        "exports.root = \"app\"",
        "instances.kv = {}",
        "components.kv = \"kv.wasm\"",
        "contracts.mode = \"backwards\"",
        "contracts.unstable = true",
        "contracts.public = [\"acme:kv/store@1.0.0\"]",
        "contracts.severity.func-removed = \"fatal\"",
        "contracts.severity.Func = \"note\"",
        "contracts.deprecation.versions = -1",
        "contracts.deprecation.versions = 1.5",
        "contracts.ignore = { rule = \"func-removed\", item = \"a:b\", reason = \"r\" }",
        "contracts.ignore = [{ rule = \"func-removed\", item = \"a:b\", reason = \" \", expires = \"2026-12-31\" }]",
        "contracts.ignore = { rule = \"a\", item = \"a:b\", reason = \"r\", expires = \"2026-12-31\", fingerprint = \"x\" }",
    ] {
        let text = format!("{app}{line}\n");
        assert!(takes(&schema, &text).is_err(), "{text}");
        assert!(!read(&text).1.is_empty(), "{text}");
    }
    assert!(takes(&schema, "").is_err());
}

#[test]
fn the_manual_has_an_example_of_every_key() {
    let examples: Vec<Value> =
        examples().into_iter().map(|text| toml::from_str(text).expect("the examples are TOML")).collect();
    shown(MANIFEST, &examples.iter().collect::<Vec<_>>());
    let manual = include_str!("../../docs/manifest.md");
    assert!(RESERVED.iter().all(|key| manual.contains(key)));
}

/// Holds each key of a table against examples of that table.
fn shown(keys: &[Key], examples: &[&Value]) {
    for key in keys {
        let values: Vec<&Value> = examples.iter().filter_map(|example| example.get(key.name)).collect();
        assert!(!values.is_empty(), "no example of `{}`", key.name);
        shown_form(&key.form, &values);
    }
}

fn shown_form(form: &Form, values: &[&Value]) {
    match form {
        Form::Table(keys) => shown(keys, values),
        Form::Map(_, inner, beside) => {
            let entries: Vec<&Value> =
                values.iter().filter_map(|value| value.as_object()).flat_map(|table| table.values()).collect();
            shown_form(inner, &entries);
            shown(beside, values);
        }
        Form::ListOf(form) => shown_form(form, values),
        Form::OneOf(forms) => {
            // One value and a list of them say the same.
            let values = values.iter().flat_map(|value| match value.as_array() {
                Some(items) => items.iter().collect(),
                None => vec![*value],
            });
            let values: Vec<&Value> = values.collect();
            forms.iter().for_each(|form| shown_form(form, &values));
        }
        Form::Flag | Form::True | Form::Count | Form::Text(_) | Form::List(_) | Form::Several(_) => {}
    }
}
