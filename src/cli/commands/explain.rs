//! `compose explain`: the pages of the catalogue, from the binary.

use crate::cli::args::Explain;
use crate::cli::colours::Kind;
use crate::cli::shell::Shell;
use crate::cli::{exit, usage};
use crate::diag::render::Format;
use crate::diag::{Code, explain, json};
use clap::error::ErrorKind;

pub(in crate::cli) fn run(args: &Explain, shell: &Shell) -> Result<u8, clap::Error> {
    let Some(code) = &args.code else {
        match shell.format {
            Format::Json => shell.out(&Code::ALL.iter().map(|code| json::code(*code, None)).collect::<String>()),
            Format::Human | Format::Short => shell.show(Kind::Codes, &explain::list()),
        }
        return Ok(exit::OK);
    };
    match explain::code(code) {
        Ok(found) => {
            match shell.format {
                Format::Json => shell.out(&json::code(found, Some(found.page()))),
                Format::Human | Format::Short => shell.show(Kind::Page, found.page()),
            }
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
