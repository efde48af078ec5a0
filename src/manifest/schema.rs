//! The keys of a manifest as a JSON schema, for editors.
//!
//! It never refuses what the parser takes; what only the parser can judge (whether a name is there, whether a version is
//! one) it lets pass. `docs/schema/compose.schema.json` is this, and a test keeps it so.

use super::contracts::GRADES;
use super::keys::{CONTRACTS, Form, Key, MANIFEST, Text};
use crate::model::contracts::Mode;
use crate::model::host::PROFILES;
use serde_json::{Map, Value, json};

/// The schema, JSON Schema draft 7, which editors for TOML read.
pub fn json() -> Value {
    let mut schema = table(MANIFEST);
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!("compose.toml");
    schema["description"] = json!("What `compose` puts together, and what the result must be.");
    schema["properties"]["components"]["minProperties"] = json!(1);
    // With several components somebody has to be the root.
    schema["if"] = json!({ "properties": { "components": { "minProperties": 2 } } });
    schema["then"] = json!({ "required": ["composition"], "properties": { "composition": { "required": ["root"] } } });
    schema
}

/// The schema of `contracts.toml`, which has `[contracts]` and nothing else.
pub fn contracts_json() -> Value {
    const ALONE: &[Key] = &[Key {
        name: "contracts",
        form: Form::Table(CONTRACTS),
        needed: false,
        about: "What counts as bad when contracts change.",
    }];
    let mut schema = table(ALONE);
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!("contracts.toml");
    schema["description"] = json!("What `compose contract` counts as bad, for a repository without a composition.");
    schema
}

fn table(keys: &[Key]) -> Value {
    let needed: Vec<&str> = keys.iter().filter(|key| key.needed).map(|key| key.name).collect();
    let mut schema = json!({
        "type": "object",
        "properties": properties(keys),
        "additionalProperties": false,
    });
    if !needed.is_empty() {
        schema["required"] = json!(needed);
    }
    schema
}

fn properties(keys: &[Key]) -> Map<String, Value> {
    let property = |key: &Key| {
        let mut schema = form(&key.form);
        schema["description"] = json!(key.about);
        (key.name.to_owned(), schema)
    };
    keys.iter().map(property).collect()
}

fn form(form: &Form) -> Value {
    match form {
        Form::Flag => json!({ "type": "boolean" }),
        Form::True => json!({ "const": true }),
        Form::Count => json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX }),
        Form::Text(kind) => text(*kind),
        Form::List(kind) => json!({ "type": "array", "items": text(*kind) }),
        Form::Several(kind) => json!({ "type": "array", "items": text(*kind), "minItems": 1 }),
        Form::ListOf(item) => json!({ "type": "array", "items": self::form(item) }),
        Form::Table(keys) => table(keys),
        Form::Map(names, values, beside) => {
            let mut schema = json!({
                "type": "object",
                "additionalProperties": self::form(values),
            });
            let names = text(*names);
            // A known key beside those of the user need not look like them.
            schema["propertyNames"] = match beside.is_empty() {
                true => names,
                false => json!({ "anyOf": [names, { "enum": super::keys::names(beside) }] }),
            };
            if !beside.is_empty() {
                schema["properties"] = Value::Object(properties(beside));
            }
            schema
        }
        Form::OneOf(forms) => json!({ "anyOf": forms.iter().map(self::form).collect::<Vec<_>>() }),
    }
}

/// Words of letters and digits, each in one case, joined by `-`, as the component model wants names.
const NAME: &str = "([a-z][a-z0-9]*|[A-Z][A-Z0-9]*)(-([a-z0-9]+|[A-Z0-9]+))*";

fn text(kind: Text) -> Value {
    let pattern = match kind {
        Text::Path => return json!({ "type": "string", "minLength": 1 }),
        Text::Host => return json!({ "enum": PROFILES.iter().map(|profile| profile().name).collect::<Vec<_>>() }),
        Text::Merge => return json!({ "enum": ["auto", "off"] }),
        Text::Wiring => return json!({ "enum": ["auto", "pins"] }),
        Text::Grade => return json!({ "enum": GRADES }),
        Text::Mode => return json!({ "enum": Mode::ALL.map(|(word, _)| word) }),
        Text::Unstable => return json!({ "enum": ["free", "checked"] }),
        Text::By => return json!({ "enum": ["name", "type", "whole"] }),
        Text::Declared => r"^\s*(func|async|interface)\b|/".to_owned(),
        Text::Rule => "^[a-z0-9]+(-[a-z0-9]+)*$".to_owned(),
        Text::ItemsOfContracts => r"^[-A-Za-z0-9:/.*]+$".to_owned(),
        Text::Day => "^[0-9]{4}-[0-9]{2}-[0-9]{2}$".to_owned(),
        Text::Words => r"\S".to_owned(),
        Text::Fingerprint => "^[0-9a-f]{12}$".to_owned(),
        Text::PathOfComponent => r"[/\\]|\.[wW][aA]([sS][mM]|[tT])$".to_owned(),
        Text::Name => format!("^{NAME}$"),
        Text::NameOrAll => format!(r"^({NAME}|\*)$"),
        Text::NameOfResult => format!("^{NAME}(:{NAME})*$"),
        Text::Package => format!("^{NAME}(:{NAME})+(@.+)?$"),
        Text::Version => r"^[0-9]+\.[0-9]+\.[0-9]+([-+].+)?$".to_owned(),
        Text::World => format!("^({NAME}(:{NAME})+/)?{NAME}(@.*)?$"),
        Text::Item => r"^[^*]*[^*\s][^*]*$".to_owned(),
        Text::AnyItems => r"^([^*]*[^*\s][^*]*|[^*]+[:/]\*|\*)$".to_owned(),
    };
    json!({ "type": "string", "pattern": pattern })
}
