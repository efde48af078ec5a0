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
            let tip = match near {
                None => "`compose explain --list` shows every code".to_owned(),
                Some(code) => format!("did you mean `{code}` ({})?", code.kebab_name()),
            };
            let text = format!("no code is called `{}`\n\n  tip: {tip}", crate::diag::visible_line(code));
            Err(usage(ErrorKind::InvalidValue, text))
        }
    }
}
