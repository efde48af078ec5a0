//! The names that a component imports and exports, found without reading the rest of it.
//!
//! Of a folder with thousands of components few are needed, and which ones is decided by names. So only the heads of the
//! top-level sections are read, and the contents of those two kinds that carry names; modules and components inside are
//! stepped over. What cannot be skimmed is left to whoever reads it in full and says what is wrong with it.

use crate::model::name::{ExternName, InterfaceName, match_key};
use std::collections::BTreeSet;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use wasmparser::{BinaryReader, ComponentExportSectionReader, ComponentExternName, ComponentImportSectionReader};

/// Sections with names, by the numbers of the binary format (component-model `Binary.md`).
const IMPORTS: u8 = 10;
const EXPORTS: u8 = 11;
/// Names take a fraction of this; more is no section to be read on suspicion.
const LONGEST: u64 = 1 << 24;

/// The names at the top of a component, each as wires are matched by: the interface without its version, or the plain
/// name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Names {
    pub(super) imports: BTreeSet<String>,
    pub(super) exports: BTreeSet<String>,
}

/// Skims a file; `None` if it is no component, or one with something strange at the top.
pub(super) fn file(path: &Path) -> Option<Names> {
    let (file, _) = super::file::open(path).ok()?;
    names(&mut BufReader::with_capacity(1 << 12, file)).ok()
}

/// Skims bytes.
pub(super) fn bytes(bytes: &[u8]) -> Option<Names> {
    names(&mut io::Cursor::new(bytes)).ok()
}

/// The names at the top of a component as it spells them, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Spelled {
    pub(super) imports: Vec<String>,
    pub(super) exports: Vec<String>,
}

/// Skims bytes for the very names.
pub(super) fn spelled(bytes: &[u8]) -> Option<Spelled> {
    let mut names = Spelled::default();
    let own = |name: &ComponentExternName<'_>| name.name.to_owned();
    let take = |kind, found: Vec<String>| {
        if kind == IMPORTS { names.imports.extend(found) } else { names.exports.extend(found) }
    };
    sections(&mut io::Cursor::new(bytes), own, take).ok()?;
    Some(names)
}

fn names(from: &mut (impl BufRead + Seek)) -> io::Result<Names> {
    let mut names = Names::default();
    let take = |kind, found: Vec<String>| {
        if kind == IMPORTS { names.imports.extend(found) } else { names.exports.extend(found) }
    };
    sections(from, key, take)?;
    Ok(names)
}

/// Gives the names of each section that has some.
fn sections(
    from: &mut (impl BufRead + Seek),
    key: fn(&ComponentExternName<'_>) -> String,
    mut take: impl FnMut(u8, Vec<String>),
) -> io::Result<()> {
    // Asked first: seeking throws away what was read ahead.
    let end = end(from)?;
    let mut header = [0; 8];
    from.read_exact(&mut header)?;
    if header != wasm_encoder::Component::HEADER {
        return Err(strange());
    }
    while !from.fill_buf()?.is_empty() {
        let mut kind = [0];
        from.read_exact(&mut kind)?;
        let len = length(from)?;
        match kind[0] {
            IMPORTS | EXPORTS if len > LONGEST => return Err(strange()),
            IMPORTS | EXPORTS => {
                let mut contents = Vec::new();
                if from.take(len).read_to_end(&mut contents)? as u64 != len {
                    return Err(strange());
                }
                take(kind[0], section(kind[0], &contents, key).map_err(|_| strange())?);
            }
            // A file that is cut off ends inside of a section, and seeking past its end is no fault by itself.
            _ if from.stream_position()? + len > end => return Err(strange()),
            _ => from.seek_relative(i64::try_from(len).map_err(|_| strange())?)?,
        }
    }
    Ok(())
}

/// Where what is read ends.
fn end(from: &mut impl Seek) -> io::Result<u64> {
    let here = from.stream_position()?;
    let end = from.seek(SeekFrom::End(0))?;
    from.seek(SeekFrom::Start(here))?;
    Ok(end)
}

fn section(kind: u8, contents: &[u8], key: fn(&ComponentExternName<'_>) -> String) -> wasmparser::Result<Vec<String>> {
    let reader = BinaryReader::new(contents, 0);
    if kind == IMPORTS {
        ComponentImportSectionReader::new(reader)?.into_iter().map(|import| Ok(key(&import?.name))).collect()
    } else {
        ComponentExportSectionReader::new(reader)?.into_iter().map(|export| Ok(key(&export?.name))).collect()
    }
}

fn key(name: &ComponentExternName<'_>) -> String {
    let interface = match name.implements {
        Some(interface) => InterfaceName::parse(interface, name.version_suffix),
        None => ExternName::parse(name.name, name.version_suffix).interface().cloned(),
    };
    match_key(interface.as_ref(), name.name)
}

/// An unsigned LEB128 number of at most 32 bits.
fn length(from: &mut impl Read) -> io::Result<u64> {
    let mut value = 0;
    for shift in (0..35).step_by(7) {
        let mut byte = [0];
        from.read_exact(&mut byte)?;
        value |= u64::from(byte[0] & 0x7f) << shift;
        if byte[0] & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err(strange())
}

fn strange() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasmparser::Parser;

    fn component(text: &str) -> Vec<u8> {
        wat::parse_str(text).expect("a component")
    }

    #[test]
    fn names_of_all_sections_are_found_and_nothing_inside_is() {
        let text = r#"(component
             (import "a:b/c@1.2.3" (instance))
             (component (import "x:y/z" (instance)))
             (core module (func (export "f")))
             (import "log" (func $log))
             (export "t:u/v@0.2.0" (instance 0))
             (export "run" (func $log)))"#;
        let names = bytes(&component(text)).expect("it can be skimmed");
        assert_eq!(Vec::from_iter(&names.imports), ["a:b/c", "log"]);
        assert_eq!(Vec::from_iter(&names.exports), ["run", "t:u/v"]);
    }

    #[test]
    fn no_cut_or_change_makes_it_panic_or_read_without_end() {
        let whole = component(r#"(component (import "a:b/c" (instance)) (core module) (export "d:e/f" (instance 0)))"#);
        assert_eq!(bytes(&whole[..9]), None);
        // Between two sections a file may end.
        let ends: Vec<usize> = Parser::new(0)
            .parse_all(&whole)
            .filter_map(|payload| Some(payload.expect("it is whole").as_section()?.1.end as usize))
            .collect();
        for index in 0..whole.len() {
            assert_eq!(bytes(&whole[..index]).is_some(), index == 8 || ends.contains(&index), "cut off after {index}");
            for value in [0, 1, 127, 128, 255] {
                let mut changed = whole.clone();
                changed[index] = value;
                bytes(&changed);
            }
        }
        assert_eq!(bytes(b"\0asm\x01\0\0\0"), None, "a core module");
    }
}
