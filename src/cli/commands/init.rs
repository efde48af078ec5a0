//! `compose init`: a first manifest.

use super::init_from;
use crate::cli::args::Packages;
use crate::cli::grammar::NamedFile;
use crate::cli::shell::Shell;
use clap::Args;
use std::path::PathBuf;

/// `compose init`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Init {
    /// Say in compose.toml what a `.wac` document, or a YAML configuration of `wasm-tools compose`, says
    #[arg(long, value_name = "DOCUMENT")]
    pub(in crate::cli) from: PathBuf,
    /// The root that a YAML configuration is for [default: `root.wasm` or `root.wat` where it looks for components]
    #[arg(long, value_name = "[NAME=]FILE")]
    pub(in crate::cli) root_file: Option<NamedFile>,
    /// Where to write the manifest; `-` is standard output
    #[arg(short, long, value_name = "FILE", default_value = "compose.toml")]
    pub(in crate::cli) output: String,
    #[command(flatten)]
    pub(in crate::cli) packages: Packages,
}

pub(in crate::cli) fn run(args: &Init, shell: &Shell) -> Result<u8, clap::Error> {
    init_from::run(args, shell)
}
