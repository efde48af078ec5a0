//! One file into memory: its bytes, their fingerprint and a stamp, in one pass.
//!
//! The bytes are read straight into the memory that is embedded in the end, which the system gives out zeroed: nothing is
//! cleared or copied in between. They are hashed while they are still in the processor's cache.

use super::diags::Special;
use super::stamp::Stamp;
use crate::model::component::Fingerprint;
use blake3::Hasher;
use bytes::Bytes;
use std::fs::{File, Metadata, OpenOptions};
use std::io::{ErrorKind, Read};
use std::path::Path;

const STEP: usize = 1 << 18;
/// The format counts the bytes of an embedded component in 32 bits.
const LARGEST: u64 = u32::MAX as u64;
/// The most bytes of a text that comes from a pipe or a device.
const LONGEST: u64 = 64 << 20;

/// A file that was read.
#[derive(Debug, Clone)]
pub(super) struct ReadFile {
    pub bytes: Bytes,
    pub fingerprint: Fingerprint,
    pub stamp: Stamp,
}

/// Why a file was not read.
#[derive(Debug)]
pub(super) enum Failure {
    Missing,
    Unreadable(std::io::Error),
    Special(Special),
    TooLarge(u64),
    /// A pipe or device that goes on and on.
    Endless,
    Changed,
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Self::Missing,
            _ => Self::Unreadable(error),
        }
    }
}

impl Failure {
    /// The same failure, for another input that is the same file.
    pub(super) fn again(&self) -> Self {
        match self {
            Self::Missing => Self::Missing,
            Self::Unreadable(error) => Self::Unreadable(match error.raw_os_error() {
                Some(code) => std::io::Error::from_raw_os_error(code),
                None => error.kind().into(),
            }),
            Self::Special(special) => Self::Special(*special),
            Self::TooLarge(size) => Self::TooLarge(*size),
            Self::Endless => Self::Endless,
            Self::Changed => Self::Changed,
        }
    }
}

/// Opens a file, and nothing but a file: opening a pipe or a device could wait for ever. What becomes a pipe between the
/// look and the opening does not wait either.
pub(super) fn open(path: &Path) -> Result<(File, Metadata), Failure> {
    regular(&std::fs::metadata(path)?)?;
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    let file = options.read(true).open(path)?;
    let metadata = file.metadata()?;
    regular(&metadata)?;
    Ok((file, metadata))
}

/// Opens a pipe or a device, for whoever was told to wait for one; `None` for whatever else there is or is not.
pub(super) fn open_stream(path: &Path) -> Option<File> {
    let metadata = std::fs::metadata(path).ok()?;
    if metadata.is_file() || metadata.is_dir() { None } else { File::open(path).ok() }
}

/// Reads a stream to its end.
pub(super) fn to_the_end(stream: impl Read) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    stream.take(LONGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LONGEST { Err(Failure::Endless) } else { Ok(bytes) }
}

/// Opens a file that nobody named, for whoever reads without a word about what cannot be read.
pub(crate) fn open_file(path: &Path) -> Option<(File, Metadata)> {
    open(path).ok()
}

/// Why a file was not read that is no input.
#[derive(Debug)]
pub enum NotRead {
    /// It is no file.
    Special(Special),
    /// The system says so.
    System(std::io::Error),
    /// It is no text.
    NotUtf8,
}

/// Reads a file that is no input, whatever is in it.
#[cfg(feature = "host")]
pub(crate) fn read_plain(path: &Path) -> Result<Bytes, NotRead> {
    read(path).map(|file| file.bytes).map_err(|failure| match failure {
        Failure::Special(special) => NotRead::Special(special),
        Failure::Missing => NotRead::System(ErrorKind::NotFound.into()),
        Failure::Unreadable(error) => NotRead::System(error),
        Failure::TooLarge(_) => NotRead::System(ErrorKind::FileTooLarge.into()),
        // A file has an end.
        Failure::Endless => NotRead::System(ErrorKind::FileTooLarge.into()),
        Failure::Changed => NotRead::System(ErrorKind::ResourceBusy.into()),
    })
}

/// Reads a text that is no input.
#[cfg(feature = "host")]
pub(crate) fn read_plain_text(path: &Path) -> Result<String, NotRead> {
    String::from_utf8(read_plain(path)?.into()).map_err(|_| NotRead::NotUtf8)
}

/// Reads a file.
pub(super) fn read(path: &Path) -> Result<ReadFile, Failure> {
    let (mut file, before) = open(path)?;
    if before.len() > LARGEST {
        return Err(Failure::TooLarge(before.len()));
    }
    let stamp = Stamp::of(&before);
    let (bytes, fingerprint) = exactly(&mut file, usize::try_from(before.len()).expect("at most 4 GiB"))?;
    if Stamp::of(&file.metadata()?) != stamp {
        return Err(Failure::Changed);
    }
    Ok(ReadFile { bytes, fingerprint, stamp })
}

/// Reads as many bytes as the file had when it was opened; fewer or more mean that somebody writes to it.
fn exactly(from: &mut impl Read, len: usize) -> Result<(Bytes, Fingerprint), Failure> {
    let mut bytes = vec![0; len];
    let mut hasher = Hasher::new();
    for step in bytes.chunks_mut(STEP) {
        match from.read_exact(step) {
            Ok(()) => {
                hasher.update(step);
            }
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Err(Failure::Changed),
            Err(error) => return Err(error.into()),
        }
    }
    loop {
        match from.read(&mut [0]) {
            Ok(0) => return Ok((bytes.into(), Fingerprint(*hasher.finalize().as_bytes()))),
            Ok(_) => return Err(Failure::Changed),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
}

fn regular(metadata: &Metadata) -> Result<(), Failure> {
    if metadata.is_file() { Ok(()) } else { Err(Failure::Special(special(metadata))) }
}

#[cfg(unix)]
fn special(metadata: &Metadata) -> Special {
    use std::os::unix::fs::FileTypeExt as _;
    let kind = metadata.file_type();
    if kind.is_dir() {
        Special::FolderWithoutWit
    } else if kind.is_fifo() {
        Special::Pipe
    } else if kind.is_socket() {
        Special::Socket
    } else {
        Special::Device
    }
}

#[cfg(not(unix))]
fn special(metadata: &Metadata) -> Special {
    if metadata.is_dir() { Special::FolderWithoutWit } else { Special::Device }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_shrinks_or_grows_while_it_is_read_is_noticed() {
        assert!(matches!(exactly(&mut &b"abc"[..], 4), Err(Failure::Changed)));
        assert!(matches!(exactly(&mut &b"abc"[..], 2), Err(Failure::Changed)));
        let (bytes, read) = exactly(&mut &b"abc"[..], 3).expect("three bytes are there");
        assert_eq!((&*bytes, read), (&b"abc"[..], Fingerprint::of(b"abc")));
    }

    #[test]
    fn what_has_no_end_is_not_read_for_ever() {
        assert!(matches!(to_the_end(std::io::repeat(b'a')), Err(Failure::Endless)));
        assert!(matches!(to_the_end(&b"abc"[..]), Ok(bytes) if bytes == b"abc"));
    }

    #[test]
    fn bytes_of_several_steps_are_read_and_hashed_whole() {
        let long: Vec<u8> = (0..STEP * 2 + 17).map(|index| (index % 251) as u8).collect();
        let (bytes, read) = exactly(&mut long.as_slice(), long.len()).expect("all are there");
        assert!(*bytes == *long && read == Fingerprint::of(&long));
    }
}
