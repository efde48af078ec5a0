//! `import` statements: imports that the result has by themselves, with the type that the document gives them.
//!
//! What is written there is WIT but for the places it may stand in, so the type is taken as text and read as WIT by the
//! stage that reads WIT.

use super::diags::{ImportTwice, Unsupported};
use super::lower::{Import, Item, Lowering, Value, range};
use wac_parser::{ImportStatement, ImportType};

impl<'d> Lowering<'d> {
    /// What an `import` binds; `None` if something is wrong with it, which was reported.
    pub(super) fn import(&mut self, statement: &'d ImportStatement<'d>) -> Option<Value> {
        let at = range(statement.id.span);
        let (what, package) = match &statement.ty {
            ImportType::Package(path) => {
                let span = range(path.span);
                if path.name == self.own || path.segments.contains('/') {
                    let what = "an `import` of what is not an interface of another package";
                    self.report(Unsupported { spot: self.spot(span), what });
                    return None;
                }
                let version = path.version.as_ref().map(ToString::to_string);
                let spelled = path.string.replace(&format!("/{}", path.segments), "");
                let package = (self.written(&spelled, span.clone()), path.name.to_owned(), version);
                (self.written(path.string, span), Some(package))
            }
            ImportType::Func(_) | ImportType::Interface(_) => {
                let after = statement.name.as_ref().map_or(statement.id.span, |name| name.span());
                let span = type_text(&self.source.text, range(after).end);
                let text = self.source.text.get(span.clone()).unwrap_or_default();
                (self.written(text, span), None)
            }
            ImportType::Ident(id) => {
                let what = "an `import` with the type of another statement";
                self.report(Unsupported { spot: self.spot(range(id.span)), what });
                return None;
            }
        };
        let name = match (&statement.name, &package) {
            (Some(name), _) => self.written(name.as_str(), range(name.span())),
            (None, Some(_)) => what.clone(),
            (None, None) => self.written(statement.id.string, at.clone()),
        };
        if let Some(first) = self.imports.iter().find(|other| other.name.text == name.text) {
            let first = first.name.at.as_ref().map_or(0..0, |(_, span)| span.clone());
            let span = name.at.as_ref().map_or(0..0, |(_, span)| span.clone());
            self.report(ImportTwice { spot: self.spot(span), first, name: &name.text });
            return None;
        }
        self.imports.push(Import { name: name.clone(), what, package });
        Some(Value { item: Item::Import(name, Vec::new()), at })
    }
}

/// The bytes of a type: what stands between `:` and the `;` that ends the statement.
fn type_text(text: &str, after: usize) -> std::ops::Range<usize> {
    let rest = &text[after..];
    let start = after + rest.find(':').map_or(0, |colon| colon + 1);
    let start = start + (text[start..].len() - text[start..].trim_start().len());
    let mut depth = 0_usize;
    let bytes = text.as_bytes();
    let mut at = start;
    while at < bytes.len() {
        match bytes[at] {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b';' if depth == 0 => return start..at,
            b'/' if text[at..].starts_with("//") => at += text[at..].find('\n').unwrap_or(text.len() - at),
            b'/' if text[at..].starts_with("/*") => at += text[at..].find("*/").unwrap_or(text.len() - at),
            _ => {}
        }
        at += 1;
    }
    start..text.len()
}
