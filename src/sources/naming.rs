//! The names of the inputs: legal, unique, and the same whenever the same inputs are given in the same order.
//!
//! A given name always wins. Names made from file names step back: `a/kv.wasm b/kv.wasm` become `kv` and `kv-2`. A file that
//! is called by a legal name goes before those whose names have to be made legal, wherever they stand.
//!
//! A name that somebody writes must not come to mean another file because a file was added to a folder. So it is said
//! where a word means one of several files and only their names, or a number, tell which.

use super::diags::{AmbiguousFileName, DuplicateInputName, IllegalInputName};
use crate::diag::Sink;
use crate::model::kebab::kebab_of;
use crate::model::name::is_kebab;
use crate::model::request::Written;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What is known of an input when names are given out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Nameless<'a> {
    /// The name that the user gave it.
    pub given: Option<&'a Written>,
    /// What the user calls it.
    pub origin: &'a str,
    /// Whether it becomes a component; others do not take names away from components.
    pub component: bool,
    /// Whether the user named the file, or else a folder that it lies in.
    pub named: bool,
}

impl Nameless<'_> {
    /// Whether it has the name that it would be called by, and nobody can take it away by adding files.
    fn is_sure(&self) -> bool {
        self.named && is_legal(self.origin)
    }
}

/// A name for each, in the same order.
pub(super) fn names(inputs: &[Nameless<'_>], sink: &mut Sink) -> Vec<String> {
    let mut given: BTreeMap<&str, (&str, &Written)> = BTreeMap::new();
    for input in inputs {
        let Some(name) = input.given else { continue };
        if !is_kebab(&name.text) {
            sink.report(IllegalInputName { name, origin: input.origin, legal: kebab_of(&name.text) });
        }
        match given.get(name.text.as_str()) {
            Some(&first) => {
                sink.report(DuplicateInputName { name: &name.text, first, second: (input.origin, name) });
            }
            None => {
                given.insert(&name.text, (input.origin, name));
            }
        }
    }
    let mut taken: BTreeSet<String> = given.into_keys().map(str::to_owned).collect();
    let mut out = vec![String::new(); inputs.len()];
    for (component, legal) in [(true, true), (true, false), (false, true), (false, false)] {
        let these = |input: &Nameless<'_>| input.component == component && is_legal(input.origin) == legal;
        for (input, name) in inputs.iter().zip(&mut out).filter(|(input, _)| these(input)) {
            *name = match input.given {
                Some(given) => given.text.clone(),
                None => unique(&stem_name(input.origin), &mut taken),
            };
        }
    }
    out
}

/// Says which of the words that mean components could mean another file as well. `names` are those that were given out.
pub(super) fn doubts(inputs: &[Nameless<'_>], names: &[String], words: &[&Written], sink: &mut Sink) {
    let mut told = BTreeSet::new();
    for word in words {
        let mut all = inputs.iter().zip(names).filter(|(input, _)| input.component);
        let Some((meant, _)) = all.find(|(_, name)| **name == word.text) else { continue };
        if meant.given.is_some() || !told.insert(word.text.as_str()) {
            continue;
        }
        let base = stem_name(meant.origin);
        let like = |input: &&Nameless<'_>| input.component && input.given.is_none() && stem_name(input.origin) == base;
        let others: Vec<&Nameless<'_>> =
            inputs.iter().filter(like).filter(|input| input.origin != meant.origin).collect();
        // The order in which the user names files is the user's.
        let numbered = base != word.text;
        let sure = meant.is_sure() && (!numbered || others.iter().all(|other| other.is_sure()));
        if !others.is_empty() && !sure {
            let others = others.into_iter().map(|other| other.origin).collect();
            sink.report(AmbiguousFileName { word, meant: meant.origin, others, numbered });
        }
    }
}

fn unique(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut candidate = name.to_owned();
    for number in 2_usize.. {
        if taken.insert(candidate.clone()) {
            break;
        }
        candidate = format!("{name}-{number}");
    }
    candidate
}

/// Whether a file is called by a legal name as it stands.
fn is_legal(origin: &str) -> bool {
    stem(origin) == stem_name(origin)
}

/// The name made from a file's name.
pub(super) fn stem_name(origin: &str) -> String {
    kebab_of(&stem(origin))
}

/// Whether a name is the stem of a file's name, or stands for an input that has no file.
pub(super) fn is_stem(origin: &str, name: &str) -> bool {
    origin == "<stdin>" || stem(origin) == name
}

/// The file's name without its folder and without `.wasm`, `.wat` or `.wit`.
fn stem(origin: &str) -> String {
    let file = Path::new(origin).file_name().map_or(origin.into(), |file| file.to_string_lossy());
    match file.rsplit_once('.') {
        Some((stem, ending)) if ["wasm", "wat", "wit"].contains(&ending.to_ascii_lowercase().as_str()) => stem.into(),
        _ => file.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

    fn given_out(inputs: &[(Option<&str>, &str)]) -> (Vec<String>, Vec<String>) {
        let written: Vec<_> = inputs.iter().map(|(given, _)| given.map(Written::new)).collect();
        let inputs: Vec<_> = inputs
            .iter()
            .zip(&written)
            .map(|((_, origin), given)| Nameless {
                given: given.as_ref(),
                origin,
                component: !origin.ends_with(".wit"),
                named: !origin.starts_with("off/"),
            })
            .collect();
        let mut sink = Sink::default();
        let names = names(&inputs, &mut sink);
        (names, sink.diagnostics().iter().map(|found| format!("{} {}", found.code, found.message)).collect())
    }

    #[test]
    fn files_are_named_by_their_stems() {
        for (origin, name) in [
            ("parts/shop.js.wasm", "shop-js"),
            ("My_App.wasm", "my-app"),
            ("1st.wasm", "c-1st"),
            ("kv", "kv"),
            ("kv.component", "kv-component"),
            ("a.WASM", "a"),
            (".wasm", "component"),
            ("<stdin>", "stdin"),
            ("..", "component"),
        ] {
            assert_eq!(stem_name(origin), name, "{origin}");
        }
    }

    #[test]
    fn names_are_unique_and_given_ones_win() {
        let (names, said) = given_out(&[
            (None, "kv.wit"),
            (None, "a/kv.wasm"),
            (None, "b/kv.wasm"),
            (Some("kv-2"), "c/other.wasm"),
            (None, "d/kv.wasm"),
        ]);
        assert_eq!(names, ["kv-5", "kv", "kv-3", "kv-2", "kv-4"]);
        assert_eq!(said, Vec::<String>::new());
    }

    #[test]
    fn a_legal_stem_keeps_its_name_whatever_stands_beside_it() {
        for beside in ["off/K.wasm", "off/k-.wasm", "off/_k.wasm", "K.wasm"] {
            let (names, _) = given_out(&[(None, beside), (None, "off/k.wasm"), (None, "off/k-2.wasm")]);
            assert_eq!(names, ["k-3", "k", "k-2"], "{beside}");
        }
    }

    #[test]
    fn words_that_could_mean_another_file_are_doubted() {
        let doubted = |word: &str, origins: &[&str]| {
            let inputs: Vec<_> = origins
                .iter()
                .map(|origin| Nameless { given: None, origin, component: true, named: !origin.starts_with("off/") })
                .collect();
            let (word, mut sink) = (Written::new(word), Sink::default());
            let names = names(&inputs, &mut sink);
            doubts(&inputs, &names, &[&word, &word], &mut sink);
            sink.diagnostics().iter().map(|found| found.message.clone()).collect::<Vec<_>>()
        };
        let several = |names: &str| vec![format!("`k` could mean several files: {names}")];
        assert_eq!(doubted("k", &["off/K.wasm", "off/k-.wasm"]), several("`off/K.wasm` or `off/k-.wasm`"));
        assert_eq!(doubted("k", &["off/K.wasm", "off/k.wasm"]), several("`off/k.wasm` or `off/K.wasm`"));
        assert_eq!(doubted("k", &["off/k.wasm", "off/k.wat"]), several("`off/k.wasm` or `off/k.wat`"));
        assert_eq!(doubted("k", &["K.wasm", "off/k.wasm"]), several("`off/k.wasm` or `K.wasm`"));
        assert_eq!(doubted("k", &["K.wasm", "k_.wasm"]), several("`K.wasm` or `k_.wasm`"));
        assert_eq!(doubted("k-2", &["k.wasm", "off/k.wasm"]), ["the number in `k-2` is only the order of files"]);
        for (word, sure) in [
            ("k", &["off/k.wasm"][..]),
            ("k", &["off/K.wasm"]),
            ("k", &["k.wasm", "off/k.wasm", "off/K.wasm"]),
            ("k", &["a/k.wasm", "b/k.wasm"]),
            ("k-2", &["a/k.wasm", "b/k.wasm"]),
            ("k-2", &["k.wasm", "off/k-2.wasm"]),
            ("other", &["off/K.wasm", "off/k.wasm"]),
        ] {
            assert_eq!(doubted(word, sure), Vec::<String>::new(), "{word} of {sure:?}");
        }
    }

    #[test]
    fn given_names_must_differ_and_be_legal() {
        let (_, said) = given_out(&[(Some("kv"), "a.wasm"), (Some("kv"), "b.wasm"), (Some("K_v"), "c.wasm")]);
        assert_eq!(
            said,
            [
                "C0206 `a.wasm` and `b.wasm` are both named `kv`".to_owned(),
                format!("{} `K_v` is not a legal name for `c.wasm`", Code::IllegalInputName),
            ]
        );
    }
}
