//! The user's side of `compose`, tested as folders: `tests/ui/<area>/<case>/`, and every example of `docs/errors/`.
//!
//! A trial per case, named by its path, so `cargo test --test ui known/` runs an area. `BLESS=1` rewrites what is
//! generated (stdout, stderr, the files of `out/`, the output shown on pages) and never `case.toml`: intent is written by
//! hand. `tests/ui/readme/` and docs/testing.md tell how to write a case.

mod support;

use component_compose::diag::{Code, Severity};
use libtest_mimic::{Arguments, Failed, Trial};
use std::collections::BTreeSet;
use std::path::Path;
use support::case::{Case, Step, prepare, stream_file, unknown_files};
use support::page::{self, HEADINGS, Page};
use support::{blessing, diff, dummy, files_below, made, read, root, run};

/// Pages whose parts are run one by one, each with the files of the last part.
const MANUALS: &[&str] = &["docs/manifest.md"];

fn main() {
    let arguments = Arguments::from_args();
    let cases = root().join("tests/ui");
    let mut trials = Vec::new();
    collect(&cases, "", &mut trials);
    for (name, text) in page::all() {
        let title = format!("errors/{name}");
        trials.push(Trial::test(title, move || run_page(&name, text).map_err(Failed::from)));
    }
    for manual in MANUALS {
        trials.extend(manual_trials(manual));
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// A trial for each folder with a `case.toml`, and one that fails for each folder that leads to none.
fn collect(folder: &Path, prefix: &str, trials: &mut Vec<Trial>) {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("tests/ui is a folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("names of cases are UTF-8"))
        .collect();
    names.sort();
    for name in names {
        let path = folder.join(&name);
        let title = format!("{prefix}{name}");
        if path.join("case.toml").is_file() {
            trials.push(Trial::test(title, move || run_case(&path).map_err(Failed::from)));
        } else if path.is_dir() && path.read_dir().is_ok_and(|mut inside| inside.next().is_some()) {
            collect(&path, &format!("{title}/"), trials);
        } else {
            trials.push(Trial::test(title, || Err("neither a case nor a folder of cases".into())));
        }
    }
}

fn run_case(folder: &Path) -> Result<(), String> {
    let case = Case::read(folder)?;
    let files = files_below(folder);
    let unknown = unknown_files(&files, case.steps.len());
    if !unknown.is_empty() {
        return Err(format!("not known in a case: {}", unknown.join(", ")));
    }
    let temporary = tempfile::tempdir().map_err(|error| error.to_string())?;
    let work = temporary.path().canonicalize().map_err(|error| error.to_string())?;
    prepare(folder, &files, &case.uses, &work)?;
    let before: BTreeSet<String> = files_below(&work).into_iter().collect();
    let mut problems = Vec::new();
    for (index, step) in case.steps.iter().enumerate() {
        run_step(folder, &work, index, step, &mut problems)?;
    }
    let made: Vec<String> = files_below(&work).into_iter().filter(|file| !before.contains(file)).collect();
    compare_made(&case, &made, &work, &mut problems);
    for file in files.iter().filter_map(|file| file.strip_prefix("out/")) {
        compare(&folder.join("out").join(file), &format!("out/{file}"), &made::form(&work, file)?, &mut problems)?;
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n")) }
}

fn run_step(folder: &Path, work: &Path, index: usize, step: &Step, problems: &mut Vec<String>) -> Result<(), String> {
    let ran = run::compose(work, &step.args, step.stdin.as_deref(), &step.env)?;
    let mut wrong = Vec::new();
    if ran.exit != step.exit {
        wrong.push(format!("exit {} instead of {}", ran.exit, step.exit));
    }
    let mut codes = run::codes_in(&ran.stderr);
    if step.args.first().is_some_and(|verb| verb == "contract") {
        codes.extend(run::rules_in(&ran.stdout));
        codes.sort();
    }
    if codes != step.codes {
        wrong.push(format!("codes {codes:?} instead of {:?}", step.codes));
    }
    if !wrong.is_empty() {
        problems.push(format!("compose {}: {}\n{}{}", step.args.join(" "), wrong.join(", "), ran.stdout, ran.stderr));
        // Appearance is not written down for a run that does not do what is meant.
        return Ok(());
    }
    for (stream, text) in [("stdout", &ran.stdout), ("stderr", &ran.stderr)] {
        let name = stream_file(stream, index);
        compare(&folder.join(&name), &name, text, problems)?;
    }
    Ok(())
}

/// Compares a text with a file, where no file means an empty text; or writes it down.
fn compare(file: &Path, name: &str, actual: &str, problems: &mut Vec<String>) -> Result<(), String> {
    let expected = if file.is_file() { read(file) } else { String::new() };
    if expected == actual {
        return Ok(());
    }
    if !blessing() {
        problems.push(diff(name, &expected, actual));
        return Ok(());
    }
    let written = if actual.is_empty() { std::fs::remove_file(file) } else { std::fs::write(file, actual) };
    written.map_err(|error| format!("{name}: {error}"))
}

/// Files that appear must have been announced, and the other way round; a component among them must be valid.
fn compare_made(case: &Case, made: &[String], work: &Path, problems: &mut Vec<String>) {
    let mut announced = case.makes.clone();
    announced.sort();
    if announced != made {
        problems.push(format!("made {made:?} instead of {announced:?} (`makes` in case.toml)"));
    }
    for file in made.iter().filter(|file| file.ends_with(".wasm")) {
        problems.extend(made::validate(work, file).err());
    }
}

/// Runs the example of a page, and its fix if that is a command.
fn run_page(name: &str, text: String) -> Result<(), String> {
    let code = Code::find(name).ok_or("no such code")?;
    let page = Page::parse(text)?;
    let [_, example, _, fix, _] = HEADINGS;
    let mut new = page.text.clone();
    let temporary = tempfile::tempdir().map_err(|error| error.to_string())?;
    let work = temporary.path().canonicalize().map_err(|error| error.to_string())?;
    // The fix stands below the example, so it is put in first and does not shift the other.
    let fixed = match page.console(fix)? {
        Some(block) => {
            page.write_files(example, &work)?;
            page.write_files(fix, &work)?;
            dummy::make_components(&work)?;
            let (printed, ran) = page.run(block, &work)?;
            if ran.exit != 0 || run::codes_in(&ran.stderr).iter().any(|printed| printed == code.number()) {
                return Err(format!("the fix does not mend it:\n{printed}"));
            }
            new.replace_range(block.text.clone(), &printed);
            true
        }
        None => false,
    };
    let Some(block) = page.console(example)? else {
        return if fixed { Err("a fix to run, but no example".into()) } else { Ok(()) };
    };
    let temporary = tempfile::tempdir().map_err(|error| error.to_string())?;
    let work = temporary.path().canonicalize().map_err(|error| error.to_string())?;
    page.write_files(example, &work)?;
    dummy::make_components(&work)?;
    let (printed, ran) = page.run(block, &work)?;
    let codes = run::codes_in(&ran.stderr);
    let exits: &[i32] = if code.severity() == Severity::Warning { &[0] } else { &[1, 3] };
    if codes != [code.number()] || !exits.contains(&ran.exit) {
        return Err(format!("exit {} and codes {codes:?} instead of {exits:?} and {code}:\n{printed}", ran.exit));
    }
    new.replace_range(block.text.clone(), &printed);
    if new == page.text {
        return Ok(());
    }
    if !blessing() {
        return Err(diff(&format!("docs/errors/{name}.md"), &page.text, &new));
    }
    std::fs::write(root().join(format!("docs/errors/{name}.md")), new).map_err(|error| error.to_string())
}

/// A trial for each part of a manual that has a console block.
fn manual_trials(file: &'static str) -> Vec<Trial> {
    let page = match Page::parse(read(root().join(file))) {
        Ok(page) => page,
        Err(error) => return vec![Trial::test(file, move || Err(error.into()))],
    };
    let shared = page.sections.last().map(|section| section.heading.clone()).unwrap_or_default();
    let run = page.sections.iter().filter(|section| section.blocks.iter().any(|block| block.language == "console"));
    run.map(|section| {
        let (heading, shared) = (section.heading.clone(), shared.clone());
        Trial::test(format!("{file}/{heading}"), move || run_part(file, &heading, &shared).map_err(Failed::from))
    })
    .collect()
}

/// Runs the commands of one part of a manual, which have to succeed.
fn run_part(file: &str, heading: &str, shared: &str) -> Result<(), String> {
    // Parts are run side by side; whoever writes does so one after the other, to a page read anew.
    static WRITING: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _writing = WRITING.lock().map_err(|error| error.to_string())?;
    let page = Page::parse(read(root().join(file)))?;
    let temporary = tempfile::tempdir().map_err(|error| error.to_string())?;
    let work = temporary.path().canonicalize().map_err(|error| error.to_string())?;
    for part in [shared, heading] {
        page.write_files(part, &work)?;
    }
    dummy::make_components(&work)?;
    let block = page.console(heading)?.ok_or("no console block")?;
    let (printed, ran) = page.run(block, &work)?;
    if ran.exit != 0 {
        return Err(format!("it must succeed, but ended with {}:\n{printed}", ran.exit));
    }
    let mut new = page.text.clone();
    new.replace_range(block.text.clone(), &printed);
    if new == page.text {
        return Ok(());
    }
    if !blessing() {
        return Err(diff(file, &page.text, &new));
    }
    std::fs::write(root().join(file), new).map_err(|error| error.to_string())
}
