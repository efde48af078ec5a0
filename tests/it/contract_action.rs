//! The action at the root of the repository, run as a runner of GitHub runs it: its steps are read out of `action.yml`, their
//! expressions are filled in, and their scripts are run by bash in a clone of a repository with a pull request.

use crate::contract_git::{git, write};
use saphyr_parser::{Event, Parser};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The document as far as the action needs YAML: maps, lists and texts.
fn yaml(text: &str) -> Value {
    let events: Vec<Event<'_>> = Parser::new_from_str(text).map(|event| event.expect("it is YAML").0).collect();
    let mut events = events.into_iter().filter(|event| {
        !matches!(event, Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::StreamEnd)
    });
    let first = events.next().expect("there is something in it");
    value(first, &mut events)
}

fn value<'a>(event: Event<'a>, rest: &mut impl Iterator<Item = Event<'a>>) -> Value {
    match event {
        Event::Scalar(text, ..) => Value::String(text.into_owned()),
        Event::SequenceStart(..) => {
            let mut list = Vec::new();
            loop {
                match rest.next().expect("a list ends") {
                    Event::SequenceEnd => return Value::Array(list),
                    event => list.push(value(event, rest)),
                }
            }
        }
        Event::MappingStart(..) => {
            let mut map = Map::new();
            loop {
                match rest.next().expect("a map ends") {
                    Event::MappingEnd => return Value::Object(map),
                    Event::Scalar(key, ..) => {
                        let event = rest.next().expect("a key has a value");
                        let twice = map.insert(key.into_owned(), value(event, rest));
                        assert_eq!(twice, None, "a key stands twice");
                    }
                    other => panic!("a key is a text: {other:?}"),
                }
            }
        }
        other => panic!("more YAML than is known here: {other:?}"),
    }
}

/// What `${{ … }}` may name here.
type Context = BTreeMap<String, String>;

/// A text with its expressions filled in; what nobody set is empty, as it is there.
fn filled(text: &str, context: &Context, known: &[String]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, expression)) = rest.split_once("${{") {
        let (name, after) = expression.split_once("}}").expect("an expression ends");
        let name = name.trim();
        assert!(known.iter().any(|known| known == name), "`{name}` is nothing that is there");
        out.push_str(before);
        out.push_str(context.get(name).map_or("", String::as_str));
        rest = after;
    }
    out + rest
}

/// What a run of the action left.
#[derive(Debug)]
struct Acted {
    status: i32,
    /// Standard output, where commands of runners are read from.
    log: String,
    errors: String,
    summary: String,
    outputs: BTreeMap<String, String>,
}

/// Runs the action in a clone. `path` is where programs are looked for.
fn act(clone: &Path, base_ref: &str, inputs: &[(&str, &str)], path: &str) -> Acted {
    let action = yaml(&crate::support::read(crate::support::root().join("action.yml")));
    let declared = action["inputs"].as_object().expect("it has inputs");
    let mut context = Context::from([("github.base_ref".to_owned(), base_ref.to_owned())]);
    for (name, input) in declared {
        assert!(input["description"].is_string(), "{name}");
        context.insert(format!("inputs.{name}"), input["default"].as_str().expect("a default").to_owned());
    }
    for (name, value) in inputs {
        assert!(context.insert(format!("inputs.{name}"), (*value).to_owned()).is_some(), "there is no input {name}");
    }
    assert_eq!(action["runs"]["using"], "composite");
    let steps = action["runs"]["steps"].as_array().expect("it has steps");
    let ids = steps.iter().filter_map(|step| step["id"].as_str());
    let names = ["compose", "status"];
    let outputs = ids.flat_map(|id| names.map(|name| format!("steps.{id}.outputs.{name}")));
    let known: Vec<String> = context.keys().cloned().chain(outputs).collect();
    let runner = tempfile::tempdir().expect("a temporary folder");
    let file = |name: &str| runner.path().join(name);
    let (mut log, mut errors, mut status) = (String::new(), String::new(), 0);
    for (at, step) in steps.iter().enumerate() {
        if status != 0 {
            break;
        }
        assert_eq!(step["shell"], "bash", "a step of a composite action names its shell");
        let run = step["run"].as_str().expect("a step runs something");
        assert!(!run.contains("${{"), "an input would be run as a part of the script");
        let script = file(&format!("{at}.sh"));
        fs::write(&script, run).expect("a file");
        fs::write(file("output"), "").expect("a file");
        let mut bash = Command::new("bash");
        bash.args(["--noprofile", "--norc", "-e", "-o", "pipefail"]).arg(&script).current_dir(clone).env_clear();
        bash.env("PATH", path).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        bash.env("GITHUB_OUTPUT", file("output")).env("GITHUB_STEP_SUMMARY", file("summary"));
        bash.env("GITHUB_ACTION_PATH", crate::support::root()).env("RUNNER_TEMP", runner.path());
        bash.env("SOURCE_DATE_EPOCH", "1795392000");
        for (name, value) in step["env"].as_object().into_iter().flatten() {
            bash.env(name, filled(value.as_str().expect("a text"), &context, &known));
        }
        let ran = bash.stdin(Stdio::null()).output().expect("bash is there");
        log.push_str(&String::from_utf8_lossy(&ran.stdout));
        errors.push_str(&String::from_utf8_lossy(&ran.stderr));
        status = ran.status.code().expect("it ends by itself");
        let id = step["id"].as_str().expect("a step has an id");
        for line in crate::support::read(file("output")).lines() {
            let (name, value) = line.split_once('=').expect("a line of outputs is `name=value`");
            context.insert(format!("steps.{id}.outputs.{name}"), value.to_owned());
        }
    }
    let outputs = action["outputs"].as_object().expect("it has outputs").iter();
    let outputs = outputs.map(|(name, output)| {
        let value = output["value"].as_str().expect("an output has a value");
        (name.clone(), filled(value, &context, &known))
    });
    let outputs = outputs.collect();
    let summary = fs::read_to_string(file("summary")).unwrap_or_default();
    Acted { status, log, errors, summary, outputs }
}

/// The path of programs with `compose` on it, as a user would have installed it.
fn with_compose() -> String {
    let built = PathBuf::from(env!("CARGO_BIN_EXE_compose"));
    let folder = built.parent().expect("it is in a folder").display();
    format!("{folder}:{}", std::env::var("PATH").expect("a path of programs"))
}

const STORE: &str = "package acme:kv@1.0.0;\n\ninterface store {\n  get: func(key: string) -> u32;\n}\n";

/// A clone of a repository where a pull request against `main`, which has gone on since, has changed a file; as the
/// checkout of a runner leaves it.
fn pull_request(before: &[(&str, &str)], after: &[(&str, Option<&str>)]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let origin = folder.path().join("origin");
    fs::create_dir(&origin).expect("a folder");
    git(&origin, &["init", "-q", "-b", "main"]);
    write(&origin, "README", "contracts\n");
    before.iter().for_each(|(file, text)| write(&origin, file, text));
    git(&origin, &["add", "."]);
    git(&origin, &["commit", "-q", "-m", "base"]);
    git(&origin, &["checkout", "-q", "-b", "change"]);
    for (file, text) in after {
        match text {
            Some(text) => write(&origin, file, text),
            None => fs::remove_file(origin.join(file)).expect("a file"),
        }
    }
    git(&origin, &["add", "."]);
    git(&origin, &["commit", "-q", "--allow-empty", "-m", "change"]);
    git(&origin, &["checkout", "-q", "main"]);
    // Not a part of the pull request, so nothing that it is asked about.
    write(&origin, "wit/later.wit", "package acme:kv@1.0.0;\n\ninterface later {}\n");
    git(&origin, &["add", "."]);
    git(&origin, &["commit", "-q", "-m", "main goes on"]);
    let clone = folder.path().join("clone");
    git(folder.path(), &["clone", "-q", "origin", "clone"]);
    git(&clone, &["checkout", "-q", "--detach", "origin/change"]);
    (folder, clone)
}

#[test]
fn a_pull_request_that_breaks_is_stopped() {
    let after = STORE.replace("u32", "u64").replace("1.0.0", "1.0.1");
    let (_folder, clone) = pull_request(&[("wit/kv.wit", STORE)], &[("wit/kv.wit", Some(&after))]);
    let inputs = [("report", "sarif=contracts.sarif\n\njson=contracts.json\n")];
    let acted = act(&clone, "main", &inputs, &with_compose());
    assert_eq!((acted.status, acted.outputs["status"].as_str()), (1, "1"), "{acted:?}");
    assert!(acted.log.contains("::error file=wit/kv.wit,line=4,"), "{acted:?}");
    assert!(!acted.log.contains("later"), "what main did since is no matter: {acted:?}");
    assert_eq!(acted.outputs["comment"], "contracts.md");
    let comment = crate::support::read(clone.join("contracts.md"));
    assert!(comment.starts_with("### `contract diff`") && comment.contains("2.0.0"), "{comment}");
    assert_eq!(acted.summary, comment);
    for report in ["contracts.sarif", "contracts.json"] {
        let json: Value = serde_json::from_str(&crate::support::read(clone.join(report))).expect("it is JSON");
        assert!(json.is_object(), "{report}");
    }
    // Exceptions that the repository grants.
    let json: Value = serde_json::from_str(&crate::support::read(clone.join("contracts.json"))).expect("it is JSON");
    let errors = json["findings"].as_array().expect("a list").iter().filter(|found| found["severity"] == "error");
    let granted = errors.map(|found| {
        let (rule, item) = (&found["rule"], &found["item"]);
        format!("[[contracts.ignore]]\nrule = {rule}\nitem = {item}\nreason = \"r\"\nexpires = \"2026-12-31\"\n")
    });
    write(&clone, "granted.toml", &format!("[contracts]\n{}", granted.collect::<String>()));
    let inputs = [("config", "granted.toml"), ("comment", "out/of/it.md")];
    let acted = act(&clone, "main", &inputs, &with_compose());
    assert_eq!((acted.status, acted.outputs["comment"].as_str()), (0, "out/of/it.md"), "{acted:?}");
    assert!(clone.join("out/of/it.md").is_file() && acted.summary.contains("waived"), "{acted:?}");
}

#[test]
fn without_the_command_it_is_built_from_the_checkout_of_the_action() {
    let (folder, clone) = pull_request(&[("wit/kv.wit", STORE)], &[("wit/kv.wit", Some(STORE))]);
    // Stands in for the real one, which takes minutes: it says what it was asked for and puts the command there.
    let cargo = format!(
        "#!/bin/sh\necho \"$*\" > '{}'\nfor last; do :; done\nmkdir -p \"$last/release\"\nln -s '{}' \"$last/release/compose\"\n",
        folder.path().join("asked").display(),
        env!("CARGO_BIN_EXE_compose"),
    );
    write(folder.path(), "bin/cargo", &cargo);
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(folder.path().join("bin/cargo"), mode).expect("a mode");
    let path = std::env::var("PATH").expect("a path of programs");
    let others: Vec<&str> = path.split(':').filter(|folder| !Path::new(folder).join("compose").exists()).collect();
    let acted = act(&clone, "main", &[], &format!("{}:{}", folder.path().join("bin").display(), others.join(":")));
    assert_eq!((acted.status, acted.errors.as_str()), (0, ""), "{acted:?}");
    let asked = crate::support::read(folder.path().join("asked"));
    let manifest = crate::support::root().join("Cargo.toml");
    assert!(asked.contains("build --release --locked --package component-compose --bin compose"), "{asked}");
    assert!(asked.contains(&format!("--manifest-path {}", manifest.display())), "{asked}");
}

#[test]
fn a_pull_request_that_breaks_nobody_passes() {
    let after = STORE.replace("1.0.0", "1.1.0").replace("u32;\n", "u32;\n  size: func() -> u64;\n");
    let (_folder, clone) = pull_request(&[("wit/kv.wit", STORE)], &[("wit/kv.wit", Some(&after))]);
    let acted = act(&clone, "main", &[], &with_compose());
    assert_eq!((acted.status, acted.outputs["status"].as_str()), (0, "0"), "{acted:?}");
    assert!(!acted.log.contains("::error") && acted.log.contains("::notice file=wit/kv.wit,line=5,"), "{acted:?}");
    assert!(acted.summary.contains("1.1.0"), "{acted:?}");
    let forward = act(&clone, "main", &[("mode", "forward")], &with_compose());
    assert_eq!(forward.status, 1, "new consumers with the old provider: {forward:?}");
}

#[test]
fn the_first_and_the_last_contract_are_compared_with_nothing() {
    let (_folder, clone) = pull_request(&[], &[("contract/kv.wit", Some(STORE))]);
    let first = act(&clone, "main", &[("path", "contract")], &with_compose());
    assert_eq!(first.status, 0, "{first:?}");
    assert!(first.summary.contains("is taken for empty"), "{first:?}");
    let (_folder, clone) = pull_request(&[("contract/kv.wit", STORE)], &[("contract/kv.wit", None)]);
    let last = act(&clone, "main", &[("path", "contract")], &with_compose());
    assert_eq!(last.status, 1, "{last:?}");
    assert!(last.summary.contains("is taken for empty"), "{last:?}");
}

#[test]
fn what_cannot_be_checked_is_said_and_no_old_comment_stays() {
    let (_folder, clone) = pull_request(&[("wit/kv.wit", STORE)], &[("wit/kv.wit", Some("package acme:kv;\nworld"))]);
    write(&clone, "contracts.md", "nothing found\n");
    let said = |acted: &Acted, word: &str| {
        assert_eq!((acted.status, acted.outputs["status"].as_str()), (3, "3"), "{acted:?}");
        assert!(acted.log.contains("::error") && acted.log.contains(word), "{word}: {acted:?}");
        assert!(acted.summary.contains("not checked") && acted.summary.contains(word), "{word}: {acted:?}");
        assert_eq!(acted.summary, crate::support::read(clone.join("contracts.md")));
    };
    said(&act(&clone, "main", &[], &with_compose()), "C0205");
    said(&act(&clone, "", &[], &with_compose()), "is not of a pull request");
    said(&act(&clone, "release", &[], &with_compose()), "fetch-depth 0");
    said(&act(&clone, "main", &[("path", "nowhere")], &with_compose()), "nowhere");
    said(&act(&clone, "main", &[("mode", "sideways")], &with_compose()), "status 2");
    // Inputs are words and never run.
    let evil = "$(touch evil) `touch evil`; touch evil";
    let acted =
        act(&clone, "main", &[("old", evil), ("new", evil), ("config", evil), ("report", evil)], &with_compose());
    assert!(acted.status == 3 && !clone.join("evil").exists(), "{acted:?}");
}
