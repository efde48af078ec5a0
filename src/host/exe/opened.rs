//! Executables from outside: what one says of itself, and what is sealed into it.

use super::elf::Elf;
use compose_engine::sealed::Sealed;
use compose_engine::sealed::note::{self, MARK, PLACE, Stub};
use compose_engine::sealed::payload::{self, ALIGN, Damage, Digest, MAGIC, Packing, Part, Payload};
use std::io::Read as _;

/// The note of an executable: what it says, and where in the file it begins. `None` if it has none.
pub fn note(bytes: &[u8]) -> Option<(Stub, usize)> {
    let section = Elf::read(bytes).and_then(|elf| elf.note_section());
    let (within, base) = match section {
        Some(range) => (bytes.get(range.clone())?, range.start),
        None => (bytes, 0),
    };
    let mut from = 0;
    while let Some(at) = find(&within[from..], MARK) {
        let at = from + at;
        if let (Some(stub), Some(begin)) = (Stub::read(&within[at..]), at.checked_sub(note::BEFORE_TEXT)) {
            return Some((stub, base + begin));
        }
        from = at + 1;
    }
    None
}

fn find(within: &[u8], what: &[u8]) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = within[from..].iter().position(|byte| *byte == what[0]) {
        if within[from + at..].starts_with(what) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

/// Whether something is sealed into an executable with its note there.
pub(super) fn is_taken(bytes: &[u8], note_at: usize) -> bool {
    let place = bytes.get(note_at..).and_then(|note| note.get(PLACE));
    place.is_none_or(|place| place.iter().any(|byte| *byte != 0))
}

/// Where something is sealed into an executable, if it is: a place in the file.
fn sealed_at(bytes: &[u8]) -> Option<usize> {
    let mut places = Vec::new();
    if let Some(elf) = Elf::read(bytes) {
        if let Some((_, at)) = note(bytes) {
            let place = bytes.get(at..).and_then(|note| note.get(PLACE)).and_then(|place| place.try_into().ok());
            let (distance, length) = place.map(note::read_place).unwrap_or_default();
            if length > 0 {
                places.extend(elf.beyond(at, distance));
            }
        }
        places.extend(elf.payloads());
    }
    // Any of the ways may be damaged, and so may be what they lead to.
    let is_one = |place: &usize| bytes.get(*place..).is_some_and(|at| at.starts_with(MAGIC));
    let aligned = || (0..bytes.len()).step_by(ALIGN).find(is_one);
    places.iter().copied().find(is_one).or_else(aligned).or(places.first().copied())
}

/// What a look at every byte found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is as it was made.
    Intact,
    /// What is sealed in is as it was; something around it is not.
    StubChanged,
    /// What is sealed in is not as it was.
    Damaged(Damage),
}

/// Looks at every byte of an executable; `None` if nothing was ever sealed into it.
pub fn verify(bytes: &[u8]) -> Option<Verdict> {
    let at = sealed_at(bytes)?;
    let payload = match Payload::read(bytes.get(at..).unwrap_or_default()) {
        Ok(payload) => payload,
        Err(damage) => return Some(Verdict::Damaged(damage)),
    };
    Some(match taken_out(&payload) {
        Err(damage) => Verdict::Damaged(damage),
        Ok(_) if payload.outside() != outside(&bytes[..at], &bytes[at + payload.length()..]) => Verdict::StubChanged,
        Ok(_) => Verdict::Intact,
    })
}

/// The digest of what stands before a payload and behind it.
pub(super) fn outside(before: &[u8], after: &[u8]) -> Digest {
    payload::digest_of([before, after])
}

/// What is sealed into an executable, taken out.
#[derive(Debug)]
pub struct Opened {
    /// Everything but the bytes.
    pub sealed: Sealed,
    /// The component it was made of, as it was.
    pub component: Vec<u8>,
    /// The bytes of the component in there.
    pub packed: usize,
    /// The bytes of the image.
    pub image: usize,
    /// The bytes of all of it.
    pub length: usize,
}

/// Takes out what is sealed in; `None` if nothing is.
///
/// # Errors
/// If it is not as it was.
pub fn open(bytes: &[u8]) -> Option<Result<Opened, Damage>> {
    let at = sealed_at(bytes)?;
    Some(Payload::read(bytes.get(at..).unwrap_or_default()).and_then(|payload| taken_out(&payload)))
}

fn taken_out(payload: &Payload<'_>) -> Result<Opened, Damage> {
    payload.intact()?;
    let (sealed, _) = payload.part(Part::Sealed)?;
    let sealed: Sealed = serde_json::from_slice(sealed).map_err(|_| Damage::Part(Part::Sealed))?;
    let (packed, packing) = payload.part(Part::Component)?;
    let component = match packing {
        Packing::Plain => packed.to_vec(),
        Packing::Deflate => {
            let mut component = Vec::new();
            // No more than was promised, whatever the bytes say.
            let mut read = flate2::read::DeflateDecoder::new(packed).take(sealed.component.bytes.saturating_add(1));
            read.read_to_end(&mut component).map_err(|_| Damage::Part(Part::Component))?;
            component
        }
    };
    if component.len() as u64 != sealed.component.bytes {
        return Err(Damage::Part(Part::Component));
    }
    let (image, _) = payload.part(Part::Image)?;
    Ok(Opened { sealed, component, packed: packed.len(), image: image.len(), length: payload.length() })
}
