//! `compose completions`: what a shell needs to complete the command line, printed for it to read.
//!
//! Made from the command line itself, so nothing can be missing. Where a word is one of a known set that clap does not
//! check (codes, hosts, kinds of `--emit`), the set is put in here, for completion only: what is said about a wrong word
//! stays with those who can say more about it.

use crate::cli::args::Cli;
use crate::cli::exit;
use crate::cli::grammar::EmitKind;
use crate::cli::shell::Shell;
use crate::diag::Code;
use crate::model::host::PROFILES;
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, Command, CommandFactory, ValueHint};

/// `compose completions`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Completions {
    /// The shell to complete in
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

pub(in crate::cli) fn run(args: &Completions, shell: &Shell) -> Result<u8, clap::Error> {
    let mut out = Vec::new();
    let mut command = with_values(Cli::command());
    clap_complete::generate(args.shell, &mut command, "compose", &mut out);
    let text = String::from_utf8_lossy(&out);
    match args.shell {
        clap_complete::Shell::Bash => shell.out(&with_files(&text, &command)),
        _ => shell.out(&text),
    }
    Ok(exit::OK)
}

/// The command with the values that its words may have.
fn with_values(command: Command) -> Command {
    let verbs: Vec<String> = command.get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
    verbs.iter().fold(command, |command, verb| {
        command.mut_subcommand(verb, |verb| {
            verb.mut_args(|arg| match arg.get_id().as_str() {
                "code" => arg.value_parser(values(Code::ALL.iter().map(|code| (code.number(), code.title())))),
                "target" => arg.value_parser(values(PROFILES.iter().map(|profile| (profile().name, "")))),
                "emit" => arg.value_parser(values(EmitKind::ALL.iter().map(|kind| (kind.word(), "")))),
                _ => arg,
            })
        })
    })
}

/// The script for bash with files where a verb takes files.
///
/// What is generated offers the options for every word, also for one that is empty; bash offers files only where a script
/// has nothing to offer. So for these verbs options are offered to what begins like one.
fn with_files(script: &str, command: &Command) -> String {
    let takes_files = |verb: &&Command| {
        let is_file = |hint| matches!(hint, ValueHint::AnyPath | ValueHint::FilePath | ValueHint::DirPath);
        verb.get_positionals().any(|arg| is_file(arg.get_value_hint()))
    };
    let cases: Vec<String> = command
        .get_subcommands()
        .filter(takes_files)
        .map(|verb| format!("        compose__subcmd__{})", verb.get_name()))
        .collect();
    let mut out = String::new();
    let mut inside = false;
    for line in script.lines() {
        // A case of the first level; the end of one is as deep as what it offers when nothing else does.
        inside = (inside && line != "            ;;") || cases.iter().any(|case| case == line);
        let line = match inside {
            true if line.starts_with("            if [[ ${cur} == -* ||") => "            if [[ ${cur} == -* ]] ; then",
            true if line == "            COMPREPLY=( $(compgen -W \"${opts}\" -- \"${cur}\") )" => {
                "            COMPREPLY=()"
            }
            _ => line,
        };
        out.push_str(line);
        out.push('\n');
    }
    out
}

fn values(words: impl Iterator<Item = (&'static str, &'static str)>) -> PossibleValuesParser {
    PossibleValuesParser::new(words.map(|(word, help)| {
        let value = PossibleValue::new(word);
        if help.is_empty() { value } else { value.help(help) }
    }))
}
