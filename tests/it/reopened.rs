//! Every artifact that a case of the command makes can be opened again by the plan inside of it: what is traced and tested is what was
//! built, however it was wired.

use crate::support::case::{Case, prepare};
use crate::support::{files_below, root};
use component_compose::host::reopen::{self, Closed};
use std::process::{Command, Stdio};

/// What their imports are stands in the document alone.
const DECLARE: [&str; 2] = ["wac/imports", "wac/spreads"];

#[test]
fn artifacts_of_all_cases_are_opened_again_by_their_plans() {
    let cases = root().join("tests/ui");
    let (mut opened, mut closed) = (0, Vec::new());
    for name in files_below(&cases).iter().filter_map(|file| file.strip_suffix("/case.toml")) {
        let folder = cases.join(name);
        let case = Case::read(&folder).expect("a case");
        let temporary = tempfile::tempdir().expect("a temporary folder");
        prepare(&folder, &files_below(&folder), &case.uses, temporary.path()).expect("the inputs of a case");
        for step in case.steps.iter().filter(|step| step.args.first().is_some_and(|verb| verb == "build")) {
            let stdin =
                step.stdin.as_ref().map(|file| std::fs::File::open(temporary.path().join(file)).expect("an input"));
            let built = Command::new(env!("CARGO_BIN_EXE_compose"))
                .args(&step.args)
                .current_dir(temporary.path())
                .env_clear()
                .stdin(stdin.map_or_else(Stdio::null, Stdio::from))
                .output();
            built.expect("compose starts");
        }
        for file in files_below(temporary.path()).into_iter().filter(|file| file.ends_with(".wasm")) {
            let bytes = std::fs::read(temporary.path().join(&file)).expect("it is there");
            match reopen::planned(&bytes.into()) {
                Ok(_) => opened += 1,
                Err(Closed::NoPlan) => {}
                Err(Closed::Different) if DECLARE.contains(&name) => {}
                Err(why) => closed.push(format!("{name}: {file}: {why:?}")),
            }
        }
    }
    assert_eq!(closed, Vec::<String>::new(), "of {}", opened + closed.len());
    assert!(opened > 35, "only {opened} had a plan");
}
