//! `[host]`: what the result is given when it runs, word by word.
//!
//! What a word means is judged where it is used, so that a manifest can be read by whoever never runs anything.

use super::keys::{HOST, names};
use super::table::{Reader, in_order};
use crate::model::hosting::{Given, Hosting};
use crate::model::request::Written;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub(crate) fn hosting(reader: &mut Reader<'_>, table: &DeTable<'_>) -> Hosting {
    reader.refuse_unknown(table, "host", &names(HOST), &[]);
    let mut hosting = Hosting::default();
    for (key, value) in in_order(table) {
        let key: &str = key.get_ref();
        let Some((given, _)) = Given::ALL.iter().find(|(_, word)| *word == key) else { continue };
        let words = match given {
            Given::Dir | Given::Net | Given::Http | Given::Shut => reader.strings(key, value).unwrap_or_default(),
            Given::Env | Given::Config | Given::Keyvalue | Given::Limit => pairs(reader, key, *given, value),
        };
        let words = words.into_iter().map(|word| match given {
            // Paths are those of the manifest, wherever it is read from.
            Given::Dir => Written { text: reader.path(&word).to_string_lossy().into_owned(), ..word },
            _ => word,
        });
        hosting.words.extend(words.map(|word| (*given, word)));
    }
    hosting
}

/// A table of strings, each as `key=value` that points at the value.
fn pairs(reader: &mut Reader<'_>, key: &str, given: Given, value: &Spanned<DeValue<'_>>) -> Vec<Written> {
    let Some(table) = reader.table(key, value, "a table of strings") else { return Vec::new() };
    let mut words = Vec::new();
    // A store with nothing in it is granted by an empty table.
    if table.is_empty() && given == Given::Keyvalue {
        words.push(reader.written("", value.span()));
    }
    for (name, value) in in_order(table) {
        let name: &str = name.get_ref();
        let text = match value.get_ref() {
            // Numbers are what limits are made of.
            DeValue::Integer(number) if given == Given::Limit => number.as_str().to_owned(),
            _ => match reader.string(name, value) {
                Some(written) => written.text,
                None => continue,
            },
        };
        words.push(reader.written(&format!("{name}={text}"), value.span()));
    }
    words
}
