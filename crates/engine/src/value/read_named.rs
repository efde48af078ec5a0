//! The part of the reader where names stand: records, flags, cases, maps, options and results.

use super::fault::BadValue;
use super::node::{Kind, Node};
use super::read::{Read, Reader};
use super::wit::wit;
use wasmtime::component::{Type, Val};

impl Reader<'_> {
    pub(super) fn record(&mut self, ty: &Type) -> Read<Kind> {
        let Type::Record(record) = ty else { return Err(self.bad(ty, "a record")) };
        self.open(ty, "{", "a record, as `{name: …}`")?;
        let known: Vec<&str> = record.fields().map(|field| field.name).collect();
        let mut found: Vec<Option<Node>> = known.iter().map(|_| None).collect();
        let mut open = false;
        // `{:}` is the record without fields; `{}` too, where no flags are expected.
        let empty = self.scan.eat(":");
        let mut more = match empty {
            true => self.open(ty, "}", "a closing `}`").map(|()| false)?,
            false => !self.scan.eat("}"),
        };
        let mut closing = self.scan.at.saturating_sub(1)..self.scan.at;
        while more {
            if !open && self.rest() {
                open = true;
            } else {
                let (at, name) = self.one_of(ty, &known, "a field")?;
                if found[at].is_some() {
                    let mut bad = self.bad_at(name, ty, "each field once");
                    bad.found = format!("`{}` again", known[at]);
                    return Err(bad);
                }
                self.open(ty, ":", "`:` and a value")?;
                let Some(field) = record.fields().nth(at) else { return Err(self.bad(ty, "a field")) };
                found[at] = Some(self.node(&field.ty)?);
            }
            closing = self.scan.ahead();
            more = self.more(ty, "}")?;
            if !more {
                closing = self.scan.at - 1..self.scan.at;
            }
        }
        let mut fields = Vec::new();
        for (field, node) in record.fields().zip(found) {
            let none = Node { at: closing.clone(), kind: Kind::Option(None) };
            let node = match node {
                Some(node) => node,
                None if open => continue,
                None if matches!(field.ty, Type::Option(_)) => none,
                None => {
                    let mut bad = self.bad_at(closing, ty, &format!("the field `{}`", field.name));
                    bad.found = "a record without it".into();
                    return Err(bad);
                }
            };
            fields.push((field.name.to_string(), node));
        }
        Ok(Kind::Record { fields, open })
    }

    pub(super) fn flags(&mut self, ty: &Type) -> Read<Kind> {
        let Type::Flags(flags) = ty else { return Err(self.bad(ty, "flags")) };
        self.open(ty, "{", "flags, as `{…}`")?;
        let known: Vec<&str> = flags.names().collect();
        let (mut set, mut open) = (vec![false; known.len()], false);
        let mut more = !self.scan.eat("}");
        while more {
            if !open && self.rest() {
                open = true;
            } else {
                let (at, name) = self.one_of(ty, &known, "a flag")?;
                if std::mem::replace(&mut set[at], true) {
                    let mut bad = self.bad_at(name, ty, "each flag once");
                    bad.found = format!("`{}` again", known[at]);
                    return Err(bad);
                }
            }
            more = self.more(ty, "}")?;
        }
        let names = known.iter().zip(set).filter(|(_, set)| *set).map(|(name, _)| (*name).to_string()).collect();
        Ok(Kind::Flags { names, open })
    }

    /// Takes one of the known names: which one, and where it stands.
    fn one_of(&mut self, ty: &Type, known: &[&str], what: &str) -> Read<(usize, std::ops::Range<usize>)> {
        let expected = if known.is_empty() { "nothing".into() } else { format!("{what} of the type") };
        let Some((_, name, at)) = self.scan.label() else {
            let bad = self.bad(ty, &expected);
            return Err(with_names(bad, known.iter().copied(), None));
        };
        match known.iter().position(|known| *known == name) {
            Some(which) => Ok((which, at)),
            None => Err(with_names(self.bad_at(at, ty, &expected), known.iter().copied(), Some(name))),
        }
    }

    /// A variant or an enum.
    pub(super) fn case(&mut self, ty: &Type) -> Read<Kind> {
        let cases: Vec<(&str, Option<Type>)> = match ty {
            Type::Variant(variant) => variant.cases().map(|case| (case.name, case.ty)).collect(),
            Type::Enum(names) => names.names().map(|name| (name, None)).collect(),
            _ => Vec::new(),
        };
        let known: Vec<&str> = cases.iter().map(|(name, _)| *name).collect();
        let (at, _) = self.one_of(ty, &known, "a case")?;
        let (name, payload) = &cases[at];
        if let Type::Enum(_) = ty {
            return Ok(Kind::Leaf(Val::Enum((*name).to_string())));
        }
        let payload = match payload {
            Some(payload) => {
                self.open(ty, "(", &format!("`(` and the value of `{name}`"))?;
                Some(self.boxed(payload, ty)?)
            }
            None => None,
        };
        Ok(Kind::Variant((*name).to_string(), payload))
    }

    /// Takes a keyword: the word as it is, not a longer one and not behind a `%`.
    fn keyword(&mut self, word: &str) -> bool {
        let comes = self.scan.label_ahead() == Some((false, word));
        comes && self.scan.eat(word)
    }

    pub(super) fn option(&mut self, ty: &Type) -> Read<Kind> {
        let Type::Option(option) = ty else { return Err(self.bad(ty, "an option")) };
        let some = option.ty();
        if self.keyword("none") {
            return Ok(Kind::Option(None));
        }
        if self.keyword("some") {
            self.open(ty, "(", "`(` and a value")?;
            return Ok(Kind::Option(Some(self.boxed(&some, ty)?)));
        }
        if matches!(some, Type::Option(_) | Type::Result(_)) {
            return Err(self.bad(ty, "`some(…)` or `none`"));
        }
        let (start, names) = (self.scan.ahead().start, self.names);
        let node = self.node(&some).map_err(|bad| or(bad, start, "`some(…)`, `none`", wit(ty, names)))?;
        Ok(Kind::Option(Some(Box::new(node))))
    }

    pub(super) fn result(&mut self, ty: &Type) -> Read<Kind> {
        let Type::Result(result) = ty else { return Err(self.bad(ty, "a result")) };
        for (word, payload) in [("ok", result.ok()), ("err", result.err())] {
            if !self.keyword(word) {
                continue;
            }
            let node = match payload {
                Some(payload) => {
                    self.open(ty, "(", &format!("`(` and the value of `{word}`"))?;
                    Some(self.boxed(&payload, ty)?)
                }
                None => None,
            };
            return Ok(Kind::Result(if word == "ok" { Ok(node) } else { Err(node) }));
        }
        match result.ok() {
            Some(flat) if !matches!(flat, Type::Option(_) | Type::Result(_)) => {
                let (start, names) = (self.scan.ahead().start, self.names);
                let node = self.node(&flat).map_err(|bad| or(bad, start, "`ok(…)`, `err(…)`", wit(ty, names)))?;
                Ok(Kind::Result(Ok(Some(Box::new(node)))))
            }
            _ => {
                let side = |payload: Option<Type>| if payload.is_some() { "(…)" } else { "" };
                let expected = format!("`ok{}` or `err{}`", side(result.ok()), side(result.err()));
                Err(self.bad(ty, &expected))
            }
        }
    }

    pub(super) fn map(&mut self, ty: &Type) -> Read<Kind> {
        let Type::Map(map) = ty else { return Err(self.bad(ty, "a map")) };
        let (key_type, value_type) = (map.key(), map.value());
        self.open(ty, "{", "a map, as `{key: value}`")?;
        let (mut entries, mut open) = (Vec::new(), false);
        let mut more = match self.scan.eat(":") {
            true => self.open(ty, "}", "a closing `}`").map(|()| false)?,
            false => !self.scan.eat("}"),
        };
        while more {
            if !open && self.rest() {
                open = true;
            } else {
                let key = self.node(&key_type)?;
                self.open(ty, ":", "`:` and a value")?;
                entries.push((key, self.node(&value_type)?));
            }
            more = self.more(ty, "}")?;
        }
        Ok(Kind::Map { entries, open })
    }
}

/// What could also have stood at the beginning of a value, if that is where it went wrong.
fn or(mut bad: BadValue, start: usize, also: &str, ty: String) -> BadValue {
    if bad.at.start == start {
        bad.expected = format!("{also} or {}", bad.expected);
        bad.ty = ty;
    }
    bad
}

fn with_names<'n>(bad: BadValue, known: impl Iterator<Item = &'n str>, name: Option<&str>) -> BadValue {
    BadValue { known: known.map(str::to_string).collect(), name: name.map(str::to_string), ..bad }
}
