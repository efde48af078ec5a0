//! What is put into an executable, as bytes: a header, what is sealed (JSON), the component as it was, and the image.
//!
//! The header names each part's place, length and digest, and ends with a digest of itself, so that no byte can change
//! unnoticed; between the parts there are zeros. The image stands last, at a multiple of 64 KiB: pages are no larger
//! anywhere, and what comes before it need never be read. Numbers are little-endian.

/// What a payload begins with.
pub const MAGIC: &[u8; 16] = b"compose-payload\0";
/// What the image is aligned to, and the payload itself.
pub const ALIGN: usize = 1 << 16;
/// The bytes of the header.
pub const HEADER: usize = 264;

/// The version of the form.
const VERSION: u32 = 1;
const ENTRY: usize = 56;
const ENTRIES: usize = 64;
const HEADER_DIGEST: usize = 232;
const OUTSIDE: std::ops::Range<usize> = 32..64;

/// A digest of some bytes.
pub type Digest = [u8; 32];

/// The digest that everything here is known by: BLAKE3, since it is taken at every start.
pub fn digest(bytes: &[u8]) -> Digest {
    *blake3::hash(bytes).as_bytes()
}

/// The digest of several pieces, one behind the other.
pub fn digest_of<'b>(pieces: impl IntoIterator<Item = &'b [u8]>) -> Digest {
    let mut hasher = blake3::Hasher::new();
    for piece in pieces {
        hasher.update(piece);
    }
    *hasher.finalize().as_bytes()
}

/// A part of a payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What it is given, and how it runs.
    Sealed,
    /// The component it was made of.
    Component,
    /// The machine code.
    Image,
}

const PARTS: [Part; 3] = [Part::Sealed, Part::Component, Part::Image];

impl Part {
    /// What people call it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sealed => "what it is given",
            Self::Component => "the component",
            Self::Image => "the image",
        }
    }
}

/// How the bytes of a part are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// As they are.
    Plain,
    /// By DEFLATE.
    Deflate,
}

/// What is wrong with a payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// It is shorter than it says.
    Cut,
    /// It is of another version of the form.
    Form(u32),
    /// Its header is not as it was written.
    Header,
    /// A part is not as it was written.
    Part(Part),
    /// Between the parts there is something.
    Between,
}

impl std::fmt::Display for Damage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Cut => f.write_str("its end is missing"),
            Self::Form(version) => write!(f, "its form, {version}, is not known"),
            Self::Header => f.write_str("its header is not as it was written"),
            Self::Part(part) => write!(f, "{} inside is not as it was written", part.word()),
            Self::Between => f.write_str("there is something where nothing was written"),
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    packing: Packing,
    offset: usize,
    length: usize,
    digest: Digest,
}

/// A payload whose header is as it was written.
#[derive(Debug, Clone, Copy)]
pub struct Payload<'p> {
    bytes: &'p [u8],
    entries: [Entry; 3],
    outside: Digest,
}

fn number<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    bytes[at..at + N].try_into().expect("so many bytes")
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(number(bytes, at))
}

fn size_at(bytes: &[u8], at: usize) -> usize {
    usize::try_from(u64::from_le_bytes(number(bytes, at))).unwrap_or(usize::MAX)
}

impl<'p> Payload<'p> {
    /// Reads and checks the header. Behind the payload there may be more.
    ///
    /// # Errors
    /// If it is damaged. Nothing but the header was looked at.
    pub fn read(bytes: &'p [u8]) -> Result<Self, Damage> {
        let header = bytes.get(..HEADER).ok_or(Damage::Cut)?;
        if digest(&header[..HEADER_DIGEST]) != number::<32>(header, HEADER_DIGEST) || !header.starts_with(MAGIC) {
            return Err(Damage::Header);
        }
        let version = u32_at(header, 16);
        if version != VERSION {
            return Err(Damage::Form(version));
        }
        let bytes = bytes.get(..size_at(header, 24)).ok_or(Damage::Cut)?;
        let mut entries = Vec::new();
        for at in 0..PARTS.len() {
            let entry = &header[ENTRIES + at * ENTRY..][..ENTRY];
            let packing = match u32_at(entry, 4) {
                0 => Packing::Plain,
                1 => Packing::Deflate,
                _ => return Err(Damage::Header),
            };
            let (offset, length) = (size_at(entry, 8), size_at(entry, 16));
            if offset.checked_add(length).is_none_or(|end| end > bytes.len()) {
                return Err(Damage::Cut);
            }
            entries.push(Entry { packing, offset, length, digest: number(entry, 24) });
        }
        let entries = entries.try_into().expect("three of them");
        Ok(Payload { bytes, entries, outside: number(header, OUTSIDE.start) })
    }

    /// How many bytes it has.
    pub fn length(&self) -> usize {
        self.bytes.len()
    }

    /// The digest of all of the file outside of the payload, as it was when it was made.
    pub fn outside(&self) -> Digest {
        self.outside
    }

    /// The bytes of a part, not looked at.
    pub fn unchecked(&self, part: Part) -> (&'p [u8], Packing) {
        let entry = self.entries[part as usize];
        (&self.bytes[entry.offset..entry.offset + entry.length], entry.packing)
    }

    /// The bytes of a part, as they were written.
    ///
    /// # Errors
    /// If they are not.
    pub fn part(&self, part: Part) -> Result<(&'p [u8], Packing), Damage> {
        let (bytes, packing) = self.unchecked(part);
        if digest(bytes) == self.entries[part as usize].digest { Ok((bytes, packing)) } else { Err(Damage::Part(part)) }
    }

    /// Looks at every byte.
    ///
    /// # Errors
    /// If one is not as it was written.
    pub fn intact(&self) -> Result<(), Damage> {
        let mut end = HEADER;
        for part in PARTS {
            self.part(part)?;
            let entry = self.entries[part as usize];
            let between = self.bytes.get(end..entry.offset).ok_or(Damage::Header)?;
            if between.iter().any(|byte| *byte != 0) {
                return Err(Damage::Between);
            }
            end = entry.offset + entry.length;
        }
        if end == self.bytes.len() { Ok(()) } else { Err(Damage::Between) }
    }
}

/// Puts a payload together. What is outside is sealed in later, by [`seal`].
pub fn write(sealed: &[u8], (component, packing): (&[u8], Packing), image: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0; HEADER];
    let mut entries = [0; ENTRY * PARTS.len()];
    for (part, content) in PARTS.into_iter().zip([sealed, component, image]) {
        if part == Part::Image {
            bytes.resize(bytes.len().next_multiple_of(ALIGN), 0);
        }
        let entry = &mut entries[part as usize * ENTRY..][..ENTRY];
        let packed = u32::from(part == Part::Component && packing == Packing::Deflate);
        entry[..4].copy_from_slice(&(part as u32).to_le_bytes());
        entry[4..8].copy_from_slice(&packed.to_le_bytes());
        entry[8..16].copy_from_slice(&(bytes.len() as u64).to_le_bytes());
        entry[16..24].copy_from_slice(&(content.len() as u64).to_le_bytes());
        entry[24..].copy_from_slice(&digest(content));
        bytes.extend_from_slice(content);
    }
    let length = bytes.len() as u64;
    bytes[..16].copy_from_slice(MAGIC);
    bytes[16..20].copy_from_slice(&VERSION.to_le_bytes());
    bytes[20..24].copy_from_slice(&(PARTS.len() as u32).to_le_bytes());
    bytes[24..32].copy_from_slice(&length.to_le_bytes());
    bytes[ENTRIES..HEADER_DIGEST].copy_from_slice(&entries);
    seal(&mut bytes, [0; 32]);
    bytes
}

/// Writes down what is outside of the payload.
pub fn seal(payload: &mut [u8], outside: Digest) {
    payload[OUTSIDE].copy_from_slice(&outside);
    let own = digest(&payload[..HEADER_DIGEST]);
    payload[HEADER_DIGEST..HEADER].copy_from_slice(&own);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_of_a_payload_counts() {
        let mut bytes = write(b"{}", (b"component", Packing::Deflate), b"image");
        seal(&mut bytes, [7; 32]);
        let payload = Payload::read(&bytes).expect("as written");
        assert_eq!(payload.intact(), Ok(()));
        assert_eq!(payload.outside(), [7; 32]);
        assert_eq!(payload.part(Part::Sealed), Ok((&b"{}"[..], Packing::Plain)));
        assert_eq!(payload.part(Part::Component), Ok((&b"component"[..], Packing::Deflate)));
        let (image, _) = payload.part(Part::Image).expect("as written");
        assert_eq!((image, bytes.len() - image.len()), (&b"image"[..], ALIGN));
        for at in (0..400).chain(ALIGN - 50..bytes.len()) {
            for bit in [1, 0x80] {
                let mut flipped = bytes.clone();
                flipped[at] ^= bit;
                let judged = Payload::read(&flipped).and_then(|payload| payload.intact());
                assert!(judged.is_err(), "byte {at}");
            }
        }
        for cut in [0, 20, HEADER, HEADER + 1, bytes.len() - 1] {
            assert!(Payload::read(&bytes[..cut]).is_err(), "cut at {cut}");
        }
    }
}
