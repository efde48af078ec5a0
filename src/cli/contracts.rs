//! What counts as bad in `compose contract`: `contracts.toml` or `[contracts]` of `compose.toml`, found here or in a folder
//! above, and what day it is.

use super::usage;
use crate::contract::diags::TwoConfigurations;
use crate::contract::policy::Policy;
use crate::diag::Sink;
use crate::manifest;
use crate::model::day::Day;
use crate::model::request::Written;
use crate::sources;
use clap::error::ErrorKind;
use clap::{Args, ValueHint};
use std::path::{Path, PathBuf};

/// The name of a configuration without a composition.
const ALONE: &str = "contracts.toml";
/// The name of a manifest.
const MANIFEST: &str = "compose.toml";

/// Where the configuration is.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Contracts")]
pub(super) struct Config {
    /// What counts as bad: a file with `[contracts]` [default: contracts.toml, or compose.toml, here or in a folder above]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    config: Option<PathBuf>,
}

/// The policy of a run, and the file that it came from.
#[derive(Debug, Default)]
pub(super) struct Configured {
    pub(super) policy: Policy,
    pub(super) file: Option<PathBuf>,
    /// Where recordings are, as written and from here.
    pub(super) lock: Option<(Written, PathBuf)>,
    /// Whose recordings count.
    pub(super) environment: Option<Written>,
}

impl Config {
    /// The file that is named on the command line.
    pub(super) fn file(&self) -> Option<PathBuf> {
        self.config.clone()
    }

    /// Reads the configuration; without one everything is as it goes without saying. `None` if it has errors, which are in
    /// the sink.
    pub(super) fn read(&self, sink: &mut Sink) -> Result<Option<Configured>, clap::Error> {
        let today = today()?;
        let file = match &self.config {
            Some(file) => Some(file.clone()),
            None => found(sink),
        };
        let before = sink.count(crate::diag::Severity::Error);
        let Some(path) = file else {
            let policy = Policy { today: Some(today), ..Policy::default() };
            return Ok((before == 0).then_some(Configured { policy, ..Configured::default() }));
        };
        let name = path.display().to_string();
        let Some(source) = sources::read_text(&path, &name, sink) else { return Ok(None) };
        let has_others = path.file_name().is_none_or(|name| name != ALONE);
        let Some(contracts) = manifest::parse_contracts(&source.text, &name, has_others, sink) else { return Ok(None) };
        let policy = Policy::of(&contracts, Some(today), sink);
        let base = path.parent().unwrap_or(Path::new(""));
        let lock = contracts.lock.map(|(written, lock)| (written, base.join(lock)));
        let environment = contracts.environment;
        Ok((!sink.has_errors()).then_some(Configured { policy, file: Some(path), lock, environment }))
    }
}

/// The nearest configuration. A folder may have one; a manifest without the table is none.
fn found(sink: &mut Sink) -> Option<PathBuf> {
    // Relative, so that messages stay short and say nothing of the machine.
    let here = std::env::current_dir().unwrap_or_default();
    let mut folder = PathBuf::new();
    for _ in here.ancestors() {
        let (alone, manifest) = (folder.join(ALONE), folder.join(MANIFEST));
        let says = has_table(&manifest);
        // One that cannot be read, such as a link that leads nowhere, is told and not passed over.
        if alone.symlink_metadata().is_ok() {
            if says {
                let (alone, manifest) = (alone.display().to_string(), manifest.display().to_string());
                sink.report(TwoConfigurations { alone: &alone, manifest: &manifest });
            }
            return Some(alone);
        }
        if says {
            return Some(manifest);
        }
        folder.push("..");
    }
    None
}

/// Whether a manifest has `[contracts]`. One that cannot be read says nothing here.
fn has_table(manifest: &Path) -> bool {
    std::fs::read_to_string(manifest).is_ok_and(|text| manifest::has_contracts(&text))
}

/// The day of `SOURCE_DATE_EPOCH`, where a build must not depend on the clock, else of the clock.
pub(super) fn today() -> Result<Day, clap::Error> {
    const VARIABLE: &str = "SOURCE_DATE_EPOCH";
    if let Some(set) = std::env::var_os(VARIABLE).filter(|set| !set.is_empty()) {
        let seconds = set.to_str().and_then(|set| set.trim().parse().ok());
        return seconds.map(Day::of_seconds).ok_or_else(|| {
            let text = format!("`{VARIABLE}` is no number of seconds since 1970: `{}`", set.to_string_lossy());
            usage::usage(ErrorKind::InvalidValue, text)
        });
    }
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Ok(Day::of_seconds(now.map_or(0, |now| now.as_secs())))
}
