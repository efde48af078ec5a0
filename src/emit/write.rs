//! Output that is either the old file or the new one, never a part of one.
//!
//! The bytes go to a file of its own in the same folder ([`super::unfinished`]), which then takes the place of the output
//! in one step. On any failure nothing of it stays and what was there before is untouched. For signals that can be caught,
//! a handler may call [`discard_unfinished`] before it ends the process; this module installs none, since it may run inside
//! of others.
//!
//! Writing is begun, which can be taken back, and finished: so it may go on while the bytes are still being verified, and
//! of several outputs none takes its place before all can.
//!
//! The room for new bytes is taken before they replace older ones, because some file systems report a full disk only
//! when they get round to writing; where room cannot be taken, the bytes are brought to the disk instead. Where nothing is
//! replaced there is nothing to lose, and the time is saved.

use super::diags::{NotWritten, Why};
use super::place::{Place, folder_of};
pub use super::place::{Protected, Target};
use super::unfinished::{self, Unfinished};
use crate::diag::Sink;
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Writes pieces one after the other, as the whole content of the target. `None` if it failed; the sink says why.
pub fn write<'a>(
    pieces: impl IntoIterator<Item = &'a [u8]> + Clone,
    target: &Target,
    protected: Protected<'_>,
    sink: &mut Sink,
) -> Option<()> {
    begin(pieces.clone(), target, protected, sink)?.finish(pieces, sink)
}

/// An output before anybody sees it: all of a file's bytes are on the disk and have no name, of a stream there are none.
/// If it is dropped, nothing of it stays.
#[derive(Debug)]
pub struct Begun<'t> {
    target: &'t Target,
    place: Place,
    unfinished: Option<Unfinished>,
}

/// Does all of the writing that can be taken back. `None` if it failed; the sink says why.
pub fn begin<'a, 't>(
    pieces: impl IntoIterator<Item = &'a [u8]>,
    target: &'t Target,
    protected: Protected<'_>,
    sink: &mut Sink,
) -> Option<Begun<'t>> {
    let place = target.judge(protected, sink)?;
    let unfinished = match &place {
        Place::File(path) => match unfinished(path, pieces) {
            Ok(unfinished) => Some(unfinished),
            Err(error) => {
                sink.report(NotWritten { output: &target.written(), why: Why::Refused(&error) });
                return None;
            }
        },
        Place::Stdout | Place::Stream(_) => None,
    };
    Some(Begun { target, place, unfinished })
}

impl Begun<'_> {
    /// Whether it is a device or a pipe, which may fail at any byte and cannot be taken back.
    pub fn is_stream(&self) -> bool {
        !matches!(self.place, Place::File(_))
    }

    /// Makes a file one that can be executed by whoever can read it. `None` if it failed; the sink says why.
    pub fn executable(self, sink: &mut Sink) -> Option<Self> {
        let done = self.unfinished.as_ref().map_or(Ok(()), |unfinished| executable(&unfinished.file));
        if let Err(error) = done {
            sink.report(NotWritten { output: &self.target.written(), why: Why::Refused(&error) });
            return None;
        }
        Some(self)
    }

    /// Lets a file take its place; writes a stream. The pieces are the same as before. `None` if it failed; the sink says
    /// why.
    pub fn finish<'a>(self, pieces: impl IntoIterator<Item = &'a [u8]>, sink: &mut Sink) -> Option<()> {
        let stream = self.is_stream();
        let done = match (&self.place, self.unfinished) {
            (Place::Stdout, _) => copy(pieces, &mut io::stdout().lock()),
            (Place::Stream(path), _) => {
                OpenOptions::new().write(true).open(path).and_then(|mut stream| copy(pieces, &mut stream))
            }
            (Place::File(path), Some(unfinished)) => unfinished.place(path),
            (Place::File(_), None) => unreachable!("a file is begun"),
        };
        done.map_err(|error| {
            let why = if stream { Why::Broken(&error) } else { Why::Refused(&error) };
            sink.report(NotWritten { output: &self.target.written(), why });
        })
        .ok()
    }
}

/// Gives up what this process has not finished writing. For handlers of signals, right before the end.
pub fn discard_unfinished() {
    unfinished::discard();
}

#[cfg(unix)]
fn executable(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mut permissions = file.metadata()?.permissions();
    let mode = permissions.mode();
    permissions.set_mode(mode | (mode & 0o444) >> 2);
    file.set_permissions(permissions)
}

#[cfg(not(unix))]
fn executable(_: &File) -> io::Result<()> {
    Ok(())
}

fn copy<'a>(pieces: impl IntoIterator<Item = &'a [u8]>, to: &mut impl Write) -> io::Result<()> {
    let mut buffer = BufWriter::with_capacity(1 << 16, to);
    pieces.into_iter().try_for_each(|piece| buffer.write_all(piece))?;
    buffer.flush()
}

fn unfinished<'a>(path: &Path, pieces: impl IntoIterator<Item = &'a [u8]>) -> io::Result<Unfinished> {
    let before = std::fs::metadata(path).ok();
    let unfinished = Unfinished::create(&folder_of(path))?;
    let Some(before) = &before else {
        copy(pieces, &mut &unfinished.file)?;
        return Ok(unfinished);
    };
    let pieces: Vec<&[u8]> = pieces.into_iter().collect();
    let taken = take_room(&unfinished.file, pieces.iter().map(|piece| piece.len() as u64).sum())?;
    copy(pieces, &mut &unfinished.file)?;
    unfinished.file.set_permissions(before.permissions())?;
    if !taken {
        unfinished.file.sync_data()?;
    }
    Ok(unfinished)
}

/// Takes room on the disk for that many bytes; gives whether this file system can do so.
#[cfg(target_os = "linux")]
fn take_room(file: &File, bytes: u64) -> io::Result<bool> {
    use rustix::fs::{FallocateFlags, fallocate};
    use rustix::io::Errno;
    match fallocate(file, FallocateFlags::empty(), 0, bytes) {
        Ok(()) => Ok(true),
        Err(full @ (Errno::NOSPC | Errno::DQUOT | Errno::FBIG)) => Err(full.into()),
        Err(_) => Ok(false),
    }
}

#[cfg(not(target_os = "linux"))]
fn take_room(_: &File, _: u64) -> io::Result<bool> {
    Ok(false)
}
