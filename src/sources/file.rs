//! One file into memory: its bytes, their SHA-256 and a stamp, in one pass.
//!
//! The bytes are read straight into the shared slice that is embedded in the end; a vector in between would cost a copy
//! of each input. They are hashed while they are still in the processor's cache.

use super::diags::Special;
use super::stamp::Stamp;
use crate::model::component::Digest;
use sha2::{Digest as _, Sha256};
use std::fs::{File, Metadata};
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;

const STEP: usize = 1 << 18;
/// The format counts the bytes of an embedded component in 32 bits.
const LARGEST: u64 = u32::MAX as u64;

/// A file that was read.
#[derive(Debug, Clone)]
pub(super) struct ReadFile {
    pub bytes: Arc<[u8]>,
    pub digest: Digest,
    pub stamp: Stamp,
}

/// Why a file was not read.
#[derive(Debug)]
pub(super) enum Failure {
    Missing,
    Unreadable(std::io::Error),
    Special(Special),
    TooLarge(u64),
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
            Self::Changed => Self::Changed,
        }
    }
}

/// Reads a file, and nothing but a file: opening a pipe or a device could wait for ever.
pub(super) fn read(path: &Path) -> Result<ReadFile, Failure> {
    regular(&std::fs::metadata(path)?)?;
    let mut file = File::open(path)?;
    let before = file.metadata()?;
    regular(&before)?;
    if before.len() > LARGEST {
        return Err(Failure::TooLarge(before.len()));
    }
    let stamp = Stamp::of(&before);
    let (bytes, digest) = exactly(&mut file, usize::try_from(before.len()).expect("at most 4 GiB"))?;
    if Stamp::of(&file.metadata()?) != stamp {
        return Err(Failure::Changed);
    }
    Ok(ReadFile { bytes, digest, stamp })
}

/// Reads as many bytes as the file had when it was opened; fewer or more mean that somebody writes to it.
fn exactly(from: &mut impl Read, len: usize) -> Result<(Arc<[u8]>, Digest), Failure> {
    let mut bytes: Arc<[u8]> = std::iter::repeat_n(0, len).collect();
    let mut hasher = Sha256::new();
    for step in Arc::get_mut(&mut bytes).expect("nobody else has it yet").chunks_mut(STEP) {
        match from.read_exact(step) {
            Ok(()) => hasher.update(&*step),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Err(Failure::Changed),
            Err(error) => return Err(error.into()),
        }
    }
    loop {
        match from.read(&mut [0]) {
            Ok(0) => return Ok((bytes, Digest(hasher.finalize().into()))),
            Ok(_) => return Err(Failure::Changed),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// The digest of bytes in memory.
pub(super) fn digest(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
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
        assert_eq!((&*bytes, read), (&b"abc"[..], digest(b"abc")));
        assert_eq!(read.to_string(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn bytes_of_several_steps_are_read_and_hashed_whole() {
        let long: Vec<u8> = (0..STEP * 2 + 17).map(|index| (index % 251) as u8).collect();
        let (bytes, read) = exactly(&mut long.as_slice(), long.len()).expect("all are there");
        assert!(*bytes == *long && read == digest(&long));
    }
}
