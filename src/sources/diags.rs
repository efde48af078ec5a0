//! What can be wrong with inputs before anybody looks into them, in words.

mod by_name;
pub(super) mod git;
mod names;
mod wit;

pub use by_name::*;
pub use names::*;
pub use wit::*;

#[cfg(feature = "host")]
use super::file::NotRead;
use crate::diag::{Code, Diagnostic, Source, shell_word};
use crate::model::request::Written;
#[cfg(feature = "host")]
use std::io::ErrorKind;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// C0201: nothing is there.
#[derive(Debug)]
pub struct InputMissing<'a> {
    /// What the user calls it.
    pub origin: &'a str,
    /// Where it was written.
    pub written: Option<&'a Written>,
    /// A file of nearly that name in the same folder.
    pub near: Option<String>,
    /// Whether the folder it should be in exists.
    pub folder_exists: bool,
    /// What it links to, if it is a link.
    pub link: Option<String>,
}

impl From<InputMissing<'_>> for Diagnostic {
    fn from(facts: InputMissing<'_>) -> Self {
        let message = match &facts.link {
            Some(link) => format!("`{}` is a link to `{link}`, which does not exist", facts.origin),
            None => format!("`{}` does not exist", facts.origin),
        };
        let mut diagnostic =
            Diagnostic::new(Code::InputMissing, message).at(facts.written, "not there").fact("input", facts.origin);
        if !facts.folder_exists {
            diagnostic = diagnostic.note("the folder it should be in does not exist either");
        }
        if facts.link.is_some() {
            return diagnostic
                .help(format!("make what it links to, or remove the link: rm {}", shell_word(facts.origin)));
        }
        let parts: Vec<&str> = facts.origin.split(['/', '\\']).collect();
        let target = parts.iter().find(|part| part.starts_with("wasm32-"));
        match (facts.near, target) {
            (Some(near), _) => diagnostic.help(format!("did you mean `{near}`?")),
            (None, Some(target)) => {
                let release = if parts.contains(&"release") { " --release" } else { "" };
                diagnostic.help(format!("cargo build{release} --target {target}"))
            }
            (None, None) => diagnostic,
        }
    }
}

/// C0202: it is there and cannot be read.
#[derive(Debug)]
pub struct InputUnreadable<'a> {
    /// What the user calls it.
    pub origin: &'a str,
    /// Where it was written.
    pub written: Option<&'a Written>,
    /// What the system says.
    pub error: &'a std::io::Error,
}

impl From<InputUnreadable<'_>> for Diagnostic {
    fn from(facts: InputUnreadable<'_>) -> Self {
        let message = format!("`{}` cannot be read: {}", facts.origin, system_words(facts.error));
        let diagnostic = Diagnostic::new(Code::InputUnreadable, message)
            .at(facts.written, "cannot be read")
            .fact("input", facts.origin);
        if facts.error.kind() == std::io::ErrorKind::PermissionDenied {
            diagnostic.help(format!("chmod u+r {}", shell_word(facts.origin)))
        } else {
            diagnostic
        }
    }
}

/// What the system says about an error, as a phrase.
pub(crate) fn system_words(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(feature = "host")]
impl NotRead {
    /// Whether there is nothing at its place.
    pub(crate) fn is_missing(&self) -> bool {
        matches!(self, Self::System(error) if error.kind() == ErrorKind::NotFound)
    }

    /// Why not, as a phrase.
    pub(crate) fn words(&self) -> String {
        match self {
            _ if self.is_missing() => "there is no such file".into(),
            Self::System(error) => system_words(error),
            Self::Special(Special::Pipe) => "it is a pipe, not a file".into(),
            Self::Special(Special::Socket) => "it is a socket, not a file".into(),
            Self::Special(Special::Device) => "it is a device, not a file".into(),
            Self::Special(_) => "it is a folder, not a file".into(),
            Self::NotUtf8 => "it is not UTF-8".into(),
        }
    }
}

/// Something else than what its place asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Special {
    /// A folder in which there is no WIT.
    FolderWithoutWit,
    /// A folder where no folder can be meant.
    Folder,
    /// A folder in which there is no WIT, but there are components.
    FolderOfComponents,
    /// A named pipe.
    Pipe,
    /// A socket.
    Socket,
    /// A device.
    Device,
    /// A pipe or device that gives more than any text has.
    Endless,
    /// A folder in which there is a manifest.
    FolderWithManifest,
    /// A file where a folder is meant.
    NotAFolder,
}

/// C0203: it is no file, or no folder where one is meant.
#[derive(Debug)]
pub struct InputSpecial<'a> {
    /// What the user calls it.
    pub origin: &'a str,
    /// Where it was written.
    pub written: Option<&'a Written>,
    /// What it is.
    pub special: Special,
}

impl From<InputSpecial<'_>> for Diagnostic {
    fn from(facts: InputSpecial<'_>) -> Self {
        let origin = facts.origin;
        let (message, help) = match facts.special {
            Special::FolderWithoutWit => (
                format!("`{origin}` is a folder without WIT in it, not a component"),
                Some(format!("{}/….wasm", origin.trim_end_matches('/'))),
            ),
            Special::Folder => (format!("`{origin}` is a folder, not a file"), None),
            Special::FolderOfComponents => (
                format!("`{origin}` is a folder of components, not a component"),
                Some(format!("--offer {}", shell_word(origin))),
            ),
            Special::Pipe => {
                let help = instead(facts.written, "-", &format!(" < {}", shell_word(origin)));
                (format!("`{origin}` is a pipe, not a file"), help)
            }
            Special::Socket => (format!("`{origin}` is a socket, not a file"), None),
            Special::Device => (format!("`{origin}` is a device, not a file"), instead(facts.written, "-", " < FILE")),
            Special::Endless => (format!("`{origin}` goes on for longer than any text"), None),
            Special::FolderWithManifest => {
                let manifest = format!("{}/compose.toml", origin.trim_end_matches('/'));
                let help = instead(facts.written, &shell_word(&manifest), "");
                (format!("`{origin}` is a folder with a manifest in it, not a component"), help)
            }
            Special::NotAFolder => (
                format!("`{origin}` is not a folder, so nothing in it can be on offer"),
                Some(format!("name it as a component, without `--offer`: `{}`", shell_word(origin))),
            ),
        };
        let diagnostic = Diagnostic::new(Code::InputSpecial, message)
            .at(facts.written, if facts.special == Special::NotAFolder { "not a folder" } else { "not a file" })
            .fact("input", facts.origin);
        match help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}

/// The command line with another word in the place of one that stands in it, and what comes behind it.
fn instead(written: Option<&Written>, word: &str, behind: &str) -> Option<String> {
    let (source, span) = written?.at.as_ref()?;
    let (before, after) = (source.text.get(..span.start)?, source.text.get(span.end..)?);
    let quote = before.ends_with('\'') && after.starts_with('\'');
    let (before, after) = if quote { (&before[..before.len() - 1], &after[1..]) } else { (before, after) };
    source.is_command_line().then(|| format!("{before}{word}{after}{behind}"))
}

/// C0204: WebAssembly text that cannot be read.
#[derive(Debug)]
pub struct WatSyntax<'a> {
    /// The text.
    pub source: &'a Arc<Source>,
    /// Where.
    pub span: Range<usize>,
    /// What the reader says.
    pub message: &'a str,
}

impl From<WatSyntax<'_>> for Diagnostic {
    fn from(facts: WatSyntax<'_>) -> Self {
        let (fault, expected) = match facts.message.split_once(", expected one of: ") {
            Some((fault, expected)) => (fault, Some(expected)),
            None => (facts.message, None),
        };
        let message = format!("`{}` is not valid WebAssembly text: {fault}", facts.source.name);
        let diagnostic = Diagnostic::new(Code::WatSyntax, message)
            .label(facts.source, facts.span, "here")
            .fact("input", &facts.source.name);
        match expected {
            Some(expected) => diagnostic.note(format!("expected one of {expected}")),
            None => diagnostic,
        }
    }
}

/// C0206: two inputs were given one name.
#[derive(Debug)]
pub struct DuplicateInputName<'a> {
    /// The name.
    pub name: &'a str,
    /// The first input: what the user calls it, and where its name was written.
    pub first: (&'a str, &'a Written),
    /// The second input.
    pub second: (&'a str, &'a Written),
}

impl From<DuplicateInputName<'_>> for Diagnostic {
    fn from(facts: DuplicateInputName<'_>) -> Self {
        let (name, first, second) = (facts.name, facts.first.0, facts.second.0);
        let message = format!("`{first}` and `{second}` are both named `{name}`");
        let mut diagnostic =
            Diagnostic::new(Code::DuplicateInputName, message).at(facts.second.1, "the same name again");
        diagnostic = diagnostic.at(facts.first.1, "first here");
        diagnostic
            .help(shell_word(&format!("{name}-2={second}")))
            .fact("name", name)
            .fact("first", first)
            .fact("second", second)
    }
}

/// C0207: an input changed under our hands.
#[derive(Debug)]
pub struct InputChanged<'a> {
    /// What the user calls it.
    pub origin: &'a str,
    /// Whether it was while its bytes were read; otherwise since.
    pub while_reading: bool,
}

impl From<InputChanged<'_>> for Diagnostic {
    fn from(facts: InputChanged<'_>) -> Self {
        let when = if facts.while_reading { "while it was read" } else { "after it was read" };
        Diagnostic::new(Code::InputChanged, format!("`{}` changed {when}", facts.origin))
            .note("nothing was written: what is checked must be what is written")
            .help("run it again when the build that writes this file is done")
            .fact("input", facts.origin)
    }
}

/// C0208: a name given on the command line breaks the rules.
#[derive(Debug)]
pub struct IllegalInputName<'a> {
    /// The name.
    pub name: &'a Written,
    /// The input.
    pub origin: &'a str,
    /// A legal name near to it.
    pub legal: String,
}

impl From<IllegalInputName<'_>> for Diagnostic {
    fn from(facts: IllegalInputName<'_>) -> Self {
        let message = format!("`{}` is not a legal name for `{}`", facts.name.text, facts.origin);
        Diagnostic::new(Code::IllegalInputName, message)
            .at(facts.name, "not a legal name")
            .note("a name is words of letters and digits, begun by a letter, joined by `-`")
            .help(shell_word(&format!("{}={}", facts.legal, facts.origin)))
            .fact("name", &facts.name.text)
    }
}

/// C0209: standard input for two inputs.
#[derive(Debug)]
pub struct StdinTwice<'a> {
    /// The second place where it was asked for.
    pub written: &'a Written,
}

impl From<StdinTwice<'_>> for Diagnostic {
    fn from(facts: StdinTwice<'_>) -> Self {
        let message = "standard input is given as two inputs, but can be read only once";
        Diagnostic::new(Code::StdinTwice, message).at(facts.written, "again").help("give one of them as a file")
    }
}

/// C0210: nothing is on offer in an offered folder.
#[derive(Debug)]
pub struct NothingOffered<'a> {
    /// The folder as the user wrote it.
    pub written: &'a Written,
    /// A folder in it that has components, if there is one.
    pub deeper: Option<String>,
}

impl From<NothingOffered<'_>> for Diagnostic {
    fn from(facts: NothingOffered<'_>) -> Self {
        let folder = &facts.written.text;
        let message = format!("the offered folder `{folder}` has no `.wasm` or `.wat` file in it");
        let diagnostic = Diagnostic::new(Code::NothingOffered, message)
            .at(facts.written, "nothing on offer")
            .note("folders inside of it are not looked into")
            .fact("folder", folder);
        match facts.deeper {
            Some(deeper) => {
                let deeper = Path::new(folder).join(deeper).display().to_string();
                diagnostic.help(format!("--offer {}", shell_word(&deeper)))
            }
            None => diagnostic,
        }
    }
}

/// C0213: a text with bytes that are no UTF-8.
#[derive(Debug)]
pub struct TextNotUtf8<'a> {
    /// What the user calls the file.
    pub origin: &'a str,
    /// Where it was written.
    pub written: Option<&'a Written>,
    /// The line of the first such byte.
    pub line: usize,
    /// The byte.
    pub byte: u8,
}

impl From<TextNotUtf8<'_>> for Diagnostic {
    fn from(facts: TextNotUtf8<'_>) -> Self {
        let message =
            format!("`{}` is not UTF-8 text: line {} has the byte 0x{:02x}", facts.origin, facts.line, facts.byte);
        Diagnostic::new(Code::TextNotUtf8, message).at(facts.written, "not UTF-8").fact("input", facts.origin)
    }
}

/// C0214: larger than a component can be.
#[derive(Debug)]
pub struct InputTooLarge<'a> {
    /// What the user calls it.
    pub origin: &'a str,
    /// Where it was written.
    pub written: Option<&'a Written>,
    /// Its size in bytes.
    pub size: u64,
    /// Whether it is to be embedded; otherwise it is only looked into.
    pub embedded: bool,
}

impl From<InputTooLarge<'_>> for Diagnostic {
    fn from(facts: InputTooLarge<'_>) -> Self {
        let message = format!("`{}` is too large: {} bytes", facts.origin, facts.size);
        let note = match facts.embedded {
            true => "a component of more than 4 GiB cannot be embedded: the format counts its bytes in 32 bits",
            false => "executables of more than 4 GiB are not looked into",
        };
        Diagnostic::new(Code::InputTooLarge, message)
            .at(facts.written, "too large")
            .note(note)
            .fact("input", facts.origin)
    }
}
