//! What an executable that can run components says of itself, and where its payload is.
//!
//! Both stand in one static value that is a note in the sense of ELF, so that linkers keep it and tools can show it. Its
//! text is found by looking for [`MARK`], also in an executable for another system, which is never run for it. Where the
//! payload lies in memory, counted from the note, is written into the file when the payload is put there: so nothing has to
//! be searched at the start, no file is opened, and it holds wherever the system has put the executable.

use crate::profile::WASMTIME;
use serde::{Deserialize, Serialize};

/// What the text of a note begins with.
pub const MARK: &[u8; 13] = b"COMPOSE_STUB\0";
/// How many bytes of a note stand before its text.
pub const BEFORE_TEXT: usize = 36;
/// Where in a note the place of the payload stands: a distance and a length, eight bytes each.
pub const PLACE: std::ops::Range<usize> = 20..36;
/// The name of the section with the note.
pub const SECTION: &str = ".note.compose";
/// The target that this was compiled for.
pub const TRIPLE: &str = env!("COMPOSE_TRIPLE");

const PARTS: [&str; 13] = [
    "COMPOSE_STUB\0{\"version\":\"",
    env!("CARGO_PKG_VERSION"),
    "\",\"engine\":\"",
    WASMTIME,
    "\",\"triple\":\"",
    TRIPLE,
    "\",\"features\":[\"command\",\"serve\",\"pulley\"",
    if cfg!(feature = "compile") { ",\"compile\"" } else { "" },
    "],\"stamp\":\"compose ",
    env!("CARGO_PKG_VERSION"),
    " wasmtime ",
    WASMTIME,
    "\"}\0",
];

const fn length() -> usize {
    let (mut at, mut length) = (0, 0);
    while at < PARTS.len() {
        length += PARTS[at].len();
        at += 1;
    }
    length.next_multiple_of(4)
}

const TEXT: usize = length();

const fn text() -> [u8; TEXT] {
    let (mut text, mut part, mut at) = ([0; TEXT], 0, 0);
    while part < PARTS.len() {
        let bytes = PARTS[part].as_bytes();
        let mut from = 0;
        while from < bytes.len() {
            text[at] = bytes[from];
            from += 1;
            at += 1;
        }
        part += 1;
    }
    text
}

/// The note of an executable. There is one, in the section [`SECTION`] where there are such.
#[repr(C, align(4))]
#[derive(Debug)]
pub struct Note {
    name_length: [u8; 4],
    length: [u8; 4],
    kind: [u8; 4],
    name: [u8; 8],
    place: [u8; 16],
    text: [u8; TEXT],
}

impl Note {
    /// The note of the executable that is compiled.
    #[expect(clippy::new_without_default, reason = "it is made when a static is, where there are no traits")]
    pub const fn new() -> Self {
        Note {
            name_length: 8_u32.to_ne_bytes(),
            length: ((PLACE.end - PLACE.start + TEXT) as u32).to_ne_bytes(),
            kind: 1_u32.to_ne_bytes(),
            name: *b"compose\0",
            place: [0; 16],
            text: text(),
        }
    }

    /// The payload that was put into this executable; `None` if none was.
    #[expect(unsafe_code, reason = "the system has mapped what the compiler knows nothing of")]
    pub fn payload(&'static self) -> Option<&'static [u8]> {
        // SAFETY: it is a reference. It is read as it is in memory, since the file was changed after it was compiled.
        let place = unsafe { std::ptr::read_volatile(&raw const self.place) };
        let (distance, length) = read_place(place);
        if length == 0 {
            return None;
        }
        let here = (&raw const *self).expose_provenance();
        let at = here.wrapping_add_signed(isize::try_from(distance).ok()?);
        // SAFETY: whoever wrote the place has put a segment of this length there, which the system maps with the rest, for
        // reading alone.
        Some(unsafe {
            std::slice::from_raw_parts(std::ptr::with_exposed_provenance(at), usize::try_from(length).ok()?)
        })
    }
}

/// The distance and the length.
pub fn read_place(place: [u8; 16]) -> (i64, u64) {
    let [distance, length] = [0, 8].map(|at| place[at..at + 8].try_into().expect("eight bytes"));
    (i64::from_le_bytes(distance), u64::from_le_bytes(length))
}

/// The distance and the length as they stand in a note.
pub fn write_place(distance: i64, length: u64) -> [u8; 16] {
    let mut place = [0; 16];
    place[..8].copy_from_slice(&distance.to_le_bytes());
    place[8..].copy_from_slice(&length.to_le_bytes());
    place
}

/// What an executable says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stub {
    /// The release of `compose` it belongs to.
    pub version: String,
    /// The version of the engine.
    pub engine: String,
    /// The target it is for.
    pub triple: String,
    /// What it can do: `command`, `serve`, `pulley`; `compile` if it carries the compiler too.
    pub features: Vec<String>,
    /// What the stamp of an image must begin with for it to run there.
    pub stamp: String,
}

impl Stub {
    /// What this very executable would say.
    pub fn own() -> Self {
        Self::read(&text()).expect("we have written it")
    }

    /// Reads the text of a note, [`MARK`] included; `None` if it is none.
    pub fn read(text: &[u8]) -> Option<Self> {
        let text = text.strip_prefix(MARK)?;
        let end = text.iter().position(|byte| *byte == 0)?;
        serde_json::from_slice(&text[..end]).ok()
    }

    /// Whether it can do that.
    pub fn can(&self, feature: &str) -> bool {
        self.features.iter().any(|known| known == feature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Profile;

    #[test]
    fn a_note_says_what_images_it_takes() {
        let stub = Stub::own();
        assert!(Profile::here().stamp().starts_with(&stub.stamp));
        assert!(Profile::here().metered().stamp().starts_with(&stub.stamp));
        assert_eq!(stub.triple, TRIPLE);
        assert!(stub.can("command") && !stub.can("fly"));
    }

    #[test]
    fn a_note_is_laid_out_as_notes_are() {
        assert_eq!(std::mem::offset_of!(Note, text), BEFORE_TEXT);
        assert_eq!(std::mem::offset_of!(Note, place), PLACE.start);
        assert_eq!(read_place(write_place(-5, 7)), (-5, 7));
        static NOTE: Note = Note::new();
        assert_eq!(NOTE.payload(), None);
        assert_eq!(NOTE.name, *b"compose\0");
        assert_eq!((NOTE.name_length[0], NOTE.kind[0]), (8, 1));
    }
}
