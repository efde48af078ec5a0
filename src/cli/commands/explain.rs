//! `compose explain`: the pages of the catalogue, from the binary.

use crate::cli::args::Explain;
use crate::cli::shell::Shell;
use crate::cli::{exit, usage};
use crate::diag::render::Format;
use crate::diag::{Code, explain, json};
use clap::error::ErrorKind;

pub(in crate::cli) fn run(args: &Explain, shell: &Shell) -> Result<u8, clap::Error> {
    let Some(code) = &args.code else {
        shell.out(&match shell.format {
            Format::Json => Code::ALL.iter().map(|code| json::code(*code, None)).collect(),
            Format::Human | Format::Short => explain::list(),
        });
        return Ok(exit::OK);
    };
    match explain::code(code) {
        Ok(found) => {
            shell.out(&match shell.format {
                Format::Json => json::code(found, Some(found.page())),
                Format::Human | Format::Short => found.page().to_owned(),
            });
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
