//! `compose explain`: the pages of the catalogue, from the binary.

use crate::cli::args::Explain;
use crate::cli::shell::Shell;
use crate::cli::{exit, usage};
use crate::diag::explain;
use clap::error::ErrorKind;

pub(in crate::cli) fn run(args: &Explain, shell: &Shell) -> Result<u8, clap::Error> {
    let Some(code) = &args.code else {
        shell.out(&explain::list());
        return Ok(exit::OK);
    };
    match explain::page(code) {
        Ok(page) => {
            shell.out(page);
            Ok(exit::OK)
        }
        Err(near) => {
            let near: Vec<String> = near.iter().map(|code| format!("`{code}` ({})", code.kebab_name())).collect();
            let tip = match near.is_empty() {
                true => "`compose explain --list` shows every code".to_owned(),
                false => format!("did you mean {}?", near.join(" or ")),
            };
            let text = format!("no code is called `{code}`\n\n  tip: {tip}");
            Err(usage(ErrorKind::InvalidValue, text))
        }
    }
}
