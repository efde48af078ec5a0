//! Short names: `store` for `acme:kv/store@1.2.0`.
//!
//! Where a pin names an import of one instance, or an export of one, the last word of an interface's name is enough if
//! it is the only one of that word. A plain name that is there goes before: it is the very name.

use crate::model::name::ExternName;

/// The last word of an interface's name.
pub(super) fn word(name: &ExternName) -> Option<&str> {
    name.interface().map(|interface| interface.interface.rsplit('/').next().unwrap_or(&interface.interface))
}

/// The names that a word may stand for: the plain name itself, else the interfaces that end in it.
pub(super) fn meant<K: Copy>(text: &str, names: impl IntoIterator<Item = (K, ExternName)>) -> Vec<K> {
    let (mut plain, mut ending) = (Vec::new(), Vec::new());
    for (key, name) in names {
        match &name {
            ExternName::Plain(name) if name == text => plain.push(key),
            ExternName::Interface(_) if word(&name) == Some(text) => ending.push(key),
            _ => {}
        }
    }
    if plain.is_empty() { ending } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_stands_for_the_interfaces_that_end_in_it_unless_it_is_a_name_itself() {
        let names = ["acme:kv/store@1.0.0", "b:c/store", "log", "d:e/log", "n:p/a/b"];
        let names = || names.into_iter().map(|text| (text, ExternName::parse(text, None)));
        assert_eq!(meant("store", names()), ["acme:kv/store@1.0.0", "b:c/store"]);
        assert_eq!(meant("log", names()), ["log"]);
        assert_eq!(meant("b", names()), ["n:p/a/b"]);
        assert_eq!(meant("kv", names()), [""; 0]);
    }
}
