//! Executables of ELF: where the system maps what, and how one more segment is put into them.
//!
//! The segment takes the place of a note in the table of segments, which has to be there and says nothing that a system needs:
//! so the table stays where it is and as long as it is, and neither the kernel, nor a loader, nor `strip` finds anything
//! moved. It lies behind everything in the file and in memory, aligned to the largest pages there are, and has a section of
//! its own, for tools that rewrite files keep what lies in sections. Only 64-bit little-endian files are understood.

use compose_engine::sealed::note;
use compose_engine::sealed::payload::ALIGN;
use std::ops::Range;

/// The section of the payload.
const SECTION: &[u8] = b".compose\0";

const LOAD: u32 = 1;
const NOTE: u32 = 4;
const SEGMENT: usize = 56;
const HEADER: usize = 64;
const SECTION_HEADER: usize = 64;

/// An executable, as far as it matters here.
#[derive(Debug)]
pub(super) struct Elf<'b> {
    bytes: &'b [u8],
    segments_at: usize,
    segments: Vec<Segment>,
    sections: Vec<Section>,
    names: usize,
}

#[derive(Debug, Clone, Copy)]
struct Segment {
    kind: u32,
    offset: u64,
    address: u64,
    length: u64,
    memory: u64,
    align: u64,
}

#[derive(Debug, Clone, Copy)]
struct Section {
    raw: [u8; SECTION_HEADER],
}

fn read<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    read(bytes, at).map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    read(bytes, at).map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    read(bytes, at).map(u64::from_le_bytes)
}

fn place_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u64_at(bytes, at)?).ok()
}

impl Segment {
    fn read(bytes: &[u8], at: usize) -> Option<Self> {
        Some(Segment {
            kind: u32_at(bytes, at)?,
            offset: u64_at(bytes, at + 8)?,
            address: u64_at(bytes, at + 16)?,
            length: u64_at(bytes, at + 32)?,
            memory: u64_at(bytes, at + 40)?,
            align: u64_at(bytes, at + 48)?,
        })
    }

    fn holds(&self, offset: u64) -> bool {
        offset.checked_sub(self.offset).is_some_and(|within| within < self.length)
    }
}

impl Section {
    fn name(&self) -> usize {
        u32_at(&self.raw, 0).unwrap_or_default() as usize
    }

    fn range(&self) -> Option<Range<usize>> {
        let (offset, length) = (place_at(&self.raw, 24)?, place_at(&self.raw, 32)?);
        Some(offset..offset.checked_add(length)?)
    }
}

/// What an executable becomes: all that stands before the payload, and all that stands behind it.
#[derive(Debug)]
pub(super) struct Grafted {
    pub(super) before: Vec<u8>,
    pub(super) after: Vec<u8>,
}

impl<'b> Elf<'b> {
    /// Reads the tables; `None` if it is no such file.
    pub(super) fn read(bytes: &'b [u8]) -> Option<Self> {
        // 64 bits, little-endian.
        if !bytes.starts_with(b"\x7fELF\x02\x01") {
            return None;
        }
        let segments_at = place_at(bytes, 32)?;
        if usize::from(u16_at(bytes, 54)?) != SEGMENT {
            return None;
        }
        let mut segments = Vec::new();
        for index in 0..usize::from(u16_at(bytes, 56)?) {
            segments.push(Segment::read(bytes, segments_at.checked_add(index * SEGMENT)?)?);
        }
        let (sections, names) = sections(bytes).unwrap_or_default();
        Some(Elf { bytes, segments_at, segments, sections, names })
    }

    fn section(&self, name: &[u8]) -> Option<Range<usize>> {
        let names = self.sections.get(self.names)?.range()?;
        let names = self.bytes.get(names)?;
        let found =
            self.sections.iter().find(|section| names.get(section.name()..).is_some_and(|at| at.starts_with(name)));
        found?.range()
    }

    /// Where the section of the note is, if there is one.
    pub(super) fn note_section(&self) -> Option<Range<usize>> {
        let name = [note::SECTION.as_bytes(), b"\0"].concat();
        self.section(&name)
    }

    /// Where a payload may be in the file: by its section, and by the segments aligned as one.
    pub(super) fn payloads(&self) -> Vec<usize> {
        let segments = self.segments.iter().filter(|segment| segment.kind == LOAD && segment.align == ALIGN as u64);
        let segments = segments.filter_map(|segment| usize::try_from(segment.offset).ok());
        self.section(SECTION).map(|range| range.start).into_iter().chain(segments).collect()
    }

    /// Where in the file that many bytes behind (or before) a place would be mapped from.
    pub(super) fn beyond(&self, offset: usize, distance: i64) -> Option<usize> {
        let address = self.address(offset as u64)?.checked_add_signed(distance)?;
        let holds = |segment: &&Segment| {
            segment.kind == LOAD && address.checked_sub(segment.address).is_some_and(|within| within < segment.length)
        };
        let segment = self.segments.iter().find(holds)?;
        usize::try_from(segment.offset.checked_add(address - segment.address)?).ok()
    }

    fn address(&self, offset: u64) -> Option<u64> {
        let segment = self.segments.iter().find(|segment| segment.kind == LOAD && segment.holds(offset))?;
        segment.address.checked_add(offset - segment.offset)
    }

    /// Makes room for a payload of that length, and writes its place into the note there. `None` if there is no note in the
    /// table of segments to make room in its place, or the note at that place is not mapped.
    pub(super) fn graft(&self, note_at: usize, length: usize) -> Option<Grafted> {
        let note_address = self.address(note_at as u64)?;
        let loaded = || self.segments.iter().filter(|segment| segment.kind == LOAD);
        let end = loaded().filter_map(|segment| segment.address.checked_add(segment.memory)).max()?;
        let (address, offset) = (end.checked_next_multiple_of(ALIGN as u64)?, self.bytes.len().next_multiple_of(ALIGN));
        let notes = || self.segments.iter().enumerate().filter(|(_, segment)| segment.kind == NOTE);
        let (spare, _) = notes().find(|(_, segment)| segment.holds(note_at as u64)).or_else(|| notes().next_back())?;
        let last = self.segments.iter().rposition(|segment| segment.kind == LOAD)?;
        let mut segments: Vec<&[u8]> =
            self.bytes[self.segments_at..][..self.segments.len() * SEGMENT].chunks(SEGMENT).collect();
        let segment = segment(offset as u64, address, length as u64);
        // The table has to name what is loaded in the order of addresses.
        segments.insert(last + 1, &segment);
        segments.remove(if spare > last { spare + 1 } else { spare });
        let table = segments.concat();

        let mut before = self.bytes.to_vec();
        before[self.segments_at..][..table.len()].copy_from_slice(&table);
        let distance = i64::try_from(address).ok()?.checked_sub(i64::try_from(note_address).ok()?)?;
        before[note_at..][note::PLACE].copy_from_slice(&note::write_place(distance, length as u64));
        before.resize(offset, 0);
        let after = self.tail(&mut before, offset, (address, length));
        Some(Grafted { before, after })
    }

    /// The table of sections with one more, behind the payload. A file without one gets none.
    fn tail(&self, before: &mut [u8], offset: usize, (address, length): (u64, usize)) -> Vec<u8> {
        let named = self.sections.get(self.names).and_then(Section::range);
        let Some(names) = named.and_then(|range| self.bytes.get(range)) else { return Vec::new() };
        let mut after = names.to_vec();
        after.extend_from_slice(SECTION);
        let names_length = after.len();
        // The table is aligned in the file, wherever the payload ends.
        let end = offset + length;
        after.resize((end + after.len()).next_multiple_of(8) - end, 0);
        let table_at = end + after.len();
        for (index, section) in self.sections.iter().enumerate() {
            let mut raw = section.raw;
            if index == self.names {
                raw[24..32].copy_from_slice(&(end as u64).to_le_bytes());
                raw[32..40].copy_from_slice(&(names_length as u64).to_le_bytes());
            }
            after.extend_from_slice(&raw);
        }
        let mut raw = [0; SECTION_HEADER];
        raw[..4].copy_from_slice(&(names.len() as u32).to_le_bytes());
        // Bits that a program has, loaded.
        raw[4..8].copy_from_slice(&1_u32.to_le_bytes());
        raw[8..16].copy_from_slice(&2_u64.to_le_bytes());
        raw[16..24].copy_from_slice(&address.to_le_bytes());
        raw[24..32].copy_from_slice(&(offset as u64).to_le_bytes());
        raw[32..40].copy_from_slice(&(length as u64).to_le_bytes());
        raw[48..56].copy_from_slice(&(ALIGN as u64).to_le_bytes());
        after.extend_from_slice(&raw);
        before[40..48].copy_from_slice(&(table_at as u64).to_le_bytes());
        before[60..62].copy_from_slice(&((self.sections.len() + 1) as u16).to_le_bytes());
        after
    }
}

/// A segment that is loaded for reading.
fn segment(offset: u64, address: u64, length: u64) -> [u8; SEGMENT] {
    let mut raw = [0; SEGMENT];
    raw[..4].copy_from_slice(&LOAD.to_le_bytes());
    raw[4..8].copy_from_slice(&4_u32.to_le_bytes());
    for (at, number) in [offset, address, address, length, length, ALIGN as u64].into_iter().enumerate() {
        raw[8 + at * 8..][..8].copy_from_slice(&number.to_le_bytes());
    }
    raw
}

fn sections(bytes: &[u8]) -> Option<(Vec<Section>, usize)> {
    if bytes.len() < HEADER || usize::from(u16_at(bytes, 58)?) != SECTION_HEADER {
        return None;
    }
    let at = place_at(bytes, 40)?;
    let read_one = |index: usize| Some(Section { raw: read(bytes, at.checked_add(index * SECTION_HEADER)?)? });
    let sections: Option<Vec<Section>> = (0..usize::from(u16_at(bytes, 60)?)).map(read_one).collect();
    Some((sections?, usize::from(u16_at(bytes, 62)?)))
}
