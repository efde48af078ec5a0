//! `compose contract explain`: the page of a rule.

use crate::cli::colours::Kind;
use crate::cli::shell::Shell;
use crate::cli::{exit, usage};
use crate::contract::catalogue;
use crate::contract::rule::Rule;
use crate::diag::render::Format;
use crate::diag::visible_line;
use clap::Args;
use clap::error::ErrorKind;

/// `compose contract explain`.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// A rule: func-added, remote-link-not-fallible
    rule: Option<String>,
}

pub(super) fn run(args: &Explain, shell: &Shell) -> Result<u8, clap::Error> {
    let Some(word) = &args.rule else {
        let text = "which rule is to be explained?\n\n  tip: `compose contract rules` lists every rule";
        return Err(usage(ErrorKind::MissingRequiredArgument, text.into()));
    };
    match catalogue::find(word) {
        Ok(rule) => Ok(show(rule, shell)),
        Err(near) => {
            let tip = match near {
                Some(rule) => format!("did you mean `{rule}`?"),
                None => "`compose contract rules` lists every rule".to_owned(),
            };
            let text = format!("no rule is called `{}`\n\n  tip: {tip}", visible_line(word));
            Err(usage(ErrorKind::InvalidValue, text))
        }
    }
}

/// Prints the page of a rule.
pub(in crate::cli) fn show(rule: &Rule, shell: &Shell) -> u8 {
    match shell.format {
        Format::Json => shell.out(&catalogue::json(rule)),
        Format::Human | Format::Short => shell.show(Kind::Page, &catalogue::page(rule)),
    }
    exit::OK
}
