//! `compose man`: the manual pages, made from the command line itself.

use crate::cli::args::Cli;
use crate::cli::shell::Shell;
use crate::cli::{exit, usage};
use crate::emit::write::{self, Target};
use crate::model::request::Written;
use clap::error::ErrorKind;
use clap::{ArgAction, Args, Command, CommandFactory};
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
    let mut pages = Vec::new();
    gather("compose".into(), &command, &mut pages);
    for (name, command) in pages {
        let path = folder.join(format!("{name}.1"));
        let written = Written::new(path.display().to_string());
        let target = Target::File { written, path, make_folders: true, option: "" };
        let text = page(command, &name)?;
        if write::write([text.as_bytes()], &target, write::Protected::default(), &mut sink).is_none() {
            break;
        }
    }
    Ok(shell.report(&sink))
}

/// The pages of a command and of all verbs below it, by name.
fn gather(name: String, command: &Command, pages: &mut Vec<(String, Command)>) {
    pages.push((name.clone(), command.clone()));
    for verb in command.get_subcommands().filter(|verb| !verb.is_hide_set() && verb.get_name() != "help") {
        gather(format!("{name}-{}", verb.get_name()), verb, pages);
    }
}

/// One page, the parts in the order that readers of manual pages know.
fn page(command: Command, name: &str) -> Result<String, clap::Error> {
    let verb = name != "compose";
    let synopsis = synopsis(&command);
    let has_verbs = command.has_subcommands();
    let page = Page::new(command).title(name).source(concat!("compose ", env!("CARGO_PKG_VERSION"))).manual("compose");
    let mut out = Vec::new();
    let rendered = [Page::render_title, Page::render_name_section]
        .into_iter()
        .try_for_each(|part: fn(&Page, &mut dyn std::io::Write) -> std::io::Result<()>| part(&page, &mut out));
    rendered.map_err(|error| usage(ErrorKind::Io, error.to_string()))?;
    out.extend_from_slice(synopsis.as_bytes());
    let rendered = [Page::render_description_section, Page::render_options_section]
        .into_iter()
        .chain(has_verbs.then_some(Page::render_subcommands_section as _))
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

/// The line that shows how the command is written: each option with its value, then what has no option.
fn synopsis(command: &Command) -> String {
    let name = command.get_bin_name().unwrap_or_else(|| command.get_name());
    let mut out = format!(".SH SYNOPSIS\n{}", bold(name));
    for arg in command.get_arguments().filter(|arg| !arg.is_positional() && !arg.is_hide_set()) {
        let names = [arg.get_short().map(|short| format!("-{short}")), arg.get_long().map(|long| format!("--{long}"))];
        let names: Vec<String> = names.into_iter().flatten().map(|name| bold(&name)).collect();
        let takes_value = arg.get_action().takes_values();
        let value = arg.get_value_names().and_then(|names| names.first()).filter(|_| takes_value);
        let value = value.map(|value| format!(" {}", italic(value))).unwrap_or_default();
        let again = if matches!(arg.get_action(), ArgAction::Append | ArgAction::Count) { "..." } else { "" };
        out.push_str(&format!(" [{}{value}]{again}", names.join("|")));
    }
    for arg in command.get_positionals() {
        let name = arg.get_value_names().and_then(|names| names.first()).map_or(arg.get_id().as_str(), |name| name);
        let again = if matches!(arg.get_action(), ArgAction::Append) { "..." } else { "" };
        out.push_str(&match arg.is_required_set() {
            true => format!(" {}{again}", italic(name)),
            false => format!(" [{}]{again}", italic(name)),
        });
    }
    if command.has_subcommands() {
        out.push_str(&format!(" {}", italic("COMMAND")));
    }
    out + "\n"
}

fn bold(text: &str) -> String {
    format!("\\fB{}\\fR", text.replace('-', "\\-"))
}

fn italic(text: &str) -> String {
    format!("\\fI{}\\fR", text.replace('-', "\\-"))
}
