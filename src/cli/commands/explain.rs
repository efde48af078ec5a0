//! `compose explain`: the pages of the catalogue, from the binary.

use crate::cli::args::Explain;
use crate::cli::colours::Kind;
use crate::cli::shell::Shell;
use crate::cli::{exit, usage};
use crate::contract::catalogue;
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
    // Rules of contracts have pages of their own.
    if let (Err(_), Ok(rule)) = (explain::code(code), catalogue::find(code)) {
        return Ok(super::contract::explain::show(rule, shell));
    }
    match explain::code(code) {
        Ok(found) => {
            match shell.format {
                Format::Json => shell.out(&json::code(found, Some(found.page()))),
                Format::Human | Format::Short => shell.show(Kind::Page, found.page()),
            }
            Ok(exit::OK)
        }
        Err(near) => {
            let tip = match (near, catalogue::find(code).err().flatten()) {
                (Some(code), _) => format!("did you mean `{code}` ({})?", code.kebab_name()),
                (None, Some(rule)) => format!("did you mean the rule `{rule}`?"),
                (None, None) => {
                    "`compose explain --list` shows every code, `compose contract rules` every rule".to_owned()
                }
            };
            let text = format!("no code is called `{}`\n\n  tip: {tip}", crate::diag::visible_line(code));
            Err(usage(ErrorKind::InvalidValue, text))
        }
    }
}
