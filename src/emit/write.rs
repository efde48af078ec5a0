//! Output that is either the old file or the new one, never a part of one.
//!
//! The bytes go to a temporary file beside the target (`.compose-XXXXXX.tmp`), which then takes its name. Whatever stops
//! the writing (a full disk, a signal, a crash) leaves the older output as it was; only a kill that cannot be caught can
//! leave the temporary file behind. Nothing is written over an input.

use super::diags::{MissingFolder, NotWritten, OutputIsInput, OutputIsSpecial, ToTerminal};
use crate::diag::Sink;
use crate::model::request::Written;
use std::fs::{self, File};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Where output goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Standard output.
    Stdout,
    /// A file.
    File {
        /// As the user wrote it.
        written: Written,
        /// Where that is.
        path: PathBuf,
        /// Whether folders on the way may be made; only for a place that the user did not name.
        make_folders: bool,
    },
}

/// Writes pieces one after the other. `inputs` are the files that must not be written over: what the user calls each,
/// and where it is. `None` if it failed; the sink says why.
pub fn write<'a>(
    pieces: impl Iterator<Item = &'a [u8]>,
    target: &Target,
    inputs: &[(&str, &Path)],
    sink: &mut Sink,
) -> Option<()> {
    match target {
        Target::Stdout => {
            let mut stdout = io::stdout().lock();
            let is_terminal = stdout.is_terminal();
            to_stdout(pieces, &mut stdout, is_terminal, sink)
        }
        Target::File { written, path, make_folders } => {
            if let Some((origin, _)) = inputs.iter().find(|(_, input)| same_file(input, path)) {
                sink.report(OutputIsInput { output: written, input: origin });
                return None;
            }
            to_file(pieces, written, path, *make_folders, sink)
        }
    }
}

fn to_stdout<'a>(
    mut pieces: impl Iterator<Item = &'a [u8]>,
    stdout: &mut impl Write,
    is_terminal: bool,
    sink: &mut Sink,
) -> Option<()> {
    if is_terminal {
        sink.report(ToTerminal);
        return None;
    }
    let result = pieces.try_for_each(|piece| stdout.write_all(piece)).and_then(|()| stdout.flush());
    result.map_err(|error| sink.report(NotWritten { output: "<stdout>", at: None, error: &error })).ok()
}

fn to_file<'a>(
    pieces: impl Iterator<Item = &'a [u8]>,
    written: &Written,
    path: &Path,
    make_folders: bool,
    sink: &mut Sink,
) -> Option<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let old = fs::metadata(path).ok();
    if let Some(old) = &old
        && !old.is_file()
    {
        sink.report(OutputIsSpecial { output: written, folder: old.is_dir() });
        return None;
    }
    if make_folders && let Err(error) = fs::create_dir_all(folder) {
        sink.report(NotWritten { output: &written.text, at: Some(written), error: &error });
        return None;
    }
    if !folder.is_dir() {
        sink.report(MissingFolder { output: written, folder: &folder.display().to_string() });
        return None;
    }
    // A link is followed, so that the file it leads to is replaced and not the link.
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    replace(pieces, &real, real.parent().unwrap_or(folder), old.as_ref())
        .map_err(|error| sink.report(NotWritten { output: &written.text, at: Some(written), error: &error }))
        .ok()
}

fn replace<'a>(
    mut pieces: impl Iterator<Item = &'a [u8]>,
    path: &Path,
    folder: &Path,
    old: Option<&fs::Metadata>,
) -> io::Result<()> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".compose-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // What any new file gets; the umask takes its part away.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut temporary = builder.tempfile_in(folder)?;
    pieces.try_for_each(|piece| temporary.write_all(piece))?;
    temporary.flush()?;
    if let Some(old) = old {
        if old.permissions().readonly() {
            return Err(io::Error::from(io::ErrorKind::PermissionDenied));
        }
        temporary.as_file().set_permissions(old.permissions())?;
    }
    temporary.persist(path).map(|_: File| ()).map_err(|error| error.error)
}

/// Whether two paths lead to one file.
fn same_file(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one_path), Ok(other_path)) => one_path == other_path || same_inode(&one_path, &other_path),
        _ => false,
    }
}

#[cfg(unix)]
fn same_inode(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (fs::metadata(one), fs::metadata(other)) {
        (Ok(one), Ok(other)) => one.dev() == other.dev() && one.ino() == other.ino(),
        _ => false,
    }
}

#[cfg(not(unix))]
fn same_inode(_: &Path, _: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

    fn target(path: &Path) -> Target {
        Target::File { written: Written::new("out.wasm"), path: path.into(), make_folders: false }
    }

    fn codes(sink: &Sink) -> Vec<Code> {
        sink.diagnostics().iter().map(|diagnostic| diagnostic.code).collect()
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8")).collect()
    }

    #[test]
    fn pieces_arrive_in_order_and_replace_what_was_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("out.wasm");
        for round in ["one", "two"] {
            let mut sink = Sink::default();
            let pieces = [round.as_bytes(), b"-", b"end"];
            let done = write(pieces.into_iter(), &target(&path), &[], &mut sink);
            assert_eq!((done, codes(&sink)), (Some(()), vec![]));
            assert_eq!(fs::read_to_string(&path).expect("it was written"), format!("{round}-end"));
            assert_eq!(names(folder.path()), ["out.wasm"]);
        }
    }

    #[test]
    fn a_terminal_is_spared_and_a_pipe_is_not() {
        for (is_terminal, expected) in [(true, vec![Code::OutputIsTerminal]), (false, vec![])] {
            let (mut stdout, mut sink) = (Vec::new(), Sink::default());
            let done = to_stdout([&b"bytes"[..]].into_iter(), &mut stdout, is_terminal, &mut sink);
            assert_eq!((done.is_none(), codes(&sink)), (is_terminal, expected));
            assert_eq!(stdout.is_empty(), is_terminal);
        }
    }

    #[test]
    fn an_input_is_never_written_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("out.wasm");
        fs::write(&path, "input").expect("writes");
        let link = folder.path().join("linked.wasm");
        fs::hard_link(&path, &link).expect("links");
        for input in
            [path.clone(), link, folder.path().join("../").join(folder.path().file_name().unwrap()).join("out.wasm")]
        {
            let mut sink = Sink::default();
            let inputs = [("input.wasm", input.as_path())];
            assert_eq!(write([&b"x"[..]].into_iter(), &target(&path), &inputs, &mut sink), None);
            assert_eq!(codes(&sink), [Code::OutputIsInput]);
        }
        assert_eq!(fs::read_to_string(&path).expect("still there"), "input");
    }

    #[test]
    fn what_fails_half_way_leaves_the_older_output() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("out.wasm");
        fs::write(&path, "older").expect("writes");
        let mut temporary = None;
        let pieces = (0..3).map(|number| {
            temporary = names(folder.path()).into_iter().find(|name| name.starts_with(".compose-"));
            if number == 2 {
                panic!("stopped half way");
            }
            &b"part"[..]
        });
        let stopped = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            write(pieces, &target(&path), &[], &mut Sink::default())
        }));
        assert!(stopped.is_err());
        assert!(temporary.is_some(), "it was written beside the target");
        assert_eq!(fs::read_to_string(&path).expect("still there"), "older");
        assert_eq!(names(folder.path()), ["out.wasm"]);
    }

    #[test]
    fn folders_and_missing_folders_are_no_place_for_a_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut sink = Sink::default();
        let mut attempt = |path: &Path| {
            assert_eq!(write([&b"x"[..]].into_iter(), &target(path), &[], &mut sink), None);
        };
        attempt(folder.path());
        attempt(&folder.path().join("none/out.wasm"));
        assert_eq!(codes(&sink), [Code::OutputIsSpecial, Code::MissingOutputFolder]);
        let path = folder.path().join("a/b/out.wasm");
        let target = Target::File { written: Written::new("out.wasm"), path: path.clone(), make_folders: true };
        let mut sink = Sink::default();
        assert_eq!(write([&b"x"[..]].into_iter(), &target, &[], &mut sink), Some(()));
        assert_eq!(fs::read(&path).expect("it was written"), b"x");
    }

    #[cfg(unix)]
    #[test]
    fn a_new_file_is_as_readable_as_any_and_an_old_one_stays_as_it_was() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        let (path, plain) = (folder.path().join("out.wasm"), folder.path().join("plain"));
        fs::write(&plain, "").expect("writes");
        let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
        let write = |path: &Path| {
            let done = write([&b"x"[..]].into_iter(), &target(path), &[], &mut Sink::default());
            assert_eq!(done, Some(()));
        };
        write(&path);
        assert_eq!(mode(&path), mode(&plain));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("it is ours");
        write(&path);
        assert_eq!(mode(&path), 0o640);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_may_not_be_written_is_left_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("out.wasm");
        fs::write(&path, "older").expect("writes");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("it is ours");
        let mut sink = Sink::default();
        assert_eq!(write([&b"x"[..]].into_iter(), &target(&path), &[], &mut sink), None);
        assert_eq!(codes(&sink), [Code::OutputNotWritten]);
        assert_eq!(fs::read_to_string(&path).expect("still there"), "older");
        assert_eq!(names(folder.path()), ["out.wasm"]);
    }
}
