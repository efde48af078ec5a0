//! The names of the inputs: legal, unique, and the same whenever the same inputs are given in the same order.
//!
//! A given name always wins. Names made from file names step back: `a/kv.wasm b/kv.wasm` become `kv` and `kv-2`.

use super::diags::{DuplicateInputName, IllegalInputName};
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
    for component in [true, false] {
        for (input, name) in inputs.iter().zip(&mut out).filter(|(input, _)| input.component == component) {
            *name = match input.given {
                Some(given) => given.text.clone(),
                None => unique(&stem_name(input.origin), &mut taken),
            };
        }
    }
    out
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
