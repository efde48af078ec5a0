//! Did you mean: which known word a misspelt one is nearest to.
//!
//! Edit distance with neighbour swaps, without regard to case; near enough is a third of the letters, at least one and at
//! most three edits. Of equally near ones the alphabetically first is taken, so that the answer does not depend on the
//! order of the inputs. How the answer is worded is the business of who asks.

/// The known word nearest to `text`, if one is near enough to be a slip and is not `text` itself.
pub fn nearest<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (text.chars().count() / 3).clamp(1, 3);
    let lower = text.to_lowercase();
    known
        .into_iter()
        .filter(|word| *word != text)
        .map(|word| (strsim::osa_distance(&lower, &word.to_lowercase()), word))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::nearest;

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
}
