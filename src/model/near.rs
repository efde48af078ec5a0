//! Did you mean: which known word a misspelt one is nearest to.
//!
//! Edit distance with neighbour swaps, without regard to case; near enough is a third of the letters, at least one and at
//! most three edits. Of equally near ones the alphabetically first is taken, so that the answer does not depend on the
//! order of the inputs. How the answer is worded is the business of who asks.
//!
//! Nobody is suggested anything out of more than `MOST_KNOWN` names, nor for a name of more than `LONGEST` bytes: a
//! question may be asked as often as there are mistakes, so each must stay cheap.

use super::name::before_version;

/// Out of more known names none is suggested.
const MOST_KNOWN: usize = 2_000;
/// Longer names are not compared.
const LONGEST: usize = 200;

/// The known word nearest to `text`, if one is near enough to be a slip and is not `text` itself.
pub fn nearest<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if text.len() > LONGEST {
        return None;
    }
    let length = text.chars().count();
    let limit = (length / 3).clamp(1, 3);
    let lower = text.to_lowercase();
    let known: Vec<&str> = known.into_iter().take(MOST_KNOWN + 1).collect();
    if known.len() > MOST_KNOWN {
        return None;
    }
    known
        .into_iter()
        .filter(|word| *word != text && word.len() <= LONGEST && word.chars().count().abs_diff(length) <= limit)
        .map(|word| (strsim::osa_distance(&lower, &word.to_lowercase()), word))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, word)| word)
}

/// The known name of an import, export or instance nearest to `text`: its version is left aside, and so is its package if
/// only the interface was written, for these are left out or outdated more often than misspelt.
pub fn nearest_name<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let known: Vec<&str> = known.into_iter().filter(|name| *name != text).take(MOST_KNOWN + 1).collect();
    if known.len() > MOST_KNOWN {
        return None;
    }
    let bare = before_version(text);
    let first = |means: &dyn Fn(&str) -> bool| known.iter().copied().filter(|name| means(before_version(name))).min();
    first(&|name| name == bare)
        .or_else(|| first(&|name| interface_of(name) == Some(bare)))
        .or_else(|| {
            let near = nearest(bare, known.iter().map(|name| before_version(name)))?;
            first(&|name| name == near)
        })
        .or_else(|| {
            let near = nearest(bare, known.iter().filter_map(|name| interface_of(before_version(name))))?;
            first(&|name| interface_of(name) == Some(near))
        })
}

fn interface_of(name: &str) -> Option<&str> {
    name.rsplit_once('/').map(|(_, interface)| interface)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        let known = ["components", "composition", "wires"];
        assert_eq!(nearest("component", known), Some("components"));
        assert_eq!(nearest("wire", known), Some("wires"));
        assert_eq!(nearest("Wires", known), Some("wires"));
        assert_eq!(nearest("wries", known), Some("wires"));
        assert_eq!(nearest("dependencies", known), None);
        assert_eq!(nearest("", known), None);
    }

    #[test]
    fn one_edit_or_swap_is_near_and_three_of_a_short_word_are_not() {
        for known in ["stroe", "stores", "tore"] {
            assert_eq!(nearest("store", [known]), Some(known));
        }
        assert_eq!(nearest("store", ["store"]), None);
        assert_eq!(nearest("kv", ["log"]), None);
    }

    #[test]
    fn nearest_is_independent_of_order_and_refuses_strangers() {
        assert_eq!(nearest("stor", ["store", "stork"]), Some("store"));
        assert_eq!(nearest("stor", ["stork", "store"]), Some("store"));
        assert_eq!(nearest("kv", ["auth", "log"]), None);
    }

    #[test]
    fn too_many_and_too_long_names_are_not_compared() {
        let many: Vec<String> = (0..MOST_KNOWN).map(|number| format!("n{number}")).collect();
        let known = || many.iter().map(String::as_str);
        assert_eq!(nearest("n19999", known()), Some("n1999"));
        assert_eq!(nearest("n19999", known().chain(["m"])), None);
        assert_eq!(nearest_name("n19999", known().chain(["m"])), None);
        let long = "x".repeat(LONGEST);
        assert_eq!(nearest(&long[1..], [long.as_str()]), Some(long.as_str()));
        assert_eq!(nearest(&long, [format!("{long}x").as_str()]), None);
        assert_eq!(nearest(&format!("{long}x"), [long.as_str()]), None);
    }

    #[test]
    fn versions_and_packages_are_left_out_more_often_than_misspelt() {
        let known = ["acme:kv/store@1.2.0", "acme:log/log", "shop"];
        for text in ["acme:kv/store", "acme:kv/store@2.0.0", "store", "stroe", "acme:kv/stroe", "acme:kv/stroe@1.2.0"] {
            assert_eq!(nearest_name(text, known), Some("acme:kv/store@1.2.0"), "{text}");
        }
        assert_eq!(nearest_name("log", known), Some("acme:log/log"));
        assert_eq!(nearest_name("shpo", known), Some("shop"));
        assert_eq!(nearest_name("acme:tax/rates", known), None);
    }
}
