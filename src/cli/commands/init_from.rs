//! `compose init --from`: another language's document as a `compose.toml` that composes the same.
//!
//! Components are only looked for and read: whether they fit is for `compose check` to say, on the manifest as on the
//! document. Options that say more of the composition are written down with it.

use super::init::{Init, from_folder};
use crate::cli::front::Front;
use crate::cli::grammar::NamedFile;
use crate::cli::request::CommandLine;
use crate::cli::shell::Shell;
use crate::cli::{plan_text, usage};
use crate::emit::write::{Protected, Target, write};
use crate::manifest::write::Text;
use crate::model::request::{Input, InputFrom, Request, Written};
use crate::sources;
use clap::error::ErrorKind;
use std::path::{Path, PathBuf};

pub(super) fn run(
    args: &Init,
    from: &Path,
    line: &CommandLine<'_>,
    output: &Written,
    shell: &Shell,
) -> Result<u8, clap::Error> {
    let mut sink = shell.sink();
    let name = plan_text::one_line(&from.display().to_string());
    let root = args.root_file.as_ref().map(root);
    let front = Front::new(from.to_owned(), &args.composition, line, root);
    if front.is_manifest() {
        let text = format!("`{name}` is neither a `.wac` document nor YAML (`.yml`, `.yaml`)");
        return Err(usage(ErrorKind::InvalidValue, text));
    }
    let Some(mut request) = front.read(&mut sink) else { return Ok(shell.report(&sink)) };
    line.apply(&mut request).map_err(|error| usage(ErrorKind::ValueValidation, error))?;
    let located = sources::located(&request, &mut sink);
    // What cannot be read would be left out without a word.
    if !sink.has_errors() {
        sources::load(&located, &mut sink);
    }
    if sink.has_errors() {
        return Ok(shell.report(&sink));
    }
    let folder = Path::new(&output.text).parent().filter(|_| output.text != "-").unwrap_or(Path::new(""));
    let mut text = Text::of(&as_in_manifest(&located, folder)?);
    text.above("composition", &format!("Written by `compose init --from {name}`."));
    let text = text.finish();
    if output.text == "-" {
        shell.out(&text);
        return Ok(shell.report(&sink));
    }
    let target = Target::File {
        path: PathBuf::from(&output.text),
        written: output.clone(),
        make_folders: false,
        option: "--output",
    };
    let protected = Protected { files: &[(&name, from)], ..Protected::default() };
    let written = write([text.as_bytes()], &target, protected, &mut sink);
    let status = shell.report(&sink);
    if written.is_some() {
        shell.note(&format!("wrote {}, which says what {name} says\n", plan_text::one_line(&output.text)));
    }
    Ok(status)
}

fn root(file: &NamedFile) -> Input {
    let written = Written::new(&file.word[file.file.clone()]);
    let path = PathBuf::from(&written.text);
    Input {
        name: file.name.clone().map(|name| Written::new(&file.word[name])),
        from: InputFrom::Path { written, path },
    }
}

/// The request with every path as the manifest has to say it.
fn as_in_manifest(request: &Request, folder: &Path) -> Result<Request, clap::Error> {
    let mut request = request.clone();
    let called = |path: &Path| from_folder(&path.display().to_string(), folder).map(Written::new);
    for input in &mut request.inputs {
        if let InputFrom::Path { written, path } = &mut input.from {
            *written = called(path)?;
        }
    }
    for wit in &mut request.wit {
        wit.written = called(&wit.path)?;
    }
    for offer in &mut request.offers {
        offer.written = called(&offer.path)?;
    }
    if let Some(world) = &mut request.world {
        world.written = called(&world.path)?;
    }
    Ok(request)
}
