//! `compose init --from`: another language's document as a `compose.toml` that composes the same.
//!
//! Components are only looked for, not read: whether they fit is for `compose check` to say, on the manifest as on the
//! document. A manifest that is there already is never replaced.

use super::init::Init;
use crate::cli::front::Front;
use crate::cli::grammar::NamedFile;
use crate::cli::shell::Shell;
use crate::cli::usage;
use crate::emit::write::{Protected, Target, write};
use crate::manifest::write::{NotWritable, to_toml};
use crate::model::request::{Input, InputFrom, Written};
use crate::sources;
use clap::error::ErrorKind;
use std::path::{Component, Path, PathBuf};

pub(super) fn run(args: &Init, shell: &Shell) -> Result<u8, clap::Error> {
    let mut sink = shell.sink();
    let front = Front::new(args.from.clone(), &args.packages, args.root_file.as_ref().map(root));
    if front.is_manifest() {
        let text = format!("`{}` is neither a `.wac` document nor YAML (`.yml`, `.yaml`)", args.from.display());
        return Err(usage(ErrorKind::InvalidValue, text));
    }
    let output = Path::new(&args.output);
    if args.output != "-" && output.exists() {
        let text = format!("`{}` is there already: say with `-o` where to write, or move it away", args.output);
        return Err(usage(ErrorKind::ValueValidation, text));
    }
    let Some(request) = front.read(&mut sink) else { return Ok(shell.report(&sink)) };
    let located = sources::located(&request, &mut sink);
    if sink.has_errors() {
        return Ok(shell.report(&sink));
    }
    let folder = if args.output == "-" { Path::new("") } else { output.parent().unwrap_or(Path::new("")) };
    let manifest = match to_toml(&located, &|path| relative(path, folder)) {
        Ok(manifest) => manifest,
        Err(NotWritable::NotAFile(origin) | NotWritable::NotFound(origin)) => {
            return Err(usage(ErrorKind::InvalidValue, format!("`{origin}` is in no file that a manifest could name")));
        }
    };
    let target = match args.output.as_str() {
        "-" => Target::Stdout,
        file => Target::File { path: PathBuf::from(file), written: Written::new(file), make_folders: false },
    };
    let from = args.from.display().to_string();
    let protected = Protected { files: &[(&from, args.from.as_path())], offers: &[] };
    let written = write([manifest.as_bytes()], &target, protected, &mut sink);
    let status = shell.report(&sink);
    if written.is_some() && args.output != "-" {
        shell.note(&format!("wrote {}, which says what {from} says\n", args.output));
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

/// A path as the manifest in a folder calls it; both are meant from where compose works.
fn relative(path: &Path, folder: &Path) -> String {
    let parts = |path: &Path| -> Vec<String> {
        let here = |part: &Component<'_>| !matches!(part, Component::CurDir);
        path.components().filter(here).map(|part| part.as_os_str().to_string_lossy().into_owned()).collect()
    };
    let (to, from) = (parts(path), parts(folder));
    let same = to.iter().zip(&from).take_while(|(a, b)| a == b).count();
    let climbs = from[same..].iter().any(|part| part == "..");
    if path.is_absolute() != folder.is_absolute() || climbs {
        let here = std::env::current_dir().unwrap_or_default();
        return here.join(path).display().to_string();
    }
    let up = from[same..].iter().map(|_| "..".to_owned());
    up.chain(to[same..].iter().cloned()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_called_from_the_folder_of_the_manifest() {
        for (path, folder, called) in [
            ("deps/kv.wasm", "", "deps/kv.wasm"),
            ("./deps/kv.wasm", ".", "deps/kv.wasm"),
            ("deps/kv.wasm", "out", "../deps/kv.wasm"),
            ("out/kv.wasm", "out", "kv.wasm"),
            ("../kv.wasm", "out/more", "../../../kv.wasm"),
        ] {
            assert_eq!(relative(Path::new(path), Path::new(folder)), called);
        }
    }
}
