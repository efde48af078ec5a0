//! Where a world says that it imports or exports something: the WIT reader forgets that for interfaces.
//!
//! The text of the world is read again for its statements, when the first of them is asked for. What comes by way of an
//! `include`, or under a name from a `use` of the file, is not found, and the world itself is shown.

use super::change::Said;
use super::side::Side;
use crate::diag::Source;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;
use wit_parser::{WorldId, WorldItem, WorldKey};

/// The statements of a world.
pub(super) struct Statements<'a> {
    side: &'a Side,
    world: WorldId,
    read: OnceCell<Option<Read>>,
}

/// Those that were read, to be found by what they import or export.
struct Read {
    source: Arc<Source>,
    /// By the word and the label; the first of several.
    labels: HashMap<(&'static str, String), Range<usize>>,
    /// By the word and what stands behind it.
    names: HashMap<(&'static str, String), Range<usize>>,
}

impl<'a> Statements<'a> {
    /// Those of a world.
    pub(super) fn of(side: &'a Side, world: WorldId) -> Self {
        Self { side, world, read: OnceCell::new() }
    }

    /// An import or an export, as `word` says, with its place: that of its own, else of its statement, else of the world.
    pub(super) fn said(&self, text: String, word: &'static str, key: &WorldKey, item: &WorldItem) -> Said {
        let own = match item {
            WorldItem::Function(_) | WorldItem::Type { .. } => self.side.at(item.span()),
            WorldItem::Interface { .. } => None,
        };
        let read = || self.read.get_or_init(|| Read::new(self.side, self.world)).as_ref();
        let at = own.or_else(|| read()?.find(self.side, word, key));
        Said { text, at: at.or_else(|| self.side.at(self.side.resolve.worlds[self.world].span)) }
    }
}

impl Read {
    /// Those of a world, if its text is there.
    fn new(side: &Side, world: WorldId) -> Option<Self> {
        let (source, name) = side.at(side.resolve.worlds[world].span)?;
        let (mut labels, mut names) = (HashMap::new(), HashMap::new());
        for range in statements(&source.text, name.end) {
            let text = &source.text[range.clone()];
            let stripped = ["import", "export"].into_iter().find_map(|word| Some((word, text.strip_prefix(word)?)));
            let Some((word, rest)) = stripped.filter(|(_, rest)| rest.starts_with(char::is_whitespace)) else {
                continue;
            };
            let rest = rest.trim();
            let rest = rest.strip_prefix('%').unwrap_or(rest);
            if let Some((label, _)) = rest.split_once(':') {
                labels.entry((word, label.trim_end().to_owned())).or_insert_with(|| range.clone());
            }
            names.entry((word, rest.to_owned())).or_insert(range);
        }
        Some(Self { source, labels, names })
    }

    /// The statement that imports or exports something, which `word` says.
    fn find(&self, side: &Side, word: &'static str, key: &WorldKey) -> Option<(Arc<Source>, Range<usize>)> {
        let found = match key {
            WorldKey::Name(label) => self.labels.get(&(word, label.clone())),
            WorldKey::Interface(id) => {
                let interface = &side.resolve.interfaces[*id];
                let name = interface.name.clone().unwrap_or_default();
                let package = interface.package.map(|package| &side.resolve.packages[package].name);
                let of_package = package.map(|package| {
                    [format!("{}:{}/{name}", package.namespace, package.name), package.interface_id(&name)]
                });
                let spelled = [name].into_iter().chain(of_package.into_iter().flatten());
                spelled.filter_map(|name| self.names.get(&(word, name))).min_by_key(|range| range.start)
            }
        };
        Some((self.source.clone(), found?.clone()))
    }
}

/// The statements of the block that opens after `start`, up to their semicolon or block.
fn statements(text: &str, start: usize) -> impl Iterator<Item = Range<usize>> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let (mut at, mut depth, mut parentheses, mut begun) = (start, 0_usize, 0_usize, None);
    while at < bytes.len() {
        match bytes[at] {
            b'/' if bytes[at..].starts_with(b"//") => {
                at += text[at..].find('\n').unwrap_or(text.len() - at);
                continue;
            }
            b'/' if bytes[at..].starts_with(b"/*") => {
                at = comment_end(bytes, at);
                continue;
            }
            b'"' => at += text[at + 1..].find('"').map_or(text.len() - at - 1, |end| end + 1),
            b'(' => parentheses += 1,
            b')' => {
                parentheses = parentheses.saturating_sub(1);
                // What stands before is an attribute.
                if parentheses == 0 && begun.is_some_and(|begun| bytes[begun] == b'@') {
                    begun = None;
                }
            }
            byte @ (b'{' | b'}' | b';') => {
                if let Some(begun) = begun.take()
                    && depth == 1
                {
                    found.push(begun..begun + text[begun..at].trim_end().len());
                }
                depth = match byte {
                    b'{' => depth + 1,
                    b'}' => depth.saturating_sub(1),
                    _ => depth,
                };
                if depth == 0 {
                    break;
                }
            }
            byte if begun.is_none() && depth == 1 && !byte.is_ascii_whitespace() => begun = Some(at),
            _ => {}
        }
        at += 1;
    }
    found.into_iter()
}

/// Where a comment that may hold others ends.
fn comment_end(bytes: &[u8], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0_usize);
    while at < bytes.len() {
        match bytes.get(at..at + 2) {
            Some(b"/*") => (at, depth) = (at + 2, depth + 1),
            Some(b"*/") => (at, depth) = (at + 2, depth - 1),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_of_worlds_are_found() {
        let text = "package a:b@1.0.0;\ninterface i {}\ninterface j {}\nworld w {\n  // import i;\n  /* /* ; */ } */\n  \
                    @since(version = 1.0.0) import i;\n  @external-id(\"} ;\")\n  export  j ;\n  \
                    import x: interface { f: func(); }\n  import %interface: func();\n}\nworld v { import j; }\n";
        let side = Side::of_text("w.wit", text).expect("WIT");
        let package = &side.resolve.packages[side.packages[0]];
        let statements = Read::new(&side, package.worlds["w"]).expect("a text");
        let shown = |word: &'static str, key: WorldKey| {
            statements.find(&side, word, &key).map(|(source, range)| source.text[range].to_owned())
        };
        let interface = |name: &str| WorldKey::Interface(package.interfaces[name]);
        assert_eq!(shown("import", interface("i")).as_deref(), Some("import i"));
        assert_eq!(shown("export", interface("j")).as_deref(), Some("export  j"));
        assert_eq!(shown("import", interface("j")), None);
        assert_eq!(shown("import", WorldKey::Name("x".into())).as_deref(), Some("import x: interface"));
        assert_eq!(shown("import", WorldKey::Name("interface".into())).as_deref(), Some("import %interface: func()"));
    }
}
