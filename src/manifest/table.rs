//! Walking TOML tables: values of the wrong type and keys nobody knows become diagnostics, everything else a `Written`.
//!
//! The walk is by hand and not by serde, because serde stops at the first fault and loses the place of keys, and a
//! manifest is to be judged whole in one run.

use super::diags::{ExcludingKeys, Spot, UnknownKey, WrongType};
use super::write;
use crate::diag::{Diagnostic, Source};
use crate::model::near::nearest;
use crate::model::request::Written;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// A key and its value.
pub(crate) type Entry<'t, 'i> = (&'t Spanned<DeString<'i>>, &'t Spanned<DeValue<'i>>);

/// The text being read and what is wrong with it so far.
pub(crate) struct Reader<'a> {
    /// The manifest.
    pub source: &'a Arc<Source>,
    /// The folder that its paths are relative to.
    pub base: &'a Path,
    /// What was found wrong, in the order it was found.
    pub found: Vec<Diagnostic>,
}

/// The entries of a table in the order they were written.
pub(crate) fn in_order<'t, 'i>(table: &'t DeTable<'i>) -> Vec<Entry<'t, 'i>> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// The entry of a key.
pub(crate) fn entry<'t, 'i>(table: &'t DeTable<'i>, key: &str) -> Option<Entry<'t, 'i>> {
    table.iter().find(|(found, _)| found.get_ref() == key)
}

impl<'a> Reader<'a> {
    pub(crate) fn report(&mut self, diagnostic: impl Into<Diagnostic>) {
        self.found.push(diagnostic.into());
    }

    pub(crate) fn spot(&self, span: Range<usize>) -> Spot<'a> {
        Spot { source: self.source, span }
    }

    pub(crate) fn written(&self, text: &str, span: Range<usize>) -> Written {
        Written { text: text.into(), at: Some((self.source.clone(), span)) }
    }

    pub(crate) fn written_key(&self, key: &Spanned<DeString<'_>>) -> Written {
        self.written(key.get_ref(), key.span())
    }

    pub(crate) fn path(&self, written: &Written) -> PathBuf {
        self.base.join(&written.text)
    }

    /// Reports the keys of a table that are not among the known ones. `homes` are other tables and their keys, for keys
    /// that stand in the wrong one.
    pub(crate) fn refuse_unknown(
        &mut self,
        table: &DeTable<'_>,
        name: &str,
        known: &[&str],
        homes: &[(&str, &[&str])],
    ) {
        for (key, _) in in_order(table) {
            let text: &str = key.get_ref();
            if known.contains(&text) {
                continue;
            }
            let home = homes.iter().find(|(_, keys)| keys.contains(&text)).map(|(home, _)| *home);
            self.report(UnknownKey {
                spot: self.spot(key.span()),
                key: text,
                table: name,
                known,
                near: nearest(text, known.iter().copied()),
                home,
            });
        }
    }

    pub(crate) fn wrong_type(&mut self, key: &str, value: &Spanned<DeValue<'_>>, expected: &str) {
        let found = value.get_ref().type_str();
        let help = self.line_that_would_do(key, value, expected);
        self.report(WrongType { spot: self.spot(value.span()), key, expected, found, help });
    }

    fn wrong_item(&mut self, key: &str, item: &Spanned<DeValue<'_>>) {
        let found = item.get_ref().type_str();
        let text = self.source.text.get(item.span());
        let help = text.filter(|_| !matches!(item.get_ref(), DeValue::Array(_) | DeValue::Table(_))).map(write::string);
        self.report(WrongType { spot: self.spot(item.span()), key, expected: "a list of strings", found, help });
    }

    /// A line with a value of the type that is expected, as near as possible to the one that is there.
    fn line_that_would_do(&self, key: &str, value: &Spanned<DeValue<'_>>, expected: &str) -> Option<String> {
        let simple = match value.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            DeValue::Array(_) | DeValue::Table(_) => None,
            _ => self.source.text.get(value.span()).map(str::to_owned),
        };
        let own = write::key(key);
        let quoted = || simple.as_deref().map_or_else(|| "\"…\"".to_owned(), write::string);
        Some(match expected {
            "a string" => match value.get_ref() {
                DeValue::Array(items) if items.len() == 1 => {
                    let DeValue::String(text) = items[0].get_ref() else { return None };
                    format!("{own} = {}", write::string(text))
                }
                _ => format!("{own} = {}", quoted()),
            },
            "a list of strings" => format!("{own} = [{}]", quoted()),
            "`true` or `false`" => match simple.as_deref().map(str::to_ascii_lowercase).as_deref() {
                Some("false" | "no" | "off" | "0") => format!("{own} = false"),
                _ => format!("{own} = true"),
            },
            "a table" => format!("[{key}]"),
            "a path or a table with `path`" => format!("{own} = \"components/{key}.wasm\""),
            "a table with `wit` and `name`" => {
                format!("{own} = {{ wit = {} }}", if simple.is_some() { quoted() } else { "\"wit\"".into() })
            }
            "a table with `component`" => format!("{own} = {{ component = {} }}", quoted()),
            _ if expected.starts_with("the name of an instance") => format!("{own} = \"…\""),
            _ if expected.starts_with("a table of") || expected.starts_with("a table `[") => format!("[{key}]"),
            _ => return None,
        })
    }

    /// A value that must be a string.
    pub(crate) fn string(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Written> {
        match value.get_ref() {
            DeValue::String(text) => Some(self.written(text, value.span())),
            _ => {
                self.wrong_type(key, value, "a string");
                None
            }
        }
    }

    /// A value that must be `true` or `false`.
    pub(crate) fn boolean(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<bool> {
        match value.get_ref() {
            DeValue::Boolean(value) => Some(*value),
            _ => {
                self.wrong_type(key, value, "`true` or `false`");
                None
            }
        }
    }

    /// A value that must be a number from 0.
    pub(crate) fn count(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<u32> {
        let number = match value.get_ref() {
            DeValue::Integer(number) => u32::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong_type(key, value, "a number from 0");
        }
        number
    }

    /// A value that must be a table; `expected` says so together with what else would do.
    pub(crate) fn table<'t, 'i>(
        &mut self,
        key: &str,
        value: &'t Spanned<DeValue<'i>>,
        expected: &str,
    ) -> Option<&'t DeTable<'i>> {
        match value.get_ref() {
            DeValue::Table(table) => Some(table),
            _ => {
                self.wrong_type(key, value, expected);
                None
            }
        }
    }

    /// A value that must be a list of strings. Items of another type are reported and left out.
    pub(crate) fn strings(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Vec<Written>> {
        match value.get_ref() {
            DeValue::Array(items) => {
                let mut strings = Vec::new();
                for item in items {
                    match item.get_ref() {
                        DeValue::String(text) => strings.push(self.written(text, item.span())),
                        _ => self.wrong_item(key, item),
                    }
                }
                Some(strings)
            }
            _ => {
                self.wrong_type(key, value, "a list of strings");
                None
            }
        }
    }

    /// Reports two keys of one table that cannot stand together; gives whether they do.
    pub(crate) fn exclude(&mut self, table: &DeTable<'_>, name: &str, one: &str, other: &str) -> bool {
        let (Some((first, _)), Some((second, _))) = (entry(table, one), entry(table, other)) else { return false };
        let (first, second) = if first.span().start < second.span().start { (first, second) } else { (second, first) };
        self.report(ExcludingKeys {
            spot: self.spot(second.span()),
            first: first.span(),
            keys: [first.get_ref(), second.get_ref()],
            table: name,
        });
        true
    }
}
