//! `compose man`: the manual pages, made from the command line itself.

use crate::cli::args::Cli;
use crate::cli::shell::Shell;
use crate::cli::{exit, usage};
use crate::emit::write::{self, Target};
use crate::model::request::Written;
use clap::error::ErrorKind;
use clap::{Args, Command, CommandFactory};
use clap_mangen::Man as Page;
use std::path::PathBuf;

/// `compose man`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Man {
    /// A folder that all pages are written to; without it the page of `compose` itself is printed
    #[arg(value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    folder: Option<PathBuf>,
}

pub(in crate::cli) fn run(args: &Man, shell: &Shell) -> Result<u8, clap::Error> {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let Some(folder) = &args.folder else {
        shell.out(&page(command, "compose")?);
        return Ok(exit::OK);
    };
    let mut sink = shell.sink();
    let verbs: Vec<Command> = command.get_subcommands().filter(|verb| !verb.is_hide_set()).cloned().collect();
    let pages = verbs.into_iter().map(|verb| (format!("compose-{}", verb.get_name()), verb));
    for (name, command) in [("compose".to_owned(), command)].into_iter().chain(pages) {
        let path = folder.join(format!("{name}.1"));
        let written = Written::new(path.display().to_string());
        let target = Target::File { written, path, make_folders: true };
        let text = page(command, &name)?;
        if write::write([text.as_bytes()], &target, write::Protected::default(), &mut sink).is_none() {
            break;
        }
    }
    Ok(shell.report(&sink))
}

/// One page, the parts in the order that readers of manual pages know.
fn page(command: Command, name: &str) -> Result<String, clap::Error> {
    let verb = name != "compose";
    let page = Page::new(command).title(name).source(concat!("compose ", env!("CARGO_PKG_VERSION"))).manual("compose");
    let mut out = Vec::new();
    let parts = [Page::render_title, Page::render_name_section, Page::render_synopsis_section];
    let parts = parts.into_iter().chain([Page::render_description_section, Page::render_options_section]);
    let rendered = parts
        .chain((!verb).then_some(Page::render_subcommands_section as _))
        .try_for_each(|part: fn(&Page, &mut dyn std::io::Write) -> std::io::Result<()>| part(&page, &mut out));
    rendered.map_err(|error| usage(ErrorKind::Io, error.to_string()))?;
    let mut text = String::from_utf8_lossy(&out).into_owned();
    text.push_str(".SH EXIT STATUS\n");
    for (status, meaning) in exit::MEANINGS {
        text.push_str(&format!(".TP\n{status}\n{meaning}\n"));
    }
    if verb {
        text.push_str(".SH SEE ALSO\ncompose(1)\n");
    }
    Ok(text)
}
