//! What bytes are, by how they begin: to say it when they are not a component.
//!
//! A guess for messages, never a judgement: whether bytes are a valid component is for the validator alone.

/// What bytes seem to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// No bytes at all.
    Empty,
    /// A WebAssembly component.
    Component,
    /// A WebAssembly core module.
    CoreModule,
    /// WebAssembly with a version that is neither of the two; the number after the magic bytes.
    OtherWasm(u32),
    /// The beginning of WebAssembly, cut off within the first eight bytes.
    CutWasm,
    /// WebAssembly text.
    Wat,
    /// WIT.
    Wit,
    /// An HTML page, as a download that went wrong gives.
    Html,
    /// JSON.
    Json,
    /// The stand-in that Git LFS leaves for a large file.
    LfsPointer,
    /// An archive or compressed file, by its name.
    Packed(&'static str),
    /// A program or library for a processor, by its format.
    Native(&'static str),
    /// Other text.
    Text,
    /// Anything else.
    Unknown,
}

/// Bytes at the beginning that tell a format.
const MAGIC: &[(&[u8], Kind)] = &[
    (b"\x1f\x8b", Kind::Packed("gzip")),
    (b"PK\x03\x04", Kind::Packed("zip")),
    (b"PK\x05\x06", Kind::Packed("zip")),
    (b"\x28\xb5\x2f\xfd", Kind::Packed("zstd")),
    (b"\xfd7zXZ\x00", Kind::Packed("xz")),
    (b"BZh", Kind::Packed("bzip2")),
    (b"!<arch>\n", Kind::Packed("ar")),
    (b"\x7fELF", Kind::Native("ELF")),
    (b"MZ", Kind::Native("PE")),
    (b"\xcf\xfa\xed\xfe", Kind::Native("Mach-O")),
    (b"\xce\xfa\xed\xfe", Kind::Native("Mach-O")),
    (b"\xca\xfe\xba\xbe", Kind::Native("Mach-O")),
    (b"BC\xc0\xde", Kind::Native("LLVM bitcode")),
    (b"version https://git-lfs", Kind::LfsPointer),
];

/// Guesses what bytes are.
pub fn sniff(bytes: &[u8]) -> Kind {
    if bytes.is_empty() {
        return Kind::Empty;
    }
    if let Some(rest) = bytes.strip_prefix(b"\0asm") {
        return match rest.first_chunk::<4>() {
            Some([0x01, 0, 0, 0]) => Kind::CoreModule,
            Some([_, 0, 1, 0]) => Kind::Component,
            Some(version) => Kind::OtherWasm(u32::from_le_bytes(*version)),
            None => Kind::CutWasm,
        };
    }
    if b"\0asm".starts_with(bytes) {
        return Kind::CutWasm;
    }
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return *kind;
    }
    if bytes.get(257..262) == Some(b"ustar") {
        return Kind::Packed("tar");
    }
    sniff_text(bytes)
}

fn sniff_text(bytes: &[u8]) -> Kind {
    let head = &bytes[..bytes.len().min(4096)];
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        // The cut may have gone through a letter.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return Kind::Unknown,
    };
    if text.contains(|letter: char| letter.is_control() && !letter.is_whitespace()) {
        return Kind::Unknown;
    }
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let lower = start.get(..start.len().min(15)).unwrap_or_default().to_ascii_lowercase();
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") {
        Kind::Html
    } else if start.starts_with("(module") || start.starts_with("(component") || start.starts_with(";;") {
        Kind::Wat
    } else if start.starts_with(['{', '[']) {
        Kind::Json
    } else if start.lines().any(|line| {
        let line = line.trim_start();
        line.starts_with("package ") && line.contains(':')
            || line.starts_with("interface ") && line.contains('{')
            || line.starts_with("world ") && line.contains('{')
    }) {
        Kind::Wit
    } else {
        Kind::Text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_apart() {
        let mut tar = vec![b'x'; 600];
        tar[257..262].copy_from_slice(b"ustar");
        let samples: &[(&[u8], Kind)] = &[
            (b"", Kind::Empty),
            (b"\0asm\x0d\0\x01\0", Kind::Component),
            (b"\0asm\x01\0\0\0", Kind::CoreModule),
            (b"\0asm\x02\0\0\0", Kind::OtherWasm(2)),
            (b"\0asm\x01", Kind::CutWasm),
            (b"\0a", Kind::CutWasm),
            (b"\x1f\x8b\x08\0", Kind::Packed("gzip")),
            (b"PK\x03\x04..", Kind::Packed("zip")),
            (b"\x7fELF\x02", Kind::Native("ELF")),
            (b"<!DOCTYPE html><html>", Kind::Html),
            (b"  <HTML lang=en>", Kind::Html),
            (b"(component)", Kind::Wat),
            (b";; a comment\n(module)", Kind::Wat),
            (b"// docs\npackage acme:kv@1.0.0;\n", Kind::Wit),
            (b"interface store {\n}", Kind::Wit),
            (b"{\"error\": 404}", Kind::Json),
            (b"version https://git-lfs.example/spec/v1\n", Kind::LfsPointer),
            (b"hello", Kind::Text),
            ("größe".as_bytes(), Kind::Text),
            (b"\x01\x02\x03", Kind::Unknown),
            (b"\xff\xfe\xfd", Kind::Unknown),
            (&tar, Kind::Packed("tar")),
        ];
        for (bytes, kind) in samples {
            assert_eq!(sniff(bytes), *kind, "{bytes:?}");
        }
    }

    #[test]
    fn a_letter_cut_in_two_does_not_make_a_text_unknown() {
        let mut text = "a".repeat(4095);
        text.push('é');
        assert_eq!(sniff(text.as_bytes()), Kind::Text);
    }

    #[test]
    fn no_bytes_make_it_panic() {
        let mut state = 1_u64;
        for len in 0..2_000_usize {
            let bytes: Vec<u8> = (0..len % 300)
                .map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    (state >> 56) as u8
                })
                .collect();
            sniff(&bytes);
        }
    }
}
