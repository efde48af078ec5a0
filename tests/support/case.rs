//! `case.toml`: what a case is about, written by hand and never by the harness.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A case of the UI tests.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    args: Vec<String>,
    #[serde(default)]
    exit: i32,
    #[serde(default)]
    codes: Vec<String>,
    stdin: Option<String>,
    #[serde(default)]
    env: BTreeMap<String, String>,
    #[serde(default)]
    uses: Vec<String>,
    #[serde(default)]
    makes: Vec<String>,
    #[serde(default, rename = "step")]
    steps: Vec<Step>,
}

/// One command of a case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The arguments of `compose`.
    pub args: Vec<String>,
    /// The exit status that is meant.
    #[serde(default)]
    pub exit: i32,
    /// The codes that must be printed, and no others; of findings about contracts their rules.
    #[serde(default)]
    pub codes: Vec<String>,
    /// A file of the case that is standard input.
    pub stdin: Option<String>,
    /// Environment variables.
    #[serde(default)]
    pub env: BTreeMap<String, String>,
}

/// A case, checked for sense.
#[derive(Debug)]
pub struct Case {
    /// The commands.
    pub steps: Vec<Step>,
    /// Files of the repository that are copied in.
    pub uses: Vec<String>,
    /// Every file that the commands make.
    pub makes: Vec<String>,
}

impl Case {
    /// Reads the `case.toml` of a folder.
    pub fn read(folder: &Path) -> Result<Self, String> {
        let text = super::read(folder.join("case.toml"));
        let written: Written = toml::from_str(&text).map_err(|error| format!("case.toml: {error}"))?;
        let Written { args, exit, codes, stdin, env, uses, makes, steps } = written;
        let mut all = vec![Step { args, exit, codes, stdin, env }];
        all.extend(steps);
        for step in &mut all {
            // A report may say that nothing was checked or that a file is stale, and that has no code; forms for programs name
            // rules otherwise.
            let reports = step.args.first().is_some_and(|verb| verb == "contract");
            match (step.exit, step.codes.is_empty()) {
                (_, true) if reports => {}
                (1 | 3, true) => return Err("case.toml: an error case must say its `codes`".into()),
                (2, false) => return Err("case.toml: a usage error has no codes".into()),
                _ => {}
            }
            let mut sorted = step.codes.clone();
            sorted.sort();
            sorted.dedup();
            if sorted.len() != step.codes.len() {
                return Err("case.toml: a code stands twice in `codes`".into());
            }
            step.codes = sorted;
        }
        Ok(Self { steps: all, uses, makes })
    }
}

/// The name of the file with the expected output of a step: `stdout`, `stdout.2`, …
pub fn stream_file(stream: &str, step: usize) -> String {
    if step == 0 { stream.to_owned() } else { format!("{stream}.{}", step + 1) }
}

/// What may lie in a case folder; anything else is most likely a slip of the pen.
const INPUTS: &[&str] = &["wit", "wat", "wasm", "toml", "wac", "yaml", "yml", "json", "txt", "snap"];

/// Whether a file of a case is an input of its commands.
pub fn is_input(file: &str) -> bool {
    file != "case.toml"
        && !file.starts_with("out/")
        && Path::new(file).extension().is_some_and(|extension| INPUTS.iter().any(|known| extension == *known))
}

/// The files of the folder that are neither an input nor an expectation of one of the steps.
pub fn unknown_files(files: &[String], steps: usize) -> Vec<String> {
    let known = |file: &str| {
        file == "case.toml"
            || file.starts_with("out/")
            || (0..steps).any(|step| file == stream_file("stdout", step) || file == stream_file("stderr", step))
            || is_input(file)
    };
    files.iter().filter(|file| !known(file)).cloned().collect()
}

/// Copies the inputs of the case and the shared files it uses, and makes components of its texts.
pub fn prepare(folder: &Path, files: &[String], uses: &[String], work: &Path) -> Result<(), String> {
    let own = files.iter().filter(|file| is_input(file)).map(|file| (folder.join(file), PathBuf::from(file)));
    let shared = uses.iter().map(|path| {
        let name = Path::new(path).file_name().map(PathBuf::from).unwrap_or_default();
        (super::root().join(path), name)
    });
    for (from, to) in own.chain(shared) {
        let to = work.join(to);
        std::fs::create_dir_all(to.parent().ok_or("a file has a folder")?).map_err(|error| error.to_string())?;
        std::fs::copy(&from, &to).map_err(|error| format!("{}: {error}", from.display()))?;
    }
    super::dummy::make_components(work)
}
