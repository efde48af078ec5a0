//! The JSON schemas of `docs/schema/` against real output and real manifests.
//!
//! The published schemas let fields be added, for that is what the forms promise. Here they are made strict, so that a
//! field without a description is noticed, and each described field has to be met, so that a description without a field
//! is.

use crate::support::case::{Case, prepare};
use crate::support::page::{self, HEADINGS, Page};
use crate::support::{dummy, files_below, read, root, run};
use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

struct Schema {
    text: Value,
    schemas: Schemas,
    index: SchemaIndex,
}

impl Schema {
    fn read(name: &str) -> Self {
        let text: Value = serde_json::from_str(&read(root().join("docs/schema").join(name))).expect("it is JSON");
        let mut strict = text.clone();
        if name != "compose.schema.json" {
            make_strict(&mut strict);
        }
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource(name, strict).expect("it is JSON");
        let index = compiler.compile(name, &mut schemas).unwrap_or_else(|error| panic!("{name}: {error}"));
        Self { text, schemas, index }
    }

    #[track_caller]
    fn check(&self, value: &Value, what: &str) {
        if let Err(error) = self.schemas.validate(value, self.index) {
            panic!("{what}: {error}\n{value:#}");
        }
    }

    /// Every described field, as the path to it.
    fn fields(&self) -> BTreeSet<String> {
        let mut out = BTreeSet::new();
        described(&self.text, "", &mut out);
        out
    }
}

/// Lets no object have fields that are not described.
fn make_strict(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if fields.get("type").is_some_and(|kind| kind == "object") {
                fields.insert("unevaluatedProperties".into(), Value::Bool(false));
            }
            fields.values_mut().for_each(make_strict);
        }
        Value::Array(items) => items.iter_mut().for_each(make_strict),
        _ => {}
    }
}

fn described(schema: &Value, path: &str, out: &mut BTreeSet<String>) {
    if let Some(items) = schema.get("items") {
        described(items, path, out);
    }
    for branch in schema.get("oneOf").and_then(Value::as_array).into_iter().flatten() {
        described(branch, path, out);
    }
    for (name, schema) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let path = format!("{path}/{name}");
        described(schema, &path, out);
        out.insert(path);
    }
}

/// Every field of a value, as the path to it.
fn met(value: &Value, path: &str, out: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| met(item, path, out)),
        Value::Object(fields) => {
            for (name, value) in fields {
                let path = format!("{path}/{name}");
                met(value, &path, out);
                out.insert(path);
            }
        }
        _ => {}
    }
}

/// Runs a command for machines; gives each line of what it says, and what it prints if that is JSON.
fn run_for_machines(folder: &Path, args: &[String], stdin: Option<&str>) -> (Vec<Value>, Option<Value>) {
    let args = [args, &["--message-format=json".to_owned(), "-v".to_owned()]].concat();
    let ran = run::compose(folder, &args, stdin, &BTreeMap::new()).expect("a run");
    let json = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{args:?}: {error}: {line}"));
    // Digests are redacted, and a redacted one has another form.
    let printed = ran.stdout.replace("[DIGEST]", &"0".repeat(64));
    let printed = printed.starts_with('{').then(|| json(&printed));
    (ran.stderr.lines().map(json).collect(), printed)
}

#[test]
fn diagnostics_are_as_described() {
    let schema = Schema::read("diagnostics.schema.json");
    let mut fields = BTreeSet::new();
    for (name, text) in page::all() {
        let page = Page::parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let Ok(Some(block)) = page.console(HEADINGS[1]) else { continue };
        let temporary = tempfile::tempdir().expect("a temporary folder");
        page.write_files(HEADINGS[1], temporary.path()).expect("the files of the example");
        dummy::make_components(temporary.path()).expect("the components of the example");
        let commands = page::commands(&page.text[block.text.clone()]).expect("commands");
        for command in commands.iter().filter(|command| command.args[0] != "explain") {
            let (said, _) = run_for_machines(temporary.path(), &command.args, command.stdin.as_deref());
            for line in &said {
                schema.check(line, &name);
                met(line, "", &mut fields);
            }
        }
    }
    let temporary = tempfile::tempdir().expect("a temporary folder");
    for args in [&["check", "--no-such"][..], &["check"], &["explain", "C0401"], &["explain", "C040"], &["inspect"]] {
        let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
        let (said, printed) = run_for_machines(temporary.path(), &args, None);
        assert!(!said.is_empty() || printed.is_some(), "{args:?}");
        for line in said.iter().chain(&printed) {
            schema.check(line, &args.join(" "));
            met(line, "", &mut fields);
        }
    }
    assert_eq!(fields, schema.fields());
}

#[test]
fn plans_are_as_described() {
    let schema = Schema::read("plan.schema.json");
    let mut fields = BTreeSet::new();
    let mut check = |plan: &Value, what: &str| {
        schema.check(plan, what);
        met(plan, "", &mut fields);
    };
    let cases = root().join("tests/ui");
    for name in files_below(&cases).iter().filter_map(|file| file.strip_suffix("/case.toml")) {
        let folder = cases.join(name);
        let case = Case::read(&folder).expect("a case");
        let temporary = tempfile::tempdir().expect("a temporary folder");
        prepare(&folder, &files_below(&folder), &case.uses, temporary.path()).expect("the inputs of a case");
        for step in
            case.steps.iter().filter(|step| step.args.first().is_some_and(|verb| verb == "check") && step.exit == 0)
        {
            if let (_, Some(plan)) = run_for_machines(temporary.path(), &step.args, step.stdin.as_deref()) {
                check(&plan, name);
            }
        }
    }
    let page = Page::parse(read(root().join("docs/manifest.md"))).expect("the manual");
    let shared = page.sections.last().expect("a part").heading.clone();
    let temporary = tempfile::tempdir().expect("a temporary folder");
    for part in [shared.as_str(), "One that uses everything"] {
        page.write_files(part, temporary.path()).expect("the files of the example");
    }
    dummy::make_components(temporary.path()).expect("the components of the example");
    let (_, plan) = run_for_machines(temporary.path(), &["check".to_owned()], None);
    check(&plan.expect("a plan"), "docs/manifest.md");
    assert_eq!(fields, schema.fields());
}

#[test]
fn manifests_are_as_described() {
    let schema = Schema::read("compose.schema.json");
    let mut checked = 0;
    let mut check = |text: &str, what: &str| {
        let value: Value = toml::from_str(text).unwrap_or_else(|error| panic!("{what}: {error}"));
        schema.check(&value, what);
        checked += 1;
    };
    check(&read(root().join("fixtures/shop/compose.toml")), "fixtures/shop");
    let cases = root().join("tests/ui");
    for file in files_below(&cases).iter().filter(|file| file.ends_with(".toml") && !file.ends_with("case.toml")) {
        let text = read(cases.join(file));
        // A case may be about a manifest that is wrong; the parser and the schema are held together elsewhere.
        let mut sink = component_compose::diag::Sink::default();
        let parsed = component_compose::manifest::parse(&text, file, Path::new(""), &mut sink);
        if parsed.is_some() && !sink.has_errors() {
            check(&text, file);
        }
    }
    assert!(checked > 3, "only {checked} manifests");
}
