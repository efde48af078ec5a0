//! The JSON schemas of `docs/schema/` against real output and real manifests.
//!
//! The published schemas let fields be added, for that is what the forms promise. Here they are made strict, so that a
//! field without a description is noticed, and each described field has to be met, so that a description without a field
//! is.

use crate::support::case::{Case, prepare};
use crate::support::page::{self, HEADINGS, Page};
use crate::support::{dummy, files_below, read, root, run};
use boon::{Compiler, SchemaIndex, Schemas};
use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

pub(crate) struct Schema {
    text: Value,
    schemas: Schemas,
    index: SchemaIndex,
    /// Every described field, as the path to it in values and in the schema, which differ in what is used several times.
    fields: BTreeMap<String, String>,
    /// Paths in values: of these, the ones whose own fields are names that somebody chose, or belong to another form.
    free: BTreeSet<String>,
    met: BTreeSet<String>,
}

impl Schema {
    /// A schema of `docs/schema/`, made strict.
    pub(crate) fn read(name: &str) -> Self {
        let text: Value = serde_json::from_str(&read(root().join("docs/schema").join(name))).expect("it is JSON");
        let mut strict = text.clone();
        if name != "compose.schema.json" {
            make_strict(&mut strict);
        }
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource(name, strict).expect("it is JSON");
        let index = compiler.compile(name, &mut schemas).unwrap_or_else(|error| panic!("{name}: {error}"));
        let [free, met] = [(); 2].map(|()| BTreeSet::new());
        let mut schema = Self { text, schemas, index, fields: BTreeMap::new(), free, met };
        schema.describe(&schema.text.clone(), "", "");
        schema
    }

    /// Judges a value that is printed, and takes note of the fields in it.
    #[track_caller]
    pub(crate) fn check(&mut self, value: &Value, what: &str) {
        if let Err(error) = self.schemas.validate(value, self.index) {
            panic!("{what}: {error}\n{value:#}");
        }
        self.meet(value, "");
    }

    /// Whether each described field was met.
    #[track_caller]
    pub(crate) fn assert_whole(&self) {
        let met: BTreeSet<&String> = self.met.iter().map(|field| &self.fields[field]).collect();
        let missed: BTreeSet<&String> = self.fields.values().filter(|field| !met.contains(field)).collect();
        assert!(missed.is_empty(), "described and nowhere met: {missed:?}");
    }

    fn describe(&mut self, schema: &Value, path: &str, written: &str) {
        if let Some(place) = schema.get("$ref").and_then(Value::as_str) {
            let pointer = place.strip_prefix('#').expect("it is a place in the schema");
            let there = self.text.pointer(pointer).unwrap_or_else(|| panic!("nothing is at {place}")).clone();
            self.describe(&there, path, place);
        }
        if let Some(items) = schema.get("items") {
            self.describe(items, path, written);
        }
        if schema.get("additionalProperties").is_some() {
            self.free.insert(path.to_owned());
        }
        for branch in schema.get("oneOf").and_then(Value::as_array).into_iter().flatten() {
            self.describe(branch, path, written);
        }
        for (name, schema) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let (path, written) = (format!("{path}/{name}"), format!("{written}/{name}"));
            self.describe(schema, &path, &written);
            self.fields.insert(path, written);
        }
    }

    fn meet(&mut self, value: &Value, path: &str) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.meet(item, path)),
            Value::Object(fields) if !self.free.contains(path) => {
                for (name, value) in fields {
                    let path = format!("{path}/{name}");
                    self.meet(value, &path);
                    self.met.insert(path);
                }
            }
            _ => {}
        }
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

/// JSON of which no object says a field twice; readers differ in which of the two they take.
struct Unambiguous(Value);

impl<'de> Deserialize<'de> for Unambiguous {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Unambiguous;
            fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str("JSON")
            }
            fn visit_unit<E>(self) -> Result<Unambiguous, E> {
                Ok(Unambiguous(Value::Null))
            }
            fn visit_bool<E>(self, value: bool) -> Result<Unambiguous, E> {
                Ok(Unambiguous(value.into()))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Unambiguous, E> {
                Ok(Unambiguous(value.into()))
            }
            fn visit_str<E>(self, value: &str) -> Result<Unambiguous, E> {
                Ok(Unambiguous(value.into()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Unambiguous, A::Error> {
                let mut all = Vec::new();
                while let Some(Unambiguous(item)) = items.next_element()? {
                    all.push(item);
                }
                Ok(Unambiguous(all.into()))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Unambiguous, A::Error> {
                let mut all = Map::new();
                while let Some((name, Unambiguous(value))) = fields.next_entry::<String, _>()? {
                    if let Some(before) = all.insert(name.clone(), value) {
                        return Err(A::Error::custom(format!("`{name}` stands twice, first as {before}")));
                    }
                }
                Ok(Unambiguous(all.into()))
            }
        }
        from.deserialize_any(Reader)
    }
}

/// Runs a command for machines; gives each line of what it says, and what it prints if that is JSON.
fn run_for_machines(folder: &Path, args: &[String], stdin: Option<&str>) -> (Vec<Value>, Option<Value>) {
    let mut form = false;
    let other_form = |arg: &&String| {
        let said = arg.starts_with("--message-format");
        let other =
            said || std::mem::replace(&mut form, false) || ["-q", "--quiet", "-v", "--verbose"].contains(&arg.as_str());
        form = *arg == "--message-format";
        !other
    };
    let mut args: Vec<String> = args.iter().filter(other_form).cloned().collect();
    args.extend(["--message-format=json".to_owned(), "-v".to_owned()]);
    let ran = run::compose(folder, &args, stdin, &BTreeMap::new()).expect("a run");
    let json = |line: &str| match serde_json::from_str(line) {
        Ok(Unambiguous(value)) => value,
        Err(error) => panic!("{args:?}: {error}: {line}"),
    };
    // Digests are redacted, and a redacted one has another form.
    let printed = ran.stdout.replace("[DIGEST]", &"0".repeat(64));
    let printed = printed.starts_with('{').then(|| json(&printed));
    (ran.stderr.lines().map(json).collect(), printed)
}

#[test]
fn diagnostics_are_as_described() {
    let mut schema = Schema::read("diagnostics.schema.json");
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
            }
        }
    }
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let rules =
        [&["explain", "func-added"][..], &["contract", "explain", "world-empty"], &["explain", "ignore-expired"]];
    let others = [&["check", "--no-such"][..], &["check"], &["explain", "C0401"], &["explain", "C040"], &["inspect"]];
    for args in rules.into_iter().chain(others) {
        let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
        let (said, printed) = run_for_machines(temporary.path(), &args, None);
        assert!(!said.is_empty() || printed.is_some(), "{args:?}");
        for line in said.iter().chain(&printed) {
            schema.check(line, &args.join(" "));
        }
    }
    let folder = root().join("tests/ui/contract/against-an-older-build");
    let case = Case::read(&folder).expect("a case");
    let temporary = tempfile::tempdir().expect("a temporary folder");
    prepare(&folder, &files_below(&folder), &case.uses, temporary.path()).expect("the inputs of a case");
    for step in &case.steps {
        for line in run_for_machines(temporary.path(), &step.args, None).0 {
            schema.check(&line, "what changes since an artifact");
        }
    }
    schema.assert_whole();
}

/// What is worth asking for in a plan: its instances, and imports that only a part of something fills.
fn names(plan: &Value) -> Vec<String> {
    let instances: Vec<&Value> = plan["instances"].as_array().into_iter().flatten().collect();
    let imports = instances.iter().filter_map(|instance| instance["imports"].as_array()).flatten();
    let parts = imports.filter(|import| import.get("inner").is_some() || import.get("path").is_some());
    let names = instances.iter().map(|instance| &instance["name"]).chain(parts.map(|import| &import["import"]));
    names.filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

#[test]
fn what_is_asked_for_is_as_described() {
    let forms = ["plan", "graph", "why", "inspect"].map(|form| Schema::read(&format!("{form}.schema.json")));
    let [mut plan, mut graph, mut why, mut inspect] = forms;
    let cases = root().join("tests/ui");
    for name in files_below(&cases).iter().filter_map(|file| file.strip_suffix("/case.toml")) {
        let folder = cases.join(name);
        let case = Case::read(&folder).expect("a case");
        let temporary = tempfile::tempdir().expect("a temporary folder");
        prepare(&folder, &files_below(&folder), &case.uses, temporary.path()).expect("the inputs of a case");
        for step in case.steps.iter().filter(|step| step.exit != 2) {
            let run = |args: &[String]| run_for_machines(temporary.path(), args, step.stdin.as_deref()).1;
            match step.args[0].as_str() {
                // Other verbs compare with nothing.
                "check" if !step.args.contains(&"--against".to_owned()) => {
                    let (verb, rest) = (|verb: &str| vec![verb.to_owned()], &step.args[1..]);
                    run(&[&verb("graph"), rest].concat()).iter().for_each(|it| graph.check(it, name));
                    let Some(planned) = run(&step.args) else { continue };
                    plan.check(&planned, name);
                    for asked in names(&planned) {
                        let answer =
                            run(&[&[verb("why"), vec![asked]].concat(), rest].concat()).expect("it is in the plan");
                        why.check(&answer, name);
                    }
                }
                "graph" if !step.args.contains(&"--format".to_owned()) => {
                    run(&step.args).iter().for_each(|it| graph.check(it, name));
                }
                "why" => run(&step.args).iter().for_each(|it| why.check(it, name)),
                "build" => drop(run(&step.args)),
                _ => {}
            }
        }
        for file in files_below(temporary.path()).into_iter().filter(|file| file.ends_with(".wasm")) {
            for (verb, schema) in [(&["inspect"][..], &mut inspect), (&["graph", "--artifact"], &mut graph)] {
                let args: Vec<String> = verb.iter().map(|word| (*word).to_owned()).chain([file.clone()]).collect();
                let (_, printed) = run_for_machines(temporary.path(), &args, None);
                printed.iter().for_each(|it| schema.check(it, &format!("{name}: {args:?}")));
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
    let (_, printed) = run_for_machines(temporary.path(), &["check".to_owned()], None);
    plan.check(&printed.expect("a plan"), "docs/manifest.md");
    [plan, graph, why, inspect].iter().for_each(Schema::assert_whole);
}

/// Cases of every verdict, and the shop with its wires.
#[cfg(feature = "host")]
#[test]
fn reports_of_tests_are_as_described() {
    let mut schema = Schema::read("test.schema.json");
    let shop = root().join("fixtures/shop");
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let (_, printed) =
        run_for_machines(&shop, &words(&["test", "tests/front.toml", "tests/pricing.toml", "--times"]), None);
    schema.check(&printed.expect("a report"), "the shop");
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let pricing = "component = \"pricing.wasm\"\n";
    let one = |name: &str, more: &str| format!("[[case]]\nname = \"{name}\"\ncall = 'rates.table([])'\n{more}\n");
    let text = [pricing, &one("left out", "expect = '[]'\nskip = \"not now\""), &one("otherwise", "expect = '[[]]'")];
    std::fs::write(temporary.path().join("cases.toml"), text.concat()).expect("a file of tests");
    let from = root().join("fixtures/components/pricing.wasm");
    std::fs::copy(from, temporary.path().join("pricing.wasm")).expect("a component");
    let (said, printed) = run_for_machines(temporary.path(), &words(&["test", "cases.toml"]), None);
    let report = printed.expect("a report");
    schema.check(&report, "cases that fail");
    assert_eq!(report["suites"][0]["cases"][1]["diagnostics"][0], said[0]);
    schema.assert_whole();
}

#[test]
fn manifests_are_as_described() {
    let mut schema = Schema::read("compose.schema.json");
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
