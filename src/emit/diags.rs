//! What can be wrong with the place an output goes to, and with writing it, in words.

use crate::diag::{Code, Diagnostic, option, shell_word};
use crate::model::request::Written;
use crate::sources::diags::system_words;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

/// What an output would overwrite or become.
#[derive(Debug, Clone, Copy)]
pub enum Overlap<'a> {
    /// A file that was read.
    File(&'a str),
    /// A component in an offered folder.
    Offer(&'a str),
    /// A text in a folder of WIT.
    Wit(&'a str),
}

/// C0701: the output is one of the inputs, or would be in the next run.
#[derive(Debug)]
pub struct OutputIsInput<'a> {
    /// The output.
    pub output: &'a Written,
    /// What it meets.
    pub overlap: Overlap<'a>,
    /// The option that names it, if one does alone.
    pub option: &'static str,
}

/// A name for what an option writes.
fn file_for(option: &str) -> &'static str {
    match option {
        "--lock" => "compose.contracts.lock",
        _ => "composed.wasm",
    }
}

impl From<OutputIsInput<'_>> for Diagnostic {
    fn from(OutputIsInput { output, overlap, option: by }: OutputIsInput<'_>) -> Self {
        let name = &output.text;
        let (message, note, input) = match overlap {
            Overlap::File(input) => {
                let note = (input != name).then(|| format!("it is the same file as the input `{input}`"));
                (format!("the output `{name}` is also an input"), note, input)
            }
            Overlap::Offer(folder) => (
                format!("the output `{name}` lies in the offered folder `{folder}`"),
                Some("the next run would take it for a component on offer".to_owned()),
                folder,
            ),
            Overlap::Wit(folder) => (
                format!("the output `{name}` lies in the folder `{folder}`, which was read as WIT"),
                Some("the next run would read it as a part of the package".to_owned()),
                folder,
            ),
        };
        let place = match overlap {
            Overlap::File(_) | Overlap::Wit(_) => Path::new(name).with_file_name(file_for(by)),
            // Next to the offered folder; the folder itself must stay free of results.
            Overlap::Offer(folder) => Path::new(folder).with_file_name("composed.wasm"),
        };
        let mut diagnostic = Self::new(Code::OutputIsInput, message).fact("output", name).fact("input", input);
        if let Some(note) = note {
            diagnostic = diagnostic.note(note);
        }
        // Only of a component is it known which option made it.
        let is_component = Path::new(name).extension().is_none_or(|ending| ending != "wit" && ending != "toml");
        let diagnostic = match is_component && !by.is_empty() {
            true => diagnostic.help(format!("write to another place: {}", option(by, &place.display().to_string()))),
            false => diagnostic.help("write to another place"),
        };
        diagnostic.at(output, "read as an input")
    }
}

/// C0702: a folder is in the place of the output.
#[derive(Debug)]
pub struct OutputIsSpecial<'a> {
    /// The output.
    pub output: &'a Written,
    /// Whether it is a folder; otherwise a socket or the like.
    pub folder: bool,
    /// The option that names it, if one does alone.
    pub option: &'static str,
}

impl From<OutputIsSpecial<'_>> for Diagnostic {
    fn from(OutputIsSpecial { output, folder, option: by }: OutputIsSpecial<'_>) -> Self {
        let what = if folder { "a folder" } else { "no file" };
        let diagnostic = Self::new(Code::OutputIsSpecial, format!("the output `{}` is {what}", output.text))
            .fact("output", &output.text)
            .help(if folder && by.is_empty() {
                "name a file in it".to_owned()
            } else if folder {
                let name = if by == "--lock" { file_for(by) } else { "app.wasm" };
                let file = format!("{}/{name}", output.text.trim_end_matches('/'));
                format!("name a file in it: {}", option(by, &file))
            } else {
                "name a file, or `-` for standard output".to_owned()
            });
        diagnostic.at(output, "not a place for a file")
    }
}

/// C0703: the folder of the output does not exist.
#[derive(Debug)]
pub struct MissingFolder<'a> {
    /// The output.
    pub output: &'a Written,
    /// Its folder.
    pub folder: &'a Path,
}

impl From<MissingFolder<'_>> for Diagnostic {
    fn from(MissingFolder { output, folder }: MissingFolder<'_>) -> Self {
        let message = format!("the folder of the output `{}` does not exist", output.text);
        let folder = folder.display().to_string();
        let diagnostic = Self::new(Code::MissingOutputFolder, message)
            .fact("output", &output.text)
            .fact("folder", &folder)
            .help(format!("mkdir -p {}", shell_word(&folder)));
        diagnostic.at(output, "no such folder")
    }
}

/// Why an output was not written.
#[derive(Debug, Clone, Copy)]
pub enum Why<'a> {
    /// An older output is marked as read-only.
    ReadOnly,
    /// The system refused before there was anything to take back, or all of it was taken back.
    Refused(&'a Error),
    /// A stream broke, from which nothing can be taken back.
    Broken(&'a Error),
}

/// C0704: the output could not be written.
#[derive(Debug)]
pub struct NotWritten<'a> {
    /// The output.
    pub output: &'a Written,
    /// Why.
    pub why: Why<'a>,
}

impl From<NotWritten<'_>> for Diagnostic {
    fn from(NotWritten { output, why }: NotWritten<'_>) -> Self {
        let name = &output.text;
        let message = match why {
            Why::ReadOnly => format!("the output `{name}` is there already and read-only"),
            Why::Refused(error) | Why::Broken(error) => {
                format!("the output `{name}` could not be written: {}", system_words(error))
            }
        };
        let diagnostic = Self::new(Code::OutputNotWritten, message).fact("output", name);
        let diagnostic = diagnostic.note(match why {
            Why::Broken(_) => "what came out before that is not a whole component",
            Why::ReadOnly | Why::Refused(_) => "nothing is there in part, and an older output is as it was",
        });
        let help = match why {
            Why::ReadOnly => Some(format!("chmod u+w {}", shell_word(name))),
            Why::Refused(error) | Why::Broken(error) => match error.kind() {
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Some("make room on the disk".into()),
                ErrorKind::FileTooLarge => Some("ulimit -f unlimited".into()),
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                    Some("write to a folder that you may write to".into())
                }
                _ => None,
            },
        };
        let diagnostic = diagnostic.at(output, "not written");
        match help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}

/// C0705: a component would go to a terminal.
#[derive(Debug)]
pub struct ToTerminal;

impl From<ToTerminal> for Diagnostic {
    fn from(_: ToTerminal) -> Self {
        Self::new(Code::OutputIsTerminal, "standard output is a terminal, and a component is not text")
            .help("send it to a file or a pipe, or name a file with `--output`")
    }
}

/// C0706: the component is valid, and the decoder of WIT cannot describe it.
pub(super) struct NoWitForm<'a> {
    pub error: &'a str,
}

impl From<NoWitForm<'_>> for Diagnostic {
    fn from(NoWitForm { error }: NoWitForm<'_>) -> Self {
        Self::new(Code::NoWitForm, "the result cannot be written as WIT")
            .note(format!("the component itself is valid; the decoder of WIT says: {error}"))
            .note("nothing was written")
            .help("leave out `--emit wit`; `--emit wat` shows every component")
    }
}

/// C0707: names that make has no spelling for.
#[derive(Debug)]
pub struct DepfileLacks<'a> {
    /// The names.
    pub left_out: &'a [PathBuf],
    /// The output that the depfile is for.
    pub output: &'a Path,
}

impl From<DepfileLacks<'_>> for Diagnostic {
    fn from(DepfileLacks { left_out, output }: DepfileLacks<'_>) -> Self {
        let name = |path: &Path| path.display().to_string();
        let message = match left_out {
            [one] => format!("`{}` cannot stand in a depfile and is left out", name(one)),
            more => format!("{} names cannot stand in a depfile and are left out", more.len()),
        };
        let mut diagnostic = Self::new(Code::DepfileLacks, message);
        for path in left_out {
            diagnostic = diagnostic.fact("file", name(path));
        }
        if let [_, _, ..] = left_out {
            let names: Vec<String> = left_out.iter().map(|path| format!("`{}`", name(path))).collect();
            diagnostic = diagnostic.note(names.join(", "));
        }
        let what = match left_out.iter().any(|path| path == output) {
            true => "it is the output, so the depfile says nothing of what the output is made from",
            false => "a build that reads the depfile does not notice when that file changes",
        };
        diagnostic
            .note("make has no spelling for names with newlines, tabs, `;`, `=` or `|`, that begin with `~` or end with a space, `&` or a word in parentheses")
            .note(what)
            .help("give it another name")
    }
}

/// What was made cannot be read back for printing.
pub(super) struct NotPrintable<'a> {
    pub error: &'a str,
}

impl From<NotPrintable<'_>> for Diagnostic {
    fn from(NotPrintable { error }: NotPrintable<'_>) -> Self {
        Self::new(Code::Internal, "the component cannot be printed as text").note(error.to_owned())
    }
}
