//! What can be wrong with the place an output goes to.

use crate::diag::{Code, Diagnostic};
use crate::model::request::Written;
use std::io;

/// The output is one of the inputs.
pub(super) struct OutputIsInput<'a> {
    pub output: &'a Written,
    pub input: &'a str,
}

/// The output is a folder, a device or the like.
pub(super) struct OutputIsSpecial<'a> {
    pub output: &'a Written,
    pub folder: bool,
}

/// The folder of the output does not exist.
pub(super) struct MissingFolder<'a> {
    pub output: &'a Written,
    pub folder: &'a str,
}

/// The system refused.
pub(super) struct NotWritten<'a> {
    pub output: &'a str,
    pub at: Option<&'a Written>,
    pub error: &'a io::Error,
}

/// A component would go to a terminal.
pub(super) struct ToTerminal;

fn labelled(diagnostic: Diagnostic, written: Option<&Written>, text: &str) -> Diagnostic {
    match written.and_then(|written| written.at.as_ref()) {
        Some((source, span)) => diagnostic.label(source, span.clone(), text),
        None => diagnostic,
    }
}

impl From<OutputIsInput<'_>> for Diagnostic {
    fn from(OutputIsInput { output, input }: OutputIsInput<'_>) -> Self {
        let diagnostic = Self::new(Code::OutputIsInput, format!("the output `{}` is also an input", output.text))
            .fact("output", &output.text)
            .fact("input", input)
            .help("choose another name with `--output`");
        let diagnostic = if input == output.text {
            diagnostic
        } else {
            diagnostic.note(format!("it is the same file as the input `{input}`"))
        };
        labelled(diagnostic, Some(output), "this file is read as an input")
    }
}

impl From<OutputIsSpecial<'_>> for Diagnostic {
    fn from(OutputIsSpecial { output, folder }: OutputIsSpecial<'_>) -> Self {
        let what = if folder { "a folder" } else { "no regular file" };
        let diagnostic = Self::new(Code::OutputIsSpecial, format!("the output `{}` is {what}", output.text))
            .fact("output", &output.text)
            .help(if folder {
                format!("name a file in it: `--output {}/app.wasm`", output.text.trim_end_matches('/'))
            } else {
                "name a file, or `-` for standard output".to_owned()
            });
        labelled(diagnostic, Some(output), "not a place for a file")
    }
}

impl From<MissingFolder<'_>> for Diagnostic {
    fn from(MissingFolder { output, folder }: MissingFolder<'_>) -> Self {
        let message = format!("the folder of the output `{}` does not exist", output.text);
        let diagnostic = Self::new(Code::MissingOutputFolder, message)
            .fact("output", &output.text)
            .fact("folder", folder)
            .help(format!("mkdir -p {folder}"));
        labelled(diagnostic, Some(output), "no such folder")
    }
}

impl From<NotWritten<'_>> for Diagnostic {
    fn from(NotWritten { output, at, error }: NotWritten<'_>) -> Self {
        let diagnostic = Self::new(Code::OutputNotWritten, format!("the output `{output}` could not be written"))
            .fact("output", output)
            .note(format!("the system says: {error}"))
            .note("what was there before is still there");
        labelled(diagnostic, at, "not written")
    }
}

impl From<ToTerminal> for Diagnostic {
    fn from(_: ToTerminal) -> Self {
        Self::new(Code::OutputIsTerminal, "standard output is a terminal")
            .help("send it to a file or a pipe, or name a file with `--output`")
    }
}
